"""When each inspection was open on this computer last, and from which files.

    opened/<inspection id>.json

Backups say when something was changed, not when somebody looked. The notes say that, and where the
files of an inspection lie, so that all that there is of it can be found again.
"""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from inspector_app.domain.ids import is_own_id
from inspector_app.files import follow_links, make_folder, read_regular
from inspector_app.storage.flushed import write_note

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ENDING = ".json"
_MOST_PATHS = 12


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection that was open here. `last` is UTC; the file that was open last comes first."""

    inspection: str
    last: datetime
    paths: tuple[str, ...] = ()


def get_opened_path(folder: Path, inspection: str) -> Path:
    """Return where the note about an inspection lies.

    Raises:
        ValueError: The id has not the form of ours, so it is no file's name.
    """
    if not is_own_id(inspection):
        raise ValueError("not the id of an inspection")
    return folder / f"{inspection}{_ENDING}"


def note_opened(folder: Path, inspection: str, path: Path) -> None:
    """Note that an inspection is open now, from a file. A folder that refuses is no obstacle."""
    place = get_opened_path(folder, inspection)
    known = read_opened(place)
    name = os.fsencode(follow_links(path)).decode(errors="replace")
    others = [other for other in (known.paths if known is not None else ()) if other != name]
    note = Opened(
        inspection=inspection,
        last=datetime.now(UTC).replace(microsecond=0),
        paths=(name, *others)[:_MOST_PATHS],
    )
    with contextlib.suppress(OSError):
        make_folder(folder)
        # Not flushed: what a power cut takes from it, the times of the files tell as well.
        write_note(place, msgspec.json.encode(note))


def read_opened(place: Path) -> Opened | None:
    """Return a note, or None where there is none that can be read."""
    try:
        note = msgspec.json.decode(read_regular(place), type=Opened)
    except (OSError, ValueError, msgspec.DecodeError):
        return None
    is_whole = note.inspection == place.stem and note.last.tzinfo is not None
    return note if is_whole else None


def list_opened(folder: Path) -> Iterator[Opened]:
    """Yield all notes."""
    try:
        places = sorted(folder.glob(f"*{_ENDING}"))
    except OSError:
        return
    for place in places:
        note = read_opened(place)
        if note is not None and is_own_id(note.inspection):
            yield note
