"""What the evidence pages do to the document, each as one change."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from inspector_app.domain.change import Change
from inspector_app.domain.entities import Attachment, Block, EvidenceNote
from inspector_app.domain.evidence import delete_notes, edit_notes, link_notes
from inspector_app.domain.ids import new_id
from inspector_app.texts import collapse_spaces, pluralise, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Edit
    from inspector_app.domain.drafting import Draft
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


def add_files(
    document: InspectionDocument, note: str, files: Sequence[Attachment], merge_key: str = ""
) -> None:
    """Have a note show files whose parts are not created yet.

    Args:
        document: The open inspection.
        note: Id of the note; one that is gone by now gets nothing.
        files: Their parts.
        merge_key: As `InspectionDocument.apply_draft` has it.
    """
    entity = document.inspection.find(note)
    if not files or not isinstance(entity, EvidenceNote):
        return
    draft = document.draft()
    _draft_files(draft, files)
    draft.set(note, "attachments", (*entity.attachments, *(file.id for file in files)))
    document.apply_draft(draft, f"Add {pluralise(len(files), 'file')} to a note", merge_key)


def add_note_of_files(document: InspectionDocument, files: Sequence[Attachment]) -> str:
    """Make a note of files whose parts are not created yet, called after them; return its id."""
    draft = document.draft()
    _draft_files(draft, files)
    root = document.inspection.id
    note = EvidenceNote(
        id=new_id(),
        parent=root,
        position=draft.position_at_end(root, EvidenceNote),
        text=name_files(files),
        source="document",
        when=datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M"),
        by=document.who,
        attachments=tuple(file.id for file in files),
    )
    draft.create(note)
    document.apply_draft(draft, "Add note")
    return note.id


def name_files(files: Sequence[Attachment]) -> str:
    """Return the names of files: the text of a note that says nothing else."""
    return shorten(", ".join(file.name for file in files))


def _draft_files(draft: Draft, files: Sequence[Attachment]) -> None:
    for file in files:
        position = draft.position_at_end(file.parent, Attachment)
        draft.create(msgspec.structs.replace(file, position=position))


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
