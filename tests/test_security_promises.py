"""What docs/security.md promises is held by tests that are there."""

from __future__ import annotations

import re

from tests.python_process import PROJECT

PAGE = (PROJECT / "docs" / "security.md").read_text("utf-8")


def test_every_promise_names_tests_that_are_there() -> None:
    promises = [line for line in PAGE.splitlines() if line.startswith("| ") and "| ---" not in line]
    table = [line for line in promises if "tests/" in line]
    assert len(table) >= 12
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))
    assert {name for name in named if not (PROJECT / name).is_file()} == set()


def test_the_ways_to_it_are_there() -> None:
    assert "docs/security.md" in (PROJECT / "README.md").read_text("utf-8")
    report = (PROJECT / "SECURITY.md").read_text("utf-8")
    assert "Report a vulnerability" in report
    assert not re.search(r"[\w.]+@[\w.]+", report), "no addresses of people"
