"""Small fictional inspections for the tests of checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector_app.checks.running import run_checks
from inspector_app.frameworks.load import load_framework, load_reference
from tests.report.making import bring_in

if TYPE_CHECKING:
    from inspector_app.checks.result import CheckResult


def find(check: str, regime: str = "rated", **content: Any) -> list[CheckResult]:
    """Run one check over content (keys of the content format) and return what it found."""
    inspection = bring_in(regime, **content).inspection
    framework = load_framework(inspection.details.framework)
    return list(run_checks(inspection, framework, load_reference(), [check]).results)


def in_topic(*bullets: str, question: str = "safe", topic: str = "") -> dict[str, Any]:
    """Return content with bullets in one topic of a key question."""
    named = {"topic": topic} if topic else {"title": "Records"}
    body = [{"bullets": list(bullets)}]
    return {"key_questions": {question: {"summary": [], "topics": [{**named, "body": body}]}}}
