"""The dialogs that ask for a place, as a person answers them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from inspector_app.ui.prompts import Prompts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def prompts(qtbot: QtBot) -> Prompts:
    window = QWidget()
    qtbot.addWidget(window)
    return Prompts(window)


@pytest.fixture
def answer(qtbot: QtBot) -> Callable[[str], list[str]]:
    """Type a name into the dialog that comes next; the list gets the folder that it showed."""

    def answer(name: str) -> list[str]:
        folders: list[str] = []

        def type_in() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QFileDialog)
            folders.append(dialog.directory().absolutePath())
            line = dialog.findChild(QLineEdit, "fileNameEdit")
            line.selectAll()
            qtbot.keyClicks(line, name)
            qtbot.keyClick(line, Qt.Key.Key_Return if name else Qt.Key.Key_Escape)

        QTimer.singleShot(0, type_in)
        return folders

    return answer


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("St. Mary's Clinic", "St. Mary's Clinic.inspection"),
        ("Mill Lane", "Mill Lane.inspection"),
        ("Mill Lane.inspection", "Mill Lane.inspection"),
        ("Mill Lane.INSPECTION", "Mill Lane.INSPECTION"),
        ("Visit 9.1.20", "Visit 9.1.20.inspection"),
    ],
)
def test_a_full_stop_in_a_name_is_no_ending(
    typed: str,
    expected: str,
    prompts: Prompts,
    answer: Callable[[str], list[str]],
    tmp_path: Path,
) -> None:
    answer(typed)
    assert prompts.ask_new_inspection(tmp_path / "New.inspection") == tmp_path / expected
    answer(typed)
    assert prompts.ask_copy(tmp_path / "Copy.inspection") == tmp_path / expected


def test_an_index_keeps_the_ending_that_was_typed(
    prompts: Prompts, answer: Callable[[str], list[str]], tmp_path: Path
) -> None:
    for typed, expected in (("Index.csv", "Index.csv"), ("Dr. Lee", "Dr. Lee.docx")):
        answer(typed)
        assert prompts.ask_evidence_index(tmp_path / "Index.docx") == tmp_path / expected


def test_a_folder_that_is_not_there_is_not_replaced_by_the_programs_own(
    prompts: Prompts,
    answer: Callable[[str], list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path / "own"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    missing = tmp_path / "Documents" / "Inspections"
    first = answer("Mill Lane")
    found = prompts.ask_new_inspection(missing / "New.inspection")
    assert found == home / "Mill Lane.inspection"
    second = answer("")
    assert prompts.ask_inspection(missing) is None
    third = answer("")
    assert prompts.ask_inspection(home / "Documents") is None
    assert [Path(folder) for folder in (*first, *second, *third)] == [home] * 3
