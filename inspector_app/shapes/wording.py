"""The wording of messages: names cut short, near names offered."""

from __future__ import annotations

import difflib
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MISSING = "is missing"
"""The message for a key that is required."""
QUOTED = 40
"""Characters of a foreign text that a message shows at most."""

_LISTED = 8


def make_printable(text: str) -> str:
    """Return at most about 40 characters, without anything that a terminal or log would act on."""
    cut = text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in cut)


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return `"; did you mean 'medicines'?"` for the nearest candidate, or "" if none is near."""
    return _find_nearest(word, tuple(candidates)) if len(word) <= 2 * QUOTED else ""


# A slip is made once and then copied: the same unknown key can come back with every record.
@lru_cache(maxsize=512)
def _find_nearest(word: str, candidates: tuple[str, ...]) -> str:
    folded = {item.casefold(): item for item in reversed(candidates)}
    near = difflib.get_close_matches(word.casefold(), folded, n=1)
    return f"; did you mean '{make_printable(folded[near[0]])}'?" if near else ""


def no_such(what: str, word: str, candidates: Iterable[str]) -> str:
    """Return the message for an unknown name, with the nearest known one or the few there are."""
    known = tuple(filter(None, candidates))
    hint = did_you_mean(word, known)
    if not hint and 0 < len(known) <= _LISTED:
        hint = f"; known: {list_names(known)}"
    return f"no such {what} '{make_printable(word)}'{hint}"


def list_names(names: Iterable[str]) -> str:
    """Return `'a', 'b', 'c'`."""
    return ", ".join(f"'{make_printable(name)}'" for name in names)
