"""Tables of Excel, LibreOffice, Google Sheets, Word and web pages."""

from __future__ import annotations

import pytest

from inspector_app.pasting.reading_html import blocks_from_html
from tests.pasting.reading import Rows, read, read_table

_XLS = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body>"
_CALC = (
    "<meta name=generator content='LibreOffice'><table cellspacing=0 border=0><colgroup width=85>"
)
_SHEETS = "<meta charset=utf-8><google-sheets-html-origin><style>td{border:1px}</style><table>"
_TWO: Rows = (("Ward", "Falls"), ("Elm", "3"))


@pytest.mark.parametrize(
    "html",
    [
        f"{_XLS}<table><!--StartFragment--><tr><td>Ward<td>Falls</tr><tr><td>Elm<td align=right "
        "x:num>3</tr><!--EndFragment--></table>",
        f"{_XLS}<table><tbody><!--StartFragment--><tr><td>Ward<td>Falls</tr><tr><td>Elm<td>3</tr>"
        "<!--EndFragment--></tbody></table>",
        f"{_CALC}</colgroup><tr><td height=17><b>Ward</b></td><td><b><font face=Arial>Falls</font>"
        "</b></td></tr><tr><td>Elm</td><td sdval=3 sdnum='2057;'>3</td></tr></table>",
        f"{_SHEETS}<colgroup><col width=100><col width=100></colgroup><tbody><tr><td "
        "data-sheets-value='x'>Ward</td><td>Falls</td></tr><tr><td>Elm</td><td>3</td></tr></table>",
        "<tr><td>Ward</td><td>Falls</td></tr><tr><td>Elm</td><td>3</td></tr>",
        "<table><thead><td>Ward<td>Falls</thead><tr><th>Elm<td>3",
        "<table><tr><td><p class=MsoNormal><b>Ward</b></p><td><p><b>Falls</b></p></tr>"
        "<tr><td><p>Elm<o:p></o:p></p><td><p>3</p></tr></table>",
        f"{_XLS}<table><tr><td>Ward<td>Falls</tr><tr><td>Elm<td>3</tr><![if "
        "supportMisalignedColumns]><tr height=0 style='display:none'><td width=64></td></tr>"
        "<![endif]></table>",
    ],
)
def test_every_program(html: str) -> None:
    assert read_table(html) == _TWO
    assert blocks_from_html(html).blocks[0].like.header == _TWO[0]  # type: ignore[union-attr]
    assert blocks_from_html(html).remarks == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td>a<td>b", (("a", "b"),)),
        ("<tr><td>a<tr><td>b", (("a",), ("b",))),
        ("<td>a<td>b", (("a", "b"),)),
        ("<tr><td>a<td><br><td>c", (("a", "", "c"),)),
        ("<tr><td>&nbsp;<td>b<tr><td>c<td>&nbsp;", (("", "b"), ("c", ""))),
    ],
)
def test_a_row_or_some_cells(rows: str, expected: Rows) -> None:
    assert read_table(f"{_XLS}<table>{rows}</table>") == expected


def test_a_single_cell_is_text() -> None:
    assert read(f"{_XLS}<table><tr><td>a<br>b</td></tr></table>") == [("paragraph", 0, "a\nb")]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("one<br>two", "one\ntwo"),
        ("one<br style='mso-data-placement:same-cell'>two", "one\ntwo"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>", "one\ntwo\nthree"),
        ("<div>one</div>two", "one\ntwo"),
        ("<span style='white-space:pre-wrap'>one\ntwo</span>", "one\ntwo"),
        ("one\n  two", "one two"),
    ],
)
def test_lines_and_lists_stay_in_their_cell(cell: str, expected: str) -> None:
    html = f"<table><tr><td>Ward<td>{cell}</td></tr><tr><td>Elm<td>3</tr></table>"
    assert read_table(html) == (("Ward", expected), ("Elm", "3"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e", (("a", "", "b"), ("c", "d", "e"))),
        ("<tr><td rowspan=2>a<td>b<tr><td>c", (("a", "b"), ("", "c"))),
        ("<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c", (("a", "", "b"), ("", "", "c"))),
        ("<tr><td>a<td rowspan=3>b<tr><td>c<tr><td>d", (("a", "b"), ("c", ""), ("d", ""))),
        ("<tr><td colspan=0>a<td rowspan=x>b<tr><td>c<td>d", (("a", "b"), ("c", "d"))),
        ("<tr><td rowspan=99999>a<td>b<tr><td>c", (("a", "b"), ("", "c"))),
    ],
)
def test_merged_cells(rows: str, expected: Rows) -> None:
    assert read_table(f"<table>{rows}</table>") == expected


@pytest.mark.parametrize("bold", ["b style='font-weight:normal'", "span style='font-weight:400'"])
def test_what_is_not_bold_is_no_header(bold: str) -> None:
    tag = bold.split()[0]
    html = f"<table><tr><td><{bold}>a 1</{tag}><td>b 2<tr><td>c<td>d</table>"
    assert blocks_from_html(html).blocks[0].like.header == ()  # type: ignore[union-attr]


def test_a_page_laid_out_by_a_table_is_text() -> None:
    html = "<table><tr><td><p>One</p><ul><li>two</li></ul></td></tr></table><p>Three</p>"
    assert read(html) == [("paragraph", 0, "One"), ("bullet", 0, "two"), ("paragraph", 0, "Three")]


def test_a_caption_stands_above() -> None:
    html = "<table><caption>Falls</caption><tr><td>a<td>b<tr><td>c<td>d</table>"
    caption, table = blocks_from_html(html).blocks
    assert (caption.text, table.kind) == ("Falls", "table")
