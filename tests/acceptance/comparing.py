"""The comparison that came with the real reports."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ACCEPTANCE

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = ["seed_000_rated", "seed_001_unrated"]
REPORTS = [*SEEDS, "adult_social_care_2018_short", "adult_social_care_2019"]
"""The real reports that come out line for line."""


def assert_same_lines(seed: str, report: Path) -> None:
    """Prove that a Word report has every line of a real one, in order, and no other."""
    command = [sys.executable, ACCEPTANCE / "compare_report.py"]
    done = subprocess.run(  # noqa: S603 - the comparison that came with the reports
        [*command, ACCEPTANCE / f"{seed}.expected.txt", report],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "PYTHONWARNINGS": "default"},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "recall 1.0000  order 1.0000  precision 1.0000" in done.stdout, done.stdout
