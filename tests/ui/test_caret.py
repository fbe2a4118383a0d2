"""The caret stays where a person put it: no click but one into a field moves it."""

from __future__ import annotations

from datetime import date
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
from inspector_app.domain.entities import Block, EvidenceNote, KeyQuestion, Notice, Topic
from tests.ui.all_pages import PAGES, describe, get_page, show_page
from tests.ui.hands import CONTROL, LEFT, Hands, Key, shows_colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.domain.entities import Entity
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


def _first(document: InspectionDocument, kind: type[Entity], parent: str = "") -> str:
    inspection = document.inspection
    return inspection.child_ids(parent or inspection.id, kind)[0]


def _is_marked(field: QWidget) -> bool:
    """Tell whether a field shows that undo has just changed it."""
    frames = field.findChildren(QWidget, "changed_mark")
    areas = (QPlainTextEdit, QTextEdit)
    return (
        any(frame.isVisible() for frame in frames)
        or (isinstance(field, areas) and bool(field.extraSelections()))
        or (isinstance(field, QLineEdit) and shows_colour(field, "changed"))
    )


def test_undo_and_redo_show_the_field_that_they_change_and_no_other(hands: Hands) -> None:
    document = hands.document
    root = document.inspection.id
    notice, note = _first(document, Notice), _first(document, EvidenceNote)
    topic = _first(document, Topic, _first(document, KeyQuestion))
    sentence = next(iter(document.inspection.children(topic, Block)))
    steps: list[tuple[str, str, object, str]] = [
        (root, "overall_departure_reason", "A reason", f"{root}.overall_departure_reason"),
        (root, "ratings.safe", "inadequate", "Safe."),
        (root, "limiters", ("well_led_breach",), f"{root}.limiters"),
        (root, "address", ("1 High Street", "Exeter"), f"{root}.address"),
        (root, "registered_activities", ("Surgery",), f"{root}.registered_activities"),
        (root, "publication_date", date(2020, 1, 9), f"{root}.publication_date"),
        (root, "previous_ratings.caring", "inadequate", f"{root}.previous_ratings.caring"),
        (topic, "lead", "People were safe.", f"{topic}.lead"),
        (sentence.id, "text", f"Now {sentence.text}", f"{topic}.blocks"),
        (notice, "must", "Keep records.", f"{notice}.must"),
        (note, "source", "document", "note.source"),
    ]
    for entity, field, value, shown in steps:
        document.set_field(entity, field, value, f"Change {field}")
        for key in (Key.Key_Z, Key.Key_Y):
            # From wherever the person is by then.
            text = _find_text(show_page(hands.window, "section/background"))
            assert text is not None
            hands.click(text)
            hands.press(key, CONTROL)
            focus = QApplication.focusWidget()
            assert focus is not None, field
            assert focus.objectName().startswith(shown), (field, describe(focus))
            is_beside = not get_page(hands.window).isAncestorOf(focus)
            assert is_beside is field.startswith(("overall", "ratings", "limiters"))
            # What is edited beside the page leaves the page as it is.
            assert not is_beside or text.isVisible()
            assert _is_marked(focus), (field, describe(focus))
            if isinstance(focus, QLineEdit):
                assert not focus.hasSelectedText()
    # What was taken away is in no field: the next letter goes nowhere.
    draft = document.draft()
    draft.delete(topic)
    document.apply_draft(draft, "Remove a topic")
    hands.press(Key.Key_Z, CONTROL)
    assert document.inspection.find(topic) is not None
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == f"{topic}.blocks"
    hands.press(Key.Key_Y, CONTROL)
    before = document.inspection
    hands.type("x")
    assert document.inspection == before


def test_the_caret_stands_behind_what_came_back(hands: Hands) -> None:
    document = hands.document
    topic = _first(document, Topic, _first(document, KeyQuestion))
    sentence = next(iter(document.inspection.children(topic, Block)))
    show_page(hands.window, "key_question/safe")
    middle = len(sentence.text) // 2
    document.set_field(sentence.id, "text", sentence.text[:middle], "Cut it short")
    hands.press(Key.Key_Z, CONTROL)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QTextEdit)
    (mark,) = focus.extraSelections()
    assert mark.cursor.selectedText() == sentence.text[middle:]
    hands.press(Key.Key_Control)
    assert _is_marked(focus)
    hands.type("!")
    assert not _is_marked(focus)
    assert document.inspection.get(sentence.id, Block).text == f"{sentence.text}!"

    # In a line, too, and a click lets the mark go.
    document.set_field(document.inspection.id, "provider_name", "A new one", "Rename")
    for key in (Key.Key_Z, Key.Key_Y):
        hands.press(key, CONTROL)
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        assert shows_colour(line, "changed")
    hands.click(line)
    assert not shows_colour(line, "changed")
