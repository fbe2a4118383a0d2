"""What Inspector wrote last where, so that it replaces no file that is somebody else's.

    written/<digest of the path>        length and SHA-256 of what lies there if nobody changed it

A record holds no name and no text. Where it is missing or broken, the file counts as somebody's:
to ask once too often costs a name, to ask once too seldom costs the work in a report.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.errors import ForeignTarget
from inspector_app.files import exists, follow_links, is_device, is_folder, make_folder, write_file
from inspector_app.settings import get_written_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_RECORDS = 1000
"""The oldest go first: a file that was written so long ago is asked about."""
_LONGEST_RECORD = 100


def is_foreign(target: Path) -> bool:
    """Tell whether a file lies there that is not as Inspector wrote it last."""
    place = follow_links(target)
    if not exists(place) or not place.is_file():
        return False
    try:
        with _get_record(place).open("rb") as file:
            known = file.read(_LONGEST_RECORD)
        # Most changed files have another length, and need not be read.
        if not known.startswith(b"%d " % place.stat().st_size):
            return True
        with place.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return known != _form_record(file.tell(), digest)
    except OSError:
        return True


def refuse_foreign(target: Path) -> None:
    """Raise `ForeignTarget` where a file lies there that is not as Inspector wrote it last."""
    if is_foreign(target):
        raise ForeignTarget(
            f"“{target.name}” was not made by Inspector, or has been changed since. It was not "
            "replaced, so nothing in it is lost. Choose another name, or move that file away."
        )


def write_own_file(target: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a file, and note that it is Inspector's.

    Args:
        target: Where; a device or pipe just gets the data.
        data: All of it.
        replace: Whether somebody else's file may be replaced, since a person said so.

    Raises:
        ForeignTarget: It may not, and one lies there.
        FileProblem: It could not be written; what lay there is as before.
    """
    if not replace:
        refuse_foreign(target)
    write_file(target, data)
    if not is_device(target):
        _note(follow_links(target), data)


def choose_unclaimed(path: Path) -> Path:
    """Return a path, or the first of “NAME 2”, “NAME 3” … where nothing foreign would be replaced.

    A file of ours that nobody has changed may be replaced, so the same name comes out again.
    """
    others = (path.with_name(f"{path.stem} {number}{path.suffix}") for number in count(2))
    return next(place for place in chain((path,), others) if not is_foreign(place))


class TargetLook(NamedTuple):
    """A file that is to be written, and what lies there now."""

    path: Path
    is_there: bool
    is_foreign: bool
    free: Path
    """Where nothing foreign is replaced."""


def look_at_target(paths: Sequence[Path], name: str) -> TargetLook:
    """Find out where a file is to lie, and what would be replaced.

    Args:
        paths: Where it could lie: the first whose folder is there, or else the last. One that is a
            folder, or nothing, gets the name.
        name: A name with the ending of its kind.
    """
    path = next((path for path in paths if is_folder(path.parent)), paths[-1])
    if not path.name or is_folder(path):
        path /= name
    ending = Path(name).suffix
    if path.suffix.lower() != ending:
        path = path.with_name(f"{path.name}{ending}")
    foreign = is_foreign(path)
    return TargetLook(path, exists(path), foreign, choose_unclaimed(path) if foreign else path)


def _note(place: Path, data: bytes) -> None:
    """Remember a file. A state folder that refuses is no obstacle: the file is written."""
    folder = get_written_folder()
    with contextlib.suppress(OSError):
        make_folder(folder)
        # `mkstemp` makes it readable for this person alone.
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(_form_record(len(data), hashlib.sha256(data).hexdigest()))
            temporary.replace(_get_record(place))
        finally:
            temporary.unlink(missing_ok=True)
        _remove_oldest(folder)


def _form_record(length: int, digest: str) -> bytes:
    return f"{length} {digest}\n".encode()


def _get_record(place: Path) -> Path:
    name = os.fsencode(os.path.normcase(place))
    return get_written_folder() / hashlib.sha256(name).hexdigest()


def _remove_oldest(folder: Path) -> None:
    with os.scandir(folder) as entries:
        found = list(entries)
    if len(found) > _MOST_RECORDS:
        found.sort(key=lambda entry: entry.stat(follow_symlinks=False).st_mtime_ns)
        for entry in found[: len(found) - _MOST_RECORDS]:
            Path(entry).unlink(missing_ok=True)
