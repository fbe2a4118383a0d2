"""States: changed in the window, kept in the file; what is published is changed on purpose only."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.errors import InspectorError
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.outline.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.domain.change import Change
    from inspector_app.domain.entities import Details
    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path(make_file: Callable[..., Path]) -> Path:
    return make_file()


@pytest.fixture
def opened(window: MainWindow, path: Path) -> MainWindow:
    window.open_file(path)
    return window


def _today() -> object:
    return datetime.now().astimezone().date()


def _trigger(window: MainWindow, name: str) -> None:
    window.findChild(QAction, f"action_{name}").trigger()


def _location(window: MainWindow) -> QLineEdit:
    (line,) = [
        line
        for line in window.findChildren(QLineEdit)
        if line.objectName().endswith(".location_name") and line.isVisible()
    ]
    return line


def _read(path: Path) -> tuple[Details, list[Change]]:
    with open_for_reading(path) as reader:
        return reader.inspection.details, list(reader.history())


def test_a_state_is_entered_today_and_can_be_undone(
    opened: MainWindow, path: Path, qtbot: QtBot
) -> None:
    button = opened.findChild(QToolButton, "inspection_state")
    assert opened.findChild(QAction, "action_state_in_review") in button.menu().actions()
    _trigger(opened, "state_in_review")
    assert button.text() == "In review"
    undo = opened.findChild(QAction, "action_undo")
    assert "Change state to In review" in undo.text()
    qtbot.keyClick(opened, Qt.Key.Key_Z, CONTROL)
    assert button.text() == "Draft"
    qtbot.keyClick(opened, Qt.Key.Key_Y, CONTROL)
    opened.close()
    details, history = _read(path)
    assert (details.state, details.state_dates["in_review"]) == ("in_review", _today())
    assert history[1].label == "Change state to In review"


def test_what_is_published_cannot_be_typed_into(
    opened: MainWindow, path: Path, qtbot: QtBot
) -> None:
    qtbot.keyClicks(_location(opened), "!")
    _trigger(opened, "state_published")
    assert not _location(opened).isEnabled() or _location(opened).isReadOnly()
    before = _location(opened).text()
    qtbot.keyClicks(_location(opened), "typed")
    assert _location(opened).text() == before
    banner = opened.findChild(QLabel, "banner")
    assert banner.isVisible()
    assert banner.text().startswith("Published on ")
    for name in ("undo", "redo", "capture", "state_draft", "state_final"):
        assert not opened.findChild(QAction, f"action_{name}").isEnabled()
    qtbot.keyClick(opened, Qt.Key.Key_Z, CONTROL)
    opened.close()
    details, _ = _read(path)
    assert (details.state, details.location_name) == ("published", before)


def test_reopening_asks_once_and_is_recorded(
    opened: MainWindow, path: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> None:
    _trigger(opened, "state_published")
    button = opened.findChild(QPushButton, "reopen_button")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(prompts.questions) == 1
    assert not button.isHidden()
    prompts.confirms = True
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not opened.findChild(QLabel, "banner").isVisible()
    qtbot.keyClicks(_location(opened), " reopened")
    # Undo goes back to the reopening, and not across it.
    for _ in range(5):
        qtbot.keyClick(opened, Qt.Key.Key_Z, CONTROL)
    opened.close()
    details, history = _read(path)
    assert details.state == "draft"
    assert details.state_dates["published"] == details.state_dates["draft"] == _today()
    assert "Reopen the published inspection" in [change.label for change in history]


def test_the_place_is_kept(opened: MainWindow) -> None:
    outline = opened.findChild(Outline)
    outline.entry_wanted.emit(next(e.id for e in outline.entries if e.title == "Safe"))
    _trigger(opened, "state_published")
    assert outline.currentItem().text(0) == "Safe"


def test_a_published_file_opens_read_only(opened: MainWindow, path: Path) -> None:
    _trigger(opened, "state_published")
    opened.findChild(QAction, "action_close").trigger()
    opened.open_file(path)
    assert opened.findChild(QLabel, "banner").text().startswith("Published on ")
    opened.findChild(QAction, "action_save").trigger()
    assert opened.statusBar().currentMessage().startswith("Nothing to save: Published on ")


def test_the_document_refuses_by_itself(path: Path, tmp_path: Path) -> None:
    document = InspectionDocument(path, tmp_path / "backups")
    root = document.inspection.id
    document.set_field(root, "location_name", "Before", "Change name")
    document.change_state("published")
    document.undo_stack.undo()
    assert document.is_published
    with pytest.raises(InspectorError, match=r"Published on .* Reopen"):
        document.set_field(root, "location_name", "After", "Change name")
    with pytest.raises(InspectorError, match="Published on"):
        document.change_state("draft")
    with pytest.raises(InspectorError, match="Published on"):
        document.add_attachment(b"photo")
    assert not document.reports.render().draft
    document.reopen()
    document.undo_stack.undo()
    assert document.inspection.details.state == "draft"
    assert document.can_edit
    document.close()
