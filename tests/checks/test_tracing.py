from __future__ import annotations

from typing import Any

import pytest

from inspector_app.checks.subject import Subject
from inspector_app.checks.tracing import (
    Balance,
    describe_support,
    list_unsupported,
    list_unused,
    measure_balance,
)
from inspector_app.domain.entities import Block
from inspector_app.frameworks.load import load_framework, load_reference
from tests.report.making import bring_in


def _subject(**content: Any) -> Subject:
    inspection = bring_in(**content).inspection
    return Subject(inspection, load_framework(inspection.details.framework), load_reference())


def _note(id_: str, /, **fields: Any) -> dict[str, Any]:
    return {"id": id_, "text": f"Note {id_}", "source": "interview", **fields}


def _topic(*bullets: dict[str, Any] | str) -> dict[str, Any]:
    body = [{"bullets": list(bullets)}]
    return {"safe": {"summary": [], "topics": [{"topic": "medicines", "body": body}]}}


@pytest.mark.parametrize(
    ("notes", "strength"),
    [
        ([], "none"),
        ([_note("a")], "one_source"),
        ([_note("a"), _note("b")], "one_source"),
        ([_note("a", source_detail="nurse"), _note("b", source_detail="Nurse ")], "one_source"),
        ([_note("a", source_detail="nurse"), _note("b", source_detail="manager")], "several"),
        ([_note("a"), _note("b", source="record")], "several"),
        ([_note("a", corroborated=True)], "corroborated"),
    ],
)
def test_how_well_a_sentence_stands(notes: list[dict[str, Any]], strength: str) -> None:
    subject = _subject(evidence=notes)
    found = describe_support(subject.inspection, [note.id for note in subject.notes])
    assert found.strength == strength
    assert len(found.notes) == len(notes)


def test_links_to_notes_that_are_gone_are_counted() -> None:
    subject = _subject(evidence=[_note("a", stance="concern")])
    found = describe_support(subject.inspection, [subject.notes[0].id, "gone", "gone"])
    assert (len(found.notes), found.missing) == (1, 1)
    assert found.stances == {"concern": 1}


def test_findings_without_a_note_and_notes_without_a_finding() -> None:
    linked = {"text": "Fridges were checked.", "evidence": ["a"]}
    subject = _subject(
        key_questions=_topic(linked, "Doses were counted."),
        evidence=[_note("a"), _note("b")],
        sections={"key_findings": [{"paragraph": "Fridges were checked."}]},
        actions={"must": [], "should": ["Count doses."]},
    )
    assert [text.text for text in list_unsupported(subject)] == [
        "Doses were counted.",
        "Count doses.",
    ]
    assert [note.text for note in list_unused(subject)] == ["Note b"]


def test_without_any_note_nothing_is_called_unsupported() -> None:
    assert not list(list_unsupported(_subject(key_questions=_topic("Doses were counted."))))


def _get(subject: Subject, key_question: str, topic: str = "") -> Balance:
    return next(
        item
        for item in measure_balance(subject)
        if (item.key_question, item.topic) == (key_question, topic)
    )


def test_the_balance_counts_sources_and_stances_by_question_and_topic() -> None:
    subject = _subject(
        key_questions=_topic("Doses were counted."),
        evidence=[
            _note("a", topics=["safe.medicines", "safe.risks_to_patients"], stance="concern"),
            _note("b", topics=["safe.medicines"], source="record", stance="strength"),
            _note("c", topics=["caring"]),
        ],
    )
    medicines = _get(subject, "safe", "medicines")
    assert (medicines.total, medicines.findings) == (2, 1)
    assert medicines.count_notes(stance="concern") == 1
    assert medicines.count_notes(source="record", stance="strength") == 1
    assert "observation" in medicines.unused_sources
    assert "interview" not in medicines.unused_sources
    # A note about two topics of a question is one note about the question.
    assert _get(subject, "safe").total == 2
    assert _get(subject, "caring").total == 1
    assert _get(subject, "effective").total == 0


def test_every_topic_of_the_framework_is_there() -> None:
    subject = _subject()
    keys = [(item.key_question, item.topic) for item in measure_balance(subject)]
    questions = subject.framework.key_questions
    assert len(keys) == sum(1 + len(question.topics) for question in questions)
    assert len(set(keys)) == len(keys)


def test_every_finding_of_a_topic_is_looked_at() -> None:
    subject = _subject(key_questions=_topic("One.", {"text": "Two.", "bullets": ["Three."]}))
    blocks = [item for item in subject.inspection if isinstance(item, Block)]
    assert _get(subject, "safe", "medicines").findings == len(blocks) == 3
