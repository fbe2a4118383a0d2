"""Whether an inspection file is locked, left open by another computer, or free to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import apsw

from inspector_app.errors import FileProblem, InspectionInUse, LeftOpenElsewhere
from inspector_app.files import follow_links
from inspector_app.storage import database
from inspector_app.storage.holder import find_holder
from inspector_app.storage.owned import refuse_owned

if TYPE_CHECKING:
    from pathlib import Path


class LockState(NamedTuple):
    """Who keeps a file from being written here."""

    kind: Literal["locked", "left_open", "free"]
    """Locked: somebody owns it. Left open: nobody does, but a note says that it is open on another
    computer, which may have stopped, or may be out of reach of our locks. Free: neither."""
    who: str = ""
    """Who, where and since when; "" where nobody says so."""


def refuse_left_open(path: Path) -> None:
    """Raise where a note says that the file is open on another computer.

    What a process of *this* computer left that is no more says nothing: the lock went with it.

    Raises:
        LeftOpenElsewhere: It is, as far as the note knows.
    """
    holder = find_holder(path)
    if holder is not None and not holder.is_here():
        raise LeftOpenElsewhere(
            f"“{path.name}” is open elsewhere: {holder.describe()} opened it and has not closed "
            "it, so nothing was saved. Close it there and try again. You can still read and export "
            "it. If that computer has stopped or lost the folder, open the file for editing here."
        )


def find_lock_state(path: Path) -> LockState:
    """Tell who owns a file. Nothing is written, and nobody's lock is touched.

    Raises:
        FileProblem: The file is gone, or cannot be read.
    """
    path = follow_links(path)
    locked = _is_locked(path)
    holder = find_holder(path)
    who = holder.describe() if holder is not None else ""
    if locked:
        return LockState("locked", who)
    if holder is not None and not holder.is_here():
        return LockState("left_open", who)
    return LockState("free")


def find_owner(path: Path) -> str:
    """Return who has a file open for writing, in words, or left it open elsewhere; "": nobody."""
    try:
        refuse_owned(path)
        state = find_lock_state(path)
    except InspectionInUse:
        return "this Inspector"
    except (OSError, FileProblem):
        # Gone, or out of reach: nobody keeps us from it.
        return ""
    return "" if state.kind == "free" else state.who or "another program"


def _is_locked(path: Path) -> bool:
    try:
        # Of a file that is owned here, not even the first bytes may be read.
        refuse_owned(path)
        connection = database.connect(path, database.READ_ONLY)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        finally:
            connection.close()
    except (InspectionInUse, apsw.BusyError, apsw.LockedError):
        return True
    except apsw.ReadOnlyError:
        return False  # a crash left half a change, which whoever opens it for writing undoes
    except (apsw.NotADBError, apsw.CorruptError):
        return False  # protected with a password, or damaged: SQLite came past the lock, then read
    except (OSError, apsw.Error) as error:
        raise FileProblem(f"“{path.name}” cannot be read now.") from error
    return False
