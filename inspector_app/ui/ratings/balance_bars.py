"""How many characteristics of each rating are met: their numbers, each over a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QLabel

from inspector_app.ui.ratings.rating_marks import RatingMark, paint_mark
from inspector_app.ui.widgets.labels import SPACE
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

_BAR = 6
_SHORTEST = 6.0
"""Pixels of a bar as soon as one is met."""


class RatingCount(NamedTuple):
    """What is met of one rating."""

    rating: str
    name: str
    mark: RatingMark
    met: int
    total: int

    def describe(self) -> str:
        """Return it in words: “Good: 3 of 9”."""
        return f"{self.name}: {self.met} of {self.total}"


class BalanceBars(QLabel):
    """One beside the other, the best rating first. Screen readers take it for a text."""

    def __init__(self, name: str) -> None:
        """Make the bars.

        Args:
            name: Its object name.
        """
        super().__init__()
        self._counts: Sequence[RatingCount] = ()
        self.setObjectName(name)

    def show_counts(self, counts: Sequence[RatingCount], what: str) -> None:
        """Show other figures.

        Args:
            counts: One for each rating, the best first.
            what: What they are of, for screen readers.
        """
        self._counts = counts
        words = "; ".join(count.describe() for count in counts)
        self.setAccessibleName(f"Characteristics met of {what}")
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the numbers and their bars; the width is what there is."""
        metrics = self.fontMetrics()
        each = metrics.height() + metrics.averageCharWidth() * 5
        return QSize(each * len(self._counts), metrics.height() + SPACE // 2 + _BAR)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark, number and bar of each rating."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = (self.width() + SPACE) / max(1, len(self._counts))
        for number, count in enumerate(self._counts):
            self._paint(painter, count, QRectF(number * width, 0, width - SPACE, self.height()))
        painter.end()

    def _paint(self, painter: QPainter, count: RatingCount, box: QRectF) -> None:
        metrics = self.fontMetrics()
        side = metrics.ascent() + 1
        line = QRectF(box.left(), 0, box.width(), metrics.height())
        paint_mark(painter, count.mark, QRectF(line.left(), (line.height() - side) / 2, side, side))
        words = line.adjusted(side + SPACE // 2, 0, 0, 0)
        text = f"{count.met} of {count.total}"
        if metrics.horizontalAdvance(text) > words.width():
            text = str(count.met)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), text)
        bar = QRectF(line.left(), line.bottom() + SPACE // 2, line.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(get_colour("line")))
        painter.drawRoundedRect(bar, 3, 3)
        if count.met:
            bar.setWidth(max(_SHORTEST, bar.width() * count.met / count.total))
            painter.setBrush(QColor(count.mark.ground))
            painter.drawRoundedRect(bar, 3, 3)
