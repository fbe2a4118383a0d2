"""The cursor and the selection of a block editor's text area, in lines and blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QScrollArea

from inspector_app.domain.entities import Block
from inspector_app.texts import clean_text, count_units
from inspector_app.ui.blocks.lines import is_embedded, line_id

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock
    from PySide6.QtWidgets import QTextEdit

    from inspector_app.ui.blocks.binding import BlockBinding

_KEEP = QTextCursor.MoveMode.KeepAnchor


@dataclass(eq=False)
class BlockCursor:
    """Says on which blocks the cursor of a text area is, and puts it on others."""

    _area: QTextEdit
    _binding: BlockBinding
    is_placed: bool = False
    """Whether a person chose the cursor's place: the text area had the focus."""

    @property
    def line(self) -> QTextBlock:
        """The line with the cursor."""
        return self._area.textCursor().block()

    @property
    def block_id(self) -> str:
        """Id of the block with the cursor, or ""."""
        return line_id(self.line) if self._binding.blocks else ""

    @property
    def selected_lines(self) -> tuple[int, int]:
        """The numbers of the first and the last selected line."""
        cursor = self._area.textCursor()
        text = self._area.document()
        first = text.findBlock(cursor.selectionStart()).blockNumber()
        return first, text.findBlock(cursor.selectionEnd()).blockNumber()

    @property
    def embedded(self) -> Block | None:
        """The table or picture that the cursor is on, if no other line is selected."""
        first, last = self.selected_lines
        if first != last or not self.block_id or not is_embedded(self.line):
            return None
        return self._binding.blocks[first]

    def go_to(self, number: int, *, at_end: bool = False) -> None:
        """Put the cursor at the start or the end of a line."""
        cursor = QTextCursor(self._area.document().findBlockByNumber(number))
        if at_end:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self._area.setTextCursor(cursor)

    def select_object(self, number: int) -> None:
        """Select the table or picture of a line."""
        cursor = QTextCursor(self._area.document().findBlockByNumber(number))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, _KEEP)
        self._area.setTextCursor(cursor)

    def show_block(self, block: str) -> bool:
        """Put the cursor into a block and bring it into view; False: it is not here."""
        for number, found in enumerate(self._binding.blocks):
            if found.id == block:
                self.go_to(number)
                self._area.setFocus(Qt.FocusReason.OtherFocusReason)
                self.bring_into_view()
                return True
        return False

    def select_text(self, block: str, start: int, end: int) -> bool:
        """Select a part of a block's text and bring it into view.

        Args:
            block: Id of the block.
            start: Where the part starts in the block's text, in Python's characters.
            end: Where it ends.

        Returns:
            False where the block is not here. A table or picture is selected whole.
        """
        if not self.show_block(block):
            return False
        line = self.line
        if is_embedded(line):
            self.select_object(line.blockNumber())
            return True
        text = self._binding.document.inspection.get(block, Block).text
        cursor = self._area.textCursor()
        # What the line cannot show is not counted.
        cursor.setPosition(line.position() + count_units(clean_text(text[:start])))
        cursor.setPosition(line.position() + count_units(clean_text(text[:end])), _KEEP)
        self._area.setTextCursor(cursor)
        self.bring_into_view()
        return True

    def bring_into_view(self) -> None:
        """Scroll the page that the text area stands in to the cursor."""
        widget = self._area.parentWidget()
        while widget is not None:
            if isinstance(widget, QScrollArea):
                inner = widget.widget()
                if inner is not None and inner.isAncestorOf(self._area):
                    middle = self._area.cursorRect().center()
                    spot = self._area.viewport().mapTo(inner, middle)
                    widget.ensureVisible(spot.x(), spot.y(), 0, 40)
                return
            widget = widget.parentWidget()
