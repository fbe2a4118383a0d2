"""Files and pictures that are dropped: wherever they are let go, they come to the right place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QUrl
from PySide6.QtGui import QColor, QDragLeaveEvent, QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

from inspector_app.content.samples import load_sample
from inspector_app.domain.entities import Attachment, Block, EvidenceNote
from inspector_app.ui.blocks.clipboard import put_on_clipboard
from inspector_app.ui.blocks.editor import BlockEditor
from tests.pictures.making import make_png
from tests.ui.all_pages import PAGES, describe, show_page
from tests.ui.hands import CONTROL, Hands, Key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

_TYPED_IN = (QLineEdit, QPlainTextEdit, QTextEdit)


@pytest.fixture
def hands(window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot) -> Hands:
    window.resize(1280, 800)
    window.open_file(make_file(imported=load_sample("rated")))
    qtbot.waitUntil(window.isActiveWindow)
    return Hands(qtbot, window)


@pytest.fixture
def picture(tmp_path: Path) -> QMimeData:
    path = tmp_path / "fridge.png"
    path.write_bytes(make_png())
    return _carry(path)


def _carry(*paths: Path) -> QMimeData:
    """Return what a file manager carries: addresses, also as text."""
    mime = QMimeData()
    urls = [QUrl.fromLocalFile(str(path)) for path in paths]
    mime.setUrls(urls)
    mime.setText("\n".join(url.toString() for url in urls))
    return mime


def _notes(hands: Hands) -> list[EvidenceNote]:
    return list(hands.document.inspection.all(EvidenceNote))


def _show_note(hands: Hands) -> tuple[QWidget, EvidenceNote]:
    page = show_page(hands.window, "evidence")
    note = _notes(hands)[0]
    assert page.show_place(note.id)
    QApplication.processEvents()
    return page, note


def test_an_inspection_opens_wherever_it_is_let_go(
    hands: Hands, make_file: Callable[..., Path]
) -> None:
    # The one that is open: it stays, and whoever else takes it shows its address.
    here = _carry(hands.document.path)
    before = hands.document.inspection
    for name in PAGES:
        page = show_page(hands.window, name)
        shown = [widget for widget in page.findChildren(QWidget) if widget.isVisible()]
        fields = [widget for widget in shown if isinstance(widget, _TYPED_IN)]
        # Of topics and rows that are all alike a few will do.
        for widget in [page, *fields[:12], *fields[-3:]]:
            assert hands.drag(widget, here), f"{name}: {describe(widget)}"
            text = widget.text() if isinstance(widget, QLineEdit) else ""
            assert "file:" not in text, describe(widget)
        assert hands.document.inspection == before, name
    field = _show_note(hands)[0].findChild(QPlainTextEdit, "note.text")
    assert hands.drag(field, _carry(make_file("other.inspection")))
    assert hands.document.path.name == "other.inspection"
    # A paste is as good.
    put_on_clipboard(_carry(make_file("third.inspection")))
    show_page(hands.window, "section/background").findChild(BlockEditor).setFocus()
    hands.press(Key.Key_V, CONTROL)
    hands.qtbot.waitUntil(lambda: hands.document.path.name == "third.inspection")


def test_a_picture_is_taken_by_the_note_that_it_is_let_go_on(
    hands: Hands, picture: QMimeData
) -> None:
    page, note = _show_note(hands)
    for name in ("note.text", "note.source_detail", "add_files"):
        assert hands.drag(page.findChild(QWidget, name), picture)
    found = hands.document.inspection.get(note.id, EvidenceNote)
    added = found.attachments[len(note.attachments) :]
    files = [hands.document.inspection.get(id_, Attachment) for id_ in added]
    assert [file.name for file in files] == ["fridge.png"] * 3
    assert found.text == note.text
    assert found.source_detail == note.source_detail


def test_files_that_are_let_go_in_the_table_come_to_the_note_of_the_row(
    hands: Hands, picture: QMimeData, tmp_path: Path
) -> None:
    page = show_page(hands.window, "evidence")
    table = page.findChild(QTableView, "evidence_table")
    before = {note.id: note for note in _notes(hands)}
    middle = table.visualRect(table.model().index(1, 0)).center()
    assert hands.drag(table, picture, middle)
    (changed,) = [note for note in _notes(hands) if note != before[note.id]]
    assert len(changed.attachments) == len(before[changed.id].attachments) + 1
    # Below the last one it is a note of its own.
    rota = tmp_path / "rota.txt"
    rota.write_text("Monday: two nurses", "utf-8")
    table.window().resize(1280, 1400)
    page.findChild(QLineEdit, "evidence_search").setText(changed.text[:30])
    page.findChild(QLineEdit, "evidence_search").textEdited.emit(changed.text[:30])
    hands.qtbot.waitUntil(lambda: table.model().rowCount() < len(before))
    below = QPoint(20, table.viewport().height() - 4)
    assert table.rowAt(below.y()) < 0
    assert hands.drag(table, _carry(rota), below)
    (new,) = [note for note in _notes(hands) if note.id not in before]
    assert new.text == "rota.txt"
    assert len(new.attachments) == 1


def test_capture_takes_pictures_with_and_without_words(hands: Hands, picture: QMimeData) -> None:
    count = len(_notes(hands))
    hands.press(Key.Key_E, CONTROL)
    dialog = hands.window.findChild(QDialog, "capture_dialog")
    hands.qtbot.waitUntil(dialog.isActiveWindow)
    text = dialog.findChild(QPlainTextEdit, "capture.text")
    assert hands.drag(text, picture)
    hands.qtbot.keyClicks(text, "The fridge")
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    screenshot = QMimeData()
    screenshot.setImageData(image)
    assert hands.drag(dialog, screenshot)
    hands.qtbot.keyClick(text, Key.Key_Return, CONTROL)
    assert hands.drag(text, picture)
    hands.qtbot.keyClick(text, Key.Key_Return, CONTROL)
    first, second = _notes(hands)[count:]
    assert (first.text, len(first.attachments)) == ("The fridge", 2)
    assert (second.text, len(second.attachments)) == ("fridge.png", 1)
    assert text.toPlainText() == ""


def test_a_picture_that_is_let_go_on_a_text_is_asked_about_and_put_there(
    hands: Hands, picture: QMimeData, prompts: RecordingPrompts
) -> None:
    page = show_page(hands.window, "section/background")
    editor = page.findChild(BlockEditor)
    prompts.chosen = "text"
    assert hands.drag(editor, picture)
    blocks = hands.document.inspection.children(editor.parent_id, Block)
    assert [block.kind for block in blocks].count("image") == 1


def test_a_drop_leaves_no_caret_behind_and_typing_goes_on_where_it_went(hands: Hands) -> None:
    page = show_page(hands.window, "key_question/safe")
    source, editor = page.findChildren(BlockEditor)[:2]
    source.setFocus()
    source.selectAll()
    words = QMimeData()
    words.setText("dropped words")
    seen = editor.grab().toImage()
    spot = editor.cursorRect().center() + QPoint(60, 0)
    assert hands.drag_over(editor.viewport(), words, spot)
    assert editor.grab().toImage() != seen
    QApplication.sendEvent(editor.viewport(), QDragLeaveEvent())
    assert editor.grab().toImage() == seen
    kept = source.toPlainText()
    assert hands.drag(editor, words, spot)
    hands.type("X")
    assert "dropped wordsX" in editor.toPlainText()
    assert source.toPlainText() == kept
