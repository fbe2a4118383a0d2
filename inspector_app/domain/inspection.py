"""The inspection: an immutable tree of entities, and how a change makes a new one."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from inspector_app.domain.change import WHOLE, Change, Edit, Plain, to_plain
from inspector_app.domain.entities import BELOW, PARENTS, AnyEntity, Details, Entity, Service
from inspector_app.domain.former import update_field, update_part
from inspector_app.errors import ChangeConflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

E = TypeVar("E", bound=Entity)
_Place = tuple[str, type[Entity]]
_decoder: msgspec.json.Decoder[AnyEntity] = msgspec.json.Decoder(AnyEntity)
_KINDS = {kind.__struct_config__.tag: kind for kind in PARENTS}


@cache
def _field_types(kind: type[Entity]) -> Mapping[str, Any]:
    """Return the type of each field that an edit may set; identity is not among them."""
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    del types["id"]
    return types


def entity_to_plain(entity: Entity) -> dict[str, Plain]:
    """Return an entity as plain data, defaults left out."""
    return cast("dict[str, Plain]", to_plain(entity))


def entity_from_plain(data: Plain) -> AnyEntity:
    """Return the entity that plain data describes.

    Raises:
        msgspec.ValidationError: The data describe none; the message names the field.
    """
    kind = None
    if isinstance(data, dict):
        data = update_part(data)
        # Asked for one kind, msgspec does not look through all of them for each part anew.
        kind = _KINDS.get(str(data.get("entity")))
    return cast("AnyEntity", msgspec.convert(data, kind or AnyEntity))


def entity_from_json(body: str) -> AnyEntity:
    """Return the entity that JSON describes.

    Raises:
        msgspec.ValidationError: It describes none.
        msgspec.DecodeError: It is no JSON.
    """
    try:
        return _decoder.decode(body)
    except msgspec.ValidationError:
        former = msgspec.json.decode(body)
        if not isinstance(former, dict) or update_part(former) is former:
            raise
        return entity_from_plain(former)


class Inspection:
    """A whole inspection as one value: every edit makes a new one and leaves this as it is.

    Reading is by id (`get`) and by place (`children`): the parts of one kind below a parent, in
    order. Applying a change costs time in the size of the change, not of the inspection, but for
    one flat copy of the table of parts.
    """

    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self, entities: Iterable[AnyEntity] = (), *, _tables: _Tables | None = None
    ) -> None:
        """Build an inspection from its parts, in any order.

        Raises:
            ChangeConflict: An id stands twice, a parent is missing or of the wrong kind, or there
                is more than one `Details`.
        """
        self._tables = _tables or _Tables()
        self._tables.fill(entities)

    # -- reading

    @property
    def details(self) -> Details:
        """The inspection's own fields.

        Raises:
            ChangeConflict: The inspection is still empty.
        """
        found = self._tables.entities.get(self._tables.root)
        if not isinstance(found, Details):
            raise ChangeConflict("The inspection is empty.")
        return found

    @property
    def id(self) -> str:
        """The inspection's id; empty while there are no details."""
        return self._tables.root

    def find(self, id_: str) -> AnyEntity | None:
        """Return the part of that id, or None."""
        return self._tables.entities.get(id_)

    def get(self, id_: str, kind: type[E]) -> E:
        """Return the part of that id and kind.

        Raises:
            KeyError: There is none.
        """
        found = self._tables.entities[id_]
        if not isinstance(found, kind):
            raise KeyError(id_)
        return found

    def children(self, parent: str, kind: type[E]) -> Iterator[E]:
        """Yield the parts of one kind below a parent, in order."""
        entities = self._tables.entities
        for id_ in self.child_ids(parent, kind):
            yield cast("E", entities[id_])

    def child_ids(self, parent: str, kind: type[Entity]) -> tuple[str, ...]:
        """Return the ids of the parts of one kind below a parent, in order."""
        return self._tables.children.get((parent, kind), ())

    def all(self, kind: type[E]) -> Iterator[E]:
        """Yield the inspection's own parts of one kind (notices, notes, …), in order."""
        return self.children(self.id, kind)

    def everywhere(self, kind: type[E]) -> Iterator[E]:
        """Yield the inspection's own parts of one kind, and then those of each of its services."""
        yield from self.all(kind)
        for service in self.all(Service):
            yield from self.children(service.id, kind)

    def __iter__(self) -> Iterator[AnyEntity]:
        return iter(self._tables.entities.values())

    def __len__(self) -> int:
        return len(self._tables.entities)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Inspection) and self._tables.entities == other._tables.entities

    def descendants(self, id_: str) -> Iterator[AnyEntity]:
        """Yield the parts below one part, each after its parent."""
        entities = self._tables.entities
        above = entities.get(id_)
        for kind in BELOW[type(above)] if above is not None else ():
            for child in self.child_ids(id_, kind):
                yield entities[child]
                if BELOW[kind]:
                    yield from self.descendants(child)

    # -- editing

    def apply(self, change: Change) -> Inspection:
        """Return the inspection after a change.

        Raises:
            ChangeConflict: An edit does not find what it expects, or would leave a part without
                its parent. Nothing is applied then.
        """
        tables = self._tables.copy()
        for edit in change.edits:
            tables.apply(edit)
        tables.close()
        return Inspection(_tables=tables)


class _Tables:
    """The tables behind an inspection, while they are being filled or changed."""

    def __init__(self) -> None:
        self.entities: dict[str, AnyEntity] = {}
        self.children: dict[_Place, tuple[str, ...]] = {}
        self.root = ""
        self._open: dict[_Place, list[str]] = {}
        """Children of the places that are being changed, until `close`."""
        self._behind: dict[_Place, int] = {}
        """Where the next of a row of new parts is likely to stand."""

    def copy(self) -> _Tables:
        new = _Tables()
        new.entities = dict(self.entities)
        new.children = dict(self.children)
        new.root = self.root
        return new

    def fill(self, entities: Iterable[AnyEntity]) -> None:
        """Take in many parts in any order, sorting each place once."""
        below: dict[_Place, list[tuple[str, str]]] = {}
        for entity in entities:
            self._register(entity)
            if not isinstance(entity, Details):
                below.setdefault((entity.parent, type(entity)), []).append(
                    (entity.position, entity.id)
                )
        for (parent, kind), keys in below.items():
            self._check_parent(parent, kind)
            keys.sort()
            self.children[parent, kind] = tuple(id_ for _, id_ in keys)

    def close(self) -> None:
        """Take what was changed below each place into `children`."""
        for place, siblings in self._open.items():
            if siblings:
                self.children[place] = tuple(siblings)
            else:
                self.children.pop(place, None)
        self._open.clear()

    def apply(self, edit: Edit) -> None:
        if edit.field == WHOLE:
            if edit.before is None:
                self._create(edit)
            else:
                self._delete(edit)
            return
        entity = self.entities.get(edit.entity)
        if entity is None:
            raise ChangeConflict(f"There is no part {edit.entity} to change.")
        new = _with_field(entity, edit)
        if isinstance(new, Details):
            _refuse_place(new)
        if (new.parent, new.position) == (entity.parent, entity.position):
            self.entities[edit.entity] = new
            return
        self._take_out(entity)
        self.entities[edit.entity] = new
        self._put_in(new)

    def _create(self, edit: Edit) -> None:
        try:
            entity = entity_from_plain(edit.after)
        except msgspec.ValidationError as error:
            raise ChangeConflict(f"The new part {edit.entity} is faulty: {error}") from error
        if entity.id != edit.entity:
            raise ChangeConflict(f"The new part {edit.entity} calls itself {entity.id}.")
        self._register(entity)
        if not isinstance(entity, Details):
            self._put_in(entity)

    def _delete(self, edit: Edit) -> None:
        entity = self.entities.get(edit.entity)
        if entity is None or edit.after is not None or not _describes(edit.before, entity):
            raise ChangeConflict(f"The part {edit.entity} is not as the change expects it.")
        if any(self._has_children((entity.id, kind)) for kind in BELOW[type(entity)]):
            raise ChangeConflict(f"The part {edit.entity} still has parts below it.")
        if isinstance(entity, Details):
            self.root = ""
        else:
            self._take_out(entity)
        del self.entities[entity.id]

    def _register(self, entity: AnyEntity) -> None:
        if entity.id in self.entities:
            raise ChangeConflict(f"The id {entity.id} stands twice.")
        if isinstance(entity, Details):
            if self.root:
                raise ChangeConflict("An inspection has its details once.")
            _refuse_place(entity)
            self.root = entity.id
        self.entities[entity.id] = entity

    def _check_parent(self, parent: str, kind: type[Entity]) -> None:
        found = self.entities.get(parent)
        if found is None or type(found) not in PARENTS[kind]:
            name = kind.__struct_config__.tag
            raise ChangeConflict(f"A {name} cannot stand below {parent or 'nothing'}.")

    def _put_in(self, entity: AnyEntity) -> None:
        place = (entity.parent, type(entity))
        self._check_parent(*place)
        siblings = self._open_place(place)
        key = (entity.position, entity.id)
        at = min(self._behind.get(place, len(siblings)), len(siblings))
        if (at and self._order_key(siblings[at - 1]) > key) or (
            at < len(siblings) and self._order_key(siblings[at]) < key
        ):
            at = bisect_left(siblings, key, key=self._order_key)
        siblings.insert(at, entity.id)
        self._behind[place] = at + 1

    def _take_out(self, entity: AnyEntity) -> None:
        siblings = self._open_place((entity.parent, type(entity)))
        key = (entity.position, entity.id)
        del siblings[bisect_left(siblings, key, key=self._order_key)]

    def _open_place(self, place: _Place) -> list[str]:
        siblings = self._open.get(place)
        if siblings is None:
            siblings = self._open[place] = list(self.children.get(place, ()))
        return siblings

    def _has_children(self, place: _Place) -> bool:
        return bool(self._open.get(place, self.children.get(place)))

    def _order_key(self, id_: str) -> tuple[str, str]:
        return self.entities[id_].position, id_


def _refuse_place(details: Details) -> None:
    if details.parent or details.position:
        raise ChangeConflict("The details stand below nothing, and in no order.")


def _describes(data: Plain, entity: AnyEntity) -> bool:
    # Compared as values: plain data may or may not spell out what a field is by default.
    try:
        return entity_from_plain(data) == entity
    except msgspec.ValidationError:
        return False


def _with_field(entity: AnyEntity, edit: Edit) -> AnyEntity:
    """Return the entity with one field, or one key of a mapping field, set as the edit says."""
    name, _, key = edit.field.partition(".")
    name = update_field(type(entity), name)
    kind = _field_types(type(entity)).get(name)
    if kind is None:
        raise ChangeConflict(f"There is no field “{name}” to change.")
    current = to_plain(getattr(entity, name))
    after: Plain = edit.after
    expected = current
    if key:
        if not isinstance(current, dict):
            raise ChangeConflict(f"The field “{name}” has no parts.")
        expected = current.get(key)
        after = {other: value for other, value in current.items() if other != key}
        if edit.after is not None:
            after[key] = edit.after
    if to_plain(edit.before) != expected:
        raise ChangeConflict(f"The field “{edit.field}” is not as the change expects it.")
    try:
        value = msgspec.convert(after, kind)
    except msgspec.ValidationError as error:
        raise ChangeConflict(f"The new value of “{edit.field}” does not fit: {error}") from error
    return msgspec.structs.replace(entity, **{name: value})
