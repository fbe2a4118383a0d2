"""Reading files of newer formats, as far as they can be understood; nothing is ever written.

A newer version may have more tables, columns, kinds of parts and fields. What is not known is
passed by: the file has it all the same. Not even the note of who owns a file is put beside it,
since it is looked into and not owned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from inspector_app.domain.change import Plain
from inspector_app.domain.entities import PARENTS, AnyEntity, Details
from inspector_app.domain.former import update_part
from inspector_app.domain.ids import is_own_id
from inspector_app.domain.inspection import Inspection, entity_from_plain
from inspector_app.errors import ChangeConflict
from inspector_app.storage.history import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import apsw

    from inspector_app.domain.entities import Entity

_KINDS: Mapping[str, type[Entity]] = {str(kind.__struct_config__.tag): kind for kind in PARENTS}
_decoder = msgspec.json.Decoder(dict[str, Plain])


class Understood(NamedTuple):
    """What is understood of a newer file."""

    inspection: Inspection
    unknown: int
    """How many of its parts are not: they are of kinds, or in places, that came later."""
    partly: int
    """How many have fields, or values, that are not."""


def read_newer(connection: apsw.Connection) -> Understood | None:
    """Return what is understood of an open file of a newer format; None: not even its details.

    Raises:
        apsw.Error: It has no table that could be the parts.
    """
    parts: dict[str, AnyEntity] = {}
    unknown = partly = 0
    # As bytes: text that is none is of a part that is not understood.
    for (body,) in connection.execute("SELECT CAST(body AS BLOB) FROM entity"):
        part, whole = _read_part(body)
        if part is None:
            unknown += 1
        else:
            parts[part.id] = part
            partly += not whole
    placed = _keep_placed(parts)
    try:
        inspection = Inspection(placed)
        _ = inspection.details
    except ChangeConflict:
        return None
    return Understood(inspection, unknown + len(parts) - len(placed), partly)


def _read_part(body: Any) -> tuple[AnyEntity | None, bool]:
    """Return a part as far as it is understood, and whether that is all of it."""
    try:
        data = update_part(_decoder.decode(body))
        kind = _KINDS.get(str(data.get("entity")))
        if kind is None:
            return None, False
        names = {"entity", *(field.name for field in msgspec.structs.fields(kind))}
        known = {name: value for name, value in data.items() if name in names}
        part, dropped = _drop_strange_value(known)
    except UNREADABLE:
        return None, False
    if part is None or not is_own_id(part.id):
        return None, False
    return part, not dropped and len(known) == len(data)


def _drop_strange_value(data: dict[str, Plain]) -> tuple[AnyEntity | None, bool]:
    """Return the part, and whether that is without a field that holds what it never held before."""
    try:
        return entity_from_plain(data), False
    except msgspec.ValidationError:
        pass
    needed: dict[str, Plain] = {
        name: data[name] for name in ("entity", "id", "parent", "position") if name in data
    }
    optional = [name for name in data if name not in needed]
    for name in optional:
        others = {other: data[other] for other in optional if other != name}
        try:
            return entity_from_plain({**needed, **others}), True
        except msgspec.ValidationError:
            continue
    return None, True


def _keep_placed(parts: Mapping[str, AnyEntity]) -> list[AnyEntity]:
    """Return the parts whose parents, up to the details, are understood."""
    placed: dict[str, AnyEntity] = {
        part.id: part for part in parts.values() if isinstance(part, Details)
    }
    while more := [
        part
        for part in parts.values()
        if part.id not in placed and _fits(part, placed.get(part.parent))
    ]:
        placed |= {part.id: part for part in more}
    return list(placed.values())


def _fits(part: AnyEntity, parent: AnyEntity | None) -> bool:
    return parent is not None and type(parent) in PARENTS[type(part)]


def describe_newer(name: str, found: Understood, format_: int, known: int) -> str:
    """Return what to tell a person who looks into a newer file."""
    unknown = [
        *([f"{found.unknown} parts of it are not shown"] if found.unknown else []),
        *([f"{found.partly} parts are shown without what is new in them"] if found.partly else []),
    ]
    less = f" {' and '.join(unknown)}." if unknown else ""
    return (
        f"“{name}” was made with a newer version of Inspector (file format {format_}; this "
        f"version knows up to {known}). You can look at it here, but not change it. The file has "
        f"everything.{less} Install the newer version to go on with it."
    )
