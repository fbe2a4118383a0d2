"""Pictures between Qt and the one road that all of them take (`inspector_app/pictures`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QColorSpace, QImage, QImageWriter, QPainter

from inspector_app.pictures.cleaning import clean_picture
from inspector_app.ui.widgets.theme import get_colour

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


def paint_thumbnail(painter: QPainter, place: QRect, image: QImage | None) -> None:
    """Paint a small copy of a photo into a place, whole and in its middle.

    Args:
        painter: Where it is painted.
        place: The room for it.
        image: The copy; a null one cannot be shown; None: it is not there yet.
    """
    painter.fillRect(place, QColor(get_colour("raised")))
    if image is None:
        return
    if image.isNull():
        painter.setPen(QColor(get_colour("quiet_text")))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(place, int(flags), "Cannot be shown")
        return
    size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(QPoint(), size)
    target.moveCenter(place.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image)
