"""Making, opening and writing inspection files. One process owns a file that it writes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

import msgspec

from inspector_app.domain.change import Change, Edit
from inspector_app.domain.entities import AnyEntity
from inspector_app.domain.inspection import Inspection
from inspector_app.errors import ChangeConflict, NotAnInspection
from inspector_app.files import replacing
from inspector_app.storage import database
from inspector_app.storage.backups import keep_copy
from inspector_app.storage.holder import remove_holder, write_holder
from inspector_app.storage.schema import APPLICATION_ID, FORMAT, migrate, read_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from types import TracebackType

    import apsw

_entity_decoder = msgspec.json.Decoder(AnyEntity)
_edits_decoder = msgspec.json.Decoder(tuple[Edit, ...])


def read_entities(connection: apsw.Connection, path: Path) -> Inspection:
    """Return the inspection in an open database; attachments stay where they are.

    Raises:
        NotAnInspection: A row cannot be understood.
    """
    try:
        rows = connection.execute("SELECT body FROM entity")
        inspection = Inspection(_entity_decoder.decode(body) for (body,) in rows)
        _ = inspection.details
    except (msgspec.DecodeError, ChangeConflict) as error:
        raise NotAnInspection(
            f"“{path.name}” is damaged and cannot be read whole ({error}). It has not been altered."
        ) from error
    return inspection


class InspectionFile:
    """An inspection file that this process owns until `close`.

    `inspection` is the value at opening; later values belong to the caller, who hands each change
    with the value after it to `commit`.
    """

    def __init__(self, path: Path, connection: apsw.Connection, inspection: Inspection) -> None:
        self.path = path
        self.inspection = inspection
        self._connection = connection
        self._head = self._read_head()

    @classmethod
    def open(cls, path: Path, backups: Path) -> Self:
        """Open a file for writing; an older format is first copied to `backups`, then migrated.

        Raises:
            FileProblem: It is missing or cannot be opened.
            InspectionInUse: Another process owns it; the message says who.
            NotAnInspection: It is something else, or damaged.
            NewerInspection: It was written by a newer version.
        """
        header = read_header(path)
        with database.errors_in_words(path):
            connection = database.connect(path, database.READ_WRITE)
            try:
                connection.pragma("locking_mode", "EXCLUSIVE")
                connection.execute("BEGIN EXCLUSIVE; COMMIT")
                if header.format < FORMAT:
                    keep_copy(path, backups, "before migration")
                    migrate(connection)
                file = cls(path, connection, read_entities(connection, path))
            except BaseException:
                connection.close()
                raise
        write_holder(path)
        return file

    def commit(self, change: Change, after: Inspection) -> None:
        """Write one change in one transaction. `after` is the inspection with the change applied.

        Raises:
            FileProblem: It could not be written; the file is as before.
        """
        with database.errors_in_words(self.path), self._connection:
            _write_entities(self._connection, change, after)
            _write_change(self._connection, change, self._head)
        self._head = change.id

    def add_attachment(self, data: bytes) -> str:
        """Store bytes once, and return their SHA-256 as lower-case hex."""
        sha256 = hashlib.sha256(data).hexdigest()
        with database.errors_in_words(self.path), self._connection:
            _write_attachment(self._connection, sha256, data)
        return sha256

    def read_attachment(self, sha256: str) -> bytes | None:
        """Return stored bytes, or None where the file has none of that hash."""
        with database.errors_in_words(self.path):
            return read_attachment(self._connection, sha256)

    def history(self) -> Iterable[Change]:
        """Yield all changes, the first one first."""
        with database.errors_in_words(self.path):
            yield from read_history(self._connection)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()
        remove_holder(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read_head(self) -> str:
        row = self._connection.execute(
            "SELECT id FROM change ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return str(row[0]) if row else ""


def create_inspection_file(
    path: Path,
    change: Change,
    inspection: Inspection,
    attachments: Mapping[str, bytes],
    backups: Path,
) -> None:
    """Write a new inspection file in one step; an existing one is replaced only when all is done.

    Args:
        path: Where it is to lie.
        change: The change that made the inspection from nothing; it opens the history.
        inspection: The value after it.
        attachments: Bytes by SHA-256.
        backups: Folder that a copy of an existing inspection goes to before it is replaced.

    Raises:
        FileProblem: It could not be written; what lay there is as before.
        InspectionInUse: What lies there is an inspection that is open.
        NotAnInspection: What lies there is something else, which is not replaced.
    """
    if path.exists():
        _keep_replaced(path, backups)
    with replacing(path) as temporary, database.errors_in_words(path):
        connection = database.connect(temporary, database.CREATE)
        try:
            connection.pragma("application_id", APPLICATION_ID)
            migrate(connection)
            with connection:
                _write_entities(connection, change, inspection)
                _write_change(connection, change, "")
                for sha256, data in attachments.items():
                    _write_attachment(connection, sha256, data)
        finally:
            connection.close()


def _keep_replaced(path: Path, backups: Path) -> None:
    """Copy an existing inspection to the backups, unless somebody owns it or it is none."""
    if path.is_file() and path.stat().st_size == 0:
        return
    read_header(path)
    with database.errors_in_words(path):
        connection = database.connect(path, database.READ_WRITE)
        try:
            connection.execute("BEGIN EXCLUSIVE")
            keep_copy(path, backups, "replaced")
            connection.execute("ROLLBACK")
        finally:
            connection.close()


def read_attachment(connection: apsw.Connection, sha256: str) -> bytes | None:
    """Return stored bytes from an open database, or None.

    Raises:
        NotAnInspection: The bytes are not those of the hash.
    """
    row = connection.execute("SELECT bytes FROM attachment WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        return None
    data = bytes(row[0])
    if hashlib.sha256(data).hexdigest() != sha256:
        raise NotAnInspection(f"The attachment {sha256[:8]}… is damaged in the file.")
    return data


def read_history(connection: apsw.Connection) -> Iterable[Change]:
    """Yield the changes in an open database, the first one first."""
    rows = connection.execute("SELECT id, label, who, at, edits FROM change ORDER BY number")
    for id_, label, who, when, edits in rows:
        yield Change(
            id=id_,
            label=label,
            who=who,
            when=datetime.fromisoformat(when),
            edits=_edits_decoder.decode(edits),
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


def _write_attachment(connection: apsw.Connection, sha256: str, data: bytes) -> None:
    connection.execute(
        "INSERT INTO attachment (sha256, size, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (sha256, len(data), data),
    )
