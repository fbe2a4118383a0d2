"""A click on a gap selects it, so that what is typed next takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from inspector_app.ui.spelling.spelling_marks import SpellingMarks


class GapClicks(QObject):
    """Selects the gap that is clicked; a second click puts the cursor into it.

    Args:
        marks: Those of the text area.
    """

    def __init__(self, marks: SpellingMarks) -> None:
        super().__init__(marks)
        self._marks = marks
        self._pressed: QPoint | None = None
        marks.editor.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell clicks from dragging, double clicks and clicks with a key held."""
        if isinstance(event, QMouseEvent):
            spot = event.position().toPoint()
            if event.type() == QEvent.Type.MouseButtonPress:
                plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
                is_click = plain and event.button() == Qt.MouseButton.LeftButton
                chosen = self._marks.editor.textCursor()
                selected = self.find_gap(spot) if is_click else None
                # In a gap that is selected, the next click is for the letters.
                if selected is None or _span(selected) == _span(chosen):
                    is_click = False
                self._pressed = spot if is_click else None
            elif event.type() == QEvent.Type.MouseButtonDblClick:
                self._pressed = None
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._release(spot)
        return super().eventFilter(watched, event)

    def _release(self, spot: QPoint) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        moved = (spot - pressed).manhattanLength()
        gap = self.find_gap(spot)
        if gap is not None and moved < QApplication.startDragDistance():
            self._marks.editor.setTextCursor(gap)

    def find_gap(self, spot: QPoint) -> QTextCursor | None:
        """Return a cursor that selects the gap at a place of the viewport, or None."""
        cursor = self._marks.editor.cursorForPosition(spot)
        line, at = cursor.block(), cursor.positionInBlock()
        for start, end in self._marks.find_gaps(line):
            if start <= at <= end:
                cursor.setPosition(line.position() + start)
                cursor.setPosition(line.position() + end, QTextCursor.MoveMode.KeepAnchor)
                # To the right of a short line nothing is clicked.
                edge = self._marks.editor.cursorRect(cursor)
                return cursor if at < end or spot.x() <= edge.right() else None
        return None


def _span(cursor: QTextCursor) -> tuple[int, int]:
    return cursor.selectionStart(), cursor.selectionEnd()
