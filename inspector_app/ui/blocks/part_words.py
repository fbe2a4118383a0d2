"""How many words a section or topic has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel

from inspector_app.domain.word_counts import count_all_words
from inspector_app.texts import pluralise

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change


class PartWords(QLabel):
    """Keeps the count up to date; says nothing of an empty part.

    Args:
        document: The open inspection.
        part: The section or topic.
    """

    def __init__(self, document: InspectionDocument, part: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._part = part
        self.setProperty("role", "hint")
        self.setObjectName(f"{part}.words")
        document.changed.connect(self._on_changed)
        self._refresh()

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        inspection = self._document.inspection
        for edit in change.edits:
            found = inspection.find(edit.entity)
            # What was removed, or moved elsewhere, may have been of this part.
            if found is None or edit.field == "parent" or self._part in {found.id, found.parent}:
                self._refresh()
                return

    def _refresh(self) -> None:
        count = count_all_words(self._document.inspection, self._part)
        self.setText(pluralise(count, "word") if count else "")
