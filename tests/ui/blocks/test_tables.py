"""Tables come in by pasting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.pasting.reading_html import blocks_from_html
from inspector_app.pasting.reading_text import blocks_from_text
from inspector_app.pasting.tables import MOST_COLUMNS, are_too_wide, is_header, make_table, square
from inspector_app.ui.blocks.lines import describe_embedded
from tests.ui.blocks.making import (
    EXCEL,
    blocks,
    bullet,
    check,
    clip,
    place,
    put,
    reopen,
    seen,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor
    from tests.ui.conftest import RecordingPrompts

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
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


def test_a_table_may_be_as_wide_as_word_takes_it() -> None:
    assert make_table([["x"] * MOST_COLUMNS] * 2) is not None
    assert make_table([["x"] * (MOST_COLUMNS + 1)] * 2) is None


def test_excel_with_bold_header() -> None:
    (found,) = blocks_from_html(EXCEL).blocks
    assert table(found) == (("Area", "Lead\u00a0nurse"), (("Ward 1", "Two lines"),))


def test_word_with_text_around() -> None:
    before, found, after = blocks_from_html(WORD).blocks
    assert (before.text, after.text) == ("Before", "After\nit")
    assert table(found) == (("Month", "Referrals"), (("May", "one\ntwo"),))


def test_cells_that_span_others() -> None:
    (found,) = blocks_from_html(SPANS).blocks
    assert table(found) == (
        (),
        (("Side", "Across", ""), ("", "b", "c"), ("d", "e", "f")),
    )
    (huge,) = blocks_from_html(
        "<table><tr><td colspan=9999999999>a</td></tr><tr><td>b</td></tr>"
    ).blocks[:1]
    assert huge.kind == "paragraph"


def test_a_table_around_a_table_only_places_it() -> None:
    found = blocks_from_html(LAYOUT).blocks
    kinds = [(line.kind, line.text) for line in found]
    assert ("paragraph", "Menu") in [(kind, text.split("\t")[0]) for kind, text in kinds]
    (inner,) = [line for line in found if line.kind == "table"]
    assert table(inner) == (("A", "B"), (("1", "2"),))
    assert kinds[-2:] == [("paragraph", "Foot"), ("paragraph", "x")]
    texts = " ".join(text for _, text in kinds)
    for word in ("Menu", "News", "Foot", "x"):
        assert texts.split().count(word) == 1


def test_single_cells_and_columns_are_text() -> None:
    for html, text in (
        ("<table><tr><td> One </td></tr></table>", ["One"]),
        ("<table><tr><td>One</td></tr><tr><td>two</td></tr></table>", ["One", "two"]),
        ("<table><tr><td></td></tr></table>", []),
    ):
        found = blocks_from_html(html).blocks
        assert [(line.kind, line.text) for line in found] == [("paragraph", t) for t in text]


def test_plain_text_with_tabs() -> None:
    found = blocks_from_text("Before\nMonth\tCount\nMay\t3\nJune\t\n\nA\tsingle line\nAfter").blocks
    assert [line.kind for line in found] == ["paragraph", "table", "paragraph", "paragraph"]
    assert table(found[1]) == (("Month", "Count"), (("May", "3"), ("June", "")))
    assert found[2].text == "A\tsingle line"


def test_a_table_may_have_a_number_in_front_of_a_row() -> None:
    found = blocks_from_text("1.\tNurses were trained\nTotal\tTwo of three").blocks
    assert [line.kind for line in found] == ["table"]


@pytest.mark.parametrize("marks", ["1. 2. 3.", "a) b) c)", "(i) (ii) (iii)", "• • •", "- – *"])
def test_a_list_with_tabs_is_no_table(marks: str) -> None:
    found = blocks_from_text("\n".join(f"{mark}\tStaff did this" for mark in marks.split())).blocks
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
    (found,) = blocks_from_text("\n".join("\t".join(row) for row in rows)).blocks
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
    found = blocks_from_html(f"<table>{row}{row}</table>").blocks
    assert [line.kind for line in found] == ["paragraph", "paragraph"]
    assert found[0].text.count("x") == MOST_COLUMNS + 1


def test_a_single_line_of_many_tabs_is_no_wide_table() -> None:
    line = WantedBlock("paragraph", "\t" * MOST_COLUMNS)
    assert not are_too_wide([line, WantedBlock("paragraph", "x\ty")])
    assert are_too_wide([line, line])


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
    assert describe_embedded(blocks(document.inspection)[1]) == "Table, 2 rows: Area | Lead nurse"
    front, made, back = blocks(reopen(document))
    assert (front.id, front.text, front.evidence) == (id_, "Before ", ("n1",))
    assert (made.header, made.rows) == (("Area", "Lead\u00a0nurse"), (("Ward 1", "Two lines"),))
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
    put(document, *blocks_from_html(EXCEL).blocks)
    editor = show()
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "Area\tLead nurse\nWard 1\tTwo lines"
