"""Picking the regulation of a breach by typing what one knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Slot

from inspector_app.ui.fields import Field
from inspector_app.ui.lines import SuggestingLine
from inspector_app.ui.notices.wording import (
    describe_regulation,
    find_regulations,
    list_unverified,
)
from inspector_app.ui.page import make_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.entities import Notice


class RegulationField(Field):
    """A line that suggests regulations. Another regulation takes the old one's paragraphs away."""

    def __init__(
        self, document: InspectionDocument, notice: str, parent: QWidget | None = None
    ) -> None:
        self.line = SuggestingLine(
            lambda text: find_regulations(text, document.reference), take_first=True
        )
        self.line.setPlaceholderText("Type a number, a title or words of a paragraph")
        super().__init__(document, notice, "regulation", "Regulation", self.line, parent)
        self.set_hint("Type a number, title or words such as “medicines”; Down shows all")
        self.remark = make_label("", "hint", self)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.remark)
        self.line.chosen.connect(self._on_chosen)
        self.line.editingFinished.connect(self._on_left)
        self.show_value()

    def set_editable(self, editable: bool) -> None:
        """See `Field.set_editable`."""
        self.line.setReadOnly(not editable)

    def show_value(self) -> None:
        """See `Field.show_value`."""
        value = self.value or ""
        regulation = self.document.reference.regulations.get(value)
        shown = describe_regulation(regulation, self.document.reference) if regulation else value
        if self.line.text() != shown:
            with QSignalBlocker(self.line):
                self.line.setText(shown)
                self.line.setCursorPosition(0)
        unverified = list_unverified(regulation) if regulation else []
        self.remark.setText(f"Wording not verified: {', '.join(unverified)}.")
        self.remark.setVisible(bool(unverified))
        self.show_problem("")

    @Slot(str)
    def _on_chosen(self, regulation: str) -> None:
        self._choose(regulation)
        self.show_value()

    @Slot()
    def _on_left(self) -> None:
        text = " ".join(self.line.text().split())
        if not text and self.value:
            self._choose("")
        else:
            known = self.document.reference.regulations.get(self.value or "")
            shown = describe_regulation(known, self.document.reference) if known else self.value
            if text != shown:
                self.show_value()
                self.show_problem(f"“{text[:40]}” names no regulation; pick one from the list.")
                return
        self.show_value()

    def _choose(self, regulation: str) -> None:
        notice: Notice | None = self.document.inspection.find(self.entity)  # type: ignore[assignment]
        if notice is None or not self.document.can_edit:
            return
        draft = self.document.draft()
        old = self.document.reference.regulations.get(notice.regulation)
        if old is not None and notice.regulation != regulation:
            # “17 (1)” must not come of the “(1)” of regulation 12.
            kept = [
                item
                for item in notice.breached_paragraphs
                if not item.replace(" ", "").startswith(f"{old.number}(")
            ]
            draft.set(notice.id, "breached_paragraphs", tuple(kept))
        draft.set(notice.id, "regulation", regulation)
        self.document.apply_draft(draft, "Change regulation of breach")
