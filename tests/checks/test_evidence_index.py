from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from inspector_app.checks.evidence_index import (
    build_evidence_index,
    render_evidence_index,
    write_evidence_csv,
)
from inspector_app.content.samples import load_sample
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.report.report import write_docx
from tests.report.making import WordFile, bring_in

if TYPE_CHECKING:
    from inspector_app.domain.inspection import Inspection

_NOTES = [
    {
        "id": "a",
        "text": "=HYPERLINK(0) <b>&",
        "source": "record",
        "source_detail": "fridge log",
        "when": "2023-10-11T12:20:00",
        "by": "TO",
        "stance": "concern",
        "topics": ["safe.medicines"],
        "confidential": True,
    },
    {"id": "b", "text": "{{ 7 * 7 }}", "source": "interview", "topics": ["safe.medicines"]},
    {"id": "c", "text": "Nobody used this.", "source": "data", "stance": "strength"},
]
_BODY = [{"bullets": [{"text": "Fridges were warm.", "evidence": ["a", "b"]}, "No logs."]}]
_CONTENT: dict[str, Any] = {
    "location": {"name": "Saltmarsh <Quay>"},
    "key_questions": {"safe": {"summary": [], "topics": [{"topic": "medicines", "body": _BODY}]}},
    "sections": {"key_findings": [{"paragraph": "We looked at fridges."}]},
    "actions": {"must": [], "should": ["Keep logs."]},
    "evidence": _NOTES,
}


def _parts(inspection: Inspection) -> tuple[Any, Any, Any]:
    return inspection, load_framework(inspection.details.framework), load_reference()


def _inspection() -> Inspection:
    return bring_in(**_CONTENT).inspection


def test_every_sentence_is_there_with_its_notes() -> None:
    index = build_evidence_index(*_parts(_inspection()))
    assert [(item.text, item.strength, item.notes) for item in index.sentences] == [
        ("We looked at fridges.", "none", ()),
        ("Fridges were warm.", "several", ("N1", "N2")),
        ("No logs.", "none", ()),
        ("Keep logs.", "none", ()),
    ]
    assert [note.text for note in index.unused] == ["Nobody used this."]
    assert index.sentences[1].part == "Safe"
    assert index.sentences[1].topic == "Safe and appropriate use of medicines"


def test_the_word_file_shows_sentences_notes_and_balance() -> None:
    report = render_evidence_index(*_parts(_inspection()))
    word = WordFile(write_docx(report, lambda _: None))
    text = "\n".join(word.texts)
    assert "Saltmarsh <Quay>" in text
    for line in (
        "N1 ▼ Record: fridge log, 11 October 2023, 12:20, TO, confidential",
        "=HYPERLINK(0) <b>&",
        "{{ 7 * 7 }}",
        "Several sources",
        "No evidence linked",
        "Notes not used in the report",
        "▼●",
    ):
        assert line in text, line


def test_the_table_has_a_row_for_each_sentence_and_note() -> None:
    data = write_evidence_csv(*_parts(_inspection())).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert [(row["sentence"], row["note"]) for row in rows] == [
        ("We looked at fridges.", ""),
        ("Fridges were warm.", "N1"),
        ("Fridges were warm.", "N2"),
        ("No logs.", ""),
        ("Keep logs.", ""),
        ("", "N3"),
    ]
    # A spreadsheet would run it.
    assert rows[1]["note_text"] == "'=HYPERLINK(0) <b>&"
    assert rows[1]["confidential"] == "yes"


@pytest.mark.parametrize("sample", ["rated", "unrated"])
def test_every_note_of_a_sample_is_in_its_index(sample: str) -> None:
    inspection = load_sample(sample).inspection
    index = build_evidence_index(*_parts(inspection))
    used = {number for sentence in index.sentences for number in sentence.notes}
    unused = {index.numbers[note.id] for note in index.unused}
    assert index.numbers
    assert used | unused == set(index.numbers.values())


def test_an_empty_inspection_has_an_index() -> None:
    report = render_evidence_index(*_parts(bring_in().inspection))
    assert write_docx(report, lambda _: None)
