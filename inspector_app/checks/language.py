"""Sentences and words of a text, with their places. Cached: most texts are the same next time."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

_CACHED = 40_000
_CACHED_SPANS = 10_000
_Letters: TypeAlias = dict[str, "_Letters"]
_ANY_ENDING = r"[\w'’]*"
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+")
_ANY_END = re.compile(r"[.!?…\n]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_WORD_OR_NUMBER = re.compile(r"\w+(?:['-]\w+)*")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_QUOTATION = re.compile(r"“[^“”]*”|\"[^\"]*\"")
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
    if not _ANY_END.search(text, 0, len(text) - 1):
        # As most bullets are: one sentence.
        _add(found, text, 0, len(text))
        return tuple(found)
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


@lru_cache(_CACHED)
def normalise(text: str) -> str:
    """Return the words and numbers of a text in small letters, to compare it with others."""
    return " ".join(_WORD_OR_NUMBER.findall(text.casefold().replace("’", "'")))


def find_first_words(text: str, count: int) -> list[Passage]:
    """Return no more than the first words of a text."""
    found = islice(_WORD.finditer(text), count)
    return [Passage(match.group(), match.start(), match.end()) for match in found]


def count_words(text: str) -> int:
    """Return how many words a text has."""
    return len(_WORD.findall(text))


@lru_cache(_CACHED)
def list_letter_runs(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters, cut at apostrophes and hyphens too."""
    return tuple(_ANY_WORD.findall(text.casefold()))


@lru_cache(_CACHED)
def get_vocabulary(text: str) -> frozenset[str]:
    """Return the words of a text in small letters: a quick look whether one can be in it."""
    return frozenset(list_letter_runs(text))


def get_longest_word(phrase: str) -> str:
    """Return the longest word of a phrase, in small letters: the one that fewest texts hold."""
    words: list[str] = _ANY_WORD.findall(phrase.casefold())
    return max(words, key=len)


def find_spans(pattern: re.Pattern[str], text: str) -> tuple[tuple[int, int], ...]:
    """Return where an expression matches in a text."""
    return _make_finder(pattern.pattern, pattern.flags)(text)


@lru_cache(_CACHED)
def find_quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a text quotes somebody in double quotes."""
    return tuple(match.span() for match in _QUOTATION.finditer(text))


def is_quoted(text: str, start: int) -> bool:
    """Tell whether a place of a text is within a quotation."""
    return any(first < start < last for first, last in find_quotations(text))


@lru_cache(100)
def _make_finder(pattern: str, flags: int) -> Callable[[str], tuple[tuple[int, int], ...]]:
    # One memory an expression: a compiled one takes long to be hashed, a text does not.
    finditer = re.compile(pattern, flags).finditer

    @lru_cache(_CACHED_SPANS)
    def find(text: str) -> tuple[tuple[int, int], ...]:
        return tuple(match.span() for match in finditer(text))

    return find


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
