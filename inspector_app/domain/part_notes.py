"""Which notes have to do with a part of the report, and how they are put in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from inspector_app.domain.entities import (
    Block,
    EvidenceNote,
    KeyQuestion,
    Notice,
    Section,
    Topic,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from inspector_app.domain.evidence import EvidenceIndex
    from inspector_app.domain.inspection import Inspection

NoteGroup: TypeAlias = Literal["behind", "unused", "used"]
"""Behind the sentence in hand; behind no sentence at all; behind another one."""


class NoteScope(NamedTuple):
    """Which notes are meant: those that have any of these, or stand behind a sentence of a part."""

    parts: tuple[str, ...] = ()
    """Ids of what holds blocks."""
    topics: tuple[str, ...] = ()
    """A key question takes its topics along."""
    regulations: frozenset[str] = frozenset()
    untagged: bool = False
    """Whether notes without any topic are meant, too."""


def find_scope(
    inspection: Inspection,
    part: str,
    list_covered: Callable[[str, str], tuple[str, ...]] = lambda _, topic: (topic,),
) -> NoteScope | None:
    """Return the notes that have to do with a part; None: all have as much to do with it.

    Args:
        inspection: Where it stands.
        part: Its id.
        list_covered: Gives the topics that a topic of a key question is made of.
    """
    found = inspection.find(part)
    match found:
        case Topic(parent=parent, topic=topic):
            question = inspection.get(parent, KeyQuestion).key_question
            covered = list_covered(question, topic) if topic else ()
            return NoteScope((part,), tuple(f"{question}.{item}" for item in covered))
        case KeyQuestion(key_question=question):
            return NoteScope((part, *inspection.child_ids(part, Topic)), (question,))
        case Section():
            return NoteScope((part,), untagged=True)
        case Notice(regulation=regulation):
            return NoteScope((part,), regulations=frozenset({regulation} - {""}))
    return None


def find_page_scope(inspection: Inspection, part: str) -> NoteScope | None:
    """Return the notes that have to do with the whole page of a part; None: it is the part's."""
    found = inspection.find(part)
    if isinstance(found, Topic):
        return find_scope(inspection, found.parent)
    if isinstance(found, Notice):
        notices = list(inspection.everywhere(Notice))
        numbers = frozenset(notice.regulation for notice in notices) - {""}
        return NoteScope(tuple(notice.id for notice in notices), regulations=numbers)
    return None


def list_notes(
    inspection: Inspection, index: EvidenceIndex, scope: NoteScope | None
) -> list[EvidenceNote]:
    """Return the notes of a scope, or all, the newest first."""
    notes: Iterable[EvidenceNote] = inspection.all(EvidenceNote)
    if scope is not None:
        linked = {
            note
            for part in scope.parts
            for block in inspection.child_ids(part, Block)
            for note in index.notes(block)
        }
        below = tuple(f"{topic}." for topic in scope.topics)
        notes = (note for note in notes if note.id in linked or _fits(note, scope, below))
    return sorted(notes, key=lambda note: (note.when, note.position, note.id), reverse=True)


def has_topic(note: EvidenceNote, topic: str) -> bool:
    """Tell whether a note is about a topic; one of a key question has its topics too."""
    return any(item == topic or item.startswith(f"{topic}.") for item in note.topics)


def _fits(note: EvidenceNote, scope: NoteScope, below: tuple[str, ...]) -> bool:
    return (
        any(topic in scope.topics or topic.startswith(below) for topic in note.topics)
        or any(number in scope.regulations for number in note.regulations)
        or (scope.untagged and not note.topics)
    )


def group_notes(
    notes: Iterable[str], index: EvidenceIndex, behind: Sequence[str]
) -> dict[NoteGroup, list[str]]:
    """Return the ids of notes by what they are used for.

    Args:
        notes: Their ids, in order.
        index: Knows which are used.
        behind: Ids of those that the sentence in hand stands on, in its order.
    """
    groups: dict[NoteGroup, list[str]] = {"behind": list(behind), "unused": [], "used": []}
    known = set(behind)
    for note in notes:
        if note not in known:
            groups["used" if index.count(note) else "unused"].append(note)
    return groups


def fold_note(note: EvidenceNote) -> str:
    """Return what a search for words looks through: text, source detail and tags, case-folded."""
    return "\n".join((note.text, note.source_detail, *note.tags)).casefold()
