"""Opening SQLite as inspection files need it, and its errors in words."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import apsw

from inspector_app.errors import FileProblem, InspectionInUse, NotAnInspection, ReadOnlyFile
from inspector_app.files import refuse_irregular
from inspector_app.storage.encryption import PROTECTION_PLACE, RESERVED
from inspector_app.storage.holder import find_holder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector_app.storage.encryption import Key

_BUSY_MILLISECONDS = 1500
"""How long to wait for somebody who looks into a file, or copies it."""
_BESIDE = ("-journal", "-wal", "-shm")

READ_ONLY = apsw.SQLITE_OPEN_READONLY
READ_WRITE = apsw.SQLITE_OPEN_READWRITE
CREATE = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE


def connect(path: Path, flags: int, key: Key | None = None) -> apsw.Connection:
    """Open a database that may come from anywhere: nothing stored in it is run.

    Args:
        path: The file.
        flags: One of those above.
        key: The key of a protected file; a file that is created is protected with it.

    Raises:
        FileProblem: It, or what SQLite would take for its journal, is something else than a file.
    """
    if key is not None and flags == CREATE:
        _create_protected(path, key)
    _refuse_irregular(path)
    connection = apsw.Connection(str(path), flags=flags)
    with _closing_on_failure(connection):
        if key is not None:
            key.unlock(connection)
        # Whoever owns a file keeps it: only those who want to own one wait.
        connection.set_busy_timeout(0 if flags == READ_ONLY else _BUSY_MILLISECONDS)
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_VIEW, 0)
        connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        connection.pragma("cell_size_check", 1)
        connection.pragma("synchronous", "FULL")
        # No WAL: its shared memory does not work in network and synced folders.
    return connection


def connect_as_owner(path: Path, key: Key | None = None) -> apsw.Connection:
    """Open a database that nobody else may use until it is closed; what a crash left is undone.

    Raises:
        FileProblem: The file or its folder can only be read.
        apsw.BusyError: Somebody else uses it.
    """
    connection = connect(path, READ_WRITE, key)
    with _closing_on_failure(connection):
        # SQLite would open it for reading without a word, and refuse the first change.
        if connection.readonly("main") or not os.access(path.parent, os.W_OK):
            raise apsw.ReadOnlyError
        connection.pragma("locking_mode", "EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE; COMMIT")
    return connection


def _create_protected(path: Path, key: Key) -> None:
    """Make an empty database whose header says what is needed to make its key.

    SQLite has no word for those bytes of the header. They are put in while it is plain, holds
    nothing and is only one page, and are authenticated from then on.
    """
    connection = apsw.Connection(str(path))
    with contextlib.closing(connection):
        connection.pragma("synchronous", "OFF")
        connection.reserve_bytes(reserve=RESERVED)
        for number in (1, 0):  # writes the first page
            connection.pragma("user_version", number)
    with path.open("rb+") as file:
        file.seek(PROTECTION_PLACE)
        file.write(key.protection.pack())
    connection = apsw.Connection(str(path))
    with contextlib.closing(connection):
        connection.pragma("synchronous", "OFF")
        key.lock(connection)


def _refuse_irregular(path: Path) -> None:
    """Look at what SQLite opens by itself: at a pipe it would wait for ever."""
    for beside in (path, *(path.with_name(path.name + ending) for ending in _BESIDE)):
        try:
            refuse_irregular(beside)
        except OSError as error:
            raise FileProblem(
                f"“{path.name}” was not opened: beside it is “{beside.name}”, which is a pipe, a "
                "link, a folder or a device and not a file. Nothing was changed. Move it away and "
                "try again."
            ) from error


@contextlib.contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """Write all that the block writes, or nothing."""
    # The disk may have failed just when the last one was to be taken back.
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk makes SQLite take everything back by itself; apsw's own context manager would
        # then report that there is nothing to take back, in place of the full disk.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def _closing_on_failure(connection: apsw.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def describe_damage(path: Path, error: Exception) -> NotAnInspection:
    """Return what to tell a person about a file that is not as it should be."""
    return NotAnInspection(
        f"“{path.name}” is damaged and cannot be read whole ({error}). It has not been changed."
    )


@contextlib.contextmanager
def errors_in_words(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about a file into what a person can act on."""
    try:
        yield
    except (apsw.BusyError, apsw.LockedError) as error:
        holder = find_holder(path)
        who = holder.describe() if holder else "another program"
        raise InspectionInUse(
            f"“{path.name}” is open: {who} is using it, so nothing was saved. Close it there and "
            "try again. You can still read and export it."
        ) from error
    except apsw.FullError as error:
        raise FileProblem(
            f"“{path.name}” could not be saved: the disk is full. What the file held before is "
            "safe. Make room and try again."
        ) from error
    except (apsw.NotADBError, apsw.CorruptError, apsw.SQLError, apsw.FormatError) as error:
        raise describe_damage(path, error) from error
    except apsw.ReadOnlyError as error:
        raise ReadOnlyFile(
            f"“{path.name}” can only be read, so nothing was saved. Choose another folder."
        ) from error
    except apsw.IOError as error:
        # apsw's type stubs do not know the attribute.
        if getattr(error, "extendedresult", 0) == apsw.SQLITE_IOERR_SHORT_READ:
            raise describe_damage(path, error) from error
        raise FileProblem(
            f"“{path.name}” could not be read or saved: its disk or network folder reports a "
            "fault. What it held before is safe. Try again, or copy it to another folder."
        ) from error
    except (apsw.CantOpenError, apsw.PermissionsError) as error:
        raise FileProblem(
            f"“{path.name}” could not be opened: the folder is gone, or you may not use it."
        ) from error
    except apsw.Error as error:
        raise FileProblem(
            f"“{path.name}” could not be read or saved: something unexpected happened "
            f"({type(error).__name__.removesuffix('Error')}). What it held before is safe. Try "
            "again, or save a copy under another name."
        ) from error


def get_version() -> str:
    """Return the version of SQLite."""
    return str(apsw.sqlite_lib_version())
