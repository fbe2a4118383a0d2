"""Opening an inspection in a folder that hangs: it is said, and the window is given back."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton

from inspector_app.document import opening
from inspector_app.errors import FileProblem
from inspector_app.settings import get_journals_folder
from inspector_app.storage import inspection_file
from inspector_app.storage.journal import list_journals, read_journal
from inspector_app.storage.taking_over import find_owner
from inspector_app.ui import prompts as prompts_module
from inspector_app.ui.opening.recent_files import add_recent_file, list_recent_files
from inspector_app.ui.prompts import Prompts
from inspector_app.ui.widgets import disk_waiting as waiting
from tests.storage.helpers import own

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

PATIENCE = 60_000
LEFT = Qt.MouseButton.LeftButton


class HangingFolder:
    """Has what is called with a file wait, as a network does, until it answers again."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.answers = threading.Event()

    def hang(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def wait(*arguments: Any, **options: Any) -> Any:
            if self.file in arguments:
                self.answers.wait()
            return function(*arguments, **options)

        return wait


@pytest.fixture
def path(make_file: Callable[..., Path]) -> Path:
    return make_file()


@pytest.fixture
def hanging(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HangingFolder]:
    monkeypatch.setattr(waiting, "_PATIENCE", 50)
    monkeypatch.setattr(waiting.WaitingDialog, "silence", 50)
    folder = HangingFolder(path)
    yield folder
    folder.answers.set()
    for thread in threading.enumerate():
        if thread.name.startswith(("waiting", "asking", "closing", "inspection-file")):
            thread.join(PATIENCE / 1000)


def find_dialog(window: MainWindow) -> QDialog | None:
    return window.findChild(QDialog, "waiting_dialog")


def when_silent(window: MainWindow, do: Callable[[QDialog], object]) -> QTimer:
    """Do something once the window says that the folder does not answer."""
    timer = QTimer(window)

    def look() -> None:
        dialog = find_dialog(window)
        about = dialog.findChild(QLabel, "waiting_about") if dialog is not None else None
        if dialog is not None and about is not None and "does not answer" in about.text():
            timer.stop()
            do(dialog)

    timer.timeout.connect(look)
    timer.start(10)
    return timer


def press_cancel(qtbot: QtBot) -> Callable[[QDialog], None]:
    def press(dialog: QDialog) -> None:
        qtbot.mouseClick(dialog.findChild(QPushButton, "waiting_cancel"), LEFT)

    return press


WAITS = pytest.mark.parametrize(
    ("module", "name"),
    [
        (inspection_file, "refuse_left_open"),
        (inspection_file, "read_header"),
        (inspection_file, "take_footprint"),
        (inspection_file, "claim"),
        (inspection_file, "write_holder"),
        (opening, "note_opened"),
    ],
)


@WAITS
def test_who_gives_up_has_the_window_back_and_the_file_is_let_go(
    window: MainWindow,
    path: Path,
    make_file: Callable[..., Path],
    hanging: HangingFolder,
    prompts: RecordingPrompts,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    module: object,
    name: str,
) -> None:
    other = make_file("other.inspection")
    window.open_file(other)
    monkeypatch.setattr(module, name, hanging.hang(getattr(module, name)))
    timer = when_silent(window, press_cancel(qtbot))
    window.open_file(path)
    assert not timer.isActive(), "it was not said that the folder does not answer"
    assert not hanging.answers.is_set()
    assert window.document is not None
    assert window.document.path == other
    assert window.document.can_edit
    assert not prompts.problems
    window.open_file(path)
    ((headline, message),) = prompts.problems
    assert headline == "The inspection was not opened."
    assert "does not answer" in message
    hanging.answers.set()
    qtbot.waitUntil(lambda: not waiting.files_under_way, timeout=PATIENCE)
    assert window.document.path == other
    assert find_owner(path) == ""
    with own(path):
        pass
    window.open_file(path)
    assert window.document.path == path
    assert window.document.can_edit


def test_what_answers_in_the_end_is_opened(
    window: MainWindow, path: Path, hanging: HangingFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection_file, "claim", hanging.hang(inspection_file.claim))
    asked_again: list[bool] = []

    def answer(dialog: QDialog) -> None:
        window.open_file(path)  # as the system may ask for meanwhile
        asked_again.append(dialog.isVisible() and window.document is None and not window.is_idle)
        hanging.answers.set()

    when_silent(window, answer)
    window.open_file(path)
    assert asked_again == [True]
    assert window.document is not None
    assert window.document.can_edit
    dialog = find_dialog(window)
    assert dialog is None or not dialog.isVisible()


def test_a_window_that_waits_can_be_closed(
    window: MainWindow,
    path: Path,
    hanging: HangingFolder,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(inspection_file, "claim", hanging.hang(inspection_file.claim))
    when_silent(window, lambda _: window.close())
    window.open_file(path)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE)
    assert window.document is None
    assert not hanging.answers.is_set()


def test_a_file_that_answers_at_once_shows_no_dialog(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a dialog was made")

    monkeypatch.setattr(waiting, "WaitingDialog", refuse)
    monkeypatch.setattr(waiting, "_PATIENCE", PATIENCE)
    window.open_file(path)
    assert window.document is not None
    assert window.document.can_edit


@pytest.mark.parametrize("what", ["save", "close", "versions"])
def test_a_folder_that_falls_silent_is_told_and_given_up_and_the_journal_has_all(
    window: MainWindow,
    path: Path,
    hanging: HangingFolder,
    prompts: RecordingPrompts,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    what: str,
) -> None:
    window.open_file(path)
    document = window.document
    assert document is not None
    monkeypatch.setattr(
        inspection_file, "take_footprint", hanging.hang(inspection_file.take_footprint)
    )
    document.set_field(document.inspection.details.id, "location_name", "Kept", "Rename")
    timer = when_silent(window, press_cancel(qtbot))
    if what == "save":
        qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        assert document.save_state is not None
        assert "does not answer" in document.save_state.message
        assert document.can_edit
    elif what == "close":
        window.close()
        assert not window.isVisible()
    else:
        with pytest.raises(FileProblem, match="does not answer"):
            document.versions.list_lines()
    assert not timer.isActive(), "it was not said that the folder does not answer"
    assert not hanging.answers.is_set()
    assert not prompts.problems
    (journal,) = list_journals(get_journals_folder(), document.inspection.id)
    content = read_journal(journal)
    assert content is not None
    assert [change.label for change in content.changes] == ["Rename"]


@pytest.fixture
def settings(tmp_path: Path, path: Path) -> QSettings:
    settings = QSettings(str(tmp_path / "recent.ini"), QSettings.Format.IniFormat)
    add_recent_file(settings, path)
    return settings


def test_recent_files_that_do_not_answer_are_listed_until_they_do(
    settings: QSettings,
    path: Path,
    hanging: HangingFolder,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    path.unlink()
    asked: list[Path] = []
    is_file = type(path).is_file

    def ask(file: Path) -> bool:
        asked.append(file)
        hanging.answers.wait()
        return is_file(file)

    monkeypatch.setattr(type(path), "is_file", ask)
    assert list_recent_files(settings) == [path]
    assert list_recent_files(settings) == [path]
    assert asked == [path], "it was asked again while it hung"
    hanging.answers.set()
    qtbot.waitUntil(lambda: not list_recent_files(settings), timeout=PATIENCE)


def test_a_folder_that_hangs_holds_up_no_file_dialog(
    window: MainWindow,
    path: Path,
    hanging: HangingFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, start: str, *_: object) -> tuple[str, str]:
        asked.append(start)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    monkeypatch.setattr(prompts_module, "exists", hanging.hang(prompts_module.exists))
    Prompts(window).ask_inspection(path)
    assert asked == [str(path)]


def test_a_folder_that_hangs_holds_up_no_comparison(
    window: MainWindow,
    path: Path,
    make_file: Callable[..., Path],
    hanging: HangingFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = make_file("other.inspection")
    window.open_file(other)
    document = window.document
    assert document is not None
    link = other.with_name("link.inspection")
    link.hardlink_to(other)
    assert document.is_at(link)
    assert not document.is_at(path)
    same = type(path).samefile
    monkeypatch.setattr(type(path), "samefile", hanging.hang(same))
    assert document.is_at(other)
    assert not document.is_at(path)
    assert not hanging.answers.is_set()
