"""What stands behind the sentence with the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from inspector_app.checks.evidence_index import SUPPORT_WORDS
from inspector_app.checks.tracing import Support, describe_support
from inspector_app.domain.entities import Action, Block, EvidenceNote
from inspector_app.texts import pluralise, shorten
from inspector_app.ui.evidence.edits import link_to_sentence
from inspector_app.ui.evidence.linking import ask_note_to_link, name_note
from inspector_app.ui.evidence.note_labels import SOURCES, describe_sentence
from inspector_app.ui.support.line_list import LineList
from inspector_app.ui.support.line_model import Line, LineModel
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import STRETCH, make_column, make_row

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from inspector_app.document.inspection_document import InspectionDocument

_NONE = "Put the cursor into a finding to see the notes behind it."
_MARKS = {"none": "○", "one_source": "◔", "several": "◑", "corroborated": "●"}


class SentenceSupport(QWidget):
    """The notes behind one sentence; link more, unlink, go to one."""

    place_wanted = Signal(str)

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._sentence = ""
        self._model = LineModel(self._describe, self)
        self._build()
        self._show()

    def _build(self) -> None:
        self.quote = make_label("", "hint", self, "support_quote")
        self.quote.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.strength = make_label("", "label", self, "support_strength")
        self.strength.setWordWrap(True)
        self.list = LineList(
            self._model, "support_notes", "Notes behind this sentence", self, by_click=False
        )
        self.list.wanted.connect(self.place_wanted)
        tip = "Choose a note that this sentence stands on"
        self.link = make_button("&Link a note…", "support_link", tip, self)
        self.link.clicked.connect(lambda: ask_note_to_link(self._document, self._sentence, self))
        tip = "Remove the link to the selected note; both stay"
        self.unlink = make_button("&Unlink", "support_unlink", tip, self, role="quiet")
        self.unlink.clicked.connect(self._on_unlink)
        for button in (self.link, self.unlink):
            button.setAccessibleName(button.text().replace("&", "").rstrip("…"))
        buttons = make_row(None, self.link, self.unlink, STRETCH)
        make_column(
            self, self.quote, self.strength, (self.list, 1), buttons, margins=(12, 12, 12, 12)
        )

    @property
    def sentence(self) -> str:
        """Id of the block or action that is shown, or ""."""
        return self._sentence

    def show_sentence(self, sentence: str) -> None:
        """Show what stands behind a block or an action; "" for none."""
        self._sentence = sentence
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show what is so now, where somebody sees it."""
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        inspection = self._document.inspection
        entity = inspection.find(self._sentence)
        is_there = isinstance(entity, Block | Action)
        for widget in (self.strength, self.list, self.link, self.unlink):
            widget.setVisible(is_there)
        if not isinstance(entity, Block | Action):
            self.quote.setText(_NONE)
            return
        place = describe_sentence(self._document, entity.id)
        self.quote.setText(f"{place.where}: {place.text or '(no text yet)'}" if place else "")
        support = describe_support(inspection, entity.evidence)
        self.strength.setText(_describe_support(support))
        self.list.show_ids([note.id for note in support.notes])
        if support.notes and not self.list.current_id:
            # So that it is to be seen what would be unlinked.
            self.list.setCurrentIndex(self._model.index(0))
        editable = self._document.can_edit
        self.link.setEnabled(editable)
        self.unlink.setEnabled(editable and bool(support.notes))

    def _describe(self, id_: str) -> Line:
        note = self._document.inspection.find(id_)
        if not isinstance(note, EvidenceNote):
            return Line("", "")
        return Line(name_note(note), shorten(note.text))

    @Slot()
    def _on_unlink(self) -> None:
        note = self.list.current_id
        if note:
            link_to_sentence(self._document, self._sentence, [note], linked=False)


def _describe_support(support: Support) -> str:
    """Return “● Corroborated: 3 notes from interview and record”."""
    words = f"{_MARKS[support.strength]} {SUPPORT_WORDS[support.strength]}"
    if support.notes:
        sources = " and ".join(SOURCES[source].lower() for source in support.sources)
        words += f": {pluralise(len(support.notes), 'note')} from {sources}"
    if support.missing:
        words += f"; {pluralise(support.missing, 'note')} no longer there"
    return words
