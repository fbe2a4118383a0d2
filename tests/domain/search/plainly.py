"""The plainest way to say what a search finds: every part of a text, compared whole."""

from __future__ import annotations

import re
from unicodedata import category, combining, normalize

from inspector_app.domain.search.folding import Span

_STRAIGHT = str.maketrans("‘’“”ʼ´\u2212", "''\"\"''-")
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE", "ı": "i"})


def compare_as(text: str, match_case: bool) -> str:
    """Return the text without what makes no difference, the whole of it at once."""
    plain = "".join(_compare_one_as(character, match_case) for character in text)
    return re.sub(r"\s+", " ", plain)


def _compare_one_as(character: str, match_case: bool) -> str:
    if is_unseen(character):
        return ""
    if character.isspace():
        return character
    straight = character.translate(_STRAIGHT)
    if category(character) == "Pd":
        straight = "-"
    plain = _drop_marks(normalize("NFKC", straight)).translate(_STRAIGHT)
    plain = straight if plain.isspace() else plain
    return plain if match_case else _drop_marks(plain.casefold()).translate(_STRAIGHT)


def _drop_marks(text: str) -> str:
    bare = "".join(part for part in normalize("NFD", text) if not combining(part))
    return bare.translate(_LETTERS)


def is_unseen(character: str) -> bool:
    return category(character) == "Cf" or character in "\u034f\u3164\u180b\ufe0e\ufe0f"


def is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_" or combining(character) > 0


def is_within_word(text: str, at: int) -> bool:
    before = [character for character in text[:at] if not is_unseen(character)]
    behind = [character for character in text[at:] if not is_unseen(character)]
    return bool(before and behind) and is_of_word(before[-1]) and is_of_word(behind[0])


def begins_letter(text: str, start: int) -> bool:
    """Tell whether a letter or a run of white space begins there."""
    if is_unseen(text[start]) or combining(text[start]):
        return False
    front = [
        character
        for character in text[:start]
        if not is_unseen(character) and not combining(character)
    ]
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
