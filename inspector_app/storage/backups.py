"""Copies of inspection files that are about to be replaced or migrated."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from inspector_app.files import choose_free, describe_write_problem, make_folder, replacing
from inspector_app.storage import database

if TYPE_CHECKING:
    from pathlib import Path

    import apsw

    from inspector_app.storage.encryption import Key

_STEM = 40
"""Characters of a file's name that the copy's keeps: with date and time, no name gets too long."""


def keep_copy(
    connection: apsw.Connection, path: Path, backups: Path, why: str, key: Key | None = None
) -> Path:
    """Copy an inspection file to the backups, and return the copy.

    Args:
        connection: The file, owned. The copy is made through it: on POSIX systems, opening and
            closing the file a second time would drop its locks.
        path: Where the file lies.
        backups: The folder for copies; made where it is not there yet.
        why: Stands in the copy's name.
        key: The key of the file, and so of the copy.

    Raises:
        FileProblem: The copy could not be written; the file must then be left as it is.
    """
    stamp = f"{datetime.now(UTC):%Y-%m-%d %H%M%S}"
    try:
        make_folder(backups)
    except OSError as error:
        raise describe_write_problem(backups, error) from error
    name = f"{path.stem[:_STEM]} ({why} {stamp}"
    copy = choose_free(lambda number: backups / f"{name}{_nth(number)}){path.suffix}")
    with replacing(copy) as temporary, database.errors_in_words(copy):
        target = database.connect(temporary, database.CREATE, key)
        try:
            with target.backup("main", connection, "main") as backup:
                backup.step()
        finally:
            target.close()
    return copy


def _nth(number: int) -> str:
    return "" if number == 1 else f", {number}"
