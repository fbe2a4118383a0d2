"""The caret stays where a person put it: no click but one into a field moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from inspector_app.content.samples import load_sample
from tests.ui.all_pages import PAGES, describe, show_page
from tests.ui.hands import LEFT, Hands, Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.domain.change import Change
    from inspector_app.ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

_TYPED_IN = (QLineEdit, QPlainTextEdit, QTextEdit)
_FIELDS = (*_TYPED_IN, QAbstractSpinBox, QComboBox, QCheckBox, QRadioButton)
_PANELS = ["ratings_dock", "notes_dock"]
_COPIED = Qt.TextInteractionFlag.TextSelectableByMouse
_NOWHERE = QPoint(-200, -200)


@pytest.fixture
def hands(window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot) -> Hands:
    window.resize(1280, 800)
    window.open_file(make_file(imported=load_sample("rated")))
    qtbot.waitUntil(window.isActiveWindow)
    return Hands(qtbot, window)


def _is_field(widget: QWidget) -> bool:
    """Tell whether a widget, or what it is a part of, is a field, a list, or text to be copied."""
    if isinstance(widget, QLabel) and widget.textInteractionFlags() & _COPIED:
        return True
    while not widget.isWindow():
        if isinstance(widget, _FIELDS) or (
            isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QScrollArea)
        ):
            return True
        if isinstance(widget, QScrollArea):
            return False
        widget = widget.parentWidget()
    return False


def _find_text(pane: QWidget) -> QWidget | None:
    """Return the first field of a pane that letters can be typed in."""
    return next(
        (
            widget
            for widget in pane.findChildren(QWidget)
            if isinstance(widget, _TYPED_IN)
            and widget.isVisible()
            and widget.isEnabled()
            and not widget.isReadOnly()
        ),
        None,
    )


def _press_and_think_better(hands: Hands, widget: QWidget, place: QPoint) -> None:
    """Press the mouse on a widget, move away and let go: nothing is done but what a press does."""
    # A button with a menu opens it at once, and waits for it.
    QTimer.singleShot(0, _close_menu)
    hands.qtbot.mousePress(widget, LEFT, pos=place)
    _close_menu()
    hands.qtbot.mouseMove(widget, _NOWHERE)
    hands.qtbot.mouseRelease(widget, LEFT, pos=_NOWHERE)
    if QApplication.focusWidget() is None:
        hands.come_back()


def _close_menu() -> None:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def _list_no_fields(pane: QWidget) -> Iterator[tuple[QWidget, QPoint]]:
    """Yield what can be clicked of a pane and is no field, with a place that is its own."""
    for widget in [pane, *pane.findChildren(QWidget)]:
        if not widget.isVisible() or _is_field(widget):
            continue
        bottom = widget.rect().bottomRight() - QPoint(1, 1)
        for place in (widget.rect().center(), QPoint(1, 1), bottom):
            if widget.childAt(place) is None:
                yield widget, place
                break


def test_a_click_beside_the_fields_leaves_the_caret_where_it_is(hands: Hands) -> None:
    window = hands.window
    changes: list[Change] = []
    hands.document.changed.connect(changes.append)
    kinds: set[type[QWidget]] = set()
    for name in PAGES:
        page = show_page(window, name)
        panels = [window.findChild(QDockWidget, panel) for panel in _PANELS]
        for panel in panels:
            panel.show()
        # A page that only shows has none: the caret is in a panel then.
        field = _find_text(page) or _find_text(panels[0].widget())
        assert field is not None
        hands.click(field)
        assert field.hasFocus()
        for pane in (page, *(panel.widget() for panel in panels)):
            for widget, place in _list_no_fields(pane):
                _press_and_think_better(hands, widget, place)
                assert field.hasFocus(), f"{name}: {describe(widget)} took the caret"
                kinds.add(type(widget))
        hands.come_back()
        changes.clear()
        hands.type("x")
        QApplication.processEvents()
        touched = {f"{edit.entity}.{edit.field}" for change in changes for edit in change.edits}
        assert len(touched) <= 1, f"{name}: {touched}"
        # The field may suggest something.
        _close_menu()
        hands.come_back()
        hands.press(Key.Key_Backspace)
        _close_menu()
    assert any(issubclass(kind, QAbstractButton) for kind in kinds)
    assert any(issubclass(kind, QLabel) for kind in kinds)
    assert QWidget in kinds
