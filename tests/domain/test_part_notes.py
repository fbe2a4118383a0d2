"""Which notes belong to a part of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from inspector_app.domain.entities import Block, EvidenceNote, KeyQuestion, Notice, Section, Topic
from inspector_app.domain.evidence import EvidenceIndex
from inspector_app.domain.part_notes import (
    find_page_scope,
    find_scope,
    fold_note,
    group_notes,
    list_notes,
)
from tests.report.making import bring_in

if TYPE_CHECKING:
    from inspector_app.domain.inspection import Inspection

CONTENT: dict[str, Any] = {
    "sections": {"background": [{"paragraph": "Opened in 2001.", "evidence": ["elsewhere"]}]},
    "key_questions": {
        "safe": {
            "summary": [],
            "topics": [
                {
                    "topic": "medicines",
                    "body": [{"bullets": [{"text": "Cold.", "evidence": ["far"]}]}],
                },
                {"topic": "safety_systems", "body": []},
            ],
        },
        "caring": {"summary": [], "topics": []},
    },
    "notices": [
        {"kind": "requirement", "regulation": "RA2014-12", "activities": [], "how_not_met": []},
        {"kind": "requirement", "regulation": "RA2014-17", "activities": [], "how_not_met": []},
    ],
    "evidence": [
        {"source": "record", "stance": "neutral", **note}
        for note in (
            {"id": "old", "text": "Old", "when": "2024-03-01", "topics": ["safe.medicines"]},
            {"id": "new", "text": "New", "when": "2024-03-04T10:00", "topics": ["safe.medicines"]},
            {"id": "wide", "text": "Wide", "when": "2024-03-03", "topics": ["safe"]},
            {
                "id": "other",
                "text": "Other",
                "when": "2024-03-02",
                "topics": ["safe.safety_systems"],
            },
            {"id": "far", "text": "Far", "when": "2024-02-01", "topics": ["caring"]},
            {"id": "elsewhere", "text": "Elsewhere", "when": "2024-01-01", "topics": ["caring"]},
            {"id": "free", "text": "Free", "when": "", "regulations": ["RA2014-12"]},
        )
    ],
}


@pytest.fixture(scope="module")
def inspection() -> Inspection:
    return bring_in("rated", **CONTENT).inspection


def list_for(inspection: Inspection, part: str, *, page: bool = False) -> list[str]:
    scope = (find_page_scope if page else find_scope)(inspection, part)
    assert scope is not None
    return [note.id for note in list_notes(inspection, EvidenceIndex(inspection), scope)]


def test_the_notes_of_each_part_newest_first(inspection: Inspection) -> None:
    parts = {type(item): item.id for item in reversed(list(inspection))}
    safe = parts[KeyQuestion]
    medicines = inspection.child_ids(safe, Topic)[0]
    notice = inspection.child_ids(inspection.id, Notice)[0]
    # What stands behind a sentence of the part belongs to it, whatever its own topics.
    assert list_for(inspection, medicines) == ["new", "old", "far"]
    assert list_for(inspection, medicines, page=True) == ["new", "wide", "other", "old", "far"]
    assert list_for(inspection, safe) == ["new", "wide", "other", "old", "far"]
    assert list_for(inspection, parts[Section]) == ["elsewhere", "free"]
    assert list_for(inspection, notice) == ["free"]
    assert list_for(inspection, notice, page=True) == ["free"]
    everything = list_notes(inspection, EvidenceIndex(inspection), None)
    assert len(everything) == len(CONTENT["evidence"])
    assert find_page_scope(inspection, safe) is None
    for nowhere in ("", inspection.id, next(inspection.all(EvidenceNote)).id):
        assert find_scope(inspection, nowhere) is None


def test_notes_by_what_they_are_used_for(inspection: Inspection) -> None:
    index = EvidenceIndex(inspection)
    notes = ["new", "far", "elsewhere", "free"]
    assert group_notes(notes, index, ["far"]) == {
        "behind": ["far"],
        "unused": ["new", "free"],
        "used": ["elsewhere"],
    }
    assert any(item.evidence for item in inspection if isinstance(item, Block))


def test_a_search_looks_at_text_detail_and_tags() -> None:
    note = EvidenceNote(id="a", text="Straße", source_detail="Ward ONE", tags=("Cold",), by="KB")
    assert fold_note(note) == "strasse\nward one\ncold"
