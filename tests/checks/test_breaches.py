from __future__ import annotations

from typing import Any

import pytest

from tests.checks.trying import find

_NOTICE_12 = {"activities": ["Surgical procedures"], "regulation": "RA2014-12"}
_UNDER_WELL_LED = {**_NOTICE_12, "key_question": "well_led"}


def _statement(regulation: str) -> dict[str, Any]:
    block = {"breach": "There was a breach.", "regulation": regulation}
    return {"sections": {"key_findings": [block]}}


@pytest.mark.parametrize(
    "content",
    [
        _statement("RA2014-17"),
        {**_statement("RA2014-17"), "notices": [_NOTICE_12]},
        _statement("RA2014-12"),
    ],
)
def test_a_breach_in_the_text_without_a_notice(content: dict[str, Any]) -> None:
    assert len(find("breach_without_notice", **content)) == 1


def test_a_breach_that_names_no_regulation_is_not_told_to_get_a_notice() -> None:
    (result,) = find("breach_without_notice", **_statement(""), notices=[_NOTICE_12])
    assert "Choose its notice or regulation" in result.message


@pytest.mark.parametrize(
    "content",
    [
        {**_statement("RA2014-12"), "notices": [_NOTICE_12]},
        {"notices": [_NOTICE_12]},
        {"sections": {"key_findings": [{"recommendation": "The service should do more."}]}},
    ],
)
def test_no_breach_without_a_notice(content: dict[str, Any]) -> None:
    assert find("breach_without_notice", **content) == []


@pytest.mark.parametrize(
    "content",
    [
        {"judgements": {"safe": "not_met"}},
        {"judgements": {"safe": "not_met", "well_led": "met"}, "notices": [_UNDER_WELL_LED]},
        {"judgements": {"caring": "not_met"}, "notices": [_NOTICE_12]},
    ],
)
def test_not_met_without_a_breach(content: dict[str, Any]) -> None:
    assert len(find("not_met_without_breach", "unrated", **content)) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"judgements": {"safe": "not_met"}, "notices": [_NOTICE_12]},
        {"judgements": {"well_led": "not_met"}, "notices": [_UNDER_WELL_LED]},
        {"judgements": {"safe": "met", "caring": "met"}},
    ],
)
def test_not_met_with_its_breach(content: dict[str, Any]) -> None:
    assert find("not_met_without_breach", "unrated", **content) == []


_NO_MUST = ["RA2014-4", "RA2014-5", "RA2014-6"]
_WHOLE = {**_NOTICE_12, "how_not_met": [{"bullets": ["Medicines were not counted."]}]}


def _with(**fields: Any) -> dict[str, Any]:
    return {"notices": [{**_WHOLE, **fields}]}


@pytest.mark.parametrize("musts", [["Count."], ["Count.", "Sign."], ["Ensure it is safe."]])
def test_a_must_of_no_breach(musts: list[str]) -> None:
    assert len(find("must_without_breach", actions={"must": musts})) == len(musts)


@pytest.mark.parametrize(
    "content", [{"actions": {"should": ["Count."]}}, _with(), _with(must="Count.")]
)
def test_a_must_of_a_breach(content: dict[str, Any]) -> None:
    assert find("must_without_breach", **content) == []


# Regulations for which no usual must line is known.
@pytest.mark.parametrize("regulation", _NO_MUST)
def test_a_notice_without_a_must(regulation: str) -> None:
    assert len(find("notice_without_must", **_with(regulation=regulation))) == 1


@pytest.mark.parametrize(
    "content",
    [_with(), _with(regulation=_NO_MUST[0], must="Do better."), _with(regulation="RA2014-17")],
)
def test_a_notice_with_a_must(content: dict[str, Any]) -> None:
    assert find("notice_without_must", **content) == []


@pytest.mark.parametrize(("form", "expected"), [("full", 1), ("short", 0)])
def test_a_must_is_missed_where_the_form_prints_musts(form: str, expected: int) -> None:
    content = {"framework": "adult_social_care_2017", "form": form}
    found = find("notice_without_must", **content, **_with(regulation=_NO_MUST[0]))
    assert len(found) == expected


@pytest.mark.parametrize(
    ("judgements", "notice"),
    [
        ({"safe": "met", "caring": "met"}, {}),
        ({"safe": "not_met", "well_led": "met"}, {"key_question": "well_led"}),
        ({"safe": "met", "caring": "not_met"}, {}),
        ({"safe": "met"}, {"regulation": ""}),
    ],
)
def test_a_breach_although_all_is_met(judgements: dict[str, str], notice: dict[str, Any]) -> None:
    found = find("breach_with_all_met", "unrated", judgements=judgements, **_with(**notice))
    assert len(found) == 1


@pytest.mark.parametrize(
    ("regime", "judgements", "notice"),
    [
        ("unrated", {"safe": "not_met", "caring": "met"}, {}),
        ("unrated", {"well_led": "not_met", "safe": "met"}, {"key_question": "well_led"}),
        ("unrated", {}, {}),
        ("rated", {"safe": "met"}, {}),
    ],
)
def test_a_breach_where_something_is_not_met(
    regime: str, judgements: dict[str, str], notice: dict[str, Any]
) -> None:
    content = {"judgements": judgements} if judgements and regime == "unrated" else {}
    assert find("breach_with_all_met", regime, **content, **_with(**notice)) == []


@pytest.mark.parametrize(
    ("registered", "activity"),
    [
        (["Surgical procedures"], "Family planning"),
        (["Personal care"], "Surgical procedures"),
        (["Our own wording"], "Another wording"),
    ],
)
def test_an_activity_that_is_not_registered(registered: list[str], activity: str) -> None:
    content = _with(activities=[activity])
    found = find("unregistered_activity", registered_activities=registered, **content)
    assert len(found) == 1
    assert activity in found[0].message


@pytest.mark.parametrize(
    ("registered", "activity"),
    [
        (["Surgical procedures"], "surgical PROCEDURES "),
        (["Our own  wording"], "our own wording."),
        (["Diagnostic and screening procedures"], "Diagnostic & screening procedures"),
        (["Treatment of disease, disorder or injury"], "Treatment of disease disorder or injury."),
        ([], "Family planning"),
    ],
)
def test_an_activity_that_is_registered(registered: list[str], activity: str) -> None:
    content = _with(activities=[activity])
    assert find("unregistered_activity", registered_activities=registered, **content) == []


@pytest.mark.parametrize(
    "fields", [{"regulation": ""}, {"activities": []}, {"activities": [" "]}, {"how_not_met": []}]
)
def test_an_incomplete_notice(fields: dict[str, Any]) -> None:
    assert len(find("incomplete_notice", **_with(**fields))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"how_not_met": [], "withheld": True},
        {"how_not_met": [{"paragraph": "It was not."}]},
        {"how_not_met": [{"table": {"rows": [["Records", "Two of five"]]}}]},
    ],
)
def test_a_complete_notice(fields: dict[str, Any]) -> None:
    assert find("incomplete_notice", **_with(**fields)) == []


@pytest.mark.parametrize(
    "fields", [{"kind": "warning"}, {"kind": "enforcement"}, {"kind": "warning", "action": " "}]
)
def test_enforcement_that_does_not_say_what_was_done(fields: dict[str, Any]) -> None:
    assert len(find("enforcement_without_action", **_with(**fields))) == 1


@pytest.mark.parametrize(
    "fields",
    [{}, {"kind": "warning", "action": "We warned."}, {"kind": "enforcement", "withheld": True}],
)
def test_enforcement_that_says_what_was_done(fields: dict[str, Any]) -> None:
    assert find("enforcement_without_action", **_with(**fields)) == []


_DATES = {"dates": ["2024-03-04"], "publication_date": "2024-05-01"}


@pytest.mark.parametrize(
    "fields",
    [
        {"deadline": "2024-04-30"},
        {"deadline": "2024-03-01", "kind": "warning"},
        {"deadline": "2023-05-10"},
    ],
)
def test_a_deadline_that_is_too_early(fields: dict[str, Any]) -> None:
    assert len(find("deadline_before_publication", visit=_DATES, **_with(**fields))) == 1


@pytest.mark.parametrize(
    "fields",
    [{"deadline": "2024-05-01"}, {"deadline": "2024-04-01", "kind": "warning"}, {}],
)
def test_a_deadline_in_time(fields: dict[str, Any]) -> None:
    assert find("deadline_before_publication", visit=_DATES, **_with(**fields)) == []


def test_a_deadline_between_two_days_of_the_visit() -> None:
    visit = {"dates": ["2024-03-04", "2024-03-06"]}
    notice = _with(deadline="2024-03-05", kind="warning")
    assert find("deadline_before_publication", visit=visit, **notice) == []
