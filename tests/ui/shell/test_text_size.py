"""Texts larger and smaller, their words counted, and one of them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from inspector_app.domain.entities import Action, Block, Topic
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.preview.report_view import ReportView
from inspector_app.ui.shell.quiet_page import QuietPage
from inspector_app.ui.widgets.text_zoom import USUAL_ZOOM, get_text_zoom
from tests.report.making import bring_in
from tests.ui.wheel import turn_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTENT = {
    "sections": {"background": [{"paragraph": "One two three.", "id": "s1"}]},
    "key_questions": {
        "safe": {
            "summary": [],
            "topics": [
                {
                    "id": "topic",
                    "title": "Rooms",
                    "lead": "Four five.",
                    "body": [
                        {"bullets": [{"id": "b1", "text": "Six seven eight."}]},
                        {"table": {"rows": [["nine", "ten"]]}},
                    ],
                }
            ],
        }
    },
    "actions": {"must": [{"id": "m1", "text": "Train staff."}]},
}


@pytest.fixture
def path(make_file: Callable[..., Path]) -> Path:
    return make_file("clinic.inspection", bring_in("rated", **CONTENT))


@pytest.fixture
def opened(window: MainWindow, path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    window.open_file(path)
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    get_text_zoom().set_percent(USUAL_ZOOM)


def go_to(window: MainWindow, block: str) -> BlockEditor:
    """Put the cursor into a block on its page."""
    window.findChild(Outline).entry_entered.emit("topic" if block == "b1" else "section/background")
    name = "topic.blocks" if block == "b1" else ""
    found = [
        editor
        for editor in window.findChildren(BlockEditor)
        if editor.isVisible() and (editor.objectName() == name or not name)
    ]
    assert found[0].show_block(block)
    return found[0]


def size(widget: QWidget) -> float:
    return widget.font().pointSizeF()


def words(window: MainWindow) -> str:
    return window.findChild(QLabel, "word_count").text()


def test_texts_become_larger_and_nothing_else(
    opened: MainWindow, make_window: Callable[[], MainWindow], path: Path, qtbot: QtBot
) -> None:
    editor = go_to(opened, "b1")
    lead = opened.findChild(QPlainTextEdit, "topic.lead")
    label, usual, height = opened.findChild(QLabel, "word_count"), size(editor), lead.height()
    around = size(label)
    qtbot.keyClick(editor, Qt.Key.Key_Equal, CONTROL)
    qtbot.keyClick(editor, Qt.Key.Key_Plus, CONTROL)
    assert size(editor) == pytest.approx(usual * 1.25)
    assert size(lead) == size(editor)
    assert size(label) == around
    turn_wheel(editor.viewport(), 4, CONTROL)
    assert size(editor) == pytest.approx(usual * 2.5)
    qtbot.waitUntil(lambda: lead.height() > height)
    turn_wheel(lead.viewport(), -1, CONTROL)
    qtbot.keyClick(editor, Qt.Key.Key_Minus, CONTROL)
    assert size(editor) == pytest.approx(usual * 1.75)
    # Texts that are made later, and those of the next window.
    assert size(go_to(opened, "s1")) == pytest.approx(usual * 1.75)
    opened.close()
    again = make_window()
    again.open_file(path)
    editor = go_to(again, "b1")
    assert size(editor) == pytest.approx(usual * 1.75)
    qtbot.waitUntil(again.isActiveWindow)
    qtbot.keyClick(editor, Qt.Key.Key_0, CONTROL)
    assert size(editor) == usual


def test_where_the_preview_has_the_cursor_the_keys_are_for_it(
    opened: MainWindow, qtbot: QtBot
) -> None:
    editor = go_to(opened, "b1")
    usual = size(editor)
    preview = opened.findChild(ReportView)
    preview.setFocus()
    qtbot.waitUntil(preview.hasFocus)
    before = preview.document().defaultFont().pointSizeF(), preview.font().pointSizeF()
    sheet = preview.grab().toImage()
    opened.findChild(QAction, "action_larger").trigger()
    assert size(editor) == usual
    assert preview.grab().toImage() != sheet, before


def test_words_are_counted_where_they_are_selected_and_of_each_part(
    opened: MainWindow, qtbot: QtBot
) -> None:
    editor = go_to(opened, "b1")
    assert words(opened) == "12 words"
    assert opened.findChild(QLabel, "topic.words").text() == "7 words"
    editor.selectAll()
    # What stands for the table is no word.
    assert words(opened) == "3 words selected"
    for _ in range(2):
        qtbot.keyClick(editor, Qt.Key.Key_Home, CONTROL)
        qtbot.keyClick(editor, Qt.Key.Key_Right, CONTROL | SHIFT)
        assert words(opened) == "1 word selected"
    lead = opened.findChild(QPlainTextEdit, "topic.lead")
    lead.setFocus()
    lead.selectAll()
    assert words(opened) == "2 words selected"
    qtbot.keyClicks(lead, "x")
    assert words(opened) == "11 words"
    assert opened.findChild(QLabel, "topic.words").text() == "6 words"


def test_the_quiet_view_is_the_same_text_alone(opened: MainWindow, qtbot: QtBot) -> None:
    document = opened.document
    assert document is not None
    before = document.inspection
    editor = go_to(opened, "b1")
    editor.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    outline = opened.findChild(Outline)
    assert outline.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_F11)
    page = opened.findChild(QuietPage)
    quiet = QApplication.focusWidget()
    assert isinstance(quiet, BlockEditor)
    assert page.isAncestorOf(quiet)
    assert size(quiet) > size(editor)
    assert not any(
        widget.isVisible() for widget in (outline, editor, opened.menuBar(), opened.statusBar())
    )
    letters = quiet.fontMetrics().averageCharWidth() * 70
    room = opened.width() - 40
    assert quiet.width() < letters + 120
    assert quiet.width() >= min(letters, room)
    qtbot.keyClicks(quiet, " More.")
    assert document.inspection.get("b1", Block).text == "Six seven eight. More."
    qtbot.keyClick(quiet, Qt.Key.Key_Z, CONTROL)
    assert document.inspection.get("b1", Block).text == "Six seven eight."
    qtbot.keyClick(quiet, Qt.Key.Key_Y, CONTROL)
    qtbot.keyClicks(quiet, "!")
    qtbot.keyClick(quiet, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is editor
    assert opened.findChild(Outline).isVisible()
    assert opened.menuBar().isVisible()
    qtbot.keyClicks(editor, "?")
    assert document.inspection.get("b1", Block).text == "Six seven eight. More.!?"
    while document.inspection != before:
        document.undo_stack.undo()
    # A field has one, too; the same key leads back.
    lead = opened.findChild(QPlainTextEdit, "topic.lead")
    lead.setFocus()
    qtbot.keyClick(lead, Qt.Key.Key_F11)
    alone = QApplication.focusWidget()
    assert isinstance(alone, QPlainTextEdit)
    assert alone is not lead
    qtbot.keyClicks(alone, "So: ")
    qtbot.keyClick(alone, Qt.Key.Key_F11)
    assert QApplication.focusWidget() is lead
    assert lead.toPlainText() == "So: Four five."
    assert document.inspection.get("topic", Topic).lead == lead.toPlainText()
    # So has a line of the actions; one that is not begun has nothing to show.
    opened.findChild(Outline).entry_entered.emit("actions")
    must = opened.findChild(QPlainTextEdit, "m1.text")
    must.setFocus()
    qtbot.keyClick(must, Qt.Key.Key_F11)
    qtbot.keyClicks(QApplication.focusWidget(), "Now: ")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F11)
    assert QApplication.focusWidget() is must
    assert document.inspection.get("m1", Action).text == "Now: Train staff."
    assert document.undo_stack.undoText() == "Change what the provider must do"
    new = opened.findChild(QPlainTextEdit, "new_must")
    new.setFocus()
    qtbot.keyClick(new, Qt.Key.Key_F11)
    assert QApplication.focusWidget() is new


def test_without_a_text_there_is_no_quiet_view(opened: MainWindow, qtbot: QtBot) -> None:
    outline = opened.findChild(Outline)
    outline.setFocus()
    switch = opened.findChild(QAction, "action_quiet")
    qtbot.keyClick(outline, Qt.Key.Key_F11)
    assert outline.isVisible()
    assert not switch.isChecked()
    assert "cursor into a text" in opened.statusBar().currentMessage()
    editor = go_to(opened, "b1")
    qtbot.keyClick(editor, Qt.Key.Key_F11)
    assert switch.isChecked()
    # Another inspection, or none, leaves it.
    opened.findChild(QAction, "action_close").trigger()
    assert not switch.isChecked()
    assert opened.menuBar().isVisible()


def test_a_part_counts_what_comes_and_goes(opened: MainWindow) -> None:
    go_to(opened, "b1")
    document = opened.document
    assert document is not None
    label = opened.findChild(QLabel, "topic.words")
    draft = document.draft()
    section = document.inspection.get("s1", Block).parent
    draft.move("b1", section, None)
    document.apply_draft(draft, "Move")
    assert label.text() == "4 words"
    document.set_field("b1", "text", "Elsewhere.", "Type")
    assert label.text() == "4 words"
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert label.text() == "7 words"
    draft = document.draft()
    for block in list(document.inspection.children("topic", Block)):
        draft.delete(block.id)
    draft.set("topic", "lead", "")
    document.apply_draft(draft, "Empty")
    assert label.text() == ""
