"""Taking out of JPEG and PNG files what is not painted, without touching what is.

A JPEG loses quality each time it is compressed, and a large one takes hundreds of megabytes to
unpack. So what is good stays as it is, byte for byte: only the segments and chunks that paint are
copied, all others (EXIF, XMP, IPTC, comments, thumbnails, profiles, resolution, times, texts) are
not, nor is whatever follows the end of the picture.
"""

from __future__ import annotations

import re
import struct
import zlib

PNG_BEGINNING = b"\x89PNG\r\n\x1a\n"
_JPEG_BEGINNING, _JPEG_END = b"\xff\xd8", b"\xff\xd9"
_JFIF = b"\xff\xe0\x00\x10JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00"
"""A header that says nothing but that pixels are square."""
_BARE_JFIF = _JPEG_BEGINNING + _JFIF[:9]
_PNG_RESOLUTION = re.compile(rb"\x00\x00\x00\x09pHYs.{13}", re.DOTALL)
_ADOBE = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"
_FRAMES = (0xC0, 0xC1, 0xC2)
_TABLES = (0xC4, 0xDB, 0xDD)
_SCAN, _COMMENT, _ADOBE_MARKER, _END_MARKER = 0xDA, 0xFE, 0xEE, 0xD9
_APPLICATIONS = range(0xE0, 0xF0)
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_RGB = b"RGB"
_PAINTED = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PALETTE = 3
_AT_ONCE = 1 << 20


class _MadeAnew(Exception):
    """The picture cannot be kept as it is."""


def strip_resolution(data: bytes) -> bytes:
    """Return a JPEG or PNG that does not say how many of its pixels make an inch."""
    if data.startswith(_BARE_JFIF):
        start = len(_JPEG_BEGINNING)
        return data[:start] + _JFIF + data[start + len(_JFIF) :]
    return _PNG_RESOLUTION.sub(b"", data, count=1) if data.startswith(PNG_BEGINNING) else data


def strip_jpeg(data: bytes) -> bytes | None:
    """Return a JPEG without metadata; None where it has to be made anew.

    That is where it is damaged, or not 8 bits of grey or colour.
    """
    try:
        return _strip_jpeg(data)
    except (_MadeAnew, IndexError, struct.error):
        return None


def _strip_jpeg(data: bytes) -> bytes:
    parts: list[bytes] = []
    has_jfif = is_rgb = has_frame = has_scan = False
    adobe: bytes | None = None
    place = len(_JPEG_BEGINNING)
    while True:
        marker, place = _read_marker(data, place)
        if marker == _END_MARKER:
            break
        (length,) = struct.unpack_from(">H", data, place)
        body = data[place + 2 : place + length]
        if len(body) != length - 2:
            raise _MadeAnew
        start, place = place, place + length
        if marker in _APPLICATIONS or marker == _COMMENT:
            has_jfif = has_jfif or body.startswith(b"JFIF\0")
            if marker == _ADOBE_MARKER and body.startswith(b"Adobe"):
                adobe = body[11:12]
            continue
        if marker == _SCAN:
            place = _find_end_of_scan(data, place)
            has_scan = True
        elif marker in _FRAMES and not has_frame:
            is_rgb = _read_frame(body) == _RGB
            has_frame = True
        elif marker not in _TABLES:
            raise _MadeAnew
        parts.append(bytes((0xFF, marker)) + data[start:place])
    if not (has_frame and has_scan):
        raise _MadeAnew
    # Which colours the components are is said by these two, or by the components' names.
    head = _JFIF if has_jfif or (adobe is None and not is_rgb) else b""
    if adobe is not None:
        head += _ADOBE + adobe
    return b"".join([_JPEG_BEGINNING, head, *parts, _JPEG_END])


def _read_marker(data: bytes, place: int) -> tuple[int, int]:
    if data[place] != 0xFF:
        raise _MadeAnew
    while data[place] == 0xFF:
        place += 1
    return data[place], place + 1


def _find_end_of_scan(data: bytes, place: int) -> int:
    found = _NEXT_MARKER.search(data, place)
    if found is None:
        raise _MadeAnew
    return found.start()


def _read_frame(body: bytes) -> bytes:
    """Return the names of a frame's components."""
    bits, height, width, count = struct.unpack_from(">BHHB", body)
    if bits != 8 or not width or not height or count not in (1, 3) or len(body) != 6 + 3 * count:
        raise _MadeAnew
    return body[6::3]


def strip_png(data: bytes) -> bytes | None:
    """Return a PNG without metadata; None where it has to be made anew.

    That is where it is damaged, interlaced, of 16 bits, has a palette with transparent colours, or
    more in it than its pixels.
    """
    try:
        return _strip_png(data)
    except (_MadeAnew, struct.error, zlib.error):
        return None


def _strip_png(data: bytes) -> bytes:
    parts: list[bytes] = []
    place = len(PNG_BEGINNING)
    header = b""
    colour = 0
    pixels: _PixelCount | None = None
    name = b""
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", data, place)
        name = data[place + 4 : place + 8]
        end = place + length + 12
        body = data[place + 8 : end - 4]
        is_extra = name[:1].islower()
        if end > len(data) or not (is_extra or name in _PAINTED):
            raise _MadeAnew
        if name in _PAINTED:
            if zlib.crc32(name + body) != int.from_bytes(data[end - 4 : end]):
                raise _MadeAnew
            if name == b"IHDR":
                if header:
                    raise _MadeAnew
                header = body
                colour, pixels = _read_header(header)
            elif pixels is None or (name == b"tRNS" and colour == _PALETTE):
                raise _MadeAnew
            elif name == b"IDAT":
                pixels.take(body)
            parts.append(data[place:end])
        place = end
    if pixels is None or not pixels.is_complete:
        raise _MadeAnew
    return PNG_BEGINNING + b"".join(parts)


def _read_header(header: bytes) -> tuple[int, _PixelCount]:
    width, height, bits, colour, method, filters, interlaced = struct.unpack(">IIBBBBB", header)
    if not width or not height or bits > 8 or method or filters or interlaced:
        raise _MadeAnew
    if colour not in _CHANNELS:
        raise _MadeAnew
    row = 1 + (width * bits * _CHANNELS[colour] + 7) // 8
    return colour, _PixelCount(row * height)


class _PixelCount:
    """Counts the bytes of a picture's pixels without keeping them."""

    def __init__(self, wanted: int) -> None:
        self._left = wanted
        self._stream = zlib.decompressobj()

    def take(self, packed: bytes) -> None:
        while packed and self._left >= 0:
            self._left -= len(self._stream.decompress(packed, _AT_ONCE))
            packed = self._stream.unconsumed_tail

    @property
    def is_complete(self) -> bool:
        return self._stream.eof and not self._left and not self._stream.unused_data
