"""Writing new inspection files: of an inspection that begins, and whole copies of others."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.errors import NotAnInspection, PasswordNeeded
from inspector_app.files import (
    describe_write_problem,
    exists,
    flush_folder,
    follow_links,
    replacing,
)
from inspector_app.storage import database
from inspector_app.storage.backups import keep_copy
from inspector_app.storage.encryption import choose_key
from inspector_app.storage.private_copy import get_journal_path
from inspector_app.storage.reading_rows import check_history, read_entities
from inspector_app.storage.rows import write_attachment, write_changes, write_missing
from inspector_app.storage.schema import APPLICATION_ID, FORMAT, migrate, read_header
from inspector_app.storage.taking_over import refuse_left_open

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import apsw

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.storage.encryption import Key


class Waiting(NamedTuple):
    """Changes that are not in a file yet, the inspection after them, and bytes they need."""

    changes: Sequence[Change]
    after: Inspection
    attachments: Mapping[str, bytes]


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
                    "The copy was not kept: it is damaged, and the inspection may be damaged, "
                    "too. Nothing was replaced. Save the content (JSON), which holds everything "
                    "you typed."
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
