from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from inspector_app.checks.contradictions.themes import load_themes
from tests.checks.trying import find, in_topic

_DATA = Path(__file__).parent / "data"
_PAIRS = tomllib.loads((_DATA / "contradictions.toml").read_text("utf-8"))
_QUOTES = re.compile("says both “(.+)” and “(.+)”")


def _two_topics(one: str, other: str) -> dict[str, Any]:
    return {
        "key_questions": {
            "safe": {"summary": [], "topics": [{"title": "A", "body": [{"bullets": [one]}]}]},
            "well_led": {"summary": [], "topics": [{"title": "B", "body": [{"bullets": [other]}]}]},
        }
    }


@pytest.mark.parametrize("pair", _PAIRS["clash"], ids=lambda pair: pair["lack"][:40])
def test_two_sentences_that_cannot_both_stand(pair: dict[str, str]) -> None:
    well, lack, theme = pair["well"], pair["lack"], pair["theme"]
    messages = [finding.message for finding in find("tension", **_two_topics(well, lack))]
    assert messages
    assert any(theme in message.partition(", the report")[0] for message in messages)
    # Whichever comes first.
    assert find("tension", **_two_topics(lack, well))


@pytest.mark.parametrize("pair", _PAIRS["no_clash"], ids=lambda pair: pair["other"][:40])
def test_two_sentences_that_can_both_stand(pair: dict[str, str]) -> None:
    one, other = pair["one"], pair["other"]
    assert [finding.message for finding in find("tension", **_two_topics(one, other))] == []
    assert [finding.message for finding in find("tension", **_two_topics(other, one))] == []


def _quotes(**content: Any) -> list[tuple[str, ...]]:
    """Return what is quoted of two sentences that contradict each other."""
    found = (_QUOTES.search(result.message) for result in find("tension", **content))
    return [match.groups() for match in found if match]


def _service(number: int, one: str, other: str) -> dict[str, Any]:
    # Services are not compared with each other, so all pairs stand in one report, each in its own.
    return {"service": f"Service {number}", **_two_topics(one, other)}


def test_pairs_of_other_sectors_in_running_prose() -> None:
    pairs = tomllib.loads((_DATA / "other_sectors.toml").read_text("utf-8"))
    clashing = [_service(number, *pair) for number, pair in enumerate(pairs["clash"])]
    found = _quotes(services=clashing)
    missed = [
        (well, lack)
        for well, lack in pairs["clash"]
        if not any(one in well and other in lack for one, other in found)
    ]
    assert missed == []
    both_ways = [pair for two in pairs["no_clash"] for pair in (two, two[::-1])]
    fitting = [_service(number, *pair) for number, pair in enumerate(both_ways)]
    assert _quotes(services=fitting) == []


def test_of_five_warnings_on_whole_reports_at_most_one_is_false() -> None:
    reports = tomllib.loads((_DATA / "reports.toml").read_text("utf-8"))["reports"]
    found: list[str] = []
    false: list[tuple[str, ...]] = []
    for report in reports:
        topics = {
            question: {
                "summary": [],
                "topics": [{"title": "Findings", "body": [{"paragraph": text} for text in texts]}],
            }
            for question, texts in report["topics"].items()
        }
        for quotes in _quotes(key_questions=topics):
            if quotes[1] in report["lacks"]:
                found.append(quotes[1])
            else:
                false.append(quotes)
    assert len(false) * 5 <= len(found) + len(false), false
    assert len(found) >= 0.9 * sum(len(report["lacks"]) for report in reports)


def test_one_finding_for_a_theme_and_topic_that_quotes_both_and_leads_to_all() -> None:
    lacks = ["Staff had not completed fire training.", "Sepsis training was overdue."]
    content = in_topic("Training was up to date for all staff.", "Staff training was good.", *lacks)
    (finding,) = find("tension", **content)
    assert "“Training was up to date for all staff”" in finding.message
    assert lacks[0].rstrip(".") in finding.message
    assert len(finding.related) == 2


def test_services_are_not_compared_with_each_other() -> None:
    def service(name: str, text: str) -> dict[str, Any]:
        return {"service": name, **in_topic(text)}

    well, lack = "Medicines were managed safely.", "Medicines were not managed safely."
    both = [service("Surgery", well), service("Maternity", lack)]
    assert find("tension", services=both) == []
    assert (
        len(find("tension", services=[service("Surgery", well), service("S", lack + " " + well)]))
        == 1
    )


def _topic(lead: str, *bullets: str) -> dict[str, Any]:
    topic = {"topic": "medicines", "lead": lead, "body": [{"bullets": list(bullets)}]}
    return {"key_questions": {"safe": {"summary": [], "topics": [topic]}}}


_RELIABLE = "The service had reliable systems for appropriate and safe handling of medicines."


@pytest.mark.parametrize(
    "bullets",
    [
        ["Medicines were not stored securely."],
        ["Stock was checked.", "Records were incomplete.", "Two medicines had expired."],
        ["Fridge temperatures had not been recorded.", "Stock was checked."],
    ],
)
def test_a_lead_that_claims_too_much(bullets: list[str]) -> None:
    assert len(find("lead_tension", **_topic(_RELIABLE, *bullets))) == 1


@pytest.mark.parametrize(
    ("lead", "bullets"),
    [
        (_RELIABLE, ["Stock was checked.", "Prescriptions were signed."]),
        (_RELIABLE, ["One.", "Two.", "Three.", "Two medicines had expired."]),
        ("The service had some systems for safe handling.", ["Two medicines had expired."]),
        ("The service did not have reliable systems.", ["Two medicines had expired."]),
    ],
)
def test_a_lead_that_its_findings_bear_out(lead: str, bullets: list[str]) -> None:
    assert find("lead_tension", **_topic(lead, *bullets)) == []


_LACKS = ["Records were incomplete.", "Two medicines had expired.", "Staff had not been trained."]


@pytest.mark.parametrize(
    ("regime", "content"),
    [
        ("rated", {"ratings": {"safe": "good"}, **in_topic(*_LACKS)}),
        ("rated", {"ratings": {"safe": "outstanding"}, **in_topic(*_LACKS, "It was clean.")}),
        ("unrated", {"judgements": {"safe": "met"}, **in_topic(*_LACKS)}),
    ],
)
def test_a_judgement_over_many_lacks(regime: str, content: dict[str, Any]) -> None:
    assert len(find("judgement_tension", regime, **content)) == 1


@pytest.mark.parametrize(
    ("regime", "content"),
    [
        ("rated", {"ratings": {"safe": "requires_improvement"}, **in_topic(*_LACKS)}),
        ("rated", {"ratings": {"safe": "good"}, **in_topic(*_LACKS, *["It was clean."] * 4)}),
        ("unrated", {"judgements": {"safe": "not_met"}, **in_topic(*_LACKS)}),
        ("rated", {"ratings": {"caring": "good"}, **in_topic(*_LACKS)}),
    ],
)
def test_a_judgement_that_its_findings_bear_out(regime: str, content: dict[str, Any]) -> None:
    assert find("judgement_tension", regime, **content) == []


def test_places_stand_where_they_say_in_texts_with_unusual_letters() -> None:
    text = "İstanbul Ward: medicines were stored safely."
    (statement, *_) = load_themes().statements(text)
    assert "medicines were stored safely" in text[statement.start : statement.end]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("All staff had a locker.", "Not all staff had a locker."),
        ("Every patient was given a leaflet.", "Not every patient was given a leaflet."),
        ("All of the people had visitors.", "Visitors came, but not all people had visitors."),
    ],
)
def test_all_beside_not_all(one: str, other: str) -> None:
    assert len(find("all_and_not_all", **in_topic(one, other))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("All staff had a locker.", "Not all staff had a car."),
        ("All staff had a locker.", "Not all people had a locker."),
        ("All staff had a locker. However, it was full.", "All staff had a locker."),
        ("All staff had no locker.", "Not all staff had a locker."),
    ],
)
def test_all_beside_something_else(one: str, other: str) -> None:
    assert find("all_and_not_all", **in_topic(one, other)) == []
