"""The command that runs the checks, and how their results are told on a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from inspector_app.checks.catalogue import load_catalogue
from inspector_app.checks.counts import count_results
from inspector_app.checks.result import SEVERITIES
from inspector_app.checks.running import run_checks
from inspector_app.cli.commands import open_source
from inspector_app.cli.streams import write_data
from inspector_app.cli.watchdog import watching
from inspector_app.frameworks.editions import load_edition
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
    """Check an inspection; the exit code is 1 when one result is an error."""
    with open_source(options) as (inspection, _):
        framework, reference, *_ = load_edition(inspection)
        with watching(options.templates):
            run = run_checks(inspection, framework, reference, templates=options.templates)
    if options.json:
        write_data(json.dumps(_to_plain(run), ensure_ascii=False, indent=1) + "\n")
    else:
        for line in _tell(run):
            print(line)
    return 1 if run.has_error else 0


def _to_plain(run: CheckRun) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "errors": run.count("error"),
        "warnings": run.count("warning"),
        "hints": run.count("hint"),
        "findings": [_result_to_plain(result) for result in run.results],
        "set_aside": [
            {**_result_to_plain(result), "reason": reason} for result, reason in run.set_aside
        ],
    }


def _result_to_plain(result: CheckResult) -> dict[str, Any]:
    catalogue = load_catalogue()
    info = catalogue.checks[result.check]
    plain: dict[str, Any] = msgspec.to_builtins(result)
    return {
        **plain,
        "name": info.name,
        "group": catalogue.get_group(info.id).name,
        "why": info.why,
        "source": info.source,
        "verified": info.verified,
    }


def _tell(run: CheckRun) -> Iterator[str]:
    """Yield the lines for a person: errors and warnings one by one, hints by kind."""
    checks = load_catalogue().checks
    hints: dict[str, list[CheckResult]] = {}
    for result in run.results:
        if result.severity == "hint":
            hints.setdefault(result.check, []).append(result)
            continue
        yield f"{result.severity}: {result.message} [{result.check}]"
        yield from _quote(result)
    for check, found in hints.items():
        yield f"hint: {checks[check].name}, {len(found)} × [{check}]"
        for result in found[:_SHOWN_HINTS]:
            yield from _quote(result)
    counted = [count_results(severity, run.count(severity)) for severity in SEVERITIES]
    if run.set_aside:
        counted.append(f"{len(run.set_aside)} set aside")
    yield ", ".join(counted) + "."


def _quote(result: CheckResult) -> Iterator[str]:
    if text := shorten(result.excerpt, _LONGEST_EXCERPT):
        yield f"    “{text}”"
