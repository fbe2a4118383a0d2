from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from inspector_app.checks.rating_advice import Advice, advise
from inspector_app.frameworks.load import load_framework, load_reference
from tests.report.making import bring_in

_GOOD = dict.fromkeys(("safe", "effective", "caring", "responsive", "well_led"), "good")
_NOTICE = {"activities": ["Surgical procedures"], "regulation": "RA2014-12"}


def _advise(regime: str = "rated", **content: Any) -> Advice | None:
    inspection = bring_in(regime, **content).inspection
    return advise(inspection, load_framework(inspection.details.framework), load_reference())


def _get(regime: str = "rated", **content: Any) -> Advice:
    found = _advise(regime, **content)
    assert found is not None
    return found


def test_a_breach_caps_what_the_ratings_give() -> None:
    advice = _get(ratings={**_GOOD, "overall": "good"}, notices=[_NOTICE])
    assert advice.proposal.rating == "requires_improvement"
    assert [rule.id for rule in advice.rules] == ["P4", "P1"]
    assert advice.proposal.uncapped == "good"
    assert advice.departs


def test_a_breach_statement_counts_without_a_notice() -> None:
    blocks = [{"breach": "There was a breach.", "regulation": "RA2014-12"}]
    advice = _get(ratings=_GOOD, sections={"key_findings": blocks})
    assert advice.breach
    assert advice.proposal.rating == "requires_improvement"


@pytest.mark.parametrize("overall", [None, "good", "not_rated"])
def test_nothing_departs_from_what_is_proposed(overall: str | None) -> None:
    chosen = {"overall": overall} if overall else {}
    assert not _get(ratings={**_GOOD, **chosen}).departs


def test_a_limiter_holds_well_led_down() -> None:
    strong = {**_GOOD, "safe": "requires_improvement"}
    advice = _get(ratings=strong, limiters=["L3", "L1"])
    assert [(item.key_question, item.maximum, item.limiter.id) for item in advice.limited] == [
        ("well_led", "requires_improvement", "L3")
    ]
    assert advice.proposal.rating == "requires_improvement"
    assert [rule.id for rule in advice.rules] == ["P5"]


def test_a_habit_limits_nothing() -> None:
    advice = _get(ratings=_GOOD, limiters=["L5"])
    assert not advice.limited
    assert advice.proposal.rating == "good"


def test_a_focused_inspection_carries_earlier_ratings_forward() -> None:
    advice = _get(
        visit={"type": "focused"},
        ratings={"safe": "requires_improvement", "well_led": "requires_improvement"},
        previous_ratings=_GOOD,
    )
    assert advice.carried == ("effective", "caring", "responsive")
    assert [rule.id for rule in advice.rules] == ["P2", "P5"]
    assert advice.proposal.rating == "requires_improvement"


def test_a_comprehensive_inspection_carries_nothing() -> None:
    advice = _get(visit={"type": "comprehensive"}, ratings={"safe": "good"}, previous_ratings=_GOOD)
    assert advice.carried == ()
    assert advice.proposal.rating == ""
    assert "caring" in advice.proposal.missing


def test_where_nothing_is_rated_nothing_is_proposed() -> None:
    assert _advise("unrated", judgements={"safe": "not_met"}) is None


def test_a_grid_gives_services_columns_and_the_location() -> None:
    weak = {**_GOOD, "safe": "requires_improvement", "well_led": "requires_improvement"}
    rows = [{"service": "Surgery", "ratings": weak}, {"service": "Outpatients", "ratings": _GOOD}]
    grid = _get(ratings=_GOOD, rating_grid=rows).grid
    assert grid is not None
    assert [(item.name, item.advice.proposal.rating) for item in grid.services] == [
        ("Surgery", "requires_improvement"),
        ("Outpatients", "good"),
    ]
    assert grid.columns["safe"].rating == "requires_improvement"
    assert grid.columns["caring"].rating == "good"
    assert grid.overall.rating == "requires_improvement"


def test_a_service_has_rules_breaches_and_carried_ratings_of_its_own() -> None:
    notice = {"regulation": "RA2014-12"}
    services = [
        {"service": "Surgery", "ratings": {**_GOOD, "overall": "good"}, "notices": [notice]},
        {"service": "Maternity", "left_out": True, "previous_ratings": _GOOD},
        {"service": "Wards", "ratings": {"safe": "inadequate"}, "previous_ratings": _GOOD},
    ]
    grid = _get(services=services).grid
    assert grid is not None
    surgery, maternity, wards = (item.advice for item in grid.services)
    assert (surgery.breach, surgery.proposal.rating) == (True, "requires_improvement")
    assert surgery.departs
    assert (maternity.breach, maternity.proposal.rating) == (False, "good")
    assert maternity.carried == tuple(_GOOD)
    assert "caring" in wards.proposal.missing, "all of a comprehensive inspection is looked at"
    assert grid.columns["safe"].rating == "inadequate"


def test_a_location_without_ratings_has_those_that_its_services_give() -> None:
    services = [{"service": name, "ratings": _GOOD} for name in ("Surgery", "Wards")]
    advice = _get(services=services, ratings={"safe": "requires_improvement"})
    assert advice.proposal.rating == "good"
    assert not advice.proposal.missing


def _score(scores: dict[str, int], **details: Any) -> Advice:
    data = Path(__file__).parents[1] / "frameworks" / "data"
    framework, reference = load_framework("lighthouse", data), load_reference(data)
    inspection = bring_in("rated").inspection
    changed = msgspec.structs.replace(
        inspection.details, framework="lighthouse", regime="scored", scores=scores, **details
    )
    # The lighthouse is no framework of the application's, so content cannot name it.
    advice = advise(type(inspection)([changed]), framework, reference)
    assert advice is not None
    return advice


def test_scores_give_key_questions_their_ratings() -> None:
    advice = _score({"lamp": 2, "lens": 2}, ratings={"dry": "shining"})
    assert advice.scored["bright"].rating == "shining"
    assert advice.proposal.rating == "shining"


def test_a_statement_without_a_score_takes_it_from_the_previous_rating() -> None:
    advice = _score({"lamp": 2}, previous_ratings={"bright": "dim"}, ratings={"dry": "shining"})
    assert advice.scored["bright"].percent == 75
    assert advice.scored["bright"].limit is not None
    assert advice.proposal.rating == "dim"
