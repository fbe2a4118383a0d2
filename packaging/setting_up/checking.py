"""What `test.py` does: set up, then run every check and the tests."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector_app.system_libraries import is_debian
from setting_up.dictionary import explain_dictionary, provide_dictionary
from setting_up.environment import get_environment_variables
from setting_up.places import Places
from setting_up.preparing import prepare
from setting_up.system_packages import may_install, provide
from setting_up.talking import SetupProblem, run_main, say
from setting_up.tools_for_tests import (
    Tool,
    explain_tool,
    extend_search_path,
    find_missing_tools,
)
from setting_up.word_validator import VARIABLE, provide_word_validator

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CHECKS: Mapping[str, Sequence[str]] = {
    "ruff check": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "mypy": ("mypy",),
    "lint-imports": ("lint-imports",),
}
ALL_TESTS = ("--numprocesses=auto", "--dist=worksteal")
"""For the whole run: a process for each core; one that has nothing left takes from the others."""


@dataclass(frozen=True)
class Outcome:
    """How one check went."""

    name: str
    passed: bool
    seconds: float


def main(pytest_arguments: Sequence[str]) -> int:
    """Set up and run everything, or only pytest when it is given arguments."""
    return run_main(lambda: _check(Places(), pytest_arguments))


def is_ci(variables: Mapping[str, str]) -> bool:
    """Tell whether this is the machine that decides, where nothing may be left out."""
    return variables.get("CI", "").lower() in {"1", "true"}


def draw_table(outcomes: Sequence[Outcome]) -> str:
    """Return one line a check: its name, how it went, and the seconds it took."""
    width = max(len(outcome.name) for outcome in outcomes)
    return "\n".join(
        f"{outcome.name:<{width}}  {'passed' if outcome.passed else 'FAILED'}"
        f"  {outcome.seconds:5.1f} s"
        for outcome in outcomes
    )


def _check(places: Places, pytest_arguments: Sequence[str]) -> int:
    strict = is_ci(os.environ)
    extend_search_path()
    prepare(places, ["test"], also=find_missing_tools().values())
    look_for_tools(places, strict=strict)
    variables = get_environment_variables()
    if strict:
        variables["INSPECTOR_NO_SKIPS"] = "1"  # the tests then take a skip for a failure
    validator = provide_word_validator(places)
    if validator:
        variables[VARIABLE] = str(validator)
    pytest = [str(places.python), "-m", "pytest"]
    if pytest_arguments:
        command = [*pytest, *pytest_arguments]
        return subprocess.run(command, cwd=places.root, env=variables, check=False).returncode

    outcomes = [_run_check(places, variables, name, check) for name, check in CHECKS.items()]
    print(f"\n{draw_table(outcomes)}\n", flush=True)
    command = [*pytest, *ALL_TESTS]
    tests = subprocess.run(command, cwd=places.root, env=variables, check=False).returncode
    failed = [outcome.name for outcome in outcomes if not outcome.passed]
    if tests:
        failed.append("pytest")
    if failed:
        print(f"Failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def look_for_tools(places: Places, *, strict: bool) -> None:
    """Provide what only tests need, and say what is missing after that.

    Raises:
        SetupProblem: Something is missing, and nothing may be (`strict`).
    """
    missing = find_missing_tools()
    if missing and may_install():
        try:
            provide(list(missing.values()))
        except SetupProblem as problem:
            say(str(problem))
        missing = find_missing_tools()
    explanation = _explain_missing(missing, dictionary=provide_dictionary(places))
    if not explanation:
        return
    if strict:
        raise SetupProblem(
            f"With CI=true no test may be skipped, but this is missing:\n{explanation}"
        )
    say(f"Some tests will be skipped, because this is missing:\n{explanation}")


def _explain_missing(missing: Mapping[Tool, object], *, dictionary: bool) -> str:
    debian = is_debian()
    lines = [explain_tool(tool, debian=debian) for tool in missing]
    if not dictionary:
        lines.append(explain_dictionary(debian=debian))
    return "\n".join(f"- {line}" for line in lines)


def _run_check(
    places: Places, variables: Mapping[str, str], name: str, check: Sequence[str]
) -> Outcome:
    started = time.monotonic()
    command = [str(places.programs / check[0]), *check[1:]]
    result = subprocess.run(
        command,
        cwd=places.root,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        print(f"\n{name} failed:\n{result.stdout}", flush=True)
    return Outcome(name, result.returncode == 0, time.monotonic() - started)
