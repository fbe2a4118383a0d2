"""The rows of an inspection file: writing them, and following the chain of changes."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import msgspec

from inspector_app.storage import database

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import apsw

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection


def read_head(connection: apsw.Connection, path: Path) -> str:
    """Return the id of the last change in an open database, or ""."""
    last = "SELECT id FROM change ORDER BY number DESC LIMIT 1"
    try:
        row = connection.execute(last).fetchone()
    except (ValueError, TypeError) as error:
        raise database.describe_damage(path, error) from error
    return str(row[0]) if row else ""


def read_ids(connection: apsw.Connection, path: Path) -> Iterable[str]:
    """Yield the ids of the changes in an open database, the first one first."""
    try:
        for (id_,) in connection.execute("SELECT id FROM change ORDER BY number"):
            yield str(id_)
    except (ValueError, TypeError) as error:
        raise database.describe_damage(path, error) from error


def write_changes(
    connection: apsw.Connection, changes: Sequence[Change], previous: str, after: Inspection
) -> None:
    """Write changes in a row, and the parts that they touch as they are after the last one."""
    for change in changes:
        _write_entities(connection, change, after)
        _write_change(connection, change, previous)
        previous = change.id


def write_attachment(connection: apsw.Connection, sha256: str, data: bytes) -> None:
    """Store bytes, unless they are there."""
    connection.execute(
        "INSERT INTO attachment (sha256, size, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (sha256, len(data), data),
    )


def _write_entities(connection: apsw.Connection, change: Change, after: Inspection) -> None:
    touched = dict.fromkeys(edit.entity for edit in change.edits)
    kept = [entity for id_ in touched if (entity := after.find(id_)) is not None]
    gone = [(id_,) for id_ in touched if after.find(id_) is None]
    connection.executemany("DELETE FROM entity WHERE id = ?", gone)
    connection.executemany(
        "INSERT INTO entity (id, kind, parent, body) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, body = excluded.body",
        (
            (
                entity.id,
                str(entity.__struct_config__.tag),
                entity.parent,
                msgspec.json.encode(entity).decode(),
            )
            for entity in kept
        ),
    )


def _write_change(connection: apsw.Connection, change: Change, previous: str) -> None:
    connection.execute(
        "INSERT INTO change (id, previous, label, who, at, edits) VALUES (?, ?, ?, ?, ?, ?)",
        (
            change.id,
            previous,
            change.label,
            change.who,
            change.when.astimezone(UTC).isoformat(),
            msgspec.json.encode(change.edits).decode(),
        ),
    )
