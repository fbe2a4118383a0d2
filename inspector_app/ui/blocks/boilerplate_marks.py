"""Which blocks of a part are changed standard texts."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from inspector_app.document.slices import Slices
from inspector_app.domain.entities import Block
from inspector_app.errors import TemplateFault
from inspector_app.report.boilerplate import StandardSentences, list_standard_sentences, restore
from inspector_app.report.standard import StandardTexts
from inspector_app.texts import collapse_spaces
from inspector_app.ui.blocks.lines import EMBEDDED_KINDS

if TYPE_CHECKING:
    from collections.abc import Generator

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.domain.entities import AnyEntity, Details
    from inspector_app.report.boilerplate import StandardSentence
    from inspector_app.ui.blocks.margin import BlockMargin

_DELAY = 300
"""Milliseconds after the last change."""
_SLICE = 4
"""Milliseconds of measuring between two keys."""


class BoilerplateMarks(QObject):
    """Finds the changed standard texts of one part, when nobody types, in slices.

    Args:
        document: The open inspection.
        parent_id: The part.
        margin: Shows the marks.
    """

    def __init__(self, document: InspectionDocument, parent_id: str, margin: BlockMargin) -> None:
        super().__init__(margin)
        self._margin = margin
        self._shown: dict[str, str] = {}
        self._document = document
        self._parent_id = parent_id
        self._sentences = StandardSentences(())
        self._made_for: tuple[Details, AnyEntity | None] | None = None
        self._slices = Slices(_SLICE, self)
        document.changed.connect(self._on_document_changed)
        self._slices.start(self._measure_in_steps(), wait=_DELAY)

    def find_standard_text(self, block: str) -> StandardSentence | None:
        """Return the standard text that a block was changed from, or None."""
        found = self._document.inspection.find(block)
        if not isinstance(found, Block) or found.kind in EMBEDDED_KINDS:
            return None
        self._renew()
        verdict = self._sentences.judge(found.text)
        return verdict.standard if verdict.kind == "changed" else None

    def restore(self, block: str) -> None:
        """Restore the standard text of a block; what replaced its prompts stays."""
        sentence = self.find_standard_text(block)
        if sentence is not None:
            text = restore(sentence, self._document.inspection.get(block, Block).text)
            self._document.set_field(block, "text", text, "Restore the standard text")

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        inspection = self._document.inspection
        for edit in change.edits:
            found = inspection.find(edit.entity)
            if edit.entity in {inspection.id, self._parent_id} or (
                isinstance(found, Block) and found.parent == self._parent_id
            ):
                self._slices.start(self._measure_in_steps(), wait=_DELAY)
                return

    def _renew(self) -> None:
        """Fill the standard texts again if the details that fill them changed."""
        document = self._document
        key = (document.inspection.details, document.inspection.find(self._parent_id))
        old = self._made_for
        if old is not None and old[0] is key[0] and old[1] is key[1]:
            return
        self._made_for = key
        texts = StandardTexts(document.inspection, document.framework, document.reference)
        try:
            found = list(
                list_standard_sentences(
                    texts, document.inspection, document.framework, self._parent_id
                )
            )
        except TemplateFault:
            # The menu that offers the texts says so.
            found = []
        self._sentences = StandardSentences(found)

    def _measure_in_steps(self) -> Generator[None, None, None]:
        self._renew()
        marks: dict[str, str] = {}
        for block in self._document.inspection.children(self._parent_id, Block):
            if block.kind in EMBEDDED_KINDS:
                continue
            if not self._sentences.knows(block.text):
                yield
            verdict = self._sentences.judge(block.text)
            if verdict.kind == "changed" and verdict.standard is not None:
                marks[block.id] = describe_change(verdict.standard)
        if marks != self._shown:
            self._shown = marks
            self._margin.show_marks(marks)


def describe_change(sentence: StandardSentence) -> str:
    """Return what the tooltip of a changed standard text says, as the HTML that tooltips show."""
    name, text = (html.escape(collapse_spaces(part)) for part in sentence)
    return f"<p>Changed standard text ({name}). The standard text:</p><p>{text}</p>"
