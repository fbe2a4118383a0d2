"""A table is edited in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Block
from inspector_app.pasting.reading_html import blocks_from_html
from inspector_app.pasting.reading_text import blocks_from_text
from inspector_app.pasting.tables import MOST_COLUMNS
from inspector_app.ui.blocks.table_editor import CellView, TableEditor
from inspector_app.ui.blocks.table_model import TableModel
from tests.ui.blocks.making import (
    EXCEL,
    blocks,
    bullet,
    check,
    clip,
    paragraph,
    place,
    put,
    reopen,
    seen,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def open_table(
    editor: BlockEditor, line: int, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_F2
) -> TableEditor:
    place(editor, line, 1)
    qtbot.keyClick(editor, key)
    dialog = editor.window().findChild(TableEditor)
    assert dialog is not None
    qtbot.waitExposed(dialog)
    return dialog


def find(dialog: TableEditor, name: str) -> QPushButton:
    return dialog.findChild(QPushButton, name)


def type_cell(view: CellView, text: str, key: Qt.Key, qtbot: QtBot) -> None:
    view.window().activateWindow()
    if not isinstance(QApplication.focusWidget(), QLineEdit):
        qtbot.keyClick(view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, key)
    # Enter is taken a moment later.
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not line)


def test_a_table_is_edited_as_one_step(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, bullet("One"), *blocks_from_html(EXCEL).blocks)
    editor = show()
    before, count = document.inspection, document.undo_stack.count()
    dialog = open_table(editor, 1, qtbot)
    view = dialog.view
    type_cell(view, "Where", Qt.Key.Key_Tab, qtbot)
    type_cell(view, "Who", Qt.Key.Key_Return, qtbot)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, 1)
    type_cell(view, "Jo", Qt.Key.Key_Tab, qtbot)
    # From the last cell into a new row.
    assert (view.currentIndex().row(), view.currentIndex().column()) == (2, 0)
    type_cell(view, "Ward 2", Qt.Key.Key_Return, qtbot)
    qtbot.mouseClick(find(dialog, "add_column"), Qt.MouseButton.LeftButton)
    type_cell(view, "When", Qt.Key.Key_Return, qtbot)
    qtbot.mouseClick(dialog.findChild(QCheckBox, "table_header"), Qt.MouseButton.LeftButton)
    dialog.reject()
    check(editor, document)
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == "Edit table"
    after = document.inspection
    document.undo_stack.undo()
    assert document.inspection == before
    check(editor, document)
    document.undo_stack.redo()
    assert document.inspection == after
    found = blocks(reopen(document))[1]
    assert found.header == ()
    assert found.rows == (
        ("Where", "", "Who"),
        ("Ward 1", "", "Jo"),
        ("Ward 2", "When", ""),
    )


def test_rows_and_columns_are_removed_but_never_the_last(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, *blocks_from_text("a\tb\nc\td\ne\tf").blocks)
    dialog = open_table(show(), 0, qtbot)
    dialog.view.setCurrentIndex(dialog.model.index(1, 1))
    qtbot.mouseClick(find(dialog, "remove_row"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(find(dialog, "remove_column"), Qt.MouseButton.LeftButton)
    (found,) = blocks(document.inspection)
    assert (found.header, found.rows) == ((), (("a",), ("e",)))
    assert not find(dialog, "remove_column").isEnabled()
    qtbot.mouseClick(find(dialog, "remove_row"), Qt.MouseButton.LeftButton)
    assert not find(dialog, "remove_row").isEnabled()
    assert blocks(document.inspection)[0].rows == (("a",),)


def test_a_range_is_pasted_copied_and_emptied(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, *blocks_from_text("a\tb\nc\td").blocks)
    dialog = open_table(show(), 0, qtbot)
    view = dialog.view
    view.setCurrentIndex(dialog.model.index(1, 1))
    clip(text="1\t2\n3\t4\n")
    qtbot.keyClick(view, Qt.Key.Key_V, CONTROL)
    rows = (("a", "b", ""), ("c", "1", "2"), ("", "3", "4"))
    assert blocks(document.inspection)[0].rows == rows
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "a\tb\t\nc\t1\t2\n\t3\t4"
    view.setCurrentIndex(dialog.model.index(0, 0))
    clip(text="fallback", html=EXCEL)
    qtbot.keyClick(view, Qt.Key.Key_V, CONTROL)
    assert blocks(document.inspection)[0].rows[0] == ("Area", "Lead\u00a0nurse", "")
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert blocks(reopen(document))[0].rows[0] == ("", "Lead\u00a0nurse", "")


def test_a_range_that_is_too_wide_is_refused(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, *blocks_from_text("a\tb\nc\td").blocks)
    dialog = open_table(show(), 0, qtbot)
    before = document.inspection
    clip(text="\t".join("x" * (MOST_COLUMNS + 1)))
    qtbot.keyClick(dialog.view, Qt.Key.Key_V, CONTROL)
    problem = dialog.findChild(QLabel, "table_problem")
    assert problem.isVisible()
    assert str(MOST_COLUMNS) in problem.text()
    assert document.inspection == before
    clip(text="\t".join("x" * MOST_COLUMNS))
    qtbot.keyClick(dialog.view, Qt.Key.Key_V, CONTROL)
    assert not problem.isVisible()
    assert not find(dialog, "add_column").isEnabled()


def test_tab_leaves_from_an_empty_last_row(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, *blocks_from_text("a\tb\nc\td").blocks)
    dialog = open_table(show(), 0, qtbot)
    view = dialog.view
    view.setCurrentIndex(dialog.model.index(1, 1))
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert dialog.model.rowCount() == 3
    assert not view.hasFocus()


def test_what_is_being_typed_is_kept_when_the_window_closes(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, *blocks_from_text("a\tb\nc\td").blocks)
    dialog = open_table(show(), 0, qtbot)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.view, Qt.Key.Key_F2)
    line = dialog.view.viewport().findChild(QLineEdit)
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "typed")
    dialog.close()
    assert blocks(document.inspection)[0].rows[0][0] == "typed"


def test_a_cell_that_is_only_opened_stays_as_it_is(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    rows = (("Two\nlines", "b"), ("c", "d"))
    put(document, WantedBlock("table", "", like=Block(id="t", kind="table", rows=rows)))
    count = document.undo_stack.count()
    dialog = open_table(show(), 0, qtbot)
    view = dialog.view
    view.activateWindow()
    qtbot.keyClick(view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    line = QApplication.focusWidget()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not line)
    dialog.reject()
    assert blocks(document.inspection)[0].rows == rows
    assert document.undo_stack.count() == count


def test_each_letter_in_a_cell_is_kept_at_once_and_escape_takes_them_back(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    rows = (("Two\nlines", "b"), ("c", "d"))
    put(document, WantedBlock("table", "", like=Block(id="t", kind="table", rows=rows)))
    count = document.undo_stack.count()
    view = open_table(show(), 0, qtbot).view
    view.activateWindow()
    qtbot.keyClick(view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    qtbot.keyClick(line, Qt.Key.Key_Home)
    qtbot.keyClicks(line, "Hal f")
    assert blocks(document.inspection)[0].rows[0][0].startswith("Hal f")
    assert line.cursorPosition() == len("Hal f")
    assert document.undo_stack.count() == count + 1
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not line)
    assert blocks(document.inspection)[0].rows == rows
    assert document.undo_stack.count() == count
    # What was left with Enter stays when the next cell is left with Escape.
    type_cell(view, "Typed", Qt.Key.Key_Return, qtbot)
    type_cell(view, "Not this", Qt.Key.Key_Escape, qtbot)
    assert blocks(document.inspection)[0].rows == (("Typed", "b"), ("c", "d"))


def test_insert_table_and_write_below_it(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, paragraph("One"))
    editor = show()
    place(editor, 0, 3)
    qtbot.keyClick(editor, Qt.Key.Key_T, CONTROL | SHIFT)
    dialog = editor.window().findChild(TableEditor)
    qtbot.waitExposed(dialog)
    type_cell(dialog.view, "Role", Qt.Key.Key_Return, qtbot)
    dialog.reject()
    qtbot.keyClick(editor, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClicks(editor, "Below")
    check(editor, document)
    found = reopen(document)
    assert [kind for kind, _, _ in seen(found)] == ["paragraph", "table", "paragraph"]
    assert blocks(found)[1].header == ("Role", "")
    assert blocks(found)[2].text == "Below"


def test_a_double_click_and_the_menu_open_a_table(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, *blocks_from_text("a\tb\nc\td").blocks, bullet("One"))
    editor = show()
    place(editor, 0)
    spot = editor.cursorRect().center() + QPoint(20, 0)
    qtbot.mouseDClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    dialog = editor.window().findChild(TableEditor)
    assert dialog is not None
    dialog.reject()
    qtbot.mouseRelease(editor.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    menu = editor.make_menu()
    assert "Edit table…" in [a.text().replace("&", "").split("\t")[0] for a in menu.actions()]
    place(editor, 1, 1)
    menu = editor.make_menu()
    assert "Edit table…" not in [a.text().replace("&", "").split("\t")[0] for a in menu.actions()]


def test_the_model_is_one(qtmodeltester: ModelTester) -> None:
    block = Block(id="b", kind="table", header=("A", "B"), rows=(("1",), ("2", "3", "4")))
    model: QAbstractItemModel = TableModel(block)
    qtmodeltester.check(model)
    assert isinstance(model, TableModel)
    assert model.columnCount() == 3
    model.put(3, 2, [["x", "y"], ["z"]])
    model.add_row(0)
    model.add_column(1)
    model.remove_rows(1, 2)
    model.remove_columns(0, 0)
    model.set_has_header(False)
    qtmodeltester.check(model)
    assert model.get_header() == ()
    assert len(model.get_rows()) == model.rowCount()
