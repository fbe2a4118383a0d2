"""Making, opening and writing inspection files. One process owns a file that it writes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import threading
from typing import TYPE_CHECKING, NamedTuple, Self

import apsw

from inspector_app.errors import FileProblem, NotAnInspection, PasswordNeeded
from inspector_app.files import (
    describe_write_problem,
    exists,
    flush_folder,
    follow_links,
    remove_unfinished,
    replacing,
)
from inspector_app.storage import database
from inspector_app.storage.automatic import RunningBackup
from inspector_app.storage.backups import keep_copy
from inspector_app.storage.encryption import choose_key
from inspector_app.storage.history import read_changes_after, read_history, read_history_lines
from inspector_app.storage.holder import remove_holder, write_holder
from inspector_app.storage.owned import claim, release
from inspector_app.storage.presence import compare, take_footprint
from inspector_app.storage.private_copy import copy_privately, get_journal_path, is_in_use
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
    settle,
    write_attachment,
    write_changes,
    write_missing,
)
from inspector_app.storage.schema import (
    APPLICATION_ID,
    FORMAT,
    check_database,
    check_whole,
    migrate,
    read_header,
)
from inspector_app.storage.taking_over import refuse_left_open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.versions.history import HistoryLine
    from inspector_app.storage.encryption import Key
    from inspector_app.storage.owned import Identity
    from inspector_app.storage.presence import Footprint, Presence


class Waiting(NamedTuple):
    """Changes that are not in a file yet, the inspection after them, and bytes they need."""

    changes: Sequence[Change]
    after: Inspection
    attachments: Mapping[str, bytes]


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
        with self._lock, database.errors_in_words(self.path):
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


def create_inspection_file(
    path: Path,
    change: Change,
    inspection: Inspection,
    attachments: Mapping[str, bytes],
    backups: Path,
    key: Key | None = None,
    *,
    take_over: bool = False,
) -> Path | None:
    """Write a new inspection file in one step; an existing one is replaced only when all is done.

    Args:
        path: Where it is to lie.
        change: The change that made the inspection from nothing; it opens the history.
        inspection: The value after it.
        attachments: Bytes by SHA-256.
        backups: Folder that a copy of an existing inspection goes to before it is replaced.
        key: What to protect it with; None: it is not protected.
        take_over: Whether one is replaced although it is open on another computer, as a note says.

    Returns:
        The copy of the inspection that was replaced, or None where there was none.

    Raises:
        FileProblem: It could not be written; what lay there is as before.
        InspectionInUse: What lies there is an inspection that is open.
        NotAnInspection: What lies there is something else, which is not replaced.
    """
    path = follow_links(path)
    with _replacing_inspection(path, backups, key, take_over=take_over) as (temporary, kept):
        _write_new(path, temporary, change, inspection, attachments, key)
    return kept


def copy_inspection_file(
    connection: apsw.Connection,
    path: Path,
    backups: Path,
    waiting: Waiting | None = None,
    key: Key | None = None,
) -> Path | None:
    """Write a copy of an open inspection file in one step, read back before it is believed.

    Args:
        connection: The file that is copied, owned or being looked into.
        path: Where the copy is to lie.
        backups: Folder that a copy of an existing inspection goes to before it is replaced.
        waiting: What the copy is to have more than the file.
        key: The key of the file, and so of the copy.

    Returns, raises: as `create_inspection_file`; besides, `NotAnInspection` where the copy, and so
    the file, turns out to be damaged.
    """
    path = follow_links(path)
    replacing_it = _replacing_inspection(path, backups, key)
    with replacing_it as (temporary, kept), database.errors_in_words(path):
        copy = database.connect(temporary, database.CREATE, key)
        try:
            with copy.backup("main", connection, "main") as backup:
                backup.step()
            if waiting is not None:
                with database.transaction(copy):
                    for sha256, data in waiting.attachments.items():
                        write_attachment(copy, sha256, data)
                    write_missing(copy, path, waiting.changes, "", waiting.after)
            if copy.pragma("quick_check") != "ok":
                raise NotAnInspection(
                    "The copy was not kept: it is damaged, and so may be the inspection. Nothing "
                    "was replaced. Save the content (JSON), which holds everything you typed."
                )
            if copy.pragma("user_version") <= FORMAT:
                read_entities(copy, path)
                check_history(copy, path)
        finally:
            copy.close()
    return kept


@contextlib.contextmanager
def _replacing_inspection(
    path: Path, backups: Path, key: Key | None, *, take_over: bool = False
) -> Iterator[tuple[Path, Path | None]]:
    """Give the file to write in place of `path`, and the copy of the inspection that lay there."""
    kept = None
    with contextlib.ExitStack() as stack:
        if exists(path) and not _is_empty(path):
            if not take_over:
                refuse_left_open(path)
            kept = stack.enter_context(_keeping_replaced(path, backups, key))
        temporary = stack.enter_context(replacing(path))
        yield temporary, kept
        # The journal of a file that is gone would be played back into the new one.
        if exists(journal := get_journal_path(path)):
            journal.unlink()
            flush_folder(path.parent)


def _write_new(
    path: Path,
    temporary: Path,
    change: Change,
    inspection: Inspection,
    attachments: Mapping[str, bytes],
    key: Key | None,
) -> None:
    with database.errors_in_words(path):
        connection = database.connect(temporary, database.CREATE, key)
        try:
            connection.pragma("application_id", APPLICATION_ID)
            migrate(connection)
            with database.transaction(connection):
                write_changes(connection, (change,), "", inspection)
                for sha256, data in attachments.items():
                    write_attachment(connection, sha256, data)
        finally:
            connection.close()


def _is_empty(path: Path) -> bool:
    try:
        found = path.stat()
    except OSError as error:
        raise describe_write_problem(path, error) from error
    return stat.S_ISREG(found.st_mode) and found.st_size == 0


@contextlib.contextmanager
def _keeping_replaced(path: Path, backups: Path, key: Key | None) -> Iterator[Path]:
    """Copy an existing inspection to the backups, and let nobody open it until it is replaced."""
    try:
        key = choose_key(read_header(path).protection, key, path)
    except PasswordNeeded as error:
        raise PasswordNeeded(
            f"“{path.name}” is an inspection that is protected with a password of its own. It was "
            "not replaced, since no copy of it can be kept. Choose another name."
        ) from error
    with database.errors_in_words(path):
        connection = database.connect_as_owner(path, key)
        try:
            kept = keep_copy(connection, path, backups, "replaced", key)
        except BaseException:
            connection.close()
            raise
    if os.name == "nt":
        connection.close()  # Windows replaces no file that is open
    try:
        yield kept
    finally:
        connection.close()
