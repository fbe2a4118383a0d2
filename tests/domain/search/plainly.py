"""The plainest way to say what a search finds: every part of a text, compared whole."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

from inspector_app.domain.search.folding import Span


def compare_as(text: str, match_case: bool) -> str:
    """Return the text without what makes no difference, the whole of it at once."""
    straight = text.translate(str.maketrans("‘’“”", "''\"\""))
    plain = "".join(part for part in normalize("NFD", straight) if not combining(part))
    if not match_case:
        plain = "".join(part for part in normalize("NFD", plain.casefold()) if not combining(part))
    return re.sub(r"\s+", " ", plain)


def is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_" or combining(character) > 0


def is_within_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and is_of_word(text[at - 1]) and is_of_word(text[at])


def begins_letter(text: str, start: int) -> bool:
    """Tell whether a letter or a run of white space begins there."""
    if combining(text[start]):
        return False
    front = [character for character in text[:start] if not combining(character)]
    return not (text[start].isspace() and front and front[-1].isspace())


def find_plainly(text: str, query: str, match_case: bool, whole_words: bool) -> list[Span]:
    wanted = compare_as(query, match_case)
    found: list[Span] = []
    start = 0
    while start < len(text):
        ends = [
            end
            for end in range(start + 1, len(text) + 1)
            if compare_as(text[start:end], match_case) == wanted
        ]
        whole = bool(ends) and not (is_within_word(text, start) or is_within_word(text, ends[-1]))
        if ends and begins_letter(text, start) and (whole or not whole_words):
            found.append(Span(start, ends[-1]))
            start = ends[-1]
        else:
            start += 1
    return found
