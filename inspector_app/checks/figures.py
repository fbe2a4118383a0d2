"""Numbers and dates that differ between two places of the report, or from the details."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.checks.language import (
    NUMBER_WORDS,
    Passage,
    match_words,
    read_number,
    split_sentences,
    split_words,
    tell_date,
)
from inspector_app.checks.result import Occurrence
from inspector_app.domain.dates import parse_british_date
from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.checks.subject import CheckFunction, PublishedText, Subject

_CACHED = 40_000
_READ = frozenset({"paragraph", "bullet", "breach", "lead"})
_NUMBER = rf"(?:\d{{1,6}}(?![\w-])|{match_words(NUMBER_WORDS)})"
_OF = re.compile(
    rf"\b(?P<some>{_NUMBER}) (?:out )?of (?:the |their |these )?(?P<all>{_NUMBER})\b"
    r"(?P<noun>(?: [a-z][\w'’-]*){1,4})",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<![\d.,/£:-])\b(?P<all>{_NUMBER})(?P<noun>(?: [A-Za-z][\w'’-]*){{1,7}})", re.IGNORECASE
)
_SHARE = re.compile(
    rf"\b(?P<some>{_NUMBER}) (?:out )?of (?:the |their |these )?(?P<all>{_NUMBER})\b"
    r"[^.;%\d]{0,40}?\((?P<percent>\d{1,3}(?:\.\d+)?)(?:%| per cent)\)"
    rf"|\b(?P<percent2>\d{{1,3}}(?:\.\d+)?)(?:%| per cent) \((?P<some2>{_NUMBER}) (?:out )?of "
    rf"(?:the )?(?P<all2>{_NUMBER})\b",
    re.IGNORECASE,
)
_ONCE = frozenset({"card", "questionnaire", "bed"})
"""What a report counts once: two counts of these cannot both be right."""
_ENDS = frozenset(
    {
        *("of", "in", "on", "at", "for", "from", "to", "with", "and", "or", "but", "who"),
        *("which", "that", "were", "was", "had", "have", "has", "is", "are", "did", "do", "we"),
        *("they", "said", "told", "about", "by", "as", "all", "not", "no", "showed"),
        *("contained", "did", "could", "would", "completed", "before", "during", "since"),
        *("per", "each", "between", "within", "over", "under", "than", "into", "after"),
    }
)
_SMALL = _ENDS | frozenset(
    {
        *("the", "a", "an", "their", "its", "it", "this", "these", "those", "there", "been"),
        *("be", "our", "also", "some", "both", "where", "when", "while", "he", "she", "his"),
        *("her", "them", "us", "one", "looked", "look", "review", "saw", "seen"),
        *("sampled", "checked", "include", "included", "record", "recorded", "records"),
        *("contain", "found", "show", "received", "spoke", "cqc", "care", "quality"),
        *("commission", "patient", "people", "evidence", "held"),
    }
)
_LIGHT = frozenset({"completed", "care", "quality", "commission", "cqc", "patient", "patients"})
"""Words before a noun that make it no other thing: “completed CQC comment cards”."""
_PERCENT = re.compile(
    r"(?<![\d.,])(?P<some>\d{1,3}(?:\.\d+)?)(?:%| per cent) of (?:the |all |their |its )?"
    r"(?P<noun>[a-z][\w'’-]*(?: [a-z][\w'’-]*){0,3})",
    re.IGNORECASE,
)
_ANY_NUMBER = re.compile(rf"\d[\d.,]*\d|\d|\b{match_words(NUMBER_WORDS)}\b", re.IGNORECASE)
_UNITS = frozenset({"day", "hour", "minute", "week", "month", "year"})
"""Lengths of time, as percentages, are said of so many things that only sentences which say nothing
else differently are compared."""
_NO_THINGS = frozenset({"time", "o'clock"})
_NOT = re.compile(
    r"\b(?:not|no|none|never|without|lack\w*|missing|fail\w*|incomplete|out of date|overdue"
    r"|unsigned|expired)\b|n[’']t\b"
)
_COMMON = 64
"""Words that so many sentences share tell none of them apart."""
_ALIKE = 0.6
_SHARED_FOR_COUNTS = 2
_DATE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December) \d{4}\b"
)
_THIS_VISIT = re.compile(
    r"\b(?:we (?:carried out|undertook|conducted|completed) (?:an?|this|our)\b[^.]{0,60}"
    r"\binspection|this inspection (?:took place|was carried out)|we (?:visited|inspected)\b|"
    r"(?:our|the) (?:inspection|visit) (?:took place|was) on|date of inspection)",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:previous\w*|last inspection|last inspected|last visited|earlier|follow(?:ing)? up|"
    r"when we inspected|inspected in|prior|rated|had been|found that)\b",
    re.IGNORECASE,
)
_TYPO_DAYS = 45


class Figure(NamedTuple):
    """A number of things in a sentence, and what else the sentence says.

    `exact` are the other numbers of a sentence that is compared only with those that say the same
    in all else; None: it is compared with those that say much the same.
    """

    some: float | None
    whole: int
    noun: str
    phrase: frozenset[str]
    words: frozenset[str]
    negative: bool
    start: int
    end: int
    sentence: Passage
    exact: tuple[str, ...] | None


class _FigureInText(NamedTuple):
    text: PublishedText
    figure: Figure


def find_differing_figures(subject: Subject) -> Iterator[Occurrence]:
    """Find numbers that two sentences about the same thing give differently."""
    by_noun: dict[tuple[str, str], list[_FigureInText]] = {}
    for text in subject.published:
        if text.kind in _READ:
            for figure in read_figures(text.text):
                key = (subject.service_of(text), figure.noun)
                by_noun.setdefault(key, []).append(_FigureInText(text, figure))
    reported: set[tuple[str, str]] = set()
    for (_, noun), said in by_noun.items():
        for one, other in _alike(said, once=noun in _ONCE):
            pair = (one.text.entity, other.text.entity)
            if pair in reported or not _differ(one.figure, other.figure):
                continue
            reported.add(pair)
            values = {"one": _quote(one), "other": _quote(other)}
            related = (other.text.place(other.figure.start, other.figure.end),)
            place = one.text.place(one.figure.start, one.figure.end)
            yield Occurrence(place, values, f"{values['one']} / {values['other']}", related)


def find_wrong_percentages(subject: Subject) -> Iterator[Occurrence]:
    """Find percentages that are not those of the fraction beside them."""
    for text in subject.published:
        if "%" not in text.text and "per cent" not in text.text:
            continue
        for match in _SHARE.finditer(text.text):
            some = read_number(match["some"] or match["some2"])
            whole = read_number(match["all"] or match["all2"])
            percent = float(match["percent"] or match["percent2"])
            if some is None or not whole or abs(100 * some / whole - percent) <= 1:
                continue
            values = {
                "fraction": f"{some} of {whole}",
                "percent": f"{percent:g}%",
                "right": f"{100 * some / whole:.0f}%",
            }
            yield Occurrence(text.place(*match.span()), values, match.group())


def find_other_visit_dates(subject: Subject) -> Iterator[Occurrence]:
    """Find dates of this visit in the text that are not among the visit's dates."""
    visits = subject.visits
    if not visits:
        return
    span = subject.details.visit_from is not None and subject.details.visit_to is not None
    for text in subject.with_digits:
        if text.kind not in _READ or not _DATE.search(text.text):
            continue
        for sentence in split_sentences(text.text):
            if not _THIS_VISIT.search(sentence.text) or _EARLIER.search(sentence.text):
                continue
            for match in _DATE.finditer(sentence.text):
                day = parse_british_date(match.group())
                if day is None or day in visits or (span and visits[0] <= day <= visits[-1]):
                    continue
                near = min(abs((day - visit).days) for visit in visits) <= _TYPO_DAYS
                other_year = any((day.day, day.month) == (v.day, v.month) for v in visits)
                if near or other_year:
                    start, end = (sentence.start + at for at in match.span())
                    values = {"date": tell_date(day), "visits": ", ".join(map(tell_date, visits))}
                    yield Occurrence(text.place(start, end), values, match.group())


@lru_cache(_CACHED)
def read_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text."""
    found: list[Figure] = []
    for sentence in split_sentences(text):
        low = sentence.text.lower()
        if len(low) != len(sentence.text):
            continue
        matches = [*_OF.finditer(low), *_PERCENT.finditer(low)] if " of " in low else []
        taken = {at for match in matches for at in range(*match.span())}
        matches += [match for match in _COUNT.finditer(low) if match.start() not in taken]
        if not matches:
            continue
        words = frozenset(
            _stem(word.text)
            for word in split_words(low)
            if word.text not in _SMALL and word.text not in NUMBER_WORDS
        )
        negative = _NOT.search(low) is not None
        for match in matches:
            phrase = _phrase(match["noun"], part="some" in match.re.groupindex)
            noun = phrase[-1] if phrase else ""
            percent = match.re is _PERCENT
            whole = 100 if percent else read_number(match["all"])
            if not noun or noun in _NO_THINGS or whole is None:
                continue
            start, end = (sentence.start + at for at in match.span())
            rest = f"{low[: match.start()]} {low[match.end() :]}"
            exact = tuple(sorted(_ANY_NUMBER.findall(rest)))
            found.append(
                Figure(
                    some=_read_some(match),
                    whole=whole,
                    noun=f"% {noun}" if percent else noun,
                    phrase=frozenset(phrase),
                    words=words - {noun},
                    negative=negative,
                    start=start,
                    end=end,
                    sentence=sentence,
                    exact=exact if percent or noun in _UNITS else None,
                )
            )
    return tuple(found)


def _read_some(match: re.Match[str]) -> float | None:
    """Return how many of all a figure says, or None where it says but one number."""
    if match.re is _PERCENT:
        return float(match["some"])
    return read_number(match["some"]) if match.re is _OF else None


def _phrase(words: str, *, part: bool) -> list[str]:
    """Return the stems of the words after a number, up to the noun that it counts."""
    phrase: list[str] = []
    for word in words.split():
        if word in _LIGHT and (word != "completed" or not phrase):
            continue
        if word in _ENDS or read_number(word) is not None or _ends_noun(word, phrase, part=part):
            break
        phrase.append(_stem(word))
    return phrase


def _ends_noun(word: str, phrase: list[str], *, part: bool) -> bool:
    """Whether a word comes behind the noun: “lacked” of “two of five records lacked”.

    Where it is no part of a whole, “three complaints received” are perhaps fewer than all.
    """
    before = phrase[-1] if phrase else ""
    verb = part and word.endswith("ed") and bool(phrase) and not before.endswith("ly")
    return verb or before in _UNITS


def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s").rstrip("'")
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _alike(
    said: list[_FigureInText], *, once: bool
) -> Iterator[tuple[_FigureInText, _FigureInText]]:
    """Yield pairs of sentences that say the same of the same thing, whatever the number."""
    if once:
        first = said[0]
        yield from ((first, other) for other in said[1:] if other.text is not first.text)
    postings: dict[str, list[int]] = {}
    for index, item in enumerate(said):
        shared: dict[int, int] = {}
        for word in item.figure.words:
            seen = postings.setdefault(word, [])
            if len(seen) < _COMMON:
                for other in seen:
                    shared[other] = shared.get(other, 0) + 1
                seen.append(index)
        for other, count in shared.items():
            earlier = said[other]
            if _is_elsewhere(earlier, item) and _say_the_same(earlier.figure, item.figure, count):
                yield earlier, item


def _say_the_same(one: Figure, other: Figure, shared: int) -> bool:
    """Whether two figures are of the same thing, by the words that their sentences share."""
    if one.exact is not None or other.exact is not None:
        return one.words == other.words and one.exact == other.exact
    fewest, most = sorted((len(one.words), len(other.words)))
    if shared < fewest and shared <= _ALIKE * most:
        return False
    if one.some is None or other.some is None:
        # A plain count is of the same things only where they are called the same.
        return shared >= _SHARED_FOR_COUNTS and one.phrase == other.phrase
    return True


def _is_elsewhere(one: _FigureInText, other: _FigureInText) -> bool:
    return one.text.entity != other.text.entity


def _differ(one: Figure, other: Figure) -> bool:
    if one.some is None or other.some is None:
        return one.some is None and other.some is None and one.whole != other.whole
    if one.negative != other.negative:
        return False
    return (one.some, one.whole) != (other.some, other.whole)


def _quote(said: _FigureInText) -> str:
    return collapse_spaces(said.figure.sentence.text)


CHECKS: Mapping[str, CheckFunction] = {
    "figures_differ": find_differing_figures,
    "percentage_wrong": find_wrong_percentages,
    "other_visit_date": find_other_visit_dates,
}
