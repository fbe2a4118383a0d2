"""How far each part of an inspection is, as its mark in the outline says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from inspector_app.checks.check_run import CheckRun
from inspector_app.checks.gaps import list_gaps
from inspector_app.checks.running import run_checks
from inspector_app.domain.entities import KeyQuestion, Section, Topic
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.report.standard import list_prompts
from inspector_app.ui.outline.entries import (
    ACTIONS,
    DETAILS,
    EVIDENCE,
    NOTICES,
    RATINGS,
    REPORT,
    VERSIONS,
    OutlineEntry,
)
from inspector_app.ui.outline.page_finder import PageFinder
from inspector_app.ui.outline.progress import count_checks, measure, measure_checks
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


def _measure(inspection: Inspection, id_: str, entity: str = "") -> str | None:
    entry = OutlineEntry(id=id_, title="", entity=entity)
    framework = load_framework(inspection.details.framework)
    gaps = len(list(list_gaps(inspection, list_prompts(framework))))
    return measure(entry, inspection, framework, gaps)


def _measure_part(kind: type[Any], **content: Any) -> str | None:
    inspection = bring_in(**content).inspection
    part = next(item for item in inspection if isinstance(item, kind))
    return _measure(inspection, "part", part.id)


@pytest.mark.parametrize(
    ("body", "progress"),
    [
        ([], "empty"),
        ([{"paragraph": " "}], "empty"),
        ([{"paragraph": "The clinic is small."}, {"paragraph": "It has [number] rooms."}], "begun"),
        ([{"paragraph": "The clinic is small."}], "complete"),
        ([{"table": {"rows": [["Rooms", "4"]]}}], "complete"),
    ],
)
def test_a_section(body: list[Any], progress: str) -> None:
    assert _measure_part(Section, sections={"key_findings": body}) == progress


@pytest.mark.parametrize(
    ("topic", "progress"),
    [({"topic": "medicines", "body": []}, "empty"), (_FINDING, "begun"), (_WRITTEN, "complete")],
)
def test_a_topic(topic: dict[str, Any], progress: str) -> None:
    questions = {"safe": {"summary": [], "topics": [topic]}}
    assert _measure_part(Topic, key_questions=questions) == progress


def test_a_topic_needs_a_lead_only_where_the_framework_has_some() -> None:
    prose = {"topic": "findings", "body": [{"paragraph": "People felt safe."}]}
    questions = {"safe": {"topics": [prose]}}
    framework = "adult_social_care_2014"
    assert _measure_part(Topic, framework=framework, key_questions=questions) == "complete"


@pytest.mark.parametrize(
    ("topics", "rating", "progress"),
    [
        ([], "", "empty"),
        ([_FINDING], "", "begun"),
        ([_WRITTEN], "", "begun"),
        ([_WRITTEN, _FINDING], "good", "begun"),
        ([_WRITTEN], "good", "complete"),
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
        (RATINGS, {"ratings": dict.fromkeys(_QUESTIONS, "good")}, "begun"),
        (RATINGS, {"ratings": dict.fromkeys((*_QUESTIONS, "overall"), "good")}, "complete"),
        (RATINGS, {"regime": "unrated", "ratings": dict.fromkeys(_QUESTIONS, "good")}, "empty"),
        (
            RATINGS,
            {"regime": "unrated", "judgements": dict.fromkeys(_QUESTIONS, "met")},
            "complete",
        ),
        (ACTIONS, {}, "empty"),
        (ACTIONS, {"actions": {"must": ["Count."]}}, "complete"),
        (ACTIONS, {"actions": {"must": ["Count.", ""]}}, "begun"),
        (ACTIONS, {"notices": [_NOTICE]}, "complete"),
        (NOTICES, {}, "empty"),
        (NOTICES, {"notices": [_NOTICE]}, "complete"),
        (NOTICES, {"notices": [{**_NOTICE, "activities": []}]}, "begun"),
        (NOTICES, {"notices": [_NOTICE, {**_NOTICE, "how_not_met": []}]}, "begun"),
        (EVIDENCE, {}, "empty"),
        (EVIDENCE, {"evidence": [{"id": "n1", "text": "Seen."}]}, "complete"),
        (REPORT, {}, "begun"),
        (REPORT, {"state": "final"}, "complete"),
        (REPORT, {"state": "published"}, "complete"),
        (VERSIONS, {}, None),
    ],
)
def test_the_other_pages(entry: str, content: dict[str, Any], progress: str | None) -> None:
    inspection = bring_in(**{"regime": "rated", **content}).inspection
    assert _measure(inspection, entry) == progress


@pytest.mark.parametrize(
    ("check", "text", "progress"),
    [
        ("placeholder", "We visited on [date].", "begun"),
        ("double_word", "It was was clean.", "begun"),
        ("first_person", "I saw three records.", "complete"),
    ],
)
def test_the_checks(check: str, text: str, progress: str) -> None:
    content = {"sections": {"key_findings": [{"paragraph": text}]}}
    found = find(check, **content)
    assert found
    assert measure_checks(CheckRun(results=tuple(found), set_aside=())) == progress
    assert measure_checks(None) == "empty"


def test_open_checks_stand_where_they_are_mended() -> None:
    content = {
        "sections": {"key_findings": [{"paragraph": "It was was clean. I saw three records."}]},
        "key_questions": {"safe": {"topics": [{**_WRITTEN, "id": "medicines"}]}},
        "ratings": {"effective": "good"},
        "state": "in_review",
    }
    inspection = bring_in("rated", **content).inspection
    wanted = ["double_word", "first_person", "ratings_missing"]
    framework = load_framework(inspection.details.framework)
    run = run_checks(inspection, framework, load_reference(), wanted)
    entries = [
        OutlineEntry(id=f"section/{part.section}", title="", entity=part.id)
        for part in inspection.all(Section)
    ]
    counts = count_checks(run, PageFinder(entries), inspection)
    missing = sum(result.check == "ratings_missing" for result in run.results)
    assert missing
    assert counts[RATINGS] == missing
    assert counts["key_question/safe"] == 1
    assert counts["section/key_findings"] == 1
    assert not counts["key_question/effective"]
