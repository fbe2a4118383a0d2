"""Which parts of a text are words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.spelling.tokens import find_words
from inspector_app.texts import count_units

CASES = {
    "plain words": ("Staff were kind.", ["Staff", "were", "kind"]),
    "straight and curly apostrophes": ("don't isn’t Mary’s", ["don't", "isn’t", "Mary’s"]),
    "quotation marks are none": ("‘kind’ 'calm' “safe”", ["kind", "calm", "safe"]),
    "a plural's apostrophe": ("the patients’ notes", ["the", "patients’"[:-1], "notes"]),
    "hyphens": ("follow-up well‑led", ["follow-up", "well‑led"]),
    "dashes part": ("calm–kind calm—kind -calm", ["calm", "kind", "calm", "kind", "calm"]),
    "slashes part": ("and/or", ["and", "or"]),
    "single letters": ("a b I", []),
    "abbreviations": ("NHS CQC's GPs MARs e.g. i.e.", []),
    "capitals throughout": ("ÉTAT ST-JOHN", []),
    "abbreviations with a word": ("GP-led", ["GP-led"]),
    "numbers": ("12 3.5 2nd 10mg 9am", []),
    "ids and regulations": ("RA2014-12 12(2)(a) COVID-19 staff_rota 1-2938475610", []),
    "an NHS number": ("NHS number 943 476 5919 was", ["number", "was"]),
    "addresses of people": ("write to sara.lee@example.org today", ["write", "to", "today"]),
    "addresses of pages": ("see https://x.example/a-b?c=d and", ["see", "and"]),
    "websites": ("on www.recieve.test or oakhurst.nhs.uk/abuot.", ["on", "or"]),
    "files": ("in rota-2024.xlsx and Teh_plan.docx", ["in", "and"]),
    "a missing space is no website": ("report.They", ["report", "They"]),
    "prompts": ("On [datte of visit] we [x", ["On", "we"]),
    "prompts with a break": ("a [datte\nof] visit", ["visit"]),
    "accents": ("café naïve", ["café", "naïve"]),
    "accents as marks": ("cafe\u0301", ["cafe\u0301"]),
    "other scripts": ("Анна 安娜 آنا said", ["said"]),
    "emoji": ("good👍work 👩‍⚕️ done", ["good", "work", "done"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize("name", CASES)
def test_words(name: str) -> None:
    text, expected = CASES[name]
    found = list(find_words(text))
    assert [word.text for word in found] == expected
    assert all(text[word.start :].startswith(word.text) for word in found)


@given(st.text())
def test_any_text_has_words_where_they_are_said_to_be(text: str) -> None:
    end = 0
    for word in find_words(text):
        assert word.start >= end
        end = word.start + len(word.text)
        assert text[word.start : end] == word.text
        assert not any(char.isspace() or char.isdigit() for char in word.text)


@given(st.text(st.sampled_from("ab@.:/['’]-w \n")))
def test_signs_in_any_order_do_no_harm(text: str) -> None:
    assert all(word.text for word in find_words(text))


def test_units_are_those_of_qt() -> None:
    assert [count_units(text) for text in ("", "ab", "é", "👍a", "\ud83d")] == [0, 2, 1, 3, 1]


@pytest.mark.parametrize("part", ["W", "a-", "a.", "a:", "a@", "(a", "[", "://", "www", ".pdf"])
def test_a_text_without_spaces_is_read_once(part: str) -> None:
    # Read anew at each letter, one of these would take minutes.
    text = part * 150_000
    assert [word.text for word in find_words(f"{text} [. kind")][-1] == "kind"
