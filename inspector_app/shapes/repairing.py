"""Data with faults made into data that has none, for trying what depends on it."""

from __future__ import annotations

from typing import Any

from inspector_app.shapes.base import Faults, Shape, ValuePath
from inspector_app.shapes.compound import ListOf, MapOf, Record
from inspector_app.shapes.simple import Choice, Flag, Whole

_STAND_IN = "x"


def repair(shape: Shape, value: Any) -> Any:
    """Return a value of the types that a shape asks for: strange parts left out, missing ones made.

    What a required text says is not looked at: one that does not fit its pattern stays as it is.
    """
    if isinstance(shape, Record):
        found = value if isinstance(value, dict) else {}
        return {
            key: repair(field.shape, found.get(key))
            for key, field in shape.all_fields.items()
            if field.required or (key in found and _can_stay(field.shape, found[key]))
        }
    if isinstance(shape, ListOf):
        items = value if isinstance(value, list) else ()
        return [repair(shape.item, item) for item in items]
    if isinstance(shape, MapOf):
        table = value if isinstance(value, dict) else {}
        return {
            key: repair(shape.item, item)
            for key, item in table.items()
            if _has_no_fault(shape.keys, key)
        }
    if isinstance(shape, Choice):
        return value if _has_no_fault(shape, value) else shape.options[0]
    return value if type(value) in shape.get_types() else _make(shape)


def _can_stay(shape: Shape, value: Any) -> bool:
    return isinstance(shape, Record | ListOf | MapOf) or _has_no_fault(shape, value)


def _has_no_fault(shape: Shape, value: Any) -> bool:
    faults = Faults()
    shape.visit(value, ValuePath(), faults)
    return not faults


def _make(shape: Shape) -> Any:
    if isinstance(shape, Flag):
        return False
    if isinstance(shape, Whole):
        return shape.minimum or 0
    return _STAND_IN
