"""The report in pieces: nothing is lost, and what changed is found."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.content.samples import SAMPLES, load_sample
from inspector_app.report.pieces import Piece, apply_hunks, compare_pieces
from inspector_app.report.report import render_report
from inspector_app.report.splitting import split_report

WORD = re.compile(r"<[^>]*>|\s+")
PIECES = st.lists(
    st.sampled_from([Piece("<ul>", f"<li>{name}</li>", "</ul>", "middle") for name in "abcdef"]),
    max_size=12,
)


def _words(html: str) -> list[str]:
    return unescape(" ".join(WORD.split(html))).split()


@pytest.mark.parametrize("name", SAMPLES)
def test_every_word_is_in_a_piece_in_order(name: str) -> None:
    html = render_report(load_sample(name).inspection).html
    pieces = split_report(html)
    assert _words("".join(piece.html for piece in pieces)) == _words(html)
    assert len(pieces) > 80


def test_a_bullet_knows_its_place_in_its_list() -> None:
    html = "<article><ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul><p>e</p></article>"
    pieces = split_report(html)
    assert [(piece.html, piece.place) for piece in pieces] == [
        ("<li>a</li>", "first"),
        ("<li>b<ul><li>c</li></ul></li>", "middle"),
        ("<li>d</li>", "last"),
        ("<p>e</p>", ""),
    ]
    assert pieces[0].opening == "<article><ul>"
    assert pieces[0].closing == "</ul></article>"
    assert split_report("<ul><li>a</li></ul>")[0].place == "only"


@given(old=PIECES, new=PIECES)
def test_hunks_make_the_new_report_of_the_old(old: list[Piece], new: list[Piece]) -> None:
    hunks = compare_pieces(old, new)
    assert apply_hunks(old, hunks) == new
    assert bool(hunks) == (old != new)


def test_a_change_of_one_sentence_is_one_piece() -> None:
    inspection = load_sample("rated").inspection
    html = render_report(inspection).html
    old = split_report(html)
    bullet = next(piece for piece in old if piece.place == "middle" and "<ul" not in piece.html)
    new = split_report(html.replace(bullet.html, bullet.html.replace("</li>", " more</li>")))
    (hunk,) = compare_pieces(old, new)
    assert hunk.removed == 1
    assert hunk.pieces[0].html == bullet.html.replace("</li>", " more</li>")
