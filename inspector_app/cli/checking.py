"""The command that runs the checks, and how their findings are told on a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from inspector_app.checks.catalogue import load_catalogue
from inspector_app.checks.counts import count_results
from inspector_app.checks.result import SEVERITIES
from inspector_app.checks.running import run_checks
from inspector_app.cli.commands import open_source
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.texts import shorten

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from inspector_app.checks.check_run import CheckRun
    from inspector_app.checks.result import CheckResult

_FORMAT = "inspection-checks/1"
_SHOWN_HINTS = 3
_LONGEST_EXCERPT = 100


def run_check(options: Namespace) -> int:
    """Check an inspection; the exit code is 1 when one finding is an error."""
    with open_source(options) as (inspection, _):
        framework = load_framework(inspection.details.framework)
        result = run_checks(inspection, framework, load_reference())
    if options.json:
        print(json.dumps(_to_plain(result), ensure_ascii=False, indent=1))
    else:
        for line in _tell(result):
            print(line)
    return 1 if result.has_error else 0


def _to_plain(result: CheckRun) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "errors": result.count("error"),
        "warnings": result.count("warning"),
        "hints": result.count("hint"),
        "findings": [_finding_to_plain(finding) for finding in result.findings],
        "set_aside": [
            {**_finding_to_plain(finding), "reason": reason} for finding, reason in result.set_aside
        ],
    }


def _finding_to_plain(finding: CheckResult) -> dict[str, Any]:
    catalogue = load_catalogue()
    info = catalogue.checks[finding.check]
    plain: dict[str, Any] = msgspec.to_builtins(finding)
    return {
        **plain,
        "name": info.name,
        "group": catalogue.get_group(info.id).name,
        "why": info.why,
        "source": info.source,
        "verified": info.verified,
    }


def _tell(result: CheckRun) -> Iterator[str]:
    """Yield the lines for a person: errors and warnings one by one, hints by kind."""
    checks = load_catalogue().checks
    hints: dict[str, list[CheckResult]] = {}
    for finding in result.findings:
        if finding.severity == "hint":
            hints.setdefault(finding.check, []).append(finding)
            continue
        yield f"{finding.severity}: {finding.message} [{finding.check}]"
        yield from _quote(finding)
    for check, found in hints.items():
        yield f"hint: {checks[check].name}, {len(found)} × [{check}]"
        for finding in found[:_SHOWN_HINTS]:
            yield from _quote(finding)
    counted = [count_results(severity, result.count(severity)) for severity in SEVERITIES]
    if result.set_aside:
        counted.append(f"{len(result.set_aside)} set aside")
    yield ", ".join(counted) + "."


def _quote(finding: CheckResult) -> Iterator[str]:
    if text := shorten(finding.excerpt, _LONGEST_EXCERPT):
        yield f"    “{text}”"
