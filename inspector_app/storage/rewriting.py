"""Writing a database anew, row by row, under another key or none.

SQLite's own rekeying works in place, on the only file there is, and keeps the salt. Written anew
beside it, the old file stays whole until the new one is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.errors import NotAnInspection
from inspector_app.storage import database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    import apsw

    from inspector_app.storage.encryption import Key

_ROWS = 500
"""Rows that are read before somebody else may use the file."""
_PARTS = """
SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type = 'index', rowid
"""
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"


def rewrite_database(
    source: apsw.Connection,
    lock: AbstractContextManager[object],
    target: Path,
    key: Key | None,
    tell: Callable[[int], None],
) -> None:
    """Write all that is in a database into a new one, and read that back.

    Args:
        source: The database; not to be written meanwhile.
        lock: Held while it is read, a few rows at a time.
        target: An empty file.
        key: What to protect it with; None: it is plain.
        tell: Hears how many bytes were copied, and may raise to stop it.

    Raises:
        NotAnInspection: What was written could not be read back.
    """
    with lock:
        numbers = {name: source.pragma(name) for name in ("application_id", "user_version")}
        parts = source.execute(_PARTS).fetchall()
        tables = [str(name) for (name,) in source.execute(_TABLES)]
    copy = database.connect(target, database.CREATE, key)
    try:
        # What a crash leaves unfinished is thrown away; it is flushed when it is whole.
        copy.pragma("journal_mode", "OFF")
        copy.pragma("synchronous", "OFF")
        with database.transaction(copy):
            for _, sql in parts:
                copy.execute(str(sql))
            for table in tables:
                for rows in _read_rows(source, lock, table):
                    _write_rows(copy, table, rows)
                    tell(sum(_measure(row) for row in rows))
            for name, number in numbers.items():
                copy.pragma(name, number)
        if copy.pragma("quick_check") != "ok":
            raise NotAnInspection("The new file could not be read back. The old one is as it was.")
    finally:
        copy.close()


def _read_rows(
    source: apsw.Connection, lock: AbstractContextManager[object], table: str
) -> Iterator[list[tuple[object, ...]]]:
    # Photos are large: one at a time.
    limit = 1 if table == "attachment" else _ROWS
    query = f"SELECT rowid, * FROM {_quote(table)} WHERE rowid > ? ORDER BY rowid LIMIT {limit}"  # noqa: S608
    last: object = -(2**63)
    while True:
        with lock:
            rows = source.execute(query, (last,)).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield [row[1:] for row in rows]


def _write_rows(copy: apsw.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    places = ", ".join("?" * len(rows[0]))
    copy.executemany(f"INSERT INTO {_quote(table)} VALUES ({places})", rows)  # noqa: S608


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _measure(row: tuple[object, ...]) -> int:
    return sum(len(value) for value in row if isinstance(value, str | bytes))
