"""Misspelt words of a text, fast enough for every key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.spelling.tokens import (
    LONGEST_WORD,
    find_words,
    is_checked,
    normalise,
)
from inspector_app.texts import count_units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector_app.spelling.dictionary import Dictionary

MOST_SUGGESTIONS = 7
_MOST_REMEMBERED = 50_000


class Misspelling(NamedTuple):
    """A word that is not known, and where it stands, counted in Qt's characters (UTF-16)."""

    start: int
    length: int
    word: str

    @property
    def end(self) -> int:
        """The place behind its last letter."""
        return self.start + self.length


class Checker:
    """A dictionary and further words that are right, with a memory of what was looked up.

    A further word in small letters is right in any writing; one with a capital is right as it is
    and in capitals throughout.
    """

    def __init__(self, dictionary: Dictionary, words: Iterable[str] = ()) -> None:
        self._dictionary = dictionary
        self._words: frozenset[str] = frozenset()
        self._memory: dict[str, bool] = {}
        self.set_words(words)

    def set_words(self, words: Iterable[str]) -> bool:
        """Take other further words, and return whether they are not those that were there."""
        new = frozenset(normalise(word) for word in words)
        if new == self._words:
            return False
        self._words = new
        self._memory.clear()
        return True

    def find(self, text: str) -> list[Misspelling]:
        """Return the misspelt words of a text, in order."""
        found = [word for word in find_words(text) if not self.knows(word.text)]
        if not found:
            return []
        if text.isascii():
            return [Misspelling(word.start, len(word.text), word.text) for word in found]
        misspellings = []
        units = seen = 0
        for start, word in found:
            units += count_units(text[seen:start])
            seen = start
            misspellings.append(Misspelling(units, count_units(word), word))
        return misspellings

    def knows(self, word: str) -> bool:
        """Tell whether a word is right."""
        known = self._memory.get(word)
        if known is None:
            if len(self._memory) >= _MOST_REMEMBERED:
                self._memory.clear()
            known = self._memory[word] = self._look_up(normalise(word))
        return known

    def suggest(self, word: str) -> list[str]:
        """Return what a word might have been meant to be, best first, written as it is written."""
        if len(word) > LONGEST_WORD:
            return []
        found = dict.fromkeys(self._dictionary.suggest(normalise(word)))
        suggestions = list(found)[:MOST_SUGGESTIONS]
        return [item.replace("'", "’") for item in suggestions] if "’" in word else suggestions

    def _look_up(self, word: str) -> bool:
        if len(word) > LONGEST_WORD:
            return False
        if self._is_right(word):
            return True
        base = word[:-2] if word.endswith(("'s", "'S")) else ""
        if base and self._is_right(base):
            return True
        parts = word.split("-")
        return len(parts) > 1 and all(
            not is_checked(part) or self._is_right(part) for part in parts
        )

    def _is_right(self, word: str) -> bool:
        words = self._words
        return (
            word in words
            or word.lower() in words
            or (word.isupper() and word.capitalize() in words)
            or self._dictionary.check(word)
        )
