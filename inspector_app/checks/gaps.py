"""Gaps: what stands in square brackets and is still to be replaced, wherever the report prints it.

The prompts of the framework's standard texts are gaps, and so is what people write themselves to
come back to (“[date]”, “[insert name]”). In a quotation, brackets hold what stands for a person's
words: “I asked [name].”
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from inspector_app.checks.language import find_spans, is_quoted
from inspector_app.checks.result import Location
from inspector_app.domain.entities import Action, Block, Details, Notice, Service, Topic
from inspector_app.domain.search.typed_texts import list_texts, walk
from inspector_app.report.standard import PROMPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.inspection import Inspection

_CACHED = 4_000
_PRINTED = (Action, Block, Notice, Service, Topic)
_PRINTED_DETAILS = frozenset({"previous_rating_note"})


@lru_cache(_CACHED)
def find_gaps_in(text: str, prompts: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Return where a text has gaps, in order.

    Args:
        text: What was typed.
        prompts: Those of the framework's texts, from `list_prompts`.
    """
    if "[" not in text:
        return ()
    own = _own_prompts()
    return tuple(
        (start, end)
        for start, end in find_spans(PROMPT, text)
        if (text[start:end].casefold() in prompts or own.fullmatch(text, start + 1, end - 1))
        and not is_quoted(text, start)
    )


def is_printed(entity: AnyEntity, field: str) -> bool:
    """Tell whether the report prints a field: gaps elsewhere are nobody's but the inspector's."""
    if isinstance(entity, Details):
        return field in _PRINTED_DETAILS
    if isinstance(entity, Service):
        return field == "name"
    return isinstance(entity, _PRINTED)


def list_gaps_of(entity: AnyEntity, prompts: frozenset[str]) -> Iterator[Location]:
    """Yield the gaps of one part."""
    if not isinstance(entity, (Details, *_PRINTED)):
        return
    for field, at, text in list_texts(entity):
        if "[" in text and is_printed(entity, field):
            name = ".".join((field, *map(str, at)))
            for start, end in find_gaps_in(text, prompts):
                yield Location(entity.id, name, start, end)


def list_gaps(inspection: Inspection, prompts: frozenset[str]) -> Iterator[Location]:
    """Yield all gaps of an inspection, in the order of the window's pages."""
    for entity in walk(inspection):
        yield from list_gaps_of(entity, prompts)


def gap_words() -> str:
    """Return an expression for what people put into brackets to come back to."""
    # Imported here: most starts find no bracket.
    from inspector_app.assets import get_resource
    from inspector_app.checks.word_lists import WordingWords, any_of, load_words

    # Ours, which nobody can change: the window never waits for the folder of an organisation.
    prompts = any_of(load_words(WordingWords, get_resource("checks")).prompts)
    return (
        rf"(?i:\s*{prompts}(?:\s*[:/,-][^\[\]<>]{{0,60}})?\s*)"
        r"|(?i:\s*(?:insert|add|tbc|tba|todo|enter|type)\b[^\[\]<>]{0,80})"
    )


@cache
def _own_prompts() -> re.Pattern[str]:
    return re.compile(gap_words())
