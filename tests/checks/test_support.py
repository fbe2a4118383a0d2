from __future__ import annotations

from typing import Any

import pytest

from tests.checks.trying import find

_WELL = "Stock was counted each week."
_LACK = "Two medicines had expired."
_STANDARD = "The service had reliable systems for appropriate and safe handling of medicines."


def _note(stance: str = "concern", **more: Any) -> dict[str, Any]:
    return {"id": "n1", "text": "Seen.", "source": "record", "stance": stance, "topics": [], **more}


def _topic(*body: Any, notes: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    topic = {"topic": "medicines", "body": list(body)}
    return {
        "key_questions": {"safe": {"summary": [], "topics": [topic]}},
        "evidence": [_note()] if notes is None else notes,
    }


@pytest.mark.parametrize("check", ["finding_without_evidence", "lack_without_evidence"])
@pytest.mark.parametrize("kind", ["paragraph", "bullet", "second"])
def test_findings_without_evidence(check: str, kind: str) -> None:
    text = _WELL if check.startswith("finding") else _LACK
    bodies: dict[str, dict[str, Any]] = {
        "paragraph": {"paragraph": text},
        "bullet": {"bullets": [text]},
        "second": {"bullets": [{"text": "Linked.", "evidence": ["n1"]}, text]},
    }
    assert len(find(check, **_topic(bodies[kind]))) == 1


@pytest.mark.parametrize("check", ["finding_without_evidence", "lack_without_evidence"])
@pytest.mark.parametrize(
    "content",
    [
        _topic({"bullets": [{"text": _LACK, "evidence": ["n1"]}]}),
        _topic({"bullets": [{"text": _WELL, "evidence": ["n1"]}]}),
        _topic({"paragraph": "We found:"}, {"paragraph": _STANDARD}, {"heading": "Stock"}),
        _topic({"bullets": [{"text": "A risk:", "evidence": ["n1"], "bullets": [_LACK, _WELL]}]}),
        _topic({"bullets": [_LACK, _WELL]}, notes=[]),
    ],
)
def test_findings_with_evidence_or_in_need_of_none(check: str, content: dict[str, Any]) -> None:
    assert find(check, **content) == []


@pytest.mark.parametrize("text", [_LACK, _WELL, "No fridge was locked."])
def test_a_concern_on_one_note(text: str) -> None:
    assert (
        len(find("single_source", **_topic({"bullets": [{"text": text, "evidence": ["n1"]}]}))) == 1
    )


@pytest.mark.parametrize(
    ("notes", "linked"),
    [
        ([_note(corroborated=True)], ["n1"]),
        ([_note("strength")], ["n1"]),
        ([_note(), {**_note(), "id": "n2"}], ["n1", "n2"]),
        ([_note()], []),
    ],
)
def test_a_concern_on_more_than_one_note(notes: list[dict[str, Any]], linked: list[str]) -> None:
    content = _topic({"bullets": [{"text": _LACK, "evidence": linked}]}, notes=notes)
    assert find("single_source", **content) == []


def _notice(*linked: str) -> dict[str, Any]:
    bullets = [{"text": _LACK, "evidence": list(linked)}]
    return {
        "activities": ["Surgical procedures"],
        "regulation": "RA2014-12",
        "how_not_met": [{"bullets": bullets}],
    }


@pytest.mark.parametrize(
    "content",
    [
        {"notices": [_notice()], "evidence": [_note()]},
        {"notices": [_notice()], "evidence": [_note(regulations=["RA2014-17"])]},
        {"actions": {"must": ["Count."]}, "evidence": [_note()]},
    ],
)
def test_a_must_or_notice_without_evidence(content: dict[str, Any]) -> None:
    assert len(find("requirement_without_evidence", **content)) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"notices": [_notice("n1")], "evidence": [_note()]},
        {"notices": [_notice()], "evidence": [_note(regulations=["RA2014-12"])]},
        {"notices": [_notice()], "actions": {"must": ["Count."]}},
        {"actions": {"should": ["Count."]}, "evidence": [_note()]},
    ],
)
def test_a_must_or_notice_with_evidence(content: dict[str, Any]) -> None:
    assert find("requirement_without_evidence", **content) == []
