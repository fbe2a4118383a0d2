"""How texts are compared in a search, and where in the text as it was typed a hit stands.

Letters equal their accented forms, curly quotes equal straight ones, and any run of white space
equals one space; capitals equal small letters unless case matters. Folding can change the length of
a text (“ß” becomes “ss”, a run of spaces one space), so what is not letter for letter the original
is mapped back. A hit never begins or ends inside a letter: “s” is not in “ß”.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTES = {
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″", '"'),
}
_ASCII_SPACES = {code: " " for code in range(128) if chr(code).isspace()}
_RUNS = re.compile("  +")
_NOWHERE = -1


class Span(NamedTuple):
    """A part of a text, in Python's characters."""

    start: int
    end: int


class FoldedText(NamedTuple):
    """A text as it is compared. `even`: its characters stand where the original's do."""

    text: str
    even: bool


class _FoldTable(dict[int, str]):
    """What each character is compared as, worked out when it is first met."""

    def __init__(self, *, match_case: bool) -> None:
        super().__init__()
        self._match_case = match_case
        self.uneven: set[str] = set()
        """Characters that are compared as none or several."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = self[code] = self._fold(character)
        if len(folded) != 1:
            self.uneven.add(character)
        return folded

    def _fold(self, character: str) -> str:
        if character.isspace():
            return " "
        plain = _drop_marks(_QUOTES.get(character, character))
        return plain if self._match_case else _drop_marks(plain.casefold())


def _drop_marks(text: str) -> str:
    return "".join(part for part in normalize("NFD", text) if not combining(part))


_TABLES = {match_case: _FoldTable(match_case=match_case) for match_case in (False, True)}


def fold(text: str, *, match_case: bool = False) -> FoldedText:
    """Return a text as it is compared."""
    if text.isascii():
        folded = text if match_case else text.lower()
        if not text.isprintable():
            folded = folded.translate(_ASCII_SPACES)
        even = True
    else:
        table = _TABLES[match_case]
        folded = text.translate(table)
        even = table.uneven.isdisjoint(text)
    if "  " in folded:
        return FoldedText(_RUNS.sub(" ", folded), even=False)
    return FoldedText(folded, even)


def find_spans(
    text: str, folded: FoldedText, needle: str, *, match_case: bool, whole_words: bool
) -> tuple[Span, ...]:
    """Return where a text has a hit, from left to right; hits do not overlap.

    Args:
        text: The text as it was typed.
        folded: The same as `fold` gives it.
        needle: What is searched, folded; not empty.
        match_case: As `folded` and `needle` were made.
        whole_words: Whether a hit must not be part of a longer word.
    """
    return tuple(_iterate_spans(text, folded, needle, match_case, whole_words))


def _iterate_spans(
    text: str, folded: FoldedText, needle: str, match_case: bool, whole_words: bool
) -> Iterator[Span]:
    at = folded.text.find(needle)
    if at < 0:
        return
    starts: list[int] = []
    ends: list[int] = []
    if not folded.even:
        starts, ends = _map_back(text, _TABLES[match_case])
    while at >= 0:
        behind = at + len(needle)
        span = Span(at, behind) if folded.even else Span(starts[at], ends[behind - 1])
        if _NOWHERE in span or (whole_words and not _is_whole(text, span)):
            at = folded.text.find(needle, at + 1)
        else:
            yield span
            at = folded.text.find(needle, behind)


def _map_back(text: str, table: _FoldTable) -> tuple[list[int], list[int]]:
    """Return where each folded character's letter starts and ends.

    A character that is not the first of its letter starts nowhere, one that is not the last ends
    nowhere. Marks belong to the letter before them, white space to its run.
    """
    starts: list[int] = []
    ends: list[int] = []
    in_run = False
    for index, character in enumerate(text):
        folded = table[ord(character)]
        if not folded or (in_run and folded == " "):
            if ends:
                ends[-1] = index + 1
            continue
        in_run = folded == " "
        more = len(folded) - 1
        starts += [index, *[_NOWHERE] * more]
        ends += [*[_NOWHERE] * more, index + 1]
    return starts, ends


def _is_whole(text: str, span: Span) -> bool:
    """Tell whether a hit does not begin or end in the middle of a word."""
    start, end = span
    return not (
        (start > 0 and _is_of_word(text[start - 1]) and _is_of_word(text[start]))
        or (end < len(text) and _is_of_word(text[end]) and _is_of_word(text[end - 1]))
    )


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_" or combining(character) > 0
