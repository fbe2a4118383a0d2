"""Files that cannot be opened, and the ways on, driven as a person would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QProgressDialog, QPushButton

from inspector_app.content.writing import write_content
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.schema import FORMAT
from tests.storage.helpers import edit_sql
from tests.ui.shell.test_saving import find_name, read_name, text, type_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts


@pytest.fixture
def path(make_file: Callable[..., Path]) -> Path:
    return make_file()


@pytest.fixture
def damaged(path: Path) -> Path:
    edit_sql(path, "UPDATE entity SET body = 'no json' WHERE kind = 'details'")
    return path


def wait_for_list(qtbot: QtBot, prompts: RecordingPrompts) -> tuple[str, str]:
    qtbot.waitUntil(lambda: bool(prompts.lists or prompts.problems), timeout=30_000)
    assert not prompts.problems
    return prompts.lists[0]


def test_what_can_be_read_is_recovered_and_goes_on(
    window: MainWindow, damaged: Path, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    data = damaged.read_bytes()
    prompts.chosen = "Recover"
    window.open_file(damaged)
    headline, lines = wait_for_list(qtbot, prompts)
    ((asked, message, ways),) = prompts.choices
    assert asked == "The inspection was not opened."
    assert "damaged" in message
    assert ways == ["&Recover what can be read"]
    assert headline.startswith("Everything could be read")
    assert "from the history" in lines
    assert window.document is not None
    assert window.document.path.name == "clinic (salvaged).inspection"
    type_name(qtbot, window, "Goes on")
    window.close()
    assert read_name(tmp_path / "clinic (salvaged).inspection") == "Goes on"
    # The damaged file is as it was, there and among the backups.
    assert damaged.read_bytes() == data
    (aside,) = (tmp_path / "backups").glob("clinic (damaged *).inspection")
    assert aside.read_bytes() == data


def test_the_latest_backup_is_named_and_opened(
    window: MainWindow, path: Path, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open_file(path)
    type_name(qtbot, window, "In the backup")
    window.close()
    window.show()
    # Even where nothing of it is left: its id is known from the list of recent files.
    path.write_bytes(bytes(path.stat().st_size))
    prompts.chosen = "backup"
    window.open_file(path)
    ((_, message, (way,)),) = prompts.choices
    assert "has lost its content" in message
    assert way.startswith("Open the &backup of ")
    assert window.document is not None
    assert window.document.path == tmp_path / "clinic (from backup).inspection"
    assert find_name(window).text() == "In the backup"
    assert not path.read_bytes().strip(b"\0")


def test_leaving_it_does_nothing(
    window: MainWindow, damaged: Path, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    before = {item.name for item in tmp_path.iterdir()}
    window.open_file(damaged)
    assert len(prompts.choices) == 1
    assert window.document is None
    assert {item.name for item in tmp_path.iterdir()} == before


def test_recovering_can_be_cancelled(
    window: MainWindow, damaged: Path, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    prompts.chosen = "Recover"
    window.open_file(damaged)
    progress = window.findChild(QProgressDialog, "salvage_progress")
    assert progress is not None
    progress.show()
    cancel = progress.findChild(QPushButton, "salvage_cancel")
    assert cancel is not None
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: window.findChild(QProgressDialog, "salvage_progress") is None, timeout=30_000
    )
    assert window.document is None
    assert not prompts.lists
    assert not list(tmp_path.glob("*salvaged*"))


def test_content_with_another_ending_is_imported(
    window: MainWindow, path: Path, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    window.open_file(path)
    assert window.document is not None
    content = tmp_path / "renamed.inspection"
    content.write_bytes(write_content(window.document.inspection, lambda _: None))
    prompts.chosen = "Import"
    prompts.new_inspection = tmp_path / "imported.inspection"
    window.open_file(content)
    assert "inspection content (JSON)" in prompts.choices[0][1]
    assert window.document.path == tmp_path / "imported.inspection"


def test_a_renamed_document_is_told(
    window: MainWindow, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    strange = tmp_path / "report.inspection"
    strange.write_bytes(b"%PDF-1.7 " + bytes(300))
    window.open_file(strange)
    assert not prompts.choices
    ((_, message),) = prompts.problems
    assert "a PDF" in message


def test_a_newer_file_is_shown_and_not_changed(
    window: MainWindow, path: Path, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    edit_sql(path, f"PRAGMA user_version = {FORMAT + 1}")
    before = {item.name for item in tmp_path.iterdir()}, path.read_bytes()
    window.open_file(path)
    assert not prompts.problems
    banner = text(window, "banner")
    assert "newer version of Inspector" in banner
    assert "but not change it" in banner
    line = find_name(window)
    assert isinstance(line, QLineEdit)
    assert line.text() == "The Invented Clinic"
    assert not line.isEnabled() or line.isReadOnly()
    window.close()
    assert ({item.name for item in tmp_path.iterdir()} - {"settings.ini"}, path.read_bytes()) == (
        before[0] - {"settings.ini"},
        before[1],
    )
    with open_for_reading(path, newer=True) as reader:
        assert reader.note
