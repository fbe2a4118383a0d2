"""What can be done to the blocks of a text area: split, join, nest, move, turn, put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from inspector_app.domain.block_edits import WantedBlock, draft_move
from inspector_app.domain.entities import Block
from inspector_app.ui.blocks import editing
from inspector_app.ui.blocks.area import BlockArea
from inspector_app.ui.blocks.binding import BlockBinding
from inspector_app.ui.blocks.lines import (
    EMBEDDED_KINDS,
    LINE_BREAK,
    apply_line_format,
    clean_text,
    line_id,
    line_kind,
    read_line,
)
from inspector_app.ui.blocks.names import part_name
from inspector_app.ui.widgets.qt_text import count_units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.entities import AnyEntity, BlockKind

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
        if line_kind(line) in EMBEDDED_KINDS:
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
            if kept[0].kind in EMBEDDED_KINDS and start.atBlockStart():
                kept.pop(0)
                front = ""
            if kept[-1].kind in EMBEDDED_KINDS and not end.atBlockEnd():
                back = ""
            base = lines[first] if front or not back else lines[last]
            if base.kind in EMBEDDED_KINDS:
                base = WantedBlock("paragraph", "")
            notes = dict.fromkeys((*lines[first].evidence, *lines[last].evidence))
            merged = base._replace(text=front + back, evidence=tuple(notes))
            lines[first : last + 1] = [merged]
        new, number, offset = editing.insert(lines, first, front, back, list(blocks))
        self._binding.apply(new, label)
        line = self.document().findBlockByNumber(number)
        at = QTextCursor(line)
        if new[number].kind in EMBEDDED_KINDS:
            at.movePosition(_MOVE.EndOfBlock)
        else:
            text = new[number].text[:offset].replace("\n", LINE_BREAK)
            units = len(text.encode("utf-16-le", "surrogatepass")) // 2
            at.setPosition(line.position() + min(units, line.length() - 1))
        self.setTextCursor(at)

    def add_blocks(
        self, blocks: Sequence[WantedBlock], label: str, parts: Sequence[AnyEntity] = ()
    ) -> None:
        """Put whole blocks in behind the one with the cursor, as one step with `parts`.

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
        self._binding.apply(lines, label, parts)
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
        if first == last and here.kind in EMBEDDED_KINDS:
            self.add_paragraph()
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
        if here.kind in EMBEDDED_KINDS:
            return
        start, end = cursor.atBlockStart(), cursor.atBlockEnd()
        cursor.insertBlock()
        if start and not end:
            # The block stays with its text.
            apply_line_format(line, here._replace(id="", evidence=()))
            apply_line_format(cursor.block(), here)
        elif end:
            kind = here.kind
            if kind == "heading":
                kind = self._first_kind
            elif kind != "bullet":
                kind = "paragraph"
            apply_line_format(cursor.block(), WantedBlock(kind, "", level=here.level))

    def add_paragraph(self) -> None:
        """Start a paragraph behind the line with the cursor, or in front where that starts it."""
        cursor = self.textCursor()
        number = cursor.blockNumber() + (0 if cursor.atBlockStart() else 1)
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
            apply_line_format(self.document().firstBlock(), new[0])
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

    def group_ids(self, number: int) -> list[str]:
        """Return the ids of a line's block and of the bullets nested below it."""
        blocks = self._binding.blocks
        if number >= len(blocks):
            return []
        first, end = editing.group(self._binding.lines(), number)
        return [block.id for block in blocks[first:end]]

    def selected_ids(self) -> list[str]:
        """Return the ids of the selected blocks and of the bullets nested below them."""
        first, last = self.selected_numbers()
        ids = [block.id for block in self._binding.blocks[first:last]]
        return [*ids, *self.group_ids(last)]

    def is_nested(self, block: str) -> bool:
        """Tell whether a block is a bullet below another."""
        return any(found.id == block and found.level for found in self._binding.blocks)

    def find_drop(self, spot: QPoint, *, nested: bool) -> int:
        """Return the line that what is dropped at a place of the viewport goes in front of.

        Only a nested bullet goes between a bullet and those nested below it.
        """
        line = self.line_at(spot)
        rect = self.document().documentLayout().blockBoundingRect(line)
        number = line.blockNumber() + (spot.y() > rect.center().y())
        blocks = self._binding.blocks
        while not nested and 0 < number < len(blocks) and blocks[number].level:
            number += 1
        return min(number, len(blocks))

    def take_blocks(self, ids: Sequence[str], number: int, source: BlockCommands) -> None:
        """Move blocks of this part or another in front of a line, as one step."""
        own = [block.id for block in self._binding.blocks]
        before = next((id_ for id_ in own[number:] if id_ not in ids), None)
        if any(self._document.inspection.find(id_) is None for id_ in ids) or (
            ids[0] in own and 0 <= number - own.index(ids[0]) <= len(ids)
        ):
            return
        draft = self._binding.start_draft()
        draft_move(draft, ids, self.parent_id, before)
        where = "" if source is self else f" to {self.part_name}"
        self._document.apply_draft(draft, f"Move {source.name_blocks(ids)}{where}")
        self.show_block(ids[0])

    def name_blocks(self, ids: Sequence[str]) -> str:
        """Return what blocks of this part are called in an undo step."""
        found = [block for block in self._binding.blocks if block.id in ids]
        return _NAMES[found[0].kind] if found else "text"

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
        if line_kind(cursor.block()) in EMBEDDED_KINDS:
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
        if lines[other].kind in EMBEDDED_KINDS:
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
        if first.kind in EMBEDDED_KINDS:
            if start.atBlockEnd():
                start.movePosition(_MOVE.NextBlock)
                first = read_line(start.block())
            else:
                start.movePosition(_MOVE.StartOfBlock)
        if last.kind in EMBEDDED_KINDS:
            if end.atBlockStart():
                end.movePosition(_MOVE.PreviousCharacter)
                last = read_line(end.block())
            else:
                end.movePosition(_MOVE.EndOfBlock)
        if start.position() > end.position() or (
            first.kind in EMBEDDED_KINDS and start.block() == end.block() and not start.atBlockStart()
        ):
            return
        front, behind = not start.atBlockStart(), not end.atBlockEnd()
        base = last if behind and not front else first
        notes = (*base.evidence,)
        if front and behind:
            notes = tuple(dict.fromkeys((*first.evidence, *last.evidence)))
        shape = base if base is first else first
        kind, level = (shape.kind, shape.level)
        if kind in EMBEDDED_KINDS or (base is last and len(first.text) and not front):
            kind, level = base.kind, base.level
        left = base._replace(kind=kind, level=level, evidence=notes)
        if left.kind in EMBEDDED_KINDS:
            left = WantedBlock("paragraph", "")
        start.setPosition(end.position(), _KEEP)
        start.beginEditBlock()
        start.removeSelectedText()
        apply_line_format(start.block(), left)
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
