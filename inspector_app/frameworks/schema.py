"""The shape of the TOML files under `resources/`, derived from the model.

The files say the same as `inspector_app.frameworks.model`, in the form that is natural to write:
what a person names in a table's head (`[regimes.rated]`, `[instruments.RA2014]`) is its id, and
what a list says by its name (`[[ratings]]`, `[[no_ratings]]`) is not repeated in its entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Literal, get_args, get_origin

import msgspec

from inspector_app.domain.rating_rules import Principle, RatingCap, RatingRule, RuleSet
from inspector_app.domain.scoring import ScoreLimit, Scoring
from inspector_app.frameworks.law import Activity, Instrument, Regulation
from inspector_app.frameworks.model import Framework
from inspector_app.frameworks.rating_scale import Limiter, Rating
from inspector_app.frameworks.report_forms import Form, Regime, RegimeId, RequiredField
from inspector_app.shapes import (
    Choice,
    Date,
    Flag,
    ListOf,
    MapOf,
    Record,
    RecordField,
    Shape,
    Text,
    Whole,
    need,
)

_ID = Text(
    max_length=60,
    pattern=r"[a-z][a-z0-9_]*",
    pattern_name="small letters, digits and underscores",
)
_VAGUE_DATE = Text(
    pattern=r"(?:[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?)?",
    pattern_name="a year, month or day like 2018-01",
)
_FIELD_ID = Text(
    pattern=r"(?:sections\.)?[a-z][a-z0-9_]*",
    pattern_name="a field, or 'sections.' and the id of a section",
)
_INSTRUMENT_ID = Text(
    pattern=r"[A-Z]+[0-9]{4}", pattern_name="capital letters and a year, like LAW2014"
)
_LIMITER_ID = Text(pattern=r"L[0-9]+", pattern_name="like L1")
_REGULATION_ID = Text(
    pattern=r"[A-Z]+[0-9]{4}-[0-9]+[A-Z]?", pattern_name="a law and a number, like LAW2014-12"
)
_RULE_ID = Text(pattern=r"[A-Z]{1,3}[0-9]+", pattern_name="like P1")
_COLOUR = Text(pattern=r"(?:#[0-9a-fA-F]{6})?", pattern_name="a colour like #1e6b3a")
_SCORES = MapOf(Text(min_length=1), Text(pattern=r"[0-9]+", pattern_name="a score like 4"))
_TEMPLATE = Text(
    pattern=r"(?:[a-z0-9_-]+/)*[a-z0-9_-]+\.html\.j2",
    pattern_name="a path below report_templates/ that ends in .html.j2",
)

_STRICTER: Mapping[tuple[type[msgspec.Struct], str], Shape] = {
    (Framework, "version"): Date(),
    (Framework, "in_use_from"): _VAGUE_DATE,
    (Framework, "in_use_to"): _VAGUE_DATE,
    (Framework, "rated_from"): _VAGUE_DATE,
    (Form, "in_use_from"): _VAGUE_DATE,
    (Form, "in_use_to"): _VAGUE_DATE,
    (Form, "template"): _TEMPLATE,
    (Limiter, "id"): _LIMITER_ID,
    (Regime, "scores"): _SCORES,
    (Regime, "template"): _TEMPLATE,
    (Regulation, "id"): _REGULATION_ID,
    (Regulation, "in_force_from"): _VAGUE_DATE,
    (Rating, "colour"): _COLOUR,
    # Regulation 8 is never cited on its own, so it has no label.
    (Regulation, "label"): Text(),
    (RequiredField, "id"): _FIELD_ID,
    (Principle, "id"): _RULE_ID,
    (RatingRule, "id"): _RULE_ID,
    (RatingCap, "id"): _RULE_ID,
    (ScoreLimit, "id"): _RULE_ID,
}
"""Shapes of fields that the type alone does not tell."""


def _get_shape(kind: Any, *, required: bool) -> Shape:
    """Return the shape of a type; a text that is required must not be empty either."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is str:
        return Text(min_length=1 if required else 0)
    if kind is bool:
        return Flag()
    if kind is int:
        return Whole(minimum=0)
    if origin is Literal:
        return Choice(arguments)
    if origin is tuple:
        return ListOf(_get_shape(arguments[0], required=True))
    if origin is Mapping:
        return MapOf(_get_shape(arguments[1], required=True), _ID)
    return get_record(kind)


@cache
def get_record(kind: type[msgspec.Struct], *left_out: str) -> Record:
    """Return the shape of a value of the model, without some of its fields."""
    fields: dict[str, RecordField] = {}
    for item in msgspec.structs.fields(kind):
        if item.name not in left_out:
            own = _ID if item.name == "id" else _get_shape(item.type, required=item.required)
            shape = _STRICTER.get((kind, item.name), own)
            fields[item.name] = RecordField(shape, required=item.required)
    return Record(fields)


_SCALE = {
    "ratings": ListOf(
        Record({**get_record(Rating, "is_rating").fields, "order": need(Whole(minimum=1))})
    ),
    "no_ratings": ListOf(get_record(Rating, "is_rating", "order")),
    "limiters": ListOf(get_record(Limiter)),
}
"""What a file says of a rating scale."""

_INSTRUMENTS = MapOf(get_record(Instrument, "id"), _INSTRUMENT_ID)

FRAMEWORK = Record(
    {
        **get_record(Framework, "regimes", "ratings", "instruments").fields,
        **_SCALE,
        "instruments": _INSTRUMENTS,
        "regimes": need(MapOf(get_record(Regime, "id"), Choice(get_args(RegimeId), what="regime"))),
    }
)
"""A file in `resources/frameworks/`."""

REGULATIONS = Record(
    {
        "instruments": need(_INSTRUMENTS),
        "regulations": need(ListOf(get_record(Regulation), min_items=1)),
    }
)
"""`resources/regulations.toml`."""

ACTIVITIES = Record({"activities": need(ListOf(get_record(Activity), min_items=1))})
"""`resources/activities.toml`."""

RATINGS = Record({**_SCALE, "ratings": need(replace(_SCALE["ratings"], min_items=1))})
"""`resources/ratings.toml`."""

RATING_RULES = Record(
    {
        "rule_sets": need(ListOf(get_record(RuleSet))),
        "scorings": ListOf(get_record(Scoring)),
    }
)
"""`resources/rating_rules.toml`."""

EDITION = Record(
    {
        "framework": need(FRAMEWORK),
        "regulations": need(REGULATIONS),
        "activities": need(ACTIVITIES),
        "ratings": need(RATINGS),
        "rating_rules": need(RATING_RULES),
    }
)
"""What an inspection carries of its framework; see `inspector_app.frameworks.editions`."""
