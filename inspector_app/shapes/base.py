"""What every shape can do, and how a place in the data is written."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from inspector_app.errors import Fault
from inspector_app.shapes.wording import QUOTED, make_printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_TYPE_WORDS: Mapping[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a decimal number",
    list: "a list",
    dict: "an object",
    type(None): "null",
    # TOML has these three, JSON has not.
    date: "a date without quotation marks",
    datetime: "a date without quotation marks",
    time: "a time without quotation marks",
}
_MOST = 1000
"""Of faults that are kept."""
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


class Faults(list[Fault]):
    """Faults as they are found. Beyond a number that nobody reads they are counted, and not kept.

    A hostile file can have a million, and looking for a near name takes longer than all else.
    """

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        super().__init__()
        self.left_out = 0
        """How many were found besides."""
        self.extend(faults)

    @property
    def is_full(self) -> bool:
        """Whether another one would only be counted."""
        return len(self) >= _MOST

    def append(self, fault: Fault) -> None:
        """Add one, or count it."""
        if self.is_full:
            self.left_out += 1
        else:
            super().append(fault)

    def extend(self, faults: Iterable[Fault]) -> None:
        """Add several, and what others have left out."""
        for fault in faults:
            self.append(fault)
        if isinstance(faults, Faults):
            self.left_out += faults.left_out


class ValuePath:
    """Where a value stands; written out only when a fault is found there."""

    __slots__ = ("depth", "key", "parent")

    def __init__(self, parent: ValuePath | None = None, key: str | int = "") -> None:
        self.parent = parent
        self.key = key
        self.depth: int = parent.depth + 1 if parent else 0

    def __str__(self) -> str:
        steps: list[str] = []
        place: ValuePath = self
        while place.parent is not None:
            key = place.key
            if isinstance(key, int):
                steps.append(f"[{key}]")
            elif len(key) <= QUOTED and _IDENTIFIER.fullmatch(key):
                steps.append(f".{key}")
            else:
                steps.append(f"[{json.dumps(make_printable(key), ensure_ascii=False)}]")
            place = place.parent
        return "$" + "".join(reversed(steps))


@dataclass(frozen=True, eq=False)
class Shape(ABC):
    """What a value must look like.

    Args:
        description: For the JSON Schema's readers; one or two sentences.
        name: Puts the shape among the schema's `$defs`, to be written once and referred to.
    """

    json_types: ClassVar[tuple[type, ...]]
    """The Python types that values of this shape have."""

    description: str = field(default="", kw_only=True)
    name: str = field(default="", kw_only=True)

    def get_types(self) -> tuple[type, ...]:
        """Return the types that a value of this shape may have."""
        return self.json_types

    @abstractmethod
    def visit(self, value: Any, place: ValuePath, faults: Faults) -> Sequence[Part]:
        """Add the faults of this value and return its parts, which are visited next."""

    @abstractmethod
    def build_schema(self, defs: Definitions) -> dict[str, Any]:
        """Return the JSON Schema, without description."""

    def fits_type(self, value: Any, place: ValuePath, faults: Faults) -> bool:
        """Return whether the value has a type of this shape; add a fault where it has not."""
        # The type itself and not isinstance: a bool is no whole number here.
        if type(value) in self.get_types():
            return True
        wanted = " or ".join(_TYPE_WORDS[item] for item in self.get_types())
        given = _TYPE_WORDS.get(type(value), "something else")
        faults.append(Fault(str(place), f"must be {wanted}, not {given}"))
        return False


Part = tuple[Shape, Any, ValuePath]


class Definitions:
    """The `$defs` of a schema while it is being written."""

    def __init__(self) -> None:
        self._shapes: dict[str, Shape] = {}
        self.schemas: dict[str, dict[str, Any]] = {}

    def describe(self, shape: Shape) -> dict[str, Any]:
        """Return the schema of a shape in full."""
        schema = shape.build_schema(self)
        return {**schema, "description": shape.description} if shape.description else schema

    def refer(self, shape: Shape) -> dict[str, Any]:
        """Return the schema of a shape, or a reference to it where it has a name.

        Raises:
            ValueError: Two shapes have the same name.
        """
        if not shape.name:
            return self.describe(shape)
        if self._shapes.setdefault(shape.name, shape) is not shape:
            raise ValueError(f"two shapes are called {shape.name!r}")
        if shape.name not in self.schemas:
            # Entered before it is described, so that a shape can contain itself.
            self.schemas[shape.name] = {}
            self.schemas[shape.name] = self.describe(shape)
        return {"$ref": f"#/$defs/{shape.name}"}
