"""The evidence index from the File menu, to files that other programs open."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import docx
import pytest
from PySide6.QtGui import QAction

from tests.report.making import bring_in
from tests.ui.support.driving import CONTENT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

PATIENCE = 30_000


@pytest.fixture
def index(window: MainWindow, make_file: Callable[..., Path]) -> QAction:
    """The menu's action, with an inspection open."""
    window.open_file(make_file(imported=bring_in("rated", **CONTENT)))
    return window.findChild(QAction, "action_evidence_index")


def write(index: QAction, prompts: RecordingPrompts, qtbot: QtBot, target: Path) -> None:
    prompts.evidence_index = target
    index.trigger()
    qtbot.waitUntil(lambda: bool(prompts.written or prompts.problems), timeout=PATIENCE)


def test_there_is_none_without_an_inspection(window: MainWindow) -> None:
    assert not window.findChild(QAction, "action_evidence_index").isEnabled()


def test_the_place_is_proposed_beside_the_inspection(
    index: QAction, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    index.trigger()
    assert prompts.proposed == [tmp_path / "clinic – evidence index.docx"]
    assert sorted(tmp_path.iterdir()) == before


def test_as_a_word_file(
    index: QAction, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "index.docx"
    write(index, prompts, qtbot, target)
    assert prompts.problems == []
    ((headline, path),) = prompts.written
    assert path == target
    assert "apart from the report" in headline
    word = docx.Document(str(target))
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    assert any("Fridges were cold." in cell for cell in cells)
    assert any("The nurse <b>said</b> so." in cell for cell in cells)


def test_as_a_table(
    index: QAction, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    write(index, prompts, qtbot, tmp_path / "index.CSV")
    with (tmp_path / "index.CSV").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert any("Nobody checked the doors." in row for row in rows)


@pytest.mark.parametrize(("ending", "start"), [(".html", b"<!DOCTYPE html>"), (".pdf", b"%PDF-")])
def test_as_a_web_page_and_as_a_pdf(
    ending: str,
    start: bytes,
    index: QAction,
    prompts: RecordingPrompts,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    write(index, prompts, qtbot, tmp_path / f"index{ending}")
    assert (tmp_path / f"index{ending}").read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere/index.docx", "there is no folder"),
        ("open.docx", "is open in another program"),
        ("index.txt", "is not a name for an evidence index"),
    ],
)
def test_a_target_that_cannot_be_written_is_told(
    name: str,
    message: str,
    index: QAction,
    prompts: RecordingPrompts,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    (tmp_path / ".~lock.open.docx#").touch()
    write(index, prompts, qtbot, tmp_path / name)
    assert prompts.written == []
    ((headline, told),) = prompts.problems
    assert headline == "The evidence index was not saved."
    assert message in told
    assert not (tmp_path / name).exists()


def test_the_window_is_free_while_it_is_written(
    index: QAction, window: MainWindow, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    prompts.evidence_index = tmp_path / "index.docx"
    index.trigger()
    assert "evidence index" in window.statusBar().currentMessage()
    window.findChild(QAction, "action_close").trigger()
    # Whoever closes the inspection hears no more of it.
    assert prompts.written == prompts.problems == []
    assert window.is_idle
