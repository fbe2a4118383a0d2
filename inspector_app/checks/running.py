"""Running the checks over an inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.checks.catalogue import load_catalogue
from inspector_app.checks.check_run import CheckRun
from inspector_app.checks.registry import CHECKS
from inspector_app.checks.result import SEVERITIES, make_result
from inspector_app.checks.subject import Subject
from inspector_app.domain.entities import SetAside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from inspector_app.checks.result import CheckResult
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework, Reference

WHOLE_CHECK = ""
"""The place of a `SetAside` that sets a check aside for the whole inspection."""


def run_checks(
    inspection: Inspection,
    framework: Framework,
    reference: Reference,
    checks: Iterable[str] | None = None,
    today: date | None = None,
    templates: Path | None = None,
) -> CheckRun:
    """Run checks and return what they found.

    Args:
        inspection: A snapshot.
        framework: Its framework.
        reference: Regulations, activities, ratings.
        checks: Ids of checks; None for all.
        today: The day to compare dates with; None: today.
        templates: The folder of templates that the report is made from; None: our own.

    Raises:
        ResourceFault: The catalogue or a word list is faulty.
        KeyError: There is no check of that id.
    """
    catalogue = load_catalogue()
    subject = Subject(inspection, framework, reference, today, templates)
    wanted = set(catalogue.checks if checks is None else checks)
    found = [
        make_result(info, occurrence)
        for info in catalogue.checks.values()
        if info.id in wanted
        for occurrence in CHECKS[info.id](subject)
    ]
    found.sort(key=lambda result: SEVERITIES.index(result.severity))
    return _set_aside(found, tuple(inspection.all(SetAside)))


def _set_aside(found: Sequence[CheckResult], reasons: Iterable[SetAside]) -> CheckRun:
    by_place: Mapping[tuple[str, str], str] = {
        (item.check, item.place): item.reason for item in reasons
    }
    open_: list[CheckResult] = []
    aside: list[tuple[CheckResult, str]] = []
    for result in found:
        for place in (result.key, WHOLE_CHECK):
            if (result.check, place) in by_place:
                aside.append((result, by_place[result.check, place]))
                break
        else:
            open_.append(result)
    return CheckRun(results=tuple(open_), set_aside=tuple(aside))
