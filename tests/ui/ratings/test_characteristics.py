"""The characteristics beside a key question, in a window: tick, balance, undo, the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QLabel,
    QPushButton,
    QTableView,
)

from inspector_app.domain.entities import KeyQuestion
from inspector_app.organisation import VARIABLE, write_start
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.versions.difference_labels import DifferenceWords
from tests.report.making import bring_in
from tests.ui.all_pages import show_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.shell.main_window import MainWindow

GOOD = "Checks of the premises are done when they are due."
BAD = "Hazards are known and nobody sees to them."
NOTES = [
    {"id": "fire", "text": "The fire doors were checked weekly.", "topics": ["safe.premises"]},
    {"id": "rota", "text": "The rota was full.", "topics": ["effective.staff"]},
]


@pytest.fixture
def window(
    make_window: Callable[[], MainWindow],
    make_file: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qtbot: QtBot,
) -> MainWindow:
    """A window at the page of a key question whose characteristics are known."""
    write_start(tmp_path / "ours")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "ours"))
    topics = [{"topic": "premises", "body": [{"paragraph": "The doors were sound."}]}]
    content = {
        "framework": "my_framework",
        "key_questions": {"safe": {"topics": topics}, "effective": {"topics": []}},
        "evidence": NOTES,
    }
    window = make_window()
    window.open_file(make_file(imported=bring_in("rated", **content)))
    show_page(window, "key_question/safe")
    qtbot.waitUntil(window.isActiveWindow)
    dock = get_dock(window)
    dock.raise_()
    qtbot.waitUntil(lambda: bool(find_boxes(window)))
    return window


def get_dock(window: QWidget) -> QDockWidget:
    return window.findChild(QDockWidget, "characteristics_dock")


def find_boxes(window: QWidget) -> dict[str, QCheckBox]:
    """Return the boxes that are seen, by what a screen reader calls them."""
    boxes = get_dock(window).findChildren(QCheckBox)
    return {box.accessibleName(): box for box in boxes if box.isVisible()}


def find_words(window: QWidget, text: str) -> QLabel:
    labels = get_dock(window).findChildren(QLabel)
    return next(label for label in labels if label.text() == text)


def read_balance(window: QWidget) -> str:
    return get_dock(window).findChild(QLabel, "characteristics_balance").accessibleDescription()


def read_met(document: InspectionDocument) -> Sequence[str]:
    question = next(iter(document.inspection.all(KeyQuestion)))
    known = document.framework.find_key_question(question.key_question)
    texts = {
        item.id: item.text for item in document.framework.list_characteristics(known, "rated", "")
    }
    return [texts[id_] for id_ in question.met_characteristics]


def test_ticks_are_kept_counted_and_undone_and_give_no_rating(
    window: MainWindow, qtbot: QtBot
) -> None:
    document = window.document
    before = document.inspection
    assert list(find_boxes(window)).index(f"Good: {GOOD}") == 1
    qtbot.mouseClick(find_boxes(window)[f"Good: {GOOD}"], Qt.MouseButton.LeftButton)
    # The words tick the box, too.
    qtbot.mouseClick(find_words(window, BAD), Qt.MouseButton.LeftButton)
    assert read_met(document) == [GOOD, BAD]
    counts = "Good: 1 of 2; Could be better: 0 of 1; Poor: 1 of 1"
    assert read_balance(window) == counts
    assert find_words(window, "★ Good: 1 of 2").isVisible()
    assert document.inspection.details == before.details
    words = DifferenceWords(document, before)
    question = next(iter(document.inspection.all(KeyQuestion)))
    ticked = list(question.met_characteristics)
    assert words.write_value("met_characteristics", ticked) == f"{GOOD}\n{BAD}"
    # From wherever the person is by then, undo shows the box.
    show_page(window, "section/summary")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert read_met(document) == [GOOD]
    assert QApplication.focusWidget() is find_boxes(window)[f"Poor: {BAD}"]
    assert not find_boxes(window)[f"Poor: {BAD}"].isChecked()
    assert find_boxes(window)[f"Good: {GOOD}"].isChecked()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert read_met(document) == [GOOD, BAD]
    path = document.path
    window.close()
    with open_for_reading(path) as reader:
        assert next(iter(reader.inspection.all(KeyQuestion))) == question


def test_the_panel_follows_the_page_and_leads_to_the_notes(
    window: MainWindow, qtbot: QtBot
) -> None:
    notes = get_dock(window).findChild(QPushButton, "characteristics_notes")
    assert notes.text() == "Show 1 note"
    # Nothing is known of this one.
    show_page(window, "key_question/effective")
    assert not find_boxes(window)
    show_page(window, "key_question/safe")
    draft = window.document.draft()
    draft.delete(next(iter(draft.result.all(KeyQuestion))).id)
    window.document.apply_draft(draft, "Remove Safe")
    assert not any(box.isEnabled() for box in find_boxes(window).values())
    window.document.undo_stack.undo()
    assert all(box.isEnabled() for box in find_boxes(window).values())
    qtbot.mouseClick(notes, Qt.MouseButton.LeftButton)
    assert window.findChild(QTableView, "evidence_table").model().rowCount() == 1
    assert window.findChild(QComboBox, "filter.topic").currentText().strip() == "Premises"


def test_where_the_framework_has_none_there_is_no_panel(
    make_window: Callable[[], MainWindow], make_file: Callable[..., Path]
) -> None:
    window = make_window()
    window.open_file(make_file())
    assert not get_dock(window).toggleViewAction().isVisible()
    assert get_dock(window).isHidden()
