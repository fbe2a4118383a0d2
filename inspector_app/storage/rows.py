"""The rows of an inspection file: writing them, and following the chain of changes."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import msgspec

from inspector_app.storage import database
from inspector_app.storage.checksums import (
    ATTACHMENT,
    CHANGE,
    ENTITY,
    get_checksum,
    read_seal,
    write_seal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import apsw

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection

_OLD = "SELECT checksum FROM entity WHERE id = ?"
_PUT = """
INSERT INTO entity (id, kind, parent, body, checksum) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE
SET kind = excluded.kind, parent = excluded.parent, body = excluded.body,
    checksum = excluded.checksum
"""


def read_head(connection: apsw.Connection, path: Path) -> str:
    """Return the id of the last change in an open database, or ""."""
    last = "SELECT id FROM change ORDER BY number DESC LIMIT 1"
    try:
        row = connection.execute(last).fetchone()
    except (ValueError, TypeError) as error:
        raise database.describe_damage(path, error) from error
    return str(row[0]) if row else ""


def read_number(connection: apsw.Connection) -> int:
    """Return how many changes there are in an open database: the number of the last one."""
    row = connection.execute("SELECT max(number) FROM change").fetchone()
    return int(row[0] or 0) if row else 0


def read_ids(connection: apsw.Connection, path: Path) -> Iterable[str]:
    """Yield the ids of the changes in an open database, the first one first."""
    try:
        for (id_,) in connection.execute("SELECT id FROM change ORDER BY number"):
            yield str(id_)
    except (ValueError, TypeError) as error:
        raise database.describe_damage(path, error) from error


def write_missing(
    connection: apsw.Connection,
    path: Path,
    changes: Sequence[Change],
    expected: str,
    after: Inspection,
) -> None:
    """Write those of some changes that are not in a database yet; see `write_changes`.

    A disk can report a fault with a commit that it has carried out all the same.

    Args:
        connection: The database.
        path: Its file.
        changes: In order.
        expected: Id of what should be the last change in it. Only if another is are changes looked
            for: one that comes twice otherwise is a fault.
        after: The inspection with all of the changes applied.
    """
    head = read_head(connection, path)
    ids = [change.id for change in changes]
    if head != expected and head in ids:
        changes = changes[ids.index(head) + 1 :]
        settle(connection)
    write_changes(connection, changes, head, after)


def settle(connection: apsw.Connection) -> None:
    """Write something that changes nothing, so that SQLite flushes file and journal once more.

    Where the last commit was carried out but not flushed, the disk may still hold the journal that
    would take it back after a power cut.
    """
    connection.pragma("user_version", connection.pragma("user_version"))


def write_changes(
    connection: apsw.Connection, changes: Sequence[Change], previous: str, after: Inspection
) -> None:
    """Write changes in a row, and the parts that they touch as they are after the last one."""
    touched = dict.fromkeys(edit.entity for change in changes for edit in change.edits)
    _write_entities(connection, touched, after)
    seal = read_seal(connection, CHANGE)
    for change in changes:
        seal = seal.add(_write_change(connection, change, previous))
        previous = change.id
    write_seal(connection, CHANGE, seal)


def write_attachment(connection: apsw.Connection, sha256: str, data: bytes) -> None:
    """Store bytes, unless they are there."""
    connection.execute(
        "INSERT INTO attachment (sha256, size, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (sha256, len(data), data),
    )
    if connection.changes():
        seal = read_seal(connection, ATTACHMENT).add(get_checksum(sha256))
        write_seal(connection, ATTACHMENT, seal)


def _write_entities(connection: apsw.Connection, touched: Iterable[str], after: Inspection) -> None:
    seal = read_seal(connection, ENTITY)
    known = seal.rows > 0
    rows = []
    gone = []
    for id_ in touched:
        entity = after.find(id_)
        if known and (old := connection.execute(_OLD, (id_,)).fetchone()) is not None:
            seal = seal.remove(old[0])
        if entity is None:
            gone.append((id_,))
            continue
        kind = str(entity.__struct_config__.tag)
        body = msgspec.json.encode(entity).decode()
        checksum = get_checksum(entity.id, kind, entity.parent, body)
        seal = seal.add(checksum)
        rows.append((entity.id, kind, entity.parent, body, checksum))
    connection.executemany("DELETE FROM entity WHERE id = ?", gone)
    connection.executemany(_PUT, rows)
    write_seal(connection, ENTITY, seal)


def _write_change(connection: apsw.Connection, change: Change, previous: str) -> int:
    """Write a row of the history, and return its checksum."""
    columns = (
        change.id,
        previous,
        change.label,
        change.who,
        change.when.astimezone(UTC).isoformat(),
        msgspec.json.encode(change.edits).decode(),
    )
    checksum = get_checksum(*columns)
    connection.execute(
        "INSERT INTO change (id, previous, label, who, at, edits, checksum) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*columns, checksum),
    )
    return checksum
