"""The shape of each rating, so that none is told by its colour alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, get_args

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from inspector_app.domain.entities import Judgement
from inspector_app.ui.widgets.theme import get_judgement_colours

if TYPE_CHECKING:
    from inspector_app.frameworks.model import Reference

_JUDGEMENTS = frozenset(get_args(Judgement))

_SYMBOLS = {
    "star": "★",
    "disc": "●",
    "diamond": "◆",
    "half": "◐",
    "square": "■",
    "triangle": "▲",
    "met": "✓",
    "not_met": "✗",
}


class RatingMark(NamedTuple):
    """How a rating, a judgement or a value in place of one looks."""

    shape: str
    """“star”, …, “met”, “not_met”; "": a dash, for what is no rating."""
    ground: str
    ink: str

    @property
    def symbol(self) -> str:
        """The shape in plain text."""
        return _SYMBOLS.get(self.shape, "–")


NO_MARK = RatingMark("", *get_judgement_colours(""))
"""That of what is no rating."""


class ScaleStep(NamedTuple):
    """A value that can be chosen: its id, its name, and how it looks."""

    value: str
    word: str
    mark: RatingMark


def find_mark(reference: Reference, value: str) -> RatingMark:
    """Return the mark of a rating, a judgement or a value in place of one."""
    rating = reference.ratings.get(value)
    if rating is None or not rating.is_rating:
        if value not in _JUDGEMENTS:
            return NO_MARK
        return RatingMark(value, *get_judgement_colours(value))
    return RatingMark(reference.shape_of(value), rating.ground, rating.ink)


def paint_mark(painter: QPainter, mark: RatingMark, box: QRectF, *, swatch: bool = True) -> None:
    """Paint the shape of a rating, on a swatch of its colour or on what is there."""
    colour = QColor(mark.ink)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if swatch:
        painter.setBrush(QColor(mark.ground))
        painter.drawRoundedRect(box, 3, 3)
    inner = box.adjusted(*(box.width() * part for part in (0.2, 0.2, -0.2, -0.2)))
    painter.setBrush(colour)
    match mark.shape:
        case "star":
            painter.drawPolygon(_star(inner))
        case "disc":
            painter.drawEllipse(inner)
        case "diamond":
            painter.drawPolygon(_diamond(inner))
        case "square":
            painter.drawRect(inner)
        case "half":
            painter.drawPie(inner, 90 * 16, 180 * 16)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 1.2))
            painter.drawEllipse(inner)
        case "triangle":
            top = QPointF(inner.center().x(), inner.top())
            painter.drawPolygon(QPolygonF([top, inner.bottomRight(), inner.bottomLeft()]))
        case _:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPath(_line(mark.shape, inner))
    painter.restore()


def make_icon(mark: RatingMark, size: int = 16) -> QIcon:
    """Return the mark of a rating as an icon, for menus."""
    picture = QPixmap(QSize(size, size) * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_mark(painter, mark, QRectF(0, 0, size, size))
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


def _diamond(box: QRectF) -> QPolygonF:
    middle = box.center()
    return QPolygonF(
        [
            QPointF(middle.x(), box.top()),
            QPointF(box.right(), middle.y()),
            QPointF(middle.x(), box.bottom()),
            QPointF(box.left(), middle.y()),
        ]
    )


def _line(shape: str, box: QRectF) -> QPainterPath:
    path = QPainterPath()
    if shape == "met":
        path.moveTo(box.left(), box.center().y())
        path.lineTo(box.left() + box.width() * 0.38, box.bottom())
        path.lineTo(box.topRight())
    elif shape == "not_met":
        path.moveTo(box.topLeft())
        path.lineTo(box.bottomRight())
        path.moveTo(box.topRight())
        path.lineTo(box.bottomLeft())
    else:
        path.moveTo(box.left(), box.center().y())
        path.lineTo(box.right(), box.center().y())
    return path
