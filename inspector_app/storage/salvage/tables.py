"""Rows of a damaged database file as SQLite reads them, around what it cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import apsw

from inspector_app.storage import database
from inspector_app.storage.salvage.raw_pages import RawRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector_app.storage.encryption import Key

TABLES = ("entity", "change", "attachment", "seal")
_MOST_TRIES = 400
"""Queries that may fail on one table: behind them there is little left to find."""
_FAULTS = (apsw.Error, ValueError)
"""What a row that cannot be read raises: also text that is none."""


def read_table_rows(path: Path, key: Key | None = None) -> Iterator[RawRow]:
    """Yield the rows that SQLite can reach, as `read_raw_rows` does.

    Args:
        path: A private copy: what a crash left half written in it is undone first.
        key: The key of a protected file.
    """
    try:
        connection = database.connect(path, database.READ_WRITE, key)
    except _FAULTS:
        return
    try:
        # Damage is what is being looked for.
        connection.pragma("cell_size_check", 0)
        for table in TABLES:
            yield from _read_table(connection, table)
    except _FAULTS:
        return
    finally:
        connection.close()


def _read_table(connection: apsw.Connection, table: str) -> Iterator[RawRow]:
    """Yield the rows from the first on, then from the last back, then what lies between."""
    names = _get_columns(connection, table)
    if not names:
        return
    query = f"SELECT rowid, {', '.join(names)} FROM {table} NOT INDEXED WHERE rowid "  # noqa: S608
    low, high = 0, 1 << 62
    for row in _walk(connection, f"{query} > ? ORDER BY rowid", low):
        low = max(low, row.number)
        yield row
    if _is_readable(connection, table):
        return
    for row in _walk(connection, f"{query} < ? ORDER BY rowid DESC", high):
        high = min(high, row.number)
        yield row
    if high < 1 << 62:
        yield from _read_between(connection, f"{query} BETWEEN ? AND ?", low + 1, high - 1)


def _get_columns(connection: apsw.Connection, table: str) -> list[str]:
    try:
        rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    except _FAULTS:
        return []
    names = [str(name) for (name,) in rows]
    return ["NULL" if name == "number" else f'"{name}"' for name in names if '"' not in name]


def _is_readable(connection: apsw.Connection, table: str) -> bool:
    try:
        connection.execute(f"SELECT max(rowid), count(*) FROM {table} NOT INDEXED").fetchall()  # noqa: S608
    except _FAULTS:
        return False
    return True


def _walk(connection: apsw.Connection, query: str, bound: int) -> Iterator[RawRow]:
    try:
        yield from map(_make_row, connection.execute(query, (bound,)))
    except _FAULTS:
        return


def _read_between(connection: apsw.Connection, query: str, low: int, high: int) -> Iterator[RawRow]:
    """Yield the rows between two that can be read, halving what fails until it is one row."""
    waiting = [(low, high)]
    tries = 0
    while waiting and tries < _MOST_TRIES:
        low, high = waiting.pop()
        if low > high:
            continue
        try:
            rows = connection.execute(query, (low, high)).fetchall()
        except _FAULTS:
            tries += 1
            if low < high:
                middle = (low + high) // 2
                waiting += [(middle + 1, high), (low, middle)]
            continue
        yield from map(_make_row, rows)


def _make_row(row: tuple[Any, ...]) -> RawRow:
    return RawRow(row[0], row[1:])
