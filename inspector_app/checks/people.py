"""Names of people: those of the people list must not be in text that will be published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.checks.language import get_vocabulary
from inspector_app.checks.result import Occurrence
from inspector_app.checks.word_lists import PrivacyWords, any_of, load_words
from inspector_app.domain.entities import Person
from inspector_app.domain.search.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from inspector_app.checks.result import Location
    from inspector_app.checks.subject import CheckFunction, Subject

_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS = 3


class _PeopleNames(NamedTuple):
    """The parts of a name that may appear in a text, without titles and letters after it."""

    first: str
    middle: tuple[str, ...]
    last: str


def find_people(subject: Subject) -> Iterator[Occurrence]:
    """Find people of the people list by their whole name, or by title and last name."""
    return iter(subject.once(_list_people))


def find_perhaps_people(subject: Subject) -> Iterator[Occurrence]:
    """Find first or last names of the people list that stand alone, where they are no words."""
    everyday = _list_everyday_names()
    alone: set[str] = set()
    for name in subject.once(_list_names):
        own = (name.first, name.last, name.last.rpartition(" ")[2])
        alone |= {part for part in own if part.casefold() not in everyday}
    whole: dict[tuple[str, str], list[Location]] = {}
    for occurrence in subject.once(_list_people):
        whole.setdefault((occurrence.place.entity, occurrence.place.field), []).append(
            occurrence.place
        )
    spellings = {
        spelling
        for part in alone
        if len(part) >= _FEWEST_LETTERS
        for spelling in (part, part.upper())
        # Small letters in the list are a role: “head of care”.
        if part[:1].isupper()
    }
    parts = {part for name in alone for part in _ANY_WORD.findall(name.casefold())}
    for occurrence in _find(subject, [any_of([name]) for name in sorted(spellings)], parts, 0):
        place = occurrence.place
        known = whole.get((place.entity, place.field), ())
        if not any(other.start <= place.start < other.end for other in known):
            yield occurrence


def _list_people(subject: Subject) -> list[Occurrence]:
    names = subject.once(_list_names)
    titles = any_of(load_words(PrivacyWords).titles)
    expressions: list[str] = []
    for name in names:
        if not name.last:
            continue
        last = any_of([name.last])
        between = rf"\s+(?:(?:{any_of(name.middle)}|\w\.?)\s+)*" if name.middle else r"\s+"
        expressions += [
            any_of([name.first]) + between + last,
            last + r",\s*" + any_of([name.first]),
            rf"{titles}\.?\s+(?:\w\.?\s+)?{last}",
        ]
    parts = {part for name in names for part in _ANY_WORD.findall(name.last.casefold())}
    everyday = _list_everyday_names()
    # “The nurse lead” and “to mark young people's records” name nobody.
    return [
        occurrence
        for occurrence in _find(subject, expressions, parts, re.IGNORECASE)
        if everyday.isdisjoint(_ANY_WORD.findall(fold(occurrence.excerpt, match_case=True).text))
    ]


def _find(
    subject: Subject, expressions: Iterable[str], parts: set[str], flags: int
) -> Iterator[Occurrence]:
    joined = "|".join(expressions)
    if not joined:
        return
    pattern = re.compile(rf"(?<!\w)(?:{joined})(?!\w)", flags)
    for text in subject.published:
        if parts.isdisjoint(get_vocabulary(text.folded)):
            continue
        for match in pattern.finditer(text.folded):
            start, end = text.unfold(*match.span())
            if not subject.is_own_name(text.text, start, end):
                name = text.text[start:end]
                yield Occurrence(text.place(start, end), {"name": name}, name)


def _list_everyday_names() -> set[str]:
    return {fold(name).text for name in load_words(PrivacyWords).everyday_names}


def _list_names(subject: Subject) -> list[_PeopleNames]:
    words = load_words(PrivacyWords)
    titles = {title.casefold() for title in words.titles}
    codes = {code.casefold() for code in words.codes}
    details = subject.details
    own = [
        _normalise(name)
        for name in (details.signatory_name, details.provider_name, details.location_name)
    ]
    found: list[_PeopleNames] = []
    for person in subject.inspection.all(Person):
        name = fold(person.name, match_case=True).text
        parts = [part.rstrip(".") for part in _NAME.findall(name.split(",")[0])]
        while parts and parts[0].casefold() in titles:
            parts.pop(0)
        while len(parts) > 1 and _is_degree(parts[-1]) and not name.isupper():
            parts.pop()
        is_code = parts and parts[0].casefold() in codes and _is_code(name)
        if not parts or is_code:
            continue
        if any(f" {_normalise(' '.join(parts))} " in f" {known} " for known in own):
            continue
        # “de la Cruz” and “ap Rhys” are last names of several words.
        at = max(1, len(parts) - 1)
        while at > 1 and parts[at - 1].islower():
            at -= 1
        found.append(_PeopleNames(parts[0], tuple(parts[1:at]), " ".join(parts[at:])))
    return found


def _is_degree(part: str) -> bool:
    """Tell whether it is letters after a name: “MRCGP”, “BMedSci”."""
    return sum(letter.isupper() for letter in part) > 1 and not re.match(r"Ma?c|O['’]|.*-", part)


def _is_code(name: str) -> bool:
    return re.search(r"\d|\b\w$", name.strip()) is not None


def _normalise(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name).text))


CHECKS: Mapping[str, CheckFunction] = {
    "person_named": find_people,
    "person_perhaps_named": find_perhaps_people,
}
