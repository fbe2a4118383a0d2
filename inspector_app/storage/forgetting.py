"""Removing copies of inspections, and whole inspections with all that there is of them."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING

import apsw

from inspector_app.domain.local_copies import NotRemoved, Removal
from inspector_app.storage import database
from inspector_app.storage.holder import get_holder_path
from inspector_app.storage.journal import is_in_use, read_journal
from inspector_app.storage.opened import get_opened_path
from inspector_app.storage.private_copy import get_journal_path
from inspector_app.storage.taking_over import find_owner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from inspector_app.domain.local_copies import Copy
    from inspector_app.storage.copy_search import CopyFolders

_OPENED_KINDS = ("file", "rescued")


class NoBin(Exception):
    """The system has no bin where a file lies; raised within a removal, and told by it."""


def find_user(copies: Sequence[Copy]) -> str:
    """Return who uses one of some copies at this moment, in words; "" for nobody."""
    for copy in copies:
        if copy.kind in _OPENED_KINDS and (owner := find_owner(copy.path)):
            return owner
        if copy.kind == "journal" and is_in_use(copy.path):
            content = read_journal(copy.path)
            return content.header.holder.describe() if content is not None else "another program"
    return ""


def remove_copies(
    copies: Sequence[Copy],
    places: CopyFolders,
    discard: Callable[[Path], None] | None = None,
    tell: Callable[[float], None] | None = None,
) -> Removal:
    """Remove copies, as far as they can be; what cannot stays, and the rest goes all the same.

    Inspection files go last: what fails before leaves the inspection itself.

    Args:
        copies: What goes. Whoever asks has looked whether somebody uses the inspection; each file
            and journal is looked at once more.
        places: The folders of this computer, of which those that get empty go, too.
        discard: Removes an inspection file, to the system's bin; raises `NoBin` where there is
            none. None: it is deleted.
        tell: Hears how far it is, 0 to 1, and may raise to stop it between two copies.
    """
    removed: list[Copy] = []
    failed: list[NotRemoved] = []
    no_bin: list[Copy] = []
    for number, copy in enumerate(sorted(copies, key=lambda copy: copy.kind in _OPENED_KINDS)):
        if tell is not None:
            tell(number / len(copies))
        try:
            if user := find_user((copy,)):
                failed.append(NotRemoved(copy, f"{user} uses it"))
                continue
            _remove(copy, discard if copy.kind == "file" else None)
        except NoBin:
            no_bin.append(copy)
        except OSError as error:
            failed.append(NotRemoved(copy, _describe(error)))
        else:
            removed.append(copy)
    for folder in {copy.path.parent for copy in removed}:
        if folder.parent == places.backups:
            # Only an empty one goes.
            with contextlib.suppress(OSError):
                folder.rmdir()
    return Removal(tuple(removed), tuple(failed), tuple(no_bin))


def forget_opened(places: CopyFolders, inspection: str) -> None:
    """Remove the note of when an inspection was open, and from which files."""
    with contextlib.suppress(OSError):
        get_opened_path(places.opened, inspection).unlink(missing_ok=True)


def _remove(copy: Copy, discard: Callable[[Path], None] | None) -> None:
    if copy.kind == "attachments":
        for path in copy.path.iterdir():
            path.unlink()
        copy.path.rmdir()
    elif copy.kind in _OPENED_KINDS:
        with _owning(copy.path):
            if discard is not None:
                discard(copy.path)
            else:
                copy.path.unlink(missing_ok=True)
        for path in (get_journal_path(copy.path), get_holder_path(copy.path)):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    else:
        copy.path.unlink(missing_ok=True)


@contextlib.contextmanager
def _owning(path: Path) -> Iterator[None]:
    """Let nobody open a file while it is removed."""
    try:
        connection = database.connect_as_owner(path)
    except apsw.BusyError as error:
        raise OSError(errno.EBUSY, "somebody has just opened it") from error
    except (OSError, apsw.Error):
        # Damaged, protected or write-protected: then there is nobody to be kept out.
        yield
        return
    if os.name == "nt":
        connection.close()  # Windows removes no file that is open
    try:
        yield
    finally:
        connection.close()


def _describe(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "it is open in another program, or you may not remove it"
    if error.errno == errno.EROFS:
        return "its disk can only be read"
    return error.strerror or type(error).__name__
