"""States: changed in the window, kept in the file; what is published is changed on purpose only."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
    QWidget,
)

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Block, EvidenceNote, KeyQuestion
from inspector_app.errors import InspectorError
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.outline.outline import Outline
from tests.ui.all_pages import get_page, show_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.domain.change import Change
    from inspector_app.domain.entities import Details
    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QCheckBox)
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
    opened: MainWindow, path: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> None:
    prompts.confirms = True
    qtbot.keyClicks(_location(opened), "!")
    _trigger(opened, "state_published")
    assert not _location(opened).isEnabled() or _location(opened).isReadOnly()
    before = _location(opened).text()
    heading = opened.findChild(QAction, "block_heading")
    qtbot.waitUntil(lambda: "\nPublished on " in heading.toolTip())
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


def test_no_banner_moves_the_page(opened: MainWindow, qtbot: QtBot) -> None:
    workspace = opened.findChild(QWidget, "workspace")
    page = get_page(opened)
    place = page.mapTo(opened, QPoint())
    height = page.height()
    banners = [
        part for part in workspace.findChildren(QWidget) if part.property("role") == "banner"
    ]
    assert {"banner", "templates_banner", "holder_banner", "recovery_banner", "saving_banner"} <= {
        banner.objectName() for banner in banners
    }
    for banner in banners:
        banner.show()
    qtbot.waitUntil(lambda: page.height() < height)
    assert page.mapTo(opened, QPoint()) == place


def test_reopening_asks_once_and_is_recorded(
    opened: MainWindow, path: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> None:
    prompts.confirms = True
    _trigger(opened, "state_published")
    prompts.questions.clear()
    prompts.confirms = False
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


def test_the_place_is_kept(opened: MainWindow, prompts: RecordingPrompts) -> None:
    prompts.confirms = True
    outline = opened.findChild(Outline)
    outline.entry_wanted.emit(next(e.id for e in outline.entries if e.title == "Safe"))
    _trigger(opened, "state_published")
    assert outline.currentItem().text(0) == "Safe"


def test_a_published_file_opens_read_only(
    opened: MainWindow, path: Path, prompts: RecordingPrompts
) -> None:
    prompts.confirms = True
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


def test_publishing_asks_with_what_is_still_open(
    opened: MainWindow, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    document = opened.document
    assert document is not None
    root = document.inspection.id
    document.set_field(root, "ratings.safe", None, "Clear a rating")
    question = document.inspection.child_ids(root, KeyQuestion)[0]
    block = document.inspection.child_ids(question, Block)[0]
    document.set_field(block, "text", "We called on [date].", "Leave a gap")
    qtbot.waitUntil(lambda: document.checks.answer is not None)
    _trigger(opened, "state_published")
    ((headline, message, doing),) = prompts.questions
    assert headline == "Publish this inspection?"
    assert "• 1 gap to fill in" in message
    assert "without a rating: Safe" in message
    assert doing == "Publish"
    assert not document.is_published
    assert not opened.findChild(QAction, "action_state_published").isChecked()
    # The same on the page.
    show_page(opened, "details").show_everything()
    combo = opened.findChild(QComboBox, f"{root}.state")
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_End)
    assert len(prompts.questions) == 2
    assert not document.is_published
    assert combo.currentText() == "Draft"
    prompts.confirms = True
    qtbot.keyClick(combo, Qt.Key.Key_End)
    assert document.is_published


def test_what_is_published_looks_so_and_says_once_why_keys_do_nothing(
    opened: MainWindow, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    prompts.confirms = True
    _trigger(opened, "state_published")
    document = opened.document
    assert document is not None
    before = document.inspection
    bar = opened.statusBar()
    told = 0
    for name in ("details", "key_question/safe", "section/background", "notices", "evidence"):
        page = show_page(opened, name)
        page.show_everything()
        if note := next(iter(before.all(EvidenceNote)), None):
            page.show_place(note.id)
        searches = {"evidence_search"}
        for field in page.findChildren(QWidget):
            if not field.isVisible() or not isinstance(field, _FIELDS):
                continue
            if field.objectName() in searches or not field.isEnabled():
                continue
            assert not isinstance(field, QComboBox | QCheckBox), field.objectName()
            assert field.isReadOnly(), field.objectName()
            if not isinstance(field, QLineEdit):
                assert field.cursorWidth() == 0, field.objectName()
            field.setFocus()
            bar.clearMessage()
            qtbot.keyClicks(field, "x")
            told += bool(bar.currentMessage())
    assert told == 1
    assert document.inspection == before
