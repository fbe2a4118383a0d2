"""A text area bound to the blocks of one part: a change of either changes the other."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextCursor

from inspector_app.domain.block_edits import WantedBlock, draft_blocks
from inspector_app.domain.change import WHOLE
from inspector_app.domain.entities import Block
from inspector_app.ui.blocks.lines import (
    EMBEDDED_KINDS,
    LINE_BREAK,
    apply_line_format,
    char_format,
    is_shown,
    line_format,
    line_id,
    line_kind,
    line_level,
    line_text,
    read_line,
    replace_text,
    shown_text,
    wanted_block,
)
from inspector_app.ui.blocks.names import part_name
from inspector_app.ui.widgets.qt_text import choose_wrapping

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from PySide6.QtGui import QTextBlock
    from PySide6.QtWidgets import QTextEdit

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.entities import AnyEntity, BlockKind

_MOVE = QTextCursor.MoveOperation
_KEEP = QTextCursor.MoveMode.KeepAnchor
_STEP = 250
"""Lines that are inserted at once."""


class BlockBinding(QObject):
    """Keeps the lines of a text area and the blocks of a part the same.

    There is a line for every block; a part without blocks has one empty line.

    Args:
        document: The open inspection.
        parent_id: The part.
        area: The text area.
        first_kind: What the first line of an empty part is.
        name: What the part is called; None: after the part.
        make_parent: Drafts the part where it does not exist yet.
    """

    def __init__(
        self,
        document: InspectionDocument,
        parent_id: str,
        area: QTextEdit,
        first_kind: BlockKind,
        name: str | None = None,
        make_parent: Callable[[Draft], None] | None = None,
    ) -> None:
        super().__init__(area)
        self.blocks: list[Block] = []
        """The blocks, line by line."""
        self.document = document
        self.parent_id = parent_id
        self.first_kind: BlockKind = first_kind
        self._area = area
        self._text = area.document()
        self._name = name
        self.make_parent = make_parent
        """Drafts the part where it does not exist yet."""
        self._busy = False
        self._is_typing = False
        self._step = ""
        self._run = 0
        self._touched: tuple[int, int] | None = None
        self.redraw()
        self._text.contentsChange.connect(self._on_contents_change)
        self._text.contentsChanged.connect(self._on_contents_changed)
        area.cursorPositionChanged.connect(self._on_cursor_position_changed)
        document.changed.connect(self._on_document_changed)

    @property
    def part_name(self) -> str:
        """What the part is called."""
        return self._name or part_name(self.document, self.parent_id)

    # -- from the text area to the document

    @contextlib.contextmanager
    def step(self, label: str) -> Iterator[None]:
        """Make all edits of the text within one undo step of that name."""
        self.end_run()
        outer, self._step = self._step, label
        try:
            yield
        finally:
            self._step = outer
            self.end_run()

    @contextlib.contextmanager
    def typing(self) -> Iterator[None]:
        """Add edits of the text within to the undo step of the letters typed before, if any."""
        self._is_typing = True
        try:
            yield
        finally:
            self._is_typing = False

    @Slot()
    def _on_cursor_position_changed(self) -> None:
        if not self._is_typing:
            self.end_run()

    def end_run(self) -> None:
        """Let the next letter start a new undo step."""
        self._run += 1

    def lines(self) -> list[WantedBlock]:
        """Return the lines, as blocks that leave everything as it is."""
        if not self.blocks:
            return [read_line(self._text.firstBlock())._replace(text="", id="")]
        return [wanted_block(block) for block in self.blocks]

    def apply(
        self, lines: Sequence[WantedBlock], label: str, parts: Sequence[AnyEntity] = ()
    ) -> list[str]:
        """Make the blocks what the lines say, in one undo step with new entities that they need.

        The text area follows.
        """
        self.end_run()
        draft = self.start_draft()
        draft.create_all(parts)
        ids = draft_blocks(draft, self.parent_id, lines)
        self.document.apply_draft(draft, label)
        self.end_run()
        return ids

    def apply_in_steps(
        self, lines: Sequence[WantedBlock], label: str
    ) -> Generator[float, None, None]:
        """Do what `apply` does in steps, so that a window can paint between them.

        The lines are shown first; the document changes in the last step, and until then `redraw`
        takes back what is shown. Each step gives the share done.
        """
        self.end_run()
        draft = self.start_draft()
        draft_blocks(draft, self.parent_id, lines)
        yield 0
        yield from self._show_in_steps(list(draft.result.children(self.parent_id, Block)))
        self.document.apply_draft(draft, label)
        self.end_run()

    def start_draft(self) -> Draft:
        """Return a draft in which the part is there."""
        draft = self.document.draft()
        if self.make_parent is not None and draft.result.find(self.parent_id) is None:
            self.make_parent(draft)
        return draft

    @Slot(int, int, int)
    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        if self._busy:
            return
        first, last = self._touched or (position, position)
        # This edit moved what was touched before.
        if last >= position + removed:
            last += added - removed
        self._touched = (min(first, position), max(last, position + added))

    @Slot()
    def _on_contents_changed(self) -> None:
        if self._busy or self._touched is None:
            return
        first, last = self._touched
        self._touched = None
        with self._being_busy():
            if not self._commit_line(first, last):
                self._commit_lines(first, last)

    def _commit_line(self, first: int, last: int) -> bool:
        """Commit typing within one line, if that is what happened."""
        line = self._text.findBlock(first)
        end = self._text.findBlock(last)
        if not end.isValid():
            end = self._text.lastBlock()
        if line != end or not self.blocks or self._text.blockCount() != len(self.blocks):
            return False
        number = line.blockNumber()
        block = self.blocks[number]
        wanted = read_line(line)
        if (
            wanted.id != block.id
            or (wanted.kind, wanted.level) != (block.kind, block.level)
            or block.kind in EMBEDDED_KINDS
            or (len(self.blocks) == 1 and not wanted.text)
        ):
            return False
        if wanted.text != shown_text(block):
            self.document.set_field(
                block.id, "text", wanted.text, self._label(), self._merge_key(block.id)
            )
            self.blocks[number] = self.document.inspection.get(block.id, Block)
        if not is_shown(line, self.blocks[number]):
            self._show(line, self.blocks[number])
        return True

    def _commit_lines(self, first: int, last: int) -> None:
        """Commit whatever happened between two places; the lines around are as they were."""
        head, tail = self._untouched_lines(first, last)
        wanted = self._read_lines(head, tail)
        draft = self.start_draft()
        ids = draft_blocks(draft, self.parent_id, wanted)
        number = self._area.textCursor().blockNumber()
        key = self._merge_key(ids[number]) if number < len(ids) else ""
        self.document.apply_draft(draft, self._label(), key)
        self.blocks = list(self.document.inspection.children(self.parent_id, Block))
        self._settle(head, tail)

    def _untouched_lines(self, first: int, last: int) -> tuple[int, int]:
        """Return how many lines at the front and at the end an edit left as they were."""
        count = self._text.blockCount()
        most = min(count, len(self.blocks))
        end = self._text.findBlock(last)
        head = min(self._text.findBlock(first).blockNumber(), most)
        tail = count - 1 - end.blockNumber() if end.isValid() else 0
        return head, min(tail, most - head)

    def _read_lines(self, head: int, tail: int) -> list[WantedBlock]:
        count, old = self._text.blockCount(), len(self.blocks)
        known = {block.id: block for block in self.blocks[head : old - tail]}
        wanted = [wanted_block(block) for block in self.blocks[:head]]
        line = self._text.findBlockByNumber(head)
        for _ in range(head, count - tail):
            wanted.append(self._read(line, known))
            line = line.next()
        wanted += [wanted_block(block) for block in self.blocks[old - tail :]]
        if len(wanted) == 1 and not wanted[0].text and wanted[0].kind not in EMBEDDED_KINDS:
            return []
        return wanted

    def _read(self, line: QTextBlock, known: dict[str, Block]) -> WantedBlock:
        wanted = read_line(line)
        block = known.pop(wanted.id, None)
        if block is None:
            if wanted.kind in EMBEDDED_KINDS:
                return wanted._replace(kind="paragraph", id="")
            return wanted._replace(id="")
        if block.kind in EMBEDDED_KINDS:
            return wanted_block(block)
        # Characters that the text area cannot show stay in blocks whose line was not edited.
        return wanted._replace(text=block.text) if wanted.text == shown_text(block) else wanted

    def _label(self) -> str:
        return self._step or f"Type in {self.part_name}"

    def _merge_key(self, block: str) -> str:
        return "" if self._step else f"{block}.text.{self._run}"

    # -- from the document to the text area

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if not self._busy and self._concerns(change):
            self.end_run()
            self.redraw()

    def _concerns(self, change: Change) -> bool:
        known = {block.id for block in self.blocks}
        for edit in change.edits:
            if edit.entity in known or edit.entity == self.parent_id:
                return True
            if edit.field == WHOLE:
                value = edit.after if edit.before is None else edit.before
                if isinstance(value, dict) and value.get("parent") == self.parent_id:
                    return True
            elif edit.field == "parent" and self.parent_id in {edit.before, edit.after}:
                return True
        return False

    @contextlib.contextmanager
    def _being_busy(self) -> Iterator[None]:
        outer, self._busy = self._busy, True
        try:
            yield
        finally:
            self._busy = outer

    @contextlib.contextmanager
    def _editing(self) -> Iterator[None]:
        """Make all edits of the text within at once; they are not typed."""
        cursor = QTextCursor(self._text)
        with self._being_busy():
            cursor.beginEditBlock()
            try:
                yield
            finally:
                cursor.endEditBlock()

    def redraw(self) -> None:
        """Show the blocks of the document; lines that show them already are not touched."""
        for _ in self._show_in_steps(
            list(self.document.inspection.children(self.parent_id, Block))
        ):
            pass

    def _show_in_steps(self, new: list[Block]) -> Generator[float, None, None]:
        """Show blocks; whoever shows others between two steps puts an end to it."""
        old = self.blocks
        place = self._remember_cursor()
        most = min(len(old), len(new))
        head = 0
        while head < most and _same(old[head], new[head]):
            head += 1
        tail = 0
        while tail < most - head and _same(old[-1 - tail], new[-1 - tail]):
            tail += 1
        if new and head == len(old) == len(new):
            self.blocks = new
            return
        first, last = len(old) - tail, len(new) - tail
        choose_wrapping(self._area, (block.text for block in (*old, *new)))
        at = first
        # Qt lays out all between two edits made at once, so many new lines come by themselves.
        while at < last and last - first > _STEP:
            with self._editing():
                self._insert(at, new[at : min(at + _STEP, last)])
            at = min(at + _STEP, last)
            shown = self.blocks = [*old[:first], *new[first:at], *old[first:]]
            yield (at - first) / (last - first)
            if self.blocks is not shown:
                return
        with self._editing():
            if at > last:
                self._remove(last, at - last)
            else:
                self._insert(at, new[at:last])
            self.blocks = new
            # Lines that were inserted show their blocks already.
            for number in (*range(max(head - 1, 0), min(first, last)), last):
                if number < len(new):
                    line = self._text.findBlockByNumber(number)
                    if not is_shown(line, new[number]):
                        self._show(line, new[number])
            if not new:
                self._clear()
        choose_wrapping(self._area, (block.text for block in new))
        self._restore_cursor(place)

    def _remove(self, first: int, count: int) -> None:
        cursor = QTextCursor(self._text.findBlockByNumber(first))
        if first > 0:
            cursor.movePosition(_MOVE.PreviousCharacter)
            end = QTextCursor(self._text.findBlockByNumber(first + count - 1))
            end.movePosition(_MOVE.EndOfBlock)
        else:
            end = QTextCursor(self._text.findBlockByNumber(first + count - 1))
            end.movePosition(_MOVE.EndOfBlock)
            end.movePosition(_MOVE.NextCharacter)
        cursor.setPosition(end.position(), _KEEP)
        cursor.removeSelectedText()

    def _insert(self, at: int, blocks: Sequence[Block]) -> None:
        """Insert lines in front of the line `at`; without blocks there is one empty line."""
        cursor = QTextCursor(self._text)
        rest = list(blocks)
        if rest and not self.blocks:
            self._show(self._text.firstBlock(), rest.pop(0))
            at = 1
        if at > 0:
            cursor = QTextCursor(self._text.findBlockByNumber(at - 1))
            cursor.movePosition(_MOVE.EndOfBlock)
        for block in rest:
            wanted = _as_line(block)
            letters = char_format(block.kind)
            text = shown_text(block).replace("\n", LINE_BREAK)
            if at > 0:
                cursor.insertBlock(line_format(wanted, block), letters)
                cursor.insertText(text, letters)
            else:
                # In front of everything: the first line is pushed down.
                cursor.movePosition(_MOVE.Start)
                cursor.insertText(text, letters)
                cursor.insertBlock()
                at = 1
                first = self._text.firstBlock()
                apply_line_format(first, wanted, block)
                cursor = QTextCursor(first)
                cursor.movePosition(_MOVE.EndOfBlock)

    def _clear(self) -> None:
        cursor = QTextCursor(self._text)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        apply_line_format(self._text.firstBlock(), WantedBlock(self.first_kind, ""))

    def _settle(self, head: int, tail: int) -> None:
        """Show in the edited lines the ids and notes that the document gave their blocks."""
        if not self.blocks:
            if self._text.blockCount() > 1 or line_id(self._text.firstBlock()):
                line = self._text.firstBlock()
                apply_line_format(line, WantedBlock(line_kind(line), "", level=line_level(line)))
            return
        line = self._text.findBlockByNumber(head)
        for block in self.blocks[head : len(self.blocks) - tail]:
            if not is_shown(line, block):
                self._show(line, block)
            line = line.next()

    def _show(self, line: QTextBlock, block: Block) -> None:
        """Make a line show a block, changing as little of its text as will do."""
        old, new = line_text(line), shown_text(block)
        if old != new:
            replace_text(line, old, new)
        if not is_shown(line, block):
            apply_line_format(line, _as_line(block), block)

    def _remember_cursor(self) -> tuple[tuple[str, int], tuple[str, int], bool]:
        cursor = self._area.textCursor()
        ends: list[tuple[str, int]] = []
        for position in (cursor.anchor(), cursor.position()):
            line = self._text.findBlock(position)
            ends.append((line_id(line), position - line.position()))
        return ends[0], ends[1], cursor.hasSelection()

    def _restore_cursor(self, place: tuple[tuple[str, int], tuple[str, int], bool]) -> None:
        numbers = {block.id: number for number, block in enumerate(self.blocks)}
        anchor, head, selected = place
        cursor = self._area.textCursor()
        if not selected and head[0] and line_id(cursor.block()) == head[0]:
            # It stands where the person was: Qt moved it with the letters around it.
            return
        if head[0] not in numbers or anchor[0] not in numbers:
            return
        cursor.setPosition(self._position(numbers, *(anchor if selected else head)))
        if selected:
            cursor.setPosition(self._position(numbers, *head), _KEEP)
        self._area.setTextCursor(cursor)

    def _position(self, numbers: dict[str, int], id_: str, offset: int) -> int:
        line = self._text.findBlockByNumber(numbers[id_])
        position = line.position() + min(offset, line.length() - 1)
        # Never into an emoji, which is two of Qt's characters.
        return position - ("\udc00" <= self._text.characterAt(position) <= "\udfff")


def _same(old: Block, new: Block) -> bool:
    # Most are the same object.
    return old is new or old == new


def _as_line(block: Block) -> WantedBlock:
    return WantedBlock(block.kind, "", block.id, block.level, block.evidence)
