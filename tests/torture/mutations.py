"""Damage as it happens to files, and as it never should: of bytes, pages, rows, frames and JSON."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

import apsw

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Mutation = Callable[[random.Random, bytes], bytes]

PAGE = 4096


# -- bytes


def flip_bits(chance: random.Random, data: bytes) -> bytes:
    """A few bits are others."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 50))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def set_bytes(chance: random.Random, data: bytes) -> bytes:
    """A run of bytes is zeros, ones, or anything."""
    changed = bytearray(data)
    size = min(chance.choice((1, 4, 16, 100, 512, PAGE, 3 * PAGE)), len(changed))
    at = chance.randrange(len(changed) - size + 1)
    fill = chance.choice((bytes(size), b"\xff" * size, chance.randbytes(size)))
    changed[at : at + size] = fill
    return bytes(changed)


def truncate(chance: random.Random, data: bytes) -> bytes:
    """The end is missing."""
    return data[: chance.randrange(len(data))]


def append(chance: random.Random, data: bytes) -> bytes:
    """Something stands behind it."""
    size = chance.choice((1, 100, PAGE))
    return data + chance.choice((bytes(size), chance.randbytes(size), data[:size]))


def shift(chance: random.Random, data: bytes) -> bytes:
    """Bytes are inserted or gone, so that all behind them stand elsewhere."""
    at, size = chance.randrange(len(data)), chance.choice((1, 3, 100))
    return data[:at] + (chance.randbytes(size) + data[at:] if size > 1 else data[at + 1 :])


def save_as_text(chance: random.Random, data: bytes) -> bytes:
    """A text editor has saved it: a mark in front, other line ends, what is no text replaced."""
    text = data.decode("utf-8", chance.choice(("replace", "ignore")))
    return text.replace("\n", chance.choice(("\n", "\r\n"))).encode("utf-8-sig")


def only_zeros(_chance: random.Random, data: bytes) -> bytes:
    """A sync client kept the size, and nothing else."""
    return bytes(len(data))


BYTES: Mapping[str, Mutation] = {
    "bits": flip_bits,
    "run": set_bytes,
    "truncated": truncate,
    "appended": append,
    "shifted": shift,
    "saved as text": save_as_text,
    "zeros": only_zeros,
}


# -- pages of a database


def mix_pages(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Pages are swapped, doubled, dropped, cut short, or those of an older state of the file."""
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    older = [other[at : at + PAGE] for at in range(0, len(other), PAGE)]
    for _ in range(chance.choice((1, 1, 2, 3))):
        one, two = chance.randrange(len(pages)), chance.randrange(len(pages))
        what = chance.randrange(6)
        if what == 0:
            pages[one], pages[two] = pages[two], pages[one]
        elif what == 1:
            pages[one] = pages[two]
        elif what == 2 and len(pages) > 1:
            del pages[one]
        elif what == 3:
            pages.insert(one, pages[two])
        elif what == 4:
            pages[one] = older[one % len(older)]
        else:
            pages[one] = pages[one][: chance.randrange(1, PAGE)].ljust(PAGE, b"\0")
    return b"".join(pages)


_FIELDS = ((16, 2), (18, 1), (19, 1), (20, 1), (21, 1), (24, 4), (28, 4), (32, 4), (36, 4))
_MORE_FIELDS = ((40, 4), (44, 4), (48, 4), (52, 4), (56, 4), (60, 4), (64, 4), (68, 4), (92, 4))


def alter_header(chance: random.Random, data: bytes) -> bytes:
    """A field of the header of the file, or of a page, holds another number."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2))):
        if chance.random() < 0.6:
            at, size = chance.choice(_FIELDS + _MORE_FIELDS)
        else:
            page = chance.randrange(len(changed) // PAGE)
            at = page * PAGE + (100 if page == 0 else 0) + chance.choice((0, 1, 3, 5, 7, 8, 10, 12))
            size = chance.choice((1, 2))
        old = int.from_bytes(changed[at : at + size], "big")
        top = (1 << 8 * size) - 1
        new = chance.choice((0, 1, top, old + 1, old - 1, chance.randrange(top + 1))) & top
        changed[at : at + size] = new.to_bytes(size, "big")
    return bytes(changed)


# -- rows

_DEEP = "'[' || replace(hex(zeroblob(3000)), '00', '[')"
ROWS = (
    "UPDATE entity SET body = 'no json' WHERE rowid = :r",
    "UPDATE entity SET body = json_set(body, '$.text', 'Forged') WHERE rowid = :r",
    "UPDATE entity SET body = replace(body, 'a', 'b') WHERE rowid = :r",
    "UPDATE entity SET body = '{}' WHERE rowid = :r",
    f"UPDATE entity SET body = {_DEEP} WHERE rowid = :r",  # noqa: S608 - our own
    "UPDATE entity SET body = json_set(body, '$.position', '!') WHERE rowid = :r",
    "UPDATE entity SET body = json_set(body, '$.parent', id), parent = id WHERE rowid = :r",
    "UPDATE entity SET parent = 'nowhere' WHERE rowid = :r",
    "UPDATE entity SET kind = 'wizard' WHERE rowid = :r",
    "UPDATE entity SET id = 'a b<' WHERE rowid = :r",
    "UPDATE entity SET id = id || 'x', body = json_set(body, '$.id', id || 'x') WHERE rowid = :r",
    "UPDATE entity SET checksum = checksum + 1 WHERE rowid = :r",
    "UPDATE entity SET checksum = 9223372036854775807 WHERE rowid = :r",
    "UPDATE entity SET rowid = rowid + 1000000000000 WHERE rowid = :r",
    "UPDATE entity SET body = CAST(x'7bff7d' AS TEXT) WHERE rowid = :r",
    "DELETE FROM entity WHERE rowid = :r",
    "DELETE FROM entity WHERE rowid > :r",
    "INSERT INTO entity SELECT id || '2', kind, parent, body, checksum FROM entity"
    " WHERE rowid = :r",
    "INSERT INTO entity SELECT id || '2', kind, parent, json_set(body, '$.id', id || '2'), checksum"
    " FROM entity WHERE rowid = :r",
    "DELETE FROM change WHERE number = 1 + :r % (SELECT count(*) FROM change)",
    "UPDATE change SET label = 'Forged' WHERE number = 1 + :r % 4",
    "UPDATE change SET edits = '[]' WHERE number = 1 + :r % 4",
    f"UPDATE change SET edits = {_DEEP} WHERE number = 1 + :r % 4",  # noqa: S608 - our own
    "UPDATE change SET previous = id WHERE number = 1 + :r % 4",
    "UPDATE change SET at = 'yesterday' WHERE number = 1 + :r % 4",
    "UPDATE change SET number = number + 9223372036854775000 WHERE number = 1 + :r % 4",
    "UPDATE change SET number = -number",
    "DELETE FROM change",
    "UPDATE attachment SET bytes = zeroblob(size)",
    "UPDATE attachment SET sha256 = upper(sha256)",
    "DELETE FROM attachment",
    "INSERT INTO attachment VALUES ('x', 1, x'00')",
    "UPDATE seal SET total = total + 1 WHERE rowid = 1 + :r % 3",
    "UPDATE seal SET rows = -1 WHERE rowid = 1 + :r % 3",
    "DELETE FROM seal WHERE rowid = 1 + :r % 3",
    "DROP TABLE seal",
    "DROP TABLE change",
    "DROP TABLE attachment",
    "ALTER TABLE entity RENAME COLUMN body TO soul",
    "CREATE TRIGGER t AFTER UPDATE ON entity BEGIN DELETE FROM change; END",
    "CREATE INDEX extra ON entity (kind)",
    "PRAGMA user_version = 1",
    "PRAGMA user_version = 3",
    "PRAGMA user_version = -1",
    "PRAGMA application_id = 1",
    "PRAGMA journal_mode = WAL",
)


def alter_rows(chance: random.Random, path: Path) -> str:
    """A row, or a table, is another; return what was done."""
    sql = chance.choice(ROWS)
    connection = apsw.Connection(str(path))
    try:
        (most,) = connection.execute("SELECT max(rowid) FROM entity").fetchone() or (1,)
        values = {"r": chance.randrange(1, most + 1)} if ":r" in sql else {}
        connection.execute(sql, values)
    finally:
        connection.close()
    return sql


# -- frames of a journal

_FRAME = struct.Struct(">I8s")


def mix_frames(chance: random.Random, data: bytes, before: int = 0) -> bytes:
    """Frames are swapped, doubled or dropped, each whole in itself.

    Args:
        chance: Chooses.
        data: The journal.
        before: Bytes between its first line and its first frame.
    """
    start = data.index(b"\n") + 1 + before
    frames = []
    at = start
    while at + _FRAME.size <= len(data):
        size = _FRAME.size + _FRAME.unpack_from(data, at)[0]
        frames.append(data[at : at + size])
        at += size
    one, two = chance.randrange(len(frames)), chance.randrange(len(frames))
    what = chance.randrange(3)
    if what == 0:
        frames[one], frames[two] = frames[two], frames[one]
    elif what == 1:
        frames.insert(one, frames[two])
    else:
        del frames[one]
    return data[:start] + b"".join(frames)


# -- JSON

_VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1e308,
    10**30,
    "",
    "a\0b",
    "\ud800",
    "{{ x }} <b>&",
    "x" * 100_000,
    [],
    {},
    [[[[]]]],
    {"id": "x"},
)


def alter_json(chance: random.Random, data: bytes) -> bytes:
    """Values are of another kind, keys are others, parts are doubled, dropped or nested deeply."""
    value = json.loads(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        holder, key = _pick(chance, value)
        what = chance.randrange(7)
        if what == 0:
            holder[key] = chance.choice(_VALUES)
        elif what == 1:
            del holder[key]
        elif what == 2 and isinstance(holder, list):
            holder.insert(0, holder[key])
        elif what == 3 and isinstance(holder, dict):
            holder[chance.choice(("id", "text", "unknown", key + "s", "attachments"))] = holder[key]
        elif what == 4:
            other, place = _pick(chance, value)
            holder[key], other[place] = other[place], holder[key]
        elif what == 5:
            for _ in range(chance.choice((5, 50, 400))):
                holder[key] = [holder[key]]
        else:
            holder[key] = chance.choice(("2020-13-45", "9999-12-31", "good", "hsca_2014_12", "id"))
    # What contains itself by now cannot be written, nor can half a letter.
    try:
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return data[: len(data) // 2]


def _pick(chance: random.Random, value: Any) -> tuple[Any, Any]:
    """Return an object or list, and a key or index of it."""
    holder, key = value, chance.choice(list(value))
    while isinstance(holder[key], dict | list) and holder[key] and chance.random() < 0.8:
        holder = holder[key]
        key = (
            chance.choice(list(holder))
            if isinstance(holder, dict)
            else chance.randrange(len(holder))
        )
    return holder, key
