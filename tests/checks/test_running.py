from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from inspector_app.checks.result import SEVERITIES
from inspector_app.checks.running import run_checks
from inspector_app.frameworks.load import load_framework, load_reference
from tests.checks.trying import find, in_topic
from tests.report.making import bring_in

if TYPE_CHECKING:
    from inspector_app.checks.check_run import CheckRun

_CHECK = "breach_without_notice"
_BREACH = {"breach": "This was a breach of regulation 17.", "regulation": "RA2014-17"}
_OTHER = {"breach": "This was a breach of regulation 12.", "regulation": "RA2014-12"}


def _run(*blocks: dict[str, str], set_aside: list[dict[str, str]]) -> CheckRun:
    sections = {"key_findings": list(blocks)}
    inspection = bring_in(sections=sections, set_aside=set_aside).inspection
    framework = load_framework(inspection.details.framework)
    return run_checks(inspection, framework, load_reference(), [_CHECK])


def _aside(place: str) -> list[dict[str, str]]:
    return [{"check": _CHECK, "place": place, "reason": "Answered in a letter"}]


def test_a_result_that_was_set_aside_is_kept_with_its_reason() -> None:
    first, second = _run(_BREACH, _OTHER, set_aside=[]).results
    run = _run(_BREACH, _OTHER, set_aside=_aside(first.key))
    assert run.results == (second,)
    assert run.set_aside == ((first, "Answered in a letter"),)


def test_a_result_about_another_passage_is_open_again() -> None:
    result = _run(_BREACH, set_aside=[]).results[0]
    changed = {**_BREACH, "breach": "This was a breach of regulation 17 (1)."}
    assert len(_run(changed, set_aside=_aside(result.key)).results) == 1


def test_a_result_that_says_something_else_is_open_again() -> None:
    unexplained = "Staff had DBS checks."
    explained = "Disclosure and Barring Service (DBS) checks were kept."
    (first,) = find("abbreviation", **in_topic(unexplained))
    aside = [{"check": "abbreviation", "place": first.key, "reason": "Everybody knows it"}]
    assert find("abbreviation", set_aside=aside, **in_topic(unexplained)) == []
    (now,) = find("abbreviation", set_aside=aside, **in_topic(unexplained, explained))
    assert (now.place, now.excerpt) == (first.place, first.excerpt)
    assert now.message != first.message


def test_a_repeat_in_another_place_is_open_again() -> None:
    said = "The service kept a list of all medicines in the fridge."
    (first,) = find("repeat", **in_topic(said, said, "It was clean."))
    aside = [{"check": "repeat", "place": first.key, "reason": "On purpose"}]
    assert find("repeat", set_aside=aside, **in_topic(said, said, "It was clean.")) == []
    (now,) = find("repeat", set_aside=aside, **in_topic(said, "It was clean.", said))
    assert (now.place, now.excerpt) == (first.place, first.excerpt)


_WARNING = {"kind": "warning", "regulation": "RA2014-12", "activities": ["Gardening"]}


@pytest.mark.parametrize(
    ("check", "notices"),
    [
        ("enforcement_without_action", [_WARNING, _WARNING]),
        ("unregistered_activity", [{**_WARNING, "activities": ["Gardening", "Gardening"]}]),
    ],
)
def test_setting_one_result_aside_leaves_its_twin(
    check: str, notices: list[dict[str, Any]]
) -> None:
    content = {"notices": notices, "registered_activities": ["Surgical procedures"]}
    first, second = find(check, **content)
    aside = [{"check": check, "place": first.key, "reason": "Agreed"}]
    assert find(check, set_aside=aside, **content) == [second]


def test_a_whole_check_can_be_set_aside() -> None:
    run = _run(_BREACH, _OTHER, set_aside=_aside(""))
    assert not run.results
    assert len(run.set_aside) == 2
    assert not run.has_error


def test_setting_one_check_aside_leaves_the_others() -> None:
    result = _run(_BREACH, set_aside=[]).results[0]
    other = [{"check": "not_met_without_breach", "place": result.key, "reason": "No"}]
    assert len(_run(_BREACH, set_aside=other).results) == 1


def test_the_gravest_results_come_first() -> None:
    said = [{"paragraph": "I saw that it it was clean."}, _BREACH]
    inspection = bring_in(sections={"key_findings": said}).inspection
    framework = load_framework(inspection.details.framework)
    found = run_checks(inspection, framework, load_reference()).results
    ranks = [SEVERITIES.index(result.severity) for result in found]
    assert set(ranks) == {0, 1, 2}
    assert ranks == sorted(ranks)
