"""How many results there are, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.checks.result import SEVERITIES, Severity

if TYPE_CHECKING:
    from inspector_app.checks.check_run import CheckRun

_SINGLE: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "kind of hint"}
_NONE: dict[Severity, str] = {"error": "errors", "warning": "warnings", "hint": "hints"}
_SEVERAL: dict[Severity, str] = {"error": "errors", "warning": "warnings", "hint": "kinds of hint"}


def count_results(severity: Severity, number: int) -> str:
    """Return “1 error”, “3 kinds of hint”, “no warnings”."""
    if not number:
        return f"no {_NONE[severity]}"
    words = _SINGLE if number == 1 else _SEVERAL
    return f"{number} {words[severity]}"


def describe_counts(result: CheckRun) -> str:
    """Return “2 errors, no warnings, 3 kinds of hint”."""
    text = ", ".join(count_results(item, result.count(item)) for item in SEVERITIES)
    return f"{text[:1].upper()}{text[1:]}"


def describe_open(result: CheckRun | None) -> str:
    """Return “2 errors, 5 warnings”: what is open and more than a hint."""
    if result is None:
        return "Checking…"
    parts = [
        count_results(severity, number)
        for severity in SEVERITIES
        if severity != "hint" and (number := result.count(severity))
    ]
    return ", ".join(parts) or "No open checks"
