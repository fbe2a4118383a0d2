"""Shapes with parts: lists, maps, records, and the choices between shapes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from inspector_app.errors import Fault
from inspector_app.shapes.base import Definitions, Faults, Part, Shape, ValuePath
from inspector_app.shapes.simple import Text
from inspector_app.shapes.wording import MISSING, did_you_mean, list_names, make_printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_ANY_KEY = Text()
_FEW = 20


@dataclass(frozen=True, eq=False)
class ListOf(Shape):
    """A list whose items have one shape."""

    json_types = (list,)

    item: Shape
    min_items: int = 0
    max_items: int | None = None

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        if not self.fits_type(value, place, faults):
            return ()
        if len(value) < self.min_items:
            least = f"must have at least {self.min_items} items, not {len(value)}"
            faults.append(Fault(str(place), least if value else "must not be empty"))
        elif self.max_items is not None and len(value) > self.max_items:
            message = f"must have at most {self.max_items} items, not {len(value)}"
            faults.append(Fault(str(place), message))
        return [(self.item, part, ValuePath(place, index)) for index, part in enumerate(value)]

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "array", "items": defs.refer(self.item)}
        if self.min_items:
            schema["minItems"] = self.min_items
        if self.max_items is not None:
            schema["maxItems"] = self.max_items
        return schema


@dataclass(frozen=True, eq=False)
class MapOf(Shape):
    """An object with any keys whose values have one shape.

    Args:
        item: Shape of the values.
        keys: Shape of the keys: a `Text` or a `Choice`.
    """

    json_types = (dict,)

    item: Shape
    keys: Shape = _ANY_KEY

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        if not self.fits_type(value, place, faults):
            return ()
        parts: list[Part] = []
        for key, part in value.items():
            there = ValuePath(place, key)
            parts += ((self.keys, key, there), (self.item, part, there))
        return parts

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "object", "additionalProperties": defs.refer(self.item)}
        names = defs.refer(self.keys)
        return schema if names == {"type": "string"} else {**schema, "propertyNames": names}


@dataclass(frozen=True)
class RecordField:
    """A key of a record.

    Args:
        shape: What its value must look like.
        required: Whether its absence is a fault.
        description: What it means here, where the shape's own description says too little.
    """

    shape: Shape
    required: bool = False
    description: str = ""

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        """Return the schema of the value."""
        schema = defs.refer(self.shape)
        return {**schema, "description": self.description} if self.description else schema


def need(shape: Shape, description: str = "") -> RecordField:
    """Return a key of a record whose absence is a fault."""
    return RecordField(shape, required=True, description=description)


@dataclass(frozen=True, eq=False)
class Record(Shape):
    """An object with known keys; any other key is a fault.

    Args:
        fields: By key; a bare shape stands for a field that may be absent.
    """

    json_types = (dict,)

    fields: Mapping[str, RecordField | Shape]

    @cached_property
    def all_fields(self) -> Mapping[str, RecordField]:
        """The fields, bare shapes made fields too."""
        return {
            key: item if isinstance(item, RecordField) else RecordField(item)
            for key, item in self.fields.items()
        }

    @cached_property
    def required_keys(self) -> tuple[str, ...]:
        """The keys that must be there."""
        return tuple(key for key, item in self.all_fields.items() if item.required)

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        if not self.fits_type(value, place, faults):
            return ()
        fields = self.all_fields
        parts: list[Part] = []
        for key, part in value.items():
            known = fields.get(key)
            if known is not None:
                parts.append((known.shape, part, ValuePath(place, key)))
            elif faults.is_full:
                faults.left_out += 1
            else:
                # Keys that are there already are hardly what was meant.
                free = tuple(name for name in fields if name not in value)
                message = f"no such key '{make_printable(key)}'{did_you_mean(key, free)}"
                faults.append(Fault(str(ValuePath(place, key)), message))
        for key in self.required_keys:
            if key not in value:
                faults.append(Fault(str(ValuePath(place, key)), MISSING))
        return parts

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        properties = {key: item.build_schema(defs) for key, item in self.all_fields.items()}
        schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**schema, "required": list(self.required_keys)} if self.required_keys else schema


@dataclass(frozen=True, eq=False)
class OneOf(Shape):
    """One of several records, told apart by the key that only one of them has.

    Args:
        variants: Records by their distinguishing key, which the record requires and no other knows.
        what: What the object is, for “is no block”.

    Raises:
        ValueError: A distinguishing key does not tell the records apart.
    """

    json_types = (dict,)

    variants: Mapping[str, Record]
    what: str = "object of the expected kinds"

    def __post_init__(self) -> None:
        for key, record in self.variants.items():
            others = [item for other, item in self.variants.items() if other != key]
            if key not in record.required_keys or any(key in item.fields for item in others):
                raise ValueError(f"the key {key!r} does not tell the records apart")

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        if not self.fits_type(value, place, faults):
            return ()
        found = [key for key in self.variants if key in value]
        if len(found) == 1:
            return [(self.variants[found[0]], value, place)]
        if found:
            faults.append(Fault(str(place), f"only one of {list_names(found)} may stand here"))
            return ()
        few = [] if faults.is_full else islice(value, _FEW)
        hints = (did_you_mean(key, self.variants) for key in few)
        hint = next((hint for hint in hints if hint), "")
        message = f"is no {self.what}; it needs one of {list_names(self.variants)}{hint}"
        faults.append(Fault(str(place), message))
        return ()

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        return {"oneOf": [defs.refer(item) for item in self.variants.values()]}


@dataclass(frozen=True, eq=False)
class Either(Shape):
    """One of several shapes, told apart by the type of the value.

    Raises:
        ValueError: Two of the shapes share a type.
    """

    json_types = ()

    options: Sequence[Shape]

    @cached_property
    def _by_type(self) -> Mapping[type, Shape]:
        return {kind: item for item in self.options for kind in item.get_types()}

    def __post_init__(self) -> None:
        if len(self._by_type) != sum(len(item.get_types()) for item in self.options):
            raise ValueError("two of the shapes share a type")

    def get_types(self) -> tuple[type, ...]:
        return tuple(self._by_type)

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        if not self.fits_type(value, place, faults):
            return ()
        return [(self._by_type[type(value)], value, place)]

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        return {"anyOf": [defs.refer(item) for item in self.options]}


@dataclass(frozen=True, eq=False)
class Nullable(Shape):
    """A shape, or null."""

    json_types = (type(None),)

    item: Shape

    def get_types(self) -> tuple[type, ...]:
        return (*self.item.get_types(), type(None))

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        if value is None or not self.fits_type(value, place, faults):
            return ()
        return [(self.item, value, place)]

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        return {"anyOf": [defs.refer(self.item), {"type": "null"}]}


@dataclass(frozen=True, eq=False)
class OrEmpty(Shape):
    """A shape for texts, or the empty text, which means the same as leaving it out."""

    json_types = (str,)

    item: Shape

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        return () if value == "" else [(self.item, value, place)]

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        return {"anyOf": [defs.refer(self.item), {"const": ""}]}


@dataclass(frozen=True, eq=False)
class Ref(Shape):
    """A shape that is declared further down, or the one that is being declared.

    Args:
        get: Returns the shape: `Ref(lambda: BULLET)`. In a schema it must have a name.
    """

    json_types = ()

    get: Callable[[], Shape]

    def get_types(self) -> tuple[type, ...]:
        return self.get().get_types()

    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        return [(self.get(), value, place)]

    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        """See `Shape.build_schema`.

        Raises:
            ValueError: The shape has no name, so a schema could not end.
        """
        if not self.get().name:
            raise ValueError("a shape that is referred to needs a name")
        return defs.refer(self.get())
