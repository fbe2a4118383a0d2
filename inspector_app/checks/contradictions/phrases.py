"""Two words that name a thing, for what stands in no list: “rubber dams”, “home visits”.

Word lists know what most reports speak of. What they do not know is compared by its own name: two
words side by side that both sentences hold, and that are neither people nor grammar.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[a-z][a-z’'-]{2,}")
_NO_NAME = ("ly", "ed", "ing", "’s", "'s", "s'", "s’")
PHRASE = "="
"""How the ids of themes begin that are such a name, and no list's."""


class PhraseFinder:
    """Finds names of things; `common` are the words that tell nothing by themselves."""

    def __init__(self, common: Iterable[str]) -> None:
        self._common = frozenset(common)

    def find(self, clause: str) -> Iterator[tuple[str, int, int]]:
        """Yield the id of each name in a clause in small letters, and where it stands."""
        before: re.Match[str] | None = None
        for word in _WORD.finditer(clause):
            text = word.group()
            if text in self._common:
                before = None
                continue
            if (
                before is not None
                and clause[before.end() : word.start()] == " "
                and not text.endswith(_NO_NAME)
                and not before.group().endswith(_NO_NAME[:2])
            ):
                id_ = f"{PHRASE}{_singular(before.group())} {_singular(text)}"
                yield id_, before.start(), word.end()
            before = word


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
