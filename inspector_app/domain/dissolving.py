"""Moving all that stands in a part to another part, so that nothing is left of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.block_edits import draft_lead, draft_move
from inspector_app.domain.entities import Block, EvidenceNote, KeyQuestion, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.inspection import Inspection


def draft_dissolve(draft: Draft, part: str, target: str) -> None:
    """Draft that all text of a part stands at the end of another, and the part is gone.

    Blocks keep their ids and their notes. A lead sentence becomes that of the target, if it is a
    topic without one, else a paragraph. Notes that name a topic that goes name the target's.

    Args:
        draft: Takes the edits.
        part: Id of a section, key question or topic.
        target: Id of another one, which does not stand below it.
    """
    names = _name_for_notes(draft.result, target)
    for id_ in [part, *draft.result.child_ids(part, Topic)]:
        gone = draft.result.find(id_)
        if isinstance(gone, Topic):
            draft_lead(draft, target, gone.lead)
        blocks = draft.result.child_ids(id_, Block)
        if blocks:
            draft_move(draft, blocks, target, None)
        if names:
            _rename_in_notes(draft, _name_for_notes(draft.result, id_), names)
    draft.delete(part)


def _name_for_notes(inspection: Inspection, id_: str) -> str:
    """Return what notes call a key question or a topic of the framework; "" for anything else."""
    part = inspection.find(id_)
    if isinstance(part, KeyQuestion):
        return part.key_question
    question = inspection.find(part.parent) if isinstance(part, Topic) else None
    if not isinstance(part, Topic) or not isinstance(question, KeyQuestion):
        return ""
    return f"{question.key_question}.{part.topic}" if part.topic else question.key_question


def _rename_in_notes(draft: Draft, old: str, new: str) -> None:
    for note in list(draft.result.all(EvidenceNote)):
        if old and old in note.topics:
            draft.set(note.id, "topics", tuple(_replace(note.topics, old, new)))


def _replace(names: tuple[str, ...], old: str, new: str) -> Iterator[str]:
    """Yield names with another in place of one, each once."""
    yield from dict.fromkeys(new if name == old else name for name in names)
