"""Driving the checks of a window as a person would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QTreeView,
    QTreeWidget,
    QTreeWidgetItemIterator,
    QWidget,
)

from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.checks.result_model import ROW, ResultRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.domain.inspection import Inspection
    from inspector_app.ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 30_000
CALL = "call 01632 960123"
"""A passage that a check finds: a telephone number that is not the service's."""

CONTENT: dict[str, Any] = {
    "location": {"name": "The Invented Clinic", "telephone": "01632 960000"},
    "state": "final",
    "visit": {"type": "comprehensive", "dates": ["2024-03-04"]},
    "previous_ratings": {"safe": "good", "date": "2024-04-01"},
    "previous_breaches": [
        {"regulation": "RA2014-12", "text": "Unsafe.", "date": "2024-05-01"},
        {"regulation": "RA2014-17", "text": "Not led.", "now": "met"},
    ],
    "ratings": {"safe": "good", "overall": "good", "caring": "good"},
    "sections": {
        "background": [
            {"paragraph": f"Background: {CALL}."},
            {"table": {"header": ["Who", "Number"], "rows": [["Nurse", "–"], ["Doctor", CALL]]}},
        ]
    },
    "key_questions": {
        "safe": {
            "summary": [],
            "topics": [
                {
                    "title": "Records",
                    "lead": f"Please {CALL}.",
                    "body": [{"bullets": ["Fine.", f"😀 👩‍⚕️ Staff said: {CALL} at once."]}],
                },
                {"title": "Empty", "lead": "Only a lead.", "body": []},
            ],
        }
    },
    "actions": {"must": [f"Tell staff to {CALL}."], "should": []},
    "notices": [
        {
            "kind": "requirement",
            "regulation": "RA2014-12",
            "activities": ["Flying kites"],
            "must": f"Answer when people {CALL}.",
            "how_not_met": [{"paragraph": f"Nobody would {CALL}."}],
        },
        {
            "kind": "warning",
            "regulation": "RA2014-17",
            "activities": ["Surgical procedures"],
            "deadline": "2024-01-01",
            "action": f"We told them to {CALL}.",
            "how_not_met": [{"paragraph": "None."}],
        },
        {"kind": "requirement", "activities": [], "how_not_met": []},
    ],
    "registered_activities": ["Surgical procedures"],
    "evidence": [
        {
            "text": "Seen.",
            "source": "observation",
            "stance": "concern",
            "when": "2020-01-01",
            "topics": ["safe"],
        }
    ],
}
"""An inspection with a result in nearly every kind of field."""


class Checker:
    """A window with an inspection, driven by clicks and keys."""

    def __init__(
        self, window: MainWindow, path: Path, inspection: Inspection, qtbot: QtBot
    ) -> None:
        self.window = window
        self.path = path
        self.inspection = inspection
        """As it was when it was opened."""
        self.qtbot = qtbot

    @property
    def tree(self) -> QTreeView:
        return self.window.findChild(QTreeView, "results")

    @property
    def summary(self) -> str:
        label = self.window.findChild(QLabel, "checks_summary")
        return label.text() if label.isVisible() else ""

    @property
    def count(self) -> QToolButton:
        """The button in the status bar."""
        return self.window.findChild(QToolButton, "check_count")

    @property
    def reason(self) -> QLineEdit:
        return self.window.findChild(QLineEdit, "result_reason")

    @property
    def heads(self) -> list[str]:
        """The lines that stand furthest out."""
        model = self.tree.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    @property
    def lines(self) -> list[tuple[QModelIndex, ResultRow]]:
        return list(_walk(self.tree, QModelIndex()))

    @property
    def current(self) -> ResultRow | None:
        found = self.tree.currentIndex().data(ROW)
        return found if isinstance(found, ResultRow) else None

    def button(self, name: str) -> QPushButton:
        return self.window.findChild(QPushButton, f"result_{name}")

    def press(self, name: str) -> None:
        button = self.button(name)
        self.qtbot.waitUntil(lambda: button.isVisible() and button.height() > 0)
        self.qtbot.mouseClick(button, LEFT)

    def open_entry(self, title: str) -> None:
        """Click a line of the outline."""
        outline = self.window.findChild(QTreeWidget, "outline")
        iterator = QTreeWidgetItemIterator(outline)
        while iterator.value().text(0) != title:
            iterator += 1
        item = iterator.value()
        outline.scrollToItem(item)
        middle = outline.visualItemRect(item).center()
        self.qtbot.mouseClick(outline.viewport(), LEFT, pos=middle)

    def show(self) -> None:
        """Show the checks by the button in the status bar, and wait for what they find."""
        self.qtbot.mouseClick(self.count, LEFT)
        assert self.tree.isVisible()
        self.wait()

    def wait(self) -> None:
        """Wait until the checks have looked at the inspection as it is now."""
        self.qtbot.waitUntil(lambda: "ooking" not in self.summary, timeout=PATIENCE)

    def find(self, text: str) -> QModelIndex:
        """Return the line in whose words a text stands."""
        return next(index for index, row in self.lines if text in row.text)

    def has(self, text: str) -> bool:
        return any(text in row.text for _, row in self.lines)

    def is_listed(self, check: str, severity: str) -> bool:
        return any(
            row.check == check and row.severity == severity and row.result is not None
            for _, row in self.lines
        )

    def select(self, index: QModelIndex) -> None:
        """Click a line, in view and with the lines above it open."""
        self.tree.scrollTo(index)
        middle = self.tree.visualRect(index).center()
        self.qtbot.mouseClick(self.tree.viewport(), LEFT, pos=middle)
        assert self.tree.currentIndex() == index

    def enter(self, index: QModelIndex) -> None:
        self.select(index)
        self.qtbot.keyClick(self.tree, Qt.Key.Key_Return)

    def reopen(self) -> Inspection:
        """Close the window and read its file."""
        self.window.close()
        with open_for_reading(self.path) as reader:
            return reader.inspection


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def selected() -> str:
    """Return the selected text of the field with the cursor."""
    field: Any = focus()
    if isinstance(field, QLineEdit):
        return field.selectedText()
    return str(field.textCursor().selectedText())


def _walk(tree: QTreeView, above: QModelIndex) -> Iterator[tuple[QModelIndex, ResultRow]]:
    model = tree.model()
    for number in range(model.rowCount(above)):
        index = model.index(number, 0, above)
        yield index, index.data(ROW)
        yield from _walk(tree, index)
