"""The tables of the inspection file, and how older files become newer ones.

A file is recognised by two numbers in its header: the application id (it is an inspection) and the
user version (the format). Each migration lifts a file by one format, in one transaction; the file
is copied to the backups first. A migration that has been released is never edited.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.errors import NewerInspection, NotAnInspection
from inspector_app.files import describe_read_problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import apsw

APPLICATION_ID = 0x49725031  # "IrP1"
_HEADER_SIZE = 100
_MAGIC = b"SQLite format 3\0"

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


def _create_format_1(connection: apsw.Connection) -> None:
    connection.execute(_FORMAT_1)


MIGRATIONS: tuple[Callable[[apsw.Connection], None], ...] = (_create_format_1,)
FORMAT = len(MIGRATIONS)


class Header(NamedTuple):
    """What the first bytes of a file say."""

    application_id: int
    format: int


def read_header(path: Path) -> Header:
    """Return application id and format of an inspection file without opening it as a database.

    Raises:
        FileProblem: The file is not there or may not be read.
        NotAnInspection: It is something else, or too short.
        NewerInspection: It was written by a newer version.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_HEADER_SIZE)
    except OSError as error:
        raise describe_read_problem(path, error) from error
    if len(start) < _HEADER_SIZE or not start.startswith(_MAGIC):
        what = "is empty" if not start else "is not an inspection file"
        raise NotAnInspection(
            f"“{path.name}” {what}. It has not been altered. Inspection files end in "
            "“.inspection”; content in JSON form is read with the command “import”."
        )
    (format_,) = struct.unpack_from(">i", start, 60)
    (application_id,) = struct.unpack_from(">i", start, 68)
    header = Header(application_id, format_)
    if application_id != APPLICATION_ID or format_ < 1:
        raise NotAnInspection(
            f"“{path.name}” is a database, but not an inspection file. It has not been altered."
        )
    if format_ > FORMAT:
        raise NewerInspection(
            f"“{path.name}” was written by a newer version of Inspector (file format {format_}; "
            f"this version knows up to {FORMAT}). It has not been altered. Install the newer "
            "version to open it."
        )
    return header


def migrate(connection: apsw.Connection) -> None:
    """Bring an open database to the current format, one transaction a step."""
    version = connection.pragma("user_version")
    for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
        with connection:
            migration(connection)
            connection.pragma("user_version", number)
