"""What is different between two states of one inspection, part by part.

Ids tell which parts are the same: a bullet that was rewritten and moved is one difference of one
bullet, not one bullet gone and another come.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from inspector_app.domain.change import to_plain
from inspector_app.domain.entities import BELOW, AnyEntity, Details, Edition
from inspector_app.domain.order import longest_rising
from inspector_app.domain.versions.steps import finish
from inspector_app.errors import ChangeConflict

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from inspector_app.domain.entities import Entity
    from inspector_app.domain.inspection import Inspection

DifferenceKind: TypeAlias = Literal["added", "removed", "changed", "moved"]
PLACE = ("parent", "position")
"""The fields that say where a part stands, not what it says."""
_COMPARED: Mapping[type[Entity], tuple[type[Entity], ...]] = {
    parent: tuple(kind for kind in kinds if kind is not Edition) for parent, kinds in BELOW.items()
}
"""The framework is moved to another edition on purpose, and by no way back to an earlier text."""


class FieldDifference(NamedTuple):
    """A field, or one key of a mapping field (“ratings.safe”), then and now, as plain data."""

    field: str
    then: Any
    now: Any


class Difference(NamedTuple):
    """How a part differs now from what it was.

    The details have a difference a field, so that each can be looked at by itself; other parts have
    one each. `kind` is “changed” also where the part was moved besides; `moved` then says so.
    """

    kind: DifferenceKind
    entity: AnyEntity
    """The part as it is now; one that was removed, as it was."""
    fields: tuple[FieldDifference, ...] = ()
    """What changed but for its place; empty where the part was added or removed."""
    moved: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the others: the part's id, of the details the field's name too."""
        is_details = isinstance(self.entity, Details)
        return self.entity.id, self.fields[0].field if is_details else ""


def compare(then: Inspection, now: Inspection) -> tuple[Difference, ...]:
    """Return what is different now, in the order of the inspection's parts.

    What was removed stands where it stood: behind the part that it came after, if that is there.

    Raises:
        ChangeConflict: These are two inspections.
    """
    return finish(compare_in_steps(then, now))


def compare_in_steps(
    then: Inspection, now: Inspection
) -> Generator[None, None, tuple[Difference, ...]]:
    """Do the same in steps, each small, for who cannot wait.

    Raises:
        ChangeConflict: These are two inspections.
    """
    if then.id != now.id:
        raise ChangeConflict("These are two inspections, so they were not compared.")
    moved = yield from _find_moved(then, now)
    found: list[Difference] = []
    for entity in _walk_both(then, now):
        found += _compare_part(then.find(entity.id), now.find(entity.id), moved)
        yield
    return tuple(found)


def _compare_part(
    then: AnyEntity | None, now: AnyEntity | None, moved: set[str]
) -> Iterator[Difference]:
    if now is None:
        if then is not None:
            yield Difference("removed", then)
        return
    if then is None:
        yield Difference("added", now)
        return
    fields = () if then == now else tuple(_compare_fields(then, now))
    if isinstance(now, Details):
        yield from (Difference("changed", now, (field,)) for field in fields)
    elif fields or now.id in moved:
        yield Difference("changed" if fields else "moved", now, fields, now.id in moved)


def _compare_fields(then: Entity, now: Entity) -> Iterator[FieldDifference]:
    for name in now.__struct_fields__:
        if name in PLACE or getattr(then, name) == getattr(now, name):
            continue
        before, after = to_plain(getattr(then, name)), to_plain(getattr(now, name))
        # An edit cannot name the key "": such a mapping is one difference.
        if isinstance(before, dict) and isinstance(after, dict) and "" not in {*before, *after}:
            for key in dict.fromkeys((*before, *after)):
                if before.get(key) != after.get(key):
                    yield FieldDifference(f"{name}.{key}", before.get(key), after.get(key))
        else:
            yield FieldDifference(name, before, after)


def _find_moved(then: Inspection, now: Inspection) -> Generator[None, None, set[str]]:
    """Return the parts that stand below another part now, or elsewhere among those that stayed.

    Positions alone do not tell: a part that was moved up and down again has another one.
    """
    moved: set[str] = set()
    places = {(entity.parent, type(entity)) for entity in now if not isinstance(entity, Details)}
    for parent, kind in places:
        here = now.child_ids(parent, kind)
        ranks = {id_: rank for rank, id_ in enumerate(then.child_ids(parent, kind))}
        moved.update(id_ for id_ in here if id_ not in ranks and then.find(id_) is not None)
        stayed = [id_ for id_ in here if id_ in ranks]
        fixed = [_get_position(then, id_) == _get_position(now, id_) for id_ in stayed]
        if not all(fixed):
            kept = _find_kept([ranks[id_] for id_ in stayed], fixed)
            moved.update(id_ for index, id_ in enumerate(stayed) if index not in kept)
        yield
    return moved


def _find_kept(ranks: list[int], fixed: list[bool]) -> set[int]:
    """Return the indexes of siblings that still stand in their old order.

    Those whose position is the same are among them, and of the others as many as possible.
    """
    kept = {index for index, same in enumerate(fixed) if same}
    borders = [-1, *sorted(kept), len(ranks)]
    for start, end in pairwise(borders):
        low = ranks[start] if start >= 0 else -1
        high = ranks[end] if end < len(ranks) else len(ranks) + max(ranks)
        between = [rank if low < rank < high else None for rank in ranks[start + 1 : end]]
        kept.update(start + 1 + index for index in longest_rising(between))
    return kept


def _get_position(inspection: Inspection, id_: str) -> str:
    found = inspection.find(id_)
    return found.position if found is not None else ""


def _walk_both(then: Inspection, now: Inspection) -> Iterator[AnyEntity]:
    """Yield each part of either once, each after its parent now or then."""
    yield now.details
    seen = {now.id}
    yield from _walk_below(then, now, now.details, seen)


def _walk_below(
    then: Inspection, now: Inspection, parent: Entity, seen: set[str]
) -> Iterator[AnyEntity]:
    for kind in _COMPARED[type(parent)]:
        for id_ in _merge(then.child_ids(parent.id, kind), now.child_ids(parent.id, kind), now):
            entity = now.find(id_) or then.find(id_)
            if entity is None or id_ in seen:
                continue
            seen.add(id_)
            yield entity
            yield from _walk_below(then, now, entity, seen)


def _merge(then: tuple[str, ...], now: tuple[str, ...], current: Inspection) -> Iterator[str]:
    """Yield the ids of now, and behind each what was removed after it."""
    removed: dict[str, list[str]] = {}
    before = ""
    here = set(now)
    for id_ in then:
        if id_ in here:
            before = id_
        elif current.find(id_) is None:
            removed.setdefault(before, []).append(id_)
    yield from removed.get("", ())
    for id_ in now:
        yield id_
        yield from removed.get(id_, ())
