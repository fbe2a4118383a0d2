"""Evidence notes that are dragged onto a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QCursor

from inspector_app.domain.entities import Block
from inspector_app.texts import collapse_spaces
from inspector_app.ui.blocks.edge_scrolling import EdgeScrolling
from inspector_app.ui.blocks.lines import is_embedded
from inspector_app.ui.evidence.edits import link_to_sentence
from inspector_app.ui.evidence.note_model import NOTES_MIME, read_note_mime
from inspector_app.ui.widgets.qt_text import skip_units

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData, QPoint
    from PySide6.QtGui import QTextCursor
    from PySide6.QtWidgets import QTextEdit

    from inspector_app.domain.entities import EvidenceNote
    from inspector_app.ui.blocks.binding import BlockBinding
    from inspector_app.ui.blocks.cursor import BlockCursor
    from inspector_app.ui.blocks.margin import BlockMargin
    from inspector_app.ui.blocks.operations import BlockOperations

_BETWEEN = 4
"""Pixels at the upper and lower edge of a sentence that mean the place between two of them."""


class _Target(NamedTuple):
    """Where notes would go: to a sentence, into a gap of it, or in front of a line."""

    line: int
    block: str = ""
    """Id of the sentence; "": a new bullet in front of the line."""
    gap: tuple[int, int] | None = None


@dataclass(eq=False)
class NoteDrops:
    """Links notes to the sentence that they are dropped on; elsewhere each becomes a bullet."""

    _area: QTextEdit
    _binding: BlockBinding
    _cursor: BlockCursor
    _operations: BlockOperations
    _margin: BlockMargin

    def __post_init__(self) -> None:
        """Scroll on where the sentence is not to be seen yet."""
        self._scrolling = EdgeScrolling(self._area, lambda: self._area)
        self._scrolling.scrolled.connect(self._on_scrolled)

    def _on_scrolled(self) -> None:
        spot = self._area.viewport().mapFromGlobal(QCursor.pos())
        if self._area.viewport().rect().contains(spot):
            self.show(spot)
        else:
            self.clear()

    def takes(self, mime: QMimeData) -> bool:
        """Tell whether notes are dragged that can go here."""
        return mime.hasFormat(NOTES_MIME) and not self._area.isReadOnly()

    def show(self, spot: QPoint) -> None:
        """Show what a drop at a place of the viewport would do."""
        self._scrolling.start()
        target = self._find(spot)
        self._margin.show_drop(None if target.block else target.line)
        self._margin.show_sentence(target.line if target.block else None)

    def clear(self) -> None:
        """Show no drop any more."""
        self._scrolling.stop()
        self._margin.show_drop(None)
        self._margin.show_sentence(None)

    def take(self, mime: QMimeData, spot: QPoint) -> None:
        """Take notes that were dropped at a place of the viewport."""
        self.clear()
        target = self._find(spot)
        document = self._binding.document
        notes = read_note_mime(mime, document.inspection)
        if not notes:
            return
        self._cursor.is_placed = True
        if not target.block:
            self._operations.add_notes(notes, target.line)
        elif target.gap is not None:
            self._fill(target.block, target.gap, notes)
        else:
            link_to_sentence(document, target.block, [note.id for note in notes])
            self._cursor.go_to(target.line, at_end=True)

    def _find(self, spot: QPoint) -> _Target:
        blocks = self._binding.blocks
        at = self._area.cursorForPosition(spot)
        line = at.block()
        number = line.blockNumber()
        if number >= len(blocks):
            return _Target(number)
        rect = self._area.document().documentLayout().blockBoundingRect(line)
        if spot.y() > rect.bottom() - _BETWEEN and line.text():
            return _Target(number + 1)
        if spot.y() < rect.top() + _BETWEEN or not line.text():
            return _Target(number)
        block = blocks[number]
        return _Target(number, block.id, None if is_embedded(line) else self._find_gap(block, at))

    def _find_gap(self, block: Block, at: QTextCursor) -> tuple[int, int] | None:
        """Return where the gap at a place of a line begins and ends; None: there is none."""
        place = len(block.text) - len(skip_units(block.text, at.positionInBlock()))
        gaps = self._binding.document.gaps.find_in(block.text, block.id, "text")
        return next((gap for gap in gaps if gap[0] <= place <= gap[1]), None)

    def _fill(self, id_: str, gap: tuple[int, int], notes: list[EvidenceNote]) -> None:
        document = self._binding.document
        block = document.inspection.get(id_, Block)
        words = " ".join(collapse_spaces(note.text) for note in notes)
        draft = document.draft()
        draft.set(id_, "text", block.text[: gap[0]] + words + block.text[gap[1] :])
        ids = dict.fromkeys((*block.evidence, *(note.id for note in notes)))
        draft.set(id_, "evidence", tuple(ids))
        document.apply_draft(draft, "Write a note into the text")
        self._cursor.select_text(id_, gap[0], gap[0] + len(words))
