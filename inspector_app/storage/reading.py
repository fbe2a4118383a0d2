"""Looking into an inspection file without owning it, even while the application has it open."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from inspector_app.errors import FileProblem, NotAnInspection
from inspector_app.files import describe_read_problem, exists, follow_links
from inspector_app.storage import database
from inspector_app.storage.history import read_changes_after, read_history, read_history_lines
from inspector_app.storage.inspection_file import (
    copy_inspection_file,
    get_journal_path,
    read_attachment,
    read_entities,
    read_state,
)
from inspector_app.storage.rows import read_head, read_ids
from inspector_app.storage.schema import FORMAT, check_database, migrate, read_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.versions.history import HistoryLine

_ATTEMPTS = 40
_QUIET_SECONDS = 0.05
"""How long a file must have rested before it is copied: longer than a file system's clock tick."""


class InspectionReader:
    """A look into an inspection file: text at once, attachments when asked."""

    def __init__(self, path: Path, connection: apsw.Connection) -> None:
        self.inspection = read_entities(connection, path)
        self.head = read_head(connection, path)
        """Id of the last change, or ""."""
        self._path = path
        self._connection = connection

    def read_attachment(self, sha256: str) -> bytes | None:
        """Return stored bytes, or None where the file has none of that hash."""
        with database.errors_in_words(self._path):
            return read_attachment(self._connection, sha256)

    def write_copy(self, target: Path, backups: Path) -> Path | None:
        """Write a copy of the whole file; see `copy_inspection_file`."""
        return copy_inspection_file(self._connection, target, backups)

    def read_ids(self) -> Iterable[str]:
        """Yield the ids of all changes, the first one first."""
        with database.errors_in_words(self._path):
            yield from read_ids(self._connection, self._path)

    def history(self) -> Iterable[Change]:
        """Yield all changes, the first one first."""
        with database.errors_in_words(self._path):
            yield from read_history(self._connection, self._path)

    def history_lines(self) -> list[HistoryLine]:
        """Return the history as it is listed, the latest change first."""
        with database.errors_in_words(self._path):
            return read_history_lines(self._connection, self._path)

    def read_changes_after(self, change: str) -> Iterator[Change]:
        """Return the changes after one, the latest one first; see `read_changes_after`."""
        with database.errors_in_words(self._path):
            return read_changes_after(self._connection, self._path, change)

    def read_state(self, change: str) -> Inspection:
        """Return the inspection as it was after a change; see `read_state`."""
        with database.errors_in_words(self._path):
            return read_state(self._connection, self._path, change)


@contextlib.contextmanager
def open_for_reading(path: Path) -> Iterator[InspectionReader]:
    """Open a file to look into it. Looking never writes: not into the file, not beside it.

    A file that somebody owns, or that a crash left in the middle of a change, is read from a
    private copy, which is checked before it is believed.

    Raises:
        InspectionInUse: *This* process owns it, and has its value already.
        FileProblem, NotAnInspection, NewerInspection: As `InspectionFile.open`.
    """
    path = follow_links(path)
    header = read_header(path)
    journal = get_journal_path(path)
    needs_copy = header.format < FORMAT or _is_in_use(journal)
    with contextlib.ExitStack() as stack:
        with database.errors_in_words(path):
            reader = None if needs_copy else _read_in_place(stack, path)
            if reader is None:
                reader = _read_copy(stack, path, _copy_privately(stack, path, journal))
        yield reader


def _read_in_place(stack: contextlib.ExitStack, path: Path) -> InspectionReader | None:
    """Read the file itself, or return None where somebody owns it."""
    try:
        connection = database.connect(path, database.READ_ONLY)
        stack.callback(connection.close)
        # One transaction for the whole look: text and attachments are of the same moment.
        connection.execute("BEGIN")
        check_database(connection, path)
        return InspectionReader(path, connection)
    except (apsw.BusyError, apsw.LockedError, apsw.ReadOnlyError):
        return None


def _read_copy(stack: contextlib.ExitStack, path: Path, copy: Path) -> InspectionReader:
    connection = database.connect(copy, database.READ_WRITE)
    stack.callback(connection.close)
    if connection.pragma("quick_check") != "ok":
        raise NotAnInspection(f"“{path.name}” is damaged. It has not been altered.")
    check_database(connection, path)
    migrate(connection)
    return InspectionReader(path, connection)


def _copy_privately(stack: contextlib.ExitStack, path: Path, journal: Path) -> Path:
    """Copy the file and its journal while nobody writes, and return the copy."""
    try:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="inspector-")))
        copy = folder / "copy.inspection"
        for _ in range(_ATTEMPTS):
            before = path.stat()
            rest = time.time() - before.st_mtime
            if not 0 <= rest < _QUIET_SECONDS:
                journal_before = _read_journal(journal)
                shutil.copyfile(path, copy)
                after = path.stat()
                same = (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
                if same and journal_before == _read_journal(journal):
                    copy.with_name(copy.name + "-journal").write_bytes(journal_before)
                    return copy
            time.sleep(_QUIET_SECONDS)
    except OSError as error:
        raise describe_read_problem(path, error) from error
    raise FileProblem(
        f"“{path.name}” is being written without a pause, so no steady copy could be read. "
        "Try again in a moment."
    )


def _is_in_use(journal: Path) -> bool:
    """Tell whether a change is being written, or was when a process ended.

    While a file is owned, its journal stays, with zeros for a beginning between two changes.
    """
    try:
        with journal.open("rb") as file:
            return file.read(1) not in {b"", b"\0"}
    except FileNotFoundError:
        return False
    except OSError:
        return exists(journal)


def _read_journal(journal: Path) -> bytes:
    try:
        return journal.read_bytes()
    except FileNotFoundError:
        return b""
