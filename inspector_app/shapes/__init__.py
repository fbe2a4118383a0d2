"""The shape of plain data, declared once: it checks the data and writes the JSON Schema.

A shape describes what `json` or `tomllib` hand over: texts, whole numbers, flags, lists, objects.

    PERSON = Record(
        {
            "name": need(Text(min_length=1)),
            "born": Date(),
            "tags": ListOf(Text()),
        },
        name="person",
    )
    check(PERSON, {"nmae": "Ann", "tags": "x"})
    # $.nmae: no such key 'nmae'; did you mean 'name'?
    # $.name: is missing
    # $.tags: must be a list, not a text

`check` finds every fault in one pass, and keeps the first thousand. It has a stack of its own, so
that hostile nesting ends in a fault instead of a `RecursionError`. Messages never quote free text,
and of keys and ids no more than the beginning.

What JSON Schema cannot say is left to `check` alone: real days of the calendar, halves of surrogate
pairs, the depth of nesting, and that 1.0 is not written like a whole number.
"""

from __future__ import annotations

from typing import Any

from inspector_app.errors import Fault
from inspector_app.shapes.base import Definitions, Faults, Part, Shape, ValuePath
from inspector_app.shapes.compound import (
    Either,
    ListOf,
    MapOf,
    Nullable,
    OneOf,
    OrEmpty,
    Record,
    RecordField,
    Ref,
    need,
)
from inspector_app.shapes.repairing import repair
from inspector_app.shapes.simple import Choice, Date, DateTime, Flag, Text, Whole
from inspector_app.shapes.wording import MISSING, did_you_mean, make_printable, no_such

__all__ = [
    "MAX_DEPTH",
    "MISSING",
    "Choice",
    "Date",
    "DateTime",
    "Either",
    "Faults",
    "Flag",
    "ListOf",
    "MapOf",
    "Nullable",
    "OneOf",
    "OrEmpty",
    "Record",
    "RecordField",
    "Ref",
    "Shape",
    "Text",
    "ValuePath",
    "Whole",
    "check",
    "did_you_mean",
    "json_schema",
    "make_printable",
    "need",
    "no_such",
    "repair",
]

MAX_DEPTH = 100
"""Levels of nesting that `check` follows; no real file comes near, hostile ones do."""


def check(shape: Shape, value: Any) -> Faults:
    """Return the faults of a value, in the order of the data; none means that it fits.

    Args:
        shape: What the value must look like.
        value: What `json` or `tomllib` made of a file.
    """
    faults = Faults()
    waiting: list[Part] = [(shape, value, ValuePath())]
    while waiting:
        expected, found, place = waiting.pop()
        if place.depth > MAX_DEPTH:
            faults.append(Fault(str(place), f"is nested more than {MAX_DEPTH} levels deep"))
        else:
            waiting.extend(reversed(expected.visit(found, place, faults)))
    return faults


def json_schema(shape: Shape, *, title: str = "", id_: str = "") -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a shape; named shapes stand under `$defs`.

    Args:
        shape: What values must look like.
        title: Title of the schema.
        id_: Its `$id`.

    Raises:
        ValueError: Two shapes have the same name, or a shape without a name contains itself.
    """
    defs = Definitions()
    schema = defs.describe(shape)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": id_, "title": title}
    return {
        **{key: text for key, text in head.items() if text},
        **schema,
        **({"$defs": dict(sorted(defs.schemas.items()))} if defs.schemas else {}),
    }
