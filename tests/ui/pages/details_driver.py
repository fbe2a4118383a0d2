"""Hands for the page with the inspection's details, over a saved file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.details.item_rows import RowsField
from inspector_app.ui.pages.details import DetailsPage
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.domain.entities import Details
    from inspector_app.domain.inspection import Inspection
    from tests.ui.conftest import RecordingPrompts

W = TypeVar("W", bound=QWidget)
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ACTIVITIES = ["Surgical procedures", "Nursing care", "Own words"]


BREACHES = [{"regulation": "RA2014-12", "text": "One"}, {"regulation": "RA2014-17", "text": "Two"}]


class Driver:
    """The page, and hands."""

    def __init__(self, qtbot: QtBot, page: DetailsPage) -> None:
        self.qtbot = qtbot
        self.page = page
        page.show_everything()
        self.document = page.document
        self.root = page.document.inspection.id

    @property
    def details(self) -> Details:
        return self.document.inspection.details

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name) or self.page.findChild(kind, f"{self.root}.{name}")
        assert found is not None, name
        return found

    def focus(self, widget: W) -> W:
        widget.setFocus()
        assert QApplication.focusWidget() is widget
        return widget

    def type_into(self, widget: QWidget, text: str) -> None:
        """Put a text in place of what is there."""
        self.focus(widget)
        self.qtbot.keyClick(widget, Key.Key_A, CTRL)
        self.qtbot.keyClick(widget, Key.Key_Backspace)
        self.qtbot.keyClicks(widget, text)

    def line(self, name: str, text: str) -> QLineEdit:
        line = self.find(QLineEdit, name)
        self.type_into(line, text)
        return line

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    def type_on(self, text: str) -> None:
        """Type where the cursor is."""
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.press(Key.Key_V, CTRL)

    def choose(self, name: str, text: str) -> None:
        combo = self.focus(self.find(QComboBox, name))
        wanted = combo.findText(text)
        assert wanted >= 0, text
        while combo.currentIndex() != wanted:
            up = combo.currentIndex() > wanted
            self.qtbot.keyClick(combo, Key.Key_Up if up else Key.Key_Down)

    def rows(self, field: str) -> RowsField:
        found = [item for item in self.page.findChildren(RowsField) if item.field == field]
        assert len(found) == 1
        return found[0]

    def problem(self, name: str) -> str:
        field = self.find(QWidget, name)
        while not hasattr(field, "problem"):
            field = field.parentWidget()
        return field.problem.text() if not field.problem.isHidden() else ""

    def reopen(self) -> Inspection:
        self.document.close()
        with open_for_reading(self.document.path) as reader:
            return reader.inspection


def drive_details(
    make_file: Callable[..., Path], folder: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> Iterator[Callable[..., Driver]]:
    """Yield what shows the page of a new inspection."""
    documents: list[InspectionDocument] = []

    def make(regime: str = "rated", width: int = 640, **content: object) -> Driver:
        path = make_file("details.inspection", bring_in(regime, **content))
        document = InspectionDocument(path, folder / "backups")
        documents.append(document)
        page = DetailsPage(document, prompts)
        qtbot.addWidget(page)
        page.resize(width, 800)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return Driver(qtbot, page)

    yield make
    for document in documents:
        document.close()
