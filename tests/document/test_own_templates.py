"""Templates of others are tried in the worker; meanwhile, and if they fail, reports are our own."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from inspector_app.assets import get_templates_folder
from inspector_app.document import reports as reports_module
from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.document.jobs.preview import render_notice_update
from inspector_app.document.printable import PrintableReport, render_printable
from inspector_app.domain.entities import Notice
from inspector_app.report.notice_part import NoticePart
from tests.storage.helpers import make_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.errors import InspectorError

PATIENCE = 90_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    templates = tmp_path / "templates"
    shutil.copytree(get_templates_folder(), templates)
    return templates


@pytest.fixture
def document(tmp_path: Path, qtbot: QtBot) -> Iterator[InspectionDocument]:
    path = tmp_path / "clinic.inspection"
    make_file(path)
    opened = InspectionDocument(path, tmp_path / "backups")
    yield opened
    opened.close()


def add_to_reports(folder: Path, text: str) -> None:
    for path in folder.glob("independent_health/*.j2"):
        path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_they_are_used_once_they_were_tried(
    document: InspectionDocument, folder: Path, qtbot: QtBot
) -> None:
    notices = folder / "partials/notices.html.j2"
    text = notices.read_text("utf-8")
    notices.write_text(text.replace("Regulated activity", "Activity of ours"), "utf-8")
    draft = document.draft()
    draft.create(Notice(id="breach", parent=document.inspection.id, regulation="RA2014-12"))
    document.apply_draft(draft, "Add a breach")
    document.reports.templates = folder
    assert "being checked" in document.reports.template_problem
    assert document.reports.choose_templates() is None
    qtbot.waitUntil(lambda: not document.reports.template_problem, timeout=PATIENCE)
    assert document.reports.choose_templates() == str(folder)
    # A breach is shown as they print it, too.
    parts: list[NoticePart] = []
    refused: list[InspectorError] = []
    document.reports.run_job(
        render_notice_update, ("breach",), NoticePart, parts.append, refused.append
    )
    qtbot.waitUntil(lambda: bool(parts or refused), timeout=PATIENCE)
    assert not refused
    assert "Activity of ours" in parts[0].row


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        "{{ 'x' * 10**10 }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ nothing }}",
        "{% if %}",
    ],
)
def test_faulty_ones_are_named_and_not_used(
    document: InspectionDocument, folder: Path, qtbot: QtBot, text: str
) -> None:
    add_to_reports(folder, text)
    document.reports.templates = folder
    qtbot.waitUntil(lambda: ".j2" in document.reports.template_problem, timeout=PATIENCE)
    assert document.reports.choose_templates() is None
    assert document.reports.render().folder == get_templates_folder()


def test_what_takes_too_long_is_ended_and_the_worker_goes_on(
    document: InspectionDocument, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports_module, "MOST_SECONDS", 0.05)
    document.reports.templates = folder
    qtbot.waitUntil(lambda: "too long" in document.reports.template_problem, timeout=PATIENCE)
    assert document.reports.choose_templates() is None
    document.checks.start()
    qtbot.waitUntil(lambda: document.checks.is_fresh, timeout=PATIENCE)


def test_jobs_render_from_them_until_one_takes_too_long(
    document: InspectionDocument, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "web" / "print.css").write_text("p { color: #123456 }", "utf-8")
    document.reports.templates = folder
    qtbot.waitUntil(lambda: not document.reports.template_problem, timeout=PATIENCE)
    made: list[PrintableReport] = []
    problems: list[InspectorError] = []

    def print_pages() -> PrintableReport | None:
        made.clear()
        document.reports.run_job(
            render_printable, (True, (6.0, 6.0)), PrintableReport, made.append, problems.append
        )
        qtbot.waitUntil(lambda: bool(made or problems), timeout=PATIENCE)
        return made[0] if made else None

    printed = print_pages()
    assert printed is not None
    assert printed.style_sheet.endswith("p { color: #123456 }")
    with monkeypatch.context() as patch:
        patch.setattr(reports_module, "MOST_SECONDS", 0)
        assert print_pages() is None
    assert "too long" in str(problems.pop())
    # They pass every test; what they do to this inspection is what counts.
    assert "too long" in document.reports.template_problem
    printed = print_pages()
    assert printed is not None
    assert "#123456" not in printed.style_sheet
    assert "too long" in document.reports.template_problem
