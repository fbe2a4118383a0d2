"""What any page may ask for is done by the window, whichever page it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from inspector_app.checks.result import Location
from inspector_app.content.samples import load_sample
from inspector_app.domain.entities import Block, EvidenceNote
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.blocks.toolbar import BlockToolbar
from inspector_app.ui.copies.copies_window import CopiesWindow
from inspector_app.ui.evidence.capture import CaptureDialog
from inspector_app.ui.outline.entries import DETAILS
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.pages.scroll_page import ScrollPage
from inspector_app.ui.widgets.panes import list_stops
from tests.ui.all_pages import PAGES, get_page, show_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.pages.page import Page
    from inspector_app.ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def opened(window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot) -> MainWindow:
    window.resize(1280, 500)
    window.open_file(make_file(imported=load_sample("rated")))
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def pages(opened: MainWindow) -> list[Page]:
    return [show_page(opened, name) for name in PAGES]


def test_a_place_that_a_page_wants_is_shown(opened: MainWindow, pages: list[Page]) -> None:
    note = next(opened.document.inspection.all(EvidenceNote))
    for page in pages:
        show_page(opened, DETAILS)
        page.place_wanted.emit(note.id)
        shown = get_page(opened)
        assert (shown.objectName(), shown.shown_part) == ("evidence_page", note.id)


def test_a_passage_that_a_page_wants_is_selected(opened: MainWindow, pages: list[Page]) -> None:
    inspection = opened.document.inspection
    block = next(part for part in inspection if isinstance(part, Block) and len(part.text) > 9)
    for page in pages:
        show_page(opened, DETAILS)
        page.passage_wanted.emit(Location(block.id, "text", 2, 9))
        editor = get_page(opened).findChild(BlockEditor, f"{block.parent}.blocks")
        assert editor.textCursor().selectedText() == block.text[2:9]


def test_a_page_with_texts_has_the_text_tools_above_it(opened: MainWindow) -> None:
    toolbar = opened.findChild(BlockToolbar)
    for name in PAGES:
        page = show_page(opened, name)
        assert toolbar.isVisible() == bool(page.findChildren(BlockEditor)), name
    titles = [action.text() for action in opened.menuBar().actions()]
    assert {"I&nsert", "F&ormat"} <= set(titles)


def test_any_page_can_have_a_note_taken_and_copies_shown(
    opened: MainWindow, pages: list[Page]
) -> None:
    for page in pages:
        page.capture_wanted.emit()
        dialog = opened.findChild(CaptureDialog)
        assert dialog.isVisible()
        dialog.close()
        page.copies_wanted.emit()
        copies = opened.findChild(CopiesWindow)
        assert copies.isVisible()
        copies.close()


def test_what_a_page_cannot_do_it_says(pages: list[Page]) -> None:
    assert not any(page.show_place("nowhere") for page in pages)
    arranged = [page.objectName() for page in pages if page.read_arrangement()]
    assert arranged == ["evidence_page"]


def test_a_click_beside_the_fields_lets_keys_scroll_until_the_page_is_entered(
    opened: MainWindow, qtbot: QtBot
) -> None:
    page = show_page(opened, DETAILS)
    assert isinstance(page, ScrollPage)
    qtbot.mouseClick(page.content, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert page.scroll_area.verticalScrollBar().value() > 0
    qtbot.keyClick(opened, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    focus = QApplication.focusWidget()
    assert focus is not page.scroll_area
    assert page.content.isAncestorOf(focus)


def test_a_page_that_is_entered_begins_with_what_stands_first_on_it(
    opened: MainWindow, qtbot: QtBot
) -> None:
    show_page(opened, DETAILS)
    qtbot.keyClick(opened, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    for name in PAGES:
        opened.findChild(Outline).entry_entered.emit(name)
        page = get_page(opened)
        begin = page.focusProxy() or list_stops(page)[0]
        assert QApplication.focusWidget() is begin, name
