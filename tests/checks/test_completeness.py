from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inspector_app.checks.running import run_checks
from inspector_app.frameworks.load import load_framework, load_reference
from tests.checks.trying import find, in_topic
from tests.report.making import bring_in, full_content

_TODAY = date(2024, 6, 1)


def _find(check: str, regime: str = "rated", **content: Any) -> list[str]:
    inspection = bring_in(regime, **content).inspection
    framework = load_framework(inspection.details.framework)
    run = run_checks(inspection, framework, load_reference(), [check], _TODAY)
    return [result.place.field for result in run.results]


def _visit(**fields: Any) -> dict[str, Any]:
    return {"visit": fields}


_DAY = {"dates": ["2024-03-04"]}


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (_visit(type="comprehensive"), "visit_dates"),
        ({}, "visit_dates"),
        ({"state": "final", **_visit(**_DAY)}, "publication_date"),
    ],
)
def test_dates_that_are_missing(content: dict[str, Any], field: str) -> None:
    assert _find("dates_missing", **content) == [field]


@pytest.mark.parametrize(
    "content",
    [
        _visit(**_DAY),
        _visit(**{"from": "2024-03-04", "to": "2024-03-06"}),
        {"state": "final", **_visit(**_DAY, publication_date="2024-05-01")},
        _visit(type="desk_based"),
    ],
)
def test_dates_that_are_there(content: dict[str, Any]) -> None:
    assert _find("dates_missing", **content) == []


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (_visit(**_DAY, publication_date="2024-03-01"), "publication_date"),
        (_visit(**{"from": "2024-03-06", "to": "2024-03-04"}), "visit_from"),
        ({**_visit(**_DAY), "previous_ratings": {"date": "2024-03-04"}}, "previous_rating_date"),
        (
            {"state": "published", **_visit(**_DAY, publication_date="2024-06-02")},
            "publication_date",
        ),
        (
            {
                **_visit(**_DAY),
                "previous_breaches": [{"regulation": "RA2014-12", "date": "2024-04-01"}],
            },
            "date",
        ),
    ],
)
def test_dates_that_contradict_each_other(content: dict[str, Any], field: str) -> None:
    assert _find("dates_contradict", **content) == [field]


@pytest.mark.parametrize(
    "content",
    [
        _visit(**_DAY, publication_date="2024-03-04"),
        _visit(**{"from": "2024-03-04", "to": "2024-03-04"}),
        {**_visit(**_DAY), "previous_ratings": {"date": "2023-03-04"}},
        {"state": "final", **_visit(**_DAY, publication_date="2024-06-02")},
        {"state": "published", **_visit(**_DAY, publication_date="2024-06-01")},
    ],
)
def test_dates_in_order(content: dict[str, Any]) -> None:
    assert _find("dates_contradict", **content) == []


def _note(when: str) -> dict[str, Any]:
    note = {"id": "n1", "text": "Seen.", "source": "record", "stance": "neutral", "topics": []}
    return {**_visit(**_DAY), "evidence": [{**note, "when": when} if when else note]}


@pytest.mark.parametrize("when", ["2023-03-04", "2024-08-01", "2042-03-04T10:00:00"])
def test_a_note_far_from_the_visit(when: str) -> None:
    assert _find("note_far_from_visit", **_note(when)) == ["when"]


@pytest.mark.parametrize("when", ["2024-03-04T10:00:00", "2024-01-15", "2024-05-01", ""])
def test_a_note_near_the_visit(when: str) -> None:
    assert _find("note_far_from_visit", **_note(when)) == []


def test_notes_of_a_long_visit_are_near_it_from_its_first_day_to_its_last() -> None:
    long = _visit(**{"from": "2024-03-04", "to": "2024-06-04"})
    for when, found in (("2023-09-10", []), ("2024-09-01", []), ("2024-09-10", ["when"])):
        assert _find("note_far_from_visit", **{**_note(when), **long}) == found


@pytest.mark.parametrize("gone", ["key_findings", "background", "overall_summary"])
def test_a_part_that_is_empty(gone: str) -> None:
    content = full_content("rated")
    content["sections"][gone] = [{"paragraph": " "}]
    assert _find("section_empty", **content) == [f"sections.{gone}"]


@pytest.mark.parametrize("gone", ["outstanding_practice", ""])
@pytest.mark.parametrize("regime", ["rated", "unrated"])
def test_parts_that_are_there(gone: str, regime: str) -> None:
    content = full_content(regime)
    content["sections"].pop(gone, None)
    assert _find("section_empty", regime, **content) == []


def _topic(lead: str, *bullets: str, topic: str = "medicines") -> dict[str, Any]:
    content = in_topic(*bullets, topic=topic)
    if lead:
        content["key_questions"]["safe"]["topics"][0]["lead"] = lead
    return content


@pytest.mark.parametrize(
    ("lead", "bullets"),
    [("Medicines were safe.", []), ("", ["It was safe."]), ("Safe.", [" "])],
)
def test_a_topic_that_is_half_written(lead: str, bullets: list[str]) -> None:
    assert len(_find("topic_half_written", **_topic(lead, *bullets))) == 1


@pytest.mark.parametrize(
    ("lead", "bullets"), [("Medicines were safe.", ["It was safe."]), ("", []), ("", [" "])]
)
def test_a_topic_that_is_written_or_not_begun(lead: str, bullets: list[str]) -> None:
    assert _find("topic_half_written", **_topic(lead, *bullets)) == []


def test_a_heading_is_no_finding() -> None:
    content = _topic("Medicines were safe.")
    content["key_questions"]["safe"]["topics"][0]["body"] = [{"heading": "Stock"}]
    assert len(_find("topic_half_written", **content)) == 1


def test_a_topic_of_ones_own_needs_no_lead() -> None:
    assert _find("topic_half_written", **in_topic("It was safe.")) == []


@pytest.mark.parametrize(
    ("regime", "judged"),
    [
        ("rated", {"ratings": {"overall": "good"}}),
        ("rated", {"ratings": {"caring": "good"}}),
        ("unrated", {"judgements": {"caring": "met"}}),
    ],
)
def test_a_key_question_that_is_not_judged(regime: str, judged: dict[str, Any]) -> None:
    assert len(_find("question_not_judged", regime, **judged, **in_topic("It was safe."))) == 1


@pytest.mark.parametrize(
    "content",
    [
        in_topic("It was safe."),
        {"ratings": {"safe": "good"}, **in_topic("It was safe.")},
        {"ratings": {"safe": "not_rated"}, **in_topic("It was safe.")},
        {"ratings": {"caring": "good"}},
    ],
)
def test_key_questions_that_are_judged_or_not_yet_due(content: dict[str, Any]) -> None:
    assert _find("question_not_judged", **content) == []


@pytest.mark.parametrize(
    ("regime", "judged"),
    [
        ("rated", {"ratings": {"caring": "good"}}),
        ("rated", {"ratings": {"safe": "good", "effective": "inadequate"}}),
        ("unrated", {"judgements": {"caring": "met"}}),
    ],
)
def test_a_judgement_without_findings(regime: str, judged: dict[str, Any]) -> None:
    content = {**_visit(type="comprehensive"), **in_topic("It was safe."), **judged}
    assert len(_find("judged_without_findings", regime, **content)) == 1


@pytest.mark.parametrize(
    "content",
    [
        {**_visit(type="focused"), "ratings": {"caring": "good"}, **in_topic("Safe.")},
        {**_visit(type="comprehensive"), "ratings": {"safe": "good"}, **in_topic("Safe.")},
        {**_visit(type="comprehensive"), "ratings": {"caring": "not_rated"}, **in_topic("Safe.")},
        {**_visit(type="comprehensive"), "ratings": {"caring": "good"}},
    ],
)
def test_judgements_with_findings_or_carried_forward(content: dict[str, Any]) -> None:
    assert _find("judged_without_findings", **content) == []


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ({}, "now"),
        ({"answer": "They were in place."}, "now"),
        ({"now": "met"}, "answer"),
        ({"now": "not_met", "answer": " "}, "answer"),
    ],
)
def test_a_previous_breach_that_is_not_answered(answer: dict[str, str], field: str) -> None:
    content = {"previous_breaches": [{"regulation": "RA2014-12", **answer}]}
    assert _find("previous_breach_unanswered", **content) == [field]


@pytest.mark.parametrize("breaches", [[], [{"now": "met"}], [{"now": "not_met"}]])
def test_previous_breaches_that_are_answered(breaches: list[dict[str, str]]) -> None:
    rows = [{"regulation": "RA2014-12", "answer": "Seen.", **row} for row in breaches]
    assert _find("previous_breach_unanswered", previous_breaches=rows) == []


@pytest.mark.parametrize(
    ("state", "signatory", "missing"),
    [
        ("final", {}, True),
        ("published", {}, True),
        ("final", {"name": " ", "title": "Chief Inspector"}, True),
        ("draft", {}, False),
        ("in_review", {}, False),
        ("final", {"name": "A N Other"}, False),
    ],
)
def test_a_signatory(state: str, signatory: dict[str, str], missing: bool) -> None:
    content = {"state": state, "signatory": signatory} if signatory else {"state": state}
    assert bool(find("signatory_missing", **content)) is missing


_LOCATION = {"name": "The Clinic", "id": "1-123"}


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        ({}, ["location_id", "registered_activities"]),
        ({"location": _LOCATION}, ["registered_activities"]),
        ({"registered_activities": ["Surgical procedures"]}, ["location_id"]),
        ({"location": _LOCATION, "registered_activities": [" "]}, ["registered_activities"]),
        ({"location": _LOCATION, "registered_activities": ["Surgical procedures"]}, []),
        ({"location": _LOCATION, "registered_activities": ["In our own words"]}, []),
    ],
)
def test_register_data(content: dict[str, Any], fields: list[str]) -> None:
    assert _find("register_data_missing", **content) == fields


_PHOTO = {"id": "photo", "name": "IMG_2031.jpg", "sha256": "0" * 64}


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ({}, ["text"]),
        ({"caption": "The ward"}, ["text"]),
        ({"alt": " \n"}, ["text"]),
        ({"alt": "IMG_2031.JPG"}, ["text"]),
        ({"alt": "photo.heic"}, ["text"]),
        ({"alt": "A clean ward."}, []),
        ({"alt": "See photo.jpg of the door"}, []),
    ],
)
def test_a_picture_without_words(block: dict[str, str], found: list[str]) -> None:
    sections = {"background": [{"image": "photo", **block}]}
    assert _find("picture_without_words", sections=sections, attachments=[_PHOTO]) == found


def test_a_picture_that_is_not_printed_needs_no_words() -> None:
    notice = {"kind": "requirement", "withheld": True, "how_not_met": [{"image": "photo"}]}
    assert _find("picture_without_words", notices=[notice], attachments=[_PHOTO]) == []
    sections = {"background": [{"image": ""}]}
    assert _find("picture_without_words", sections=sections) == []
