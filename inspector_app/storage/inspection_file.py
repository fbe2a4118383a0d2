"""An inspection file that this process owns, and writes. One process owns a file at a time."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from typing import TYPE_CHECKING, Self

import apsw

from inspector_app.errors import FileProblem
from inspector_app.files import follow_links, remove_unfinished
from inspector_app.storage import database
from inspector_app.storage.automatic import RunningBackup
from inspector_app.storage.backups import keep_copy
from inspector_app.storage.encryption import choose_key
from inspector_app.storage.footprint import compare, take_footprint
from inspector_app.storage.history import read_changes_after, read_history, read_history_lines
from inspector_app.storage.holder import remove_holder, write_holder
from inspector_app.storage.new_files import copy_inspection_file
from inspector_app.storage.owned import claim, release
from inspector_app.storage.private_copy import copy_privately, is_in_use
from inspector_app.storage.reading_rows import (
    check_history,
    check_structure,
    read_attachment,
    read_entities,
    read_state,
)
from inspector_app.storage.rewriting import rewrite_database
from inspector_app.storage.rows import (
    read_head,
    read_ids,
    read_number,
    settle,
    write_attachment,
    write_missing,
)
from inspector_app.storage.schema import FORMAT, check_database, check_whole, migrate, read_header
from inspector_app.storage.taking_over import refuse_left_open
from inspector_app.storage.trouble import holding_patiently

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.versions.history import HistoryLine
    from inspector_app.storage.encryption import Key
    from inspector_app.storage.footprint import Footprint, Presence
    from inspector_app.storage.new_files import Waiting
    from inspector_app.storage.owned import Identity


class InspectionFile:
    """An inspection file that this process owns until `close`.

    `inspection` is the value at opening; later values belong to the caller, who hands each change
    with the value after it to `commit`.
    """

    def __init__(
        self,
        path: Path,
        connection: apsw.Connection,
        inspection: Inspection,
        key: Key | None = None,
    ) -> None:
        self.path = path
        self.key = key
        """The key of a file that is protected with a password, else None."""
        self.inspection = inspection
        self._connection = connection
        self._head = read_head(connection, path)
        self._identity: Identity | None = None
        self._footprint: Footprint | None = None
        # Commits are made in a thread of their own; SQLite takes one call at a time.
        self._lock = threading.RLock()

    @classmethod
    def open(
        cls, path: Path, backups: Path, key: Key | None = None, *, take_over: bool = False
    ) -> Self:
        """Open a file for writing; an older format is first copied to `backups`, then migrated.

        Args:
            path: The file.
            backups: Folder for the copy.
            key: The key of a protected file; one that is not protected needs none.
            take_over: Whether it is opened although a note says that it is open on another
                computer. The person must have been told whose.

        Raises:
            PasswordNeeded: It is protected, and this is not its key.
            FileProblem: It is missing or cannot be opened.
            InspectionInUse: Another process owns it; the message says who.
            LeftOpenElsewhere: It is open on another computer, and not to be taken over.
            NotAnInspection: It is something else, or damaged.
            NewerInspection: It was written by a newer version.
        """
        path = follow_links(path)
        if not take_over:
            refuse_left_open(path)
        key = choose_key(read_header(path).protection, key, path)
        footprint = take_footprint(path)
        inspection = _look_first(path, key)
        with database.errors_in_words(path):
            connection = database.connect_as_owner(path, key)
            try:
                if inspection is None or take_footprint(path) != footprint:
                    check_whole(connection, path)
                    inspection = _check_all(connection, path)
                if connection.pragma("user_version") < FORMAT:
                    keep_copy(connection, path, backups, "before migration", key)
                    migrate(connection)
                file = cls(path, connection, inspection, key)
                file._identity = claim(path)
                file._footprint = take_footprint(path)
            except BaseException:
                connection.close()
                raise
        if key is not None:
            # A password that was being removed: what was written of the plain file must not stay.
            remove_unfinished(path)
        write_holder(path)
        return file

    @property
    def head(self) -> str:
        """Id of the last change in the file, or ""."""
        return self._head

    def read_number(self) -> int:
        """Return how many changes the file has."""
        with self._lock, database.errors_in_words(self.path):
            return read_number(self._connection)

    def commit(self, change: Change, after: Inspection) -> None:
        """Write one change in one transaction; see `commit_all`."""
        self.commit_all((change,), after)

    def commit_all(self, changes: Sequence[Change], after: Inspection) -> None:
        """Write changes in one transaction. `after` is the inspection with all of them applied.

        Raises:
            FileProblem: They could not be written; the file is as before.
        """
        with self._lock:
            with database.errors_in_words(self.path), database.transaction(self._connection):
                write_missing(self._connection, self.path, changes, self._head, after)
            self._head = changes[-1].id
            self._footprint = take_footprint(self.path)

    def settle(self) -> None:
        """Have all that is in the file on the disk; see `settle`.

        Raises:
            FileProblem: It could not be flushed.
        """
        with self._lock:
            with database.errors_in_words(self.path), database.transaction(self._connection):
                settle(self._connection)
            self._footprint = take_footprint(self.path)

    def add_attachment(self, data: bytes) -> str:
        """Store bytes once, and return their SHA-256 as lower-case hex."""
        sha256 = hashlib.sha256(data).hexdigest()
        with self._lock:
            with database.errors_in_words(self.path), database.transaction(self._connection):
                write_attachment(self._connection, sha256, data)
            self._footprint = take_footprint(self.path)
        return sha256

    def look(self) -> Presence:
        """Tell whether what lies at the file's path is what was left there."""
        return compare(self._footprint, self.path)

    def read_attachment(self, sha256: str) -> bytes | None:
        """Return stored bytes, or None where the file has none of that hash."""
        with holding_patiently(self._lock, self.path), database.errors_in_words(self.path):
            return read_attachment(self._connection, sha256)

    def history(self) -> Iterable[Change]:
        """Yield all changes, the first one first."""
        with self._lock, database.errors_in_words(self.path):
            yield from read_history(self._connection, self.path)

    def read_ids(self) -> Iterable[str]:
        """Yield the ids of all changes, the first one first."""
        with self._lock, database.errors_in_words(self.path):
            yield from read_ids(self._connection, self.path)

    def history_lines(self) -> list[HistoryLine]:
        """Return the history as it is listed, the latest change first."""
        with self._lock, database.errors_in_words(self.path):
            return read_history_lines(self._connection, self.path)

    def read_changes_after(self, change: str) -> Iterator[Change]:
        """Return the changes after one, the latest one first; see `read_changes_after`."""
        with self._lock, database.errors_in_words(self.path):
            return read_changes_after(self._connection, self.path, change)

    def read_state(self, change: str) -> Inspection:
        """Return the inspection as it was after a change; see `read_state`."""
        with self._lock, database.errors_in_words(self.path):
            return read_state(self._connection, self.path, change)

    def write_copy(
        self, target: Path, backups: Path, waiting: Waiting | None = None
    ) -> Path | None:
        """Write a copy of the whole file; see `copy_inspection_file`."""
        with self._lock:
            return copy_inspection_file(self._connection, target, backups, waiting, self.key)

    def start_backup(self, target: Path) -> RunningBackup:
        """Begin a backup of the whole file; see `RunningBackup`."""
        return RunningBackup(self._connection, self._lock, target, self.key)

    def rewrite(self, target: Path, key: Key | None, tell: Callable[[int], None]) -> int:
        """Write the whole file anew under another key; see `rewrite_database`.

        Returns:
            What `count_writes` gives as long as nothing more is written.
        """
        with database.errors_in_words(self.path):
            writes = self.count_writes()
            rewrite_database(self._connection, self._lock, target, key, tell)
        return writes

    def count_writes(self) -> int:
        """Return how many rows were written since it was opened."""
        with self._lock:
            return int(self._connection.total_changes())

    def close(self) -> None:
        """Let the file go. Closing it again does nothing."""
        if self._identity is None:
            return
        # In this order: the next owner's note must not be removed.
        remove_holder(self.path)
        self._connection.close()
        release(self._identity)
        self._identity = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _check_all(connection: apsw.Connection, path: Path) -> Inspection:
    """Return the inspection in an open database, once all but the bytes of photos was checked."""
    check_database(connection, path)
    check_structure(connection, path)
    check_history(connection, path)
    return read_entities(connection, path)


def _look_first(path: Path, key: Key | None) -> Inspection | None:
    """Return the inspection in a file that is whole, or None where somebody is using it.

    Owning a file can write: SQLite undoes what a crash left, from a journal that may be damaged
    too, and sets its own numbers right. So damage is looked for before, and what a crash left is
    undone in a copy first.
    """
    with contextlib.ExitStack() as stack, database.errors_in_words(path):
        place, flags = path, database.READ_ONLY
        if is_in_use(path):
            try:
                place, flags = copy_privately(stack, path), database.READ_WRITE
            except FileProblem:
                return None
        try:
            connection = database.connect(place, flags, key)
            stack.callback(connection.close)
            connection.execute("BEGIN")
            check_whole(connection, path, place)
            return _check_all(connection, path)
        except (apsw.BusyError, apsw.LockedError, apsw.ReadOnlyError):
            # Whoever tries to own it is told more.
            return None
