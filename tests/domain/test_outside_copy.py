"""The copy that can be sent outside."""

from __future__ import annotations

from datetime import date

import pytest

from inspector_app.content.samples import SAMPLES, load_sample
from inspector_app.content.writing import write_content
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import (
    Action,
    Attachment,
    Block,
    EvidenceNote,
    Person,
    SetAside,
)
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.outside_copy import make_outside_copy
from inspector_app.report.report import render_report
from tests.report.making import bring_in


@pytest.mark.parametrize("name", SAMPLES)
def test_the_report_is_the_same_and_nothing_private_is_left(name: str) -> None:
    inspection = load_sample(name).inspection
    change, copy = make_outside_copy(inspection)
    assert render_report(copy).html == render_report(inspection).html
    assert copy.id != inspection.id
    assert Inspection().apply(change) == copy
    text = write_content(copy, None).decode()
    for note in inspection.all(EvidenceNote):
        assert f'"{note.id}"' not in text
        assert note.text not in text
    people = list(inspection.all(Person))
    assert people or name == "unrated"
    for person in people:
        assert person.name not in text


def test_what_was_written_for_this_computer_stays_at_home() -> None:
    inspection = load_sample("rated").inspection
    note = next(inspection.all(EvidenceNote))
    action = next(inspection.all(Action))
    draft = Draft(inspection)
    draft.set(inspection.id, "own_words", ["Wrzos"])
    draft.set(inspection.id, "state", "final")
    for state in ("in_review", "final"):
        draft.set(inspection.id, f"state_dates.{state}", date(2026, 11, 3))
    draft.set(action.id, "evidence", [note.id])
    draft.create(SetAside(id="aside", parent=inspection.id, check="age", reason="Ann agreed"))
    _, copy = make_outside_copy(draft.result)
    assert copy.details.own_words == ()
    assert copy.details.state_dates == {"final": date(2026, 11, 3)}
    assert not list(copy.all(SetAside))
    assert not any(part.evidence for part in copy if isinstance(part, Action | Block))


def test_only_pictures_of_the_report_stay() -> None:
    inspection = load_sample("rated").inspection
    draft = Draft(inspection)
    draft.create(Attachment(id="rota", parent=inspection.id, name="rota.pdf", sha256="0" * 64))
    _, copy = make_outside_copy(draft.result)
    shown = {item.attachment for item in inspection if isinstance(item, Block)}
    assert [item.id for item in copy.all(Attachment)] == [
        item.id for item in inspection.all(Attachment) if item.id in shown
    ]


def test_what_a_withheld_notice_is_about_stays_at_home() -> None:
    private = {
        "must": "Ensure that the locum is supervised.",
        "how_not_met": [{"paragraph": "The locum worked alone."}, {"image": "f1"}],
        "breached_paragraphs": ["12(1)"],
        "action": "We cancelled the registration.",
        "deadline": "2026-12-24",
    }
    known = {"kind": "warning", "regulation": "RA2014-12", "activities": ["Surgical procedures"]}
    file = {"id": "f1", "name": "locum.jpg", "sha256": "a" * 64}
    for withheld in (False, True):
        notice = {**known, **private, "withheld": withheld}
        inspection = bring_in("rated", notices=[notice], attachments=[file]).inspection
        _, copy = make_outside_copy(inspection)
        text = write_content(copy, None).decode()
        assert render_report(copy).html == render_report(inspection).html
        assert "Surgical procedures" in text
        for word in ("locum", "alone", "12(1)", "cancelled", "2026-12-24"):
            assert (word in text) is not withheld


def test_what_the_inspector_noted_and_the_report_does_not_print_stays_at_home() -> None:
    content = {
        "overall_departure_reason": "The rules were too kind.",
        "previous_breaches": [{"regulation": "RA2014-12", "answer": "Still as bad."}],
    }
    _, copy = make_outside_copy(bring_in("rated", **content).inspection)
    text = write_content(copy, None).decode()
    assert "too kind" not in text
    assert "Still as bad" not in text
