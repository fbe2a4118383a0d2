"""Photos as they may travel: turned upright, and without what the camera wrote into them."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QImageWriter, QPainter, QPixmap

from inspector_app.document.pictures import is_damaged_png

_QUALITY = 92
_REWRITTEN = {"jpeg", "jpg", "png", "bmp", "tif", "tiff", "webp"}
"""Kinds of picture that are stored anew; other files stay as they are."""


class CleanedPicture(NamedTuple):
    """A picture to store."""

    data: bytes
    media_type: str
    ending: str


def clean_picture(data: bytes) -> CleanedPicture | None:
    """Return a photo with nothing but its pixels, or None where the data are no picture we know.

    Place, time, camera and thumbnail that a camera adds (EXIF) do not survive; which side is up
    does.
    """
    reader, buffer = _read(data)
    kind = bytes(reader.format().data()).decode("ascii", "replace").lower()
    image = reader.read() if kind in _REWRITTEN else QImage()
    buffer.close()
    return None if image.isNull() else encode_picture(image, lossy=kind in {"jpeg", "jpg"})


def encode_picture(image: QImage, *, lossy: bool = False) -> CleanedPicture:
    """Return the pixels of an image as JPEG or PNG."""
    if image.colorSpace().isValid():
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    alpha = image.hasAlphaChannel() and not lossy
    shape = QImage.Format.Format_ARGB32 if alpha else QImage.Format.Format_RGB32
    # A fresh image: the texts and profiles of the old one would be written along.
    fresh = QImage(image.size(), shape)
    fresh.fill(Qt.GlobalColor.transparent if alpha else Qt.GlobalColor.white)
    painter = QPainter(fresh)
    painter.drawImage(0, 0, image)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg" if lossy else b"png"))
    if lossy:
        writer.setQuality(_QUALITY)
    writer.write(fresh)
    stored = bytes(buffer.data().data())
    return CleanedPicture(stored, *(("image/jpeg", ".jpg") if lossy else ("image/png", ".png")))


def make_thumbnail(data: bytes, side: int) -> QPixmap:
    """Return a small copy of a picture; a null one where the data are no picture."""
    reader, buffer = _read(data)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    buffer.close()
    return QPixmap.fromImage(image)


def _read(data: bytes) -> tuple[QImageReader, QBuffer]:
    buffer = QBuffer()
    buffer.setData(QByteArray(b"" if is_damaged_png(data) else data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader, buffer
