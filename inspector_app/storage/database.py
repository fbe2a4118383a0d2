"""Opening SQLite as inspection files need it, and its errors in words."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import apsw

from inspector_app.errors import FileProblem, InspectionInUse, NotAnInspection
from inspector_app.storage.holder import find_holder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BUSY_MILLISECONDS = 1500

READ_ONLY = apsw.SQLITE_OPEN_READONLY
READ_WRITE = apsw.SQLITE_OPEN_READWRITE
CREATE = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE


def connect(path: Path, flags: int) -> apsw.Connection:
    """Open a database that may come from anywhere: nothing stored in it is run."""
    connection = apsw.Connection(str(path), flags=flags)
    connection.set_busy_timeout(_BUSY_MILLISECONDS)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_VIEW, 0)
    connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    connection.pragma("cell_size_check", 1)
    connection.pragma("synchronous", "FULL")
    # No WAL: its shared memory does not work in network and synced folders.
    return connection


@contextlib.contextmanager
def errors_in_words(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about a file into what a person can act on."""
    try:
        yield
    except (apsw.BusyError, apsw.LockedError) as error:
        holder = find_holder(path)
        who = holder.describe() if holder else "another program"
        raise InspectionInUse(
            f"“{path.name}” is open: {who} holds it, so nothing was written. Close it there and "
            "try again; reading and exporting work meanwhile."
        ) from error
    except apsw.FullError as error:
        raise FileProblem(
            f"“{path.name}” could not be written: the disk is full. What the file held before is "
            "safe. Make room and try again."
        ) from error
    except (apsw.NotADBError, apsw.CorruptError, apsw.SQLError, apsw.FormatError) as error:
        raise NotAnInspection(
            f"“{path.name}” is damaged and cannot be read whole ({error}). It has not been altered."
        ) from error
    except apsw.ReadOnlyError as error:
        raise FileProblem(
            f"“{path.name}” can only be read, so nothing was written. Choose another folder."
        ) from error
    except (apsw.CantOpenError, apsw.IOError, apsw.PermissionsError) as error:
        raise FileProblem(
            f"“{path.name}” could not be opened: the folder is gone, or you may not use it."
        ) from error
