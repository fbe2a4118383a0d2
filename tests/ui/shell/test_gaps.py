"""Gaps in the whole window: marked, clicked, reached by F8, and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
)

from inspector_app.domain.entities import Block, Topic
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.export.export_dialog import ExportDialog
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.widgets.theme import get_colour
from tests.report.making import bring_in
from tests.ui.hands import shows_colour

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

CONTENT = {
    "sections": {
        "background": [
            {"paragraph": "🙂 Open from [time] to [time], it is [place].", "id": "s1"},
            {"table": {"rows": [["Rooms", "[number]"]]}, "id": "t1"},
        ]
    },
    "evidence": [{"id": "n1", "text": "Ask [name]."}],
    "key_questions": {
        "safe": {
            "summary": [{"paragraph": "Safe, mostly.", "id": "k0"}],
            "topics": [
                {
                    "id": "topic",
                    "title": "Rooms",
                    "lead": "Staff were [role].",
                    "body": [{"bullets": [{"id": "b1", "text": "We saw [number] rooms."}]}],
                }
            ],
        }
    },
    "actions": {"must": [{"id": "m1", "text": "Train [roles]."}]},
    "notices": [{"id": "v1", "regulation": "RA2014-12", "must": "Ensure [examples]."}],
}
ROUND = ["[role]", "[number]", "[time]", "[time]", "[place]", "table", "[roles]", "[examples]"]
_KEY = Qt.Key.Key_F8


@pytest.fixture
def opened(window: MainWindow, make_file: Callable[..., Path]) -> MainWindow:
    window.open_file(make_file("clinic.inspection", bring_in("rated", **CONTENT)))
    return window


def press(qtbot: QtBot, window: MainWindow, *, back: bool = False) -> str:
    """Press F8 where the cursor is, and return what is selected after that."""
    qtbot.waitUntil(window.isActiveWindow)
    shift = Qt.KeyboardModifier.ShiftModifier
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, _KEY, shift if back else Qt.KeyboardModifier.NoModifier)
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit):
        return focus.selectedText()
    assert isinstance(focus, QTextEdit | QPlainTextEdit)
    line = focus.textCursor().block()
    if isinstance(focus, BlockEditor) and focus.current_block == "t1":
        return "table"
    return focus.textCursor().selectedText() or line.text()


def type_text(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), text)


def count(window: MainWindow) -> str:
    button = window.findChild(QToolButton, "gap_count")
    return button.text() if button.isVisible() else ""


def marked(area: QTextEdit | QPlainTextEdit) -> list[str]:
    """What stands on the colour of gaps."""
    found = []
    colour = QColor(get_colour("warning"))
    line = area.document().begin()
    while line.isValid():
        cursor = QTextCursor(line)
        for part in line.layout().formats():
            if part.format.background().color() == colour:
                cursor.setPosition(line.position() + part.start)
                end = line.position() + part.start + part.length
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                found.append(cursor.selectedText())
        line = line.next()
    return found


def test_f8_goes_round_all_pages_and_what_is_typed_takes_the_place(
    opened: MainWindow, qtbot: QtBot
) -> None:
    assert count(opened) == "8 gaps"
    assert [press(qtbot, opened) for _ in range(9)] == [*ROUND, ROUND[0]]
    assert [press(qtbot, opened, back=True) for _ in range(8)] == ROUND[::-1]
    assert press(qtbot, opened, back=True) == "[examples]"
    for expected in ROUND:
        assert press(qtbot, opened) == expected
        if expected != "table":
            type_text(qtbot, "x")
    assert opened.document is not None
    inspection = opened.document.inspection
    assert inspection.get("s1", Block).text == "🙂 Open from x to x, it is x."
    assert inspection.get("topic", Topic).lead == "Staff were x."
    assert count(opened) == "1 gap"
    assert press(qtbot, opened) == "table"
    assert "[number] is in this table" in opened.statusBar().currentMessage()
    opened.document.set_field("t1", "rows", (("Rooms", "4"),), "Fill")
    assert count(opened) == ""
    opened.findChild(QAction, "action_next_gap").trigger()
    assert "no gaps" in opened.statusBar().currentMessage()
    opened.document.undo_stack.undo()
    assert count(opened) == "1 gap"
    assert not opened.statusBar().currentMessage()


def test_f8_goes_on_from_the_cursor(opened: MainWindow, qtbot: QtBot) -> None:
    while press(qtbot, opened) != "[place]":
        pass
    area = QApplication.focusWidget()
    assert isinstance(area, BlockEditor)
    cursor = area.document().find(" to ")
    area.setTextCursor(cursor)
    assert press(qtbot, opened, back=True) == "[time]"
    assert area.textCursor().selectionStart() < cursor.selectionStart()
    area.setTextCursor(cursor)
    assert press(qtbot, opened) == "[time]"
    assert area.textCursor().selectionStart() > cursor.selectionStart()
    area.moveCursor(QTextCursor.MoveOperation.End)
    assert press(qtbot, opened) == "table"
    assert press(qtbot, opened) == "[roles]"


def test_gaps_are_marked_in_every_text_that_is_printed_and_selected_by_a_click(
    opened: MainWindow, qtbot: QtBot
) -> None:
    press(qtbot, opened)
    lead = QApplication.focusWidget()
    assert isinstance(lead, QPlainTextEdit)
    qtbot.waitUntil(lambda: marked(lead) == ["[role]"])
    press(qtbot, opened)
    area = QApplication.focusWidget()
    assert isinstance(area, BlockEditor)
    qtbot.waitUntil(lambda: marked(area) == ["[number]"])
    for field in (area, lead):
        field.moveCursor(QTextCursor.MoveOperation.Start)
        cursor = field.document().find("[")
        spot = field.cursorRect(cursor).center() + QPoint(12, 0)
        qtbot.mouseClick(field.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert field.textCursor().selectedText() == marked(field)[0]
        # Another click is for the letters in it.
        qtbot.mouseClick(field.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert not field.textCursor().hasSelection()
        # One beside it is a click as any other.
        start = field.cursorRect(field.document().find("S" if field is lead else "W"))
        qtbot.mouseClick(field.viewport(), Qt.MouseButton.LeftButton, pos=start.center())
        assert not field.textCursor().hasSelection()
    cursor = area.document().find("[")
    spot = area.cursorRect(cursor).center() + QPoint(12, 0)
    qtbot.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    type_text(qtbot, "four")
    assert opened.document is not None
    assert opened.document.inspection.get("b1", Block).text == "We saw four rooms."
    assert marked(area) == []
    type_text(qtbot, " [date]")
    assert marked(area) == ["[date]"]


def test_a_gap_in_a_line_is_marked_and_selected_by_a_click(
    opened: MainWindow, qtbot: QtBot
) -> None:
    press(qtbot, opened)
    line = opened.findChild(QLineEdit, "topic.title")
    assert opened.document is not None
    assert not shows_colour(line, "warning")
    opened.document.set_field("topic", "title", "🙂 [number] rooms", "Rename")
    assert shows_colour(line, "warning")
    start = line.text().index("[")
    spots = [QPoint(x, line.height() // 2) for x in range(line.width())]
    spot = next(spot for spot in spots if line.cursorPositionAt(spot) == start + 5)
    for selected in ("[number]", ""):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=spot)
        assert line.selectedText() == selected
    line.setSelection(0, len(line.text()))
    line.cut()
    qtbot.keyClicks(line, "Rooms")
    assert not shows_colour(line, "warning")


def test_gaps_are_counted_in_the_outline_and_when_exporting(
    opened: MainWindow, qtbot: QtBot
) -> None:
    outline = opened.findChild(Outline)

    def counts() -> dict[str, str]:
        found = {}
        for item in outline.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive):
            if item.text(1):
                found[item.text(0)] = item.text(1)
        return found

    before = counts()
    assert list(before.values()) == ["[2]", "[2]", "[4]", "[1]", "[1]"]
    press(qtbot, opened)
    type_text(qtbot, "x")
    assert list(counts().values()) == ["[1]", "[1]", "[4]", "[1]", "[1]"]
    item = outline.findItems("Rooms", Qt.MatchFlag.MatchRecursive)[0]
    assert "1 gap to fill in" in item.toolTip(0)
    opened.findChild(QAction, "action_export").trigger()
    dialog = opened.findChild(ExportDialog)
    assert dialog.findChild(QLabel, "export_gaps").text().startswith("7 gaps to fill in")
    dialog.findChild(QPushButton, "export_show_gaps").click()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), BlockEditor))
    area = QApplication.focusWidget()
    assert isinstance(area, BlockEditor)
    assert area.textCursor().selectedText() == "[number]"
