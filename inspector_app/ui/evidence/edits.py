"""What the evidence pages do to the document, each as one change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.change import Change
from inspector_app.domain.entities import Block, EvidenceNote
from inspector_app.domain.evidence import delete_notes, edit_notes, link_notes
from inspector_app.domain.ids import new_id
from inspector_app.texts import collapse_spaces, pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Edit
    from inspector_app.domain.evidence import EvidenceIndex


def change_notes(
    document: InspectionDocument,
    notes: Sequence[str],
    field: str,
    value_for: Callable[[EvidenceNote], object],
    label: str,
) -> None:
    """Give a field of many notes a new value."""
    edits = edit_notes(document.inspection, notes, field, value_for)
    _apply(document, f"{label} of {pluralise(len(notes), 'note')}", edits)


def remove_notes(document: InspectionDocument, notes: Sequence[str], index: EvidenceIndex) -> None:
    """Delete notes and the links to them."""
    label = f"Delete {pluralise(len(notes), 'note')}"
    _apply(document, label, delete_notes(document.inspection, notes, index))


def link_to_sentence(
    document: InspectionDocument, place: str, notes: Sequence[str], *, linked: bool = True
) -> None:
    """Link notes to a sentence, or remove the links."""
    label = f"{'Link' if linked else 'Unlink'} {pluralise(len(notes), 'note')}"
    _apply(document, label, link_notes(document.inspection, place, notes, linked=linked))


def add_to_report(document: InspectionDocument, notes: Sequence[str], topic: str) -> list[str]:
    """Make each note a bullet at the end of a topic, linked to it, and return the bullets' ids."""
    draft = document.draft()
    made = []
    for id_ in notes:
        note = document.inspection.get(id_, EvidenceNote)
        # A line break inside a bullet would be two lines of one bullet in the report.
        text = collapse_spaces(note.text)
        block = Block(
            id=new_id(),
            parent=topic,
            position=draft.position_at_end(topic, Block),
            kind="bullet",
            text=text,
            evidence=(id_,),
        )
        draft.create(block)
        made.append(block.id)
    document.apply_draft(draft, f"Add {pluralise(len(notes), 'note')} to the report")
    return made


def _apply(document: InspectionDocument, label: str, edits: Sequence[Edit]) -> None:
    if edits:
        document.apply(Change(label=label, who=document.who, edits=tuple(edits)))
