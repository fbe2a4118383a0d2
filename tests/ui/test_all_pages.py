"""What holds for every page: Tab reaches everything, all has a name, the wheel only scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QSlider,
    QTextBrowser,
    QWidget,
)

from inspector_app.content.samples import load_sample
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.pages.scroll_page import ScrollPage
from inspector_app.ui.ratings.rating_choice import RatingButton
from tests.ui.all_pages import PAGES, describe, has_label, list_stops, show_page
from tests.ui.wheel import turn_wheel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

PANES = [*PAGES, "ratings_dock", "preview_dock", "outline_dock"]
_MOST_STEPS = 600
_MOST_LINKS = 20
_CONTROL = Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def opened(window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot) -> MainWindow:
    window.resize(1280, 800)
    window.open_file(make_file(imported=load_sample("rated")))
    qtbot.waitUntil(window.isActiveWindow)
    return window


def _show(window: MainWindow, name: str) -> QWidget:
    """Show a page, or give the content of a panel."""
    if name in PAGES:
        return show_page(window, name)
    dock = window.findChild(QDockWidget, name)
    dock.show()
    dock.raise_()
    QApplication.processEvents()
    return dock.widget()


def _walk(qtbot: QtBot, window: MainWindow, *, back: bool) -> set[QWidget]:
    """Press Tab until the focus is where it was; return what had it."""
    seen: set[QWidget] = set()
    for _ in range(_MOST_STEPS):
        focus = QApplication.focusWidget()
        assert focus is not None, "the focus is nowhere"
        if focus in seen:
            return seen
        seen.add(focus)
        # Ctrl, or a bullet would be nested before the cursor leaves it.
        modifiers = _CONTROL if isinstance(focus, BlockEditor) else _PLAIN
        # In a report, Tab goes from link to link before it leaves.
        for _ in range(_MOST_LINKS if isinstance(focus, QTextBrowser) else 1):
            if QApplication.focusWidget() is focus:
                qtbot.keyClick(focus, Qt.Key.Key_Tab, modifiers | _SHIFT if back else modifiers)
        assert QApplication.focusWidget() is not focus, f"{describe(focus)} does not let go"
    raise AssertionError(f"no way round: {[describe(widget) for widget in seen]}")


@pytest.mark.parametrize("back", [False, True], ids=["tab", "shift_tab"])
def test_tab_reaches_every_control(opened: MainWindow, qtbot: QtBot, back: bool) -> None:
    missed = []
    for name in PANES:
        pane = _show(opened, name)
        stops = list_stops(pane)
        assert stops, name
        stops[0].setFocus(Qt.FocusReason.TabFocusReason)
        seen = _walk(qtbot, opened, back=back)
        unseen = [widget for widget in list_stops(pane) if widget not in seen]
        missed += [(name, describe(widget)) for widget in unseen]
    assert not missed
    assert opened.document.undo_stack.count() == 0


def test_everything_that_can_be_used_has_a_name_and_says_what_it_does(opened: MainWindow) -> None:
    for name in PANES:
        for widget in list_stops(_show(opened, name)):
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            assert widget.accessibleName() or text, (name, describe(widget))
            assert widget.toolTip() or has_label(widget) or text, (name, describe(widget))


def test_the_wheel_changes_nothing_it_passes_over(opened: MainWindow) -> None:
    before = opened.document.inspection
    kinds = (QComboBox, QAbstractSpinBox, QSlider, RatingButton)
    for name in PANES:
        pane = _show(opened, name)
        for widget in (found for kind in kinds for found in pane.findChildren(kind)):
            if not widget.isVisible():
                continue
            widget.clearFocus()
            shown = widget.currentIndex() if isinstance(widget, QComboBox) else None
            turn_wheel(widget)
            if isinstance(widget, QComboBox):
                assert widget.currentIndex() == shown, (name, describe(widget))
        assert opened.document.inspection == before, name
        assert opened.document.undo_stack.count() == 0, name


def test_no_page_scrolls_sideways(opened: MainWindow) -> None:
    for name in PAGES:
        page = _show(opened, name)
        if isinstance(page, ScrollPage):
            area = page.scroll_area
            assert page.content.width() <= area.viewport().width(), name
            assert not area.horizontalScrollBar().isVisible(), name
            assert area.horizontalScrollBar().maximum() == 0, name
