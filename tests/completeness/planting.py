"""A value for each field of each part, made from its type, and an inspection that holds it."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, Union, cast, get_args, get_origin

import msgspec

from inspector_app.domain.entities import (
    PARENTS,
    Action,
    AnyEntity,
    Attachment,
    Block,
    Details,
    Edition,
    Entity,
    EvidenceNote,
    KeyQuestion,
    Notice,
    PreviousBreach,
    Section,
    Service,
    Topic,
)
from inspector_app.domain.ids import id_from
from inspector_app.domain.inspection import Inspection
from inspector_app.frameworks.editions import write_edition
from inspector_app.frameworks.load import load_framework, load_reference

PLANTED = "Quixotic planted words"
FRAMEWORK = load_framework("independent_health_2018")
REFERENCE = load_reference()
_SAFE = FRAMEWORK.key_questions[0]
_REGULATION = next(iter(REFERENCE.regulations))
NOTE, FILE = "note", "file"
BESIDE = {"id": "beside", "position": "B"}
"""What tells the other block of an inspection from the part that is looked at."""

PLACE = frozenset({"id", "parent", "position"})
"""What says which part it is and where it stands; the tests of `PLACES` hold it."""
IDENTITY = PLACE | {"external_id"}

NEEDED: Mapping[type[Entity], Mapping[str, Any]] = {
    Details: {"framework": FRAMEWORK.id, "regime": "rated", "form": ""},
    Section: {"section": FRAMEWORK.sections[0].id},
    KeyQuestion: {"key_question": FRAMEWORK.key_questions[1].id},
    Topic: {"title": "Planted heading"},
    Block: {"kind": "bullet"},
    Action: {"strength": "must", "text": "Keep a log."},
    Attachment: {"name": "planted.jpg", "sha256": "0" * 64},
    Edition: {"data": write_edition(FRAMEWORK, REFERENCE)},
}
"""What a part has besides the field that is looked at."""

COMPANY: Mapping[tuple[type[Entity], str], Mapping[str, Any]] = {
    (Details, "form"): {"framework": "adult_social_care_2017"},
    (Topic, "topic"): {"title": ""},
    (Block, "kind"): {"text": PLANTED},
    (Block, "regulation"): {"kind": "breach", "text": PLANTED},
    (Block, "header"): {"kind": "table"},
    (Block, "rows"): {"kind": "table"},
    (Block, "attachment"): {"kind": "image"},
    (Block, "caption"): {"kind": "image", "attachment": FILE},
    (Block, "width"): {"kind": "image", "attachment": FILE},
    (Block, "level"): {"text": PLANTED},
    (Notice, "breached_paragraphs"): {"regulation": _REGULATION},
    (Service, "dates"): {"ratings": {_SAFE.id: "good"}},
    (Service, "previous_ratings"): {"left_out": True},
    (Service, "previous_dates"): {"left_out": True, "previous_ratings": {_SAFE.id: "good"}},
}
"""What only makes sense beside other values."""

VALUES: Mapping[tuple[type[Entity], str], Any] = {
    (Details, "framework"): FRAMEWORK.id,
    (Details, "regime"): "unrated",
    (Details, "form"): "short",
    (Details, "limiters"): (next(iter(REFERENCE.limiters)),),
    (Details, "ratings"): {_SAFE.id: "good"},
    (Details, "previous_ratings"): {_SAFE.id: "good"},
    (Service, "ratings"): {_SAFE.id: "good"},
    (Service, "previous_ratings"): {_SAFE.id: "good"},
    (Service, "judgements"): {_SAFE.id: "met"},
    (Service, "scores"): {_SAFE.topics[0].id: 2},
    (Details, "judgements"): {_SAFE.id: "met"},
    (Details, "scores"): {_SAFE.topics[0].id: 2},
    (Section, "section"): FRAMEWORK.sections[1].id,
    **dict.fromkeys(
        [(KeyQuestion, "key_question"), (Action, "key_question"), (Notice, "key_question")],
        _SAFE.id,
    ),
    (Topic, "topic"): FRAMEWORK.key_questions[1].topics[0].id,
    **dict.fromkeys(
        [(Block, "regulation"), (Notice, "regulation"), (PreviousBreach, "regulation")], _REGULATION
    ),
    (Block, "attachment"): FILE,
    **dict.fromkeys([(Block, "evidence"), (Action, "evidence")], (NOTE,)),
    (Notice, "breached_paragraphs"): ("12(1)",),
    (EvidenceNote, "when"): "2026-11-03T10:15",
    (EvidenceNote, "topics"): (_SAFE.id,),
    (EvidenceNote, "regulations"): (_REGULATION,),
    (EvidenceNote, "attachments"): (FILE,),
    (EvidenceNote, "missing_attachments"): {"left at home.jpg": 0},
    (Attachment, "sha256"): "a" * 64,
    (Service, "dates"): {_SAFE.id: PLANTED},
    (Service, "previous_dates"): {_SAFE.id: PLANTED},
    (Edition, "data"): write_edition(
        msgspec.structs.replace(FRAMEWORK, version="2030-01-01"), REFERENCE
    ),
}
"""Values of fields that hold no text of any kind: ids of the framework, links, moments."""


class Field(NamedTuple):
    """A field of a kind of part."""

    kind: type[Entity]
    name: str
    type: Any

    def __str__(self) -> str:
        return f"{self.kind.__name__}.{self.name}"

    @property
    def has_text(self) -> bool:
        """Whether it holds text, by its type: a text, several, rows of them, or some by key."""
        if get_origin(self.type) is Mapping:
            return get_args(self.type)[1] is str
        return self.type in (str, tuple[str, ...], tuple[tuple[str, ...], ...])

    @property
    def is_by_member(self) -> bool:
        """Whether it has a value for each of some members."""
        return get_origin(self.type) is Mapping and get_origin(get_args(self.type)[0]) is Literal


KINDS = cast("tuple[type[Entity], ...]", get_args(AnyEntity))
PLACES = tuple((kind, parent) for kind in KINDS for parent in PARENTS[kind])
"""Each kind with each kind of part that it may stand below."""


def list_fields() -> Iterator[Field]:
    """Yield every field of every part."""
    for kind in KINDS:
        for field in msgspec.structs.fields(kind):
            yield Field(kind, field.name, field.type)


def list_members(field: Field) -> tuple[str, ...]:
    """Return the words that a field is limited to; empty for any other field."""
    return tuple(member for member in _find_members(field.type) if isinstance(member, str))


def _find_members(kind: Any) -> Iterator[object]:
    if get_origin(kind) is Literal:
        yield from get_args(kind)
    else:
        for part in get_args(kind):
            yield from _find_members(part)


def make_value(field: Field) -> Any:
    """Return a value that a field does not have by itself and that a content file may hold."""
    if (field.kind, field.name) in VALUES:
        return VALUES[field.kind, field.name]
    default = next(
        item.default for item in msgspec.structs.fields(field.kind) if item.name == field.name
    )
    return make_of_type(field.type, default)


def make_of_type(kind: Any, default: object = None) -> Any:
    """Return a value of a type; of a Literal, the last member that is not the default."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return make_of_type(parts[0])
    if origin is Literal:
        return next(member for member in reversed(parts) if member != default)
    if origin is tuple:
        return (make_of_type(parts[0]),)
    if origin is Mapping:
        return {make_of_type(parts[0]): make_of_type(parts[1])}
    known = {str: PLANTED, bool: True, int: 2, date: date(2026, 11, 3)}
    assert kind in known, f"Teach make_of_type in tests/completeness/planting.py to make a {kind}."
    return known[kind]


def make_inspection(
    kind: type[Entity], values: Mapping[str, Any], parent: type[Entity] | None = None
) -> Inspection:
    """Return an inspection with one part of a kind, and with what makes it show.

    That is what it stands below, a note, a file and, where it can have one, a bullet below it; of
    a block, a bullet before it; of a file, a picture that shows it.

    Args:
        kind: The kind of the part.
        values: Its fields, besides those of `NEEDED`.
        parent: The kind of part that it stands below; None: the first that it may stand below.
    """
    parts: dict[type[Entity], Entity] = {}
    for part, below in _list_above(kind, parent):
        parts[part] = _make_part(part, parts.get(below), values if part is kind else {})
    root = parts[Details]
    for other in (EvidenceNote, Attachment, Section):
        parts.setdefault(other, _make_part(other, root, {}))
    found = [*parts.values()]
    if kind is Block or kind in PARENTS[Block]:
        holder = parts[parent or PARENTS[Block][0]] if kind is Block else parts[kind]
        found.append(_make_part(Block, holder, {**BESIDE, "text": "Another bullet."}))
    if kind is Attachment:
        shown = {"kind": "image", "attachment": parts[kind].id}
        found.append(_make_part(Block, parts[Section], {**BESIDE, **shown}))
    return Inspection(cast("list[AnyEntity]", found))


def make_whole() -> Inspection:
    """Return an inspection with one part of each kind."""
    parts: dict[type[Entity], Entity] = {}
    for kind in KINDS:
        for part, below in _list_above(kind, None):
            parts.setdefault(part, _make_part(part, parts.get(below), {}))
    return Inspection(cast("list[AnyEntity]", [*parts.values()]))


def _list_above(
    kind: type[Entity], parent: type[Entity] | None
) -> list[tuple[type[Entity], type[Entity]]]:
    """Return the kinds of parts from the details down to one, each with the kind above it."""
    if not PARENTS[kind]:
        return [(kind, kind)]
    above = parent or PARENTS[kind][0]
    return [*_list_above(above, None), (kind, above)]


def _make_part(kind: type[Entity], parent: Entity | None, values: Mapping[str, Any]) -> Entity:
    ids: Mapping[type[Entity], str] = {EvidenceNote: NOTE, Attachment: FILE}
    place = {"parent": parent.id, "position": "V"} if parent else {}
    fields = {"id": ids.get(kind, f"the{kind.__name__.lower()}"), **place}
    fields |= {**NEEDED.get(kind, {}), **values}
    if external := fields.get("external_id"):
        # As an import makes them of ids that are not of our form.
        fields["id"] = id_from(external)
    return kind(**fields)


def plant(field: Field, value: Any = None) -> tuple[Inspection, Inspection]:
    """Return an inspection without a value in a field, and the same with one."""
    company = COMPANY.get((field.kind, field.name), {})
    planted = {field.name: make_value(field) if value is None else value}
    return (
        make_inspection(field.kind, company),
        make_inspection(field.kind, {**company, **planted}),
    )


def find_part(inspection: Inspection, kind: type[Entity]) -> AnyEntity | None:
    """Return the part that `make_inspection` made; None where it is gone."""
    found = [part for part in inspection if type(part) is kind and part.id != BESIDE["id"]]
    return found[0] if len(found) == 1 else None
