"""The real reports, from their content to Word, compared line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector_app.content.importing import import_content
from inspector_app.report.report import render_report, write_docx
from tests.acceptance.comparing import REPORTS, assert_same_lines
from tests.conftest import ACCEPTANCE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", REPORTS)
def test_every_line_of_the_report_is_there_in_order_and_no_other(seed: str, tmp_path: Path) -> None:
    content = ACCEPTANCE / f"{seed}.json"
    imported = import_content(content.read_bytes(), content.name, content.parent)
    target = tmp_path / "report.docx"
    target.write_bytes(write_docx(render_report(imported.inspection), imported.attachments.get))
    assert_same_lines(seed, target)
