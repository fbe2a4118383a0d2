"""Closed at any point, an inspection opens again as it was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QTabBar,
    QTableView,
    QTreeWidget,
)

from inspector_app.content.samples import load_sample
from inspector_app.domain.entities import KeyQuestion, Topic
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.opening.last_place import LastPlace, read_last_place
from inspector_app.ui.pages.scroll_page import ScrollPage
from tests.ui.all_pages import PAGES, get_page, list_stops, show_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_sample(
    make_window: Callable[[], MainWindow], make_file: Callable[..., Path], qtbot: QtBot
) -> Callable[[], MainWindow]:
    """Open the same file in another window, with the same settings."""
    path = make_file(imported=load_sample("rated"))

    def open_() -> MainWindow:
        window = make_window()
        window.resize(1280, 800)
        window.open_file(path)
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return open_


def _selected(window: MainWindow) -> str:
    return window.findChild(QTreeWidget, "outline").currentItem().text(0)


@pytest.mark.parametrize("name", {page.partition("/")[0]: page for page in PAGES}.values())
def test_the_page_comes_back_with_the_cursor_where_it_was(
    open_sample: Callable[[], MainWindow], qtbot: QtBot, name: str
) -> None:
    window = open_sample()
    page = show_page(window, name)
    stops = list_stops(page)
    field = stops[len(stops) // 2]
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    for _ in range(3):
        qtbot.keyClick(field, Qt.Key.Key_Right)
    if isinstance(page, ScrollPage):
        # On the way to somewhere else, with the cursor still there.
        bar = page.scroll_area.verticalScrollBar()
        bar.setValue(bar.value() + (30 if bar.value() < bar.maximum() else -30))
    title, place = _selected(window), read_last_place(page)
    assert place != LastPlace()
    window.close()

    again = open_sample()
    assert _selected(again) == title
    page = get_page(again)
    qtbot.waitUntil(lambda: read_last_place(page) == place)
    assert QApplication.focusWidget().objectName() == place.focus


def test_a_topic_comes_back_with_its_text(
    open_sample: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = open_sample()
    inspection = window.document.inspection
    question = next(inspection.all(KeyQuestion))
    topic = list(inspection.children(question.id, Topic))[-1]
    show_page(window, topic.id)
    editor = window.findChild(BlockEditor, f"{topic.id}.blocks")
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    block = editor.current_block
    title = _selected(window)
    window.close()
    again = open_sample()
    assert _selected(again) == title
    editor = again.findChild(BlockEditor, f"{topic.id}.blocks")
    assert editor.hasFocus()
    assert editor.current_block == block


def test_the_panels_and_the_size_of_the_window_come_back(
    open_sample: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = open_sample()
    window.resize(1100, 700)
    docks = {dock.objectName(): dock for dock in window.findChildren(QDockWidget)}
    docks["preview_dock"].close()
    window.resizeDocks([docks["outline_dock"]], [310], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    wide = docks["outline_dock"].width()
    window.close()
    again = open_sample()
    again.resize(1100, 700)
    docks = {dock.objectName(): dock for dock in again.findChildren(QDockWidget)}
    assert not docks["preview_dock"].isVisible()
    assert docks["ratings_dock"].isVisible()
    qtbot.waitUntil(lambda: abs(docks["outline_dock"].width() - wide) <= 1)


def test_panels_that_stand_behind_each_other_have_one_row_of_tabs(
    open_sample: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    open_sample().close()
    window = open_sample()
    for again in range(2):
        qtbot.waitUntil(lambda: len(_list_tabs(window)) > 0)
        QApplication.processEvents()
        assert _list_tabs(window) == [["Preview", "Notes"]], again
        path = window.document.path
        window.findChild(QAction, "action_close").trigger()
        window.open_file(path)


def _list_tabs(window: MainWindow) -> list[list[str]]:
    return [
        [bar.tabText(index) for index in range(bar.count())]
        for bar in window.findChildren(QTabBar)
        if bar.parent() is window and bar.isVisible() and window.rect().intersects(bar.geometry())
    ]


def test_columns_order_and_the_note_come_back(
    open_sample: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = open_sample()
    show_page(window, "evidence")
    table = window.findChild(QTableView, "evidence_table")
    header = table.horizontalHeader()
    header.resizeSection(1, 133)
    middle = header.sectionViewportPosition(1) + header.sectionSize(1) // 2
    for _ in range(2):
        spot = header.viewport().rect().center()
        spot.setX(middle)
        qtbot.mouseClick(header.viewport(), LEFT, pos=spot)
    order = (header.sortIndicatorSection(), header.sortIndicatorOrder())
    qtbot.mouseClick(
        table.viewport(), LEFT, pos=table.visualRect(table.model().index(2, 0)).center()
    )
    shown = [table.model().index(row, 0).data() for row in range(table.model().rowCount())]
    window.close()
    again = open_sample()
    table = again.findChild(QTableView, "evidence_table")
    header = table.horizontalHeader()
    assert header.sectionSize(1) == 133
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == order
    assert [table.model().index(row, 0).data() for row in range(len(shown))] == shown
    assert [index.row() for index in table.selectionModel().selectedRows()] == [2]


@pytest.mark.parametrize("stored", ["", "{", "[1]", '{"%s": 3}', '{"%s": ["x", "y", "z", 1]}'])
def test_strange_settings_do_no_harm(
    open_sample: Callable[[], MainWindow], tmp_path: Path, stored: str
) -> None:
    window = open_sample()
    path = window.document.path
    window.close()
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("last_places", stored.replace("%s", str(path)))
    settings.setValue("pages/evidence_page", "nonsense")
    settings.sync()
    again = open_sample()
    show_page(again, "evidence")
    assert again.document.path == path
