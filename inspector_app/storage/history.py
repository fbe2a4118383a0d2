"""The history in an inspection file: its lines, its changes, and the states along it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from inspector_app.domain.change import Change, Edit
from inspector_app.domain.versions.history import HistoryLine
from inspector_app.errors import ChangeConflict
from inspector_app.storage.database import describe_damage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import apsw

_edits_decoder = msgspec.json.Decoder(tuple[Edit, ...])
UNREADABLE = (ChangeConflict, msgspec.DecodeError, ValueError, TypeError, RecursionError)
"""What a row raises whose bytes are damaged: also text that is none, and numbers for text."""
_ALL = "SELECT id, label, who, at, edits FROM change ORDER BY number"
_NEWER = """
SELECT id, label, who, at, edits FROM change
WHERE number > (SELECT number FROM change WHERE id = ?) ORDER BY number DESC
"""
_LINES = "SELECT id, label, who, at, edits = '[]' FROM change ORDER BY number DESC"


def read_history(connection: apsw.Connection, path: Path) -> Iterator[Change]:
    """Yield the changes in an open database, the first one first.

    Raises:
        NotAnInspection: A row cannot be understood.
    """
    return _read_changes(connection, path, _ALL)


def read_changes_after(connection: apsw.Connection, path: Path, id_: str) -> Iterator[Change]:
    """Yield the changes after one, the latest one first.

    The rows are read before the first is given: others may write while somebody takes them.

    Raises:
        KeyError: The history has no such change.
        NotAnInspection: A row cannot be understood.
    """
    if connection.execute("SELECT 1 FROM change WHERE id = ?", (id_,)).fetchone() is None:
        raise KeyError(id_)
    try:
        rows = connection.execute(_NEWER, (id_,)).fetchall()
    except UNREADABLE as error:
        raise describe_damage(path, error) from error
    return _make_changes(rows, path)


def read_history_lines(connection: apsw.Connection, path: Path) -> list[HistoryLine]:
    """Return the history without its edits, which are most of it, the latest change first.

    Raises:
        NotAnInspection: A row cannot be understood.
    """
    try:
        return [
            HistoryLine(str(id_), str(label), str(who), datetime.fromisoformat(at), bool(marks))
            for id_, label, who, at, marks in connection.execute(_LINES)
        ]
    except UNREADABLE as error:
        raise describe_damage(path, error) from error


def _read_changes(connection: apsw.Connection, path: Path, query: str) -> Iterator[Change]:
    try:
        yield from _make_changes(connection.execute(query), path)
    except UNREADABLE as error:
        raise describe_damage(path, error) from error


def _make_changes(rows: Iterable[tuple[Any, ...]], path: Path) -> Iterator[Change]:
    try:
        for id_, label, who, when, edits in rows:
            yield Change(
                id=id_,
                label=label,
                who=who,
                when=datetime.fromisoformat(when),
                edits=_edits_decoder.decode(edits),
            )
    except UNREADABLE as error:
        raise describe_damage(path, error) from error
