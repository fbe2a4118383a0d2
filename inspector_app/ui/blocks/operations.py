"""What can be done to the blocks of a text area: insert, split, join, nest, turn, delete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from inspector_app.domain.block_edits import WantedBlock, draft_blocks
from inspector_app.texts import clean_text, collapse_spaces, count_units, pluralise
from inspector_app.ui.blocks import editing
from inspector_app.ui.blocks.lines import (
    EMBEDDED_KINDS,
    LINE_BREAK,
    apply_line_format,
    char_format,
    is_embedded,
    read_line,
    wanted_block,
)
from inspector_app.ui.blocks.names import KIND_NAMES

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from PySide6.QtWidgets import QTextEdit

    from inspector_app.domain.entities import AnyEntity, BlockKind, EvidenceNote
    from inspector_app.ui.blocks.binding import BlockBinding
    from inspector_app.ui.blocks.cursor import BlockCursor

_KEEP = QTextCursor.MoveMode.KeepAnchor
_MOVE = QTextCursor.MoveOperation
_WRITTEN = {"paragraph", "bullet"}
_BULLET_MARKS = {"- ", "* "}
_BEGIN_BULLET = "Begin bullet"


@dataclass(eq=False)
class BlockOperations:
    """Edits the blocks that the cursor is on; each edit is one undo step."""

    _area: QTextEdit
    _binding: BlockBinding
    _cursor: BlockCursor
    _begun: str = ""
    """The block that was last made a bullet by what was typed at its start."""

    # -- inserting

    def insert_blocks(self, blocks: Sequence[WantedBlock], label: str) -> None:
        """Insert blocks at the cursor, in place of what is selected."""
        if blocks and not self._area.isReadOnly():
            lines, number, offset = self._insert_at_cursor(blocks)
            self._binding.apply(lines, label)
            self._go_behind(lines[number], number, offset)

    def insert_in_steps(
        self, blocks: Sequence[WantedBlock], label: str
    ) -> Generator[float, None, None]:
        """Insert very many blocks, see `BlockBinding.apply_in_steps`."""
        if blocks and not self._area.isReadOnly():
            lines, number, offset = self._insert_at_cursor(blocks)
            yield from self._binding.apply_in_steps(lines, label)
            self._go_behind(lines[number], number, offset)

    def take_back(self) -> None:
        """Show again what the document has, where `insert_in_steps` is not to end."""
        self._binding.redraw()

    def _insert_at_cursor(
        self, blocks: Sequence[WantedBlock]
    ) -> tuple[list[WantedBlock], int, int]:
        """Return all lines with others at the cursor, as `editing.insert` does."""
        lines = self._binding.lines()
        start, end = _selection_ends(self._area.textCursor())
        first, last = start.blockNumber(), end.blockNumber()
        front, back = _text_up_to(start, _MOVE.StartOfBlock), _text_up_to(end, _MOVE.EndOfBlock)
        several = len(set(self._cursor.selected_lines)) > 1
        if several and not _is_nothing(start, end):
            base = lines[first] if front or not back else lines[last]
            if base.kind in EMBEDDED_KINDS:
                base = WantedBlock("paragraph", "")
            notes = dict.fromkeys((*lines[first].evidence, *lines[last].evidence))
            merged = base._replace(text=front + back, evidence=tuple(notes))
            lines[first : last + 1] = [merged]
        if is_embedded(start.block()) and start == end and start.atBlockStart():
            # In front of an object, not behind it.
            new = [*lines[:first], *blocks, *lines[first:]]
            return new, first + len(blocks) - 1, len(blocks[-1].text)
        return editing.insert(lines, first, front, back, list(blocks))

    def _go_behind(self, shown: WantedBlock, number: int, offset: int) -> None:
        """Put the cursor behind what was inserted: into a line, behind so much of its text."""
        line = self._area.document().findBlockByNumber(number)
        at = QTextCursor(line)
        if shown.kind in EMBEDDED_KINDS:
            at.movePosition(_MOVE.EndOfBlock)
        else:
            units = count_units(shown.text[:offset])
            at.setPosition(line.position() + min(units, line.length() - 1))
        self._area.setTextCursor(at)

    def add_blocks(
        self, blocks: Sequence[WantedBlock], label: str, parts: Sequence[AnyEntity] = ()
    ) -> None:
        """Add whole blocks below the one with the cursor, in one step with `parts`.

        They go to the end while the text area never had the focus.
        """
        if not blocks or self._area.isReadOnly():
            return
        lines = self._binding.lines() if self._binding.blocks else []
        at = self._cursor.line.blockNumber() + 1 if self._cursor.is_placed else len(lines)
        if at and at <= len(lines) and lines[at - 1].text == "" and lines[at - 1].kind == "bullet":
            lines.pop(at - 1)
            at -= 1
        at = min(at, len(lines))
        lines[at:at] = blocks
        self._binding.apply(lines, label, parts)
        self._cursor.go_to(at + len(blocks) - 1, at_end=True)

    def add_notes(self, notes: Sequence[EvidenceNote], at: int | None = None) -> None:
        """Write notes that have a text as bullets, each linked to its own.

        Args:
            notes: The notes; in one step.
            at: The line that they go in front of, or in the place of where it is empty; None: they
                go below the one with the cursor.
        """
        notes = [note for note in notes if note.text.strip()]
        if not notes or self._area.isReadOnly():
            return
        lines = self._binding.lines() if self._binding.blocks else []
        if at is None:
            at = self._cursor.line.blockNumber() if self._cursor.is_placed else len(lines)
            at += at < len(lines) and bool(lines[at].text or lines[at].kind in EMBEDDED_KINDS)
        level = 0
        if at < len(lines) and not lines[at].text and lines[at].kind not in EMBEDDED_KINDS:
            level = lines.pop(at).level
        lines[at:at] = [
            # A line break inside a bullet would be two lines of one bullet in the report.
            WantedBlock("bullet", collapse_spaces(note.text), level=level, evidence=(note.id,))
            for note in notes
        ]
        self._binding.apply(lines, f"Add {pluralise(len(notes), 'note')} to the report")
        self._cursor.go_to(at + len(notes) - 1, at_end=True)

    def add_paragraph(self) -> None:
        """Start a paragraph below the line with the cursor; above it if that is at its start."""
        cursor = self._area.textCursor()
        number = cursor.blockNumber() + (0 if cursor.atBlockStart() else 1)
        lines = self._binding.lines()
        lines.insert(number, WantedBlock("paragraph", ""))
        self._binding.apply(lines, "Add paragraph")
        self._cursor.go_to(number)

    # -- typing

    def type_over(self, text: str) -> bool:
        """Put typed text in place of several selected lines, or beside an embedded object.

        Returns:
            False where it is within one line of text: Qt's text area does that by itself.
        """
        first, last = self._cursor.selected_lines
        if first != last:
            with self._binding.step(f"Type in {self._binding.part_name}"):
                self.remove(self._area.textCursor(), text.replace("\n", LINE_BREAK))
            return True
        if not is_embedded(self._cursor.line):
            return False
        self._write_beside(text)
        return True

    def _write_beside(self, text: str) -> None:
        """Start a line of text in front of the object with the cursor, or behind it."""
        cursor = self._area.textCursor()
        line = cursor.block()
        here, number = self._binding.blocks[line.blockNumber()], line.blockNumber()
        in_front = cursor.atBlockStart() and not cursor.hasSelection()
        blocks = self._binding.blocks
        beside = [number - 1, number + 1] if in_front else [number + 1, number - 1]
        kinds = [blocks[at].kind for at in beside if 0 <= at < len(blocks)]
        kind = next((kind for kind in kinds if kind in _WRITTEN), self._binding.first_kind)
        with self._binding.typing():
            cursor.beginEditBlock()
            cursor.setPosition(line.position() + (0 if in_front else line.length() - 1))
            cursor.insertBlock()
            if in_front:
                apply_line_format(cursor.block(), wanted_block(here), here)
                cursor.movePosition(_MOVE.PreviousBlock)
            apply_line_format(cursor.block(), WantedBlock(kind, ""))
            self._area.setTextCursor(cursor)
            cursor.insertText(text, char_format(kind))
            cursor.endEditBlock()
            self._area.setTextCursor(cursor)

    def break_line(self) -> None:
        """Start a new line within the block."""
        if not self.type_over(LINE_BREAK):
            with self._binding.typing():
                self._area.textCursor().insertText(LINE_BREAK)

    def replace_word(self, word: QTextCursor, text: str, label: str) -> None:
        """Put a text in place of a word that a cursor selects, as one step of that name."""
        if not self._area.isReadOnly():
            with self._binding.step(label):
                word.insertText(text)

    def begin_bullet(self) -> None:
        """Make a bullet of a line whose start was just typed as one: “- ”, “* ”.

        It is a step of its own: undo, or Backspace at once, brings back what was typed.
        """
        cursor = self._area.textCursor()
        number = cursor.blockNumber()
        if cursor.positionInBlock() != 2 or cursor.hasSelection():
            return
        lines = self._binding.lines()
        line = lines[number]
        if line.kind in {"paragraph", "bullet"} and line.text[:2] in _BULLET_MARKS:
            lines[number] = line._replace(kind="bullet", text=line.text[2:])
            self._binding.apply(lines, _BEGIN_BULLET)
            self._begun = line.id
            self._cursor.go_to(number)

    def _has_begun_bullet(self) -> bool:
        """Tell whether the last step made a bullet of the line with the cursor."""
        last = self._binding.document.undo_stack.undoText()
        return last == _BEGIN_BULLET and self._begun == self._cursor.block_id

    # -- splitting

    def split(self) -> None:
        """Start a new block of the same kind at the cursor."""
        cursor = self._area.textCursor()
        first, last = self._cursor.selected_lines
        here = read_line(cursor.block())
        if first == last and here.kind in EMBEDDED_KINDS:
            self.add_paragraph()
        elif first == last and not here.text and here.kind == "bullet":
            if here.level:
                self.nest(0)
            else:
                self.toggle("paragraph")
        elif self._binding.blocks:
            with self._binding.step(f"Split {KIND_NAMES[here.kind]}"):
                cursor.beginEditBlock()
                if first != last:
                    self.remove(cursor)
                elif cursor.hasSelection():
                    cursor.removeSelectedText()
                self._split_line(cursor)
                cursor.endEditBlock()
            self._area.setTextCursor(cursor)

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
                kind = self._binding.first_kind
            elif kind != "bullet":
                kind = "paragraph"
            apply_line_format(cursor.block(), WantedBlock(kind, "", level=here.level))

    # -- kinds and levels

    def can_nest(self, level: int) -> bool:
        """Tell whether a selected bullet can be nested (1) or moved out again (0)."""
        blocks = self._binding.blocks
        first, last = self._cursor.selected_lines
        return any(
            editing.can_nest(blocks, index, level)
            for index in range(first, min(last + 1, len(blocks)))
        )

    def nest(self, level: int) -> None:
        """Nest the selected bullets (1) or move them out again (0)."""
        if self.can_nest(level):
            lines = editing.nest(self._binding.lines(), *self._cursor.selected_lines, level)
            self._binding.apply(lines, "Increase indent" if level else "Decrease indent")

    def toggle(self, kind: BlockKind) -> None:
        """Make the selected blocks of a kind, or paragraphs if they are of that kind."""
        first, last = self._cursor.selected_lines
        new = editing.toggle(self._binding.lines(), first, last, kind)
        if not self._binding.blocks:
            apply_line_format(self._area.document().firstBlock(), new[0])
            return
        self._binding.apply(new, f"Turn into {KIND_NAMES[new[first].kind]}")

    def are_all(self, kind: BlockKind) -> bool:
        """Tell whether all selected blocks are of a kind."""
        return editing.are_all(self._binding.lines(), *self._cursor.selected_lines, kind)

    def turn_into_breach(self, regulation: str) -> None:
        """Make the selected blocks breach statements about a regulation, "" if it is open."""
        first, last = self._cursor.selected_lines
        lines = editing.set_kind(self._binding.lines(), first, last, "breach")
        draft = self._binding.start_draft()
        ids = draft_blocks(draft, self._binding.parent_id, lines)
        for id_, line in list(zip(ids, lines, strict=True))[first : last + 1]:
            if line.kind == "breach":
                draft.set(id_, "regulation", regulation)
        self._binding.end_run()
        self._binding.document.apply_draft(draft, f"Turn into {KIND_NAMES['breach']}")

    # -- erasing

    def delete_block(self, number: int) -> None:
        """Delete a whole block."""
        lines = self._binding.lines()
        gone = lines.pop(number)
        self._binding.apply(lines, f"Delete {KIND_NAMES[gone.kind]}")
        self._cursor.go_to(min(number, max(len(lines) - 1, 0)))

    def erase(self, *, back: bool) -> bool:
        """Erase several lines, an embedded object, or the end of a line.

        Args:
            back: Erase in front of the cursor, not behind it.

        Returns:
            False where it is a letter: Qt's text area does that by itself.
        """
        cursor = self._area.textCursor()
        first, last = self._cursor.selected_lines
        if first != last:
            with self._binding.step(f"Delete in {self._binding.part_name}"):
                self.remove(cursor)
            return True
        if is_embedded(cursor.block()):
            self._erase_at_object(cursor, first, back=back)
            return True
        if cursor.hasSelection() or not (cursor.atBlockStart() if back else cursor.atBlockEnd()):
            return False
        if back and self._has_begun_bullet():
            self._binding.document.undo_stack.undo()
        elif back and read_line(cursor.block()).kind != "paragraph":
            self.toggle("paragraph")
        else:
            self._join(first - 1 if back else first, back=back)
        return True

    def _erase_at_object(self, cursor: QTextCursor, number: int, *, back: bool) -> None:
        """Select the object, delete the one that is selected, or erase what is beside it."""
        if cursor.hasSelection():
            self.delete_block(number)
            return
        if not (cursor.atBlockStart() if back else cursor.atBlockEnd()):
            self._cursor.select_object(number)
            return
        blocks, other = self._binding.blocks, number - 1 if back else number + 1
        if not 0 <= other < len(blocks):
            return
        if blocks[other].kind in EMBEDDED_KINDS:
            self._cursor.select_object(other)
        elif blocks[other].text:
            self._cursor.go_to(other, at_end=back)
        else:
            self.delete_block(other)
            self._cursor.go_to(other if back else number, at_end=not back)

    def cut(self) -> None:
        """Remove what is selected."""
        cursor = self._area.textCursor()
        first, last = self._cursor.selected_lines
        if first == last and is_embedded(cursor.block()):
            self.delete_block(first)
            return
        with self._binding.step("Cut"):
            if first != last:
                self.remove(cursor)
            else:
                cursor.removeSelectedText()

    def _join(self, front: int, *, back: bool) -> None:
        lines = self._binding.lines()
        if front < 0 or front + 1 >= len(lines):
            return
        own = front + 1 if back else front
        other = front if back else front + 1
        if not back and not lines[own].text:
            # What comes after an emptied line stays what it is.
            self.delete_block(own)
            return
        if lines[other].kind in EMBEDDED_KINDS:
            if lines[own].text:
                self._cursor.select_object(other)
            else:
                self.delete_block(own)
                self._cursor.go_to(front, at_end=True)
            return
        cursor = QTextCursor(self._area.document().findBlockByNumber(front))
        cursor.movePosition(_MOVE.EndOfBlock)
        cursor.movePosition(_MOVE.NextBlock, _KEEP)
        with self._binding.step(f"Join {KIND_NAMES[lines[front].kind]}"):
            self.remove(cursor)

    def remove(self, cursor: QTextCursor, text: str = "") -> None:
        """Remove a selection over several lines; what is left keeps its notes."""
        start, end = _selection_ends(cursor)
        if _is_nothing(start, end):
            return
        left = editing.join(
            read_line(start.block()),
            read_line(end.block()),
            front=not start.atBlockStart(),
            back=not end.atBlockEnd(),
        )
        start.setPosition(end.position(), _KEEP)
        start.beginEditBlock()
        start.removeSelectedText()
        apply_line_format(start.block(), left)
        start.insertText(text)
        start.endEditBlock()
        cursor.setPosition(start.position())
        self._area.setTextCursor(start)


def selected_text(cursor: QTextCursor) -> str:
    """Return what is selected, line breaks as newlines."""
    return clean_text(cursor.selectedText().replace(LINE_BREAK, "\n"))


def _selection_ends(cursor: QTextCursor) -> tuple[QTextCursor, QTextCursor]:
    """Return where a selection starts and ends.

    Of several lines, an embedded object is selected whole or not at all: an end within one moves to
    where it starts or ends.
    """
    start, end = QTextCursor(cursor), QTextCursor(cursor)
    start.setPosition(cursor.selectionStart())
    end.setPosition(cursor.selectionEnd())
    if start.block() == end.block():
        return start, end
    if is_embedded(start.block()):
        start.movePosition(_MOVE.NextBlock if start.atBlockEnd() else _MOVE.StartOfBlock)
    if is_embedded(end.block()):
        end.movePosition(_MOVE.PreviousCharacter if end.atBlockStart() else _MOVE.EndOfBlock)
    # From the end of an object to the start of the next nothing is selected.
    return (start, end) if start.position() <= end.position() else (end, end)


def _is_nothing(start: QTextCursor, end: QTextCursor) -> bool:
    return start.position() == end.position() and is_embedded(start.block())


def _text_up_to(cursor: QTextCursor, end: QTextCursor.MoveOperation) -> str:
    part = QTextCursor(cursor)
    part.movePosition(end, _KEEP)
    return selected_text(part)
