"""Templates of others are tried in the worker; meanwhile, and if they fail, reports are our own."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from inspector_app.assets import get_templates_folder
from inspector_app.document import reports as reports_module
from inspector_app.document.inspection_document import InspectionDocument
from tests.storage.helpers import make_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

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
    document.reports.templates = folder
    assert "being checked" in document.reports.template_problem
    assert document.reports.choose_templates() is None
    qtbot.waitUntil(lambda: not document.reports.template_problem, timeout=PATIENCE)
    assert document.reports.choose_templates() == str(folder)


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
