"""When each inspection was open on this computer last, and from which files.

    opened/<inspection id>.json

Backups say when something was changed, not when somebody looked. The notes say that, and where the
files of an inspection lie, so that all that there is of it can be found again. Where a clock that
was ahead has left times that are still to come, they say when that was seen first.
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
    """An inspection that was open here. Times are UTC; the file that was open last comes first."""

    inspection: str
    last: datetime
    paths: tuple[str, ...] = ()
    ahead: datetime | None = None
    """The latest time, of this note or of a copy, that was still to come when it was seen."""
    seen: datetime | None = None
    """When it was."""

    def seen_ahead(self, when: datetime) -> datetime | None:
        """Return since when it is known that a time is ahead of the clock, or None."""
        return self.seen if self.ahead is not None and when <= self.ahead else None


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
    _write(
        folder,
        Opened(
            inspection=inspection,
            last=datetime.now(UTC).replace(microsecond=0),
            paths=(name, *others)[:_MOST_PATHS],
            ahead=known.ahead if known is not None else None,
            seen=known.seen if known is not None else None,
        ),
    )


def note_ahead(folder: Path, inspection: str, ahead: datetime, now: datetime) -> None:
    """Note that there is a time of an inspection that is still to come, and that this is seen now.

    A folder that refuses is no obstacle.
    """
    known = read_opened(get_opened_path(folder, inspection))
    known = known or Opened(inspection=inspection, last=now)
    _write(folder, msgspec.structs.replace(known, ahead=ahead, seen=now))


def _write(folder: Path, note: Opened) -> None:
    place = get_opened_path(folder, note.inspection)
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
    times = (note.last, note.ahead, note.seen)
    is_whole = note.inspection == place.stem and all(
        when is None or when.tzinfo is not None for when in times
    )
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
