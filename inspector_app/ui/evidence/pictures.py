"""Pictures between Qt and the one road that all of them take (`inspector_app/pictures`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColorSpace, QImage, QImageWriter, QPixmap

from inspector_app.errors import PictureFault
from inspector_app.pictures.cleaning import clean_picture, fit_picture

if TYPE_CHECKING:
    from inspector_app.pictures.cleaning import CleanPicture


def encode_picture(image: QImage) -> CleanPicture:
    """Return an image, from the clipboard say, as a clean PNG.

    Raises:
        PictureFault: It is too large.
    """
    if image.colorSpace().isValid():
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return clean_picture(bytes(buffer.data().data()))


def make_thumbnail(data: bytes, side: int) -> QPixmap:
    """Return a small copy of a picture; a null one where the data are no picture."""
    pixmap = QPixmap()
    try:
        pixmap.loadFromData(fit_picture(data, side, side).data)
    except PictureFault:
        return QPixmap()
    return pixmap
