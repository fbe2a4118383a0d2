"""Every text of an inspection that a person typed, in the order of the window's pages.

Not among them: what is chosen and not written (regulations, topics, dates), names of files,
initials and tags of notes, and the names that must not appear in the report: to replace a name
everywhere must not take it off that list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.domain.entities import (
    BELOW,
    Action,
    Attachment,
    Block,
    Details,
    Entity,
    EvidenceNote,
    KeyQuestion,
    Notice,
    PreviousBreach,
    Section,
    Service,
    Topic,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.inspection import Inspection

FIELDS: Mapping[type[Entity], tuple[str, ...]] = {
    Details: (
        "location_name",
        "location_id",
        "service_type",
        "address",
        "telephone",
        "website",
        "provider_name",
        "provider_id",
        "registered_activities",
        "previous_rating_note",
        "overall_departure_reason",
        "signatory_name",
        "signatory_title",
    ),
    Service: ("name", "overall_departure_reason"),
    Topic: ("title", "lead"),
    Block: ("text", "header", "rows", "caption"),
    Action: ("text",),
    Notice: ("activities", "must", "action"),
    EvidenceNote: ("text", "source_detail"),
    Attachment: ("caption",),
    PreviousBreach: ("text", "answer"),
}
"""The fields that hold typed text: a text, a tuple of texts, or rows of cells."""

_ORDER: tuple[type[Entity], ...] = (
    Block, Topic, PreviousBreach, KeyQuestion, Section, Action, Service, Notice,
    EvidenceNote, Attachment,
)  # fmt: skip
_BELOW: Mapping[type[Entity], tuple[type[Entity], ...]] = {
    parent: tuple(kind for kind in _ORDER if kind in kinds) for parent, kinds in BELOW.items()
}


class TypedText(NamedTuple):
    """A text and where it stands. `at`: its index in a list, or row and cell in a table."""

    field: str
    at: tuple[int, ...]
    text: str


def list_texts(entity: Entity) -> Iterator[TypedText]:
    """Yield the texts of one part, but empty ones."""
    for field in FIELDS.get(type(entity), ()):
        value = getattr(entity, field)
        if isinstance(value, str):
            if value and not (field == "text" and _is_table(entity)):
                yield TypedText(field, (), value)
            continue
        for first, item in enumerate(value):
            if isinstance(item, str):
                if item:
                    yield TypedText(field, (first,), item)
                continue
            for second, cell in enumerate(item):
                if cell:
                    yield TypedText(field, (first, second), cell)


def read_text(entity: Entity | None, field: str, at: tuple[int, ...]) -> str | None:
    """Return the text at a place, or None where there is none now."""
    value = getattr(entity, field, None)
    for step in at:
        if not isinstance(value, tuple) or step >= len(value):
            return None
        value = value[step]
    return value if isinstance(value, str) else None


def walk(inspection: Inspection) -> Iterator[AnyEntity]:
    """Yield the parts that can hold typed text, in the order of the window's pages."""
    if inspection.id:
        yield inspection.details
        yield from _walk_below(inspection, inspection.id, Details)


def _walk_below(inspection: Inspection, parent: str, kind: type[Entity]) -> Iterator[AnyEntity]:
    for below in _BELOW[kind]:
        has_parts = bool(_BELOW[below])
        for id_ in inspection.child_ids(parent, below):
            entity = inspection.find(id_)
            if entity is not None:
                yield entity
                if has_parts:
                    yield from _walk_below(inspection, id_, below)


def _is_table(entity: Entity) -> bool:
    return isinstance(entity, Block) and entity.kind == "table"
