"""Suggestions: a click takes what Enter takes, everywhere, and what is said moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QScrollBar, QWidget

from inspector_app.content.samples import load_sample
from inspector_app.domain.entities import EvidenceNote
from inspector_app.ui.widgets.fields import BoundField
from tests.ui.all_pages import describe, show_page
from tests.ui.hands import LEFT, Hands, Key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.pages.page import Page
    from inspector_app.ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

_PLACES = [
    ("notices", ".regulation", "gover"),
    ("notices", ".activities.other", "personal"),
    ("details", ".registered_activities[4]", "personal"),
    ("evidence", "note.topics", "consent"),
    ("evidence", "note.regulations", "gover"),
]


@pytest.fixture
def hands(window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot) -> Hands:
    window.resize(1280, 800)
    window.open_file(make_file(imported=load_sample("rated")))
    qtbot.waitUntil(window.isActiveWindow)
    return Hands(qtbot, window)


def _find_line(page: Page, name: str) -> QLineEdit:
    found = next(
        widget
        for widget in page.findChildren(QWidget)
        if widget.objectName().endswith(name) and widget.isVisible()
    )
    line = found if isinstance(found, QLineEdit) else found.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    return line


def _suggest(hands: Hands, page: Page, name: str, typed: str) -> QListView:
    line = _find_line(page, name)
    line.setFocus()
    line.selectAll()
    hands.type(typed)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QListView)
    assert popup.currentIndex().row() == 0
    return popup


@pytest.mark.parametrize(("entry", "name", "typed"), _PLACES)
def test_a_click_on_a_suggestion_is_as_good_as_enter(
    hands: Hands, entry: str, name: str, typed: str
) -> None:
    page = show_page(hands.window, entry)
    if entry == "evidence":
        inspection = hands.document.inspection
        assert page.show_place(inspection.child_ids(inspection.id, EvidenceNote)[0])
    popup = _suggest(hands, page, name, typed)
    hands.qtbot.keyClick(popup, Key.Key_Return)
    hands.come_back()
    entered, text = hands.document.inspection, _find_line(page, name).text()
    while hands.document.undo_stack.canUndo():
        hands.document.undo_stack.undo()
    assert hands.document.inspection != entered
    popup = _suggest(hands, page, name, typed)
    place = popup.visualRect(popup.model().index(0, 0)).center()
    hands.qtbot.mouseClick(popup.viewport(), LEFT, pos=place)
    hands.come_back()
    assert hands.document.inspection == entered
    line = _find_line(page, name)
    assert line.text() == text
    assert line.hasFocus()
    hands.press(Key.Key_Tab)
    said = [field.problem for field in page.findChildren(BoundField) if field.problem.text()]
    assert all(message.property("role") == "hint" for message in said)


@pytest.mark.parametrize(
    ("entry", "name", "typed"),
    [
        ("notices", ".regulation", "no such thing"),
        ("details", ".publication_date", "soon"),
        ("details", ".website", "nowhere"),
        ("details", ".visit_dates[0]", "soon"),
        ("evidence", "note.when", "soon"),
        ("evidence", "note.topics", "no such thing"),
        ("evidence", "evidence_search", "no such thing"),
    ],
)
def test_what_is_said_of_a_field_moves_nothing(
    hands: Hands, entry: str, name: str, typed: str
) -> None:
    page = show_page(hands.window, entry)
    page.show_everything()
    if entry == "evidence":
        inspection = hands.document.inspection
        assert page.show_place(inspection.child_ids(inspection.id, EvidenceNote)[0])
    line = _find_line(page, name)
    line.setFocus()
    line.selectAll()
    QApplication.processEvents()
    said, before = _read_labels(page), _measure(page)
    bars = [(bar, bar.value()) for bar in page.findChildren(QScrollBar)]
    hands.type(typed)
    hands.press(Key.Key_Tab)
    QApplication.processEvents()
    assert _read_labels(page) != said
    for bar, value in bars:
        # The cursor was to be seen in the next field.
        bar.setValue(value)
    after = _measure(page)
    both = before.keys() & after.keys()
    moved = {describe(one): (before[one], after[one]) for one in both if before[one] != after[one]}
    assert not moved


def _read_labels(page: Page) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def _measure(page: Page) -> dict[QWidget, QPoint]:
    """Return where what can be clicked on a page stands; labels may say something else."""
    return {
        widget: widget.mapTo(page, QPoint())
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() and page.rect().contains(widget.pos())
    }
