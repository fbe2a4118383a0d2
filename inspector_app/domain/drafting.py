"""Composing changes: say what is to happen, get one `Change` with every value before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from inspector_app.domain.change import Change, Edit
from inspector_app.domain.entities import AnyEntity, Entity
from inspector_app.domain.inspection import Inspection, entity_to_plain
from inspector_app.domain.order import position_between

if TYPE_CHECKING:
    from collections.abc import Sequence

E = TypeVar("E", bound=Entity)


class Draft:
    """A change in the making; `result` is the inspection as it would be.

    Example:
        >>> draft = Draft(inspection)                                   # doctest: +SKIP
        >>> draft.set(details.id, "ratings.safe", "good")               # doctest: +SKIP
        >>> change = draft.finish("Change rating of Safe", who="AB")    # doctest: +SKIP
    """

    def __init__(self, inspection: Inspection) -> None:
        self.result = inspection
        self._edits: list[Edit] = []

    def create(self, entity: AnyEntity) -> None:
        """Add a part; its parent must be there already."""
        self._do(Edit(entity=entity.id, after=entity_to_plain(entity)))

    def create_all(self, entities: Sequence[AnyEntity]) -> None:
        """Add many parts at once, each after its parent."""
        edits = [Edit(entity=entity.id, after=entity_to_plain(entity)) for entity in entities]
        self.result = self.result.apply(Change(label="", edits=tuple(edits)))
        self._edits += edits

    def set(self, id_: str, field: str, value: object) -> None:
        """Give a field, or one key of a mapping field ("ratings.safe"), a new value."""
        name, _, key = field.partition(".")
        before = msgspec.to_builtins(getattr(self._get(id_), name))
        if key:
            before = before.get(key)
        after = msgspec.to_builtins(value)
        if before != after:
            self._do(Edit(entity=id_, field=field, before=before, after=after))

    def move(self, id_: str, parent: str, before: str | None = None) -> None:
        """Put a part below a parent, in front of the sibling `before` (None: at the end)."""
        entity = self._get(id_)
        ids = [other for other in self.result.child_ids(parent, type(entity)) if other != id_]
        index = len(ids) if before is None else ids.index(before)
        low = self._get(ids[index - 1]).position if index else ""
        high = self._get(ids[index]).position if index < len(ids) else ""
        if low == high and low:
            # Two siblings on one position (they came from two people): give the later one its own.
            high = ""
        self.set(id_, "parent", parent)
        self.set(id_, "position", position_between(low, high))

    def delete(self, id_: str) -> None:
        """Remove a part with all that stands below it."""
        for entity in [*reversed(list(self.result.descendants(id_))), self._get(id_)]:
            self._do(Edit(entity=entity.id, before=entity_to_plain(entity)))

    def position_at_end(self, parent: str, kind: type[Entity]) -> str:
        """Return the position behind the last part of a kind below a parent."""
        ids = self.result.child_ids(parent, kind)
        return position_between(self._get(ids[-1]).position if ids else "")

    def finish(self, label: str, who: str = "") -> Change:
        """Return the change that was composed."""
        return Change(label=label, who=who, edits=tuple(self._edits))

    def _get(self, id_: str) -> AnyEntity:
        entity = self.result.find(id_)
        if entity is None:
            raise KeyError(id_)
        return entity

    def _do(self, edit: Edit) -> None:
        self.result = self.result.apply(Change(label="", edits=(edit,)))
        self._edits.append(edit)
