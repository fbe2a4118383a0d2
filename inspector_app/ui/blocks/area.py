"""A text area as tall as its text, with bullets and the number of notes painted beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPalette,
    QPen,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QTextEdit, QToolTip, QWidget

from inspector_app.ui.blocks.lines import (
    BULLET_INDENT,
    EMBEDDED_KINDS,
    line_evidence,
    line_id,
    line_kind,
    line_level,
)
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPaintEvent, QTextBlock, QWheelEvent

_MARGIN = 8
GUTTER = 20
"""Pixels at the left of the text, where a line's grip is."""
_NOTES_WIDTH = 56
_MARK_WIDTH = 20
_FEWEST_LINES = 2
_EMBEDDED_NAMES = {"table": "table", "image": "picture"}
_BESIDE = "Shift+Enter: write below it."
_EDITING_LETTERS = {Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X}
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class BlockArea(QTextEdit):
    """The look of the block editor; it holds no commands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self._drop: int | None = None
        self._marks: Mapping[str, str] = {}
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        text = self.document()
        text.setDocumentMargin(0)
        frame = text.rootFrame()
        shape = frame.frameFormat()
        shape.setTopMargin(_MARGIN)
        shape.setBottomMargin(_MARGIN)
        shape.setLeftMargin(GUTTER)
        shape.setRightMargin(_NOTES_WIDTH)
        frame.setFrameFormat(shape)
        text.documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self._on_size_changed(text.size())

    # -- size and place

    @Slot(QSizeF)
    def _on_size_changed(self, size: QSizeF) -> None:
        least = _FEWEST_LINES * QFontMetricsF(self.font()).lineSpacing() + 2 * _MARGIN
        self.setFixedHeight(int(max(size.height(), least)) + 2 * self.frameWidth() + 1)

    @Slot()
    def _on_cursor_moved(self) -> None:
        if self.hasFocus():
            self.bring_cursor_into_view()

    def bring_cursor_into_view(self) -> None:
        """Scroll the page that this stands in to the cursor."""
        widget = self.parentWidget()
        while widget is not None:
            if isinstance(widget, QScrollArea):
                inner = widget.widget()
                if inner is not None and inner.isAncestorOf(self):
                    spot = self.viewport().mapTo(inner, self.cursorRect().center())
                    widget.ensureVisible(spot.x(), spot.y(), 0, 40)
                return
            widget = widget.parentWidget()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: there is nothing to scroll in here."""
        event.ignore()

    def line_at(self, spot: QPoint) -> QTextBlock:
        """Return the line at a place of the viewport."""
        return self.cursorForPosition(spot).block()

    # -- keys that are the window's

    def event(self, event: QEvent) -> bool:
        """Let the window have its shortcuts, undo and redo above all."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.claims(event):
                event.accept()
                return True
            if is_for_window(event):
                event.ignore()
                return False
        return super().event(event)

    def claims(self, event: QKeyEvent) -> bool:
        """Tell whether a key is a command of this text area."""
        del event
        return False

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then what stands beside it."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self._hint and self.document().isEmpty():
            self._paint_hint(painter)
        line = self.line_at(QPoint(0, event.rect().top()))
        if line.previous().isValid():
            line = line.previous()
        layout = self.document().documentLayout()
        while line.isValid():
            rect = layout.blockBoundingRect(line)
            if rect.top() > event.rect().bottom():
                break
            self._paint_beside(painter, line)
            line = line.next()
        if self._drop is not None:
            self._paint_drop(painter, self._drop)
        painter.end()

    def set_hint(self, text: str) -> None:
        """Say in the empty text area what belongs here."""
        self._hint = text
        self.setAccessibleDescription(text)
        self.viewport().update()

    def _paint_hint(self, painter: QPainter) -> None:
        # Qt's own placeholder starts at the edge, where no text ever stands.
        left = self.cursorRect().left()
        place = QRectF(self.viewport().rect()).adjusted(left, _MARGIN, -_NOTES_WIDTH, 0)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(place, int(flags), self._hint)

    def show_drop(self, number: int | None) -> None:
        """Show that something would go in front of a line, or behind the last; None: nothing."""
        if number != self._drop:
            self._drop = number
            self.viewport().update()

    def _paint_drop(self, painter: QPainter, number: int) -> None:
        layout = self.document().documentLayout()
        line = self.document().findBlockByNumber(number)
        if line.isValid():
            y = layout.blockBoundingRect(line).top()
        else:
            y = layout.blockBoundingRect(self.document().lastBlock()).bottom()
        y = min(max(y, 3.0), self.viewport().height() - 3.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
        painter.drawLine(QPointF(8, y), QPointF(self.viewport().width() - _MARGIN, y))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawEllipse(QPointF(6, y), 3, 3)

    def shows_bullet(self, line: QTextBlock) -> bool:
        """Tell whether a line has a bullet; the empty line of an empty part has none."""
        return line_kind(line) == "bullet" and not self.document().isEmpty()

    def _paint_beside(self, painter: QPainter, line: QTextBlock) -> None:
        layout = line.layout()
        if layout.lineCount() == 0:
            return
        first = layout.lineAt(0)
        origin = layout.position()
        baseline = origin.y() + first.y() + first.ascent()
        if self.shows_bullet(line):
            left = GUTTER + BULLET_INDENT * line_level(line)
            painter.setFont(self.font())
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            mark = "–" if line_level(line) else "•"
            painter.drawText(QRectF(left + 8, baseline - first.ascent(), 16, first.height()), mark)
        count = len(line_evidence(line))
        if count:
            self._paint_count(painter, count, origin.y() + first.y(), first.height())
        if line_id(line) in self._marks:
            left = self.viewport().width() - _NOTES_WIDTH + 4
            painter.setFont(self.font())
            painter.setPen(QColor(get_colour("quiet_text")))
            place = QRectF(left, origin.y() + first.y(), _MARK_WIDTH, first.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), "≠")

    def show_marks(self, tips: Mapping[str, str]) -> None:
        """Mark lines as changed standard texts: by block, what their tooltip says, as HTML."""
        self._marks = tips
        self.viewport().update()

    def _paint_count(self, painter: QPainter, count: int, top: float, height: float) -> None:
        font = self.font()
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.85))
        painter.setFont(font)
        text = str(count)
        width = max(QFontMetricsF(font).horizontalAdvance(text) + 10, height)
        right = self.viewport().width() - _MARGIN
        pill = QRectF(right - width, top, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell in a tooltip what the number beside a line counts."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self.tip_at(event.pos())
            if tip:
                QToolTip.showText(event.globalPos(), tip, self.viewport(), QRect())
                return True
        return super().viewportEvent(event)

    def tip_at(self, spot: QPoint) -> str:
        """Return what the tooltip at a place of the viewport says, or ""."""
        if spot.x() < self.viewport().width() - _NOTES_WIDTH:
            return self._tip_on_text(self.line_at(spot))
        line = self.line_at(spot)
        mark = self._marks.get(line_id(line))
        if mark and spot.x() < self.viewport().width() - _NOTES_WIDTH + 4 + _MARK_WIDTH:
            return mark
        count = len(line_evidence(line))
        return f"{count} {'note' if count == 1 else 'notes'}" if count else ""

    def _tip_on_text(self, line: QTextBlock) -> str:
        if line_kind(line) not in EMBEDDED_KINDS or self.isReadOnly():
            return ""
        return f"Enter or a double click: edit the {_EMBEDDED_NAMES[line_kind(line)]}. {_BESIDE}"


def is_for_window(event: QKeyEvent) -> bool:
    """Tell whether a key is a shortcut that a text area would swallow but the window wants."""
    if event.modifiers() not in {_CONTROL, _CONTROL | _SHIFT}:
        return False
    key = event.key()
    if event.modifiers() == _CONTROL and key in _EDITING_LETTERS:
        return False
    return Qt.Key.Key_A <= key <= Qt.Key.Key_Z
