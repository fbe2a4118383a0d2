"""Looking into an inspection file without owning it, even while the application has it open."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

import apsw

from inspector_app.errors import NewerInspection, NotAnInspection
from inspector_app.files import follow_links
from inspector_app.storage import database
from inspector_app.storage.encryption import choose_key
from inspector_app.storage.history import read_changes_after, read_history, read_history_lines
from inspector_app.storage.new_files import copy_inspection_file
from inspector_app.storage.newer import describe_newer, read_newer
from inspector_app.storage.private_copy import copy_privately, is_in_use
from inspector_app.storage.reading_rows import (
    check_history,
    read_attachment,
    read_entities,
    read_state,
)
from inspector_app.storage.rows import read_head, read_ids
from inspector_app.storage.schema import FORMAT, check_database, migrate, read_header
from inspector_app.storage.trouble import holding_patiently

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.versions.history import HistoryLine
    from inspector_app.storage.encryption import Key


class InspectionReader:
    """A look into an inspection file: text at once, attachments when asked."""

    def __init__(self, path: Path, connection: apsw.Connection, key: Key | None = None) -> None:
        self.key = key
        """The key of a file that is protected with a password, else None."""
        self.note = ""
        """What the person is to be told of it: of a newer version, what that means."""
        format_ = connection.pragma("user_version")
        if format_ > FORMAT:
            self.inspection, self.note = _read_newer(connection, path, format_)
        else:
            self.inspection = read_entities(connection, path)
            check_history(connection, path)
        self.head = read_head(connection, path)
        """Id of the last change, or ""."""
        self._path = path
        self._connection = connection
        # Threads read photos while the window reads the history.
        self._lock = threading.RLock()

    def end(self) -> None:
        """Wait until nobody reads any more: the file can be let go then."""
        self._lock.acquire()

    def read_attachment(self, sha256: str) -> bytes | None:
        """Return stored bytes, or None where the file has none of that hash."""
        with holding_patiently(self._lock, self._path), database.errors_in_words(self._path):
            return read_attachment(self._connection, sha256)

    def write_copy(self, target: Path, backups: Path) -> Path | None:
        """Write a copy of the whole file; see `copy_inspection_file`."""
        with self._lock:
            return copy_inspection_file(self._connection, target, backups, key=self.key)

    def read_ids(self) -> Iterable[str]:
        """Yield the ids of all changes, the first one first."""
        with self._lock, database.errors_in_words(self._path):
            yield from read_ids(self._connection, self._path)

    def history(self) -> Iterable[Change]:
        """Yield all changes, the first one first."""
        with self._lock, database.errors_in_words(self._path):
            yield from read_history(self._connection, self._path)

    def history_lines(self) -> list[HistoryLine]:
        """Return the history as it is listed, the latest change first."""
        with self._lock, database.errors_in_words(self._path):
            return read_history_lines(self._connection, self._path)

    def read_changes_after(self, change: str) -> Iterator[Change]:
        """Return the changes after one, the latest one first; see `read_changes_after`."""
        with self._lock, database.errors_in_words(self._path):
            return read_changes_after(self._connection, self._path, change)

    def read_state(self, change: str) -> Inspection:
        """Return the inspection as it was after a change; see `read_state`."""
        with self._lock, database.errors_in_words(self._path):
            return read_state(self._connection, self._path, change)


@contextlib.contextmanager
def open_for_reading(
    path: Path, key: Key | None = None, *, newer: bool = False, private: bool = False
) -> Iterator[InspectionReader]:
    """Open a file to look into it. Looking never writes: not into the file, not beside it.

    A file that somebody owns, or that a crash left in the middle of a change, is read from a
    private copy, which is checked before it is believed. The copy of a protected file is protected.

    Args:
        path: The file.
        key: The key of a protected file; one that is not protected needs none.

    Args:
        path: The file.
        newer: Whether one of a newer version is opened too, as far as it is understood; its `note`
            says how far.
        private: Whether a copy is read in any case, so that the look keeps nobody from writing.

    Raises:
        PasswordNeeded: It is protected, and this is not its key.
        InspectionInUse: *This* process owns it, and has its value already.
        FileProblem, NotAnInspection, NewerInspection: As `InspectionFile.open`.
    """
    path = follow_links(path)
    header = read_header(path, newer=newer)
    key = choose_key(header.protection, key, path)
    needs_copy = private or header.format < FORMAT or is_in_use(path)
    with contextlib.ExitStack() as stack:
        with database.errors_in_words(path):
            reader = None if needs_copy else _read_in_place(stack, path, key, newer=newer)
            if reader is None:
                copy = copy_privately(stack, path)
                reader = _read_copy(stack, path, copy, key, newer=newer)
        stack.callback(reader.end)
        yield reader


def _read_in_place(
    stack: contextlib.ExitStack, path: Path, key: Key | None, *, newer: bool
) -> InspectionReader | None:
    """Read the file itself, or return None where somebody owns it."""
    try:
        connection = database.connect(path, database.READ_ONLY, key)
        stack.callback(connection.close)
        # One transaction for the whole look: text and attachments are of the same moment.
        connection.execute("BEGIN")
        check_database(connection, path, newer=newer)
        return InspectionReader(path, connection, key)
    except (apsw.BusyError, apsw.LockedError, apsw.ReadOnlyError):
        return None


def _read_copy(
    stack: contextlib.ExitStack, path: Path, copy: Path, key: Key | None, *, newer: bool
) -> InspectionReader:
    connection = database.connect(copy, database.READ_WRITE, key)
    stack.callback(connection.close)
    if connection.pragma("quick_check") != "ok":
        raise NotAnInspection(f"“{path.name}” is damaged. It has not been changed.")
    check_database(connection, path, newer=newer)
    if connection.pragma("user_version") < FORMAT:
        read_entities(connection, path)
        check_history(connection, path)
        migrate(connection)
    return InspectionReader(path, connection, key)


def _read_newer(connection: apsw.Connection, path: Path, format_: int) -> tuple[Inspection, str]:
    """Return what is understood of a newer file, and what to tell about it."""
    with contextlib.suppress(apsw.SQLError):
        found = read_newer(connection)
        if found is not None:
            return found.inspection, describe_newer(path.name, found, format_, FORMAT)
    raise NewerInspection(
        f"“{path.name}” was made with a newer version of Inspector, which keeps inspections in a "
        "way that this one does not understand. It has not been changed. Install the newer "
        "version to open it."
    )
