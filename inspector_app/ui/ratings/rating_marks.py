"""The shape of each rating, so that none is told by its colour alone."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from inspector_app.ui.widgets.theme import rating_colours

MORE_VALUES = ("inspected_not_rated", "insufficient_evidence", "not_rated")
"""What can stand in place of a rating, in the order of the menu."""
SYMBOLS = {
    "outstanding": "★",
    "good": "●",
    "requires_improvement": "◐",
    "inadequate": "▲",
    "met": "✓",
    "not_met": "✗",
}
"""The shapes in plain text; a dash for what is no rating."""


def get_symbol(value: str) -> str:
    """Return the shape of a rating as a character."""
    return SYMBOLS.get(value, "–")


def get_colours(value: str) -> tuple[QColor, QColor]:
    """Return background and text colour of a rating, a judgement or a value in place of one."""
    background, text = rating_colours(value)
    return QColor(background), QColor(text)


def paint_mark(painter: QPainter, value: str, box: QRectF, *, swatch: bool = True) -> None:
    """Paint the shape of a rating, on a swatch of its colour or on what is there."""
    background, colour = get_colours(value)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if swatch:
        painter.setBrush(background)
        painter.drawRoundedRect(box, 3, 3)
    inner = box.adjusted(*(box.width() * part for part in (0.2, 0.2, -0.2, -0.2)))
    painter.setBrush(colour)
    if value == "outstanding":
        painter.drawPolygon(_star(inner))
    elif value == "good":
        painter.drawEllipse(inner)
    elif value == "requires_improvement":
        painter.drawPie(inner, 90 * 16, 180 * 16)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.2))
        painter.drawEllipse(inner)
    elif value == "inadequate":
        top = QPointF(inner.center().x(), inner.top())
        painter.drawPolygon(QPolygonF([top, inner.bottomRight(), inner.bottomLeft()]))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(_line(value, inner))
    painter.restore()


def make_icon(value: str, size: int = 16) -> QIcon:
    """Return the mark of a rating as an icon, for menus."""
    picture = QPixmap(QSize(size, size) * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_mark(painter, value, QRectF(0, 0, size, size))
    painter.end()
    return QIcon(picture)


def _star(box: QRectF) -> QPolygonF:
    points = []
    for corner in range(10):
        radius = box.width() * (0.58 if corner % 2 == 0 else 0.25)
        angle = math.pi * corner / 5
        points.append(
            QPointF(
                box.center().x() + radius * math.sin(angle),
                box.center().y() - radius * math.cos(angle),
            )
        )
    return QPolygonF(points)


def _line(value: str, box: QRectF) -> QPainterPath:
    path = QPainterPath()
    if value == "met":
        path.moveTo(box.left(), box.center().y())
        path.lineTo(box.left() + box.width() * 0.38, box.bottom())
        path.lineTo(box.topRight())
    elif value == "not_met":
        path.moveTo(box.topLeft())
        path.lineTo(box.bottomRight())
        path.moveTo(box.topRight())
        path.lineTo(box.bottomLeft())
    else:
        path.moveTo(box.left(), box.center().y())
        path.lineTo(box.right(), box.center().y())
    return path
