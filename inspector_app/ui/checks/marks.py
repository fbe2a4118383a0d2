"""The mark of each gravity: a shape of its own beside its colour."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from inspector_app.ui.widgets.theme import get_colour, is_dark

_SIZE = 16
_COLOURS = {"error": "problem", "warning": "attention", "hint": "quiet_text"}


def make_mark(severity: str) -> QIcon:
    """Return the mark of a gravity, or of what was set aside, in the colours of now."""
    return _make_mark(severity, is_dark())


@cache
def _make_mark(severity: str, dark: bool) -> QIcon:
    del dark  # part of the key: the colours are others
    colour = QColor(get_colour(_COLOURS.get(severity, "success")))
    # Twice as many pixels as usual, for sharp screens and for large text.
    pixmap = QPixmap(2 * _SIZE, 2 * _SIZE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(2, 2)
    _paint(painter, severity, colour)
    painter.end()
    return QIcon(pixmap)


def _paint(painter: QPainter, severity: str, colour: QColor) -> None:
    ground = QColor("white" if colour.lightnessF() < 0.5 else "black")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    line = QPen(ground, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    if severity == "error":
        painter.drawEllipse(QRectF(1.5, 1.5, 13, 13))
        painter.setPen(line)
        painter.drawLine(QPointF(5.5, 5.5), QPointF(10.5, 10.5))
        painter.drawLine(QPointF(10.5, 5.5), QPointF(5.5, 10.5))
    elif severity == "warning":
        painter.drawPolygon(QPolygonF([QPointF(8, 1), QPointF(15.5, 14.5), QPointF(0.5, 14.5)]))
        painter.setPen(line)
        painter.drawLine(QPointF(8, 6), QPointF(8, 9.5))
        painter.drawPoint(QPointF(8, 12.3))
    elif severity == "hint":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.6))
        painter.drawEllipse(QRectF(2.5, 2.5, 11, 11))
        painter.drawPoint(QPointF(8, 8))
    else:
        painter.drawEllipse(QRectF(1.5, 1.5, 13, 13))
        painter.setPen(line)
        painter.drawPolyline([QPointF(4.8, 8.2), QPointF(7.2, 10.5), QPointF(11.2, 5.5)])
