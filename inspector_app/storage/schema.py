"""The tables of the inspection file, and how older files become newer ones.

A file is recognised by two numbers in its header: the application id (it is an inspection) and the
user version (the format). Each migration lifts a file by one format, in one transaction; the file
is copied to the backups first. A migration that has been released is never edited.
"""

from __future__ import annotations

import contextlib
import os
import struct
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import apsw

from inspector_app.errors import NewerInspection, NotAnInspection
from inspector_app.files import describe_read_problem, open_regular
from inspector_app.shapes import make_printable
from inspector_app.storage.checksums import (
    ATTACHMENT,
    CHANGE,
    ENTITY,
    get_checksum,
    make_seal,
    write_seal,
)
from inspector_app.storage.database import describe_damage, transaction
from inspector_app.storage.encryption import RESERVED, find_protection
from inspector_app.storage.owned import refuse_owned
from inspector_app.storage.recognising import describe_stranger, recognise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector_app.storage.encryption import Protection

APPLICATION_ID = 0x49725031  # "IrP1"
_HEADER_SIZE = 100
_MAGIC = b"SQLite format 3\0"
_JOURNAL_KINDS = slice(18, 20)
"""For writing, and for reading: either makes SQLite put files beside this one."""
_ROLLBACK = b"\x01\x01"
_RESERVED = 20
_SHOWN = 4

_FORMAT_1 = """
CREATE TABLE entity (
    id      TEXT PRIMARY KEY NOT NULL,
    kind    TEXT NOT NULL,
    parent  TEXT NOT NULL,
    body    TEXT NOT NULL
) STRICT;
CREATE TABLE change (
    number    INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    previous  TEXT NOT NULL,
    label     TEXT NOT NULL,
    who       TEXT NOT NULL,
    at        TEXT NOT NULL,
    edits     TEXT NOT NULL
) STRICT;
CREATE TABLE attachment (
    sha256  TEXT PRIMARY KEY NOT NULL,
    size    INTEGER NOT NULL,
    bytes   BLOB NOT NULL
) STRICT;
"""
# entity      one row a part; `body` is the whole entity as JSON, the other columns repeat fields
#             of it so that a damaged file can be salvaged row by row and read with any SQLite tool
# change      the history; `previous` is the id of the change before ("" for the first): two files
#             with the same inspection id are told apart by this chain
# attachment  bytes, stored once, found by their hash


_FORMAT_2 = """
ALTER TABLE entity ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE change ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
CREATE TABLE seal (
    name   TEXT PRIMARY KEY NOT NULL,
    rows   INTEGER NOT NULL,
    total  INTEGER NOT NULL
) STRICT;
"""
# checksum    of the other columns of the row
# seal        for each table how many rows it has, and the sum of their checksums (`checksums.py`)


def _create_format_1(connection: apsw.Connection) -> None:
    connection.execute(_FORMAT_1)


def _get_checksum(*columns: object) -> int:
    return get_checksum(*map(str, columns))


def _add_checksums(connection: apsw.Connection) -> None:
    connection.execute(_FORMAT_2)
    connection.create_scalar_function("inspector_checksum", _get_checksum, deterministic=True)
    connection.execute(
        "UPDATE entity SET checksum = inspector_checksum(id, kind, parent, body);"
        "UPDATE change SET checksum = inspector_checksum(id, previous, label, who, at, edits);"
    )
    connection.create_scalar_function("inspector_checksum", None)
    hashes = connection.execute("SELECT sha256 FROM attachment")
    write_seal(connection, ATTACHMENT, make_seal(get_checksum(sha256) for (sha256,) in hashes))
    for table in (ENTITY, CHANGE):
        rows = connection.execute(f"SELECT checksum FROM {table}")  # noqa: S608 - our own names
        write_seal(connection, table, make_seal(checksum for (checksum,) in rows))


def _allow_editions(_: apsw.Connection) -> None:
    """Change no table: from format 3 on there are parts that earlier versions do not know.

    A file without an edition of its framework takes one with the next change of its text.
    """


def _let_services_be_rated(_: apsw.Connection) -> None:
    """Change no table: from format 4 on services have ratings, which earlier versions do not know.

    Rows of the grid stay as they are in the history, and are brought up to date where they are
    read (`domain/former.py`).
    """


MIGRATIONS: tuple[Callable[[apsw.Connection], None], ...] = (
    _create_format_1,
    _add_checksums,
    _allow_editions,
    _let_services_be_rated,
)
FORMAT = len(MIGRATIONS)
SEALED = 2
"""The first format whose rows have checksums."""


class Header(NamedTuple):
    """What the first bytes of a file say."""

    application_id: int
    format: int
    protection: Protection | None = None
    """What is needed to make its key; None: it is not protected with a password."""


def read_header(path: Path, *, newer: bool = False) -> Header:
    """Return application id and format of an inspection file without opening it as a database.

    Args:
        path: The file.
        newer: Whether it may be one of a newer version.

    Raises:
        FileProblem: The file is not there or may not be read.
        NotAnInspection: It is something else, or too short.
        NewerInspection: It was written by a newer version.
        InspectionInUse: This process owns it; opening it again would drop its locks.
    """
    try:
        refuse_owned(path)
        with os.fdopen(open_regular(path, follow=True), "rb") as file:
            start = file.read(_HEADER_SIZE)
        if len(start) < _HEADER_SIZE or not start.startswith(_MAGIC):
            kind = recognise(path)
            kind = "unknown" if kind == "database" else kind
            raise NotAnInspection(describe_stranger(path, kind))
    except OSError as error:
        raise describe_read_problem(path, error) from error
    (format_,) = struct.unpack_from(">i", start, 60)
    (application_id,) = struct.unpack_from(">i", start, 68)
    _judge(Header(application_id, format_), path, newer=newer)
    if start[_JOURNAL_KINDS] != _ROLLBACK:
        raise NotAnInspection(
            f"“{path.name}” was changed by another program, in a way that is not safe in shared "
            "folders. It has not been changed by Inspector. Open a backup, or ask whoever changed "
            "it to undo that."
        )
    return Header(application_id, format_, _read_protection(start, path))


def claims_protection(start: bytes) -> bool:
    """Tell whether the beginning of a database says that it is protected, maybe not how."""
    return start.startswith(_MAGIC) and start[_RESERVED : _RESERVED + 1] == bytes([RESERVED])


def _read_protection(start: bytes, path: Path) -> Protection | None:
    protection = find_protection(start)
    if protection is None and claims_protection(start):
        raise NotAnInspection(
            f"“{path.name}” is protected with a password, but the place that shows how is "
            "damaged, so no password opens it. It has not been changed. Look for a backup or "
            "another copy."
        )
    return protection


def check_database(connection: apsw.Connection, path: Path, *, newer: bool = False) -> None:
    """Check an open database before anything in it is used, after a crash was undone.

    The header that `read_header` saw may have been one in the middle of a change.

    Raises:
        NotAnInspection: It is something else, or has parts that could run.
        apsw.SQLError: Its tables are not ours any more.
        NewerInspection: It was written by a newer version.
    """
    header = Header(connection.pragma("application_id"), connection.pragma("user_version"))
    _judge(header, path, newer=newer)
    if connection.execute(_STRANGERS).fetchone():
        raise NotAnInspection(
            f"“{path.name}” has parts that inspection files do not have. None of them was used, "
            "and the file has not been changed. Open a backup or another copy."
        )
    if header.format <= FORMAT:
        _compare_schema(connection, path, header.format)


def check_whole(connection: apsw.Connection, path: Path, copy: Path | None = None) -> None:
    """Check that a file that is to be written has all its bytes.

    Args:
        connection: The file.
        path: What messages call it.
        copy: Where it lies, if not there.

    Raises:
        NotAnInspection: It ends too early.
    """
    expected = connection.pragma("page_count") * connection.pragma("page_size")
    if (copy or path).stat().st_size < expected:
        raise NotAnInspection(
            f"“{path.name}” is damaged: its end is missing, perhaps because it is still being "
            "copied or synced. It has not been changed. Wait, or export what can be read."
        )


_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
_STRANGERS = """
SELECT 1 FROM sqlite_schema
WHERE type NOT IN ('table', 'index') OR coalesce(rootpage, 0) = 0 OR sql LIKE '%virtual%'
"""


def _compare_schema(connection: apsw.Connection, path: Path, format_: int) -> None:
    """Refuse tables that are not declared as ours, to the letter.

    A constraint, a generated column or an index of others lets us read, and refuses what we write.
    """
    try:
        found = _read_schema(connection)
    except (ValueError, TypeError) as error:
        raise describe_damage(path, error) from error
    wanted = _make_schema(format_)
    strange = sorted({str(row[2]) for row in found ^ wanted})
    if strange:
        names = ", ".join(f"“{make_printable(name)}”" for name in strange[:_SHOWN])
        more = f" and {len(strange) - _SHOWN} more" if len(strange) > _SHOWN else ""
        raise NotAnInspection(
            f"“{path.name}” is damaged, or was changed by another program: in it, {names}{more} "
            "is not as inspection files have it. It has not been changed. Open a backup, or "
            "recover what can be read into a new file."
        )


def _read_schema(connection: apsw.Connection) -> frozenset[tuple[object, ...]]:
    return frozenset(connection.execute(_SCHEMA))


@cache
def _make_schema(format_: int) -> frozenset[tuple[object, ...]]:
    """Return the schema of a file of a format, as SQLite writes it down."""
    with contextlib.closing(apsw.Connection(":memory:")) as connection:
        for migration in MIGRATIONS[:format_]:
            migration(connection)
        return _read_schema(connection)


def _judge(header: Header, path: Path, *, newer: bool) -> None:
    application_id, format_, _ = header
    if application_id != APPLICATION_ID or format_ < 1:
        raise NotAnInspection(
            f"“{path.name}” is a database, but not an inspection file. It has not been changed."
        )
    if format_ > FORMAT and not newer:
        raise NewerInspection(
            f"“{path.name}” was made with a newer version of Inspector (file format {format_}; "
            f"this version knows up to {FORMAT}). It has not been changed. Install the newer "
            "version to open it."
        )


def migrate(connection: apsw.Connection) -> None:
    """Bring an open database to the current format, one transaction a step."""
    version = connection.pragma("user_version")
    for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
        with transaction(connection):
            migration(connection)
            connection.pragma("user_version", number)
