"""Go to anything: names at once, sentences and notes a moment later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTextEdit,
)

from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.shell.go_to import Destination, rank_destinations
from inspector_app.ui.widgets.theme import is_dark
from tests.report.making import bring_in
from tests.strategies import REGULATIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


class GoTo:
    """Drives the palette as a person would."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    def open(self) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_K, CONTROL)
        self.palette = self.window.findChildren(QFrame, "go_to")[-1]
        assert not self.palette.isWindow()
        self.line = self.palette.findChild(QLineEdit, "go_to_field")
        self.list = self.palette.findChild(QListWidget, "go_to_list")

    @property
    def names(self) -> list[str]:
        return [self.list.item(row).text() for row in range(self.list.count())]

    @property
    def spoken(self) -> str:
        return str(self.list.currentItem().data(Qt.ItemDataRole.AccessibleTextRole))

    def type(self, text: str) -> None:
        self.line.selectAll()
        self.qtbot.keyClicks(self.line, text)

    def wait_for(self, name: str) -> None:
        self.qtbot.waitUntil(lambda: name in self.names)

    def take(self, name: str) -> None:
        row = self.names.index(name)
        for _ in range(row - self.list.currentRow()):
            self.qtbot.keyClick(self.line, Qt.Key.Key_Down)
        self.qtbot.keyClick(self.line, Qt.Key.Key_Return)
        assert not self.palette.isVisible()


@pytest.fixture
def go_to(window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot) -> GoTo:
    imported = bring_in(
        "rated",
        location={"name": "The Clinic"},
        key_questions={
            "safe": {
                "topics": [
                    {
                        "topic": "medicines",
                        "id": "topic",
                        "body": [{"bullets": [{"text": "The <i>fridge</i> was warm.", "id": "b"}]}],
                    }
                ]
            }
        },
        notices=[{"id": "notice", "regulation": REGULATIONS[0]}],
        evidence=[
            {"id": "note", "text": "Warm vaccines in a fridge.", "source_detail": "fridge door"}
        ],
    )
    window.open_file(make_file(imported=imported))
    return GoTo(window, qtbot)


def test_sentences_and_notes_are_found_by_their_words(go_to: GoTo, qtbot: QtBot) -> None:
    go_to.open()
    go_to.type("warm fridge")
    sentence = "Safe › Safe and appropriate use of medicines: The <i>fridge</i> was warm."
    go_to.wait_for(sentence)
    assert go_to.names == [sentence, "Evidence: Warm vaccines in a fridge."]
    go_to.take(sentence)
    editor = go_to.window.findChild(QTextEdit, "topic.blocks")
    qtbot.waitUntil(editor.hasFocus)
    assert editor.textCursor().selectedText() == "fridge"
    go_to.open()
    go_to.type("vaccines in")
    go_to.wait_for("Evidence: Warm vaccines in a fridge.")
    go_to.take("Evidence: Warm vaccines in a fridge.")
    note = go_to.window.findChild(QPlainTextEdit, "note.text")
    qtbot.waitUntil(note.hasFocus)
    assert note.textCursor().selectedText() == "vaccines in"


def test_commands_are_found_and_done(go_to: GoTo) -> None:
    go_to.open()
    assert "Safe" in go_to.names
    assert not any("Export" in name for name in go_to.names)
    go_to.type("expo")
    assert go_to.names[0] == "File › Export report…"
    assert go_to.spoken == "File › Export report…, Command, Ctrl+Shift+E"
    go_to.type("theme dark")
    assert go_to.names[0] == "View › Theme › Dark"
    go_to.take("View › Theme › Dark")
    assert is_dark()
    go_to.open()
    go_to.type("theme light")
    go_to.take("View › Theme › Light")
    assert not is_dark()


def test_notices_are_found_by_their_regulation(go_to: GoTo) -> None:
    go_to.open()
    go_to.type("notices regul")
    (name,) = [name for name in go_to.names if name.startswith("Notices › Regulation")]
    go_to.take(name)
    assert QApplication.focusWidget().objectName() == "notice.regulation"


def test_recent_files_are_found(go_to: GoTo, make_file: Callable[..., Path], qtbot: QtBot) -> None:
    other = make_file("other.inspection", bring_in("rated", location={"name": "Other Lane"}))
    go_to.window.open_file(other)
    go_to.open()
    go_to.type("clinic")
    assert "Open › The Clinic (clinic.inspection)" in go_to.names
    go_to.take("Open › The Clinic (clinic.inspection)")
    assert go_to.window.windowTitle().startswith("The Clinic")


def test_nothing_is_said_calmly(go_to: GoTo, qtbot: QtBot) -> None:
    go_to.open()
    go_to.type("xyzzy")
    nothing = go_to.palette.findChild(QLabel, "go_to_nothing")
    qtbot.waitUntil(nothing.isVisible)
    assert go_to.names == []


def test_what_was_used_last_comes_first(go_to: GoTo) -> None:
    go_to.open()
    go_to.type("undo")
    go_to.type("theme light")
    go_to.take("View › Theme › Light")
    go_to.open()
    go_to.take("Evidence")
    go_to.open()
    assert go_to.names[:3] == ["Evidence", "View › Theme › Light", "Details"]
    assert go_to.names.count("Evidence") == 1


def test_the_cursor_goes_back_where_it_was(go_to: GoTo, qtbot: QtBot) -> None:
    go_to.open()
    go_to.take("Safe › Safe and appropriate use of medicines")
    text = QApplication.focusWidget()
    assert text is not go_to.line
    go_to.open()
    qtbot.keyClick(go_to.line, Qt.Key.Key_Tab)
    assert go_to.list.currentRow() == 1
    qtbot.keyClick(go_to.line, Qt.Key.Key_Escape)
    assert not go_to.palette.isVisible()
    assert text.hasFocus()
    # A click beside it goes where it was made.
    go_to.open()
    outline = go_to.window.findChild(Outline)
    qtbot.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton)
    assert not go_to.palette.isVisible()
    assert outline.hasFocus()


def test_the_best_fit_comes_first() -> None:
    places = [
        Destination(title, lambda: None, "Page", context, always=always)
        for title, context, always in (
            ("Redaction", "", True),
            ("Taking action", "", True),
            ("Actions", "", True),
            ("Medicines", "Action", True),
            ("Act now", "Edit", False),
        )
    ]
    assert [place.title for place in rank_destinations(places, "ACT")] == [
        "Actions",
        "Act now",
        "Medicines",
        "Taking action",
        "Redaction",
    ]
    assert [place.title for place in rank_destinations(places, " ")] == [
        "Redaction",
        "Taking action",
        "Actions",
        "Medicines",
    ]
