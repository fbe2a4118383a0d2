"""Gentle hints about words: quantities, abbreviations, opinions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector_app.checks.language import (
    count_words,
    find_spans,
    get_longest_word,
    get_vocabulary,
    is_quoted,
    normalise,
    split_sentences,
)
from inspector_app.checks.result import Occurrence
from inspector_app.checks.word_lists import StyleWords, any_of, load_words, whole_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.checks.subject import CheckFunction, Subject

_ABBREVIATION = re.compile(
    r"(?<![\w&./@-])(?:[A-Z][A-Z&]{0,4}[A-Z]\d?|[A-Z][a-z][A-Z]{1,5})(?:s|(?=['’]))?"
    # The first half of a postcode is none.
    r"(?![\w&@-]|\.\w|\s{1,2}\d[A-Z]{2}\b)"
)
_ROMAN = re.compile(r"[IVX]+")
_PROSE = frozenset({"paragraph", "bullet", "lead", "recommendation", "breach"})
_MOST_WORDS = 40
_FIRST_PERSON = re.compile(r"(?<![\w.'’-])(?:I(?=\s+[a-z]|['’](?:m|ve|d|ll)\b)|[Mm]y(?=\s+[a-z]))")
_NUMBERED_BEFORE = re.compile(r"\b(?:type|part|schedule|grade|class|level|stage|phase)\s+$", re.I)


def find_vague_quantities(subject: Subject) -> Iterator[Occurrence]:
    """Find “some”, “most of”, “a number of” in sentences without a figure."""
    words = load_words(StyleWords)
    vague = re.compile(whole_words(words.vague), re.IGNORECASE)
    fine = re.compile(
        rf"\d|{whole_words(words.number_words)}|{whole_words(words.not_vague)}", re.IGNORECASE
    )
    for text in subject.published:
        if text.kind not in _PROSE or not find_spans(vague, text.text):
            continue
        for sentence in split_sentences(text.text):
            match = vague.search(sentence.text)
            if not match or fine.search(sentence.text) or is_quoted(sentence.text, match.start()):
                continue
            if normalise(sentence.text) in subject.standard_sentences:
                continue
            start, end = (sentence.start + place for place in match.span())
            yield Occurrence(text.place(start, end), {"word": match.group()}, sentence.text)


def find_abbreviations(subject: Subject) -> Iterator[Occurrence]:
    """Find abbreviations that nothing explains where they stand first."""
    known = load_words(StyleWords).known_abbreviations
    seen: set[str] = set()
    for text in subject.published:
        if text.text.isupper() or text.kind == "heading":
            continue
        for start, end in find_spans(_ABBREVIATION, text.text):
            passage = text.text[start:end]
            bare = passage.removesuffix("s")
            if bare in seen or bare in known or _ROMAN.fullmatch(bare):
                continue
            if subject.is_own_name(text.text, start, end):
                continue
            seen.add(bare)
            if not _is_explained(text.text, start, end):
                later = any(f"({bare}" in other.text for other in subject.published)
                wording = "later" if later else ""
                yield Occurrence(
                    text.place(start, end), {"word": passage}, passage, wording=wording
                )


def find_long_sentences(subject: Subject) -> Iterator[Occurrence]:
    """Find sentences of more than forty words that are nobody's but the inspector's."""
    for text in subject.published:
        if text.kind not in _PROSE or len(text.text.split()) <= _MOST_WORDS:
            continue
        for sentence in split_sentences(text.text):
            count = count_words(sentence.text)
            if count > _MOST_WORDS and normalise(sentence.text) not in subject.standard_sentences:
                place = text.place(sentence.start, sentence.end)
                yield Occurrence(place, {"count": str(count)}, sentence.text)


def find_motives(subject: Subject) -> Iterator[Occurrence]:
    """Find words about motives or honesty."""
    words = load_words(StyleWords)
    pattern = re.compile(
        rf"{whole_words(words.motives)}"
        rf"|{whole_words(words.provider_words)}\s+(?:had\s+|has\s+|have\s+)?"
        rf"{whole_words(words.motives_of_provider)}",
        re.IGNORECASE,
    )
    phrases = (*words.motives, *words.motives_of_provider)
    # Nearly no text has one of these; their rarest words alone tell.
    needed = {get_longest_word(phrase) for phrase in phrases}
    return _find_words(subject, pattern, needed)


def find_loose_musts(subject: Subject) -> Iterator[Occurrence]:
    """Find “must” where nothing is a breach: in a should, or where there is no notice."""
    provider = r"(?:provider|service|clinic|practice|home|manager|managers|leaders)"
    pattern = re.compile(rf"(?<!\w){provider}\s+must(?!\w)", re.IGNORECASE)
    in_should = re.compile(r"(?<!\w)must(?!\w)", re.IGNORECASE)
    for text in subject.published:
        if text.kind == "should":
            spans = find_spans(in_should, text.text)
        elif text.kind in _PROSE and not subject.notices:
            spans = find_spans(pattern, text.text)
        else:
            continue
        for start, end in spans:
            if not is_quoted(text.text, start):
                passage = text.text[start:end]
                yield Occurrence(text.place(start, end), {"passage": passage}, passage)


def find_first_person(subject: Subject) -> Iterator[Occurrence]:
    """Find “I” and “my” outside quotations."""
    for text in subject.published:
        if text.kind not in _PROSE:
            continue
        for start, end in find_spans(_FIRST_PERSON, text.text):
            if not is_quoted(text.text, start) and not _NUMBERED_BEFORE.search(text.text[:start]):
                passage = text.text[start:end]
                yield Occurrence(text.place(start, end), {"passage": passage}, passage)


def find_feelings(subject: Subject) -> Iterator[Occurrence]:
    """Find “we feel” and “we believe”."""
    feelings = any_of(load_words(StyleWords).feelings)
    return _find_words(subject, re.compile(rf"(?<!\w)we\s+{feelings}(?!\w)", re.IGNORECASE), {"we"})


def _find_words(
    subject: Subject, pattern: re.Pattern[str], needed: set[str]
) -> Iterator[Occurrence]:
    for text in subject.published:
        if needed.isdisjoint(get_vocabulary(text.text)):
            continue
        for start, end in find_spans(pattern, text.text):
            if not is_quoted(text.text, start):
                passage = text.text[start:end]
                yield Occurrence(text.place(start, end), {"passage": passage}, passage)


def _is_explained(text: str, start: int, end: int) -> bool:
    """Tell whether it stands in brackets after its words, or its words after it in brackets."""
    before = text[:start].rstrip(" ‘'“\"")
    after = text[end:].lstrip(" ’'”\"")
    return before.endswith("(") or after.startswith("(")


CHECKS: Mapping[str, CheckFunction] = {
    "vague_quantity": find_vague_quantities,
    "abbreviation": find_abbreviations,
    "long_sentence": find_long_sentences,
    "motive": find_motives,
    "loose_must": find_loose_musts,
    "first_person": find_first_person,
    "feeling": find_feelings,
}
