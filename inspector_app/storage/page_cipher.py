"""Pages of protected files, decrypted one by one without SQLite, as salvage needs them.

SQLite3 Multiple Ciphers ends each page with 16 random bytes and a tag of 16 more. The random bytes,
with the number of the page in their counter, give two keys for this page alone: one for the tag,
one for what is before it. ChaCha20 is a stream: bytes that were altered damage themselves only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

_RANDOM = 16
_TAG = 16
_NONCE = 12
_BLOCK = 64
_COUNTS = 1 << 32
_NEAR = 3
"""How far from its place a page is looked for that is not the one that belongs there."""
_TRIES = 40_000
"""How many numbers are tried for pages that are far from their places; a second's work."""
_KEPT = 8
"""Pages that are kept decrypted: rows are read in small pieces."""


class Data(Protocol):
    """Bytes of which pieces can be taken: `bytes`, a mapped file, or a protected one."""

    def __len__(self) -> int: ...
    def __getitem__(self, piece: slice, /) -> bytes: ...


class PageReader:
    """Decrypts pages with the key of a file."""

    def __init__(self, secret: bytes, plain: int, reserved: int) -> None:
        """Take what all pages of a file share.

        Args:
            secret: The key of the cipher.
            plain: Bytes of the first page that are not encrypted.
            reserved: Bytes at the end of each page that are not the database's own.
        """
        self._secret = secret
        self._plain = plain
        self.reserved = reserved

    def fits(self, number: int, page: bytes) -> bool:
        """Tell whether a page is just as it was written, as the page of that number, from 1."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.poly1305 import Poly1305

        if len(page) <= self.reserved:
            return False
        end = len(page) - self.reserved
        key, _ = self._make_keys(number, page[end : end + _RANDOM])
        try:
            Poly1305.verify_tag(
                key, page[: end + _RANDOM], page[end + _RANDOM : end + _RANDOM + _TAG]
            )
        except InvalidSignature:
            return False
        return True

    def decrypt(self, number: int, page: bytes) -> bytes:
        """Return a page as it was before it was encrypted, also one that does not fit."""
        end = len(page) - self.reserved
        plain = self._plain if number == 1 else 0
        if end <= plain:
            return page
        random = page[end : end + _RANDOM]
        _, key = self._make_keys(number, random)
        text = _apply(key, random, 1, number, page[plain:end])
        return page[:plain] + text + page[end:]

    def _make_keys(self, number: int, random: bytes) -> tuple[bytes, bytes]:
        """Return the key of a page's tag and that of what it holds."""
        keys = _apply(self._secret, random, 0, number, bytes(_BLOCK))
        return keys[:32], keys[32:]


class ProtectedData:
    """A protected file as if it were not: each page is decrypted when something of it is read.

    All of it may be more than memory holds, and nothing of it must get to a disk.
    """

    def __init__(self, data: Data, page_size: int, reader: PageReader) -> None:
        self._data = data
        self._page_size = page_size
        self._reader = reader
        self._pages: dict[int, bytes] = {}
        self._numbers: dict[int, int] = {}
        """Which page lies where, as far as that was looked for."""
        self._moved = 0
        self._tries = _TRIES

    def __len__(self) -> int:
        return len(self._data)

    def __getitem__(self, piece: slice, /) -> bytes:
        start, stop, _ = piece.indices(len(self._data))
        size = self._page_size
        first, last = start // size, max(start, stop - 1) // size
        found = b"".join(self._get_page(index) for index in range(first, last + 1))
        return found[start - first * size : max(start, stop) - first * size]

    def _get_page(self, index: int) -> bytes:
        page = self._pages.get(index)
        if page is None:
            if len(self._pages) >= _KEPT:
                del self._pages[next(iter(self._pages))]
            size = self._page_size
            sealed = self._data[index * size : (index + 1) * size]
            number = self._numbers.get(index) or self._find_number(index, sealed)
            self._numbers[index] = number
            page = self._reader.decrypt(number, sealed)
            self._pages[index] = page
        return page

    def _find_number(self, index: int, page: bytes) -> int:
        """Return which page it is: where one is lost or doubled, all behind it stand elsewhere."""
        usual = max(index + 1 + self._moved, 1)
        for number in self._list_numbers(index + 1, usual):
            if self._reader.fits(number, page):
                if abs(number - usual) <= _NEAR:
                    self._moved = number - index - 1
                return number
        return usual

    def _list_numbers(self, place: int, usual: int) -> Iterator[int]:
        """Yield the numbers that a page may have, the likeliest first."""
        yield from dict.fromkeys((usual, place))
        for distance in range(1, _NEAR + 1):
            yield usual + distance
            if distance < usual:
                yield usual - distance
        last = len(self._data) // self._page_size + _NEAR
        if self._tries >= last:
            self._tries -= last
            yield from range(1, last + 1)


def _apply(key: bytes, random: bytes, blocks: int, number: int, data: bytes) -> bytes:
    """Return data encrypted, or decrypted, which is the same.

    Args:
        key: The key.
        random: The random bytes of the page.
        blocks: Blocks of 64 bytes that were taken of the stream before.
        number: The number of the page.
        data: The data.
    """
    # Of the random bytes twelve are the nonce, and four count where the stream begins.
    count = int.from_bytes(random[_NONCE:_RANDOM], "little") ^ number
    return _take(key, random[:_NONCE], (count + blocks) % _COUNTS, data)


def _take(key: bytes, nonce: bytes, count: int, data: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

    # OpenSSL counts on into the nonce, SQLite from nought.
    before = (_COUNTS - count) * _BLOCK
    if len(data) > before:
        return _take(key, nonce, count, data[:before]) + _take(key, nonce, 0, data[before:])
    stream = ChaCha20(key, count.to_bytes(4, "little") + nonce)
    return Cipher(stream, mode=None).encryptor().update(data)
