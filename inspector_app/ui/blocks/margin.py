"""What is painted beside the lines of a text area: bullets, numbers of notes, marks, drop line."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen

from inspector_app.texts import pluralise
from inspector_app.ui.blocks.lines import (
    line_evidence,
    line_id,
    line_kind,
    line_level,
)
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QTextBlock
    from PySide6.QtWidgets import QTextEdit

GUTTER = 20
"""Pixels at the left of the text, for the grip."""
MARGIN = 8
"""Pixels above and below the text."""
_NOTES_WIDTH = 56
_INDENT = 1.5
"""Of a bullet, in heights of a line."""
_MARK_WIDTH = 20


class BlockMargin(QObject):
    """Paints beside the lines of a text area, and says what its marks mean."""

    def __init__(self, area: QTextEdit) -> None:
        super().__init__(area)
        self._area = area
        self._hint = ""
        self._drop: int | None = None
        self._sentence: int | None = None
        self._marks: Mapping[str, str] = {}
        frame = area.document().rootFrame()
        shape = frame.frameFormat()
        shape.setTopMargin(MARGIN)
        shape.setBottomMargin(MARGIN)
        shape.setLeftMargin(GUTTER)
        shape.setRightMargin(_NOTES_WIDTH)
        frame.setFrameFormat(shape)
        area.installEventFilter(self)
        self._follow_font()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Indent bullets as the size of the letters asks for."""
        if event.type() == QEvent.Type.FontChange:
            self._follow_font()
        return super().eventFilter(watched, event)

    def _follow_font(self) -> None:
        spacing = QFontMetricsF(self._area.font()).lineSpacing()
        self._area.document().setIndentWidth(_INDENT * spacing)

    def set_hint(self, text: str) -> None:
        """Say in the empty text area what belongs here."""
        self._hint = text
        self._area.setAccessibleDescription(text)
        self._area.viewport().update()

    def show_marks(self, tips: Mapping[str, str]) -> None:
        """Mark blocks as changed standard texts: by id, what their tooltip says, as HTML."""
        self._marks = tips
        self._area.viewport().update()

    def show_drop(self, number: int | None) -> None:
        """Show that a drop would go in front of a line, or below the last; None: no drop."""
        if number != self._drop:
            self._drop = number
            self._area.viewport().update()

    def show_sentence(self, number: int | None) -> None:
        """Show that a drop would go to the sentence of a line; None: to none."""
        if number != self._sentence:
            self._sentence = number
            self._area.viewport().update()

    def tip_at(self, spot: QPoint) -> str | None:
        """Return the tooltip for a place of the viewport, "" for none; None left of the margin."""
        left = self._area.viewport().width() - _NOTES_WIDTH
        if spot.x() < left:
            return None
        line = self._area.cursorForPosition(spot).block()
        mark = self._marks.get(line_id(line))
        if mark and spot.x() < left + 4 + _MARK_WIDTH:
            return mark
        count = len(line_evidence(line))
        return pluralise(count, "note") if count else ""

    # -- painting

    def paint(self, part: QRect) -> None:
        """Paint a part of the viewport."""
        text = self._area.document()
        painter = QPainter(self._area.viewport())
        if self._hint and text.isEmpty():
            self._paint_hint(painter)
        layout = text.documentLayout()
        line = self._find_line(part.top())
        while line.isValid():
            rect = layout.blockBoundingRect(line)
            if rect.top() > part.bottom():
                break
            self._paint_beside(painter, line)
            line = line.next()
        if self._drop is not None:
            self._paint_drop(painter, self._drop)
        if self._sentence is not None:
            self._paint_sentence(painter, self._sentence)
        painter.end()

    def _find_line(self, y: float) -> QTextBlock:
        """Return a line that starts above a place; Qt looks through all lines for one."""
        text = self._area.document()
        layout = text.documentLayout()

        def top(number: int) -> float:
            return layout.blockBoundingRect(text.findBlockByNumber(number)).top()

        behind = bisect_left(range(text.blockCount()), y, key=top)
        return text.findBlockByNumber(max(behind - 2, 0))

    def _paint_hint(self, painter: QPainter) -> None:
        # Qt's own placeholder starts at the edge, where no text ever stands.
        left = self._area.cursorRect().left()
        place = QRectF(self._area.viewport().rect()).adjusted(left, MARGIN, -_NOTES_WIDTH, 0)
        painter.setPen(self._area.palette().color(QPalette.ColorRole.PlaceholderText))
        flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(place, int(flags), self._hint)

    def _paint_drop(self, painter: QPainter, number: int) -> None:
        layout = self._area.document().documentLayout()
        line = self._area.document().findBlockByNumber(number)
        if line.isValid():
            y = layout.blockBoundingRect(line).top()
        else:
            y = layout.blockBoundingRect(self._area.document().lastBlock()).bottom()
        view, palette = self._area.viewport(), self._area.palette()
        y = min(max(y, 3.0), view.height() - 3.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
        painter.drawLine(QPointF(8, y), QPointF(view.width() - MARGIN, y))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawEllipse(QPointF(6, y), 3, 3)

    def _paint_sentence(self, painter: QPainter, number: int) -> None:
        line = self._area.document().findBlockByNumber(number)
        rect = self._area.document().documentLayout().blockBoundingRect(line)
        place = QRectF(3, rect.top(), self._area.viewport().width() - 6, rect.height())
        colour = self._area.palette().color(QPalette.ColorRole.Highlight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 2))
        colour.setAlpha(40)
        painter.setBrush(colour)
        painter.drawRoundedRect(place, 4, 4)

    def _paint_beside(self, painter: QPainter, line: QTextBlock) -> None:
        layout = line.layout()
        if layout.lineCount() == 0:
            return
        first = layout.lineAt(0)
        top, height = layout.position().y() + first.y(), first.height()
        # Beside a table or picture, no higher than beside a line of letters.
        height = min(height, QFontMetricsF(self._area.font()).lineSpacing())
        # The empty line of an empty part has no bullet.
        if line_kind(line) == "bullet" and not self._area.document().isEmpty():
            indent = self._area.document().indentWidth()
            left = GUTTER + indent * line_level(line)
            painter.setFont(self._area.font())
            painter.setPen(self._area.palette().color(QPalette.ColorRole.Text))
            place = QRectF(left + indent / 3, top, indent, height)
            painter.drawText(place, "–" if line_level(line) else "•")
        count = len(line_evidence(line))
        if count:
            self._paint_count(painter, count, top, height)
        if line_id(line) in self._marks:
            left = self._area.viewport().width() - _NOTES_WIDTH + 4
            painter.setFont(self._area.font())
            painter.setPen(QColor(get_colour("quiet_text")))
            place = QRectF(left, top, _MARK_WIDTH, height)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), "≠")

    def _paint_count(self, painter: QPainter, count: int, top: float, height: float) -> None:
        font = self._area.font()
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.85))
        painter.setFont(font)
        text = str(count)
        palette = self._area.palette()
        width = max(QFontMetricsF(font).horizontalAdvance(text) + 10, height)
        right = self._area.viewport().width() - MARGIN
        pill = QRectF(right - width, top, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(palette.color(QPalette.ColorRole.Highlight))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)
