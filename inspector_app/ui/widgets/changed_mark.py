"""What undo or redo has just changed, marked until the person goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from inspector_app.ui.widgets.line_marks import LineMarks, make_format
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_COLOUR = "changed"
_KEEP = QTextCursor.MoveMode.KeepAnchor
_HELD = {
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
}
"""Keys that do nothing by themselves."""


class ChangedMark(QObject):
    """Marks a text or a field. Nothing is selected: the next letter replaces nothing.

    The letters that changed are marked where they stand; where none came, as in a choice, or
    where some went, the word or the field is.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._field: QWidget | None = None
        self._frame: _Frame | None = None

    def show(self, field: QWidget, length: int) -> None:
        """Mark a field.

        Args:
            field: The field.
            length: How many of Qt's characters in front of the cursor are what changed.
        """
        self.clear()
        self._field = field
        if isinstance(field, QLineEdit) and length:
            end = field.cursorPosition()
            LineMarks.of(field).show(_COLOUR, [(end - length, end)])
        elif not isinstance(field, QTextEdit | QPlainTextEdit) or not _mark_text(field, length):
            self._frame = _Frame(field)
        # As long as something is marked: a filter on the application sees every event.
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def clear(self) -> None:
        """Mark nothing."""
        field, frame = self._field, self._frame
        if field is None:
            return
        self._field = self._frame = None
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        if not isValid(field):
            return
        if frame is not None:
            frame.hide()
            frame.deleteLater()
        elif isinstance(field, QLineEdit):
            LineMarks.of(field).show(_COLOUR, [])
        elif isinstance(field, QTextEdit | QPlainTextEdit):
            field.setExtraSelections([])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the mark go with the next key or click, before that does anything."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress or (
            kind == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() not in _HELD
        ):
            self.clear()
        elif kind == QEvent.Type.Resize and watched is self._field and self._frame is not None:
            self._frame.fit()
        return False


class _Frame(QWidget):
    """A coloured frame over a field, which the mouse goes through."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.setObjectName("changed_mark")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._around = field
        self.fit()
        self.show()

    def fit(self) -> None:
        """Be as large as the field."""
        self.setGeometry(self._around.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame; what the field shows stays to be read."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(get_colour("success"))
        painter.setPen(QPen(colour, 3))
        colour.setAlpha(40)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.end()


def _mark_text(area: QTextEdit | QPlainTextEdit, length: int) -> bool:
    """Mark letters in front of the cursor, or else the word there; False: there is none."""
    mark = QTextEdit.ExtraSelection()
    cursor = area.textCursor()
    if length:
        end = cursor.position()
        cursor.setPosition(max(0, end - length))
        cursor.setPosition(end, _KEEP)
    else:
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        if not cursor.hasSelection() and not cursor.atBlockStart():
            cursor.movePosition(QTextCursor.MoveOperation.PreviousWord, _KEEP)
    # A table or picture is selected as a whole, which shows it well enough.
    if not cursor.hasSelection() or area.textCursor().hasSelection():
        return area.textCursor().hasSelection()
    mark.cursor = cursor
    mark.format = make_format(_COLOUR)
    area.setExtraSelections([mark])
    return True
