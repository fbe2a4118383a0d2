"""The preview follows the cursor, and otherwise stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QTextEdit

from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.preview.report_view import ReportView
from inspector_app.ui.widgets.theme import get_theme
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QTextCursor
    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
COUNT = 60


class Preview:
    """A window with a long topic, and what its preview shows."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot
        self.view = window.findChild(ReportView, "report_view")
        self.text = window.findChild(QTextEdit, "topic.blocks")

    def find(self, words: str) -> QTextCursor:
        return self.view.document().find(words)

    def is_in_the_middle(self, words: str) -> bool:
        place = self.view.cursorRect(self.find(words))
        third = self.view.viewport().height() / 3
        return third - 1 <= place.top() and place.bottom() <= 2 * third + 1

    @property
    def top(self) -> int:
        return self.view.cursorForPosition(QPoint(1, 1)).blockNumber()


@pytest.fixture
def preview(window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot) -> Preview:
    bullets = [
        {"text": f"Finding {n:02} of many, with some more words behind it so that it breaks.",
         "id": f"b{n:02}"} for n in range(COUNT)
    ]  # fmt: skip
    topic = {"topic": "medicines", "id": "topic", "body": [{"bullets": bullets}]}
    imported = bring_in("rated", key_questions={"safe": {"topics": [topic]}})
    window.open_file(make_file(imported=imported))
    window.findChild(Outline).entry_wanted.emit("key_question/safe")
    view = window.findChild(ReportView, "report_view")
    qtbot.waitUntil(lambda: "Finding 59" in view.toPlainText())
    return Preview(window, qtbot)


def test_the_sentence_with_the_cursor_is_in_the_middle_third(
    preview: Preview, qtbot: QtBot
) -> None:
    text, bar = preview.text, preview.view.verticalScrollBar()
    qtbot.mouseClick(
        text.viewport(), Qt.MouseButton.LeftButton,
        pos=text.cursorRect(text.document().find("Finding 30")).center(),
    )  # fmt: skip
    assert preview.is_in_the_middle("Finding 30")
    before = bar.value()
    qtbot.keyClick(text, Qt.Key.Key_Right)
    assert bar.value() == before
    for _ in range(20):
        qtbot.keyClick(text, Qt.Key.Key_Down)
    assert preview.is_in_the_middle(text.textCursor().block().text()[:10])
    # A line that is typed is followed as soon as it is printed.
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClicks(text, "Written now")
    qtbot.waitUntil(lambda: not preview.find("Written now").isNull())
    assert preview.is_in_the_middle("Written now")


def test_a_click_in_the_preview_moves_nothing_in_it(preview: Preview, qtbot: QtBot) -> None:
    view = preview.view
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 400)
    before = view.verticalScrollBar().value()
    low = view.viewport().rect().bottomLeft() + QPoint(120, -30)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=low)
    assert preview.text.hasFocus()
    assert view.verticalScrollBar().value() == before


def test_it_keeps_its_place_when_lines_are_broken_anew(
    preview: Preview, qapp: QApplication
) -> None:
    dock = preview.window.findChild(QDockWidget, "preview_dock")
    theme = get_theme(qapp)
    theme.apply("light")
    bar = preview.view.verticalScrollBar()
    bar.setValue(preview.view.cursorRect(preview.find("Finding 25")).top() + bar.value())
    place = preview.top

    def widen(width: int) -> None:
        preview.window.resizeDocks([dock], [width], Qt.Orientation.Horizontal)

    for change in (
        lambda: widen(300),
        lambda: widen(500),
        lambda: preview.window.resize(1180, 900),
        lambda: theme.apply("dark"),
        lambda: dock.setFloating(True),
        lambda: dock.resize(700, 500),
        lambda: dock.setFloating(False),
        lambda: theme.set_text_size(150),
        lambda: theme.set_text_size(100),
        lambda: theme.apply("light"),
        preview.view.enlarge,
    ):
        value = bar.value()
        change()
        qapp.processEvents()
        assert preview.top == place, value
