"""Replacing what was found: one change, whatever the number of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from inspector_app.domain.change import Edit, to_plain
from inspector_app.domain.entities import Block
from inspector_app.domain.search.typed_texts import read_text
from inspector_app.texts import pluralise, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.search.folding import Span

_LONGEST = 40


class Spot(NamedTuple):
    """One hit: a part, its field, the place in it, the text that was searched, and where in it."""

    entity: str
    field: str
    at: tuple[int, ...]
    text: str
    span: Span


class Replacement(NamedTuple):
    """The edits that replace, and how many hits they replace; others are no longer as found."""

    edits: tuple[Edit, ...]
    replaced: int


def draft_replacement(
    inspection: Inspection, spots: Iterable[Spot], replacement: str
) -> Replacement:
    """Return the edits that put a text in the place of hits.

    A hit whose text is another one by now is left alone. Entries of a list (an address, activities)
    that become empty go. Composed without a draft, which takes seconds for thousands of edits.

    Args:
        inspection: The current value.
        spots: The hits, in any order; those of one text do not overlap.
        replacement: Goes in as it is.
    """
    by_field: dict[tuple[str, str], dict[tuple[int, ...], list[Spot]]] = {}
    replaced = 0
    for spot in spots:
        if read_text(inspection.find(spot.entity), spot.field, spot.at) == spot.text:
            replaced += 1
            places = by_field.setdefault((spot.entity, spot.field), {})
            places.setdefault(spot.at, []).append(spot)
    edits = []
    for (id_, field), places in by_field.items():
        entity = inspection.find(id_)
        before = getattr(entity, field)
        texts = {
            at: replace_spans(found[0].text, [spot.span for spot in found], replacement)
            for at, found in places.items()
        }
        after = _put_in(before, texts)
        if isinstance(after, tuple) and not isinstance(entity, Block):
            after = tuple(item for item in after if item.strip())
        if after != before:
            edits.append(
                Edit(entity=id_, field=field, before=to_plain(before), after=to_plain(after))
            )
    return Replacement(tuple(edits), replaced)


def replace_spans(text: str, spans: Sequence[Span], replacement: str) -> str:
    """Return a text with another one in the place of some spans, which do not overlap."""
    parts = []
    at = 0
    for start, end in sorted(spans):
        parts += [text[at:start], replacement]
        at = end
    return "".join([*parts, text[at:]])


def name_replacement(searched: str, replacement: str, count: int) -> str:
    """Return what undo and history call it: “Replace “x” by “y” in 14 places”."""
    before, after = shorten(searched, _LONGEST), shorten(replacement, _LONGEST)
    return f"Replace “{before}” by “{after}” in {pluralise(count, 'place')}"


def _put_in(value: Any, texts: dict[tuple[int, ...], str]) -> Any:
    """Return a field's value with other texts at some places."""
    if () in texts:
        return texts[()]
    if not isinstance(value, tuple):
        return value
    below: dict[int, dict[tuple[int, ...], str]] = {}
    for (first, *rest), text in texts.items():
        below.setdefault(first, {})[tuple(rest)] = text
    return tuple(
        _put_in(item, below[index]) if index in below else item for index, item in enumerate(value)
    )
