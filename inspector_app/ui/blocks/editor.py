"""The block editor: one text area for the blocks of one part, driven by keys as Word is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

from inspector_app.domain.entities import EvidenceNote
from inspector_app.ui.blocks import clipboard
from inspector_app.ui.blocks.area import is_for_window
from inspector_app.ui.blocks.boilerplate_marks import BoilerplateMarks
from inspector_app.ui.blocks.commands import selected_text
from inspector_app.ui.blocks.dialogs import BlockDialogs
from inspector_app.ui.blocks.grip import BlockGrip
from inspector_app.ui.blocks.lines import (
    EMBEDDED_KINDS,
    LINE_BREAK,
    clean_text,
    line_kind,
    place_of_line,
    read_line,
)
from inspector_app.ui.blocks.menu import make_block_menu
from inspector_app.ui.blocks.tables import MOST_COLUMNS, are_too_wide
from inspector_app.ui.evidence.edits import link_to_sentence
from inspector_app.ui.evidence.linking import ask_note_to_link
from inspector_app.ui.evidence.note_model import NOTES_MIME
from inspector_app.ui.spelling.attaching import attach_spelling

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragMoveEvent,
        QDropEvent,
        QFocusEvent,
        QInputMethodEvent,
        QMouseEvent,
    )
    from PySide6.QtWidgets import QMenu, QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.block_edits import WantedBlock
    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.entities import BlockKind
    from inspector_app.ui.prompts import Prompts

_TIP = (
    "Enter: next line. Tab nests a bullet, Ctrl+Tab leaves. Ctrl+Shift+P: bullet or paragraph. "
    "Alt+Up, Alt+Down: move."
)
_KEEP = QTextCursor.MoveMode.KeepAnchor
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_TOO_WIDE = (
    f"A table of the report has {MOST_COLUMNS} columns at most, as many as Word takes. Nothing is "
    "lost. To get tables, undo, and paste it in two parts."
)


class BlockEditor(BlockDialogs):
    """A text area for the paragraphs, bullets, sub-headings and statements below one part.

    Undo is the document's: what happens here is a change of it, and it follows every other.

    Args:
        document: The open inspection.
        parent_id: The topic, section, key question or notice.
        first_kind: What the first line of an empty part is.
        name: What the part is called; None: after the part.
        make_parent: Drafts the part where it does not exist yet.
        prompts: Asks for the files of pictures; None: they come from the inspection only.
    """

    def __init__(
        self,
        document: InspectionDocument,
        parent_id: str,
        parent: QWidget | None = None,
        *,
        first_kind: BlockKind = "paragraph",
        name: str | None = None,
        make_parent: Callable[[Draft], None] | None = None,
        prompts: Prompts | None = None,
    ) -> None:
        super().__init__(document, parent_id, parent, first_kind, name, make_parent)
        self.prompts = prompts
        self._acting = False
        self.setObjectName(f"{parent_id}.blocks")
        self.setAccessibleName(f"Text of {self.part_name}")
        self.marks = BoilerplateMarks(document, parent_id, self)
        self.setToolTip(_TIP)
        self._build_actions()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if not document.can_edit:
            self.setReadOnly(True)
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        else:
            self.grip = BlockGrip(self)
        self.cursorPositionChanged.connect(self._on_cursor_position_changed)
        attach_spelling(
            self, document, place_of_line, replace=self.replace_word, make_menu=self.make_menu
        )

    # -- keys

    def _build_actions(self) -> None:
        self._commands: dict[tuple[int, int], Callable[[], object]] = {
            (int((_CONTROL | _SHIFT).value), int(Qt.Key.Key_P)): lambda: self.toggle("bullet"),
            (int((_CONTROL | _SHIFT).value), int(Qt.Key.Key_H)): lambda: self.toggle("heading"),
            (int((_CONTROL | _SHIFT).value), int(Qt.Key.Key_M)): self.ask_where_to_move,
            (int((_CONTROL | _SHIFT).value), int(Qt.Key.Key_T)): self.insert_table,
            (int(_ALT.value), int(Qt.Key.Key_Up)): lambda: self.move_block(-1),
            (int(_ALT.value), int(Qt.Key.Key_Down)): lambda: self.move_block(1),
        }

    def claims(self, event: QKeyEvent) -> bool:
        """See `BlockArea.claims`."""
        return not self.isReadOnly() and _chord(event) in self._commands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take commands and the keys that split, join and nest; the rest is typing."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_blocks()
            return
        if self.isReadOnly():
            if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
                self.leave(forward=event.key() == Qt.Key.Key_Tab)
                return
            super().keyPressEvent(event)
            return
        command = self._commands.get(_chord(event))
        if command is not None:
            command()
        elif is_for_window(event):
            event.ignore()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.cut_blocks()
        elif not self._take_key(event):
            self._type(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        shift = bool(event.modifiers() & _SHIFT)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.is_on_embedded() and self._is_one_line():
                self.add_paragraph() if shift else self.edit_embedded()
            elif shift:
                self._insert_text(LINE_BREAK)
            else:
                self.split()
            return True
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            back = shift or key == Qt.Key.Key_Backtab
            # With Ctrl it only passes by, as out of a table in Word.
            if event.modifiers() & _CONTROL or not self.nest(0 if back else 1):
                self.leave(forward=not back)
            return True
        if key == Qt.Key.Key_Backspace:
            return self.erase(back=True)
        if key == Qt.Key.Key_Delete and not shift:
            return self.erase(back=False)
        return False

    def _is_one_line(self) -> bool:
        first, last = self.selected_numbers()
        return first == last

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a table or picture."""
        self.setTextCursor(self.cursorForPosition(event.position().toPoint()))
        if not self.edit_embedded():
            super().mouseDoubleClickEvent(event)

    def leave(self, *, forward: bool) -> None:
        """Give the focus to the next or previous widget."""
        # Qt lets a text area go only while it takes no tabs; with that on, no Tab would get here.
        self.setTabChangesFocus(True)
        self.focusNextPrevChild(forward)
        self.setTabChangesFocus(False)

    def _type(self, event: QKeyEvent) -> None:
        text = event.text()
        types = bool(text) and not is_control(text)
        if types and self._clears_the_way(clean_text(text)):
            return
        erases = event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}
        self._acting = types or erases
        try:
            super().keyPressEvent(event)
        finally:
            self._acting = False

    def _insert_text(self, text: str) -> None:
        if not self._clears_the_way(text):
            self._acting = True
            self.textCursor().insertText(text)
            self._acting = False

    def _clears_the_way(self, text: str) -> bool:
        """Make room for typed text, and return whether that was all there is to do."""
        cursor = self.textCursor()
        first, last = self.selected_numbers()
        if first != last:
            with self._binding.step(f"Type in {self.part_name}"):
                self.remove(cursor, text.replace("\n", LINE_BREAK))
            return True
        return line_kind(cursor.block()) in EMBEDDED_KINDS

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take composed characters as typing."""
        if event.commitString():
            if self._clears_the_way(event.commitString()):
                event.accept()
                return
            self._acting = True
        try:
            super().inputMethodEvent(event)
        finally:
            self._acting = False

    @Slot()
    def _on_cursor_position_changed(self) -> None:
        if not self._acting:
            self._binding.end_run()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember that the cursor's place was chosen by somebody."""
        self._entered = True
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the run of typing."""
        self._binding.end_run()
        super().focusOutEvent(event)

    # -- clipboard

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selected blocks for the clipboard."""
        cursor = self.textCursor()
        text = self.document()
        lines: list[WantedBlock] = []
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        line = text.findBlock(start)
        while line.isValid() and line.position() <= end:
            part = QTextCursor(line)
            part.setPosition(max(start, line.position()))
            part.setPosition(min(end, line.position() + line.length() - 1), _KEEP)
            lines.append(read_line(line)._replace(text=selected_text(part)))
            line = line.next()
        if len(lines) > 1 and not lines[-1].text:
            lines.pop()
        return clipboard.to_mime(lines, self._document.inspection)

    def copy_blocks(self) -> None:
        """Copy the selected blocks."""
        if self.textCursor().hasSelection():
            clipboard.put_on_clipboard(self.createMimeDataFromSelection())

    def cut_blocks(self) -> None:
        """Cut the selected blocks."""
        cursor = self.textCursor()
        if not cursor.hasSelection() or self.isReadOnly():
            return
        self.copy_blocks()
        first, last = self.selected_numbers()
        if first == last and line_kind(cursor.block()) in EMBEDDED_KINDS:
            self.delete_block(first)
            return
        with self._binding.step("Cut"):
            if first != last:
                self.remove(cursor)
            else:
                cursor.removeSelectedText()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take whatever has text."""
        return clipboard.can_read(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste clean blocks, whatever program they come from."""
        blocks = clipboard.from_mime(source, self._document.inspection)
        self.insert_blocks(blocks, "Paste")
        if are_too_wide(blocks) and self.prompts is not None:
            self.prompts.show_problem("The table was pasted as lines of text.", _TOO_WIDE)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the commands for the blocks that were clicked, or have the cursor."""
        if event.reason() == event.Reason.Mouse:
            self._go_where_clicked(event)
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _go_where_clicked(self, event: QContextMenuEvent) -> None:
        # Qt leaves the cursor where it was; the commands would change a line out of sight.
        there = self.cursorForPosition(self.viewport().mapFromGlobal(event.globalPos()))
        chosen = self.textCursor()
        if not chosen.selectionStart() <= there.position() <= chosen.selectionEnd():
            self.setTextCursor(there)

    def make_menu(self) -> QMenu:
        """Return the context menu."""
        return make_block_menu(self)

    @property
    def has_notes(self) -> bool:
        """Whether there is a note that a line could be linked to."""
        return next(iter(self._document.inspection.all(EvidenceNote)), None) is not None

    def ask_note(self) -> None:
        """Ask for a note that the block with the cursor stands on."""
        if self.current_block:
            ask_note_to_link(self._document, self.current_block, self)

    # -- dragging: text that is dropped here is pasted, and never moved out of the way

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take text of other programs and parts."""
        super().dragEnterEvent(event)
        self._as_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        super().dragMoveEvent(event)
        self._as_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Paste what is dropped."""
        if self.isReadOnly() or not self.canInsertFromMimeData(event.mimeData()):
            event.ignore()
            return
        self.setTextCursor(self.cursorForPosition(event.position().toPoint()))
        mime = event.mimeData()
        if mime.hasFormat(NOTES_MIME) and self.current_block:
            notes = bytes(mime.data(NOTES_MIME).data()).decode("ascii", "ignore").split()
            link_to_sentence(self._document, self.current_block, notes)
        else:
            self.insertFromMimeData(mime)
        self._as_copy(event)

    def _as_copy(self, event: QDropEvent) -> None:
        if event.isAccepted():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()


def is_control(text: str) -> bool:
    """Tell whether the text of a key is none that is typed."""
    return not clean_text(text).replace("\n", "") or text < " "


def _chord(event: QKeyEvent) -> tuple[int, int]:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return int(modifiers.value), int(event.key())
