"""Whatever is typed or pasted is text, everywhere it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDockWidget,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItemIterator,
    QWidget,
)

from inspector_app.content.samples import load_sample
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.blocks.editor import BlockEditor
from tests.ui.all_pages import PAGES, describe, show_page
from tests.ui.hands import CONTROL, Hands, Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

TEXTS = {
    "signs": " ".join(
        (
            "<script>alert(1)</script><img src=x> <b>bold</b>",
            "{{ 7*7 }} {% raw %} {# part: x #} %s {0} %1",
            "A & B [*] && &amp; [X] \\ / : _x",
        )
    ),
    "scripts": "👩🏽‍⚕️ 🏥 naïve 日本 one\ntwo\r\nthree\tfour\u2028five مستشفى הבראה \u202ereversed",
    "long": "W" * 10_000 + "Wording " * 1_250,
}
PANELS = ["ratings_dock", "preview_dock", "outline_dock"]
_MOST_FIELDS = 40
"""Of one page: those of the first topics stand for all."""


@pytest.fixture
def opened(window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot) -> MainWindow:
    window.resize(1280, 800)
    window.open_file(make_file(imported=load_sample("rated")))
    qtbot.waitUntil(window.isActiveWindow)
    return window


def _list_fields(page: QWidget) -> list[QWidget]:
    """Return what text can be typed into."""
    kinds = (QLineEdit, QPlainTextEdit, BlockEditor)
    found = [field for kind in kinds for field in page.findChildren(kind)]
    usable = [field for field in found if field.isVisible() and not field.isReadOnly()]
    # A search would hide what is to be seen.
    return [field for field in usable if "search" not in field.objectName()][:_MOST_FIELDS]


def _paste_everywhere(hands: Hands, page: QWidget, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    for field in _list_fields(page):
        if not field.isVisible():
            continue
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        hands.press(Key.Key_End, CONTROL)
        hands.press(Key.Key_V, CONTROL)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            hands.qtbot.keyClick(popup, Key.Key_Escape)
        hands.come_back()


def _assert_plain(pane: QWidget) -> None:
    """Prove that nothing on the screen takes a text for markup, or a letter for a shortcut."""
    for widget in [pane, *pane.findChildren(QWidget)]:
        tip = widget.toolTip()
        assert "<script" not in tip, describe(widget)
        assert "<b>bold" not in tip, describe(widget)
        assert len(tip) < 2_000, describe(widget)
        if isinstance(widget, QLabel) and "<" in widget.text():
            assert widget.textFormat() == Qt.TextFormat.PlainText, describe(widget)
        if isinstance(widget, QAbstractButton) and "A & B" in widget.text():
            raise AssertionError(f"{describe(widget)} has an ampersand that makes a shortcut")


def _assert_fits(pane: QWidget) -> None:
    """Prove that nothing scrolls sideways."""
    for widget in [pane, *pane.findChildren(QWidget)]:
        if isinstance(widget, QScrollArea) and widget.isVisible() and widget.widget() is not None:
            assert widget.widget().width() <= widget.viewport().width(), describe(widget)
        if isinstance(widget, QAbstractScrollArea) and widget.isVisible():
            assert not widget.horizontalScrollBar().isVisible(), describe(widget)


def _list_actions(window: MainWindow) -> Iterator[QAction]:
    for button in window.findChildren(QToolButton):
        if button.menu() is not None and button.isVisible():
            button.menu().aboutToShow.emit()
            yield from button.menu().actions()
    yield from window.findChildren(QAction)


@pytest.mark.parametrize("name", TEXTS)
def test_text_stays_text_on_every_page(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    hands = Hands(qtbot, opened)
    text = TEXTS[name]
    for entry in PAGES:
        page = show_page(opened, entry)
        _paste_everywhere(hands, page, text)
        QApplication.processEvents()
        _assert_plain(page)
        _assert_fits(page)
        assert opened.width() == 1280
    for entry in PAGES:
        # Others show what was typed here, too.
        page = show_page(opened, entry)
        _assert_plain(page)
        # A report is fitted to its page a moment later.
        qtbot.waitUntil(lambda page=page: _assert_fits(page))
        for action in _list_actions(opened):
            assert "\n" not in action.text()
            assert len(action.text()) < 300, action.objectName()
    for dock in PANELS:
        _assert_plain(opened.findChild(QDockWidget, dock))
        _assert_fits(opened.findChild(QDockWidget, dock))
    outline = opened.findChild(QTreeWidget, "outline")
    item = QTreeWidgetItemIterator(outline)
    while item.value() is not None:
        assert "<" not in item.value().toolTip(0)
        assert "\n" not in item.value().text(0)
        item += 1
    assert "\n" not in opened.windowTitle()
    for index in range(opened.document.undo_stack.count()):
        assert len(opened.document.undo_stack.text(index)) < 300
    path, report = opened.document.path, tmp_path / "hostile.docx"
    opened.document.reports.export(report)
    opened.findChild(QAction, "action_close").trigger()
    _assert_plain(opened)
    _assert_fits(opened)
    with open_for_reading(path) as reader:
        location = reader.inspection.details.location_name
    assert "Saltmarsh Quay Clinic" in location
    assert len(location) > len("Saltmarsh Quay Clinic")
    assert "\n" not in location
    words = " ".join(paragraph.text for paragraph in docx.Document(str(report)).paragraphs)
    assert " ".join(location.split()) in " ".join(words.split())
