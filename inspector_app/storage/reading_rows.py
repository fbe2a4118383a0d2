"""Reading the rows of an open inspection file, and making sure that they are those written."""

from __future__ import annotations

import hashlib
import re
from itertools import starmap
from typing import TYPE_CHECKING, Any

from inspector_app.domain.former import update_kind
from inspector_app.domain.ids import is_own_id
from inspector_app.domain.inspection import Inspection, entity_from_json
from inspector_app.domain.versions.history import rewind
from inspector_app.errors import ChangeConflict, NotAnInspection
from inspector_app.shapes import make_printable
from inspector_app.storage import database
from inspector_app.storage.checksums import (
    ATTACHMENT,
    CHANGE,
    ENTITY,
    Seal,
    get_checksum,
    make_seal,
    read_seal,
)
from inspector_app.storage.history import UNREADABLE, read_changes_after, read_history
from inspector_app.storage.schema import SEALED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import apsw

    from inspector_app.domain.entities import AnyEntity

_POSITION = re.compile("[0-9A-Za-z]*")
_WHOLE = 64_000_000
"""Bytes up to which a file is looked through whole before it is written; larger ones hold photos,
which are looked at when they are shown."""
_UNSEALED = "SELECT id, kind, parent, body FROM entity"
_SEALED = "SELECT id, kind, parent, body, checksum FROM entity"
_CHANGES = "SELECT id, previous, label, who, at, edits, checksum FROM change ORDER BY number"


def read_entities(connection: apsw.Connection, path: Path) -> Inspection:
    """Return the inspection in an open database; attachments stay where they are.

    Raises:
        NotAnInspection: A row cannot be understood, was altered, or is not there.
    """
    try:
        if connection.pragma("user_version") < SEALED:
            inspection = Inspection(starmap(decode_entity, connection.execute(_UNSEALED)))
        else:
            sums: list[int] = []
            inspection = Inspection(_check_entities(connection.execute(_SEALED), sums))
            _compare(connection, ENTITY, make_seal(sums))
        _ = inspection.details
    except UNREADABLE as error:
        raise database.describe_damage(path, error) from error
    return inspection


def decode_entity(id_: str, kind: str, parent: str, body: str) -> AnyEntity:
    """Return the part that a row holds.

    Raises:
        One of `UNREADABLE`: It holds none.
    """
    entity = entity_from_json(body)
    tag = entity.__struct_config__.tag
    if (entity.id, tag, entity.parent) != (id_, update_kind(kind), parent):
        raise ValueError(f"the row {make_printable(id_)} does not say the same twice")
    if not is_own_id(id_) or not is_position(entity.position):
        raise ValueError(
            f"the row {make_printable(id_)} has an id or a place that parts cannot have"
        )
    return entity


def is_position(text: str) -> bool:
    """Tell whether a text can be a position among siblings."""
    return _POSITION.fullmatch(text) is not None


def check_history(connection: apsw.Connection, path: Path) -> None:
    """Check that the history is whole, and that no photo is gone.

    Raises:
        NotAnInspection: A change was altered, is not there, or cannot be understood.
    """
    try:
        if connection.pragma("user_version") < SEALED:
            _check_unsealed(connection, path)
            return
        head = ""
        sums: list[int] = []
        for id_, previous, *others, checksum in connection.execute(_CHANGES):
            if previous != head or get_checksum(id_, previous, *others) != checksum:
                raise ValueError(f"the change {make_printable(id_)} of the history was changed")
            head = id_
            sums.append(checksum)
        _compare(connection, CHANGE, make_seal(sums))
        hashes = connection.execute("SELECT sha256 FROM attachment")
        _compare(connection, ATTACHMENT, make_seal(get_checksum(sha256) for (sha256,) in hashes))
    except UNREADABLE as error:
        raise database.describe_damage(path, error) from error


def _check_unsealed(connection: apsw.Connection, path: Path) -> None:
    """Check a file without checksums: its history must lead to what it holds.

    Before they are sealed, for good, rows that were altered would be noticed here.
    """
    history = [*read_history(connection, path)]
    start = rewind(read_entities(connection, path), reversed(history))
    if len(start):
        raise ChangeConflict("the history does not begin with nothing")


def check_structure(connection: apsw.Connection, path: Path) -> None:
    """Check that a file that is to be written is sound: writing could make damage worse.

    Raises:
        NotAnInspection: It is damaged.
    """
    size = connection.pragma("page_count") * connection.pragma("page_size")
    tables = (None,) if size <= _WHOLE else ("sqlite_schema", ENTITY, CHANGE)
    for table in tables:
        found = connection.pragma("quick_check", *([table] if table else []))
        if found != "ok":
            raise database.describe_damage(path, ValueError("its tables are not in order"))


def read_attachment(connection: apsw.Connection, sha256: str) -> bytes | None:
    """Return stored bytes from an open database, or None.

    Raises:
        NotAnInspection: The bytes are not those of the hash.
    """
    query = "SELECT bytes FROM attachment WHERE sha256 = ?"
    row = connection.execute(query, (sha256,)).fetchone()
    if row is None:
        # The index may be what is damaged.
        query = "SELECT bytes FROM attachment NOT INDEXED WHERE sha256 = ?"
        row = connection.execute(query, (sha256,)).fetchone()
    if row is None:
        return None
    data = row[0]
    if not isinstance(data, bytes) or hashlib.sha256(data).hexdigest() != sha256:
        raise NotAnInspection(f"The attachment {sha256[:8]}… is damaged in the file.")
    return data


def read_state(connection: apsw.Connection, path: Path, change: str) -> Inspection:
    """Return the inspection in an open database as it was after a change of its history.

    Raises:
        KeyError: The history has no such change.
        NotAnInspection: A row cannot be understood, or the history does not lead back there.
    """
    changes = read_changes_after(connection, path, change)
    now = read_entities(connection, path)
    try:
        return rewind(now, changes)
    except ChangeConflict as error:
        raise database.describe_damage(path, error) from error


def _check_entities(rows: Iterable[tuple[Any, ...]], sums: list[int]) -> Iterator[AnyEntity]:
    """Yield the parts in sealed rows, and collect the checksums."""
    for id_, kind, parent, body, checksum in rows:
        if get_checksum(id_, kind, parent, body) != checksum:
            raise ValueError(f"the row {make_printable(id_)} was changed")
        sums.append(checksum)
        yield decode_entity(id_, kind, parent, body)


def _compare(connection: apsw.Connection, table: str, found: Seal) -> None:
    """Raise `ValueError` where a table does not hold what its seal says."""
    sealed = read_seal(connection, table)
    if found == sealed:
        return
    less = sealed.rows - found.rows
    what = f"{less} of its rows are missing" if less > 0 else "rows were added or changed"
    raise ValueError(f"in the table “{table}” {what}")
