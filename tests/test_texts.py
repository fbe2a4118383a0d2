import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.texts import collapse_spaces, pluralise, shorten


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("  The  clinic\r\nwas\tclean. ", "The clinic was clean."),
        ("No\N{NO-BREAK SPACE}break\N{LINE SEPARATOR}here", "No break here"),
    ],
)
def test_spaces_of_every_kind_become_one(text: str, line: str) -> None:
    assert collapse_spaces(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("twelve chars", "twelve chars"),
        ("thirteen char", "thirteen ch…"),
        ("eleven and more", "eleven and…"),
        (" " * 500 + "behind spaces", "behind spac…"),
        ("x" * 100_000, "x" * 11 + "…"),
        ("a " * 100_000, "a a a a a a…"),
    ],
)
def test_what_is_too_long_ends_in_an_ellipsis(text: str, line: str) -> None:
    assert shorten(text, 12) == line


@given(st.text(), st.integers(min_value=2, max_value=60))
def test_a_short_text_is_the_beginning_of_the_line(text: str, longest: int) -> None:
    line, short = collapse_spaces(text), shorten(text, longest)
    assert len(short) <= longest
    assert short == line if len(line) <= longest else line.startswith(short[:-1])


@pytest.mark.parametrize(
    ("number", "words", "text"),
    [
        (0, ("note",), "0 notes"),
        (1, ("note",), "1 note"),
        (2, ("note",), "2 notes"),
        (12_345, ("word",), "12,345 words"),
        (1, ("copy", "copies"), "1 copy"),
        (3, ("copy", "copies"), "3 copies"),
    ],
)
def test_how_many_there_are(number: int, words: tuple[str, ...], text: str) -> None:
    assert pluralise(number, *words) == text
