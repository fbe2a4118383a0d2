from __future__ import annotations

from typing import Any

import pytest

from tests.checks.trying import find, in_topic

_NOTICE = {
    "activities": ["Surgical procedures"],
    "regulation": "RA2014-12",
    "key_question": "safe",
    "how_not_met": [{"bullets": ["Medicines were not counted."]}],
}


def _note(stance: str, topic: str = "safe.medicines", id_: str = "n1") -> dict[str, Any]:
    return {"id": id_, "text": "Seen.", "source": "record", "stance": stance, "topics": [topic]}


@pytest.mark.parametrize(
    "content",
    [
        {"ratings": {"overall": "good"}, "notices": [_NOTICE]},
        {"ratings": {"overall": "outstanding"}, "notices": [_NOTICE]},
        {
            "ratings": {"overall": "good"},
            "sections": {"key_findings": [{"breach": "A breach.", "regulation": "RA2014-17"}]},
        },
    ],
)
def test_an_overall_rating_above_a_breach(content: dict[str, Any]) -> None:
    assert len(find("overall_above_breach", **content)) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"ratings": {"overall": "requires_improvement"}, "notices": [_NOTICE]},
        {"ratings": {"overall": "insufficient_evidence"}, "notices": [_NOTICE]},
        {"ratings": {"overall": "good"}},
    ],
)
def test_an_overall_rating_that_a_breach_allows(content: dict[str, Any]) -> None:
    assert find("overall_above_breach", **content) == []


@pytest.mark.parametrize("rating", ["good", "outstanding"])
@pytest.mark.parametrize("question", ["safe", "well_led"])
def test_a_key_question_rated_well_with_a_breach(rating: str, question: str) -> None:
    notice = {**_NOTICE, "key_question": question}
    assert len(find("question_above_breach", ratings={question: rating}, notices=[notice])) == 1


@pytest.mark.parametrize(
    "ratings",
    [{"safe": "requires_improvement"}, {"safe": "inadequate"}, {"caring": "good"}, {}],
)
def test_a_key_question_rated_as_its_breach_allows(ratings: dict[str, str]) -> None:
    assert find("question_above_breach", ratings=ratings, notices=[_NOTICE]) == []


@pytest.mark.parametrize("limiters", [["L1"], ["L3"], ["L4"]])
def test_a_rating_above_a_limiter(limiters: list[str]) -> None:
    found = find("limiter_exceeded", ratings={"well_led": "good"}, limiters=limiters)
    assert len(found) == 1
    assert "but a limiter was set that allows" in found[0].message


@pytest.mark.parametrize(
    ("ratings", "limiters"),
    [
        ({"well_led": "requires_improvement"}, ["L1"]),
        ({"safe": "good"}, ["L1"]),
        ({"well_led": "good"}, []),
    ],
)
def test_a_rating_that_its_limiters_allow(ratings: dict[str, str], limiters: list[str]) -> None:
    assert find("limiter_exceeded", ratings=ratings, limiters=limiters) == []


@pytest.mark.parametrize(
    ("regime", "content"),
    [
        ("rated", {"ratings": {"safe": "good"}, "evidence": [_note("concern")]}),
        (
            "rated",
            {
                "ratings": {"safe": "good"},
                "evidence": [_note("concern"), _note("neutral", id_="n2")],
            },
        ),
        ("rated", {"ratings": {"safe": "inadequate"}, "evidence": [_note("strength", "safe")]}),
        ("unrated", {"judgements": {"safe": "met"}, "evidence": [_note("concern")]}),
        ("unrated", {"judgements": {"safe": "not_met"}, "evidence": [_note("strength")]}),
    ],
)
def test_a_judgement_against_its_notes(regime: str, content: dict[str, Any]) -> None:
    assert len(find("judgement_against_notes", regime, **content)) == 1


@pytest.mark.parametrize(
    ("regime", "content"),
    [
        (
            "rated",
            {
                "ratings": {"safe": "good"},
                "evidence": [_note("concern"), _note("strength", id_="n2")],
            },
        ),
        ("rated", {"ratings": {"safe": "good"}, "evidence": [_note("neutral")]}),
        ("rated", {"ratings": {"safe": "good"}, "evidence": [_note("concern", "caring.privacy")]}),
        ("rated", {"ratings": {"safe": "requires_improvement"}, "evidence": [_note("strength")]}),
        ("unrated", {"judgements": {"safe": "not_met"}, "evidence": [_note("concern")]}),
    ],
)
def test_a_judgement_that_its_notes_bear_out(regime: str, content: dict[str, Any]) -> None:
    assert find("judgement_against_notes", regime, **content) == []


def _summary(text: str) -> dict[str, Any]:
    return {"overall_summary": [{"paragraph": text}]}


_PLACED = "The service will be placed in special measures."


@pytest.mark.parametrize(
    ("overall", "text"),
    [
        ("inadequate", "The service was not safe."),
        ("good", _PLACED),
        ("requires_improvement", "I am placing this service in special measures."),
    ],
)
def test_special_measures_and_the_rating_disagree(overall: str, text: str) -> None:
    content = {"ratings": {"overall": overall}, "sections": _summary(text)}
    assert len(find("special_measures", **content)) == 1


@pytest.mark.parametrize(
    ("overall", "text"),
    [
        ("inadequate", _PLACED),
        ("good", "The service is no longer placed in special measures."),
        ("good", "The service was safe."),
    ],
)
def test_special_measures_and_the_rating_agree(overall: str, text: str) -> None:
    content = {"ratings": {"overall": overall}, "sections": _summary(text)}
    assert find("special_measures", **content) == []


@pytest.mark.parametrize(
    ("regime", "content", "missing"),
    [
        ("rated", {"state": "in_review"}, 1),
        ("rated", {"state": "final", "ratings": {"overall": "good"}, **in_topic("A")}, 1),
        ("unrated", {"state": "published", **in_topic("A")}, 1),
    ],
)
def test_ratings_that_are_missing(regime: str, content: dict[str, Any], missing: int) -> None:
    assert len(find("ratings_missing", regime, **content)) == missing


@pytest.mark.parametrize(
    ("regime", "content"),
    [
        ("rated", {"state": "draft", **in_topic("A")}),
        ("rated", in_topic("A")),
        (
            "rated",
            {"state": "final", "ratings": {"overall": "good", "safe": "good"}, **in_topic("A")},
        ),
        ("unrated", {"state": "final", "judgements": {"safe": "met"}, **in_topic("A")}),
    ],
)
def test_ratings_that_are_there_or_not_yet_due(regime: str, content: dict[str, Any]) -> None:
    assert find("ratings_missing", regime, **content) == []


_FIVE = ("safe", "effective", "caring", "responsive", "well_led")


def _rated(overall: str, *weak: str, **content: Any) -> dict[str, Any]:
    ratings = {
        question: "requires_improvement" if question in weak else "good" for question in _FIVE
    }
    return {"ratings": {**ratings, "overall": overall}, **content}


@pytest.mark.parametrize(
    "content",
    [
        _rated("outstanding"),
        _rated("requires_improvement", "safe"),
        _rated("good", "safe", "well_led"),
        _rated("inadequate", overall_departure_reason="   "),
    ],
)
def test_a_departure_without_a_reason(content: dict[str, Any]) -> None:
    assert len(find("departure_without_reason", **content)) == 1
    assert not find("departure", **content)


@pytest.mark.parametrize(
    "content",
    [
        _rated("good"),
        _rated("requires_improvement", "safe", overall_departure_reason="Serious risk"),
        _rated("not_rated", "safe", "caring"),
        # The check on breaches tells it already.
        _rated("good", notices=[{"activities": [], "regulation": "RA2014-12"}]),
        {"ratings": {"safe": "good", "overall": "good"}},
    ],
)
def test_no_departure_without_a_reason(content: dict[str, Any]) -> None:
    assert not find("departure_without_reason", **content)


@pytest.mark.parametrize("overall", ["requires_improvement", "outstanding", "inadequate"])
def test_a_departure_is_listed_with_its_reason(overall: str) -> None:
    content = _rated(overall, "safe", overall_departure_reason="Serious {risk}")
    (finding,) = find("departure", **content)
    assert finding.excerpt == "Serious {risk}"
    assert "the rules propose Good" in finding.message


@pytest.mark.parametrize(
    "content",
    [
        _rated("good", overall_departure_reason="No longer needed"),
        _rated("outstanding"),
        {"ratings": {"overall": "good"}, "overall_departure_reason": "Too early"},
    ],
)
def test_nothing_departs_with_a_reason(content: dict[str, Any]) -> None:
    assert not find("departure", **content)


_WRITTEN = {"safe": {"summary": [{"paragraph": "Staff counted swabs."}]}}
_ALL_GOOD = dict.fromkeys(["safe", "effective", "caring", "responsive", "well_led"], "good")


@pytest.mark.parametrize(
    ("check", "regime", "service", "said"),
    [
        (
            "overall_above_breach",
            "rated",
            {"ratings": {"overall": "good"}, "notices": [_NOTICE]},
            "breach of regulations in Surgery, so Good",
        ),
        (
            "question_above_breach",
            "rated",
            {"ratings": {"safe": "good"}, "notices": [_NOTICE]},
            "Safe (Surgery) is rated Good although",
        ),
        (
            "departure_without_reason",
            "rated",
            {"ratings": {**_ALL_GOOD, "overall": "inadequate"}},
            "Surgery is rated Inadequate overall, but the rules propose Good",
        ),
        (
            "ratings_missing",
            "rated",
            {"ratings": {"caring": "good", "overall": "good"}, "key_questions": _WRITTEN},
            "The judgement on Safe (Surgery) is missing",
        ),
        (
            "question_not_judged",
            "rated",
            {"ratings": {"caring": "good"}, "key_questions": _WRITTEN},
            "Safe (Surgery) was inspected but is not judged",
        ),
        (
            "judged_without_findings",
            "rated",
            {"ratings": {"safe": "good", "caring": "good"}, "key_questions": _WRITTEN},
            "Caring (Surgery) is judged, but",
        ),
        (
            "not_met_without_breach",
            "unrated",
            {"judgements": {"safe": "not_met"}},
            "Safe (Surgery) is judged not met",
        ),
        (
            "breach_with_all_met",
            "unrated",
            {"judgements": {"safe": "met"}, "notices": [_NOTICE]},
            "but Safe (Surgery) is judged met",
        ),
    ],
)
def test_each_service_is_judged_by_itself(
    check: str, regime: str, service: dict[str, Any], said: str
) -> None:
    content = {
        "state": "in_review",
        "visit": {"type": "comprehensive"},
        "ratings": {"overall": "requires_improvement"} if regime == "rated" else {},
    }
    found = find(check, regime, **content, services=[{"service": "Surgery", **service}])
    assert sum(said in result.message for result in found) == 1
    # The same in one that was left out, and in the location, is told of neither.
    left = {"service": "Surgery", **service, "left_out": True}
    told = find(check, regime, **content, services=[left])
    assert not any("Surgery" in result.message for result in told)
