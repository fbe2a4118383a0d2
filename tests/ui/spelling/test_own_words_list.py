"""The list of one's own words, by keys and clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from inspector_app.settings import get_own_words_file
from inspector_app.ui.spelling.own_words_list import OwnWordsList

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HOSTILE = "<b>{{ x }}</b>"


@pytest.fixture
def shown(qtbot: QtBot) -> OwnWordsList:
    widget = OwnWordsList()
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.word.hasFocus)
    return widget


def written() -> list[str]:
    return get_own_words_file().read_text("utf-8").splitlines()


def test_words_are_added_and_removed_by_keys(shown: OwnWordsList, qtbot: QtBot) -> None:
    assert not shown.adding.isEnabled()
    for word in ("metformin", HOSTILE, "Oakhurst"):
        qtbot.keyClicks(shown.word, word)
        qtbot.keyClick(shown.word, Qt.Key.Key_Return)
    assert written() == shown.words == [HOSTILE, "metformin", "Oakhurst"]
    qtbot.keyClick(shown.word, Qt.Key.Key_Tab)
    qtbot.waitUntil(shown.list.hasFocus)
    qtbot.keyClick(shown.list, Qt.Key.Key_Home)
    qtbot.keyClick(shown.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(shown.list, Qt.Key.Key_Delete)
    assert written() == shown.words == ["Oakhurst"]


def test_words_are_added_and_removed_by_clicks(shown: OwnWordsList, qtbot: QtBot) -> None:
    left = Qt.MouseButton.LeftButton
    qtbot.keyClicks(shown.word, "  two  words ")
    qtbot.mouseClick(shown.adding, left)
    assert written() == ["two words"]
    assert shown.word.text() == ""
    assert shown.list.currentItem().text() == "two words"
    qtbot.mouseClick(shown.removing, left)
    assert written() == []
    assert not shown.removing.isEnabled()


def test_what_cannot_be_written_stays_in_the_line(shown: OwnWordsList, qtbot: QtBot) -> None:
    get_own_words_file().mkdir(parents=True)
    qtbot.keyClicks(shown.word, "metformin")
    qtbot.keyClick(shown.word, Qt.Key.Key_Return)
    assert "own-words.txt" in shown.problem.text()
    assert shown.problem.isVisible()
    assert shown.word.text() == "metformin"
    get_own_words_file().rmdir()
    qtbot.keyClick(shown.word, Qt.Key.Key_Return)
    assert not shown.problem.isVisible()
    assert written() == ["metformin"]


def test_words_of_a_text_area_are_there_on_refreshing(shown: OwnWordsList) -> None:
    get_own_words_file().parent.mkdir(parents=True, exist_ok=True)
    get_own_words_file().write_text("b\na\n", "utf-8")
    shown.refresh()
    assert shown.words == ["a", "b"]
    assert QApplication.focusWidget() is shown.word
