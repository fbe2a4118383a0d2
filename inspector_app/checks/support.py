"""Findings and the evidence behind them. All is silent while an inspection has no notes at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.checks.contradictions.themes import load_themes
from inspector_app.checks.result import Location, Occurrence
from inspector_app.domain.entities import Action, Block, EvidenceNote, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.checks.subject import CheckFunction, Subject

_FINDINGS = frozenset({"bullet", "paragraph"})


def find_findings_without_evidence(subject: Subject) -> Iterator[Occurrence]:
    """Find findings of a topic that no note stands behind and that report nothing lacking."""
    themes = load_themes()
    for block, notes in subject.once(_list_findings):
        if not notes and not themes.is_lacking(block.text):
            yield Occurrence(Location(block.id, "text"), {}, block.text)


def find_lacks_without_evidence(subject: Subject) -> Iterator[Occurrence]:
    """Find findings that report something lacking and that no note stands behind."""
    themes = load_themes()
    for block, notes in subject.once(_list_findings):
        if not notes and themes.is_lacking(block.text):
            yield Occurrence(Location(block.id, "text"), {}, block.text)


def find_single_source_concerns(subject: Subject) -> Iterator[Occurrence]:
    """Find concerns that rest on one note that nothing corroborates."""
    for block, notes in subject.once(_list_findings):
        if len(notes) == 1 and notes[0].stance == "concern" and not notes[0].corroborated:
            related = (Location(notes[0].id, "text"),)
            yield Occurrence(Location(block.id, "text"), {}, block.text, related)


def find_requirements_without_evidence(subject: Subject) -> Iterator[Occurrence]:
    """Find musts and notices that no note stands behind."""
    if not subject.notes:
        return
    cited = {regulation for note in subject.notes for regulation in note.regulations}
    for notice in subject.notices:
        below = subject.inspection.children(notice.id, Block)
        if notice.regulation not in cited and not any(_notes(subject, b.id) for b in below):
            values = {"regulation": subject.name_regulation(notice.regulation)}
            yield Occurrence(Location(notice.id), values, notice.regulation)
    for entity in subject.parts(Action):
        if entity.strength == "must" and not _notes(subject, entity.id):
            yield Occurrence(Location(entity.id, "text"), {}, entity.text, wording="must")


def _list_findings(subject: Subject) -> list[tuple[Block, list[EvidenceNote]]]:
    """Return the findings of topics that must stand on notes of their own, each with its notes.

    These are no standard sentences and no lines that introduce a list. What stands in a list under
    a line or a bullet with notes is part of it.
    """
    found: list[tuple[Block, list[EvidenceNote]]] = []
    for entity in subject.parts(Topic) if subject.notes else ():
        under_line = under_bullet = False
        for block in subject.inspection.children(entity.id, Block):
            text = block.text.strip()
            notes = _notes(subject, block.id)
            introduces = text.endswith(":")
            if not block.level:
                under_bullet = bool(notes)
                if introduces or block.kind != "bullet":
                    under_line = introduces and under_bullet
            in_list = under_line or (block.level and under_bullet)
            covered = block.kind == "bullet" and in_list and not notes
            if (
                block.kind in _FINDINGS
                and text
                and not introduces
                and not covered
                and text not in subject.standard_texts
            ):
                found.append((block, notes))
    return found


def _notes(subject: Subject, place: str) -> list[EvidenceNote]:
    found = (subject.inspection.find(id_) for id_ in subject.evidence.notes(place))
    return [note for note in found if isinstance(note, EvidenceNote)]


CHECKS: Mapping[str, CheckFunction] = {
    "lack_without_evidence": find_lacks_without_evidence,
    "requirement_without_evidence": find_requirements_without_evidence,
    "finding_without_evidence": find_findings_without_evidence,
    "single_source": find_single_source_concerns,
}
