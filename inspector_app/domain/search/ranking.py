"""Searching texts by a few of their words, in any order, and which of them fit best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.search.folding import fold
from inspector_app.domain.search.search import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.search.search import Found, SearchIndex


def steps_by_words(
    index: SearchIndex,
    inspection: Inspection,
    text: str,
    wanted: Callable[[AnyEntity], bool] | None = None,
) -> Iterator[Found | None]:
    """Yield the texts that have every word of `text`, as `SearchIndex.steps` does.

    The hits of each are those of the longest word, or of all the words where they stand together.
    """
    words = fold(text).text.split()
    if not words:
        return
    phrase = " ".join(words)
    longest = max(words, key=len)
    for found in index.steps(inspection, Query(longest), "everything", wanted):
        if found is None:
            yield None
            continue
        folded = fold(found.place.text).text
        if phrase in folded:
            yield found._replace(query=Query(phrase))
        else:
            yield found if all(word in folded for word in words) else None


def rank_by_words(shown: str, text: str) -> int | None:
    """Return how well a text fits what was typed: 0 best, None not at all.

    It begins with it (0), a word of it does (1), it contains it (2), or only each of its words (3).
    """
    folded, phrase = fold(shown).text.strip(), fold(text).text.strip()
    if folded.startswith(phrase):
        return 0
    at = folded.find(phrase)
    if at >= 0:
        while at > 0:
            if not folded[at - 1].isalnum():
                return 1
            at = folded.find(phrase, at + 1)
        return 2
    return 3 if all(word in folded for word in phrase.split()) else None
