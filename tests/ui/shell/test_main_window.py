"""The window as a person uses it: keys, clicks, drops; problems are told, never raised."""

from __future__ import annotations

import subprocess
import warnings
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QTextBrowser

from inspector_app import __version__
from inspector_app.storage.inspection_file import InspectionFile
from tests.python_process import make_command
from tests.report.making import bring_in
from tests.systems import make_possible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

TITLE = "The Invented Clinic: inspection report – Inspector"
ODD_NAME = make_possible("a & b <i>é.inspection")
HOLD = """
import sys
from pathlib import Path
from inspector_app.storage.inspection_file import InspectionFile
with InspectionFile.open(Path(sys.argv[1]), Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


def _press(qtbot: QtBot, window: MainWindow, key: Qt.Key, *, shift: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier
    if shift:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, key, modifiers)


def _view(window: MainWindow) -> QTextBrowser:
    return window.findChild(QTextBrowser, "report_view")


def _click(qtbot: QtBot, window: MainWindow, name: str) -> None:
    qtbot.mouseClick(window.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


@pytest.fixture
def held(make_file: Callable[..., Path], tmp_path: Path) -> Iterator[Path]:
    """An inspection that another process has open."""
    path = make_file()
    with subprocess.Popen(  # noqa: S603 - this Python
        make_command(HOLD, path, tmp_path / "backups"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        yield path
        process.communicate()


# -- opening


def test_a_new_window_says_what_to_do_first(window: MainWindow) -> None:
    assert window.windowTitle() == "Inspector"
    assert window.findChild(QPushButton, "open_button").isVisible()
    assert not _view(window).isVisible()
    assert not window.findChild(QPushButton, "recent_button")


def test_open_by_key(
    qtbot: QtBot, window: MainWindow, prompts: RecordingPrompts, make_file: Callable[..., Path]
) -> None:
    prompts.inspection = make_file()
    _press(qtbot, window, Qt.Key.Key_O)
    assert window.windowTitle() == TITLE
    text = _view(window).toPlainText()
    assert _view(window).isVisible()
    for line in ("The Invented Clinic", "We rated safe as Inadequate:", "Medicines: none were"):
        assert line in text
    assert not prompts.problems


def test_a_dialog_that_is_cancelled_changes_nothing(
    qtbot: QtBot, window: MainWindow, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    _press(qtbot, window, Qt.Key.Key_O)
    assert prompts.asked_folders == [tmp_path / "documents"]
    assert window.windowTitle() == "Inspector"


def _drag(window: MainWindow, url: QUrl) -> bool:
    """Drag something onto the window and let it go there, and tell whether it was taken."""
    data = QMimeData()
    data.setUrls([url])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    with warnings.catch_warnings():
        # Newer versions of Qt want another kind of point, which older ones do not take.
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(window.rect().center(), copy, data, left, none)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        drop = QDropEvent(QPointF(window.rect().center()), copy, data, left, none)
        QApplication.sendEvent(window, drop)
    return enter.isAccepted()


def test_open_by_drop(window: MainWindow, make_file: Callable[..., Path]) -> None:
    assert _drag(window, QUrl.fromLocalFile(str(make_file())))
    assert window.windowTitle() == TITLE


def test_what_is_no_file_is_not_taken(window: MainWindow) -> None:
    assert not _drag(window, QUrl("https://a.example/clinic.inspection"))


def test_open_a_sample_by_its_button(qtbot: QtBot, window: MainWindow) -> None:
    _click(qtbot, window, "sample_rated")
    assert window.windowTitle() == TITLE


def test_a_sample_that_cannot_be_made_is_told(
    qtbot: QtBot, window: MainWindow, prompts: RecordingPrompts
) -> None:
    _click(qtbot, window, "sample_unrated")
    assert prompts.problems == [("The sample was not opened.", "The disk is full.")]


@pytest.mark.parametrize("name", ["clinic.inspection", ODD_NAME])
def test_open_again_by_the_recent_button(
    name: str, qtbot: QtBot, window: MainWindow, make_file: Callable[..., Path]
) -> None:
    path = make_file(name)
    window.open_file(path)
    _press(qtbot, window, Qt.Key.Key_W)
    assert window.windowTitle() == "Inspector"
    button = window.findChild(QPushButton, "recent_button")
    assert button.accessibleName() == name
    assert "<i>" not in button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.windowTitle() == TITLE


def test_opening_the_same_file_again_keeps_it(
    window: MainWindow, prompts: RecordingPrompts, make_file: Callable[..., Path]
) -> None:
    path = make_file()
    window.open_file(path)
    window.open_file(path.parent / "home" / ".." / path.name)
    window.open_file(path)
    assert window.windowTitle() == TITLE
    assert not prompts.problems
    assert not window.findChild(QLabel, "banner").isVisible()


def test_another_window_on_the_same_file_is_refused_and_the_first_keeps_it(
    make_window: Callable[[], MainWindow], prompts: RecordingPrompts, make_file: Callable[..., Path]
) -> None:
    path = make_file()
    first, second = make_window(), make_window()
    first.open_file(path)
    second.open_file(path)
    assert second.windowTitle() == "Inspector"
    assert "open already" in prompts.problems[0][1]
    # The lock of the first must not be lost by the look of the second.
    done = subprocess.run(  # noqa: S603 - this Python
        make_command(HOLD, path, path.parent),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert b"held" not in done.stdout
    assert b"InspectionInUse" in done.stderr


# -- what stands in the way


@pytest.mark.parametrize("kind", ["missing", "folder", "text", "empty"])
def test_a_file_that_is_no_inspection_is_told_and_the_open_one_stays(
    kind: str,
    window: MainWindow,
    prompts: RecordingPrompts,
    make_file: Callable[..., Path],
    tmp_path: Path,
) -> None:
    window.open_file(make_file())
    path = tmp_path / "other.inspection"
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_text("Hello" * 99 if kind == "text" else "", "utf-8")
    window.open_file(path)
    ((headline, message),) = prompts.problems
    assert headline == "The inspection was not opened."
    assert "other.inspection" in message
    assert window.windowTitle() == TITLE


def test_a_file_that_another_process_holds_is_shown_from_a_copy(
    window: MainWindow, held: Path, prompts: RecordingPrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open_file(held)
    banner = window.findChild(QLabel, "holder_banner")
    assert banner.isVisible()
    assert "on this computer (process " in banner.text()
    assert "The Invented Clinic" in _view(window).toPlainText()
    qtbot.waitUntil(window.isActiveWindow)
    _press(qtbot, window, Qt.Key.Key_E, shift=True)
    line = window.findChild(QLineEdit, "export_path")
    line.selectAll()
    qtbot.keyClicks(line, str(tmp_path / "report.docx"))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil((tmp_path / "report.docx").exists, timeout=30_000)
    assert not prompts.problems


def test_closing_lets_the_file_go(
    qtbot: QtBot, window: MainWindow, make_file: Callable[..., Path], tmp_path: Path
) -> None:
    path = make_file()
    window.open_file(path)
    assert path.with_name(f".{path.name}.holder").exists()
    _press(qtbot, window, Qt.Key.Key_W)
    InspectionFile.open(path, tmp_path).close()
    window.open_file(path)
    window.close()
    InspectionFile.open(path, tmp_path).close()


# -- exporting


def test_there_is_nothing_to_export_while_nothing_is_open(
    qtbot: QtBot, window: MainWindow, prompts: RecordingPrompts
) -> None:
    _press(qtbot, window, Qt.Key.Key_E, shift=True)
    _press(qtbot, window, Qt.Key.Key_P)
    assert not window.findChildren(QDialog)
    assert not prompts.problems


# -- names, layout, zoom


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("<b>Bold</b>", "<b>Bold</b>: inspection report – Inspector"),
        ("[*]", "[*][*]: inspection report – Inspector"),
        ("One\nTwo\tThree", "One Two Three: inspection report – Inspector"),
        ("\x00\x07", "[location name]: inspection report – Inspector"),
        ("", "[location name]: inspection report – Inspector"),
    ],
)
def test_names_in_the_title(
    name: str, title: str, window: MainWindow, make_file: Callable[..., Path]
) -> None:
    window.open_file(make_file(imported=bring_in(location={"name": name})))
    assert window.windowTitle() == title
    assert not window.isWindowModified()


def test_an_endless_name_is_shortened(window: MainWindow, make_file: Callable[..., Path]) -> None:
    window.open_file(make_file(imported=bring_in(location={"name": "long " * 2000})))
    assert len(window.windowTitle()) < 200


def test_layout_and_recent_files_come_back(
    make_window: Callable[[], MainWindow], make_file: Callable[..., Path]
) -> None:
    first = make_window()
    for name in ("one.inspection", "two.inspection"):
        first.open_file(make_file(name))
    first.resize(713, 511)
    first.close()
    make_file("gone.inspection").unlink()
    second = make_window()
    assert (second.width(), second.height()) == (713, 511)
    recent = second.findChildren(QPushButton, "recent_button")
    assert [button.accessibleName() for button in recent] == ["two.inspection", "one.inspection"]


def test_settings_that_somebody_broke_do_not_matter(
    make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    settings = "[General]\nrecent_files=7\n[main_window]\ngeometry=nonsense\n"
    (tmp_path / "settings.ini").write_text(settings, "utf-8")
    assert make_window().windowTitle() == "Inspector"


def test_text_grows_and_shrinks(
    qtbot: QtBot, window: MainWindow, make_file: Callable[..., Path]
) -> None:
    window.open_file(make_file())
    document = _view(window).document()

    def size() -> float:
        return document.firstBlock().charFormat().fontPointSize()

    # Where a text has the focus, the keys are for the texts.
    _view(window).setFocus()
    usual = size()
    _press(qtbot, window, Qt.Key.Key_Plus)
    assert size() > usual
    for _ in range(20):
        _press(qtbot, window, Qt.Key.Key_Minus)
    assert 5 < size() < usual


def test_about(window: MainWindow, prompts: RecordingPrompts) -> None:
    (action,) = [
        action
        for menu in window.menuBar().actions()
        for action in menu.menu().actions()
        if "About" in action.text()
    ]
    action.trigger()
    ((headline, facts),) = prompts.lists
    assert headline == f"Inspector {__version__}"
    for word in ("Licence: MIT", "Python\t3.", "Qt\t6.", "SQLite\t3.", "settings.ini"):
        assert word in facts
