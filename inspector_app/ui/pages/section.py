"""The page of a narrative section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from inspector_app.domain.entities import Block, Section
from inspector_app.report.standard import StandardTexts
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.blocks.kept_part_line import KeptPartLine
from inspector_app.ui.blocks.moving import choose_section_id, draft_section
from inspector_app.ui.blocks.names import section_name
from inspector_app.ui.blocks.part_words import PartWords
from inspector_app.ui.blocks.standard_button import make_standard_button
from inspector_app.ui.pages.scroll_page import ScrollPage
from inspector_app.ui.widgets.fields import NOT_PRINTED
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import STRETCH, add_all

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.report.standard import FilledParagraph
    from inspector_app.ui.prompts import Prompts


class SectionPage(ScrollPage):
    """Heading, help and text of one narrative section.

    The section becomes a part of the inspection with its first words.
    """

    has_blocks = True

    def __init__(self, document: InspectionDocument, prompts: Prompts, section: str) -> None:
        super().__init__(document, prompts, section_name(document, section))
        self.section = section
        found = next((s for s in document.inspection.all(Section) if s.section == section), None)
        self._id = found.id if found else choose_section_id(document, section)
        self.setObjectName(f"section.{section}")
        self._build()

    def _build(self) -> None:
        content = self
        found = self.document.framework.find_section(self.section)
        self.body.setSpacing(8)
        if found is not None and found.is_kept:
            line = KeptPartLine(self.document, self._id, "section", self.title.text(), content)
            line.moved.connect(self.place_wanted)
            self.body.addWidget(line)
        self._not_printed = make_label(NOT_PRINTED, "hint", content)
        self._refresh_printed()
        self.body.addWidget(self._not_printed)
        if found is not None and found.help:
            self.body.addWidget(make_label(found.help, "hint", content))
        self.editor = BlockEditor(
            self.document,
            self._id,
            content,
            first_kind=found.kind if found is not None else "paragraph",
            name=self.title.text(),
            make_parent=lambda draft: draft_section(draft, self._id, self.section),
            prompts=self.prompts,
        )
        row = QHBoxLayout()
        add_all(row, PartWords(self.document, self._id, content), STRETCH)
        hint = "Write or paste"
        if found is not None and found.standard:
            hint = "Write, paste, or start from a standard paragraph"
            self.standard = make_standard_button(self.editor, self._offer, content)
            self.standard.setEnabled(self.document.can_edit)
            self.standard.setToolTip("Insert a standard text, filled in from the details")
            row.addWidget(self.standard)
        self.editor.set_hint(hint)
        self.body.addLayout(row)
        add_all(self.body, self.editor, STRETCH)
        self.setFocusProxy(self.editor)

    def refresh(self, change: Change) -> None:
        if any(edit.entity == self.document.inspection.id for edit in change.edits):
            name = section_name(self.document, self.section)
            if name != self.title.text():
                self.title.setText(name)
                self.setAccessibleName(name)
            self._refresh_printed()

    def _refresh_printed(self) -> None:
        details = self.document.inspection.details
        offered = self.document.framework.list_sections(details.regime, details.form)
        found = self.document.framework.find_section(self.section)
        is_kept = found is not None and found.is_kept
        self._not_printed.setVisible(self.section not in offered and not is_kept)

    def show_place(self, place: str) -> bool:
        if place in {self._id, self.section}:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        found = self.document.inspection.find(place)
        return isinstance(found, Block) and self.editor.show_block(place)

    def _offer(self) -> list[FilledParagraph]:
        document = self.document
        texts = StandardTexts(document.inspection, document.framework, document.reference)
        return texts.for_section(self.section)
