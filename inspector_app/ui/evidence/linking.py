"""Asking for a note that a sentence is to be linked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.entities import Action, Block, EvidenceNote
from inspector_app.texts import shorten
from inspector_app.ui.evidence.edits import link_to_sentence
from inspector_app.ui.evidence.note_labels import SOURCES, STANCES
from inspector_app.ui.widgets.pick_dialog import Option, PickDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument

_LONGEST_DETAIL = 40


def name_note(note: EvidenceNote) -> str:
    """Return what kind of note it is and from whom: “▼ Interview, nurse”."""
    detail = shorten(note.source_detail, _LONGEST_DETAIL)
    mark = STANCES[note.stance].partition(" ")[0]
    return f"{mark} {SOURCES[note.source]}" + (f", {detail}" if detail else "")


def ask_note_to_link(document: InspectionDocument, sentence: str, parent: QWidget) -> None:
    """Open a dialog with the notes that a block or action is not linked to yet."""
    entity = document.inspection.find(sentence)
    linked = entity.evidence if isinstance(entity, Block | Action) else ()
    options = [
        Option(note.id, f"{name_note(note)}: {shorten(note.text)}")
        for note in document.inspection.all(EvidenceNote)
        if note.id not in linked
    ]
    dialog = PickDialog("Link a note", "Note that supports this sentence", "Link", options, parent)
    dialog.setObjectName("link_note_dialog")
    dialog.picked.connect(lambda note: link_to_sentence(document, sentence, [note]))
    dialog.open()
