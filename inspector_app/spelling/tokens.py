"""Which parts of a text are words that spelling has something to say about."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_WORD = 64
"""Letters; nothing longer is a word, and no dictionary is asked about it."""

# What stands for something else as a whole: prompts, addresses of people and pages, files. Each is
# looked for only where it can begin: a text without spaces is not read anew at every letter.
_NO_PROSE = re.compile(
    r"""\[[^\[\]]*\]                                  # a prompt that waits for words
      | (?<![^\s<>()\[\]])[^\s<>()\[\]]+@[^\s<>()\[\]]+   # sara@example.org
      | (?<!\w)\w+://\S+ | www\.\S+                  # an address of a page
      | (?<![\w.-])[\w-]+(?:\.[\w-]+)*
        \.(?:uk|com|org|net|gov|eu|info|io|docx?|xlsx?|pptx?|pdf|jpe?g|png|txt|csv|json|inspection)
        (?!\w)(?:/\S*)?                               # example.org.uk/page, rota.xlsx
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Letters, digits and marks on letters; inside, apostrophes and hyphens of every kind.
_TOKEN = re.compile(r"[\w\u0300-\u036f]+(?:['’\-\u2010\u2011][\w\u0300-\u036f]+)*")
_ABBREVIATION = re.compile(r"[A-Z]{2,}(?:s|['’]s)?")
_LAST_LATIN = "\u024f"
_MORE_LATIN = ("\u1e00", "\u1eff")
_SIGNS = frozenset("'-’\u2010\u2011")


class Word(NamedTuple):
    """A word and where it stands, counted in characters of Python."""

    start: int
    text: str


def find_words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order.

    Left out is what no dictionary of English can judge: single letters, abbreviations in capitals
    (CQC, GPs), whatever holds a digit or an underscore (regulations, ids, NHS numbers, “COVID-19”),
    addresses, file names, prompts in square brackets, and other scripts.
    """
    gaps = [found.span() for found in _NO_PROSE.finditer(text)] if _may_hold_gaps(text) else []
    for token in _TOKEN.finditer(text):
        start, word = token.start(), token[0]
        while gaps and gaps[0][1] <= start:
            gaps.pop(0)
        if gaps and gaps[0][0] < token.end():
            continue
        if is_checked(word):
            yield Word(start, word)


def is_checked(word: str) -> bool:
    """Tell whether a word is one that a dictionary of English can judge."""
    if len(word) < 2 or _ABBREVIATION.fullmatch(word) or word.isupper():
        return False
    if word.isascii():
        return word.isalpha() or not any(char.isdigit() or char == "_" for char in word)
    return all(char in _SIGNS or _is_latin(char) for char in word)


def normalise(word: str) -> str:
    """Return a word as dictionaries write it: one kind of apostrophe and hyphen, marks joined."""
    if word.isascii():
        return word
    plain = word.replace("’", "'").replace("\u2010", "-").replace("\u2011", "-")
    return unicodedata.normalize("NFC", plain)


def _may_hold_gaps(text: str) -> bool:
    return "[" in text or "@" in text or "." in text or "://" in text


def _is_latin(char: str) -> bool:
    if "\u0300" <= char <= "\u036f":
        return True
    latin = char <= _LAST_LATIN or _MORE_LATIN[0] <= char <= _MORE_LATIN[1]
    return latin and char.isalpha()
