"""The editor of rows on its own, over a list of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui.widgets.editor_row import EditorRow
from inspector_app.ui.widgets.lines import RowLine
from inspector_app.ui.widgets.row_editor import RowEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class WordRow(EditorRow):
    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(key, parent)
        self.line = RowLine(self)
        self.line.enter_pressed.connect(self.next_wanted)
        self.lines = [self.line]
        QHBoxLayout(self).addWidget(self.line)

    @property
    def is_empty(self) -> bool:
        return not self.line.text()


class Words(RowEditor[WordRow]):
    """A shopping list: what is bought is its own key."""

    can_edit = True

    def __init__(self, words: list[str], tail: QWidget | None = None) -> None:
        super().__init__(tail=tail)
        self.words = dict(enumerate(words))
        self.order = list(self.words)
        self.start()

    def list_keys(self) -> list[str]:
        return [str(number) for number in self.order]

    def make_row(self, key: str) -> WordRow:
        row = WordRow(key, self)
        row.line.textEdited.connect(lambda text: self._on_edited(row, text))
        return row

    def show_row(self, row: WordRow, number: int) -> None:
        if row.key:
            row.line.setText(self.words[int(row.key)])

    def delete_row(self, row: WordRow) -> None:
        self.order.remove(int(row.key))
        self.refresh()

    def move_key(self, key: str, before: str | None) -> None:
        self.order.remove(int(key))
        at = len(self.order) if before is None else self.order.index(int(before))
        self.order.insert(at, int(key))
        self.refresh()

    def add(self) -> None:
        number = len(self.words)
        self.words[number] = ""
        self.order.append(number)
        self.refresh()
        self.show_key(str(number))

    def _on_edited(self, row: WordRow, text: str) -> None:
        if not row.key:
            before = self.key_behind(row)
            number = len(self.words)
            at = len(self.order) if before is None else self.order.index(int(before))
            self.order.insert(at, number)
            row.key = str(number)
        self.words[int(row.key)] = text
        self.refresh({row.key})

    @property
    def wanted(self) -> list[str]:
        return [self.words[number] for number in self.order]

    @property
    def shown(self) -> list[str]:
        rows = sorted(self.rows, key=lambda row: row.y())
        return [row.line.text() for row in rows if row.isVisible()]


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., Words]:
    windows = []

    def show_(*words: str, tail: QWidget | None = None) -> Words:
        window = QWidget()
        windows.append(window)
        layout = QVBoxLayout(window)
        editor = Words(list(words), tail)
        for widget in (QLineEdit("above"), editor, QLineEdit("below")):
            layout.addWidget(widget)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return editor

    return show_


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = CTRL.NoModifier) -> str:
    """Press a key where the cursor is, and return the text where it is then."""
    qtbot.keyClick(QApplication.focusWidget(), key, held)
    QApplication.processEvents()
    return QApplication.focusWidget().text()


def write(qtbot: QtBot, text: str) -> None:
    for letter in text:
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    QApplication.processEvents()


def test_the_empty_row_becomes_one_of_the_list_with_its_first_letter(
    show: Callable[..., Words], qtbot: QtBot
) -> None:
    editor = show("Milk")
    editor.enter(-1)
    line = QApplication.focusWidget()
    write(qtbot, "Tea")
    assert QApplication.focusWidget() is line
    assert editor.shown == ["Milk", "Tea", ""]
    press(qtbot, Key.Key_Return)
    write(qtbot, "Jam")
    assert editor.wanted == ["Milk", "Tea", "Jam"]


def test_enter_opens_a_row_between_which_goes_when_it_is_left_empty(
    show: Callable[..., Words], qtbot: QtBot
) -> None:
    editor = show("Milk", "Jam")
    editor.enter(1)
    assert press(qtbot, Key.Key_Return) == ""
    assert editor.shown == ["Milk", "", "Jam", ""]
    assert press(qtbot, Key.Key_Return) == ""
    assert editor.shown == ["Milk", "", "Jam", ""]
    assert press(qtbot, Key.Key_Backspace) == "Milk"
    assert editor.shown == ["Milk", "Jam", ""]
    press(qtbot, Key.Key_Return)
    write(qtbot, "Tea")
    assert editor.wanted == ["Milk", "Tea", "Jam"]
    assert editor.shown == ["Milk", "Tea", "Jam", ""]


def test_arrows_lead_from_row_to_row_and_out_of_the_list(
    show: Callable[..., Words], qtbot: QtBot
) -> None:
    editor = show("Milk", "Jam")
    editor.enter(1)
    assert press(qtbot, Key.Key_Down) == "Jam"
    assert press(qtbot, Key.Key_Down) == ""
    with qtbot.waitSignal(editor.cursor_left) as left:
        press(qtbot, Key.Key_Down)
    assert left.args == [1]
    assert press(qtbot, Key.Key_Up) == "Jam"
    assert press(qtbot, Key.Key_Up) == "Milk"
    with qtbot.waitSignal(editor.cursor_left) as left:
        press(qtbot, Key.Key_Up)
    assert left.args == [-1]


def test_the_cursor_goes_to_the_row_that_takes_the_place_of_a_removed_one(
    show: Callable[..., Words], qtbot: QtBot
) -> None:
    editor = show("Milk", "Tea", "Jam")
    editor.show_key("1")
    assert press(qtbot, Key.Key_Delete, CTRL) == "Jam"
    assert press(qtbot, Key.Key_Delete, CTRL) == "Milk"
    assert press(qtbot, Key.Key_Delete, CTRL) == ""
    assert (editor.wanted, editor.shown) == ([], [""])


def test_rows_are_moved_and_tell_when_they_reach_an_edge(
    show: Callable[..., Words], qtbot: QtBot
) -> None:
    editor = show("Milk", "Tea", "Jam")
    editor.enter(1)
    assert press(qtbot, Key.Key_Down, ALT) == "Milk"
    assert press(qtbot, Key.Key_Down, ALT) == "Milk"
    assert editor.wanted == ["Tea", "Jam", "Milk"]
    assert editor.shown == ["Tea", "Jam", "Milk", ""]
    with qtbot.waitSignal(editor.edge_reached) as reached:
        press(qtbot, Key.Key_Down, ALT)
    assert reached.args == ["0", 1]


def test_tab_follows_the_rows_wherever_they_came_from(
    show: Callable[..., Words], qtbot: QtBot
) -> None:
    editor = show("Milk", "Tea")
    editor.order = [1, 0]
    editor.words[2] = "Jam"
    editor.order.insert(0, 2)
    editor.refresh()
    editor.enter(1)
    met = ["Jam", *(press(qtbot, Key.Key_Tab) for _ in range(5))]
    assert met == ["Jam", "Tea", "Milk", "", "below", "above"]


def test_a_change_from_elsewhere_keeps_the_cursor_and_what_is_begun(
    show: Callable[..., Words], qtbot: QtBot
) -> None:
    editor = show("Milk", "Jam")
    editor.show_key("1")
    held = QApplication.focusWidget()
    editor.words[2] = "Tea"
    editor.order.insert(0, 2)
    editor.refresh()
    QApplication.processEvents()
    assert QApplication.focusWidget() is held
    assert editor.shown == ["Tea", "Milk", "Jam", ""]
    editor.order.remove(1)
    editor.refresh()
    assert QApplication.focusWidget().text() == "Milk"


def test_behind_the_last_row_a_button_can_stand(show: Callable[..., Words], qtbot: QtBot) -> None:
    button = QPushButton("Add")
    editor = show("Milk", tail=button)
    assert editor.shown == ["Milk"]
    editor.enter(1)
    assert press(qtbot, Key.Key_Tab) == "Add"
    editor.enter(1)
    assert press(qtbot, Key.Key_Return) == ""
    assert editor.shown == ["Milk", ""]
    press(qtbot, Key.Key_Delete, CTRL)
    press(qtbot, Key.Key_Delete, CTRL)
    assert QApplication.focusWidget() is button


def test_many_rows_come_in_slices_or_all_with_the_cursor(
    show: Callable[..., Words], qtbot: QtBot
) -> None:
    words = [f"Word {number}" for number in range(40)]
    editor = Words(words)
    qtbot.addWidget(editor)
    assert 0 < len(editor.rows) < 20
    assert editor.waiting
    qtbot.waitUntil(lambda: not editor.waiting)
    assert [row.line.text() for row in editor.rows] == [*words, ""]
    early = Words(words)
    qtbot.addWidget(early)
    early.show_key("39")
    assert [row.line.text() for row in early.rows] == [*words, ""]
