"""Icons drawn in black, shown in the colours of the theme at any size."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QIcon, QImageReader, QPixmap

from inspector_app.assets import get_resource
from inspector_app.ui.widgets.theme import get_colour

_INK = "#000"
_DENSITIES = (1, 2, 3)
"""Pixels of screens to one of ours."""


def make_icon(name: str, size: int) -> QIcon:
    """Return an icon of `resources/icons` in the colours of now; make it anew with the theme.

    Args:
        name: Its file, without the ending.
        size: Height and width, in pixels.
    """
    drawing = get_resource("icons", f"{name}.svg").read_text("utf-8")
    icon = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, "text"), (QIcon.Mode.Disabled, "disabled_text")):
        inked = drawing.replace(_INK, get_colour(colour))
        for density in _DENSITIES:
            icon.addPixmap(_draw(inked, size, density), mode)
    return icon


def _draw(drawing: str, size: int, density: int) -> QPixmap:
    buffer = QBuffer()
    buffer.setData(QByteArray(drawing.encode()))
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(size, size) * density)
    pixmap = QPixmap.fromImageReader(reader)
    pixmap.setDevicePixelRatio(density)
    return pixmap
