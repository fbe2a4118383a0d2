"""A copy for people outside: what the report prints, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import AnyEntity, Attachment, Block, Edition, Entity
from inspector_app.domain.ids import new_id
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.marking import MarkedInspection, TypedValue, find_printed_ids
from inspector_app.errors import TemplateFault

if TYPE_CHECKING:
    from inspector_app.domain.change import Change

PrintReport: TypeAlias = Callable[[Inspection], str]
"""Gives all that reports of an inspection show, as one text with the ids of what is printed."""

T = TypeVar("T")

_STRUCTURE = frozenset({"id", "parent", "position", "level"})
"""What says where a part stands. It goes out with the part."""
_PICTURE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})


def make_outside_copy(
    inspection: Inspection, print_report: PrintReport
) -> tuple[Change, Inspection]:
    """Return a copy that prints the same report, and the change that makes it from nothing.

    A part or value is in it only where the report would be another one without it. That is tried,
    not listed: it holds for every field, and for templates of one's own. What names a picture's
    file is replaced, foreign ids are left out, and the copy is an inspection of its own: it has
    an id of its own and a history of one change.

    Args:
        inspection: What was typed.
        print_report: Equal texts for two inspections mean that all their reports are equal.

    Raises:
        TemplateFault: The report cannot be rendered.
    """
    marked = MarkedInspection(inspection)
    printed = print_report(marked.inspection)
    texts = marked.find(printed)
    ids = {*find_printed_ids(printed), *(value.entity for value in texts)}
    reducer = _Reducer(inspection, print_report)
    going_along = _with_those_above(inspection, ids | {item.id for item in inspection.all(Edition)})
    others = [item for item in inspection if item.id not in going_along]
    others.sort(key=lambda item: type(item).__name__)
    reducer.drop([item.id for item in others], _without_parts)
    known = texts | _find_links(reducer.result, ids)
    # Whether a notice's date prints does not hang on how many bullets there are: a report with one
    # bullet in each place tells as well, and renders in a fraction of the time.
    short = _Reducer(_shorten(reducer.result), print_report)
    for kind, values in _group_values(short.result, known):
        if kind is not Block:
            short.drop(values, _without_values)
    reducer.drop(short.dropped, _without_values)
    for kind, values in _group_values(reducer.result, known):
        if kind is Block:
            reducer.drop(values, _without_values)
    draft = Draft(Inspection())
    draft.create_all(list(_rename(reducer.result)))
    return draft.finish("Copy of what the report prints"), draft.result


class _Reducer:
    """Takes away what the report does not change without."""

    def __init__(self, inspection: Inspection, print_report: PrintReport) -> None:
        self.result = inspection
        self.dropped: list[Any] = []
        self._print = print_report
        self._wanted = print_report(inspection)

    def drop(
        self, items: Sequence[T], without: Callable[[Inspection, Sequence[T]], Inspection]
    ) -> None:
        """Take away those of some items that the report does not need: all at once, or halves."""
        if not items:
            return
        tried = without(self.result, items)
        if self._prints_the_same(tried):
            self.result = tried
            self.dropped += items
        elif len(items) > 1:
            middle = len(items) // 2
            self.drop(items[:middle], without)
            self.drop(items[middle:], without)

    def _prints_the_same(self, tried: Inspection) -> bool:
        try:
            return self._print(tried) == self._wanted
        except TemplateFault:
            # A template of one's own may need what it does not print.
            return False


def _with_those_above(inspection: Inspection, ids: set[str]) -> set[str]:
    found: set[str] = {inspection.id}
    for id_ in ids:
        item = inspection.find(id_)
        while item is not None and item.id not in found:
            found.add(item.id)
            item = inspection.find(item.parent)
    return found


def _find_links(inspection: Inspection, ids: set[str]) -> set[TypedValue]:
    """Return the links of printed blocks to files that go along."""
    return {
        TypedValue(item.id, "attachment")
        for item in inspection
        if isinstance(item, Block)
        and item.id in ids
        and isinstance(inspection.find(item.attachment), Attachment)
    }


def _shorten(inspection: Inspection) -> Inspection:
    """Return an inspection with the first block of each place only."""
    return Inspection(
        item
        for item in inspection
        if not isinstance(item, Block) or inspection.child_ids(item.parent, Block)[0] == item.id
    )


def _without_parts(inspection: Inspection, ids: Sequence[str]) -> Inspection:
    gone = set(ids)
    for id_ in ids:
        gone.update(item.id for item in inspection.descendants(id_))
    return Inspection(item for item in inspection if item.id not in gone)


def _group_values(
    inspection: Inspection, known: set[TypedValue]
) -> Iterator[tuple[type[Entity], list[TypedValue]]]:
    """Yield the values that may go, those of one field together."""
    groups: defaultdict[tuple[type[Entity], str], list[TypedValue]] = defaultdict(list)
    for item in inspection:
        for field, default in _get_defaults(type(item)).items():
            value = getattr(item, field)
            if field in _STRUCTURE or value == default:
                continue
            if field == "media_type" and value in _PICTURE_TYPES:
                continue  # what the bytes of the picture say as well
            keys = value if isinstance(value, Mapping) else ("",)
            groups[type(item), field] += [
                found for key in keys if (found := TypedValue(item.id, field, key)) not in known
            ]
    yield from ((kind, values) for (kind, _), values in groups.items())


def _without_values(inspection: Inspection, values: Sequence[TypedValue]) -> Inspection:
    gone: defaultdict[str, list[TypedValue]] = defaultdict(list)
    for value in values:
        gone[value.entity].append(value)
    return Inspection(_without(item, gone.get(item.id, ())) for item in inspection)


@cache
def _get_defaults(kind: type[Entity]) -> Mapping[str, Any]:
    """Return what each field that may be missing is by default."""
    fields = msgspec.structs.fields(kind)
    return {field.name: field.default for field in fields if not field.required}


def _without(item: AnyEntity, values: Sequence[TypedValue]) -> AnyEntity:
    for _, field, key in values:
        value = _get_defaults(type(item))[field]
        if key:
            value = {other: kept for other, kept in getattr(item, field).items() if other != key}
        item = msgspec.structs.replace(item, **{field: value})
    return item


def _rename(inspection: Inspection) -> Iterator[AnyEntity]:
    """Yield the parts, each after its parent, as those of an inspection of its own."""
    new = new_id()
    yield msgspec.structs.replace(inspection.details, id=new)
    pictures = 0
    for item in inspection.descendants(inspection.id):
        values: dict[str, Any] = {"parent": new} if item.parent == inspection.id else {}
        if isinstance(item, Attachment):
            pictures += 1
            # The camera's name for a file tells when and by what it was taken.
            values["name"] = f"Picture {pictures}"
        yield msgspec.structs.replace(item, **values)
