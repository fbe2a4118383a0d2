"""An inspection that somebody else holds, or left open: shown as a copy, then written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from inspector_app.document import lock_watch
from inspector_app.storage import database
from inspector_app.storage.holder import find_holder, get_holder_path
from inspector_app.storage.reading import open_for_reading
from tests.storage.helpers import Owner, leave_open_elsewhere, owned_elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often whether the file is free, and wait for nobody who holds it."""
    monkeypatch.setattr(lock_watch, "_INTERVAL", 20)
    monkeypatch.setattr(database, "_BUSY_MILLISECONDS", 20)


@pytest.fixture
def path(make_file: Callable[..., Path]) -> Path:
    return make_file()


def read_banner(window: MainWindow) -> str:
    """What the banner says, or ""; no other banner may say why nothing can be changed."""
    assert not any(label.isVisible() for label in window.findChildren(QLabel, "banner"))
    labels = window.findChildren(QLabel, "holder_banner")
    return "".join(label.text() for label in labels if label.isVisible())


def find_button(window: MainWindow) -> QPushButton | None:
    buttons = window.findChildren(QPushButton, "open_for_writing_button")
    return next((button for button in buttons if button.isVisible()), None)


def press_button(qtbot: QtBot, window: MainWindow) -> None:
    """Go to the button with the Tab key, and press it."""
    button = find_button(window)
    assert button is not None
    for _ in range(60):
        if QApplication.focusWidget() is button:
            break
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is button
    qtbot.keyClick(button, Qt.Key.Key_Space)


def find_name(window: MainWindow) -> QLineEdit:
    return next(
        line
        for line in window.findChildren(QLineEdit)
        if line.objectName().endswith(".location_name") and line.isVisible()
    )


def type_name(qtbot: QtBot, window: MainWindow, words: str) -> None:
    line = find_name(window)
    line.selectAll()
    qtbot.keyClicks(line, words)


def read_name(path: Path) -> str:
    with open_for_reading(path) as reader:
        return reader.inspection.details.location_name


def test_one_left_open_elsewhere_is_taken_over_after_being_told(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    leave_open_elsewhere(path, "Ann <b>")
    before = path.read_bytes()
    window.open_file(path)
    banner = read_banner(window)
    assert banner.startswith("Ann <b> on LAPTOP-7 (process 12, since 03 November 2026, ")
    assert "has not closed it there" in banner
    assert window.document is not None
    assert not window.document.can_edit
    assert path.read_bytes() == before
    press_button(qtbot, window)
    assert not read_banner(window)
    type_name(qtbot, window, "Mill")
    window.close()
    assert read_name(path) == "Mill"
    assert not get_holder_path(path).exists()


def test_looking_at_one_left_open_elsewhere_keeps_nobody_from_it(
    window: MainWindow, path: Path
) -> None:
    leave_open_elsewhere(path)
    window.open_file(path)
    assert read_banner(window)
    get_holder_path(path).unlink()
    with owned_elsewhere(path) as owner:
        owner.tell("name Mill")
        owner.tell("close")
    assert read_name(path) == "Mill"


def test_taking_over_leads_back_to_the_same_place(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    leave_open_elsewhere(path)
    window.open_file(path)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    place = window._view.entry  # noqa: SLF001
    assert place != window._view.first_entry  # noqa: SLF001
    press_button(qtbot, window)
    assert window._view.entry == place  # noqa: SLF001
    assert window.document is not None
    assert window.document.can_edit


def test_a_colleague_sees_what_is_in_the_file_and_goes_on_once_it_is_free(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    owner = Owner(path, path.parent / "backups")
    try:
        owner.tell("name Mill")
        window.open_file(path)
        assert f"process {owner.process.pid}" in read_banner(window)
        assert find_button(window) is None
        assert find_name(window).text() == "Mill"
        assert not find_name(window).isEnabled() or find_name(window).isReadOnly()
        owner.tell("name Lane")
        owner.tell("close")
        qtbot.waitUntil(lambda: find_button(window) is not None)
    finally:
        owner.kill()
    assert f"process {owner.process.pid}" in read_banner(window)
    assert "it is free now" in read_banner(window)
    press_button(qtbot, window)
    assert not read_banner(window)
    assert find_name(window).text() == "Lane"
    type_name(qtbot, window, "Wood")
    window.close()
    assert read_name(path) == "Wood"


def test_a_process_that_dies_lets_go_too(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    with owned_elsewhere(path):
        window.open_file(path)
        assert find_button(window) is None
    qtbot.waitUntil(lambda: find_button(window) is not None)
    assert "it is free now" in read_banner(window)


def test_whoever_is_quicker_has_it(
    window: MainWindow, path: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> None:
    leave_open_elsewhere(path)
    window.open_file(path)
    button = find_button(window)
    assert button is not None
    get_holder_path(path).unlink()
    with owned_elsewhere(path) as owner:
        owner.tell("name Mill")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert f"process {owner.process.pid}" in read_banner(window)
        assert find_name(window).text() == "Mill"
        assert window.document is not None
        assert not window.document.can_edit
    assert not prompts.problems


def test_the_note_of_who_took_it_over_stays(window: MainWindow, path: Path) -> None:
    window.open_file(path)
    leave_open_elsewhere(path, "Bea")
    window.close()
    holder = find_holder(path)
    assert holder is not None
    assert holder.user == "Bea"
