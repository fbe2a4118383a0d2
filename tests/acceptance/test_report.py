"""The two real reports, from their content to Word, compared line by line."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from inspector_app.content.importing import import_content
from inspector_app.report.report import render_report, write_docx
from tests.conftest import ACCEPTANCE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", ["seed_000_rated", "seed_001_unrated"])
def test_every_line_of_the_report_is_there_in_order_and_no_other(seed: str, tmp_path: Path) -> None:
    content = ACCEPTANCE / f"{seed}.json"
    imported = import_content(content.read_bytes(), content.name, content.parent)
    target = tmp_path / "report.docx"
    target.write_bytes(write_docx(render_report(imported.inspection), imported.attachments.get))
    command = [sys.executable, ACCEPTANCE / "compare_report.py"]
    done = subprocess.run(  # noqa: S603 - the comparison that came with the reports
        [*command, ACCEPTANCE / f"{seed}.expected.txt", target],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "PYTHONWARNINGS": "default"},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "recall 1.0000  order 1.0000  precision 1.0000" in done.stdout
