"""Driving the notes panel as a person would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItemIterator,
    QWidget,
)

from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.support.balance_chart import BalanceChart
from inspector_app.ui.support.note_list import NoteList

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.domain.inspection import Inspection
    from inspector_app.ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 30_000

CONTENT: dict[str, Any] = {
    "location": {"name": "The Invented Clinic"},
    "sections": {"background": [{"paragraph": "Opened in 2001.", "evidence": ["record"]}]},
    "key_questions": {
        "safe": {
            "summary": [],
            "topics": [
                {
                    "topic": "medicines",
                    "body": [
                        {
                            "bullets": [
                                {"text": "Fridges were cold.", "evidence": ["talk", "seen"]},
                                {"text": "Stock was counted.", "evidence": ["talk"]},
                                "Nobody checked the doors.",
                            ]
                        }
                    ],
                }
            ],
        }
    },
    "actions": {"must": [{"text": "Check the doors.", "evidence": ["seen"]}], "should": []},
    "notices": [
        {
            "kind": "requirement",
            "regulation": "RA2014-12",
            "activities": [],
            "how_not_met": [{"paragraph": "Doors stood open.", "evidence": ["seen"]}],
        }
    ],
    "evidence": [
        {
            "id": "talk",
            "text": "The nurse <b>said</b> so.",
            "source": "interview",
            "stance": "strength",
            "topics": ["safe.medicines"],
        },
        {
            "id": "seen",
            "text": "Seen at 10.",
            "source": "observation",
            "source_detail": "Ward 1",
            "stance": "concern",
            "topics": ["safe.medicines"],
        },
        {"id": "record", "text": "The register.", "source": "record", "stance": "neutral"},
        {"id": "spare", "text": "Not used so far.", "source": "feedback", "stance": "strength"},
    ],
}


class Supporter:
    """A window whose notes panel is in front."""

    def __init__(self, window: MainWindow, path: Path, qtbot: QtBot) -> None:
        self.window = window
        self.path = path
        self.qtbot = qtbot

    @property
    def dock(self) -> QDockWidget:
        return self.window.findChild(QDockWidget, "notes_dock")

    @property
    def tabs(self) -> QTabWidget:
        return self.window.findChild(QTabWidget, "notes_tabs")

    @property
    def titles(self) -> list[str]:
        return [self.tabs.tabText(number) for number in range(self.tabs.count())]

    @property
    def chart(self) -> BalanceChart:
        return self.window.findChild(BalanceChart)

    def text(self, name: str) -> str:
        label = self.window.findChild(QLabel, f"notes_{name}")
        return label.text() if label.isVisible() else ""

    def button(self, name: str) -> QPushButton:
        return self.window.findChild(QPushButton, f"notes_{name}")

    @property
    def notes(self) -> NoteList:
        return self.window.findChild(NoteList)

    @property
    def heads(self) -> list[str]:
        """What stands above the groups."""
        model = self.notes.model()
        rows = [model.index(row, 0) for row in range(model.rowCount())]
        return [str(row.data()) for row in rows if not model.get_id(row.row())]

    def texts(self, group: str = "behind") -> list[str]:
        """The texts of the notes of a group, from top to bottom."""
        model = self.notes.model()
        rows = range(model.rowCount())
        found = [model.find_note(row) for row in rows if model.get_group(row) == group]
        return [note.text for note in found if note is not None]

    def place_of(self, text: str) -> QPoint:
        """The middle of the first line of a note."""
        rows = range(self.notes.model().rowCount())
        row = next(
            row
            for row in rows
            if (note := self.notes.model().find_note(row)) is not None and note.text == text
        )
        index = self.notes.model().index(row, 0)
        self.notes.scrollTo(index)
        rect = self.notes.visualRect(index)
        return QPoint(rect.center().x(), rect.top() + 14)

    def click_note(self, text: str, modifier: object = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.mouseClick(self.notes.viewport(), LEFT, modifier, self.place_of(text))

    def unsupported(self) -> QListView:
        return self.window.findChild(QListView, "notes_unsupported")

    def lines(self) -> list[str]:
        """The findings without evidence."""
        model = self.unsupported().model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def show_tab(self, number: int) -> None:
        bar = self.tabs.tabBar()
        self.qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(number).center())
        assert self.tabs.currentIndex() == number

    def open_entry(self, title: str) -> None:
        outline = self.window.findChild(QTreeWidget, "outline")
        iterator = QTreeWidgetItemIterator(outline)
        while iterator.value().text(0) != title:
            iterator += 1
        outline.scrollToItem(iterator.value())
        middle = outline.visualItemRect(iterator.value()).center()
        self.qtbot.mouseClick(outline.viewport(), LEFT, pos=middle)

    def click_text(self, text: str) -> QWidget:
        """Click into a text of the page, as a person puts the cursor there."""
        for field in self._fields():
            found = field.document().find(text)
            if field.isVisible() and not found.isNull():
                found.setPosition(found.selectionStart() + 1)
                place = field.cursorRect(found).center()
                self.qtbot.mouseClick(field.viewport(), LEFT, pos=QPoint(place.x(), place.y()))
                self.qtbot.waitUntil(field.hasFocus)
                return field
        raise AssertionError(f"“{text}” stands nowhere on the page")

    def _fields(self) -> list[Any]:
        """Return the texts of the pages; the preview is a text too, and none to type into."""
        found = [*self.window.findChildren(QTextEdit), *self.window.findChildren(QPlainTextEdit)]
        return [field for field in found if field.objectName().endswith((".blocks", ".text"))]

    def press(self, name: str) -> None:
        button = self.button(name)
        self.qtbot.waitUntil(lambda: button.isVisible() and button.height() > 0)
        self.qtbot.mouseClick(button, LEFT)

    def reopen(self) -> Inspection:
        self.window.close()
        with open_for_reading(self.path) as reader:
            return reader.inspection


def focus() -> Any:
    found = QApplication.focusWidget()
    assert found is not None
    return found
