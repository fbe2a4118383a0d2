"""Find and replace in a window, over a file that is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTextEdit,
)

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Action, Block, EvidenceNote, Topic
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.widgets.theme import get_theme
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.domain.inspection import Inspection
    from inspector_app.ui.shell.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CHECK = Qt.ItemDataRole.CheckStateRole
LEFT = Qt.MouseButton.LeftButton


class Finder:
    """Drives the panel as a person would."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    def find(self, kind: type[Any], name: str) -> Any:
        return self.window.findChild(kind, f"find_{name}")

    @property
    def dock(self) -> QDockWidget:
        return self.find(QDockWidget, "dock")

    @property
    def line(self) -> QLineEdit:
        return self.find(QLineEdit, "text")

    @property
    def replacement(self) -> QLineEdit:
        return self.find(QLineEdit, "replacement")

    @property
    def list(self) -> QTableView:
        return self.find(QTableView, "results")

    @property
    def state(self) -> str:
        return self.find(QLabel, "state").text()

    @property
    def rows(self) -> list[str]:
        model = self.list.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
        """Press a key wherever the cursor is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, text: str) -> None:
        self.line.selectAll()
        self.qtbot.keyClicks(self.line, text)

    def search(self, text: str, state: str) -> None:
        self.type(text)
        self.wait_for(state)

    def wait_for(self, state: str) -> None:
        self.qtbot.waitUntil(lambda: self.state.startswith(state))

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QPushButton, name), LEFT)

    def click_row(self, row: int, left: int = 120) -> None:
        index = self.list.model().index(row, 0)
        self.list.scrollTo(index)
        rect = self.list.visualRect(index)
        place = QPoint(rect.left() + left, rect.center().y())
        self.qtbot.mouseClick(self.list.viewport(), LEFT, pos=place)


@pytest.fixture
def path(make_file: Callable[..., Path]) -> Path:
    imported = bring_in(
        "rated",
        location={"name": "Fridge Lane Clinic", "address": ["Unit 4", "1 Fridge Lane"]},
        key_questions={
            "safe": {
                "summary": [{"paragraph": "Medicines were kept well.", "id": "summary"}],
                "topics": [
                    {
                        "topic": "medicines",
                        "id": "topic",
                        "lead": "The fridge was watched.",
                        "body": [
                            {
                                "bullets": [
                                    {
                                        "text": "👩🏽 A fridge, and another fridge.",
                                        "id": "two",
                                        "evidence": ["note"],
                                    },
                                    {"text": "Nothing of the kind.", "id": "none"},
                                ]
                            },
                            {"table": {"header": ["Fridge"], "rows": [["8°C"]]}, "id": "table"},
                        ],
                    }
                ],
            }
        },
        actions={"must": [{"id": "must", "text": "Mend the <b>fridge</b>."}], "should": []},
        evidence=[
            {"id": "note", "text": "The fridge log\nsays 9°C.", "source_detail": "log"},
            {"id": "other", "text": "Something else."},
        ],
    )
    return make_file(imported=imported)


@pytest.fixture
def finder(window: MainWindow, path: Path, qtbot: QtBot) -> Iterator[Finder]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    get_theme(application).apply("light")
    window.resize(1280, 900)
    window.open_file(path)
    yield Finder(window, qtbot)
    application.setStyleSheet("")


def read(window: MainWindow, path: Path) -> Inspection:
    window.close()
    with open_for_reading(path) as file:
        return file.inspection


def selected() -> str:
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit):
        return focus.selectedText()
    assert isinstance(focus, QTextEdit | QPlainTextEdit)
    return focus.textCursor().selectedText()


ALL = "8 matches in 4 places."


def test_hits_are_listed_by_place_as_one_types(finder: Finder) -> None:
    finder.press(Qt.Key.Key_F)
    assert finder.line.hasFocus()
    assert not finder.replacement.isVisible()
    assert "Accents" in finder.state
    finder.search("fridge", ALL)
    assert [row for row in finder.rows if "ridge" not in row] == [
        "Details",
        "Safe › Safe and appropriate use of medicines",
        "Actions",
        "Evidence",
    ]
    assert "Address: 1 Fridge Lane" in finder.rows
    assert "Lead sentence: The fridge was watched." in finder.rows
    finder.search("fridge log says", "1 match in 1 place.")
    finder.search("camel", "Not found. Searched: whole inspection.")
    assert not finder.list.isVisible()
    assert not finder.find(QPushButton, "next").isEnabled()


def test_a_click_selects_the_hit_in_its_field(finder: Finder) -> None:
    finder.press(Qt.Key.Key_F)
    finder.search("fridge", ALL)
    seen = []
    for row, text in enumerate(finder.rows):
        if "ridge" in text:
            finder.click_row(row)
            focus = QApplication.focusWidget()
            place = getattr(focus, "textCursor", None)
            seen.append((focus.objectName().partition(".")[2], place and place().selectionStart()))
            if text != "Table: Fridge":
                assert selected().lower() == "fridge"
    names = [name for name, _ in seen]
    assert names == [
        "location_name", "address", "lead", "blocks", "blocks", "blocks", "text", "text",
    ]  # fmt: skip
    # In Qt's characters: the nurse in front is four of them.
    assert [place for _, place in seen][1:5] == [9, 4, 7, 27]


def test_keys_go_from_hit_to_hit_and_escape_gives_the_cursor_back(finder: Finder) -> None:
    finder.press(Qt.Key.Key_3)
    editor = finder.window.findChild(QTextEdit, "topic.blocks")
    editor.setFocus()
    finder.press(Qt.Key.Key_F)
    finder.search("fridge", ALL)
    finder.press(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not finder.dock.isVisible()
    assert QApplication.focusWidget() is editor
    # Without the panel, from the text.
    finder.press(Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier)
    assert QApplication.focusWidget().objectName().endswith(".location_name")
    for _ in range(3):
        finder.press(Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier)
    assert QApplication.focusWidget() is editor
    assert editor.textCursor().selectionStart() == 7
    finder.press(Qt.Key.Key_F3, SHIFT)
    assert QApplication.focusWidget().objectName() == "topic.lead"
    # In the panel, Enter shows the hit and the cursor stays.
    finder.press(Qt.Key.Key_F)
    finder.press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert finder.line.hasFocus()
    assert editor.textCursor().selectionStart() == 7
    finder.press(Qt.Key.Key_Return, SHIFT)
    assert finder.window.findChild(QPlainTextEdit, "topic.lead").textCursor().hasSelection()
    # Down goes into the list, Enter there into the text.
    finder.press(Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    assert finder.list.hasFocus()
    finder.press(Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    finder.press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert QApplication.focusWidget() is editor


def test_what_is_selected_is_searched(finder: Finder) -> None:
    finder.press(Qt.Key.Key_3)
    lead = finder.window.findChild(QPlainTextEdit, "topic.lead")
    lead.setFocus()
    lead.selectAll()
    finder.press(Qt.Key.Key_F)
    assert finder.line.text() == "The fridge was watched."
    finder.wait_for("1 match in 1 place.")


def test_options_narrow_the_search_and_are_remembered(
    finder: Finder, make_window: Callable[[], MainWindow], path: Path, qtbot: QtBot
) -> None:
    finder.press(Qt.Key.Key_F)
    finder.search("Fridge", ALL)
    qtbot.mouseClick(finder.find(QCheckBox, "match_case"), LEFT, pos=QPoint(8, 8))
    finder.wait_for("3 matches in 2 places.")
    where = finder.find(QComboBox, "where")
    where.setFocus()
    qtbot.keyClick(where, Qt.Key.Key_End)
    assert where.currentText() == "This page"
    finder.wait_for("2 matches in 1 place.")
    # Another page, other hits.
    finder.press(Qt.Key.Key_3)
    finder.wait_for("1 match in 1 place.")
    assert finder.rows[-1] == "Table: Fridge"
    finder.window.close()
    window = make_window()
    window.open_file(path)
    again = Finder(window, qtbot)
    again.press(Qt.Key.Key_F)
    assert again.find(QCheckBox, "match_case").isChecked()
    assert not again.find(QCheckBox, "whole_words").isChecked()
    assert again.find(QComboBox, "where").currentText() == "This page"


def test_replace_all_is_one_step_and_leaves_out_what_is_not_ticked(
    finder: Finder, path: Path
) -> None:
    finder.press(Qt.Key.Key_H)
    finder.search("fridge", ALL)
    row = next(row for row, text in enumerate(finder.rows) if "<b>" in text)
    finder.click_row(row, left=14)
    assert finder.list.model().index(row, 0).data(CHECK) == Qt.CheckState.Unchecked
    # The box was ticked, nobody was sent away.
    assert finder.list.hasFocus()
    button = finder.find(QPushButton, "replace_all")
    assert button.text() == "Replace 7 of 8"
    finder.qtbot.keyClicks(finder.replacement, "{{ cooler }}")
    finder.click("replace_all")
    assert finder.state.startswith("1 match in 1 place. Replaced in 7 places")
    assert [text for text in finder.rows if "ridge" in text] == ["Mend the <b>fridge</b>."]
    finder.press(Qt.Key.Key_Z)
    finder.wait_for(ALL)
    finder.press(Qt.Key.Key_Y)
    finder.wait_for("1 match in 1 place.")
    inspection = read(finder.window, path)
    block = inspection.get("two", Block)
    assert block.text == "👩🏽 A {{ cooler }}, and another {{ cooler }}."
    assert block.evidence == ("note",)
    assert inspection.get("topic", Topic).lead == "The {{ cooler }} was watched."
    assert inspection.get("table", Block).header == ("{{ cooler }}",)
    assert inspection.details.address == ("Unit 4", "1 {{ cooler }} Lane")
    assert inspection.get("must", Action).text == "Mend the <b>fridge</b>."
    assert inspection.get("note", EvidenceNote).text == "The {{ cooler }} log\nsays 9°C."


def test_one_after_the_other_is_replaced(finder: Finder, path: Path) -> None:
    finder.press(Qt.Key.Key_H)
    finder.search("fridge", ALL)
    finder.replacement.setFocus()
    # The new text holds the old one: it must not be replaced again.
    finder.qtbot.keyClicks(finder.replacement, "big fridge")
    for _ in range(8):
        finder.press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
        assert finder.replacement.hasFocus()
    inspection = read(finder.window, path)
    assert inspection.get("two", Block).text == "👩🏽 A big fridge, and another big fridge."
    assert inspection.get("note", EvidenceNote).text == "The big fridge log\nsays 9°C."
    assert inspection.details.location_name == "big fridge Lane Clinic"


def test_results_follow_typing_elsewhere(finder: Finder) -> None:
    finder.press(Qt.Key.Key_F)
    finder.search("fridge", ALL)
    finder.press(Qt.Key.Key_3)
    editor = finder.window.findChild(QTextEdit, "topic.blocks")
    editor.setFocus()
    finder.qtbot.keyClicks(editor, "fridge ")
    finder.wait_for("9 matches in")
    finder.press(Qt.Key.Key_Z)
    finder.wait_for(ALL)


def test_who_only_looks_can_find_and_not_replace(
    finder: Finder, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(InspectionDocument, "can_edit", property(lambda _: False))
    document = finder.window.findChild(InspectionDocument)
    document.not_owned_reason = "Somebody else has it open."
    finder.press(Qt.Key.Key_H)
    finder.search("fridge", ALL)
    for name in ("replace", "replace_all"):
        button = finder.find(QPushButton, name)
        assert not button.isEnabled()
        assert button.toolTip() == "Somebody else has it open."
    assert finder.list.model().index(1, 0).data(CHECK) is None
    finder.replacement.setFocus()
    finder.press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert not document.undo_stack.canUndo()
    finder.click_row(1)
    assert selected() == "Fridge"


def test_closing_the_inspection_closes_the_panel(finder: Finder) -> None:
    finder.press(Qt.Key.Key_F)
    finder.search("fridge", ALL)
    finder.press(Qt.Key.Key_W)
    assert not finder.dock.isVisible()
    assert finder.window.findChild(QLineEdit, "find_text") is None or not finder.line.isVisible()
