"""Tables come in by pasting, and are edited in a window of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Block
from inspector_app.ui.blocks.clipboard import put_on_clipboard
from inspector_app.ui.blocks.paste import blocks_from_html, blocks_from_text
from inspector_app.ui.blocks.table_editor import CellView, TableEditor
from inspector_app.ui.blocks.table_model import TableModel
from inspector_app.ui.blocks.tables import MOST_COLUMNS, is_header, make_table, square
from tests.ui.blocks.making import blocks, bullet, check, paragraph, place, put, reopen, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor
    from tests.ui.conftest import RecordingPrompts

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
EXCEL = """<html><head><style>
.xl65 {color:black; font-weight:700;}
.xl66 {color:black; font-weight:400;}
</style></head><body><!--StartFragment--><table><col width=64>
<tr><td class=xl65>Area</td><td class=xl65>Lead\u00a0nurse</td></tr>
<tr><td class=xl66>Ward 1</td><td>  Two
lines </td></tr><tr><td></td><td></td></tr></table><!--EndFragment--></body></html>"""
WORD = """<p class=MsoNormal>Before</p><table class=MsoTableGrid><tr>
<td><p class=MsoNormal><b>Month<o:p></o:p></b></p></td>
<td><p class=MsoNormal><b>Referrals</b></p></td></tr><tr>
<td><p class=MsoNormal>May</p></td><td><ul><li>one</li><li>two</li></ul></td></tr></table><p>After
<br>it</p>"""
SPANS = """<table><tr><td rowspan=2>Side</td><td colspan=2>Across</td></tr>
<tr><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td><td>f</td></tr></table>"""
LAYOUT = """<table><tr><td>Menu</td><td><p>News</p><table><thead><tr><th>A</th><th>B</th></tr>
</thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table></td></tr><tr><td>Foot</td><td>x</td></tr>
</table>"""


def table(line: WantedBlock) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    assert line.kind == "table"
    assert line.like is not None
    return line.like.header, line.like.rows


def test_excel_with_bold_header() -> None:
    (found,) = blocks_from_html(EXCEL)
    assert table(found) == (("Area", "Lead nurse"), (("Ward 1", "Two lines"),))


def test_word_with_text_around() -> None:
    before, found, after = blocks_from_html(WORD)
    assert (before.text, after.text) == ("Before", "After\nit")
    assert table(found) == (("Month", "Referrals"), (("May", "one two"),))


def test_cells_that_span_others() -> None:
    (found,) = blocks_from_html(SPANS)
    assert table(found) == (
        (),
        (("Side", "Across", ""), ("", "b", "c"), ("d", "e", "f")),
    )
    (huge,) = blocks_from_html("<table><tr><td colspan=9999999999>a</td></tr><tr><td>b</td></tr>")[
        :1
    ]
    assert huge.kind == "paragraph"


def test_a_table_around_a_table_only_places_it() -> None:
    found = blocks_from_html(LAYOUT)
    kinds = [(line.kind, line.text) for line in found]
    assert ("paragraph", "Menu") in [(kind, text.split("\t")[0]) for kind, text in kinds]
    (inner,) = [line for line in found if line.kind == "table"]
    assert table(inner) == (("A", "B"), (("1", "2"),))
    assert kinds[-2:] == [("paragraph", "Foot"), ("paragraph", "x")]
    texts = " ".join(text for _, text in kinds)
    for word in ("Menu", "News", "Foot", "x"):
        assert texts.split().count(word) == 1


def test_single_cells_rows_and_columns_are_text() -> None:
    for html, text in (
        ("<table><tr><td> One </td></tr></table>", ["One"]),
        ("<table><tr><td>One</td><td>two</td><td></td></tr></table>", ["One\ttwo"]),
        ("<table><tr><td>One</td></tr><tr><td>two</td></tr></table>", ["One", "two"]),
        ("<table><tr><td></td></tr></table>", []),
    ):
        found = blocks_from_html(html)
        assert [(line.kind, line.text) for line in found] == [("paragraph", t) for t in text]


def test_plain_text_with_tabs() -> None:
    found = blocks_from_text("Before\nMonth\tCount\nMay\t3\nJune\t\n\nA\tsingle line\nAfter")
    assert [line.kind for line in found] == ["paragraph", "table", "paragraph", "paragraph"]
    assert table(found[1]) == (("Month", "Count"), (("May", "3"), ("June", "")))
    assert found[2].text == "A\tsingle line"


@pytest.mark.parametrize("marks", ["1. 2. 3.", "a) b) c)", "(i) (ii) (iii)", "• • •", "- – *"])
def test_a_list_with_tabs_is_no_table(marks: str) -> None:
    found = blocks_from_text("\n".join(f"{mark}\tStaff did this" for mark in marks.split()))
    assert "table" not in [line.kind for line in found]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["Month", "Count"], ["May", "3"], ["June", "1,204"]], True),
        ([["Area", "Share"], ["North", "12.5 %"], ["South", "(3)"]], True),
        ([["2019", "2020"], ["3", "4"]], False),
        ([["Role", "Present", "Trained"], ["Nurse", "yes", "no"]], True),
        ([["Staff were kind.", "They knew us", "Good"], ["a", "b", "c"]], False),
        ([["Same", "same", "Other"], ["a", "b", "c"]], False),
        ([["Yes", "", "No"], ["a", "b", "c"]], False),
        ([["Name", "Jo Bloggs"], ["Role", "Nurse"]], False),
        ([["Area", "Finding"], ["Hall", "The floor was clean and free of clutter"]], True),
    ],
)
def test_what_looks_like_a_header(rows: list[list[str]], header: bool) -> None:
    assert is_header(rows) is header
    (found,) = blocks_from_text("\n".join("\t".join(row) for row in rows))
    assert bool(table(found)[0]) is header


CELLS = st.lists(st.lists(st.text(max_size=4), max_size=6), max_size=6)


@given(CELLS)
def test_cells_are_squared_and_none_is_lost(rows: list[list[str]]) -> None:
    cells = square(rows)
    assert len({len(row) for row in cells}) <= 1
    for found, given_row in zip(cells, rows, strict=False):
        wanted = [" ".join(text.split()) for text in found if text]
        assert len(wanted) == sum(bool(text) for text in square([given_row])[0]) if wanted else True
    made = make_table(rows)
    if made is not None:
        header, rest = table(made)
        assert ((header, *rest) if header else rest) == cells


def test_a_table_that_is_too_wide_stays_text() -> None:
    row = "<tr>" + "<td>x</td>" * (MOST_COLUMNS + 1) + "</tr>"
    found = blocks_from_html(f"<table>{row}{row}</table>")
    assert [line.kind for line in found] == ["paragraph", "paragraph"]
    assert found[0].text.count("x") == MOST_COLUMNS + 1


def clip(text: str = "", html: str = "") -> None:
    mime = QMimeData()
    mime.setText(text)
    if html:
        mime.setHtml(html)
    put_on_clipboard(mime)


def test_a_table_is_pasted_into_the_text(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    (id_,) = put(document, bullet("Before after", 0, "n1"))
    place(editor := show(), 0, 7)
    clip(html=EXCEL)
    count = document.undo_stack.count()
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    check(editor, document)
    assert document.undo_stack.count() == count + 1
    assert editor.toPlainText().split("\n")[1] == "Table, 2 rows: Area | Lead nurse"
    front, made, back = blocks(reopen(document))
    assert (front.id, front.text, front.evidence) == (id_, "Before ", ("n1",))
    assert (made.header, made.rows) == (("Area", "Lead nurse"), (("Ward 1", "Two lines"),))
    assert back.text == "after"


def test_the_text_area_says_why_a_wide_table_is_text(
    document: InspectionDocument,
    show: Callable[..., BlockEditor],
    qtbot: QtBot,
    prompts: RecordingPrompts,
) -> None:
    editor = show(prompts=prompts)
    line = "\t".join("x" * (MOST_COLUMNS + 1))
    clip(text=f"{line}\n{line}")
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    ((_, message),) = prompts.problems
    assert str(MOST_COLUMNS) in message
    assert [kind for kind, _, _ in seen(document.inspection)] == ["paragraph", "paragraph"]
    check(editor, document)


def test_a_table_goes_to_a_spreadsheet_again(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, *blocks_from_html(EXCEL))
    editor = show()
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "Area\tLead nurse\nWard 1\tTwo lines"


# -- the window of a table


def open_table(
    editor: BlockEditor, line: int, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_Return
) -> TableEditor:
    place(editor, line, 2)
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
    put(document, bullet("One"), *blocks_from_html(EXCEL))
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
    put(document, *blocks_from_text("a\tb\nc\td\ne\tf"))
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
    put(document, *blocks_from_text("a\tb\nc\td"))
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
    assert blocks(document.inspection)[0].rows[0] == ("Area", "Lead nurse", "")
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert blocks(reopen(document))[0].rows[0] == ("", "Lead nurse", "")


def test_a_range_that_is_too_wide_is_refused(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, *blocks_from_text("a\tb\nc\td"))
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
    put(document, *blocks_from_text("a\tb\nc\td"))
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
    put(document, *blocks_from_text("a\tb\nc\td"))
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
    put(document, *blocks_from_text("a\tb\nc\td"), bullet("One"))
    editor = show()
    place(editor, 0, 2)
    spot = editor.cursorRect().center()
    qtbot.mouseDClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    dialog = editor.window().findChild(TableEditor)
    assert dialog is not None
    dialog.reject()
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
