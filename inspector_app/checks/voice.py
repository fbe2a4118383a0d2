"""Tense and voice of findings: what was found is told in the past, and by whom it was done."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from inspector_app.checks.language import (
    find_first_words,
    find_spans,
    is_quoted,
    normalise,
    split_sentences,
)
from inspector_app.checks.result import Occurrence
from inspector_app.checks.word_lists import StyleWords, any_of, load_words
from inspector_app.domain.entities import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.checks.subject import CheckFunction, Subject

_CACHED = 40_000
_LOOKED_AT = 7
"""Words at the beginning of a sentence among which its verb is sought."""
_DEFINES = re.compile(r"(?:An?|This) (?:[\w’'-]+ ){0,4}(?:is|are) an? ", re.IGNORECASE)
_FEWEST_SENTENCES = 6
_PASSIVE_SHARE = 0.75


def find_present_tense(subject: Subject) -> Iterator[Occurrence]:
    """Find findings that are told in the present tense."""
    words = load_words(StyleWords)
    other = tuple(normalise(start) for start in words.not_findings)
    for text in subject.published:
        if text.kind != "bullet" or not isinstance(subject.inspection.find(text.part), Topic):
            continue
        for sentence in split_sentences(text.text):
            verb = _find_present_verb(sentence.text, words.present_verbs, words.not_found_then)
            if verb is None or is_quoted(text.text, sentence.start + verb[0]):
                continue
            plain = normalise(sentence.text)
            # What stands in brackets explains a term; so does “A hospital passport is a …”.
            explains = sentence.text.startswith("(") or _DEFINES.match(sentence.text)
            if explains or plain.startswith(other) or plain in subject.standard_sentences:
                continue
            start, end = (sentence.start + place for place in verb)
            yield Occurrence(text.place(start, end), {"word": text.text[start:end]}, sentence.text)


def find_passive_topics(subject: Subject) -> Iterator[Occurrence]:
    """Find topics most of whose sentences do not say who did it; one occurrence a topic."""
    irregular = any_of(load_words(StyleWords).irregular_participles)
    passive = re.compile(
        rf"\b(?:was|were|been|being)\s+(?:not\s+|\w+ly\s+)?(?:\w+ed|{irregular})\b(?!\s+by\b)",
        re.IGNORECASE,
    )
    for part, published in subject.by_part.items():
        if not isinstance(subject.inspection.find(part), Topic):
            continue
        count = found = 0
        for text in published:
            if text.kind != "bullet":
                continue
            for sentence in split_sentences(text.text):
                count += 1
                found += bool(find_spans(passive, sentence.text))
        if count >= _FEWEST_SENTENCES and found > count * _PASSIVE_SHARE:
            place = published[0].place()
            yield Occurrence(place, {"found": str(found), "count": str(count)})


@lru_cache(_CACHED)
def _find_present_verb(
    sentence: str, verbs: frozenset[str], before: frozenset[str]
) -> tuple[int, int] | None:
    for index, word in enumerate(find_first_words(sentence, _LOOKED_AT)):
        plain = word.text.casefold().replace("’", "'")
        # A verb in the past, or a participle: “staff involved patients in regular reviews”.
        if plain in before or plain.endswith("ed"):
            return None
        if index and plain in verbs:
            return word.start, word.end
    return None


CHECKS: Mapping[str, CheckFunction] = {
    "present_tense": find_present_tense,
    "passive": find_passive_topics,
}
