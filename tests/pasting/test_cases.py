"""Inputs that went wrong in tools like this one, and what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.pasting.reading_html import blocks_from_html
from tests.pasting.reading import Rows, everything, lines, rows

_DATA = Path(__file__).parent / "data"
P, B = "paragraph", "bullet"
_LINES: dict[str, list[tuple[str, int, str]]] = {
    "tracked-word": [
        (P, 0, "Staff completed training within six weeks of starting."),
        (P, 0, "The lift had been repaired."),
    ],
    "word-numbered": [
        (B, 0, "The provider must review risk assessments."),
        (B, 1, "Each quarter."),
        (B, 0, "See point 1 above."),
    ],
    "word-wingdings": [
        (B, 0, "Care plans were current."),
        (B, 0, "Staff were kind."),
        (B, 0, "Rooms were clean."),
        (B, 0, "Meals were warm."),
    ],
    "pre-lines": [
        (P, 0, "Fridge checked 2 March"),
        (P, 0, "Temperature 4 C"),
        (P, 0, "No signature"),
    ],
    "multi-paragraph-li": [
        (B, 0, "First finding."),
        (P, 0, "It was seen on both days."),
        (B, 1, "detail"),
        (P, 0, "After the detail."),
        (B, 0, "Second finding."),
    ],
    "nested3": [
        (B, 0, "a"),
        (B, 1, "b"),
        (B, 1, "c"),
        (B, 1, "f"),
        (B, 1, "d"),
        (B, 1, "e"),
        (B, 1, "g"),
    ],
    "smarttags-fields": [(P, 0, "We visited Leeds on 2 March 2026; see Table 2.")],
}
_LINES["prewrap-lines"] = _LINES["pre-lines"]
_TABLES: dict[str, Rows] = {
    "excel-real-form": (("Ward", "Beds", "Falls"), ("Elm", "24", "3"), ("Oak", "18", "0")),
    "hidden-columns": (("Ward", "Falls"), ("Elm", "3"), ("Ash", "1")),
    "list-in-cell": (
        ("Regulation", "How it was not met"),
        ("Regulation 12", "No risk assessment\nNo training"),
    ),
}
_TABLES["hidden-columns-outer"] = _TABLES["hidden-columns"]


def test_every_case_has_an_answer() -> None:
    assert {path.stem for path in _DATA.glob("*.html")} == {*_LINES, *_TABLES}


@pytest.mark.parametrize("name", _LINES)
def test_lines(name: str) -> None:
    html = (_DATA / f"{name}.html").read_text(encoding="utf-8")
    assert lines(blocks_from_html(html).blocks) == _LINES[name]


@pytest.mark.parametrize("name", _TABLES)
def test_tables(name: str) -> None:
    html = (_DATA / f"{name}.html").read_text(encoding="utf-8")
    (block,) = blocks_from_html(html).blocks
    assert rows(block) == _TABLES[name]


def test_what_was_left_out_is_told() -> None:
    told = {
        path.stem: blocks_from_html(path.read_text(encoding="utf-8")).remarks
        for path in _DATA.glob("*.html")
    }
    assert "hidden" in told["hidden-columns"][0].lower()
    assert "deleted" in told["tracked-word"][0]
    assert "“See point 1 above” may refer to one." in told["word-numbered"][0]
    assert told["smarttags-fields"] == ["1 picture was left out: copy it by itself to paste."]
    assert told["excel-real-form"] == told["pre-lines"] == told["nested3"] == []


def test_no_person_of_a_hidden_column_is_anywhere() -> None:
    for name in ("hidden-columns", "hidden-columns-outer"):
        text = everything(blocks_from_html((_DATA / f"{name}.html").read_text("utf-8")).blocks)
        assert not any(person in text for person in ("Ann", "Bob", "Cy"))
