"""Narrow windows give up panels before the text, and give them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QDockWidget, QTextEdit

from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.pages.key_question import KeyQuestionPage
from inspector_app.ui.widgets.theme import get_theme
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

WIDE, RIGHT_FOLDED, ALL_FOLDED = 1300, 1000, 740
PANELS = ("outline", "ratings", "preview", "notes")


class Panels:
    """A window whose width changes, and the panels in sight."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    def dock(self, name: str) -> QDockWidget:
        return self.window.findChild(QDockWidget, f"{name}_dock")

    @property
    def shown(self) -> set[str]:
        return {name for name in PANELS if not self.dock(name).isHidden()}

    @property
    def text(self) -> QTextEdit:
        return self.window.findChild(QTextEdit, "topic.blocks")

    @property
    def letters(self) -> float:
        """Letters that a line of the text has room for."""
        line = self.text.document().begin().layout().lineAt(0)
        return line.width() / (line.naturalTextWidth() / line.textLength())

    def resize(self, width: int) -> None:
        self.window.resize(width, 700)
        # Widths of panels are limited once they have been laid out.
        for _ in range(4):
            QApplication.processEvents()
        assert self.window.width() == width

    def tab(self, name: str) -> QAbstractButton | None:
        tabs = self.window.findChildren(QAbstractButton, f"{name}_dock_tab")
        return next((tab for tab in tabs if tab.isVisible()), None)

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.tab(name), Qt.MouseButton.LeftButton)
        for _ in range(4):
            QApplication.processEvents()

    def act(self, name: str) -> None:
        self.window.findChild(QAction, f"action_{name}").trigger()
        QApplication.processEvents()


@pytest.fixture
def panels(window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot) -> Panels:
    sentence = "Medicines were kept at the right temperature, and staff wrote it down each day. "
    topic = {
        "topic": "medicines",
        "id": "topic",
        "body": [{"paragraph": sentence * 4}],
    }
    imported = bring_in("rated", key_questions={"safe": {"topics": [topic]}})
    window.open_file(make_file(imported=imported))
    window.findChild(Outline).entry_wanted.emit("key_question/safe")
    driver = Panels(window, qtbot)
    driver.resize(WIDE)
    return driver


@pytest.fixture
def _large_text(qapp: QApplication) -> Iterator[None]:
    theme = get_theme(qapp)
    theme.apply("light")
    theme.set_text_size(200)
    yield
    theme.set_text_size(100)


def test_the_sides_fold_and_come_back_as_they_were(panels: Panels) -> None:
    panels.dock("ratings").close()
    width = panels.dock("preview").width()
    panels.resize(RIGHT_FOLDED)
    assert panels.shown == {"outline"}
    assert panels.tab("outline") is None
    panels.resize(ALL_FOLDED)
    assert panels.shown == set()
    for name in PANELS:
        assert panels.tab(name) is not None, name
    panels.resize(WIDE)
    assert panels.shown == {"outline", "preview", "notes"}
    assert panels.dock("preview").width() == width
    assert not any(panels.tab(name) for name in PANELS)


def test_one_click_opens_a_panel_next_to_the_text(panels: Panels) -> None:
    panels.resize(RIGHT_FOLDED)
    for name in ("preview", "ratings"):
        panels.click(name)
        assert panels.shown - {"outline"} == {name}
        assert panels.dock(name).width() >= 260
        assert panels.letters >= 45
    panels.click("ratings")
    assert panels.shown == {"outline"}
    # The menu, and whatever leads to a panel, do the same as its tab.
    panels.dock("notes").toggleViewAction().trigger()
    assert "notes" in panels.shown
    assert panels.tab("notes").isChecked()
    panels.resize(WIDE)
    assert panels.shown == set(PANELS)


@pytest.mark.usefixtures("_large_text")
@pytest.mark.parametrize("width", [800, 960, 1280, 1920])
def test_a_line_has_45_letters_whatever_the_size(panels: Panels, width: int) -> None:
    panels.resize(width)
    assert panels.text.isVisible()
    assert panels.letters >= 45
    page = panels.window.findChild(KeyQuestionPage)
    assert page.scroll_area.horizontalScrollBar().maximum() == 0


def test_where_there_is_no_room_a_panel_stands_in_place_of_the_text(
    panels: Panels, qtbot: QtBot
) -> None:
    panels.resize(600)
    panels.click("ratings")
    assert not panels.text.isVisible()
    assert panels.dock("ratings").isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert panels.shown == set()
    assert panels.text.isVisible()
    panels.click("outline")
    assert not panels.text.isVisible()
    panels.window.findChild(Outline).entry_entered.emit("topic")
    assert panels.text.hasFocus()


def test_no_panel_can_be_drawn_over_the_text(panels: Panels) -> None:
    for name in ("preview", "outline"):
        panels.window.resizeDocks([panels.dock(name)], [1200], Qt.Orientation.Horizontal)
        for _ in range(4):
            QApplication.processEvents()
        assert panels.letters >= 45, name


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)")
def test_the_layout_is_kept_as_it_is_in_a_wide_window(
    panels: Panels, make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    panels.dock("notes").close()
    wide = [panels.dock(name) for name in ("outline", "preview")]
    panels.window.resizeDocks(wide, [300, 420], Qt.Orientation.Horizontal)
    panels.resize(WIDE)
    widths = [dock.width() for dock in wide]
    panels.resize(ALL_FOLDED)
    path = panels.window.document.path
    panels.window.close()
    again = make_window()
    reopened = Panels(again, qtbot)
    reopened.resize(ALL_FOLDED)
    again.open_file(path)
    reopened.resize(ALL_FOLDED)
    assert reopened.shown == set()
    reopened.resize(WIDE)
    assert reopened.shown == {"outline", "ratings", "preview"}
    assert [reopened.dock(name).width() for name in ("outline", "preview")] == widths
    reopened.dock("preview").setFloating(True)
    reopened.dock("outline").close()
    reopened.act("reset_layout")
    assert reopened.shown == set(PANELS)
    assert not reopened.dock("preview").isFloating()


def test_the_report_has_no_preview_beside_it(panels: Panels) -> None:
    outline = panels.window.findChild(Outline)
    outline.entry_wanted.emit("report")
    assert panels.shown == {"outline", "ratings", "notes"}
    button = panels.window.findChild(QAbstractButton, "report_export")
    panels.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    panels.window.findChild(QDialog, "export_dialog").close()
    outline.entry_wanted.emit("details")
    assert panels.shown == set(PANELS)
    panels.dock("preview").close()
    outline.entry_wanted.emit("report")
    outline.entry_wanted.emit("details")
    assert "preview" not in panels.shown


@pytest.mark.usefixtures("_large_text")
def test_the_outline_has_its_room_again_after_a_panel(panels: Panels) -> None:
    panels.resize(WIDE)
    width = panels.dock("outline").width()
    outline = panels.window.findChild(Outline)
    outline.entry_wanted.emit("ratings")
    assert not panels.text.isVisible()
    outline.entry_wanted.emit("key_question/safe")
    panels.resize(WIDE)
    assert panels.text.isVisible()
    assert panels.dock("outline").width() == width > 300
