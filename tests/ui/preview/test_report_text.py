"""A report put together from pieces looks as Qt would show it whole, however it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QBrush, QTextCursor, QTextDocument

from inspector_app.content.samples import SAMPLES, load_sample
from inspector_app.report.pieces import Hunk, Piece, compare_pieces
from inspector_app.report.report import load_style_sheet, render_report
from inspector_app.report.splitting import split_report
from inspector_app.ui.preview.report_text import ReportText, put_anchors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QTextFormat
    from pytestqt.qtbot import QtBot

OBJECT_INDEX = 0x0
BLOCK_INDENT = 0x1040

STYLE = load_style_sheet(render_report(load_sample("rated").inspection).folder, "preview.css")


def _properties(shape: QTextFormat) -> Mapping[int, str]:
    """Return what a format says; an indent of nothing is none."""
    return {
        key: value.color().name() if isinstance(value, QBrush) else str(value)
        for key, value in shape.properties().items()
        if key != OBJECT_INDEX and (key, value) != (BLOCK_INDENT, 0)
    }


def describe(document: QTextDocument) -> list[tuple[Any, ...]]:
    """Return what can be seen of a text: lines with their formats, lists and tables."""
    found: list[tuple[Any, ...]] = []
    block = document.begin()
    while block.isValid():
        parts = []
        part = block.begin()
        while not part.atEnd():
            fragment = part.fragment()
            parts.append((fragment.text(), _properties(fragment.charFormat())))
            part += 1
        if parts:
            # Qt leaves the line break between two elements of the HTML as a space.
            parts[-1] = (parts[-1][0].rstrip(), parts[-1][1])
            parts = [part for part in parts if part[0]]
            items = block.textList()
            found.append(
                (
                    parts,
                    _properties(block.blockFormat()),
                    None if items is None else _properties(items.format()),
                    QTextCursor(block).currentTable() is not None,
                )
            )
        block = block.next()
    return found


def show_whole(html: str) -> QTextDocument:
    document = QTextDocument()
    document.setDefaultStyleSheet(STYLE)
    document.setHtml(put_anchors(html))
    return document


def show_pieces(pieces: Sequence[Piece]) -> tuple[ReportText, QTextDocument]:
    document = QTextDocument()
    text = ReportText(document)
    text.clear(STYLE)
    text.append(pieces)
    return text, document


@pytest.mark.parametrize("name", SAMPLES)
def test_pieces_look_like_the_whole(name: str, qtbot: QtBot) -> None:
    html = render_report(load_sample(name).inspection).html
    _, document = show_pieces(split_report(html))
    assert describe(document) == describe(show_whole(html))


# Reports of few elements: the fewer there are, the more often neighbours change together.
_TEXT = st.sampled_from(["one", "two <b>bold</b>", 'a <a href="https://a.example/">link</a>', "—"])
_ID = st.sampled_from(["", ' data-id="a1"', ' data-id="b2"'])
_INNER = st.lists(_TEXT.map(lambda text: f"<li>{text}</li>"), min_size=1, max_size=2).map(
    lambda items: f"<ul>{''.join(items)}</ul>"
)
_ITEM = st.tuples(_ID, _TEXT, st.one_of(st.just(""), _INNER)).map(
    lambda parts: f"<li{parts[0]}>{parts[1]}{parts[2]}</li>"
)
_LIST = st.lists(_ITEM, min_size=1, max_size=25).map(lambda items: f"<ul>{''.join(items)}</ul>")
_PARAGRAPH = st.tuples(st.sampled_from(["p", "h1", "h3"]), _ID, _TEXT).map(
    lambda parts: f"<{parts[0]}{parts[1]}>{parts[2]}</{parts[0]}>"
)
_TABLE = st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=2).map(
    lambda rows: (
        "<table><tbody>"
        + "".join(
            f'<tr><th><p>{first}</p></th><td class="rating-good"><p>{second}</p></td></tr>'
            for first, second in rows
        )
        + "</tbody></table>"
    )
)
_REPORT = st.lists(st.one_of(_PARAGRAPH, _LIST, _TABLE, _PARAGRAPH), min_size=1, max_size=6).map(
    lambda parts: f"<article><section>{''.join(parts)}</section></article>"
)


@settings(max_examples=150)
@given(reports=st.lists(_REPORT, min_size=2, max_size=4))
def test_a_report_that_changes_looks_like_the_new_whole(reports: list[str], qtbot: QtBot) -> None:
    text, document = show_pieces(split_report(reports[0]))
    for html in reports[1:]:
        pieces = split_report(html)
        for hunk in reversed(compare_pieces(text.pieces, pieces)):
            if not text.replace(hunk):
                text.clear(STYLE)
                text.append(pieces)
                break
        assert text.pieces == pieces
        assert describe(document) == describe(show_whole(html))


def test_a_rating_changes_within_its_table(qtbot: QtBot) -> None:
    row = '<tr><td class="rating-{0}"><p class="rating-{0}">{0}</p></td></tr>'
    old, new = (f"<table>{row.format(rating)}</table>" for rating in ("good", "inadequate"))
    text, document = show_pieces([Piece("<article>", old, "</article>")])
    assert text.replace(Hunk(0, 1, (Piece("<article>", new, "</article>"),)))
    assert describe(document) == describe(show_whole(f"<article>{new}</article>"))
    table = QTextCursor(document.begin().next()).currentTable()
    assert table.cellAt(0, 0).format().background().color().name() == "#a3151f"
