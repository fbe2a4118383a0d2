"""The text of one line of a list: as high as its text, and with keys for the list around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextOption

from inspector_app.ui.widgets.growing_text import GrowingText

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ActionText(GrowingText):
    """Text without line breaks that grows with what is typed.

    Undo and redo are the window's. Up and Down leave the text at its first and last line.
    """

    typed = Signal(str)
    """A person changed the text; carries it."""
    enter_pressed = Signal()
    pasted = Signal(object)
    """Several lines were pasted; carries the list of those behind the first."""
    move_wanted = Signal(int)
    """Alt+Up or Alt+Down; carries -1 or 1."""
    remove_wanted = Signal()
    left = Signal()
    """The cursor went elsewhere."""
    leave_wanted = Signal(int)
    """The cursor wants to the line above or below; carries -1 or 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((1, 40), parent)
        self.current_block = ""
        """Id of the line that is typed in; "" of one that is not begun."""
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.textChanged.connect(self._on_text_changed)

    def show_text(self, text: str) -> None:
        """Show a text without telling that it was typed; the cursor stays where it is."""
        if self.toPlainText() != text:
            cursor = self.textCursor().position()
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            self.put_cursor(min(cursor, len(text)))
            self.updateGeometry()

    def put_cursor(self, position: int) -> None:
        """Put the cursor somewhere in the text."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    def sizeHint(self) -> QSize:
        """Return the height of the text, without room to spare: lists are read as a whole."""
        hint = super().sizeHint()
        margins = self.contentsMargins()
        edges = margins.top() + margins.bottom() or 2 * self.frameWidth()
        lines = max(1, int(self.document().size().height()))
        room = 2 * int(self.document().documentMargin()) + edges
        return QSize(hint.width(), lines * self.fontMetrics().lineSpacing() + room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the text at this width."""
        super().resizeEvent(event)
        if self.sizeHint().height() != self.height():
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (
                event.matches(QKeySequence.StandardKey.Undo)
                or event.matches(QKeySequence.StandardKey.Redo)
            )
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the list: Enter, Alt+Up and Alt+Down, Ctrl+Delete, Backspace."""
        if self.isReadOnly():
            super().keyPressEvent(event)
            return
        key, held = Qt.Key(event.key()), event.modifiers()
        plain = held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter_pressed.emit()
        elif held == Qt.KeyboardModifier.AltModifier and key in _MOVES:
            self.move_wanted.emit(_MOVES[key])
        elif (held == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Delete) or (
            key == Qt.Key.Key_Backspace and plain and not self.toPlainText()
        ):
            self.remove_wanted.emit()
        elif plain and key in _MOVES and self._is_at_edge(_MOVES[key]):
            self.leave_wanted.emit(_MOVES[key])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that this piece of typing is over."""
        super().focusOutEvent(event)
        self.left.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text as it is, each line of it a line of the list."""
        lines = [line.strip(" \t•·▪◦–-") for line in source.text().splitlines()]
        first, *rest = [line for line in lines if line] or [""]
        self.textCursor().insertText(first)
        if rest:
            self.pasted.emit(rest)

    def _is_at_edge(self, step: int) -> bool:
        cursor = self.textCursor()
        move = cursor.MoveOperation.Up if step < 0 else cursor.MoveOperation.Down
        return not cursor.movePosition(move)

    @Slot()
    def _on_text_changed(self) -> None:
        text = self.toPlainText()
        if "\n" in text:
            cursor = self.textCursor().position()
            text = text.replace("\n", " ")
            self.show_text(text)
            self.put_cursor(cursor)
        self.typed.emit(text)
