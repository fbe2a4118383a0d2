"""Comparing texts, and where in the text as it was typed a hit stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.search.excerpt import make_excerpt
from inspector_app.domain.search.folding import Span, find_spans, fold, locate
from tests.domain.search.plainly import compare_as, find_plainly

LETTERS = (
    "\xad\u200b\u2011\u02bc–øﬃ²¨"
    "aAsSßẞéÉeıİiIfﬁŉŀ1_-. \n\t\xa0\u2003\u2028’'“\"\u0301\u0323👩🏽ΣςΆ각가ǆǅ"
)


def find(
    text: str, query: str, *, match_case: bool = False, whole_words: bool = False
) -> list[str]:
    """Return the hits as they stand in the text."""
    spans = find_spans(
        text,
        fold(text, match_case=match_case),
        fold(query, match_case=match_case).text,
        match_case=match_case,
        whole_words=whole_words,
    )
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Medicines and medicines", "MEDICINES", ["Medicines", "medicines"]),
        ("the café, the cafe\u0301 and the cafe", "cafe", ["café", "cafe\u0301", "cafe"]),
        ("the cafe", "café", ["cafe"]),
        ("the patient’s and the patient's", "patient's", ["patient’s", "patient's"]),
        ("“urgent”", '"urgent"', ["“urgent”"]),
        ("room\xa012, room  12, room\n12", "room 12", ["room\xa012", "room  12", "room\n12"]),
        ("Straße and STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Straße", "s", ["S"]),
        ("Straße", "as", []),
        ("İstanbul", "istanbul", ["İstanbul"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("<5mg & 10mg", "<5mg &", ["<5mg &"]),
        ("👩🏽‍⚕️ nurse", "nurse", ["nurse"]),
        ("anything", "", []),
        ("Dr Gri\ufb03ths", "griffiths", ["Gri\ufb03ths"]),
        ("Gri\ufb03ths", "grif", []),
        ("Grif\xadfiths, Grif\u200bfiths", "griffiths", ["Grif\xadfiths", "Grif\u200bfiths"]),
        ("Griffiths", "Grif\u2060fiths", ["Griffiths"]),
        (
            "Smith\u2011Jones, Smith\u2013Jones",
            "Smith-Jones",
            ["Smith\u2011Jones", "Smith\u2013Jones"],
        ),
        ("Ko\u0308hler", "Köhler", ["Ko\u0308hler"]),
        ("O\u02bcBrien, O\xb4Brien, O`Brien", "O’Brien", ["O\u02bcBrien", "O\xb4Brien", "O`Brien"]),
        ("Łukasz Sørensen", "lukasz sorensen", ["Łukasz Sørensen"]),
        ("ＳＭＩＴＨ", "Smith", ["ＳＭＩＴＨ"]),
        ("12\u202f000 m²", "12 000 m2", ["12\u202f000 m²"]),
    ],
)
def test_what_equals_what(text: str, query: str, hits: list[str]) -> None:
    assert (find(text, query) if query else []) == hits


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Safe and safe", "safe", ["safe"]),
        ("Élan élan elan", "elan", ["élan", "elan"]),
        ("STRASSE Straße", "Straße", ["Straße"]),
    ],
)
def test_case_can_matter(text: str, query: str, hits: list[str]) -> None:
    assert find(text, query, match_case=True) == hits


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("care, careful, scare, care_plan, Care.", "care", ["care", "Care"]),
        ("cafés and café", "cafe", ["café"]),
        ("resume\u0301 sum", "sum", ["sum"]),
        ("cafe\u0301nette, nette", "nette", ["nette"]),
        ("(12) and 120", "12", ["12"]),
        ("a (b) c", "(b)", ["(b)"]),
        ("aa a", "a", ["a"]),
        ("Grif\xadfiths", "fiths", []),
        ("\u200bcare\u200b ful", "care", ["care\u200b"]),
    ],
)
def test_whole_words(text: str, query: str, hits: list[str]) -> None:
    assert find(text, query, whole_words=True) == hits


def test_a_part_of_the_folded_text_is_found_again_in_the_typed_one() -> None:
    text = "Dr Gri\ufb03ths  saw Stra\xadße"
    folded = fold(text, match_case=True)

    def locate_word(word: str) -> str:
        start = folded.text.index(word)
        span = Span(start, start + len(word))
        return text[slice(*locate(text, folded, span, match_case=True))]

    assert locate_word("Griffiths") == "Gri\ufb03ths"
    assert locate_word("fi") == "\ufb03"
    assert locate_word("Stra") == "Stra\xad"
    assert locate_word("s saw") == "s  saw"


# -- against the plainest search


@given(
    text=st.text(st.sampled_from(LETTERS), max_size=14),
    query=st.text(st.sampled_from(LETTERS), min_size=1, max_size=3),
    match_case=st.booleans(),
    whole_words=st.booleans(),
)
def test_hits_are_those_that_the_plainest_search_finds(
    text: str, query: str, match_case: bool, whole_words: bool
) -> None:
    needle = fold(query, match_case=match_case).text
    assert needle == compare_as(query, match_case)
    if needle:
        spans = find_spans(
            text,
            fold(text, match_case=match_case),
            needle,
            match_case=match_case,
            whole_words=whole_words,
        )
        assert list(spans) == find_plainly(text, query, match_case, whole_words)


@given(st.text(), st.booleans())
def test_any_text_is_folded_alike_in_parts_and_whole(text: str, match_case: bool) -> None:
    folded = fold(text, match_case=match_case)
    assert fold(folded.text, match_case=match_case).text == folded.text
    assert not folded.even or len(folded.text) == len(text)
    if folded.text:
        spans = find_spans(text, folded, folded.text, match_case=match_case, whole_words=False)
        assert len(spans) == 1


# -- a hit with its surroundings


def test_an_excerpt_is_one_line_around_the_hit() -> None:
    text = "First words.\n\nThen the  fridge\nwas warm, " + "and so on " * 40
    at = text.index("fridge")
    excerpt = make_excerpt(text, Span(at, at + 6))
    assert excerpt.hit == "fridge"
    assert excerpt.before == "First words. Then the "
    assert excerpt.behind.startswith(" was warm, and so on")
    assert excerpt.behind.endswith(" …")
    later = make_excerpt("x" * 30 + " " + "word " * 20 + "hit", Span(131, 134))
    assert later.before.startswith("… word")
    assert (later.hit, later.behind) == ("hit", "")
