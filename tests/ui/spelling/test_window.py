"""Spelling in the whole window: F7, the switch, one's own words, and a missing dictionary."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPlainTextEdit, QPushButton, QTextEdit

from inspector_app.settings import get_own_words_file
from inspector_app.spelling import dictionary
from inspector_app.spelling.dictionary import explain_missing
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.blocks.editor import BlockEditor
from tests.python_process import make_command
from tests.report.making import bring_in
from tests.ui.spelling.making import choose, marked, open_menu, select

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CONTENT = {
    "sections": {"background": [{"paragraph": "The clinick is small.", "id": "s1"}]},
    "evidence": [
        {"id": "n1", "text": "Fridge log was compleet."},
        {"id": "n2", "text": "All well."},
        {"id": "n3", "text": "Seen by a nurce."},
    ],
    "key_questions": {
        "safe": {
            "summary": [{"paragraph": "Safe, mostly.", "id": "k0"}],
            "topics": [
                {
                    "id": "topic",
                    "topic": "medicines",
                    "lead": "Staff recieved training.",
                    "body": [
                        {
                            "bullets": [
                                {"id": "b1", "text": "Right."},
                                {"id": "b2", "text": "Medecines were safly kept."},
                            ]
                        }
                    ],
                }
            ],
        }
    },
    "actions": {"must": [{"id": "m1", "text": "Train staff in safegaurding."}]},
    "notices": [{"id": "v1", "regulation": "RA2014-12", "must": "Ensure saftey."}],
}
ROUND = [
    "recieved",
    "Medecines",
    "safly",
    "clinick",
    "safegaurding",
    "saftey",
    "compleet",
    "nurce",
]


@pytest.fixture
def path(make_file: Callable[..., Path]) -> Path:
    return make_file("clinic.inspection", bring_in("rated", **CONTENT))


@pytest.fixture
def opened(window: MainWindow, path: Path) -> MainWindow:
    window.open_file(path)
    return window


def focused() -> QTextEdit | QPlainTextEdit:
    found = QApplication.focusWidget()
    assert isinstance(found, QTextEdit | QPlainTextEdit)
    return found


def editor(window: MainWindow) -> BlockEditor:
    return window.findChild(BlockEditor, "topic.blocks")


def press(qtbot: QtBot, window: MainWindow, *, back: bool = False) -> str:
    """Press F7 where the cursor is, and return what is selected after that."""
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.waitUntil(window.isActiveWindow)
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, Qt.Key.Key_F7, shift if back else Qt.KeyboardModifier.NoModifier)
    return focused().textCursor().selectedText()


def test_f7_goes_round_all_pages_in_their_order(opened: MainWindow, qtbot: QtBot) -> None:
    assert [press(qtbot, opened) for _ in range(9)] == [*ROUND, ROUND[0]]
    assert [press(qtbot, opened, back=True) for _ in range(8)] == ROUND[::-1]


def test_f7_reaches_the_reason_beside_the_page(
    window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot
) -> None:
    content = {"overall_departure_reason": "Staff were becuase new.", "sections": {}}
    window.open_file(make_file("clinic.inspection", bring_in("rated", **content)))
    assert press(qtbot, window) == "becuase"
    assert press(qtbot, window) == "becuase"


def test_f7_goes_on_from_the_cursor(opened: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, opened)
    area = editor(opened)
    area.setFocus()
    select(area, "were", at=0)
    assert press(qtbot, opened) == "safly"
    select(area, "were", at=0)
    assert press(qtbot, opened, back=True) == "Medecines"


def test_words_are_corrected_one_after_the_other_without_a_mouse(
    opened: MainWindow, path: Path, qtbot: QtBot
) -> None:
    right = {
        "recieved": "received",
        "Medecines": "Medicines",
        "safly": "safely",
        "clinick": "clinic",
        "safegaurding": "safeguarding",
        "saftey": "safety",
        "compleet": "complete",
        "nurce": "nurse",
    }
    for word in ROUND:
        assert press(qtbot, opened) == word
        choose(qtbot, open_menu(qtbot, focused()), right[word])
    target = QApplication.focusWidget()
    qtbot.keyClick(target, Qt.Key.Key_F7)
    assert opened.statusBar().currentMessage() == "No misspelt words in this inspection."
    opened.close()
    with open_for_reading(path) as reader:
        inspection = reader.inspection
    assert [inspection.find(id_).text for id_ in ("b2", "s1", "m1", "n1", "n3")] == [  # type: ignore[union-attr]
        "Medicines were safely kept.",
        "The clinic is small.",
        "Train staff in safeguarding.",
        "Fridge log was complete.",
        "Seen by a nurse.",
    ]
    assert inspection.find("topic").lead == "Staff received training."  # type: ignore[union-attr]
    assert inspection.find("v1").must == "Ensure safety."  # type: ignore[union-attr]


def test_the_switch_is_remembered(
    opened: MainWindow, make_window: Callable[[], MainWindow], path: Path, qtbot: QtBot
) -> None:
    press(qtbot, opened)
    qtbot.waitUntil(lambda: marked(editor(opened)) == ["Medecines", "safly"])
    switch = opened.findChild(QAction, "action_check_spelling")
    assert switch.isChecked()
    switch.trigger()
    qtbot.waitUntil(lambda: marked(editor(opened)) == [])
    qtbot.keyClick(focused(), Qt.Key.Key_F7)
    assert "switched off" in opened.statusBar().currentMessage()
    opened.close()
    other = make_window()
    switch = other.findChild(QAction, "action_check_spelling")
    assert not switch.isChecked()
    other.open_file(path)
    switch.trigger()
    assert {press(qtbot, other) for _ in ROUND} == set(ROUND)
    qtbot.waitUntil(lambda: marked(editor(other)) == ["Medecines", "safly"])


def test_my_words_hold_in_every_window(
    opened: MainWindow,
    make_window: Callable[[], MainWindow],
    make_file: Callable[..., Path],
    qtbot: QtBot,
) -> None:
    for _ in range(2):
        press(qtbot, opened)
    choose(qtbot, open_menu(qtbot, focused()), "to my words")
    qtbot.waitUntil(lambda: marked(editor(opened)) == ["safly"])
    assert get_own_words_file().read_text("utf-8") == "Medecines\n"
    opened.close()
    other = make_window()
    other.open_file(make_file("other.inspection", bring_in("rated", **CONTENT)))
    assert {press(qtbot, other) for _ in ROUND} == set(ROUND) - {"Medecines"}


def test_words_that_another_window_added_hold_on_coming_back(
    opened: MainWindow, make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    press(qtbot, opened)
    qtbot.waitUntil(lambda: marked(editor(opened)) == ["Medecines", "safly"])
    other = make_window()
    qtbot.waitUntil(other.isActiveWindow)
    get_own_words_file().parent.mkdir(parents=True, exist_ok=True)
    get_own_words_file().write_text("safly\n", "utf-8")
    opened.activateWindow()
    qtbot.waitUntil(lambda: marked(editor(opened)) == ["Medecines"])


def test_words_of_the_inspection_hold_when_it_is_opened_again(
    opened: MainWindow, make_window: Callable[[], MainWindow], path: Path, qtbot: QtBot
) -> None:
    for _ in range(2):
        press(qtbot, opened)
    choose(qtbot, open_menu(qtbot, focused()), "to this inspection's words")
    opened.close()
    other = make_window()
    other.open_file(path)
    assert {press(qtbot, other) for _ in ROUND} == set(ROUND) - {"Medecines"}
    assert not get_own_words_file().exists()


def test_my_words_that_cannot_be_written_are_told(
    opened: MainWindow, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    for _ in range(2):
        press(qtbot, opened)
    get_own_words_file().mkdir(parents=True)
    choose(qtbot, open_menu(qtbot, focused()), "to my words")
    ((headline, message),) = prompts.problems
    assert headline == "“Medecines” was not added to your words."
    assert "own-words.txt" in message
    qtbot.waitUntil(lambda: marked(editor(opened)) == ["Medecines", "safly"])


def test_a_missing_dictionary_is_told_once(
    window: MainWindow,
    make_window: Callable[[], MainWindow],
    path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dictionary, "load_dictionary", lambda: None)
    window.open_file(path)
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert "no British dictionary" in window.statusBar().currentMessage()
    banner = window.findChild(QFrame, "no_dictionary")
    assert banner.isVisible()
    text = window.findChild(QLabel, "no_dictionary_text").text()
    assert text.startswith("Spelling is not checked: no British dictionary was found.")
    assert text.endswith(explain_missing())
    qtbot.mouseClick(
        window.findChild(QPushButton, "no_dictionary_dismiss"), Qt.MouseButton.LeftButton
    )
    assert not banner.isVisible()
    window.close()
    other = make_window()
    other.open_file(path)
    qtbot.waitUntil(other.isActiveWindow)
    qtbot.keyClick(other, Qt.Key.Key_F7)
    assert "no British dictionary" in other.statusBar().currentMessage()
    assert not other.findChild(QFrame, "no_dictionary").isVisible()


def test_nothing_of_it_is_loaded_before_a_text_is_looked_at() -> None:
    code = (
        "import sys, inspector_app.ui.shell.main_window, inspector_app.ui.pages.key_question;"
        "sys.exit('enchant' in sys.modules)"
    )
    subprocess.run(make_command(code), check=True)  # noqa: S603


def test_with_the_dictionary_there_is_no_such_line(opened: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, opened)
    assert not opened.findChild(QFrame, "no_dictionary").isVisible()
