"""What is hidden, deleted or a remark is nowhere in what was pasted, and its loss is told."""

from __future__ import annotations

import pytest

from inspector_app.pasting.reading_html import blocks_from_html
from tests.pasting.reading import everything, read, read_table

_XLS = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'>"
HIDDEN = {
    "display": "<p>Seen <span style='display:none'>MARKER</span>text</p>",
    "important": "<p>Seen <span style='DISPLAY : None !important'>MARKER</span>text</p>",
    "attribute": "<p>Seen <span hidden>MARKER</span>text</p>",
    "visibility": "<p>Seen <b style='visibility:hidden'>MARKER</b>text</p>",
    "word": "<p>Seen <span style='mso-hide:all'>MARKER</span>text</p>",
    "class": "<style>.h1x {mso-hide:all}</style><p>Seen <span class='a H1X'>MARKER</span>text</p>",
    "tag_class": "<style><!-- span.x, p.y\n{display:none;} --></style><p>Seen text</p>"
    "<p class=y>MARKER</p>",
    "within": "<style>.k .x > i{display:none}</style><p class=k><b class=x>Seen <i>MARKER</i>text",
    "id": "<style>#gone{visibility:collapse}</style><p>Seen text</p><div id=gone>MARKER</div>",
    "nested": "<p>Seen text</p><div style='display:none'><p style='display:block'>MARKER</p></div>",
    "opacity": "<p>Seen <span style='opacity:0'>MARKER</span>text</p>",
    "no_media": "<p>Seen text</p><script>MARKER</script><svg><text>MARKER</text></svg>",
}
DELETED = {
    "del": "<p>Seen <del>MARKER</del>text</p>",
    "s": "<p>Seen <s>MARKER</s>text</p>",
    "strike": "<p>Seen <strike>MARKER</strike>text</p>",
    "line_through": "<p>Seen <span style='text-decoration:line-through'>MARKER</span>text</p>",
    "google": "<p>Seen <span style='text-decoration-line:line-through'>MARKER</span>text",
    "class": "<p>Seen <span class=msoDel>MARKER</span>text</p>",
    "sheet": "<style>.z{text-decoration:line-through}</style><p>Seen <i class=z>MARKER</i>text</p>",
    "word_web": "<p>Seen <span class='TrackChangeTextDeletion SCXW1'>MARKER</span>text</p>",
    "paragraph": "<p>Seen text</p><del><p>MARKER</p></del>",
}
COMMENTS = {
    "anchor": "<p>Seen <span class=MsoCommentReference><span style='font-size:8.0pt'>"
    "<![if !supportAnnotations]><a class=msocomanchor id='_anchor_1' href='#_msocom_1'>MARKER</a>"
    "<![endif]><span style='mso-special-character:comment'>&nbsp;</span></span></span>text</p>",
    "list": "<p>Seen text</p><div style='mso-element:comment-list'><hr><div style='mso-element:"
    "comment'><div id=_com_1 class=msocomtxt><p class=MsoCommentText>MARKER</p></div></div></div>",
    "link": "<p>Seen <a href='#_msocom_2'>[MARKER2]</a>text</p>",
    "google": "<p>Seen <a href='#cmnt1' id='cmnt_ref1'>[MARKER]</a>text</p>",
    "excel": "<p>Seen <span class=msocomhide>MARKER</span>text</p>",
    "revealed": "<p>Seen <!--[if !supportAnnotations]--><a>MARKER</a><!--[endif]-->text</p>",
}
FIELDS = {
    "code": "<p>Seen <span style='mso-element:field-begin'></span> HYPERLINK MARKER <span "
    "style='mso-element:field-separator'></span>text<b style='mso-element:field-end'></b></p>",
    "no_result": "<p>Seen <span style='mso-element:field-begin'></span> XE MARKER <span "
    "style='mso-element:field-end'></span>text</p>",
    "nested": "<p>Seen <span style='mso-element:field-begin'></span> IF <span style='mso-element:"
    "field-begin'></span> REF MARKER <span style='mso-element:field-separator'></span>MARKER<span "
    "style='mso-element:field-end'></span> <span style='mso-element:field-separator'></span>text"
    "<span style='mso-element:field-end'></span></p>",
    "vml": "<p>Seen <v:shape><v:textbox>MARKER</v:textbox></v:shape>text</p>",
    "vml_condition": "<p>Seen <![if gte vml 1]>MARKER<![endif]>text</p>",
    "fields_condition": "<p>Seen <![if supportFields]>MARKER<![endif]>text</p>",
    "xml": "<p>Seen text</p><xml><w:WordDocument>MARKER</w:WordDocument></xml>",
    "comment": "<p>Seen <!-- MARKER -->text</p>",
}


@pytest.mark.parametrize("html", [*HIDDEN.values(), *DELETED.values()])
def test_hidden_and_deleted_text(html: str) -> None:
    assert read(html) == [("paragraph", 0, "Seen text")]


@pytest.mark.parametrize("html", [*COMMENTS.values(), *FIELDS.values()])
def test_remarks_and_codes(html: str) -> None:
    assert read(html) == [("paragraph", 0, "Seen text")]


def test_the_loss_is_told_once_a_kind() -> None:
    page = "".join([*HIDDEN.values(), *DELETED.values(), *COMMENTS.values()])
    told = blocks_from_html(page).remarks
    assert [
        word for text in told for word in ("Hidden", "deleted", "comments") if word in text
    ] == [
        "Hidden",
        "deleted",
        "comments",
    ]


def test_what_is_only_marked_stays() -> None:
    kept = (
        "<p><ins>New</ins> <a style='mso-comment-reference:A_1'>commented</a> "
        "<span style='mso-element:para-border-div'>boxed</span> "
        "<u style='text-decoration:underline'>lined</u> <w:Sdt>control</w:Sdt> "
        "<a href='#top'>link</a></p>"
    )
    assert read(kept) == [("paragraph", 0, "New commented boxed lined control link")]
    assert blocks_from_html(kept).remarks == []


def test_only_the_selection_is_read() -> None:
    html = "<p>Before</p><!--StartFragment--><p>Seen</p><!--EndFragment--><p>After</p>"
    assert read(html) == [("paragraph", 0, "Seen")]


@pytest.mark.parametrize(
    "columns",
    [
        "<col><col style='display:none'><col>",
        "<col><col class=h><col>",
        "<colgroup><col><col width=0><col></colgroup>",
        "<colgroup></colgroup><colgroup hidden></colgroup><colgroup></colgroup>",
        "<col><col style='visibility:collapse' span=1><col>",
        "<col><col style='width:0pt'><col>",
    ],
)
def test_hidden_columns_by_what_the_table_says(columns: str) -> None:
    style = "<style>.h{display:none}</style>"
    cells = "<tr><td>Ward<td>MARKER<td>Falls</tr><tr><td>Elm<td>MARKER<td>3</tr>"
    assert read_table(f"{_XLS}{style}<table>{columns}{cells}</table>") == (
        ("Ward", "Falls"),
        ("Elm", "3"),
    )


@pytest.mark.parametrize(
    "row",
    [
        "<tr style='display:none'><td>MARKER<td>9</tr>",
        "<tr height=0><td>MARKER<td>9</tr>",
        "<tr class=h><td>MARKER<td>9</tr>",
        "<tr hidden><td>MARKER<td>9</tr>",
        "<tbody style='display:none'><tr><td>MARKER<td>9</tr></tbody>",
        "<tr style='mso-hide:all'><td rowspan=1>MARKER<td>9</tr>",
    ],
)
def test_hidden_rows(row: str) -> None:
    html = (
        f"<style>.h{{display:none}}</style><table><tr><td>Ward<td>Falls</tr>{row}<tr><td>Elm<td>3"
    )
    assert read_table(html) == (("Ward", "Falls"), ("Elm", "3"))


def test_a_merged_cell_over_a_hidden_column_keeps_its_text() -> None:
    columns = "<col style='display:none'><col><col>"
    html = f"<table>{columns}<tr><td colspan=2>Wards<td>Falls</tr><tr><td>MARKER<td>Elm<td>3</tr>"
    assert read_table(html) == (("Wards", "Falls"), ("Elm", "3"))


def test_a_hidden_column_without_cells_takes_no_other() -> None:
    columns = "<col><col style='display:none'><col>"
    html = f"<table>{columns}<tr><td>Ward<td>Falls</tr><tr><td>Elm<td>3</tr></table>"
    assert read_table(html) == (("Ward", "Falls"), ("Elm", "3"))


def test_cells_that_are_hidden_one_by_one_leave_merged_ones_where_they_are() -> None:
    html = (
        "<table><tr><td colspan=3>All<td>Z</tr>"
        "<tr><td>a<td style='display:none'>MARKER<td>c<td>z</tr></table>"
    )
    assert read_table(html) == (("All", "", "Z"), ("a", "c", "z"))


def test_nothing_is_pasted_of_what_is_hidden_altogether() -> None:
    pasted = blocks_from_html("<div style='display:none'><p>MARKER</p></div>")
    assert everything(pasted.blocks) == ""
    assert pasted.remarks == ["Hidden text, rows or columns were left out."]
