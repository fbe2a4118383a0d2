"""The preview of a large inspection: rendered in the worker, drawn in slices."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.document.pictures import name_pictures
from inspector_app.domain.entities import Block, Topic
from inspector_app.report.pictures import PrintedPictures, Room
from inspector_app.report.splitting import split_report
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.preview.report_text import ReportText
from inspector_app.ui.preview.report_view import ReportView
from tests.report.making import bring_in, full_content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.content.importing import Imported
    from inspector_app.ui.shell.main_window import MainWindow

PATIENCE = 30_000
BULLETS = 700
NOTES = 1_600
"""With the rest more parts than are rendered in the window, and more than are drawn at once."""


@pytest.fixture(scope="module")
def large() -> Imported:
    content = full_content("rated")
    body = [{"bullets": [f"Bullet number {number} was seen." for number in range(BULLETS)]}]
    content["key_questions"]["caring"]["topics"] = [{"title": "The long topic", "body": body}]
    content["evidence"] = [{"text": f"Note {number}."} for number in range(NOTES)]
    return bring_in("rated", **content)


@pytest.fixture
def opened(
    window: MainWindow, make_file: Callable[..., Path], large: Imported, qtbot: QtBot
) -> MainWindow:
    window.open_file(make_file(imported=large))
    view = _view(window)
    qtbot.waitUntil(lambda: bool(view.pieces) and not view.is_drawing, timeout=PATIENCE)
    assert f"Bullet number {BULLETS - 1} was seen." in view.toPlainText()
    return window


def _view(window: MainWindow) -> ReportView:
    return window.findChild(ReportView, "report_view")


def _document(window: MainWindow) -> InspectionDocument:
    return window.findChild(InspectionDocument)


def _wait_for(qtbot: QtBot, window: MainWindow, text: str) -> None:
    qtbot.waitUntil(lambda: text in _view(window).toPlainText(), timeout=PATIENCE)


def _first_bullet(document: InspectionDocument) -> Block:
    return next(
        block
        for topic in document.inspection
        if isinstance(topic, Topic)
        for block in document.inspection.children(topic.id, Block)
        if block.text == "Bullet number 0 was seen."
    )


def test_what_is_typed_is_shown_and_the_rest_stays(opened: MainWindow, qtbot: QtBot) -> None:
    line = next(
        line
        for line in opened.findChildren(QLineEdit)
        if line.objectName().endswith(".location_name") and line.isVisible()
    )
    qtbot.keyClicks(line, " of Northernmost <b>")
    _wait_for(qtbot, opened, "of Northernmost <b>")
    wanted = split_report(_document(opened).reports.render().html)
    view = _view(opened)
    qtbot.waitUntil(lambda: list(view.pieces) == wanted and not view.is_drawing, timeout=PATIENCE)
    fresh = QTextDocument()
    pictures = PrintedPictures(_document(opened).read_attachment, Room(width=5, height=5))
    ReportText(fresh, lambda html: name_pictures(html, pictures)).append(wanted)
    assert view.toPlainText() == fresh.toPlainText()


def test_bullets_come_and_go(opened: MainWindow, qtbot: QtBot) -> None:
    document = _document(opened)
    bullet = _first_bullet(document)
    whole = _view(opened).toPlainText()
    draft = document.draft()
    draft.delete(bullet.id)
    document.apply_draft(draft, "Delete bullet")
    qtbot.waitUntil(
        lambda: _view(opened).toPlainText() == whole.replace(f"{bullet.text}\n", ""),
        timeout=PATIENCE,
    )
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: _view(opened).toPlainText() == whole, timeout=PATIENCE)


def test_a_rating_is_shown_in_its_table(opened: MainWindow, qtbot: QtBot) -> None:
    document = _document(opened)
    document.set_field(document.inspection.id, "ratings.safe", "outstanding", "Rate Safe")
    _wait_for(qtbot, opened, "We rated safe as Outstanding")
    found = _view(opened).document().find("Outstanding")
    assert found.currentTable() is not None


def test_a_worker_that_is_killed_is_not_missed(opened: MainWindow, qtbot: QtBot) -> None:
    document = _document(opened)
    first = document.worker.worker_id
    os.kill(first, getattr(signal, "SIGKILL", signal.SIGTERM))
    document.set_field(_first_bullet(document).id, "text", "Seen again.", "Type text")
    _wait_for(qtbot, opened, "Seen again.")
    assert document.worker.worker_id not in {0, first}
    problems = [label.text() for label in opened.findChildren(QLabel) if label.isVisible()]
    assert not [text for text in problems if "cannot be shown" in text]


def test_a_click_goes_to_the_field(opened: MainWindow, qtbot: QtBot) -> None:
    document = _document(opened)
    document.set_field(_first_bullet(document).id, "text", "Changed in place.", "Type text")
    _wait_for(qtbot, opened, "Changed in place.")
    view = _view(opened)
    cursor = view.document().find("Changed in place.")
    cursor.setPosition(cursor.selectionStart() + 3)
    view.setTextCursor(cursor)
    view.ensureCursorVisible()
    point = view.cursorRect(cursor).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QTextEdit | QPlainTextEdit)
    assert focus is not view
    assert "Changed in place." in focus.toPlainText()


def test_the_place_is_kept_while_text_above_it_grows(opened: MainWindow, qtbot: QtBot) -> None:
    document = _document(opened)
    view = _view(opened)
    cursor = view.document().find(f"Bullet number {BULLETS // 2} was seen.")
    view.setTextCursor(QTextCursor(cursor.block()))
    view.ensureCursorVisible()
    before = view.cursorRect(QTextCursor(cursor.block())).top()
    document.set_field(_first_bullet(document).id, "text", "Grown. " * 200, "Type text")
    _wait_for(qtbot, opened, "Grown. Grown.")
    # Lines have fractions of pixels.
    after = view.cursorRect(QTextCursor(cursor.block())).top()
    assert after == pytest.approx(before, abs=1)


def test_the_preview_follows_the_page(opened: MainWindow, qtbot: QtBot) -> None:
    opened.findChild(Outline).entry_wanted.emit("details")
    view = _view(opened)
    assert view.verticalScrollBar().value() == 0
    outline = opened.findChild(Outline)
    entry = next(item for item in outline.entries if item.title == "Caring")
    outline.entry_wanted.emit(entry.id)
    assert view.verticalScrollBar().value() > 0


def test_another_inspection_takes_its_place(
    opened: MainWindow, make_file: Callable[..., Path], qtbot: QtBot
) -> None:
    document = _document(opened)
    document.set_field(_first_bullet(document).id, "text", "Late result.", "Type text")
    other = make_file("other.inspection", bring_in("rated", location={"name": "Other Clinic"}))
    opened.open_file(other)
    text = _view(opened).toPlainText()
    assert "Other Clinic" in text
    assert "Late result." not in text
    assert "Bullet number 1 " not in text
