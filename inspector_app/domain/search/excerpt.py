"""A hit with a few words around it, as one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from inspector_app.domain.search.folding import Span

_BEFORE = 40
_BEHIND = 160
_SPACES = re.compile(r"\s+")


class Excerpt(NamedTuple):
    """What stands before a hit, the hit, and what follows; all three on one line."""

    before: str
    hit: str
    behind: str

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.before}{self.hit}{self.behind}"


def make_excerpt(text: str, span: Span) -> Excerpt:
    """Return a hit with its surroundings; an ellipsis says that there is more."""
    first = max(span.start - _BEFORE, 0)
    if first:
        # From the beginning of a word, where one is near.
        space = text.find(" ", first, span.start)
        first = space + 1 if space >= 0 else first
    last = min(span.end + _BEHIND, len(text))
    before = _SPACES.sub(" ", text[first : span.start])
    hit = _SPACES.sub(" ", text[span.start : span.end][:_BEHIND])
    behind = _SPACES.sub(" ", text[span.end : last])
    return Excerpt(
        f"… {before}" if first else before.lstrip(),
        hit,
        f"{behind} …" if last < len(text) else behind.rstrip(),
    )
