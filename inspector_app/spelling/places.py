"""The texts of an inspection that spelling looks at, in the order of the report's parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.domain.entities import (
    Action,
    Block,
    Details,
    EvidenceNote,
    Notice,
    PreviousBreach,
    Service,
    Topic,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.inspection import Inspection

_FIELDS: dict[type, tuple[str, ...]] = {
    Topic: ("lead",),
    Block: ("text",),
    Action: ("text",),
    Notice: ("must", "action"),
    EvidenceNote: ("text",),
    PreviousBreach: ("text", "answer"),
    Details: ("overall_departure_reason",),
    Service: ("overall_departure_reason",),
}


class TextPlace(NamedTuple):
    """A field that holds running text."""

    entity: str
    field: str


def list_texts(inspection: Inspection) -> Iterator[tuple[TextPlace, str]]:
    """Yield each text and its place; tables and pictures are edited elsewhere and left out."""
    for entity in (*inspection.descendants(inspection.id), inspection.find(inspection.id)):
        for field in _FIELDS.get(type(entity), ()):
            if entity is not None and not _is_embedded(entity):
                yield TextPlace(entity.id, field), getattr(entity, field)


def _is_embedded(entity: AnyEntity) -> bool:
    return isinstance(entity, Block) and entity.kind in {"table", "image"}
