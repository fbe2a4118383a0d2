"""Pages of protected files are decrypted without SQLite as SQLite decrypts them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from inspector_app.storage import database, page_cipher
from inspector_app.storage.encryption import PLAIN_HEADER, RESERVED, make_key
from inspector_app.storage.page_cipher import PageReader, ProtectedData
from tests.storage.helpers import CHEAP, make_file

if TYPE_CHECKING:
    from pathlib import Path

PAGE = 4096
KEY = make_key("meadow", CHEAP)


@pytest.fixture
def protected(folder: Path) -> Path:
    path = folder / "protected.inspection"
    make_file(path, folder.parent / "unused", KEY)
    return path


def read_with_sqlite(path: Path) -> bytes:
    connection = database.connect(path, database.READ_ONLY, KEY)
    with contextlib.closing(connection):
        return bytes(connection.serialize("main"))


def test_every_page_is_as_sqlite_reads_it(protected: Path) -> None:
    reader = KEY.make_page_reader()
    sealed, plain = protected.read_bytes(), read_with_sqlite(protected)
    count = len(sealed) // PAGE
    assert len(plain) == len(sealed)
    assert count > 10
    for index in range(count):
        page = sealed[index * PAGE : (index + 1) * PAGE]
        assert reader.fits(index + 1, page)
        decrypted = reader.decrypt(index + 1, page)
        end = PAGE - RESERVED
        assert decrypted[:end] == plain[index * PAGE : index * PAGE + end], index
    assert b"Little Meadow Clinic" in bytes(ProtectedData(sealed, PAGE, reader)[0 : len(sealed)])


def test_an_altered_byte_damages_itself_only(protected: Path) -> None:
    reader = KEY.make_page_reader()
    page = protected.read_bytes()[PAGE : 2 * PAGE]
    whole = reader.decrypt(2, page)
    altered = bytearray(page)
    altered[1000] ^= 1
    assert not reader.fits(2, bytes(altered))
    found = reader.decrypt(2, bytes(altered))
    differing = [place for place in range(PAGE) if found[place] != whole[place]]
    assert differing == [1000]


def test_the_header_is_authenticated_and_plain(protected: Path) -> None:
    reader = KEY.make_page_reader()
    page = bytearray(protected.read_bytes()[:PAGE])
    assert reader.decrypt(1, bytes(page))[:PLAIN_HEADER] == page[:PLAIN_HEADER]
    page[70] ^= 1
    assert not reader.fits(1, bytes(page))


def test_another_key_fits_no_page(protected: Path) -> None:
    reader = make_key("meadow", CHEAP).make_page_reader()
    sealed = protected.read_bytes()
    assert not any(
        reader.fits(at // PAGE + 1, sealed[at : at + PAGE]) for at in range(0, len(sealed), PAGE)
    )


@pytest.mark.parametrize("lost", [0, 3, 7])
def test_pages_behind_one_that_is_lost_are_found(protected: Path, lost: int) -> None:
    sealed, plain = protected.read_bytes(), read_with_sqlite(protected)
    left = sealed[: lost * PAGE] + sealed[(lost + 1) * PAGE :]
    data = ProtectedData(left, PAGE, KEY.make_page_reader())
    for index in range(lost, len(left) // PAGE):
        start = (index + 1) * PAGE
        assert data[index * PAGE : index * PAGE + 100] == plain[start : start + 100]


def test_pages_that_were_swapped_are_found(protected: Path) -> None:
    sealed, plain = protected.read_bytes(), read_with_sqlite(protected)
    pages = [sealed[at : at + PAGE] for at in range(0, len(sealed), PAGE)]
    pages[1], pages[9] = pages[9], pages[1]
    data = ProtectedData(b"".join(pages), PAGE, KEY.make_page_reader())
    for index, number in ((0, 0), (1, 9), (2, 2), (9, 1)):
        start = number * PAGE
        assert data[index * PAGE : index * PAGE + 100] == plain[start : start + 100], index


def test_several_pages_may_be_lost(protected: Path) -> None:
    sealed, plain = protected.read_bytes(), read_with_sqlite(protected)
    kept = [index for index in range(len(sealed) // PAGE) if index not in {2, 3, 6, 7, 8}]
    left = b"".join(sealed[index * PAGE : (index + 1) * PAGE] for index in kept)
    data = ProtectedData(left, PAGE, KEY.make_page_reader())
    for place, index in enumerate(kept):
        found = data[place * PAGE : place * PAGE + 100]
        assert found == plain[index * PAGE : index * PAGE + 100], index


def test_pieces_are_those_of_the_whole(protected: Path) -> None:
    sealed = protected.read_bytes()[: 20 * PAGE + 100]
    data = ProtectedData(sealed, PAGE, KEY.make_page_reader())
    whole = data[0 : len(sealed)]
    assert len(data) == len(whole) == len(sealed)
    for piece in (slice(0, 0), slice(4090, 4100), slice(5, 30_000), slice(len(sealed) - 3, 99**9)):
        assert data[piece] == whole[piece]
    assert data[slice(len(sealed) + 5, len(sealed) + 9)] == b""


def test_the_counter_of_a_stream_begins_anew_without_touching_the_nonce() -> None:
    # As SQLite does it, and unlike OpenSSL: the last block that there is, then the first.
    reader = PageReader(b"k" * 32, 0, RESERVED)
    nonce = b"n" * 12
    both = page_cipher._take(b"k" * 32, nonce, (1 << 32) - 1, bytes(128))  # noqa: SLF001
    last = page_cipher._take(b"k" * 32, nonce, (1 << 32) - 1, bytes(64))  # noqa: SLF001
    first = page_cipher._take(b"k" * 32, nonce, 0, bytes(64))  # noqa: SLF001
    assert both == last + first
    # A page whose random bytes lead there.
    page = bytes(PAGE - RESERVED) + nonce + (0xFFFFFFF0).to_bytes(4, "little") + bytes(16)
    assert reader.decrypt(1, reader.decrypt(1, page)) == page
