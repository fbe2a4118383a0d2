"""Which lines of a text area are standard texts that somebody changed."""

from __future__ import annotations

import html
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from inspector_app.domain.entities import Block
from inspector_app.errors import TemplateFault
from inspector_app.report.boilerplate import StandardSentences, list_standard_sentences, restore
from inspector_app.report.standard import StandardTexts
from inspector_app.texts import collapse_spaces
from inspector_app.ui.blocks.lines import SOLID_KINDS

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.domain.entities import AnyEntity, Details
    from inspector_app.report.boilerplate import StandardSentence
    from inspector_app.ui.blocks.area import BlockArea

_DELAY = 300
"""Milliseconds after the last change."""
_SLICE = 0.004
"""Seconds of measuring between two keys."""


class BoilerplateMarks(QObject):
    """Finds the changed standard texts of one part, when nobody types, in slices.

    Args:
        document: The open inspection.
        parent_id: The part.
        area: Shows the marks.
    """

    def __init__(self, document: InspectionDocument, parent_id: str, area: BlockArea) -> None:
        super().__init__(area)
        self._area = area
        self._shown: dict[str, str] = {}
        self._document = document
        self._parent_id = parent_id
        self._formulae = StandardSentences(())
        self._made_for: tuple[Details, AnyEntity | None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._measure)
        document.changed.connect(self._on_document_changed)
        self._timer.start(_DELAY)

    def find_formula(self, block: str) -> StandardSentence | None:
        """Return the standard text that a block was changed from, or None."""
        found = self._document.inspection.find(block)
        if not isinstance(found, Block) or found.kind in SOLID_KINDS:
            return None
        self._renew()
        verdict = self._formulae.judge(found.text)
        return verdict.formula if verdict.kind == "changed" else None

    def restore(self, block: str) -> None:
        """Make a block the standard text again; what was put in place of its prompts stays."""
        formula = self.find_formula(block)
        if formula is not None:
            text = restore(formula, self._document.inspection.get(block, Block).text)
            self._document.set_field(block, "text", text, "Restore the standard text")

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        inspection = self._document.inspection
        for edit in change.edits:
            found = inspection.find(edit.entity)
            if edit.entity in {inspection.id, self._parent_id} or (
                isinstance(found, Block) and found.parent == self._parent_id
            ):
                self._timer.start(_DELAY)
                return

    def _renew(self) -> None:
        """Make the formulae again where the details that fill them are others."""
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
        self._formulae = StandardSentences(found)

    @Slot()
    def _measure(self) -> None:
        self._renew()
        end = time.monotonic() + _SLICE
        marks: dict[str, str] = {}
        for block in self._document.inspection.children(self._parent_id, Block):
            if block.kind in SOLID_KINDS:
                continue
            if not self._formulae.knows(block.text) and time.monotonic() > end:
                self._timer.start(0)
                return
            verdict = self._formulae.judge(block.text)
            if verdict.kind == "changed" and verdict.formula is not None:
                marks[block.id] = describe_change(verdict.formula)
        if marks != self._shown:
            self._shown = marks
            self._area.show_marks(marks)


def describe_change(formula: StandardSentence) -> str:
    """Return what the tooltip of a changed standard text says, as the HTML that tooltips show."""
    name, text = (html.escape(collapse_spaces(part)) for part in formula)
    return f"<p>Changed standard text ({name}). The standard text:</p><p>{text}</p>"
