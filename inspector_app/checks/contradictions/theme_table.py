"""The word lists of the themes, as they stand in `themes.toml`, and how their words are found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import msgspec

from inspector_app.checks.catalogue import make_fault
from inspector_app.checks.language import match_words
from inspector_app.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

THEMES = "themes.toml"
# An empty list would make an expression that is found everywhere.
_Words: TypeAlias = Annotated[
    tuple[Annotated[str, msgspec.Meta(min_length=1)], ...], msgspec.Meta(min_length=1)
]


class ThemeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that stand for one thing; `of`: the themes that a thing or side belongs to, or all."""

    id: str
    words: _Words
    name: str = ""
    of: tuple[str, ...] = ()


class Polarity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that make a clause satisfied, lacking or neither; the file says what each does."""

    done: _Words
    only_missed: _Words
    undone: _Words
    harmless: _Words
    well: _Words
    lacking: _Words
    no_lack: _Words
    lapses: _Words
    events: _Words
    no_lack_at_all: _Words
    dated: _Words
    dealt_with: _Words
    served: _Words
    put_right: _Words
    neutral: _Words
    conditions: _Words
    ignored: _Words
    contrasts: _Words
    yardsticks: _Words
    weak: _Words
    plain: _Words
    common: _Words
    harms: _Words
    states: _Words


class ThemeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `themes.toml` holds."""

    artefacts: tuple[ThemeWords, ...]
    subjects: tuple[ThemeWords, ...]
    aspects: tuple[ThemeWords, ...]
    actors: tuple[ThemeWords, ...]
    things: tuple[ThemeWords, ...]
    places: tuple[ThemeWords, ...]
    polarity: Polarity


def convert_themes(lists: Mapping[str, Any]) -> ThemeTable:
    """Return the word lists from what their file says.

    Raises:
        ResourceFault: Something is missing, or not as it must be.
    """
    try:
        return msgspec.convert(lists, ThemeTable)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `")
        raise make_fault([Fault(f"{THEMES}: {place.rstrip('`') or '$'}", message)]) from error


class WordFinder:
    """One pattern for many words, and the ids that each word stands for."""

    def __init__(self, words: Iterable[ThemeWords]) -> None:
        rows = list(words)
        self._exact: dict[str, list[str]] = {}
        self._stems: dict[str, list[str]] = {}
        for row in rows:
            for word in row.words:
                table = self._stems if word.endswith("*") else self._exact
                table.setdefault(word.rstrip("*"), []).append(row.id)
        self._pattern = compile_words([word for row in rows for word in row.words])
        self._by_length = sorted(self._stems, key=len, reverse=True)
        self._known: dict[str, Sequence[str]] = {}

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield the ids found and where, the longest words first where several begin alike."""
        for match in self._pattern.finditer(text):
            for id_ in self._ids_of(match.group()):
                yield id_, match.start(), match.end()

    def ids(self, text: str) -> frozenset[str]:
        """Return the ids found."""
        return frozenset(id_ for id_, _, _ in self.find(text))

    def _ids_of(self, word: str) -> Sequence[str]:
        if word in self._exact:
            return self._exact[word]
        if word not in self._known:
            stem = next((stem for stem in self._by_length if word.startswith(stem)), "")
            self._known[word] = self._stems.get(stem, ())
        return self._known[word]


def compile_words(words: Iterable[str]) -> re.Pattern[str]:
    """Return an expression for any of some words, each whole."""
    return re.compile(rf"\b{match_words(words)}")
