"""Copies, and content in and out, from the File menu and by dropping a file."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QProgressDialog, QPushButton

from inspector_app.content.importing import import_content
from inspector_app.content.writing import write_content
from inspector_app.document import creating, inspection_document
from inspector_app.domain.entities import EvidenceNote
from inspector_app.frameworks.editions import start_with_edition
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.widgets import disk_waiting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

PATIENCE = 60_000


@pytest.fixture
def opened(window: MainWindow, make_file: Callable[..., Path]) -> MainWindow:
    window.open_file(make_file())
    return window


def _trigger(window: MainWindow, name: str) -> None:
    window.findChild(QAction, f"action_{name}").trigger()


def _wait_for_file(prompts: RecordingPrompts, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(prompts.written or prompts.problems), timeout=PATIENCE)
    assert not prompts.problems


def test_a_copy_for_sending_has_no_notes(
    opened: MainWindow, prompts: RecordingPrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    prompts.copy = tmp_path / "out.inspection"
    _trigger(opened, "save_outside")
    _wait_for_file(prompts, qtbot)
    assert prompts.proposed[-1].name == "clinic – for sending.inspection"
    assert [path for _, path in prompts.written] == [prompts.copy]
    with open_for_reading(prompts.copy) as reader:
        assert reader.inspection.details.location_name == "The Invented Clinic"
        assert not list(reader.inspection.all(EvidenceNote))
        assert len(list(reader.history())) == 1


def test_a_whole_copy_has_everything(
    opened: MainWindow, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    _trigger(opened, "state_final")
    prompts.copy = tmp_path / "copy.inspection"
    _trigger(opened, "save_copy")
    opened.close()
    with open_for_reading(tmp_path / "clinic.inspection") as original:
        expected = list(original.inspection), list(original.history())
    with open_for_reading(prompts.copy) as reader:
        assert (list(reader.inspection), list(reader.history())) == expected


def test_a_copy_never_replaces_the_inspection_itself(
    opened: MainWindow, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    prompts.copy = tmp_path / "clinic.inspection"
    _trigger(opened, "save_copy")
    assert [headline for headline, _ in prompts.problems] == ["Nothing was saved."]
    assert not prompts.written


def test_content_goes_out_and_comes_in(
    opened: MainWindow, prompts: RecordingPrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    prompts.copy = prompts.content = tmp_path / "clinic.json"
    _trigger(opened, "save_content")
    _wait_for_file(prompts, qtbot)
    found = import_content(prompts.copy.read_bytes(), "clinic.json", None)
    assert found.inspection.details.location_name == "The Invented Clinic"
    prompts.new_inspection = tmp_path / "again.inspection"
    _trigger(opened, "open_content")
    opened.close()
    with open_for_reading(prompts.new_inspection) as reader:
        _, wanted = start_with_edition(found.change, found.inspection)
        assert list(reader.inspection) == list(wanted)


def test_faulty_content_is_told_fault_by_fault(
    window: MainWindow, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    source = tmp_path / "bad.json"
    source.write_text(json.dumps({"format": "inspection-content/1", "nonsense": 1}), "utf-8")
    window.open_file(source)
    ((headline, lines),) = prompts.lists
    assert "bad.json" in headline
    assert "nonsense" in lines
    assert "framework" in lines
    assert not prompts.proposed


def _hang(answers: threading.Event, function: Callable[..., Any]) -> Callable[..., Any]:
    def wait(*arguments: Any, **options: Any) -> Any:
        answers.wait()
        return function(*arguments, **options)

    return wait


@pytest.mark.parametrize("what", ["save_copy", "new", "content"])
def test_a_folder_that_hangs_is_told_and_can_be_left(
    what: str,
    opened: MainWindow,
    prompts: RecordingPrompts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    """The keys go back to the window, and what comes in the end does no harm."""
    answers = threading.Event()
    document = opened.document
    assert document is not None
    monkeypatch.setattr(disk_waiting, "_PATIENCE", 20)
    target = prompts.copy = prompts.new_inspection = tmp_path / "network.inspection"
    if what == "content":
        content = tmp_path / "clinic.json"
        content.write_bytes(write_content(document.inspection, lambda _: None))
        monkeypatch.setattr(creating, "read_regular", _hang(answers, creating.read_regular))
    else:
        writing = creating if what == "new" else inspection_document
        name = "create_inspection_file" if what == "new" else "exists"
        monkeypatch.setattr(writing, name, _hang(answers, getattr(writing, name)))

    def cancel() -> None:
        dialog = opened.findChild(QDialog, "waiting_dialog")
        if dialog is not None and dialog.isVisible():
            timer.stop()
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    timer = QTimer(opened)
    timer.timeout.connect(cancel)
    timer.start(10)
    if what == "new":
        _trigger(opened, "new")
        qtbot.mouseClick(opened.findChild(QPushButton, "new_create"), Qt.MouseButton.LeftButton)
    elif what == "content":
        opened.open_file(content)
    else:
        _trigger(opened, what)
    assert not timer.isActive()
    assert not target.exists()
    assert not prompts.written
    assert opened.document is document
    assert document.save()
    answers.set()
    qtbot.waitUntil(lambda: not disk_waiting.files_under_way, timeout=PATIENCE)
    assert opened.document is document
    assert document.can_edit


def test_writing_can_be_cancelled(
    opened: MainWindow, prompts: RecordingPrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    prompts.copy = tmp_path / "out.inspection"
    _trigger(opened, "save_outside")
    progress = opened.findChild(QProgressDialog, "writing_progress")
    progress.canceled.emit()
    qtbot.waitUntil(
        lambda: opened.findChild(QProgressDialog, "writing_progress") is None, timeout=PATIENCE
    )
    assert not prompts.copy.exists()
    assert not prompts.written
    assert not prompts.problems
