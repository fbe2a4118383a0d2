"""Plain text: bullets, wrapped lines, signs."""

from __future__ import annotations

import pytest

from inspector_app.pasting.pasted import finish
from inspector_app.pasting.reading import is_large, read_pasted
from inspector_app.pasting.reading_text import blocks_from_text
from tests.pasting.reading import lines, rows

P, B = "paragraph", "bullet"


@pytest.mark.parametrize("mark", ["§", "*", "-", "—", "–", "o"])
def test_one_line_that_begins_with_a_sign_is_a_sentence(mark: str) -> None:
    text = f"Before.\n{mark} words follow.\nAfter."
    assert lines(blocks_from_text(text).blocks)[1] == (P, 0, f"{mark} words follow.")


@pytest.mark.parametrize("mark", ["§", "*", "-", "—", "–", "o"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_two_lines_that_begin_alike_are_bullets(mark: str, gap: str) -> None:
    found = lines(blocks_from_text(f"{mark} One.{gap}{mark} Two.").blocks)
    assert [(kind, text) for kind, _, text in found] == [(B, "One."), (B, "Two.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• One", [(B, 0, "One")]),
        ("§\tOne", [(B, 0, "One")]),
        ("- One\n  * deep\n- Two", [(B, 0, "One"), (B, 1, "deep"), (B, 0, "Two")]),
        ("§ 12 applies.\n§ 13 applies.", [(P, 0, "§ 12 applies."), (P, 0, "§ 13 applies.")]),
        ("-5 degrees\n-6 degrees", [(P, 0, "-5 degrees"), (P, 0, "-6 degrees")]),
        ("1. One.\n2. Two.", [(P, 0, "1. One."), (P, 0, "2. Two.")]),
        ("- One goes\n  on here.\n- Two.", [(B, 0, "One goes on here."), (B, 0, "Two.")]),
        ("  - deep.\n  - deep too.", [(B, 0, "deep."), (B, 0, "deep too.")]),
    ],
)
def test_lists(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert lines(blocks_from_text(text).blocks) == expected


def test_signs() -> None:
    text = "\ufeffof\ufb01ce un\u00adseen\u200b 5\u00a0mg co\u2011op"
    assert lines(blocks_from_text(text).blocks) == [(P, 0, "office unseen 5\u00a0mg co\u2011op")]


def test_cells_keep_no_break_spaces() -> None:
    (table,) = blocks_from_text("Dose\tTime\n5\u00a0mg\t8  am").blocks
    assert rows(table) == (("Dose", "Time"), ("5\u00a0mg", "8 am"))


def test_the_text_is_read_only_where_the_html_says_nothing() -> None:
    assert lines(finish(read_pasted("<p> </p>", "Seen")).blocks) == [(P, 0, "Seen")]
    assert lines(finish(read_pasted("<p>Html</p>", "Seen")).blocks) == [(P, 0, "Html")]
    assert finish(read_pasted("<p hidden>MARKER</p>", "MARKER")).blocks == []
    assert finish(read_pasted("", "")).blocks == []


def test_reading_gives_chances_to_do_something_else() -> None:
    text = "\n".join(f"Line {number}." for number in range(5000))
    html = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    for reading in (read_pasted("", text), read_pasted(html, "")):
        shares = list(reading)
        assert len(shares) > 5
        assert shares == sorted(shares)
        assert 0 <= shares[0] <= shares[-1] <= 1


def test_what_is_large() -> None:
    assert not is_large("<p>" + "x" * 100_000, "x" * 100_000)
    assert is_large("", "x" * 1_000_000)
    assert is_large("", "x\n" * 3000)
    assert is_large("<p>x</p>" * 100_000, "")
