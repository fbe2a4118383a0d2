"""Banners of saving and recovery, driven as a person would."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from inspector_app.errors import FileProblem
from inspector_app.settings import get_journals_folder
from inspector_app.storage.holder import get_holder_path
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.reading import open_for_reading
from tests.storage.helpers import Owner, change_name, leave_in_journal, own
from tests.systems import held_open

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
def opened(window: MainWindow, path: Path) -> MainWindow:
    window.open_file(path)
    return window


def text(window: MainWindow, name: str) -> str:
    """What a label says that can be seen, or ""."""
    labels = window.findChildren(QLabel, name)
    return "".join(label.text() for label in labels if label.isVisible())


def click(qtbot: QtBot, window: MainWindow, name: str) -> None:
    (button,) = [item for item in window.findChildren(QPushButton, name) if item.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_name(qtbot: QtBot, window: MainWindow, words: str) -> QLineEdit:
    line = find_name(window)
    line.selectAll()
    qtbot.keyClicks(line, words)
    return line


def find_name(window: MainWindow) -> QLineEdit:
    return next(
        line
        for line in window.findChildren(QLineEdit)
        if line.objectName().endswith(".location_name") and line.isVisible()
    )


def save(qtbot: QtBot, window: QWidget) -> None:
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def read_name(path: Path) -> str:
    with open_for_reading(path) as reader:
        return reader.inspection.details.location_name


# -- recovery


def test_what_was_left_is_shown_and_brought_back(
    window: MainWindow, path: Path, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    leave_in_journal(path, "Mill", "Lane <b>")
    window.open_file(path)
    banner = text(window, "recovery_banner")
    assert "2 changes that are not in the file" in banner
    assert "“Change name”" in banner
    assert banner.startswith("Your last session of ")
    click(qtbot, window, "show_left_button")
    ((headline, lines),) = prompts.lists
    assert headline == "2 changes of your last session"
    assert "Location name: “The Invented Clinic” → “Mill”" in lines
    assert "Location name: “Mill” → “Lane <b>”" in lines
    assert "AB: Change name" in lines
    assert find_name(window).text() == "The Invented Clinic"
    click(qtbot, window, "bring_back_button")
    assert not text(window, "recovery_banner")
    assert find_name(window).text() == "Lane <b>"
    window.close()
    assert read_name(path) == "Lane <b>"


def test_it_can_be_put_off_and_discarded(
    window: MainWindow, path: Path, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    leave_in_journal(path, "Mill")
    window.open_file(path)
    click(qtbot, window, "not_now_button")
    assert not text(window, "recovery_banner")
    window.close()
    window.show()
    window.open_file(path)
    assert "1 change that is not in the file" in text(window, "recovery_banner")
    click(qtbot, window, "discard_left_button")
    assert "1 change" in prompts.questions[0][0]
    assert text(window, "recovery_banner")
    prompts.confirms = True
    click(qtbot, window, "discard_left_button")
    assert not text(window, "recovery_banner")
    window.close()
    assert read_name(path) == "The Invented Clinic"


def test_what_does_not_fit_is_told(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    leave_in_journal(path, "Mill")
    window.open_file(path)
    type_name(qtbot, window, "Wood")
    click(qtbot, window, "bring_back_button")
    assert text(window, "recovery_banner").startswith("1 change could not be brought back")
    window.close()
    assert read_name(path) == "Wood"


def damage_journal(*, keep: bool) -> Path:
    """Damage the end of the journal that a session has left, or all of it behind its first line."""
    (journal,) = get_journals_folder().glob("*.journal")
    data = journal.read_bytes()
    journal.write_bytes(data[:-1] if keep else data[:30] + bytes(len(data) - 30))
    return journal


def test_a_journal_whose_end_is_damaged_is_brought_back_as_far_as_it_goes(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    leave_in_journal(path, "Mill", "Lane")
    journal = damage_journal(keep=True)
    data = journal.read_bytes()
    window.open_file(path)
    banner = text(window, "recovery_banner")
    assert "1 change that is not in the file" in banner
    assert "The end of the safety copy is damaged" in banner
    click(qtbot, window, "bring_back_button")
    assert find_name(window).text() == "Mill"
    window.close()
    assert read_name(path) == "Mill"
    # Somebody may know how to read the rest.
    assert data in [item.read_bytes() for item in journal.parent.glob("*.aside")]


def test_a_journal_that_cannot_be_read_is_told_and_kept(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    leave_in_journal(path, "Mill")
    journal = damage_journal(keep=False)
    data = journal.read_bytes()
    window.open_file(path)
    assert "is damaged" in text(window, "recovery_banner")
    assert "nothing that could be brought back" in text(window, "recovery_banner")
    click(qtbot, window, "not_now_button")
    assert not text(window, "recovery_banner")
    window.close()
    assert data in [item.read_bytes() for item in journal.parent.glob("*.aside")]
    assert read_name(path) == "The Invented Clinic"


# -- saving


def test_two_copies_are_told(opened: MainWindow, qtbot: QtBot) -> None:
    assert not text(opened, "save_state").endswith("copies")
    type_name(qtbot, opened, "Mill")
    save(qtbot, opened)
    assert text(opened, "save_state").endswith(", 2 copies")


@held_open
def test_a_folder_that_goes_and_comes_back(
    opened: MainWindow, path: Path, qtbot: QtBot, tmp_path: Path, prompts: RecordingPrompts
) -> None:
    folder = tmp_path / "inspections"
    folder.mkdir()
    mine = folder / "mine.inspection"
    shutil.copyfile(path, mine)
    opened.open_file(mine)
    away = folder.rename(tmp_path / "away")
    type_name(qtbot, opened, "Mill")
    save(qtbot, opened)
    banner = text(opened, "saving_banner")
    assert "the folder is gone" in banner
    assert "safe in the safety copy" in banner
    assert text(opened, "save_state").startswith("Not in the file since ")
    prompts.copy = tmp_path / "copy.inspection"
    click(qtbot, opened, "save_copy_button")
    assert read_name(prompts.copy) == "Mill"
    away.rename(folder)
    click(qtbot, opened, "try_again_button")
    assert not text(opened, "saving_banner")
    assert text(opened, "save_state").endswith(", 2 copies")
    opened.close()
    assert read_name(mine) == "Mill"


@held_open
def test_a_replaced_file_is_told_and_both_are_kept(
    opened: MainWindow, path: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "other.inspection"
    shutil.copyfile(path, other)
    with own(other) as file:
        file.commit(*change_name(file.inspection, "Theirs"))
    theirs = other.read_bytes()
    other.replace(path)
    type_name(qtbot, opened, "Mine")
    save(qtbot, opened)
    assert "has replaced or changed the file" in text(opened, "saving_banner")
    qtbot.waitUntil(lambda: bool(text(opened, "moved_banner")))
    assert not text(opened, "saving_banner")
    assert path.read_bytes() == theirs
    (beside,) = tmp_path.glob("clinic (this computer, *).inspection")
    assert beside.name in text(opened, "moved_banner")
    type_name(qtbot, opened, "Mine still")
    click(qtbot, opened, "moved_seen_button")
    assert not text(opened, "moved_banner")
    opened.close()
    assert read_name(path) == "Theirs"
    assert read_name(beside) == "Mine still"


@held_open
def test_closing_tells_where_everything_lies(
    opened: MainWindow, path: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> None:
    type_name(qtbot, opened, "Mill")
    path.unlink()
    opened.close()
    ((headline, rescued),) = prompts.written
    assert "clinic.inspection" in headline
    assert read_name(rescued) == "Mill"
    assert not path.exists()


def test_what_lies_nowhere_else_keeps_the_window_open(
    opened: MainWindow,
    qtbot: QtBot,
    prompts: RecordingPrompts,
    monkeypatch: pytest.MonkeyPatch,
    path: Path,
) -> None:
    def fail(*_: object) -> None:
        raise FileProblem("The disk is full.")

    def fail_too(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(InspectionFile, "commit_all", fail)
        full.setattr("inspector_app.storage.journal.write_flushed", fail_too)
        full.setattr("inspector_app.storage.flushed.write_flushed", fail_too)
        type_name(qtbot, opened, "Mill")
        save(qtbot, opened)
        assert "only in this window" in text(opened, "saving_banner")
        opened.close()
        assert opened.isVisible()
        ((question, _, _),) = prompts.questions
        assert "clinic.inspection" in question
    opened.close()
    assert not opened.isVisible()
    assert read_name(path) == "Mill"


def test_without_a_journal_the_window_says_so(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("inspector_app.storage.journal.write_flushed", fail)
    monkeypatch.setattr("inspector_app.storage.flushed.write_flushed", fail)
    type_name(qtbot, opened, "Mill")
    save(qtbot, opened)
    label = opened.findChild(QLabel, "save_state")
    assert label is not None
    assert ", 1 copy: the safety copy on this computer cannot be saved" in label.toolTip()


# -- who holds it


def test_what_a_dead_process_of_this_computer_left_is_taken_over_silently(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    owner = Owner(path, path.parent / "backups")
    owner.kill()
    assert get_holder_path(path).exists()
    window.open_file(path)
    assert not text(window, "holder_banner")
    assert not text(window, "banner")
    type_name(qtbot, window, "Mill")
    window.close()
    assert read_name(path) == "Mill"
