"""Slips of writing: leftovers, double words, brackets and full stops."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import eq
from typing import TYPE_CHECKING

from inspector_app.checks.gaps import find_gaps_in, gap_words
from inspector_app.checks.language import (
    find_spans,
    get_longest_word,
    get_vocabulary,
    list_letter_runs,
    split_words,
)
from inspector_app.checks.result import Occurrence
from inspector_app.checks.word_lists import WordingWords, load_words, whole_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.checks.subject import CheckFunction, Subject

_SIGNS = re.compile(r"[<{}?_]|XX|xxx")
_DOUBLE = re.compile(r"(?<![\w'’-])([^\W\d_]+)\s+\1(?![\w'’-])", re.IGNORECASE)
_BRACKETS = re.compile(r"[()\[\]“”]")
_OPENING = {")": "(", "]": "[", "”": "“"}
_LIST_MARK = re.compile(r"(?<![\w(])(?:\w{1,2}|[ivx]{1,4})\)")
_ENDS = tuple(".!?…:;,)]”\"'’")
_LINKED = re.compile(r"\b(?:and|or)$")
_LONGEST_LINK = 4
_FEWEST_WORDS = 5


def find_placeholders(subject: Subject) -> Iterator[Occurrence]:
    """Find what somebody meant to come back to: “[date]”, “TBC”, “???”."""
    words = load_words(WordingWords)
    pattern = re.compile(
        rf"<(?:{gap_words()})>|{whole_words(words.marks)}"
        r"|(?<!\w)X{2,}(?!\w)|(?<!\w)x{3,}(?!\w)|\?{2,}|_{3,}|\{\{[^{}]{0,80}\}\}|\{%[^{}]{0,80}%\}|\{\{|\}\}"
    )
    phrases = re.compile(whole_words(words.phrases), re.IGNORECASE)
    needed = {get_longest_word(phrase) for phrase in words.phrases}
    marks = {mark.casefold() for mark in words.marks}
    for text in subject.published:
        vocabulary = get_vocabulary(text.text)
        found = {*find_gaps_in(text.text, subject.prompts)}
        if _SIGNS.search(text.text) or not marks.isdisjoint(vocabulary):
            found |= {*find_spans(pattern, text.text)}
        if not needed.isdisjoint(vocabulary):
            found |= {*find_spans(phrases, text.text)}
        for start, end in sorted(found):
            passage = text.text[start:end]
            yield Occurrence(text.place(start, end), {"passage": passage}, passage)


def find_slips(subject: Subject) -> Iterator[Occurrence]:
    """Find legal names and standard sentences that are often written wrongly."""
    slips = load_words(WordingWords).slips
    pattern = re.compile("|".join(f"({whole_words([slip])})" for slip in slips), re.IGNORECASE)
    meant = tuple(slips.values())
    needed = {get_longest_word(slip) for slip in slips}
    for text in subject.published:
        if needed.isdisjoint(get_vocabulary(text.text)):
            continue
        for start, end in find_spans(pattern, text.text):
            match = pattern.match(text.text, start)
            if match and match.lastindex:
                passage = text.text[start:end]
                values = {"passage": passage, "meant": meant[match.lastindex - 1]}
                yield Occurrence(text.place(start, end), values, passage)


def find_double_words(subject: Subject) -> Iterator[Occurrence]:
    """Find words that stand twice: “the the”."""
    allowed = load_words(WordingWords).doubles
    for text in subject.published:
        runs = list_letter_runs(text.text)
        if not any(map(eq, runs, runs[1:])):
            continue
        for start, end in find_spans(_DOUBLE, text.text):
            passage = text.text[start:end]
            first, last = passage.split(maxsplit=1)
            # “Walla Walla” is a name; single letters are ratings, vitamins, lists.
            is_name = first[:1].isupper() and last[:1].isupper() and not passage.isupper()
            if first.casefold() not in allowed and len(first) > 1 and not is_name:
                yield Occurrence(text.place(start, end), {"passage": passage}, passage)


def find_open_brackets(subject: Subject) -> Iterator[Occurrence]:
    """Find brackets and double quotes that are opened and not closed, or the reverse."""
    for text in subject.published:
        place = _find_unbalanced(text.text)
        if place is not None:
            passage = text.text[place : place + 1]
            yield Occurrence(text.place(place, place + 1), {"sign": passage}, passage)


def find_missing_stops(subject: Subject) -> Iterator[Occurrence]:
    """Find paragraphs and bullets of whole sentences that end without a full stop."""
    for text in subject.published:
        if text.kind not in {"paragraph", "bullet"}:
            continue
        body = text.text.rstrip()
        if body.endswith(_ENDS) or _LINKED.search(body, max(0, len(body) - _LONGEST_LINK)):
            continue
        words = split_words(body)
        is_sentence = len(words) >= _FEWEST_WORDS and body.lstrip()[:1].isupper()
        # An address at the end needs no full stop that might be taken for a part of it.
        is_address = is_sentence and re.search(r"[./@]", body.rsplit(maxsplit=1)[-1])
        if is_sentence and not is_address and words[-1].end == len(body):
            last = words[-1]
            yield Occurrence(text.place(last.start, last.end), {"word": last.text}, last.text)


@lru_cache(40_000)
def _find_unbalanced(text: str) -> int | None:
    """Return where the first bracket or quote stands that has no partner."""
    marks = {match.end() - 1 for match in _LIST_MARK.finditer(text)}
    opened: list[tuple[str, int]] = []
    for match in _BRACKETS.finditer(text):
        sign = match.group()
        if sign not in _OPENING:
            opened.append((sign, match.start()))
        elif opened and opened[-1][0] == _OPENING[sign]:
            opened.pop()
        elif match.start() not in marks:
            return match.start()
    if opened:
        return opened[-1][1]
    # Inches and seconds are written with the same sign.
    quotes = [match.start() for match in re.finditer(r'(?<!\d)"', text)]
    return quotes[-1] if len(quotes) % 2 and text.count('"') == len(quotes) else None


CHECKS: Mapping[str, CheckFunction] = {
    "placeholder": find_placeholders,
    "slip": find_slips,
    "double_word": find_double_words,
    "open_bracket": find_open_brackets,
    "missing_stop": find_missing_stops,
}
