"""How far each part of an inspection is, as its mark in the outline says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from inspector_app.checks.check_run import CheckRun
from inspector_app.checks.gaps import list_gaps
from inspector_app.domain.entities import KeyQuestion, Section, Topic
from inspector_app.frameworks.load import load_framework
from inspector_app.report.standard import list_prompts
from inspector_app.ui.outline.entries import (
    ACTIONS,
    DETAILS,
    EVIDENCE,
    NOTICES,
    RATINGS,
    REPORT,
    OutlineEntry,
)
from inspector_app.ui.outline.progress import measure, measure_checks
from tests.checks.trying import find
from tests.report.making import bring_in

if TYPE_CHECKING:
    from inspector_app.domain.inspection import Inspection

_FINDING = {"topic": "medicines", "body": [{"bullets": ["Kept cold."]}]}
_WRITTEN = {**_FINDING, "lead": "The service kept medicines safe."}
_NOTICE = {
    "activities": ["Surgical procedures"],
    "regulation": "RA2014-12",
    "how_not_met": [{"bullets": ["Two medicines had expired."]}],
}
_QUESTIONS = ("safe", "effective", "caring", "responsive", "well_led")


def _measure(inspection: Inspection, id_: str, entity: str = "") -> str:
    entry = OutlineEntry(id=id_, title="", entity=entity)
    framework = load_framework(inspection.details.framework)
    gaps = len(list(list_gaps(inspection, list_prompts(framework))))
    return measure(entry, inspection, framework, gaps)


def _measure_part(kind: type[Any], **content: Any) -> str:
    inspection = bring_in(**content).inspection
    part = next(item for item in inspection if isinstance(item, kind))
    return _measure(inspection, "part", part.id)


@pytest.mark.parametrize(
    ("body", "progress"),
    [
        ([], "empty"),
        ([{"paragraph": " "}], "empty"),
        ([{"paragraph": "The clinic is small."}, {"paragraph": "It has [number] rooms."}], "begun"),
        ([{"paragraph": "The clinic is small."}], "filled"),
        ([{"table": {"rows": [["Rooms", "4"]]}}], "filled"),
    ],
)
def test_a_section(body: list[Any], progress: str) -> None:
    assert _measure_part(Section, sections={"key_findings": body}) == progress


@pytest.mark.parametrize(
    ("topic", "progress"),
    [({"topic": "medicines", "body": []}, "empty"), (_FINDING, "begun"), (_WRITTEN, "filled")],
)
def test_a_topic(topic: dict[str, Any], progress: str) -> None:
    questions = {"safe": {"summary": [], "topics": [topic]}}
    assert _measure_part(Topic, key_questions=questions) == progress


@pytest.mark.parametrize(
    ("topics", "rating", "progress"),
    [
        ([], "", "empty"),
        ([_FINDING], "", "begun"),
        ([_WRITTEN], "", "begun"),
        ([_WRITTEN, _FINDING], "good", "begun"),
        ([_WRITTEN], "good", "filled"),
    ],
)
def test_a_key_question(topics: list[Any], rating: str, progress: str) -> None:
    questions = {"safe": {"summary": [], "topics": topics}}
    ratings = {"safe": rating}
    assert _measure_part(KeyQuestion, key_questions=questions, ratings=ratings) == progress


@pytest.mark.parametrize(
    ("entry", "content", "progress"),
    [
        (DETAILS, {}, "empty"),
        (DETAILS, {"location": {"name": "The Invented Clinic"}}, "begun"),
        (RATINGS, {}, "empty"),
        (RATINGS, {"ratings": {"safe": "good"}}, "begun"),
        (RATINGS, {"ratings": dict.fromkeys(_QUESTIONS, "good")}, "filled"),
        (ACTIONS, {}, "empty"),
        (ACTIONS, {"actions": {"must": ["Count."]}}, "filled"),
        (ACTIONS, {"actions": {"must": ["Count.", ""]}}, "begun"),
        (ACTIONS, {"notices": [_NOTICE]}, "filled"),
        (NOTICES, {}, "empty"),
        (NOTICES, {"notices": [_NOTICE]}, "filled"),
        (NOTICES, {"notices": [{**_NOTICE, "activities": []}]}, "begun"),
        (NOTICES, {"notices": [_NOTICE, {**_NOTICE, "how_not_met": []}]}, "begun"),
        (EVIDENCE, {}, "empty"),
        (EVIDENCE, {"evidence": [{"id": "n1", "text": "Seen."}]}, "filled"),
        (REPORT, {}, "begun"),
        (REPORT, {"state": "final"}, "filled"),
        (REPORT, {"state": "published"}, "filled"),
    ],
)
def test_the_other_pages(entry: str, content: dict[str, Any], progress: str) -> None:
    assert _measure(bring_in(**content).inspection, entry) == progress


@pytest.mark.parametrize(
    ("check", "text", "progress"),
    [
        ("placeholder", "We visited on [date].", "begun"),
        ("double_word", "It was was clean.", "begun"),
        ("first_person", "I saw three records.", "filled"),
    ],
)
def test_the_checks(check: str, text: str, progress: str) -> None:
    content = {"sections": {"key_findings": [{"paragraph": text}]}}
    found = find(check, **content)
    assert found
    assert measure_checks(CheckRun(results=tuple(found), set_aside=())) == progress
    assert measure_checks(None) == "empty"
