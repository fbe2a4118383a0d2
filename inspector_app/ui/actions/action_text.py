"""The text of one line of a list: as high as its text, and with keys for the list around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextOption

from inspector_app.ui.evidence.note_model import NOTES_MIME
from inspector_app.ui.widgets.growing_text import GrowingText
from inspector_app.ui.widgets.lines import ENTER, MOVES, is_row_key

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget


class ActionText(GrowingText):
    """Text without line breaks that grows with what is typed.

    Undo and redo are the window's. Up and Down leave the text at its first and last line.
    """

    typed = Signal(str)
    """A person changed the text; carries it."""
    pasted = Signal(object)
    """Several lines were pasted; carries the list of those behind the first."""
    notes_dropped = Signal(object)
    """Evidence notes were let go on the line; carries the `QMimeData`."""

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
        """Leave the keys of the list to the row: Enter, Up at the first line, and so on."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (
            key in ENTER
            or is_row_key(event)
            or (key == Qt.Key.Key_Backspace and not held and not self.toPlainText())
            or (key in MOVES and not held and self._is_at_edge(MOVES[key]))
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text as it is, each line of it a line of the list; notes only stand behind it."""
        if self.current_block and source.hasFormat(NOTES_MIME):
            self.notes_dropped.emit(source)
            return
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
