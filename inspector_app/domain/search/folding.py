"""How texts are compared in a search, and where in the text as it was typed a hit stands.

Letters equal their accented forms and their compatibility forms (“ﬃ” is “ffi”), all apostrophes
and quotes equal straight ones, all hyphens and dashes the hyphen, and any run of white space one
space; signs that nobody sees (soft hyphens, zero-width spaces, joiners) are passed over; capitals
equal small letters unless case matters. Names are looked for in the same way, since a report must
not name people however their names came into it.

Folding can change the length of a text (“ß” becomes “ss”, a run of spaces one space), so what is
not letter for letter the original is mapped back. A hit never begins or ends inside a letter: “s”
is not in “ß”.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, combining, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

# In escapes, since several look alike.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys(
            "‘’‚‛′`´\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u1ffd\ua78b\ua78c\uff07", "'"
        ),
        **dict.fromkeys("“”„‟″\u02ba\uff02", '"'),
        **dict.fromkeys("\u2043\u2212\u02d7", "-"),
    }
)
_LETTERS = dict(zip("øØłŁđĐħĦŧŦıðÐ", "oOlLdDhHtTidD", strict=True)) | {
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "þ": "th",
    "Þ": "Th",
}
"""Letters that Unicode does not take for accented ones, and people do."""
_UNSEEN = frozenset({0x034F, 0x3164, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)})
"""Joiners and variation selectors that are not of the category of format characters."""
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
        if _is_unseen(character):
            return ""
        sign = "-" if category(character) == "Pd" else character.translate(_SIGNS)
        plain = _drop_marks(normalize("NFKC", sign)).translate(_SIGNS)
        if plain.isspace():
            plain = sign  # “¨” would become a space
        return plain if self._match_case else _drop_marks(plain.casefold()).translate(_SIGNS)


def _is_unseen(character: str) -> bool:
    return category(character) == "Cf" or ord(character) in _UNSEEN


def _drop_marks(text: str) -> str:
    letters = (part for part in normalize("NFD", text) if not combining(part))
    return "".join(_LETTERS.get(letter, letter) for letter in letters)


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


def locate(text: str, folded: FoldedText, span: Span, *, match_case: bool) -> Span:
    """Return the part of a text as it was typed that a part of the folded text is.

    Letters are taken whole: where the part begins or ends inside one, it is in the answer.

    Args:
        text: The text as it was typed.
        folded: The same as `fold` gives it.
        span: A part of the folded text.
        match_case: As `folded` was made.
    """
    if folded.even:
        return span
    starts, ends = _map_back(text, _TABLES[match_case])
    first, last = span.start, span.end - 1
    while starts[first] == _NOWHERE:
        first -= 1
    while ends[last] == _NOWHERE:
        last += 1
    return Span(starts[first], ends[last])


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
    first, last = _see(text, range(start, end)), _see(text, range(end - 1, start - 1, -1))
    before, behind = _see(text, range(start - 1, -1, -1)), _see(text, range(end, len(text)))
    return not (
        (_is_of_word(before) and _is_of_word(first)) or (_is_of_word(behind) and _is_of_word(last))
    )


def _see(text: str, places: range) -> str:
    """Return the first character there that a person sees, or ""."""
    return next((text[at] for at in places if not _is_unseen(text[at])), "")


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_" or bool(character and combining(character))
