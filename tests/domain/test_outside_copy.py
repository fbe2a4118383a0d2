"""The copy that can be sent outside."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

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
from inspector_app.report.report import make_report_printer, render_report
from tests.report.making import bring_in, copy_templates, edit_template

if TYPE_CHECKING:
    from pathlib import Path

PRINT = make_report_printer()


@pytest.mark.parametrize("name", SAMPLES)
def test_the_report_is_the_same_and_nothing_private_is_left(name: str) -> None:
    inspection = load_sample(name).inspection
    change, copy = make_outside_copy(inspection, PRINT)
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
    _, copy = make_outside_copy(draft.result, PRINT)
    assert copy.details.own_words == ()
    assert copy.details.state == "final"
    assert copy.details.state_dates == {}
    assert not list(copy.all(SetAside))
    assert not any(part.evidence for part in copy if isinstance(part, Action | Block))


def test_only_pictures_of_the_report_stay() -> None:
    inspection = load_sample("rated").inspection
    draft = Draft(inspection)
    draft.create(Attachment(id="rota", parent=inspection.id, name="rota.pdf", sha256="0" * 64))
    _, copy = make_outside_copy(draft.result, PRINT)
    shown = {item.attachment for item in inspection if isinstance(item, Block)}
    kept = list(copy.all(Attachment))
    assert kept
    assert [item.id for item in kept] == [
        item.id for item in inspection.all(Attachment) if item.id in shown
    ]
    # The camera's names say when and by what they were taken.
    assert [item.name for item in kept] == [f"Picture {n + 1}" for n in range(len(kept))]


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
        _, copy = make_outside_copy(inspection, PRINT)
        text = write_content(copy, None).decode()
        assert render_report(copy).html == render_report(inspection).html
        assert "Surgical procedures" in text
        for word in ("locum", "alone", "12(1)", "cancelled", "2026-12-24"):
            assert (word in text) is not withheld


def test_what_only_the_other_regime_prints_stays_at_home() -> None:
    for regime in ("rated", "unrated"):
        both = {"ratings": {"safe": "good"}, "judgements": {"safe": "not_met"}}
        copy = make_outside_copy(bring_in(regime, **both).inspection, PRINT)[1]
        assert dict(copy.details.ratings) == ({"safe": "good"} if regime == "rated" else {})
        assert dict(copy.details.judgements) == ({} if regime == "rated" else {"safe": "not_met"})


def test_templates_of_ones_own_say_what_is_printed(tmp_path: Path) -> None:
    folder = copy_templates(tmp_path)
    edit_template(
        folder,
        "independent_health/rated.html.j2",
        '{{ location.name }}</p>\n<p class="cover-sub',
        '{{ location.name }} {{ location.service_type }}</p>\n<p class="cover-sub',
    )
    inspection = bring_in("rated", location={"name": "Elm", "service_type": "Dentist"}).inspection
    for printer, kept in ((PRINT, ""), (make_report_printer(folder), "Dentist")):
        assert make_outside_copy(inspection, printer)[1].details.service_type == kept


def test_what_the_inspector_noted_and_the_report_does_not_print_stays_at_home() -> None:
    content = {
        "overall_departure_reason": "The rules were too kind.",
        "previous_breaches": [{"regulation": "RA2014-12", "answer": "Still as bad."}],
    }
    _, copy = make_outside_copy(bring_in("rated", **content).inspection, PRINT)
    text = write_content(copy, None).decode()
    assert "too kind" not in text
    assert "Still as bad" not in text
