"""How many words a section or topic has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel

from inspector_app.domain.word_counts import WordTally
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
        inspection = document.inspection
        known = [inspection.find(part), *inspection.descendants(part)]
        self._tally = WordTally(item for item in known if item is not None)
        document.changed.connect(self._on_changed)
        self._refresh()

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        for id_ in {edit.entity for edit in change.edits}:
            found = self._document.inspection.find(id_)
            # What was moved elsewhere is no more of this part than what was removed.
            is_here = found is not None and self._part in {found.id, found.parent}
            self._tally.renew(id_, found if is_here else None)
        self._refresh()

    def _refresh(self) -> None:
        count = self._tally.total
        self.setText(pluralise(count, "word") if count else "")
