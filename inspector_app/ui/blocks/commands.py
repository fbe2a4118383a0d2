"""What can be done to the blocks of a text area: split, join, nest, move, turn, put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Block
from inspector_app.ui.blocks import editing
from inspector_app.ui.blocks.area import BlockArea
from inspector_app.ui.blocks.binding import BlockBinding
from inspector_app.ui.blocks.lines import (
    LINE_BREAK,
    SOLID_KINDS,
    clean_text,
    dress_line,
    line_id,
    line_kind,
    read_line,
)
from inspector_app.ui.blocks.names import part_name
from inspector_app.ui.qt_text import count_units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.entities import BlockKind

_KEEP = QTextCursor.MoveMode.KeepAnchor
_MOVE = QTextCursor.MoveOperation
_NAMES = {
    "paragraph": "paragraph",
    "bullet": "bullet",
    "heading": "sub-heading",
    "table": "table",
    "image": "picture",
    "breach": "breach",
    "recommendation": "recommendation",
}


class BlockCommands(BlockArea):
    """A text area bound to the blocks of a part, and the commands on them; see `BlockEditor`."""

    def __init__(
        self,
        document: InspectionDocument,
        parent_id: str,
        parent: QWidget | None,
        first_kind: BlockKind,
        name: str | None,
        make_parent: Callable[[Draft], None] | None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.parent_id = parent_id
        self._name = name
        self._entered = False
        self._first_kind: BlockKind = first_kind
        self._binding = BlockBinding(
            document, parent_id, self, first_kind, lambda: f"Type in {self.part_name}", make_parent
        )

    @property
    def part_name(self) -> str:
        """What the part is called."""
        return self._name or part_name(self._document, self.parent_id)

    @property
    def current_block(self) -> str:
        """Id of the block with the cursor, or ""."""
        return line_id(self.textCursor().block()) if self._binding.blocks else ""

    def show_block(self, block: str) -> bool:
        """Put the cursor into a block and bring it into view; False: it is not here."""
        for number, found in enumerate(self._binding.blocks):
            if found.id == block:
                self.setTextCursor(QTextCursor(self.document().findBlockByNumber(number)))
                self.setFocus(Qt.FocusReason.OtherFocusReason)
                self.bring_cursor_into_view()
                return True
        return False

    def select_text(self, block: str, start: int, end: int) -> bool:
        """Select a part of a block's text and bring it into view.

        Args:
            block: Id of the block.
            start: Where the part starts in the block's text, in Python's characters.
            end: Where it ends.

        Returns:
            False where the block is not here. Of a table or picture the line is shown.
        """
        if not self.show_block(block):
            return False
        line = self.textCursor().block()
        if line_kind(line) in SOLID_KINDS:
            return True
        text = self._document.inspection.get(block, Block).text
        cursor = self.textCursor()
        # What the line cannot show is not counted.
        cursor.setPosition(line.position() + count_units(clean_text(text[:start])))
        cursor.setPosition(line.position() + count_units(clean_text(text[:end])), _KEEP)
        self.setTextCursor(cursor)
        self.bring_cursor_into_view()
        return True

    def insert_blocks(self, blocks: Sequence[WantedBlock], label: str) -> None:
        """Put blocks in at the cursor, in place of what is selected, as one step."""
        if not blocks or self.isReadOnly():
            return
        lines = self._binding.lines()
        cursor = self.textCursor()
        first, last = self.selected_numbers()
        start = QTextCursor(cursor)
        start.setPosition(cursor.selectionStart())
        end = QTextCursor(cursor)
        end.setPosition(cursor.selectionEnd())
        front, back = _text_before(start), _text_behind(end)
        if first != last:
            kept = [lines[first], lines[last]]
            if kept[0].kind in SOLID_KINDS and start.atBlockStart():
                kept.pop(0)
                front = ""
            if kept[-1].kind in SOLID_KINDS and not end.atBlockEnd():
                back = ""
            base = lines[first] if front or not back else lines[last]
            if base.kind in SOLID_KINDS:
                base = WantedBlock("paragraph", "")
            notes = dict.fromkeys((*lines[first].evidence, *lines[last].evidence))
            merged = base._replace(text=front + back, evidence=tuple(notes))
            lines[first : last + 1] = [merged]
        new, number, offset = editing.insert(lines, first, front, back, list(blocks))
        self._binding.apply(new, label)
        line = self.document().findBlockByNumber(number)
        at = QTextCursor(line)
        text = new[number].text[:offset].replace("\n", LINE_BREAK)
        units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        at.setPosition(line.position() + min(units, line.length() - 1))
        self.setTextCursor(at)

    def add_blocks(self, blocks: Sequence[WantedBlock], label: str) -> None:
        """Put whole blocks in behind the one with the cursor, as one step.

        Nobody has been in here yet: at the end.
        """
        if not blocks or self.isReadOnly():
            return
        lines = self._binding.lines() if self._binding.blocks else []
        at = self.textCursor().blockNumber() + 1 if self._entered else len(lines)
        if at and at <= len(lines) and lines[at - 1].text == "" and lines[at - 1].kind == "bullet":
            lines.pop(at - 1)
            at -= 1
        at = min(at, len(lines))
        lines[at:at] = blocks
        self._binding.apply(lines, label)
        self._go_to(at + len(blocks) - 1, at_end=True)

    def replace_word(self, word: QTextCursor, text: str, label: str) -> None:
        """Put a text in place of a word that a cursor selects, as one step of that name."""
        if not self.isReadOnly():
            with self._binding.step(label):
                word.insertText(text)

    # -- commands on lines

    def split(self) -> None:
        """Start a new block of the same kind at the cursor (Enter)."""
        cursor = self.textCursor()
        line = cursor.block()
        first, last = self.selected_numbers()
        here = read_line(line)
        name = _NAMES[here.kind]
        if first == last and here.kind in SOLID_KINDS:
            self._add_paragraph(first + (0 if cursor.atBlockStart() else 1))
        elif first == last and not here.text and here.kind == "bullet":
            if here.level:
                self.nest(0)
            else:
                self.toggle("paragraph")
        elif self._binding.blocks:
            with self._binding.step(f"Split {name}"):
                cursor.beginEditBlock()
                if first != last:
                    self.remove(cursor)
                elif cursor.hasSelection():
                    cursor.removeSelectedText()
                self._split_line(cursor)
                cursor.endEditBlock()
            self.setTextCursor(cursor)

    def _split_line(self, cursor: QTextCursor) -> None:
        line = cursor.block()
        here = read_line(line)
        if here.kind in SOLID_KINDS:
            return
        start, end = cursor.atBlockStart(), cursor.atBlockEnd()
        cursor.insertBlock()
        if start and not end:
            # The block stays with its text.
            dress_line(line, here._replace(id="", evidence=()))
            dress_line(cursor.block(), here)
        elif end:
            kind = here.kind
            if kind == "heading":
                kind = self._first_kind
            elif kind != "bullet":
                kind = "paragraph"
            dress_line(cursor.block(), WantedBlock(kind, "", level=here.level))

    def _add_paragraph(self, number: int) -> None:
        lines = self._binding.lines()
        lines.insert(number, WantedBlock("paragraph", ""))
        self._binding.apply(lines, "Add paragraph")
        self._go_to(number)

    def nest(self, level: int) -> bool:
        """Nest the selected bullets (1) or take them out again (0); False: nothing to do."""
        first, last = self.selected_numbers()
        lines = editing.nest(self._binding.lines(), first, last, level)
        if lines is None or not self._binding.blocks:
            return False
        self._binding.apply(lines, "Nest bullet" if level else "Un-nest bullet")
        return True

    def toggle(self, kind: BlockKind) -> None:
        """Make the selected blocks of a kind, or paragraphs if they are of that kind."""
        if self.isReadOnly():
            return
        first, last = self.selected_numbers()
        new = editing.toggle(self._binding.lines(), first, last, kind)
        if not self._binding.blocks:
            dress_line(self.document().firstBlock(), new[0])
            return
        self._binding.apply(new, f"Turn into {_NAMES[new[first].kind]}")

    def move_block(self, by: int) -> None:
        """Move the block with the cursor up (-1) or down (1), with the bullets nested below it."""
        if not self._binding.blocks or self.isReadOnly():
            return
        number = self.textCursor().blockNumber()
        lines = self._binding.lines()
        new, moved = editing.move(lines, number, by)
        if moved:
            self._binding.apply(new, f"Move {_NAMES[lines[number].kind]}")

    def delete_block(self, number: int) -> None:
        """Delete a whole block."""
        lines = self._binding.lines()
        gone = lines.pop(number)
        self._binding.apply(lines, f"Delete {_NAMES[gone.kind]}")
        self._go_to(min(number, max(len(lines) - 1, 0)))

    def erase(self, *, back: bool) -> bool:
        """Erase where lines meet, and return whether that was it: else it is a letter."""
        cursor = self.textCursor()
        first, last = self.selected_numbers()
        if first != last:
            with self._binding.step(f"Delete in {self.part_name}"):
                self.remove(cursor)
            return True
        if line_kind(cursor.block()) in SOLID_KINDS:
            self.delete_block(first)
            return True
        if cursor.hasSelection() or not (cursor.atBlockStart() if back else cursor.atBlockEnd()):
            return False
        if back and line_kind(cursor.block()) != "paragraph":
            self.toggle("paragraph")
        else:
            self._join(first - 1 if back else first, back=back)
        return True

    def _join(self, front: int, *, back: bool) -> None:
        lines = self._binding.lines()
        if front < 0 or front + 1 >= len(lines):
            return
        own = front + 1 if back else front
        other = front if back else front + 1
        if lines[other].kind in SOLID_KINDS:
            if not lines[own].text:
                self.delete_block(own)
            self._go_to(front, at_end=True)
            return
        cursor = QTextCursor(self.document().findBlockByNumber(front))
        cursor.movePosition(_MOVE.EndOfBlock)
        cursor.movePosition(_MOVE.NextBlock, _KEEP)
        with self._binding.step(f"Join {_NAMES[lines[front].kind]}"):
            self.remove(cursor)

    def remove(self, cursor: QTextCursor, text: str = "") -> None:
        """Remove a selection over several lines; what is left keeps its notes."""
        start, end = QTextCursor(cursor), QTextCursor(cursor)
        start.setPosition(cursor.selectionStart())
        end.setPosition(cursor.selectionEnd())
        first, last = read_line(start.block()), read_line(end.block())
        # A table is deleted whole, or not at all.
        if first.kind in SOLID_KINDS:
            if start.atBlockEnd():
                start.movePosition(_MOVE.NextBlock)
                first = read_line(start.block())
            else:
                start.movePosition(_MOVE.StartOfBlock)
        if last.kind in SOLID_KINDS:
            if end.atBlockStart():
                end.movePosition(_MOVE.PreviousCharacter)
                last = read_line(end.block())
            else:
                end.movePosition(_MOVE.EndOfBlock)
        if start.position() > end.position() or (
            start.block() == end.block() and first.kind in SOLID_KINDS and not start.atBlockStart()
        ):
            return
        front, behind = not start.atBlockStart(), not end.atBlockEnd()
        base = last if behind and not front else first
        notes = (*base.evidence,)
        if front and behind:
            notes = tuple(dict.fromkeys((*first.evidence, *last.evidence)))
        shape = base if base is first else first
        kind, level = (shape.kind, shape.level)
        if kind in SOLID_KINDS or (base is last and len(first.text) and not front):
            kind, level = base.kind, base.level
        left = base._replace(kind=kind, level=level, evidence=notes)
        if left.kind in SOLID_KINDS:
            left = WantedBlock("paragraph", "")
        start.setPosition(end.position(), _KEEP)
        start.beginEditBlock()
        start.removeSelectedText()
        dress_line(start.block(), left)
        start.insertText(text)
        start.endEditBlock()
        cursor.setPosition(start.position())
        self.setTextCursor(start)

    def selected_numbers(self) -> tuple[int, int]:
        """Return the numbers of the first and the last selected line."""
        cursor = self.textCursor()
        text = self.document()
        first = text.findBlock(cursor.selectionStart()).blockNumber()
        return first, text.findBlock(cursor.selectionEnd()).blockNumber()

    def _go_to(self, number: int, *, at_end: bool = False) -> None:
        cursor = QTextCursor(self.document().findBlockByNumber(number))
        if at_end:
            cursor.movePosition(_MOVE.EndOfBlock)
        self.setTextCursor(cursor)


def selected_text(cursor: QTextCursor) -> str:
    """Return what is selected, line breaks as newlines."""
    return clean_text(cursor.selectedText().replace(LINE_BREAK, "\n"))


def _text_before(cursor: QTextCursor) -> str:
    part = QTextCursor(cursor)
    part.movePosition(_MOVE.StartOfBlock, _KEEP)
    return selected_text(part)


def _text_behind(cursor: QTextCursor) -> str:
    part = QTextCursor(cursor)
    part.movePosition(_MOVE.EndOfBlock, _KEEP)
    return selected_text(part)
