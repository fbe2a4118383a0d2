"""What parts were called in earlier inspection files, and what they are now.

Files, journals and backups keep their changes as they were written, so each part and each edit is
brought up to date where it is read. A name that is given up here must not be given out again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.entities import Entity, Service

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.domain.change import Plain

GRID_ROW = "grid_row"
"""Up to format 3 a row of the ratings grid was a part of its own kind."""
_KINDS: Mapping[str, Mapping[str, Plain]] = {GRID_ROW: {"entity": "service", "row_only": True}}
_FIELDS: Mapping[type[Entity], Mapping[str, str]] = {Service: {"service": "name"}}


def update_kind(kind: str) -> str:
    """Return the tag that parts of a kind have now."""
    return str(_KINDS.get(kind, {}).get("entity", kind))


def update_part(data: dict[str, Plain]) -> dict[str, Plain]:
    """Return the plain data of a part as it is described now."""
    more = _KINDS.get(str(data.get("entity")))
    if more is None:
        return data
    return {**{update_field(Service, key): value for key, value in data.items()}, **more}


def update_field(kind: type[Entity], field: str) -> str:
    """Return what a field of a part is called now."""
    return _FIELDS.get(kind, {}).get(field, field)
