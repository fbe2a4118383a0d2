"""The evidence page as a person uses it, over a real file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Block, EvidenceNote, Topic
from inspector_app.domain.evidence import EvidenceIndex
from inspector_app.frameworks.editions import start_with_edition
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.ui.evidence.note_model import NoteColumn
from inspector_app.ui.evidence.times import HOW_TO_WRITE_TIME
from inspector_app.ui.pages.evidence import EvidencePage
from tests.report.making import bring_in
from tests.ui.evidence.making import bring_in_notes, reopen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import RecordingPrompts

# Lists that drop down: the screenless platform knows no grabbing.
pytestmark = pytest.mark.qt_log_ignore("plugin does not support")

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def document(tmp_path: Path, qtbot: QtBot) -> Iterator[InspectionDocument]:
    imported = bring_in_notes()
    path = tmp_path / "clinic.inspection"
    create_inspection_file(
        path, *start_with_edition(imported.change, imported.inspection), {}, tmp_path
    )
    document = InspectionDocument(path, tmp_path)
    yield document
    document.close()


@pytest.fixture
def page(document: InspectionDocument, prompts: RecordingPrompts, qtbot: QtBot) -> EvidencePage:
    return show(document, prompts, qtbot)


def show(document: InspectionDocument, prompts: RecordingPrompts, qtbot: QtBot) -> EvidencePage:
    page = EvidencePage(document, prompts)
    qtbot.addWidget(page)
    page.resize(760, 900)
    page.show()
    qtbot.waitExposed(page)
    return page


def table(page: EvidencePage) -> QTableView:
    return page.findChild(QTableView, "evidence_table")


def click_row(qtbot: QtBot, page: EvidencePage, row: int, modifier: object = NONE) -> None:
    view = table(page)
    place = view.visualRect(view.model().index(row, 2)).center()
    qtbot.mouseClick(view.viewport(), LEFT, modifier, place)


def click(qtbot: QtBot, page: EvidencePage, name: str) -> None:
    qtbot.mouseClick(page.findChild(QPushButton, name), LEFT)


def rows(page: EvidencePage) -> int:
    return table(page).model().rowCount()


def pick(qtbot: QtBot, page: EvidencePage, words: str) -> None:
    """Type into the dialog that is open, and take the first that fits."""
    line = next(w for w in page.findChildren(QLineEdit, "pick_line") if w.isVisible())
    qtbot.keyClicks(line, words)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def choose(qtbot: QtBot, combo: QComboBox, typed: str) -> None:
    combo.setFocus()
    qtbot.keyClicks(combo, typed)


def test_the_fields_of_the_selected_note_change_it(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    click_row(qtbot, page, 1)
    text = page.findChild(QPlainTextEdit, "note.text")
    assert "<b>nine</b>" in text.toPlainText()
    text.moveCursor(text.textCursor().MoveOperation.End)
    qtbot.keyClicks(text, " Twice.")
    for name, typed in {"source_detail": "s of May", "when": " pm", "by": "/TO"}.items():
        line = page.findChild(QLineEdit, f"note.{name}")
        qtbot.keyClick(line, Qt.Key.Key_End)
        qtbot.keyClicks(line, typed)
    tags = page.findChild(QLineEdit, "note.tags")
    qtbot.keyClick(tags, Qt.Key.Key_End)
    qtbot.keyClicks(tags, ", vaccines, ")
    assert tags.text() == "cold chain, vaccines, "
    choose(qtbot, page.findChild(QComboBox, "note.source"), "Obs")
    chooser = page.findChild(QWidget, "note.stance")
    stance = chooser.findChild(QPushButton, "stance.neutral")
    qtbot.mouseClick(stance, LEFT)
    boxes = [page.findChild(QCheckBox, f"note.{n}") for n in ("corroborated", "confidential")]
    for box in boxes:
        qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    regulation = next(
        w for w in page.findChildren(QLineEdit) if w.accessibleName() == "Regulations"
    )
    regulation.setFocus()
    qtbot.keyClicks(regulation, "12 safe care")
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QListView)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    note = reopen(document).get("fridge", EvidenceNote)
    assert note.text == "Fridge log: <b>nine</b> readings above 8°C. Twice."
    assert (note.source_detail, note.when) == ("temperature logs of May", "2024-03-04T21:50")
    assert (note.by, note.source, note.stance) == ("KB/TO", "observation", "neutral")
    assert note.tags == ("cold chain", "vaccines")
    assert (note.corroborated, note.confidential) == (False, True)
    assert note.regulations == ("RA2014-12",)


def test_what_is_no_time_is_kept_and_told_below(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    click_row(qtbot, page, 1)
    line = page.findChild(QLineEdit, "note.when")
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Monday")
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    # Half a time is no mistake yet.
    assert not any(text.startswith("Write the time") for text in shown)
    page.findChild(QLineEdit, "note.by").setFocus()
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    assert HOW_TO_WRITE_TIME in shown
    click_row(qtbot, page, 0)
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    assert not any(text.startswith("Write the time") for text in shown)
    assert reopen(document).get("fridge", EvidenceNote).when == "Monday"


def open_menu(qtbot: QtBot, page: EvidencePage, row: int) -> QMenu:
    """Press the right button on a row, as Qt does: the row is selected, then the menu asked for."""
    view = table(page)
    spot = view.visualRect(view.model().index(row, 2)).center()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.RightButton, pos=spot)
    reason = QContextMenuEvent.Reason.Mouse
    place = view.viewport().mapToGlobal(spot)
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, spot, place))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose_from(qtbot: QtBot, menu: QMenu, text: str) -> None:
    action = next(item for item in menu.actions() if item.text().startswith(text))
    assert action.isEnabled()
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def test_the_right_button_deletes_the_note_that_was_clicked(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    click_row(qtbot, page, 0)
    before = [note.id for note in document.inspection.all(EvidenceNote)]
    choose_from(qtbot, open_menu(qtbot, page, 1), "&Delete")
    after = [note.id for note in reopen(document).all(EvidenceNote)]
    assert set(before) - set(after) == {"fridge"}


def test_the_right_button_makes_several_notes_bullets(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    before = sum(isinstance(entity, Block) for entity in document.inspection)
    click_row(qtbot, page, 0)
    click_row(qtbot, page, 1, CTRL)
    menu = open_menu(qtbot, page, 1)
    link = next(item for item in menu.actions() if item.text().startswith("&Link"))
    assert not link.isEnabled()
    choose_from(qtbot, menu, "Add to &report")
    pick(qtbot, page, "")
    assert sum(isinstance(entity, Block) for entity in reopen(document)) == before + 2


def test_the_right_button_links_and_copies(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    choose_from(qtbot, open_menu(qtbot, page, 1), "&Copy")
    text = document.inspection.get("fridge", EvidenceNote).text
    assert QGuiApplication.clipboard().text() == text
    index = EvidenceIndex(document.inspection)
    before = len(index.places("fridge"))
    choose_from(qtbot, open_menu(qtbot, page, 1), "&Link")
    pick(qtbot, page, "")
    assert len(EvidenceIndex(reopen(document)).places("fridge")) == before + 1


def test_a_double_click_goes_on_to_the_notes_text(qtbot: QtBot, page: EvidencePage) -> None:
    click_row(qtbot, page, 1)
    view = table(page)
    place = view.visualRect(view.model().index(1, 2)).center()
    qtbot.mouseDClick(view.viewport(), LEFT, pos=place)
    assert page.findChild(QPlainTextEdit, "note.text").hasFocus()


def test_a_time_is_typed_as_people_write_it(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    click_row(qtbot, page, 1)
    line = page.findChild(QLineEdit, "note.when")
    assert line.text() == "4 March 2024, 09:50"
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "5/3/24 9.05")
    assert line.text() == "5/3/24 9.05"
    page.findChild(QLineEdit, "note.by").setFocus()
    assert line.text() == "5 March 2024, 09:05"
    document.undo_stack.undo()
    assert line.text() == "4 March 2024, 09:50"
    document.undo_stack.redo()
    assert reopen(document).get("fridge", EvidenceNote).when == "2024-03-05T09:05"


def test_typing_is_undone_at_once_and_the_field_follows(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    click_row(qtbot, page, 1)
    text = page.findChild(QPlainTextEdit, "note.text")
    before = text.toPlainText()
    qtbot.keyClicks(text, "abc")
    document.undo_stack.undo()
    assert text.toPlainText() == before


def test_search_filter_and_show_all(qtbot: QtBot, page: EvidencePage) -> None:
    search = page.findChild(QLineEdit, "evidence_search")
    qtbot.keyClicks(search, "FRIDGE nine")
    assert rows(page) == 1
    assert "1 of 3 notes" in [label.text() for label in page.findChildren(QLabel)]
    click(qtbot, page, "evidence_show_all")
    assert (rows(page), search.text()) == (3, "")
    choose(qtbot, page.findChild(QComboBox, "filter.stance"), "Str")
    choose(qtbot, page.findChild(QComboBox, "filter.source"), "Data")
    assert rows(page) == 1
    choose(qtbot, page.findChild(QComboBox, "filter.in_the_report"), "Used")
    assert rows(page) == 0
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "No note matches your search and filters." in shown
    click(qtbot, page, "evidence_show_all")
    assert rows(page) == 3


def test_the_selection_stays_while_searching_and_sorting(qtbot: QtBot, page: EvidencePage) -> None:
    click_row(qtbot, page, 0)
    click_row(qtbot, page, 2, CTRL)
    header = table(page).horizontalHeader()
    place = QPoint(header.sectionViewportPosition(1) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)
    assert set(page.selected) == {"survey", "nurse"}
    qtbot.keyClicks(page.findChild(QLineEdit, "evidence_search"), "survey")
    assert page.selected == ("survey",)


def test_several_notes_get_values_as_one_step_each(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    before = document.inspection
    click_row(qtbot, page, 0)
    qtbot.keyClick(table(page), Qt.Key.Key_A, CTRL)
    assert len(page.selected) == 3
    stance = page.findChild(QWidget, "bulk_stance")
    qtbot.mouseClick(stance.findChild(QPushButton, "stance.concern"), LEFT)
    choose(qtbot, page.findChild(QComboBox, "bulk_source"), "Feed")
    choose(qtbot, page.findChild(QComboBox, "bulk_corroborated"), "Corr")
    click(qtbot, page, "bulk_add_topic")
    pick(qtbot, page, "responsive")
    click(qtbot, page, "bulk_remove_topic")
    pick(qtbot, page, "caring")
    assert document.undo_stack.undoText() == "Remove a topic of 3 notes"
    assert document.undo_stack.count() == 5
    after = document.inspection
    for _ in range(5):
        document.undo_stack.undo()
    assert document.inspection == before
    for _ in range(5):
        document.undo_stack.redo()
    found = reopen(document)
    assert found == after
    notes = list(found.all(EvidenceNote))
    assert {(n.stance, n.source, n.corroborated) for n in notes} == {("concern", "feedback", True)}
    assert [n.topics for n in notes] == [
        ("safe.medicines", "responsive"),
        ("safe", "responsive"),
        ("responsive",),
    ]


def test_delete_takes_the_links_along_and_undo_brings_both_back(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    before = document.inspection
    click_row(qtbot, page, 1)
    qtbot.keyClick(table(page), Qt.Key.Key_Delete)
    assert document.undo_stack.undoText() == "Delete 1 note"
    assert document.inspection.get("warm", Block).evidence == ()
    assert page.selected == ("nurse",)
    document.undo_stack.undo()
    assert document.inspection == before
    assert rows(page) == 3
    click_row(qtbot, page, 0)
    qtbot.keyClick(table(page), Qt.Key.Key_A, CTRL)
    click(qtbot, page, "delete_notes")
    document.undo_stack.undo()
    assert document.inspection == before
    document.undo_stack.redo()
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("No notes yet. Press Ctrl+E") for text in shown)
    assert not list(reopen(document).all(EvidenceNote))


def test_a_note_shows_its_sentences_and_jumps_there(qtbot: QtBot, page: EvidencePage) -> None:
    click_row(qtbot, page, 1)
    places = page.findChild(QListWidget, "supports_list")
    assert places.item(0).text() == (
        "Safe › Safe and appropriate use of medicines: The fridge was too warm."
    )
    with qtbot.waitSignal(page.place_wanted) as signal:
        place = places.visualItemRect(places.item(0)).center()
        qtbot.mouseClick(places.viewport(), LEFT, pos=place)
    assert signal.args == ["warm"]
    with qtbot.waitSignal(page.place_wanted):
        qtbot.keyClick(places, Qt.Key.Key_Return)


def test_add_to_report_makes_a_linked_bullet_at_the_end(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    click_row(qtbot, page, 2)
    click(qtbot, page, "add_to_report")
    pick(qtbot, page, "medicines")
    assert document.undo_stack.undoText() == "Add 1 note to the report"
    assert page.findChild(QListWidget, "supports_list").count() == 1
    found = reopen(document)
    topic = found.get(found.get("warm", Block).parent, Topic)
    block = list(found.children(topic.id, Block))[-1]
    assert (block.kind, block.text) == ("bullet", "The nurse knew the fire route.")
    assert block.evidence == ("nurse",)


def test_link_to_a_sentence_and_unlink(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    click_row(qtbot, page, 1)
    click(qtbot, page, "link_button")
    pick(qtbot, page, "stocks")
    assert document.inspection.get("counted", Block).evidence == ("fridge",)
    places = page.findChild(QListWidget, "supports_list")
    assert places.count() == 2
    places.setCurrentRow(0)
    click(qtbot, page, "unlink_button")
    found = reopen(document)
    assert found.get("warm", Block).evidence == ()
    assert found.get("counted", Block).evidence == ("fridge",)


def test_text_of_a_sentence_follows(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    click_row(qtbot, page, 1)
    document.set_field("warm", "text", "Much too warm.", "Type")
    assert page.findChild(QListWidget, "supports_list").item(0).text().endswith("Much too warm.")


def test_a_confidential_note_warns_before_it_goes_into_the_report(
    qtbot: QtBot, page: EvidencePage, document: InspectionDocument
) -> None:
    click_row(qtbot, page, 1)
    document.set_field("fridge", "confidential", True, "Change")
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    assert any(text.startswith("This note is marked confidential") for text in shown)


def test_show_place_goes_to_a_note_even_where_a_filter_hid_it(
    qtbot: QtBot, page: EvidencePage
) -> None:
    qtbot.keyClicks(page.findChild(QLineEdit, "evidence_search"), "survey")
    assert page.show_place("fridge")
    assert page.selected == ("fridge",)
    assert page.findChild(QPlainTextEdit, "note.text").hasFocus()
    assert not page.show_place("warm")
    assert not page.show_place("nowhere")


def test_new_notes_are_asked_for(qtbot: QtBot, page: EvidencePage) -> None:
    with qtbot.waitSignal(page.capture_wanted):
        click(qtbot, page, "new_note")


def test_enter_goes_from_the_table_to_the_text(qtbot: QtBot, page: EvidencePage) -> None:
    click_row(qtbot, page, 1)
    qtbot.keyClick(table(page), Qt.Key.Key_Return)
    assert page.findChild(QPlainTextEdit, "note.text").hasFocus()


def test_what_others_hold_is_readable_only(
    qtbot: QtBot, prompts: RecordingPrompts, document: InspectionDocument
) -> None:
    document.close()
    page = show(document, prompts, qtbot)
    click_row(qtbot, page, 1)
    assert page.findChild(QPlainTextEdit, "note.text").isReadOnly()
    for name in ("new_note", "delete_notes", "add_to_report", "link_button"):
        assert not page.findChild(QPushButton, name).isEnabled()
    qtbot.keyClick(table(page), Qt.Key.Key_Delete)
    assert rows(page) == 3


def test_an_inspection_without_notes_says_what_to_do(
    tmp_path: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> None:
    imported = bring_in("rated")
    path = tmp_path / "empty.inspection"
    create_inspection_file(
        path, *start_with_edition(imported.change, imported.inspection), {}, tmp_path
    )
    document = InspectionDocument(path, tmp_path)
    page = show(document, prompts, qtbot)
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("No notes yet. Press Ctrl+E") for text in shown)
    document.close()


def test_there_is_no_scrolling_sideways(qtbot: QtBot, page: EvidencePage) -> None:
    click_row(qtbot, page, 1)
    for width in (600, 760, 1300):
        page.resize(width, 700)
        qtbot.waitUntil(lambda: page.scroll_area.horizontalScrollBar().maximum() == 0)


# -- the room that there is


def test_a_wide_page_has_the_note_beside_the_table_and_topics_in_it(
    page: EvidencePage, document: InspectionDocument, qtbot: QtBot
) -> None:
    document.set_field("nurse", "text", "A long line of words. " * 150, "Change note")
    page.resize(1240, 700)
    view = table(page)
    qtbot.waitUntil(lambda: view.width() > 500)
    assert not view.isColumnHidden(NoteColumn.TOPICS)
    page.show_place("nurse")
    text = page.findChild(QPlainTextEdit, "note.text")
    assert text.mapTo(page, QPoint()).x() > view.geometry().right()
    # It is read whole: what scrolls is the pane that it stands in.
    qtbot.waitUntil(lambda: text.height() > 300)
    assert text.verticalScrollBar().maximum() == 0


def test_a_narrow_page_leaves_the_height_to_the_table_until_a_note_is_read(
    page: EvidencePage, qtbot: QtBot
) -> None:
    page.resize(560, 700)
    view = table(page)
    text = page.findChild(QPlainTextEdit, "note.text")
    bottom = page.rect().bottom() - 40

    def reach() -> int:
        return view.mapTo(page, view.rect().bottomLeft()).y()

    qtbot.waitUntil(lambda: reach() > bottom)
    assert view.isColumnHidden(NoteColumn.TOPICS)
    click_row(qtbot, page, 2)
    qtbot.waitUntil(text.isVisible)
    qtbot.waitUntil(lambda: reach() < text.mapTo(page, QPoint()).y())
    selected = view.selectionModel().currentIndex()
    assert view.viewport().rect().contains(view.visualRect(selected).center())
