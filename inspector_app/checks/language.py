"""Sentences and words of a text, with their places. Cached: most texts are the same next time."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_CACHED = 40_000
_Letters: TypeAlias = dict[str, "_Letters"]
_ANY_ENDING = r"[\w'’]*"
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# A full stop after these ends no sentence.
_ABBREVIATIONS = frozenset(
    {
        *("dr", "mr", "mrs", "ms", "prof", "st", "no", "nos", "e.g", "i.e", "etc", "vs", "approx"),
        *("dept", "incl", "reg", "regs", "para", "paras", "ref", "tel"),
    }
)


class Passage(NamedTuple):
    """A part of a text and where it stands in it."""

    text: str
    start: int
    end: int


_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBER_WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(_NUMBERS)},
    **{word: number * 10 for number, word in enumerate(_TENS, 2)},
    **{
        f"{tens}-{_NUMBERS[unit]}": number * 10 + unit
        for number, tens in enumerate(_TENS, 2)
        for unit in range(1, 10)
    },
}
"""What number words up to ninety-nine stand for."""


def tell_date(day: date) -> str:
    """Return a day as reports write it: “9 January 2020”."""
    return f"{day.day} {day:%B} {day.year}"


def read_number(word: str) -> int | None:
    """Return the whole number that a word or its digits stand for, or None."""
    if word.isascii() and word.isdigit() and len(word) <= 9:
        return int(word)
    return NUMBER_WORDS.get(word.casefold())


@lru_cache(_CACHED)
def split_sentences(text: str) -> tuple[Passage, ...]:
    """Return the sentences of a text; a line break ends one, “e.g.” and “Dr.” do not."""
    found: list[Passage] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if not match.group().startswith("\n") and _is_abbreviation(text, match.start()):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return tuple(found)


@lru_cache(_CACHED)
def split_words(text: str) -> tuple[Passage, ...]:
    """Return the words of a text; numbers are none."""
    return tuple(Passage(m.group(), m.start(), m.end()) for m in _WORD.finditer(text))


def _is_abbreviation(text: str, stop: int) -> bool:
    start = stop
    while start > 0 and (text[start - 1].isalpha() or text[start - 1] == "."):
        start -= 1
    word = text[start:stop].casefold().rstrip(".")
    return word in _ABBREVIATIONS or (len(word) == 1 and text[start].isupper())


def _add(found: list[Passage], text: str, start: int, end: int) -> None:
    passage = text[start:end]
    stripped = passage.strip()
    if stripped:
        start += len(passage) - len(passage.lstrip())
        found.append(Passage(stripped, start, start + len(stripped)))


def match_words(words: Iterable[str]) -> str:
    """Return a pattern for any of the words; “*” at the end of one stands for any ending.

    A tree of letters: an engine that tries hundreds of words one by one at every word of a text
    takes seconds for a long report.
    """
    root: _Letters = {}
    for word in words:
        node = root
        for letter in word.rstrip("*"):
            node = node.setdefault(letter, {})
        node["*" if word.endswith("*") else ""] = {}
    return rf"{_match_letters(root)}(?![\w-])"


def _match_letters(node: _Letters) -> str:
    branches = [
        re.escape(letter) + _match_letters(rest)
        for letter, rest in node.items()
        if letter not in {"", "*"}
    ]
    if "*" in node:
        branches.append(_ANY_ENDING)
    if not branches:
        return ""
    pattern = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{pattern})?" if "" in node else pattern
