"""How many results there are, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.checks.result import SEVERITIES, Severity
from inspector_app.texts import pluralise

if TYPE_CHECKING:
    from inspector_app.checks.check_run import CheckRun


def count_results(severity: Severity, number: int) -> str:
    """Return “1 error”, “3 kinds of hint”, “no warnings”."""
    if not number:
        return f"no {severity}s"
    if severity == "hint":
        return pluralise(number, "kind of hint", "kinds of hint")
    return pluralise(number, severity)


def describe_counts(run: CheckRun) -> str:
    """Return “2 errors, no warnings, 3 kinds of hint”."""
    text = ", ".join(count_results(item, run.count(item)) for item in SEVERITIES)
    return f"{text[:1].upper()}{text[1:]}"


def describe_open(run: CheckRun | None) -> str:
    """Return “2 errors, 5 warnings”: what is open and more than a hint."""
    if run is None:
        return "Checking…"
    parts = [
        count_results(severity, number)
        for severity in SEVERITIES
        if severity != "hint" and (number := run.count(severity))
    ]
    return ", ".join(parts) or "No open checks"
