"""The word lists of the checks, from `resources/checks/`, and expressions made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from inspector_app.checks.catalogue import make_fault, read_table
from inspector_app.checks.own_lists import find_origin, read_lists
from inspector_app.errors import Fault
from inspector_app.shapes import ListOf, MapOf, Record, Text, check, need

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_WORD = Text(min_length=1)
_LIST = need(ListOf(_WORD, min_items=1))


class PrivacyWords(msgspec.Struct, frozen=True, kw_only=True):
    """What `privacy.toml` holds."""

    titles: tuple[str, ...]
    everyday_names: frozenset[str]
    codes: frozenset[str]
    people: tuple[str, ...]
    public_numbers: frozenset[str]
    public_domains: frozenset[str]
    place_words: tuple[str, ...]
    generic: frozenset[str]
    bodies: tuple[str, ...]


class WordingWords(msgspec.Struct, frozen=True, kw_only=True):
    """What `wording.toml` holds."""

    prompts: tuple[str, ...]
    marks: tuple[str, ...]
    phrases: tuple[str, ...]
    doubles: frozenset[str]
    repeating: tuple[str, ...]
    slips: Mapping[str, str]
    """What was meant, by what was written."""


class StyleWords(msgspec.Struct, frozen=True, kw_only=True):
    """What `style.toml` holds."""

    vague: tuple[str, ...]
    not_vague: tuple[str, ...]
    number_words: tuple[str, ...]
    known_abbreviations: frozenset[str]
    present_verbs: frozenset[str]
    not_found_then: frozenset[str]
    not_findings: tuple[str, ...]
    motives: tuple[str, ...]
    motives_of_provider: tuple[str, ...]
    provider_words: tuple[str, ...]
    feelings: tuple[str, ...]
    irregular_participles: tuple[str, ...]


_Words = TypeVar("_Words", PrivacyWords, WordingWords, StyleWords)
FILES: Mapping[type[PrivacyWords | WordingWords | StyleWords], str] = {
    PrivacyWords: "privacy.toml",
    WordingWords: "wording.toml",
    StyleWords: "style.toml",
}


def load_words(kind: type[_Words], folder: Path | None = None) -> _Words:
    """Return one of the word lists.

    Args:
        kind: Which.
        folder: Where the files are; None for the application's own, as the organisation changes
            them.

    Raises:
        ResourceFault: The file is missing or faulty; lists every fault.
    """
    found: _Words = _load(kind, folder, find_origin() if folder is None else "")
    return found


@cache
def _load(kind: type[_Words], folder: Path | None, origin: str) -> _Words:
    if folder is not None:
        return convert_words(kind, read_table(folder / FILES[kind]))
    return read_lists(FILES[kind], kind, lambda lists: convert_words(kind, lists))


def convert_words(kind: type[_Words], lists: Mapping[str, Any]) -> _Words:
    """Return word lists from what their file says.

    Raises:
        ResourceFault: Something is missing, or not as it must be; lists every fault.
    """
    name = FILES[kind]
    shape: Record = Record(
        {
            field.encode_name: need(MapOf(_WORD, _WORD)) if field.name == "slips" else _LIST
            for field in msgspec.structs.fields(kind)
        }
    )
    found = [*check(shape, lists), *_find_doubles(lists)]
    if found:
        raise make_fault([Fault(f"{name}: {fault.path}", fault.message) for fault in found])
    return msgspec.convert(lists, kind)


def any_of(words: Iterable[str]) -> str:
    """Return an expression for any of some words or phrases, the longest first.

    Spaces stand for any white space, apostrophes for curly ones too.
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_loosen(word) for word in ordered) + ")"


def whole_words(words: Iterable[str]) -> str:
    """Return an expression for any of some words, but not inside other words."""
    return rf"(?<!\w){any_of(words)}(?!\w)"


def _loosen(word: str) -> str:
    escaped = r"\s+".join(re.escape(part) for part in word.split())
    return re.sub(r"['’]", "['’]", escaped)


def _find_doubles(data: Mapping[str, Any]) -> Iterator[Fault]:
    for name, words in data.items():
        if not isinstance(words, list):
            continue
        seen: set[object] = set()
        for index, word in enumerate(words):
            if isinstance(word, str):
                if word in seen:
                    yield Fault(f"$.{name}[{index}]", f"{word!r} stands twice")
                seen.add(word)
