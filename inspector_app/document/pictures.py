"""The pictures of an inspection, for Qt to paint."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QUrl

_PNG = b"\x89PNG\r\n\x1a\n"
_LENGTH, _NAME, _CHECKSUM = 4, 4, 4
"""Bytes around the content of each part of a PNG file."""


def is_damaged_png(data: bytes) -> bool:
    """Tell whether this is a PNG file that lacks something or was altered.

    Qt shows nothing of such a file either, but the library that reads it would complain on the
    terminal, past every log.
    """
    if not data.startswith(_PNG):
        return False
    names = []
    place = len(_PNG)
    while place + _LENGTH + _NAME + _CHECKSUM <= len(data):
        start = place + _LENGTH
        end = start + _NAME + int.from_bytes(data[place:start], "big")
        name = data[start : start + _NAME]
        is_whole = zlib.crc32(data[start:end]).to_bytes(4, "big") == data[end : end + _CHECKSUM]
        # What has a small letter in front is an extra: a picture can be read without it. The third
        # letter is always a capital.
        is_name = name.isalpha() and name[2:3].isupper()
        if not is_name or (name[:1].isupper() and not is_whole):
            return True
        names.append(name)
        if name == b"IEND":
            return names[0] != b"IHDR" or b"IDAT" not in names
        place = end + _CHECKSUM
    return True


def read_picture(data: bytes) -> QImage:
    """Return a picture; a null one where the data are none, or damaged."""
    return QImage() if is_damaged_png(data) else QImage.fromData(data)


def get_picture_of_report(
    url: QUrl, read_attachment: Callable[[str], bytes | None], widest: int
) -> QImage:
    """Return the picture that a report names, at most `widest` pixels wide.

    Only the inspection is asked. What it does not have is a single clear pixel: given nothing, Qt
    would look for a file of that name by itself.
    """
    image = QImage()
    if url.scheme() == "attachment":
        image = read_picture(read_attachment(url.path()) or b"")
    if image.isNull():
        image = QImage(1, 1, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
    if image.width() > widest:
        image = image.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
    return image
