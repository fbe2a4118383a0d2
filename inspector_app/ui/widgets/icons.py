"""Icons drawn in black, shown in the colours of the theme at any size."""

from __future__ import annotations

import math
from functools import cache

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QGuiApplication, QIcon, QImageReader, QPixmap

from inspector_app.assets import get_resource
from inspector_app.ui.widgets.theme import get_colour

_INK = "#000"
_COLOURS = {QIcon.Mode.Normal: "text", QIcon.Mode.Disabled: "disabled_text"}


def make_icon(name: str, size: int) -> QIcon:
    """Return an icon of `resources/icons` in the colours of now; ask anew when the theme changes.

    Args:
        name: Its file, without the ending.
        size: Height and width, in pixels.
    """
    # As sharp as the sharpest screen that there is.
    density = math.ceil(max(screen.devicePixelRatio() for screen in QGuiApplication.screens()))
    icon = QIcon()
    for mode, colour in _COLOURS.items():
        icon.addPixmap(_draw(name, size, density, get_colour(colour)), mode)
    return icon


@cache
def _draw(name: str, size: int, density: int, colour: str) -> QPixmap:
    drawing = get_resource("icons", f"{name}.svg").read_text("utf-8")
    buffer = QBuffer()
    buffer.setData(QByteArray(drawing.replace(_INK, colour).encode()))
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(size, size) * density)
    pixmap = QPixmap.fromImageReader(reader)
    pixmap.setDevicePixelRatio(density)
    return pixmap
