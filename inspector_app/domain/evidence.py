"""Which sentences a note supports, and the edits that treat many notes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.change import Edit, to_plain
from inspector_app.domain.entities import Action, Attachment, Block, EvidenceNote
from inspector_app.domain.inspection import entity_to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from inspector_app.domain.change import Change
    from inspector_app.domain.entities import Source, Stance
    from inspector_app.domain.inspection import Inspection


SOURCE_NAMES: Mapping[Source, str] = {
    "interview": "Interview",
    "observation": "Observation",
    "record": "Record",
    "document": "Document",
    "data": "Data",
    "feedback": "Feedback",
    "notification": "Notification",
    "other": "Other",
}
"""What sources are called, in the order in which they are offered."""
STANCE_MARKS: Mapping[Stance, str] = {"strength": "▲", "concern": "▼", "neutral": "●"}
"""The shape of each stance, so that none is told by its colour alone."""


class EvidenceIndex:
    """Which blocks and actions stand on which notes; it follows changes."""

    def __init__(self, inspection: Inspection) -> None:
        self._notes: dict[str, tuple[str, ...]] = {}
        self._places: dict[str, dict[str, None]] = {}
        for entity in inspection:
            if isinstance(entity, Block | Action) and entity.evidence:
                self._put(entity.id, entity.evidence)

    def places(self, note: str) -> tuple[str, ...]:
        """Return the ids of the blocks and actions that a note supports."""
        return tuple(self._places.get(note, ()))

    def notes(self, place: str) -> tuple[str, ...]:
        """Return the ids of the notes that a block or action stands on."""
        return self._notes.get(place, ())

    def count(self, note: str) -> int:
        """Return how many blocks and actions a note supports."""
        return len(self._places.get(note, ()))

    def follow(self, change: Change, after: Inspection) -> set[str]:
        """Take in a change, and return the notes whose places are others now."""
        touched: set[str] = set()
        for id_ in dict.fromkeys(
            edit.entity for edit in change.edits if edit.field in {"", "evidence"}
        ):
            entity = after.find(id_)
            new = entity.evidence if isinstance(entity, Block | Action) else ()
            old = self._notes.get(id_, ())
            if new != old:
                self._take_out(id_)
                self._put(id_, new)
                touched |= set(old) ^ set(new)
        return touched

    def _put(self, place: str, notes: tuple[str, ...]) -> None:
        if notes:
            self._notes[place] = notes
        for note in notes:
            self._places.setdefault(note, {})[place] = None

    def _take_out(self, place: str) -> None:
        for note in self._notes.pop(place, ()):
            places = self._places.get(note, {})
            places.pop(place, None)
            if not places:
                self._places.pop(note, None)


def edit_notes(
    inspection: Inspection,
    notes: Iterable[str],
    field: str,
    value_for: Callable[[EvidenceNote], object],
) -> tuple[Edit, ...]:
    """Return the edits that give a field of many notes a new value; none where it has it already.

    Composed without a draft: a draft applies each edit by itself, which takes seconds for
    thousands of notes.
    """
    edits = []
    for id_ in dict.fromkeys(notes):
        note = inspection.get(id_, EvidenceNote)
        before, after = to_plain(getattr(note, field)), to_plain(value_for(note))
        if before != after:
            edits.append(Edit(entity=id_, field=field, before=before, after=after))
    return tuple(edits)


def delete_notes(
    inspection: Inspection, notes: Iterable[str], index: EvidenceIndex
) -> tuple[Edit, ...]:
    """Return the edits that delete notes, the links to them, and files that nothing else shows."""
    gone = dict.fromkeys(notes)
    edits = []
    for place in dict.fromkeys(place for note in gone for place in index.places(note)):
        evidence = index.notes(place)
        rest = [note for note in evidence if note not in gone]
        edits.append(
            Edit(entity=place, field="evidence", before=to_plain(evidence), after=to_plain(rest))
        )
    edits += [
        Edit(entity=id_, before=entity_to_plain(inspection.get(id_, EvidenceNote))) for id_ in gone
    ]
    edits += [
        Edit(entity=id_, before=entity_to_plain(inspection.get(id_, Attachment)))
        for id_ in _list_orphans(inspection, gone)
    ]
    return tuple(edits)


def remove_file(inspection: Inspection, note: str, file: str) -> tuple[Edit, ...]:
    """Return the edits that take a file off a note, and delete it where nothing else shows it."""
    before = inspection.get(note, EvidenceNote).attachments
    after = [other for other in before if other != file]
    edits = [Edit(entity=note, field="attachments", before=to_plain(before), after=to_plain(after))]
    shown = any(
        (isinstance(entity, EvidenceNote) and entity.id != note and file in entity.attachments)
        or (isinstance(entity, Block) and entity.attachment == file)
        for entity in inspection
    )
    entity = inspection.find(file)
    if isinstance(entity, Attachment) and not shown:
        edits.append(Edit(entity=file, before=entity_to_plain(entity)))
    return tuple(edits)


def link_notes(
    inspection: Inspection, place: str, notes: Iterable[str], *, linked: bool = True
) -> tuple[Edit, ...]:
    """Return the edits that link notes to a block or action, or remove the links."""
    entity = inspection.find(place)
    if not isinstance(entity, Block | Action):
        return ()
    wanted = dict.fromkeys(notes)
    kept = [note for note in entity.evidence if linked or note not in wanted]
    new = [note for note in wanted if note not in entity.evidence] if linked else []
    after = [*kept, *new]
    before = list(entity.evidence)
    if after == before:
        return ()
    return (Edit(entity=place, field="evidence", before=to_plain(before), after=to_plain(after)),)


def _list_orphans(inspection: Inspection, gone: Mapping[str, None]) -> list[str]:
    """Return the attachments that only notes in `gone` hold."""
    files = dict.fromkeys(
        file for id_ in gone for file in inspection.get(id_, EvidenceNote).attachments
    )
    if not files:
        return []
    kept: set[str] = set()
    for entity in inspection:
        if isinstance(entity, EvidenceNote) and entity.id not in gone:
            kept.update(entity.attachments)
        elif isinstance(entity, Block):
            kept.add(entity.attachment)
    return [
        file for file in files if file not in kept and isinstance(inspection.find(file), Attachment)
    ]
