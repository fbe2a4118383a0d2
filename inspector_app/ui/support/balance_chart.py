"""The evidence for each key question and topic, as bars that a person takes in at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QToolTip

from inspector_app.texts import pluralise
from inspector_app.ui.evidence.note_labels import SOURCES
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from inspector_app.document.jobs.checking import BalanceRow

_ROW_PADDING = 14
_MARGIN = 12
_BAR = 12
_GAP = 8
_BARS, _LONGEST_NAME = 30, 52
"""Letters that bars and numbers have before names get more, and that names take at most."""


class BalanceChart(QLabel):
    """A row a key question and topic: strengths to the right of the middle, concerns to the left.

    The numbers stand beside the bars, so that nothing is told by colour alone. Screen readers take
    it for a text, the current row in words.
    """

    topic_wanted = Signal(str)
    """The person wants to see the notes of a topic; carries “safe” or “safe.medicines”."""

    current_moved = Signal(int)
    """A key chose another row; carries the height of its middle, to be scrolled into view."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[BalanceRow] = ()
        self._current = 0
        self.setObjectName("balance_chart")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Evidence for each topic")

    @property
    def rows(self) -> Sequence[BalanceRow]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[BalanceRow]) -> None:
        """Show other figures."""
        self._rows = rows
        self._current = min(self._current, max(len(rows) - 1, 0))
        self._fit_height()
        self.setAccessibleDescription("; ".join(describe(row) for row in rows if row.total))
        self.update()

    @property
    def _row(self) -> int:
        """The height of a row."""
        return self.fontMetrics().height() + _ROW_PADDING

    def _fit_height(self) -> None:
        self.setFixedHeight(max(1, len(self._rows)) * self._row + _GAP)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_height()

    def sizeHint(self) -> QSize:
        return QSize(320, len(self._rows) * self._row + _GAP)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are to be seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        largest = max((max(row.strengths, row.concerns) for row in self._rows), default=0)
        first = max(0, event.rect().top() // self._row)
        last = min(len(self._rows) - 1, event.rect().bottom() // self._row)
        for number in range(first, last + 1):
            self._paint_row(painter, number, max(largest, 1))
        painter.end()

    def _paint_row(self, painter: QPainter, number: int, largest: int) -> None:
        row = self._rows[number]
        top = number * self._row
        if number == self._current and self.hasFocus():
            painter.setPen(QColor(get_colour("focus")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(2, top + 1, self.width() - 4, self._row - 2), 4, 4)
        names = self._measure_names()
        font = self.font()
        font.setBold(not row.topic)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        indent = 12 if row.topic else 0
        room = names - indent
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(_MARGIN + indent, top, room, self._row), middle, name)
        font.setBold(False)
        painter.setFont(font)
        left = _MARGIN + names + _GAP
        self._paint_bars(
            painter, row, QRectF(left, top, self.width() - left - _MARGIN, self._row), largest
        )

    def _paint_bars(self, painter: QPainter, row: BalanceRow, box: QRectF, largest: int) -> None:
        number = painter.fontMetrics().horizontalAdvance("▼ 999")
        half = max((box.width() - 2 * number) / 2, 8)
        centre = box.left() + number + half
        quiet = QColor(get_colour("quiet_text"))
        if not row.total:
            painter.setPen(quiet)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "no note yet")
            return
        painter.setPen(Qt.PenStyle.NoPen)
        bar_top = box.top() + (box.height() - _BAR) / 2
        for count, colour, side in (
            (row.concerns, "problem", -1),
            (row.strengths, "success", 1),
        ):
            width = half * count / largest
            painter.setBrush(QColor(get_colour(colour)))
            painter.drawRect(QRectF(centre if side > 0 else centre - width, bar_top, width, _BAR))
        painter.setPen(quiet)
        painter.drawLine(int(centre), int(box.top() + 4), int(centre), int(box.bottom() - 4))
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        middle = Qt.AlignmentFlag.AlignVCenter
        if row.concerns:
            words = QRectF(box.left(), box.top(), number, box.height())
            painter.drawText(words, int(middle | Qt.AlignmentFlag.AlignLeft), f"▼ {row.concerns}")
        if row.strengths:
            words = QRectF(box.right() - number, box.top(), number, box.height())
            painter.drawText(words, int(middle | Qt.AlignmentFlag.AlignRight), f"▲ {row.strengths}")

    def _measure_names(self) -> int:
        """Give names less than half, and more where the bars have enough without it."""
        letter = self.fontMetrics().averageCharWidth()
        spare = min(self.width() - _BARS * letter, _LONGEST_NAME * letter)
        return max(90, int(self.width() * 0.45), spare)

    # -- what the person does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press; who thinks better of it lets go elsewhere."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the notes of the row."""
        is_inside = self.rect().contains(event.position().toPoint())
        if is_inside and event.button() == Qt.MouseButton.LeftButton:
            self._go(int(event.position().y()) // self._row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose a row, Enter shows its notes."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps and self._rows:
            self._current = (self._current + steps[Qt.Key(event.key())]) % len(self._rows)
            self.setAccessibleName(
                f"Evidence for each topic: {describe(self._rows[self._current])}"
            )
            self.current_moved.emit(self._current * self._row + self._row // 2)
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._go(self._current)
        else:
            super().keyPressEvent(event)

    def _go(self, number: int) -> None:
        if 0 <= number < len(self._rows):
            self._current = number
            row = self._rows[number]
            self.topic_wanted.emit(f"{row.key_question}.{row.topic}".rstrip("."))
            self.update()

    def event(self, event: QEvent) -> bool:
        """Say in a tooltip what a row counts, and what has not been looked at."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = event.pos().y() // self._row
            if 0 <= number < len(self._rows):
                QToolTip.showText(event.globalPos(), describe(self._rows[number]), self)
                return True
        return super().event(event)


def describe(row: BalanceRow) -> str:
    """Return a row in words."""
    words = (
        f"{row.name}: {pluralise(row.strengths, 'strength')}, "
        f"{pluralise(row.concerns, 'concern')}, {row.neutral} neutral; "
        f"{pluralise(row.findings, 'finding')} in the report"
    )
    if row.missing:
        missing = ", ".join(SOURCES[source].lower() for source in SOURCES if source in row.missing)
        words += f". Not looked at yet: {missing}"
    return words
