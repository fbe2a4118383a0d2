"""One option of a rating: a button with shape, colour and word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from inspector_app.ui.ratings.rating_marks import get_colours, paint_mark

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_MARK = 14
_PAD = 3
_AIR = 5
"""Above and below a text of one line; one of two lines has half of it."""


class RatingButton(QAbstractButton):
    """Filled with the colour of its rating when chosen; else the word beside a small swatch."""

    def __init__(self, value: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = value
        self.setText(word)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the mark and the word."""
        metrics = QFontMetrics(self.font())
        width = metrics.horizontalAdvance(self.text()) + _MARK + 4 * _PAD
        return QSize(width, max(metrics.height(), _MARK) + 2 * _AIR)

    def minimumSizeHint(self) -> QSize:
        """Return room for the mark and a few letters; a long word then takes two lines."""
        return QSize(_MARK + 40, self.sizeHint().height())

    def get_least_width(self) -> int:
        """Return the width in which every word of the text has room, one below the other."""
        metrics = QFontMetrics(self.font())
        words = self.text().split()
        longest = max((metrics.horizontalAdvance(word) for word in words), default=0)
        return longest + _MARK + 4 * _PAD

    def get_height(self, width: int) -> int:
        """Return the height that the word needs in a width: of one line or of two."""
        hint = self.sizeHint()
        if hint.width() <= width:
            return hint.height()
        return 2 * QFontMetrics(self.font()).height() + _AIR

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button; its state shows by its fill, focus by a ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        palette = self.palette()
        background, ink = get_colours(self.value)
        chosen = self.isChecked()
        if not chosen:
            background = palette.color(QPalette.ColorRole.Base)
            if self.underMouse() and self.isEnabled():
                background = palette.color(QPalette.ColorRole.AlternateBase)
            ink = palette.color(QPalette.ColorRole.Text)
        edge = background if chosen else palette.color(QPalette.ColorRole.Mid)
        painter.setBrush(background)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(box, 4, 4)
        mark = QRectF(box.left() + _PAD, box.center().y() - _MARK / 2, _MARK, _MARK)
        paint_mark(painter, self.value, mark, swatch=not chosen)
        painter.setPen(ink)
        room = box.adjusted(2 * _PAD + _MARK, 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(flags | Qt.TextFlag.TextWordWrap), self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
