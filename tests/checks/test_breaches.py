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
