"""Passwords in the window: opening, setting, changing, removing, and what is on the disk."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton

from inspector_app.errors import PasswordNeeded
from inspector_app.logs import start_logging, stop_logging
from inspector_app.settings import get_journals_folder, get_state_folder
from inspector_app.storage.encryption import make_key
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.journal import Journal
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.schema import read_header
from inspector_app.ui.prompts import Prompts
from inspector_app.ui.widgets.password_dialogs import (
    NewPassword,
    NewPasswordDialog,
    PasswordDialog,
)
from inspector_app.ui.widgets.theme import get_theme
from tests.storage.helpers import CHEAP, change_name, leave_in_journal, owned_elsewhere
from tests.storage.helpers import make_file as make_small_file
from tests.systems import held_open
from tests.ui.shell.test_saving import click, find_name, save, text, type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

KEY = make_key("meadow", CHEAP)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "inspections"
    folder.mkdir()
    make_small_file(folder / "clinic.inspection", tmp_path / "backups", KEY)
    return folder / "clinic.inspection"


@pytest.fixture
def opened(window: MainWindow, path: Path, prompts: RecordingPrompts) -> MainWindow:
    prompts.passwords = ["meadow"]
    window.open_file(path)
    assert window.document is not None
    return window


@pytest.fixture
def logged() -> Iterator[None]:
    start_logging()
    yield
    stop_logging()


def ask(
    qtbot: QtBot, window: MainWindow, prompts: RecordingPrompts, current: str, new: str
) -> None:
    """Set, change or remove the password, and wait until that is done."""
    prompts.new_passwords.append(NewPassword(current, new))
    document = window.document
    assert document is not None
    with qtbot.waitSignal(document.protection_changed, timeout=20_000):
        window.findChild(QAction, "action_password").trigger()
    qtbot.waitUntil(window.isEnabled)


def find_texts(folder: Path, *texts: str) -> list[tuple[str, str]]:
    """Return where texts stand in the clear, in files or in their names."""
    return [
        (path.name, words)
        for path in folder.rglob("*")
        if path.is_file()
        for words in texts
        if words.encode() in path.read_bytes() or words in path.name
    ]


def test_the_password_is_asked_for_until_it_is_right(
    window: MainWindow, path: Path, prompts: RecordingPrompts
) -> None:
    prompts.passwords = ["Meadow", "meadow "]
    window.open_file(path)
    assert window.is_idle
    assert [bool(problem) for problem in prompts.password_problems] == [False, True, True]
    assert "not the password of “clinic.inspection”" in prompts.password_problems[1]
    assert not prompts.problems
    prompts.passwords = ["meadow"]
    window.open_file(path)
    assert window.document is not None
    assert text(window, "protected") == "Protected"


def test_thinking_better_of_it_leaves_what_is_open(
    window: MainWindow, path: Path, make_file: Callable[..., Path]
) -> None:
    window.open_file(make_file())
    before = window.document
    window.open_file(path)
    assert window.document is before
    assert text(window, "protected") == ""


def test_what_a_colleague_has_open_is_read_with_the_password(
    window: MainWindow, path: Path, tmp_path: Path, prompts: RecordingPrompts
) -> None:
    prompts.passwords = ["wrong", "meadow"]
    with owned_elsewhere(path, tmp_path / "backups", "meadow"):
        window.open_file(path)
        assert window.document is not None
        assert "is using it" in window.document.not_owned_reason
        assert window.document.inspection.details.location_name == "Little Meadow Clinic"
        assert text(window, "protected") == "Protected"
        assert not window.findChild(QAction, "action_password").isEnabled()


def test_the_password_of_a_recent_file_is_asked_for_too(
    opened: MainWindow, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    opened.findChild(QAction, "action_close").trigger()
    (recent,) = opened.findChildren(QPushButton, "recent_button")
    assert recent.text() == "clinic.inspection"
    prompts.passwords = ["meadow"]
    qtbot.mouseClick(recent, Qt.MouseButton.LeftButton)
    assert opened.document is not None


def test_what_a_crash_left_is_offered_and_brought_back(
    window: MainWindow, path: Path, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    with InspectionFile.open(path, tmp_path / "backups", KEY) as file:
        change, _ = change_name(file.inspection, "Rose Cottage")
        Journal.start(get_journals_folder(), "root", path, file.head, [change], KEY).close()
    prompts.passwords = ["meadow"]
    window.open_file(path)
    click(qtbot, window, "bring_back_button")
    assert find_name(window).text() == "Rose Cottage"
    assert find_texts(tmp_path, "Rose Cottage") == []


def test_set_change_and_remove(
    window: MainWindow, make_file: Callable[..., Path], prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    path = make_file()
    window.open_file(path)
    type_name(qtbot, window, "Mill House").setFocus()
    ask(qtbot, window, prompts, "", "first one")
    assert text(window, "protected") == "Protected"
    assert "is protected with a password now" in window.statusBar().currentMessage()
    qtbot.waitUntil(lambda: find_name(window).hasFocus())
    qtbot.keyClicks(find_name(window), " B")
    save(qtbot, window)
    # Whoever sits down at an open window cannot change it.
    prompts.new_passwords = [NewPassword("wrong", "mine")]
    window.findChild(QAction, "action_password").trigger()
    assert "not the current password" in prompts.password_problems[-1]
    ask(qtbot, window, prompts, "first one", "second one")
    window.findChild(QAction, "action_close").trigger()
    prompts.passwords = ["first one", "second one"]
    window.open_file(path)
    assert prompts.password_problems[-1].startswith("That is not the password")
    ask(qtbot, window, prompts, "second one", "")
    assert text(window, "protected") == ""
    window.close()
    assert not prompts.problems
    with open_for_reading(path) as reader:
        assert reader.inspection.details.location_name == "Mill House B"


def test_changes_that_wait_for_a_decision_come_first(
    window: MainWindow, tmp_path: Path, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    path = tmp_path / "clinic.inspection"
    make_small_file(path)
    leave_in_journal(path, "Mill")
    window.open_file(path)
    prompts.new_passwords = [NewPassword("", "first")]
    window.findChild(QAction, "action_password").trigger()
    assert "wait for your decision" in prompts.problems[-1][1]
    click(qtbot, window, "bring_back_button")
    ask(qtbot, window, prompts, "", "first")
    assert len(prompts.problems) == 1
    window.close()
    assert read_header(path).protection is not None


@held_open
def test_nothing_typed_is_in_the_clear_anywhere(
    opened: MainWindow,
    path: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    logged: None,
) -> None:
    del logged
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    marks = "Quillmarker Lodge", "Zephyrmarker Close", "Little Meadow", "Ann Example"
    type_name(qtbot, opened, marks[0])
    save(qtbot, opened)
    assert text(opened, "save_state").endswith("2 copies")
    assert opened.document is not None
    opened.document.add_attachment(b"Zephyrmarker Close, a photo")
    # Out of reach: only the journal has it, and bytes lie beside that.
    away = path.with_name("away")
    path.rename(away)
    type_name(qtbot, opened, marks[1])
    save(qtbot, opened)
    opened.document.add_attachment(b"Zephyrmarker Close, another photo")
    assert list(get_journals_folder().rglob("*.attachments/*"))
    assert find_texts(tmp_path, *marks) == []
    away.rename(path)
    save(qtbot, opened)
    assert opened.document.backups is not None
    opened.document.backups.start()
    backups = opened.document.backups
    qtbot.waitUntil(lambda: not backups.is_running, timeout=20_000)
    assert find_texts(tmp_path, *marks) == []
    opened.close()
    assert get_state_folder().is_dir()
    assert list((tmp_path / "backups").rglob("*.inspection"))
    assert find_texts(tmp_path, *marks) == []
    with pytest.raises(PasswordNeeded), open_for_reading(path):
        pass


def test_recent_files_forget_what_is_in_a_protected_one(
    window: MainWindow,
    make_file: Callable[..., Path],
    prompts: RecordingPrompts,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    path = make_file()
    window.open_file(path)
    window.findChild(QAction, "action_close").trigger()
    settings = tmp_path / "settings.ini"
    window.open_file(path)
    ask(qtbot, window, prompts, "", "first")
    window.close()
    assert "clinic.inspection" in settings.read_text()
    assert "The Invented Clinic" not in settings.read_text()


def test_what_is_not_protected_is_told(
    opened: MainWindow, prompts: RecordingPrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    for name, ending, told in (
        ("save_content", "json", True),
        ("save_outside", "inspection", True),
        ("save_copy", "inspection", False),
    ):
        prompts.copy = tmp_path / f"{name}.{ending}"
        written = len(prompts.written)
        opened.findChild(QAction, f"action_{name}").trigger()
        qtbot.waitUntil(lambda written=written: len(prompts.written) > written, timeout=30_000)
        assert ("not protected" in prompts.written[-1][0]) == told
    with open_for_reading(tmp_path / "save_copy.inspection", KEY) as reader:
        assert reader.key == KEY


def test_reports_are_told_to_be_unprotected(
    opened: MainWindow, prompts: RecordingPrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    prompts.evidence_index = tmp_path / "index.csv"
    opened.findChild(QAction, "action_evidence_index").trigger()
    qtbot.waitUntil(lambda: bool(prompts.written), timeout=30_000)
    assert prompts.written[-1][0].endswith("It is not protected with a password.")
    opened.findChild(QAction, "action_export").trigger()
    target = opened.findChild(QLineEdit, "export_path")
    target.selectAll()
    qtbot.keyClicks(target, str(tmp_path / "report.html"))
    qtbot.keyClick(target, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(text(opened, "export_headline")), timeout=30_000)
    assert text(opened, "export_headline").endswith("It is not protected with a password.")
    # What was asked for is the only thing in the clear.
    clear = {name for name, _ in find_texts(tmp_path, "Seen on site", "Łódź")}
    assert clear == {"index.csv", "report.html"}


def test_earlier_states_and_backups_are_read(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    document = opened.document
    assert document is not None
    assert document.backups is not None
    document.backups.start()
    qtbot.waitUntil(lambda: bool(document.versions.list_backups()), timeout=20_000)
    (backup,) = document.versions.list_backups()
    assert document.versions.read_backup(backup.path) == document.inspection
    assert read_header(backup.path).protection == KEY.protection
    assert find_texts(tmp_path / "backups", "Little Meadow") == []


# -- the dialogs


def line(dialog: PasswordDialog | NewPasswordDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def button(dialog: PasswordDialog | NewPasswordDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_the_dialog_that_opens(qtbot: QtBot) -> None:
    dialog = PasswordDialog("<b>.inspection", "That is not the password.")
    qtbot.addWidget(dialog)
    dialog.show()
    field = line(dialog, "password")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert not button(dialog, "password_accept").isEnabled()
    qtbot.keyClicks(field, "meadow")
    qtbot.keyClick(dialog.findChild(QCheckBox), Qt.Key.Key_Space)
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    assert "<b>.inspection" in [label.text() for label in dialog.findChildren(QLabel)]
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.password.text() == "meadow"


def test_the_dialog_that_sets(qtbot: QtBot) -> None:
    dialog = NewPasswordDialog(is_protected=False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.findChild(QLineEdit, "current_password") is None
    assert not button(dialog, "password_remove").isVisible()
    qtbot.keyClicks(line(dialog, "new_password"), "short")
    assert "easy to guess" in dialog.findChild(QLabel, "password_hint").text()
    qtbot.keyClicks(line(dialog, "new_password_again"), "shirt")
    assert "not the same" in dialog.problem.text()
    assert not button(dialog, "password_accept").isEnabled()
    line(dialog, "new_password_again").clear()
    qtbot.keyClicks(line(dialog, "new_password_again"), "short")
    assert not dialog.problem.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(button(dialog, "password_accept"), Qt.MouseButton.LeftButton)
    assert dialog.wanted == NewPassword("", "short")


def test_the_dialog_that_changes_and_removes(qtbot: QtBot) -> None:
    dialog = NewPasswordDialog(is_protected=True)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not button(dialog, "password_remove").isEnabled()
    qtbot.keyClicks(line(dialog, "current_password"), "meadow")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(button(dialog, "password_remove"), Qt.MouseButton.LeftButton)
    assert dialog.wanted == NewPassword("meadow", "")


def test_every_control_has_a_name_and_a_tip(qtbot: QtBot) -> None:
    for dialog in (PasswordDialog("clinic", ""), NewPasswordDialog(is_protected=True)):
        qtbot.addWidget(dialog)
        for kind in (QLineEdit, QPushButton, QCheckBox):
            for widget in dialog.findChildren(kind):
                assert widget.objectName()
                assert widget.toolTip()
        names = [field.accessibleName() for field in dialog.findChildren(QLineEdit)]
        assert all(names)
        assert len(set(names)) == len(names)


def test_the_real_dialogs_answer(window: MainWindow, qtbot: QtBot) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PasswordDialog)
        qtbot.keyClicks(dialog.password, "meadow")
        qtbot.keyClick(dialog.password, Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)
    assert Prompts(window).ask_password("clinic.inspection", "") == "meadow"


@pytest.mark.parametrize("size", [100, 200])
def test_texts_are_shown_whole_at_any_size(qapp: QApplication, qtbot: QtBot, size: int) -> None:
    theme = get_theme(qapp)
    theme.set_text_size(size)
    try:
        for dialog in (
            PasswordDialog("clinic.inspection", "That is not the password. " * 5),
            NewPasswordDialog(is_protected=True, problem="That is not the password. " * 5),
        ):
            qtbot.addWidget(dialog)
            dialog.show()
            for label in dialog.findChildren(QLabel):
                qtbot.waitUntil(
                    lambda label=label: label.height() >= label.heightForWidth(label.width())
                )
    finally:
        theme.set_text_size(100)
