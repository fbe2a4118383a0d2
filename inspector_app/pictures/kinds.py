"""Telling kinds of pictures apart by their first bytes; what a file calls itself may be untrue."""

from __future__ import annotations

import re
from typing import NamedTuple


class PictureKind(NamedTuple):
    """A kind of picture that can be read."""

    reader: str
    """What Pillow calls it."""
    beginning: re.Pattern[bytes]


_HEIF = rb"....ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)"
_AVIF = rb"....ftyp(?:avif|avis|.{8}(?:.{4}){0,7}avif)"
_BMP = rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0"
_KINDS = (
    PictureKind("JPEG", re.compile(rb"\xff\xd8\xff")),
    PictureKind("PNG", re.compile(rb"\x89PNG\r\n\x1a\n")),
    PictureKind("GIF", re.compile(rb"GIF8[79]a")),
    PictureKind("WEBP", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    PictureKind("TIFF", re.compile(rb"II\*\0|MM\0\*|II\+\0|MM\0\+")),
    PictureKind("AVIF", re.compile(_AVIF, re.DOTALL)),
    PictureKind("HEIF", re.compile(_HEIF, re.DOTALL)),
    PictureKind("BMP", re.compile(_BMP, re.DOTALL)),
)


def find_picture_kind(data: bytes) -> PictureKind | None:
    """Return the kind of a picture; None where the data are none that can be read."""
    return next((kind for kind in _KINDS if kind.beginning.match(data)), None)
