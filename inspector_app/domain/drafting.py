"""Composing changes: say what is to happen, get one `Change` with every value before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from inspector_app.domain.change import Change, Edit, to_plain
from inspector_app.domain.entities import AnyEntity, Entity
from inspector_app.domain.inspection import Inspection, entity_to_plain
from inspector_app.domain.order import position_between
from inspector_app.errors import ChangeConflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

E = TypeVar("E", bound=Entity)


class Draft:
    """A change in the making; `result` is the inspection as it would be.

    Example:
        >>> draft = Draft(inspection)                                   # doctest: +SKIP
        >>> draft.set(details.id, "ratings.safe", "good")               # doctest: +SKIP
        >>> change = draft.finish("Change rating of Safe", who="AB")    # doctest: +SKIP
    """

    def __init__(self, inspection: Inspection) -> None:
        self.start = inspection
        """The inspection that the change applies to."""
        self.result = inspection
        self._edits: list[Edit] = []

    def create(self, entity: AnyEntity) -> None:
        """Add a part; its parent must be there already."""
        self._do(Edit(entity=entity.id, after=entity_to_plain(entity)))

    def create_all(self, entities: Sequence[AnyEntity]) -> None:
        """Add many parts at once, each after its parent."""
        self._do(*(Edit(entity=entity.id, after=entity_to_plain(entity)) for entity in entities))

    def set(self, id_: str, field: str, value: object) -> None:
        """Give a field, or one key of a mapping field ("ratings.safe"), a new value."""
        name, _, key = field.partition(".")
        before = to_plain(getattr(self._get(id_), name))
        if key and isinstance(before, dict):
            before = before.get(key)
        after = to_plain(value)
        if before != after:
            self._do(Edit(entity=id_, field=field, before=before, after=after))

    def set_all(self, values: Iterable[tuple[str, str, object]]) -> None:
        """Give many fields new values at once: the id of the part, the field, the value.

        No field stands twice.
        """
        edits = []
        for id_, field, value in values:
            current = getattr(self._get(id_), field)
            if current != value:
                before, after = to_plain(current), to_plain(value)
                edits.append(Edit(entity=id_, field=field, before=before, after=after))
        if edits:
            self._do(*edits)

    def move(self, id_: str, parent: str, before: str | None = None) -> None:
        """Put a part below a parent, in front of the sibling `before` (None: at the end).

        Raises:
            ChangeConflict: It cannot stand below that parent, or `before` is no sibling there.
        """
        siblings = self.result.child_ids(parent, type(self._get(id_)))
        if id_ == before and id_ in siblings:
            return
        ids = [other for other in siblings if other != id_]
        if before is not None and before not in ids:
            raise ChangeConflict(f"There is no part {before} below {parent} to stand in front of.")
        index = len(ids) if before is None else ids.index(before)
        low = self._get(ids[index - 1]).position if index else ""
        # Siblings that share a position (they came from two people) leave no room between them:
        # those behind the gap move up.
        behind = index
        while behind < len(ids) and self._get(ids[behind]).position == low:
            behind += 1
        high = self._get(ids[behind]).position if behind < len(ids) else ""
        self.set(id_, "parent", parent)
        for moved in (id_, *ids[index:behind]):
            low = position_between(low, high)
            self.set(moved, "position", low)

    def delete(self, id_: str) -> None:
        """Remove a part with all that stands below it."""
        self.delete_all([id_])

    def delete_all(self, ids: Iterable[str]) -> None:
        """Remove many parts at once, each with all that stands below it."""
        going: dict[str, AnyEntity] = {}
        for id_ in ids:
            for entity in (*reversed(list(self.result.descendants(id_))), self._get(id_)):
                going.setdefault(entity.id, entity)
        self._do(
            *(Edit(entity=id_, before=entity_to_plain(entity)) for id_, entity in going.items())
        )

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

    def _do(self, *edits: Edit) -> None:
        self.result = self.result.apply(Change(label="", edits=edits))
        self._edits += edits
