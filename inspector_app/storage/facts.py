"""What a file tells about itself without being read whole: whose inspection, up to which change."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import apsw
import msgspec

from inspector_app.domain.entities import Details
from inspector_app.domain.ids import is_own_id
from inspector_app.errors import FileProblem, InspectionInUse
from inspector_app.storage import database
from inspector_app.storage.rows import read_head, read_ids
from inspector_app.storage.schema import check_database, read_header

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector_app.storage.encryption import Protection

Readable: TypeAlias = Literal["whole", "protected", "busy", "unreadable"]
"""Protected: with a password. Busy: somebody owns it. Unreadable: damaged, foreign, newer, gone."""

_DETAILS = "SELECT body FROM entity WHERE kind = 'details'"
_UNREADABLE = (msgspec.DecodeError, ValueError, TypeError, RecursionError)
_decoder = msgspec.json.Decoder(Details)


class FileFacts(NamedTuple):
    """What a file tells about itself; all but `readable` may be empty."""

    readable: Readable
    inspection: str = ""
    title: str = ""
    """Name of the service, to be shown and never to be stored."""
    head: str = ""
    """Id of the last change."""
    protection: Protection | None = None
    """What is needed besides its password; copies of the same inspection have the same."""


def read_facts(path: Path) -> FileFacts:
    """Return what a file tells about itself. Nothing is written, and nothing raised."""
    try:
        with _looking(path) as connection:
            rows = connection.execute(_DETAILS).fetchall()
            details = _decoder.decode(str(rows[0][0])) if len(rows) == 1 else None
            if details is None or not is_own_id(details.id):
                return FileFacts("unreadable")
            return FileFacts(
                "whole", details.id, details.location_name, read_head(connection, path)
            )
    except (InspectionInUse, apsw.BusyError, apsw.LockedError):
        return FileFacts("busy", protection=_find_protection(path))
    except (FileProblem, apsw.Error, *_UNREADABLE):
        protection = _find_protection(path)
        return FileFacts("unreadable" if protection is None else "protected", protection=protection)


def read_change_ids(path: Path) -> frozenset[str]:
    """Return the ids of all changes in a file that is whole; of any other file: none.

    All of the file is read.
    """
    try:
        with _looking(path) as connection:
            if connection.pragma("quick_check") != "ok":
                return frozenset()
            return frozenset(read_ids(connection, path))
    except (FileProblem, apsw.Error, *_UNREADABLE):
        return frozenset()


def _find_protection(path: Path) -> Protection | None:
    try:
        return read_header(path, newer=True).protection
    except FileProblem:
        return None


@contextlib.contextmanager
def _looking(path: Path) -> Iterator[apsw.Connection]:
    read_header(path)
    connection = database.connect(path, database.READ_ONLY)
    try:
        connection.execute("BEGIN")
        check_database(connection, path)
        yield connection
    finally:
        connection.close()
