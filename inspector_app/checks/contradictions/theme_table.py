"""The word lists of the themes, as they stand in `themes.toml`, and how their words are found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from inspector_app.checks.language import match_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class ThemeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that stand for one thing; `of`: the themes that a thing or side belongs to, or all."""

    id: str
    words: tuple[str, ...]
    name: str = ""
    of: tuple[str, ...] = ()


class Polarity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that make a clause satisfied, lacking or neither; the file says what each does."""

    done: tuple[str, ...]
    only_missed: tuple[str, ...]
    undone: tuple[str, ...]
    harmless: tuple[str, ...]
    well: tuple[str, ...]
    lacking: tuple[str, ...]
    no_lack: tuple[str, ...]
    lapses: tuple[str, ...]
    events: tuple[str, ...]
    no_lack_at_all: tuple[str, ...]
    dated: tuple[str, ...]
    dealt_with: tuple[str, ...]
    served: tuple[str, ...]
    put_right: tuple[str, ...]
    neutral: tuple[str, ...]
    conditions: tuple[str, ...]
    ignored: tuple[str, ...]
    contrasts: tuple[str, ...]
    yardsticks: tuple[str, ...]
    weak: tuple[str, ...]
    plain: tuple[str, ...]
    common: tuple[str, ...]
    harms: tuple[str, ...]
    states: tuple[str, ...]


class ThemeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `themes.toml` holds."""

    artefacts: tuple[ThemeWords, ...]
    subjects: tuple[ThemeWords, ...]
    aspects: tuple[ThemeWords, ...]
    actors: tuple[ThemeWords, ...]
    things: tuple[ThemeWords, ...]
    places: tuple[ThemeWords, ...]
    polarity: Polarity


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
