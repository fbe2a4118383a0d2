"""Which backups go by themselves, long after an inspection was closed."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from inspector_app.domain.local_copies import LastLook, Removed
from inspector_app.errors import FileProblem
from inspector_app.files import make_folder, read_regular, write_file
from inspector_app.storage.copy_search import list_holdings
from inspector_app.storage.facts import read_change_ids
from inspector_app.storage.forgetting import find_user, remove_copies
from inspector_app.storage.opened import note_ahead

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime
    from pathlib import Path

    from inspector_app.domain.local_copies import Copy, InspectionCopies
    from inspector_app.storage.copy_search import CopyFolders

_log = logging.getLogger(__name__)

_LEFT_BEHIND = timedelta(days=1)
"""Age from which what is unfinished was left by a crash; a clock may have been ahead then."""


def choose_expired(
    inspection: InspectionCopies,
    days: int,
    now: datetime,
    read_changes: Callable[[Path], Collection[str]],
) -> tuple[Copy, ...]:
    """Return the copies of an inspection that go, since it has been closed for so long.

    Only backups go, and copies made before a file was replaced or migrated, and of these only such
    whose last change is in a copy that stays: in the inspection file, or a later backup. So
    whatever is removed, nothing is lost; where the file is gone or damaged, the latest backup
    stays. While the person has something to decide, all stays.

    Args:
        inspection: What there is of it.
        days: How long it must have been closed; 0: nothing goes, ever.
        now: The time now.
        read_changes: Gives the ids of the changes in a file that was read whole; of one that could
            not be, none.
    """
    closed_for = now - inspection.last_used
    if days <= 0 or closed_for < timedelta(days=days):
        return ()
    if inspection.is_undecided or inspection.is_in_use:
        return ()
    covered: set[str] = set()
    for copy in inspection.list_kind("file", "rescued"):
        covered.update(read_changes(copy.path))
    going = []
    backups = inspection.list_kind("backup", "kept")
    for copy in sorted(backups, key=lambda copy: (copy.number, copy.when), reverse=True):
        if copy.change and copy.change in covered:
            going.append(copy)
        else:
            covered.update(read_changes(copy.path))
    going += [
        copy for copy in inspection.list_kind("unfinished") if abs(now - copy.when) > _LEFT_BEHIND
    ]
    return tuple(going)


def remove_expired(
    places: CopyFolders,
    days: int,
    now: datetime,
    files: Iterable[Path] = (),
    tell: Callable[[float], None] | None = None,
) -> LastLook:
    """Remove what has expired of all inspections that nobody uses, and keep what went.

    Args:
        places: The folders of this computer.
        days: How long an inspection must have been closed; 0: nothing goes.
        now: The time now; UTC.
        files: Inspection files that are known otherwise.
        tell: May raise to stop it, between two files.
    """
    before = read_last_look(places.retention)
    removed = []
    found = list_holdings(places, files, tell=tell, now=now).inspections if days > 0 else ()
    for inspection in found:
        if inspection.ahead is not None and inspection.id:
            note_ahead(places.opened, inspection.id, inspection.ahead, now)
        going = choose_expired(inspection, days, now, read_change_ids)
        if not going or find_user(inspection.copies):
            continue
        gone = remove_copies(going, places, tell=tell)
        _log.info(
            "old backups of %s: %d removed, %d not",
            inspection.id,
            len(gone.removed),
            len(gone.failed),
        )
        if gone.removed:
            removed.append(
                Removed(inspection=inspection.id, count=len(gone.removed), size=gone.freed)
            )
    look = LastLook(when=now)
    if removed:
        look = LastLook(when=now, removed_at=now, removed=tuple(removed))
    elif before is not None:
        look = LastLook(when=now, removed_at=before.removed_at, removed=before.removed)
    write_last_look(places.retention, look)
    return look


def read_last_look(place: Path) -> LastLook | None:
    """Return what is known of the last time, or None."""
    try:
        look = msgspec.json.decode(read_regular(place), type=LastLook)
    except (OSError, ValueError, msgspec.DecodeError):
        return None
    return look if look.when.tzinfo is not None else None


def write_last_look(place: Path, look: LastLook) -> None:
    """Keep what is to be known of this time. A folder that refuses is no obstacle."""
    try:
        make_folder(place.parent)
        write_file(place, msgspec.json.encode(look))
    except (OSError, FileProblem):
        return
