"""Cells that a spreadsheet would take for formulas."""

from __future__ import annotations

import csv
import io

import pytest

from inspector_app.spreadsheets import make_cell_safe, write_csv


@pytest.mark.parametrize(
    "cell",
    [
        *("=1+1", "=cmd|'/c calc'!A1", '=HYPERLINK("http://x.example","x")', "@SUM(1+1)*cmd|' /C'"),
        *("+1+1", "-1+1", "-2+3+cmd|'/c calc'!A1", "+44 1632 960147", "-5 mmHg", "--1", "-A1"),
        *(" =1+1", '"=1+1', '""=1+1', "\xa0=1+1", "\x00=1+1"),
        *("\ufeff=1+1", "\u200b=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "\u22121+A1"),
        *("\ttext", "\rtext", "- a bullet", "=", "@"),
    ],
)
def test_what_begins_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert make_cell_safe(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("\t=1+1", "'\t'=1+1"),
        ("\r=1+1", "'\r'=1+1"),
        ("\n=1+1", "'\n'=1+1"),
        ("a;=1+1", "a;'=1+1"),
        ("a; =1+1", "a;' =1+1"),
        ('a";=1+1', "a\";'=1+1"),
        ('a;"=1+1', "a;'\"=1+1"),
        ("a\n=1+1", "a\n'=1+1"),
        ("a\t@SUM(1)", "a\t'@SUM(1)"),
        ("one;two;-3+4", "one;two;'-3+4"),
        ("a;＝1+1;b", "a;'＝1+1;b"),
    ],
)
def test_what_begins_a_cell_where_semicolons_separate_gets_one(cell: str, safe: str) -> None:
    assert make_cell_safe(cell) == safe


@pytest.mark.parametrize(
    "cell",
    [
        *("", "Good", "-5", "+5", "-5.25", "-1,234.56", "-12%", "-1e-7", "\u22125", "-", "5;-5"),
        *("a = b", "a - b", "well-led", "see a; b", "'=1+1", "3@4", "it's", "5 – 6", "a\nb"),
    ],
)
def test_numbers_and_plain_texts_stay(cell: str) -> None:
    assert make_cell_safe(cell) == cell


def test_making_safe_again_changes_nothing() -> None:
    for cell in ("=1", "a;=1", "\t=1", "- x\n- y", '"=1'):
        once = make_cell_safe(cell)
        assert make_cell_safe(once) == once


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_of_a_table_begins_like_a_formula_whatever_separates(delimiter: str) -> None:
    texts = ["=1+1", 'a";=1+1', "a\n@b", "a\t+b+c", "-5"]
    table = write_csv([texts, texts], delimiter)
    assert next(csv.reader(io.StringIO(table, newline=""), delimiter=delimiter))[-1] == "-5"
    # As programs read it that were told of another separator: quotes within a line are text.
    for line in table.splitlines():
        for cell in line.replace("\t", ";").split(";")[1 if delimiter == "," else 0 :]:
            assert cell.strip('" ')[:1] not in {"=", "@"}


@pytest.mark.parametrize("text", ["-", "\n", '"', " ", "-1,", "1e", ";-"])
def test_long_texts_are_read_once(text: str) -> None:
    # What looked at each place anew took minutes.
    assert len(make_cell_safe(text * 200_000)) >= 200_000
