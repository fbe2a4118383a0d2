"""Names of other places, which copied texts leave behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector_app.checks.language import find_spans, normalise
from inspector_app.checks.result import Location, Occurrence
from inspector_app.checks.word_lists import PrivacyWords, any_of, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.checks.subject import CheckFunction, Subject

_WORD = re.compile(r"\S+")


def find_other_places(subject: Subject) -> Iterator[Occurrence]:
    """Find names like “Rose Lane Surgery” that are not this service's, once each."""
    words = load_words(PrivacyWords)
    place_word = rf"{any_of(words.place_words)}(?!\w)"
    pattern = re.compile(
        rf"(?<![\w’'-])(?:(?!{place_word})(?:St\.|[A-Z][\w’'-]{{0,40}})[ \u00a0]+"
        r"(?:(?:of|and|&|the)[ \u00a0]+)?){1,6}"
        rf"{place_word}"
    )
    generic = {word.casefold() for word in words.generic}
    details = subject.details
    names = [details.location_name, details.provider_name, *details.address]
    own = f" {normalise(' '.join(names))} "
    places = {normalise(word) for word in words.place_words}
    bodies = [normalise(body) for body in words.bodies]
    found: dict[str, list[tuple[Location, str]]] = {}
    for text in subject.published:
        if text.kind == "heading":
            continue
        for first, end in find_spans(pattern, text.text):
            start = _skip_generic(text.text, first, end, generic)
            passage = text.text[start:end]
            name = normalise(passage)
            # Where nothing but the place word is left, it names no place.
            if (
                name in places
                or not passage
                or f" {name} " in own
                or any(body in name for body in bodies)
            ):
                continue
            # “Rose Lane Surgery” where the location is called “Rose Lane Clinic”.
            if f" {normalise(passage.rsplit(maxsplit=1)[0])} " in own:
                continue
            if not subject.is_own_name(text.text, start, end):
                found.setdefault(name, []).append((text.place(start, end), passage))
    for hits in found.values():
        place, passage = hits[0]
        yield Occurrence(place, {"name": passage}, passage, tuple(other for other, _ in hits[1:]))


def _skip_generic(text: str, start: int, end: int, generic: set[str]) -> int:
    """Return where a name begins behind words that are part of no name."""
    for match in _WORD.finditer(text, start, end):
        word = match.group().casefold()
        if word not in generic and word not in {"of", "and", "&", "the"}:
            return match.start()
    return end


CHECKS: Mapping[str, CheckFunction] = {"other_place": find_other_places}
