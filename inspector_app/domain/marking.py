"""Telling what of the typed texts a report prints: marks in their places are looked for in it.

That holds for every field and for templates of one's own, whatever these do with a text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from inspector_app.domain.entities import AnyEntity, Attachment, Entity
from inspector_app.domain.ids import new_id
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.search.typed_texts import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MARKED: Mapping[type[Entity], tuple[str, ...]] = {
    **FIELDS,
    Attachment: (*FIELDS[Attachment], "sha256"),
}
"""What the report prints as it is, if it prints it: a mark in its place shows whether."""
_PRINTED_ID = re.compile(r'data-id="([a-z0-9]+)"')


class TypedValue(NamedTuple):
    """A value of a part: a field, or one key of a mapping field."""

    entity: str
    field: str
    key: str = ""


class MarkedInspection:
    """An inspection with a mark in place of each typed text, to be rendered."""

    def __init__(self, inspection: Inspection) -> None:
        self._start = f"zq{new_id()}x"
        self._origins: list[TypedValue] = []
        self.inspection = Inspection(self._mark(item) for item in inspection)

    @property
    def values(self) -> Iterable[TypedValue]:
        """What is marked: every typed text that is not blank."""
        return dict.fromkeys(self._origins)

    def find(self, printed: str) -> set[TypedValue]:
        """Return the values whose marks stand in what was printed."""
        numbers = re.findall(rf"{self._start}(\d+)qz", printed, re.IGNORECASE)
        return {self._origins[int(number)] for number in numbers}

    def _mark(self, item: AnyEntity) -> AnyEntity:
        marks = {
            name: self._replace(getattr(item, name), TypedValue(item.id, name))
            for name in _MARKED.get(type(item), ())
        }
        return msgspec.structs.replace(item, **marks)

    def _replace(self, value: Any, origin: TypedValue) -> Any:
        if isinstance(value, tuple):
            return tuple(self._replace(part, origin) for part in value)
        if not value.strip():
            return value
        self._origins.append(origin)
        return f"{self._start}{len(self._origins) - 1}qz"


def find_printed_ids(printed: str) -> set[str]:
    """Return the ids of the parts that a rendered report names as the source of a text."""
    return set(_PRINTED_ID.findall(printed))
