"""Taking notes by keyboard: what is typed is in the file, whatever happens to the dialog."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)

from inspector_app.domain.entities import EvidenceNote
from inspector_app.ui.evidence.capture import CaptureDialog
from inspector_app.ui.evidence.photo_button import PhotoButton
from inspector_app.ui.evidence.photo_viewer import PhotoViewer
from inspector_app.ui.widgets.many_chooser import Chip
from tests.pictures import making
from tests.report.making import make_png
from tests.ui.evidence.making import reopen

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.inspection import Inspection
    from tests.ui.conftest import RecordingPrompts

# Lists that drop down: the screenless platform knows no grabbing.
pytestmark = pytest.mark.qt_log_ignore("plugin does not support")

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dialog(document: InspectionDocument, prompts: RecordingPrompts, qtbot: QtBot) -> CaptureDialog:
    dialog = CaptureDialog(document, prompts)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def text_of(dialog: CaptureDialog) -> QPlainTextEdit:
    return dialog.findChild(QPlainTextEdit, "capture.text")


def new_notes(inspection: Inspection) -> list[EvidenceNote]:
    return list(inspection.all(EvidenceNote))[3:]


def choose_topic(qtbot: QtBot, dialog: CaptureDialog, typed: str) -> None:
    line = next(w for w in dialog.findChildren(QLineEdit) if w.accessibleName() == "Topics")
    line.setFocus()
    qtbot.keyClicks(line, typed)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QListView)
    qtbot.keyClick(popup, Qt.Key.Key_Return)


def test_a_note_with_everything_by_keyboard(
    qtbot: QtBot, dialog: CaptureDialog, document: InspectionDocument
) -> None:
    text = text_of(dialog)
    assert text.hasFocus()
    qtbot.keyClicks(text, "Oxygen in date")
    qtbot.keyClick(text, Qt.Key.Key_S, ALT)
    source = dialog.findChild(QComboBox, "capture.source")
    qtbot.keyClicks(source, "Rec")
    qtbot.keyClicks(dialog.findChild(QLineEdit, "capture.source_detail"), "trolley check")
    choose_topic(qtbot, dialog, "medicines")
    choose_topic(qtbot, dialog, "well-led: Cul")
    with qtbot.waitSignal(dialog.note_filed):
        qtbot.keyClick(text, Qt.Key.Key_Return, CTRL)
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Add note"
    (note,) = new_notes(reopen(document))
    assert (note.text, note.stance, note.source) == ("Oxygen in date", "strength", "record")
    assert (note.source_detail, note.by) == ("trolley check", "KB")
    assert note.topics == ("safe.medicines", "well_led.culture")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", note.when)


def test_a_topic_is_chosen_by_mouse(
    qtbot: QtBot, dialog: CaptureDialog, document: InspectionDocument
) -> None:
    qtbot.keyClicks(text_of(dialog), "Oxygen in date")
    line = next(w for w in dialog.findChildren(QLineEdit) if w.accessibleName() == "Topics")
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QListView)
    assert popup.model().rowCount() > 20
    row = popup.model().index(3, 0)
    qtbot.mouseClick(
        popup.viewport(), Qt.MouseButton.LeftButton, pos=popup.visualRect(row).center()
    )
    qtbot.mouseClick(dialog.findChild(QPushButton, "capture_file"), Qt.MouseButton.LeftButton)
    (note,) = new_notes(reopen(document))
    assert len(note.topics) == 1


def test_a_chip_is_cut_short_before_its_cross(qtbot: QtBot) -> None:
    chip = Chip("Safe & sound: Safe and appropriate use")
    qtbot.addWidget(chip)
    chip.show()
    chip.resize(chip.sizeHint())
    assert chip.text() == "Safe && sound: Safe and appropriate use  ✕"
    whole = chip.sizeHint()
    chip.resize(whole.width() // 2, whole.height())
    assert chip.text().endswith("…  ✕")
    assert chip.text().startswith("Safe &&")
    assert chip.sizeHint() == whole
    chip.resize(whole)
    assert chip.text() == "Safe && sound: Safe and appropriate use  ✕"


def test_words_that_fit_no_topic_are_told(qtbot: QtBot, dialog: CaptureDialog) -> None:
    line = next(w for w in dialog.findChildren(QLineEdit) if w.accessibleName() == "Topics")
    told = next(
        w for w in dialog.findChildren(QLabel) if w.text() == "No topic matches these words"
    )
    line.setFocus()
    qtbot.keyClicks(line, "fire")
    assert told.isVisible()
    line.clear()
    qtbot.keyClicks(line, "medicines")
    assert not told.isVisible()
    qtbot.keyClicks(line, "x")
    assert told.isVisible()


def test_filing_starts_the_next_with_the_same_source_and_topics(
    qtbot: QtBot, dialog: CaptureDialog, document: InspectionDocument
) -> None:
    text = text_of(dialog)
    qtbot.keyClicks(dialog.findChild(QLineEdit, "capture.source_detail"), "walk round")
    choose_topic(qtbot, dialog, "medicines")
    for typed in ("One", "Two"):
        qtbot.keyClicks(text, typed)
        qtbot.keyClick(text, Qt.Key.Key_Return, CTRL)
        assert dialog.isVisible()
        assert text.toPlainText() == ""
        assert text.hasFocus()
    notes = new_notes(reopen(document))
    assert [note.text for note in notes] == ["One", "Two"]
    assert {note.topics for note in notes} == {("safe.medicines",)}
    assert {note.source_detail for note in notes} == {"walk round"}


def test_a_half_typed_note_is_in_the_file_and_goes_on_when_shown_again(
    qtbot: QtBot, dialog: CaptureDialog, document: InspectionDocument
) -> None:
    text = text_of(dialog)
    qtbot.keyClicks(text, "Half a sen")
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert [note.text for note in new_notes(document.inspection)] == ["Half a sen"]
    dialog.show()
    assert text.toPlainText() == "Half a sen"
    text.moveCursor(text.textCursor().MoveOperation.End)
    qtbot.keyClicks(text, "tence")
    assert [note.text for note in new_notes(reopen(document))] == ["Half a sentence"]


def test_an_empty_note_is_no_note(
    qtbot: QtBot, dialog: CaptureDialog, document: InspectionDocument
) -> None:
    text = text_of(dialog)
    qtbot.keyClick(text, Qt.Key.Key_Return, CTRL)
    qtbot.keyClicks(text, "  ")
    assert not new_notes(document.inspection)
    qtbot.keyClicks(text, "x")
    assert new_notes(document.inspection)
    for _ in range(3):
        qtbot.keyClick(text, Qt.Key.Key_Backspace)
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert not new_notes(reopen(document))


def test_undo_takes_the_note_and_redo_brings_it_back_into_the_dialog(
    qtbot: QtBot, dialog: CaptureDialog, document: InspectionDocument
) -> None:
    text = text_of(dialog)
    qtbot.keyClicks(text, "Gone")
    document.undo_stack.undo()
    assert text.toPlainText() == ""
    document.undo_stack.redo()
    assert text.toPlainText() == "Gone"
    document.undo_stack.undo()
    qtbot.keyClicks(text, "Anew")
    qtbot.mouseClick(dialog.findChild(QPushButton, "capture_file"), Qt.MouseButton.LeftButton)
    assert [note.text for note in new_notes(reopen(document))] == ["Anew"]


def test_a_topic_goes_by_backspace_and_by_its_chip(
    qtbot: QtBot, dialog: CaptureDialog, document: InspectionDocument
) -> None:
    qtbot.keyClicks(text_of(dialog), "Note")
    for typed in ("medicines", "well-led: cul"):
        choose_topic(qtbot, dialog, typed)
    chip = dialog.findChild(QPushButton, "chip.safe.medicines")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert new_notes(document.inspection)[0].topics == ("well_led.culture",)
    line = next(w for w in dialog.findChildren(QLineEdit) if w.accessibleName() == "Topics")
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert new_notes(reopen(document))[0].topics == ()


def test_what_others_hold_cannot_be_added_to(
    document: InspectionDocument, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    document.close()
    dialog = CaptureDialog(document, prompts)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not text_of(dialog).isEnabled()
    dialog.reject()


def test_photos_are_chosen_pasted_and_taken_off_while_the_note_is_taken(
    qtbot: QtBot,
    dialog: CaptureDialog,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    tmp_path: Path,
) -> None:
    (tmp_path / "door.jpg").write_bytes(making.make_jpeg())
    (tmp_path / "rota.pdf").write_bytes(b"%PDF-1.4")
    prompts.files = [tmp_path / "door.jpg", tmp_path / "rota.pdf"]
    # The photo comes before the words: it begins the note.
    qtbot.mouseClick(dialog.findChild(QPushButton, "capture_photos"), LEFT)
    (note,) = new_notes(document.inspection)
    door, rota = dialog.findChildren(PhotoButton)
    assert (door.file, rota.file) == note.attachments
    assert door.isVisible()
    text = text_of(dialog)
    qtbot.keyClicks(text, "The door stood open.")
    board = QGuiApplication.clipboard()
    board.setImage(QImage.fromData(make_png(30, 10)))
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_V, CTRL)
    assert text.toPlainText() == "The door stood open."
    assert len(new_notes(document.inspection)[0].attachments) == 3
    # Words that come with a picture of them, as cells of a spreadsheet do, are words.
    mime = QMimeData()
    mime.setText(" Twice.")
    mime.setImageData(QImage.fromData(make_png(30, 10)))
    board.setMimeData(mime)
    qtbot.keyClick(text, Qt.Key.Key_V, CTRL)
    assert text.toPlainText() == "The door stood open. Twice."
    board.clear()
    qtbot.mouseClick(dialog.findChild(QPushButton, "capture_paste"), LEFT)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "There is no picture or file on the clipboard." in said
    qtbot.mouseClick(dialog.findChild(QToolButton, f"remove.{rota.file}"), LEFT)
    qtbot.mouseClick(door, LEFT)
    viewer = dialog.findChild(PhotoViewer)
    assert viewer.findChild(QLabel, "photo_name").text() == "1 of 2: door.jpg"
    viewer.close()
    before = document.undo_stack.count()
    qtbot.keyClick(text, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not dialog.findChildren(PhotoButton))
    # All of it is one step of undo.
    assert (before, document.undo_stack.undoText()) == (1, "Add note")
    (note,) = new_notes(reopen(document))
    assert (note.text, len(note.attachments)) == ("The door stood open. Twice.", 2)
