"""Rows from the pages of a damaged database file, without SQLite.

A page that holds rows of a table says so in its first byte, whatever became of the pages that lead
to it. What was deleted is not found: our SQLite overwrites it with zeros.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from inspector_app.storage.page_cipher import ProtectedData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.storage.page_cipher import Data, PageReader

Value: TypeAlias = "str | int | float | bytes | None"
_LEAF = 0x0D
_HEADER = 100
_PAGE_SIZE = 4096
_TRIED = 32
"""Pages that are looked at to know how large they are."""
_LARGEST_HEADER = 10_000
"""Bytes of a record's header; ours have nine."""
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class RawRow(NamedTuple):
    """A row as it was found; values that the file holds only the beginning of end there."""

    number: int
    values: tuple[Value, ...]


class Pages(NamedTuple):
    """A database file as the pages that it is made of."""

    data: Data
    size: int
    """Bytes of a page."""
    usable: int
    """Those that are the database's own; a protected page has others at its end."""
    total: int


def find_pages(data: Data, reader: PageReader | None = None) -> Pages:
    """Return the pages of a file, as far as its header says how large they are.

    Args:
        data: The file.
        reader: What decrypts a protected one.
    """
    size = int.from_bytes(data[16:18], "big")
    size = 65536 if size == 1 else size
    is_size = size >= 512 and not size & (size - 1)
    if not is_size or (reader is not None and not _is_whole_somewhere(data, size, reader)):
        size = _PAGE_SIZE
    # A page cut off at the end of the file may hold whole rows.
    total = -(-len(data) // size)
    if reader is None:
        # What the header says of room at the end may be damaged; our plain files have none.
        return Pages(data, size, size, total)
    return Pages(ProtectedData(data, size, reader), size, size - reader.reserved, total)


def _is_whole_somewhere(data: Data, size: int, reader: PageReader) -> bool:
    """Tell whether one of the first pages is as it was written, if pages have that size."""
    return any(
        reader.fits(number, data[(number - 1) * size : number * size])
        for number in range(1, _TRIED + 1)
    )


def read_raw_rows(pages: Pages, largest: int) -> Iterator[RawRow]:
    """Yield the rows of all tables in a database file.

    Args:
        pages: The file.
        largest: Bytes above which a row is not read whole, but left out.
    """
    for page in range(pages.total):
        start = page * pages.size
        header = start + (_HEADER if page == 0 else 0)
        if pages.data[header : header + 1] == bytes([_LEAF]):
            yield from _read_page(pages, start, header, largest)


def read_loose_texts(pages: Pages) -> Iterator[str]:
    """Yield the texts on the pages that long rows overflow to, also of rows that are lost."""
    data = pages.data
    run = bytearray()
    for page in range(1, pages.total):
        start = page * pages.size
        piece = data[start + 4 : start + pages.usable].rstrip(b"\0")
        following = int.from_bytes(data[start : start + 4], "big")
        is_text = following <= pages.total and b"\0" not in piece
        if is_text:
            run += piece
        # Chains that were written at once go on with the next page.
        if run and not (is_text and following == page + 2):
            yield run.decode("utf-8", "replace")
            run.clear()
    if run:
        yield run.decode("utf-8", "replace")


def _read_page(pages: Pages, start: int, header: int, largest: int) -> Iterator[RawRow]:
    data = pages.data
    count = int.from_bytes(data[header + 3 : header + 5], "big")
    array = header + 8
    end = start + pages.usable
    for index in range(min(count, pages.usable // 2)):
        place = array + 2 * index
        offset = int.from_bytes(data[place : place + 2], "big")
        cell = start + offset
        if not array - start <= offset < pages.usable:
            continue
        row = _read_cell(pages, cell, end, largest)
        if row is not None:
            yield row


def _read_cell(pages: Pages, cell: int, end: int, largest: int) -> RawRow | None:
    data = pages.data
    size, place = _read_varint(data, cell)
    number, place = _read_varint(data, place)
    if not 0 < size <= min(largest, len(data)):
        return None
    local = _get_local_size(size, pages.usable)
    if place + local > end:
        return None
    payload = data[place : place + local]
    if local < size:
        first = int.from_bytes(data[place + local : place + local + 4], "big")
        payload += b"".join(_read_chain(pages, first, size - local))
    return _read_record(number, payload)


def _get_local_size(size: int, usable: int) -> int:
    """Return how many bytes of a row stand on its page; the rest is on pages of its own."""
    most = usable - 35
    if size <= most:
        return size
    least = (usable - 12) * 32 // 255 - 23
    wanted = least + (size - least) % (usable - 4)
    return wanted if wanted <= most else least


def _read_chain(pages: Pages, page: int, size: int) -> Iterator[bytes]:
    seen: set[int] = set()
    while size > 0 and 1 < page <= pages.total and page not in seen:
        seen.add(page)
        start = (page - 1) * pages.size
        piece = pages.data[start + 4 : start + 4 + min(size, pages.usable - 4)]
        page = int.from_bytes(pages.data[start : start + 4], "big")
        size -= len(piece)
        yield piece


def _read_record(number: int, payload: bytes) -> RawRow | None:
    size, place = _read_varint(payload, 0)
    if not 1 < size <= min(len(payload), _LARGEST_HEADER):
        return None
    types = []
    while place < size:
        kind, place = _read_varint(payload, place)
        types.append(kind)
    values = []
    place = size
    for kind in types:
        length = _get_length(kind)
        if length is None:
            return None
        values.append(_read_value(kind, payload[place : place + length]))
        place += length
    return RawRow(number, tuple(values))


def _get_length(kind: int) -> int | None:
    if kind >= 12:
        return (kind - 12) // 2
    if kind in _INTEGERS:
        return _INTEGERS[kind]
    return {0: 0, 7: 8, 8: 0, 9: 0}.get(kind)


def _read_value(kind: int, data: bytes) -> Value:
    if kind >= 12:
        return data.decode("utf-8", "replace") if kind % 2 else data
    if kind in _INTEGERS:
        return int.from_bytes(data, "big", signed=True)
    if kind == 7:
        return float(struct.unpack(">d", data)[0]) if len(data) == 8 else None
    return {8: 0, 9: 1}.get(kind)


def _read_varint(data: Data, place: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where it ends."""
    value = 0
    for byte in data[place : place + 8]:
        place += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place
    last = data[place : place + 1]
    return (value << 8 | (last[0] if last else 0)), place + 1
