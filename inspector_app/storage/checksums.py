"""Checksums of rows, and a seal on each table: SQLite does not notice a letter that has changed.

Each row of `entity` and `change` has the checksum of its other columns. The table `seal` has a row
for each table: how many rows it has, and the sum of their checksums (of `attachment`, whose bytes
are found by their own hash, the sum over the hashes). So a row that was altered, lost, doubled or
brought back from an older page is noticed, whatever did it. This is against accidents: whoever
wants to deceive can write the right sums.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    import apsw

ENTITY = "entity"
CHANGE = "change"
ATTACHMENT = "attachment"
_SIZE = 8
_TOP = 1 << 63
_ALL = 1 << 64


class Seal(NamedTuple):
    """What a table must hold: how many rows, and the sum of their checksums."""

    rows: int = 0
    total: int = 0

    def add(self, checksum: int) -> Seal:
        """Return the seal with a row more."""
        return Seal(self.rows + 1, _wrap(self.total + checksum))

    def remove(self, checksum: int) -> Seal:
        """Return the seal with a row less."""
        return Seal(self.rows - 1, _wrap(self.total - checksum))


def get_checksum(*columns: str) -> int:
    """Return the checksum of a row, as SQLite keeps whole numbers: 64 bits with a sign.

    Raises:
        TypeError, ValueError: A column holds no text, or none that can be written.
    """
    # With their lengths in front, the same letters in other columns are another row.
    lengths = ",".join([str(len(column)) for column in columns])
    text = f"{lengths}:{''.join(columns)}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=_SIZE).digest(), "big", signed=True)


def make_seal(checksums: Iterable[int]) -> Seal:
    """Return the seal of a table whose rows have these checksums."""
    count, total = 0, 0
    for checksum in checksums:
        count += 1
        total += checksum
    return Seal(count, _wrap(total))


def read_seal(connection: apsw.Connection, table: str) -> Seal:
    """Return the seal of a table; one that has none is sealed as empty.

    Raises:
        TypeError: The row holds something else.
    """
    row = connection.execute("SELECT rows, total FROM seal WHERE name = ?", (table,)).fetchone()
    if row is None:
        return Seal()
    if not (isinstance(row[0], int) and isinstance(row[1], int)):
        raise TypeError("a seal that is no number")
    return Seal(*row)


def write_seal(connection: apsw.Connection, table: str, seal: Seal) -> None:
    """Seal a table."""
    connection.execute(
        "INSERT INTO seal (name, rows, total) VALUES (?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET rows = excluded.rows, total = excluded.total",
        (table, *seal),
    )


def _wrap(number: int) -> int:
    return (number + _TOP) % _ALL - _TOP
