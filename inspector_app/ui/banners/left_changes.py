"""Changes in plain words: label, who, when, and the texts before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.change import WHOLE
from inspector_app.domain.dates import to_local
from inspector_app.domain.inspection import entity_from_plain
from inspector_app.domain.part_names import name_part
from inspector_app.domain.search.typed_texts import list_texts
from inspector_app.report.phrases import long_date
from inspector_app.texts import shorten
from inspector_app.ui.evidence.note_labels import TIME_FIELDS, describe_time
from inspector_app.ui.find.field_names import name_before_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inspector_app.domain.change import Change, Edit, Plain
    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.inspection import Inspection

_LONGEST = 400
_PLACES = frozenset({"position", "parent"})
_LINKS = frozenset({"evidence", "attachments", "sha256", "external_id"})
"""Fields that hold ids: that they changed is told, not to what."""


def describe_changes(changes: Sequence[Change], inspection: Inspection) -> str:
    """Return what changes do to an inspection, a paragraph a change.

    Args:
        changes: In order.
        inspection: What they are to be applied to.
    """
    parts: dict[str, AnyEntity | None] = {}
    paragraphs = []
    for change in changes:
        when = to_local(change.when)
        by = f", {change.who}" if change.who else ""
        head = f"{when:%H:%M:%S}, {long_date(when.date())}{by}: {change.label}"
        lines = dict.fromkeys(_describe_edits(change.edits, parts, inspection))
        paragraphs.append("\n".join([head, *(f"    {line}" for line in lines)]))
    return "\n\n".join(paragraphs)


def _describe_edits(
    edits: Iterable[Edit], parts: dict[str, AnyEntity | None], inspection: Inspection
) -> Iterator[str]:
    for edit in edits:
        if edit.field == WHOLE:
            plain = edit.before if edit.after is None else edit.after
            entity = parts[edit.entity] = entity_from_plain(plain)
            done = "Removed" if edit.after is None else "New"
            texts = " / ".join(item.text for item in list_texts(entity))
            yield f"{done} {name_part(entity)}" + (f": {_quote(texts)}" if texts else "")
            continue
        part = parts.get(edit.entity) or inspection.find(edit.entity)
        name = edit.field.partition(".")[0]
        what = name_part(part) if part is not None else "part"
        if name in _PLACES:
            yield f"Moved: {what}"
            continue
        called = _name_field(part, edit.field) if part is not None else _humanise(edit.field)
        if name in _LINKS:
            yield f"{called}: changed"
        else:
            before, after = (_tell(value, name) for value in (edit.before, edit.after))
            yield f"{called}: {_quote(before)} → {_quote(after)}"


def _name_field(part: AnyEntity, field: str) -> str:
    name, _, key = field.partition(".")
    try:
        called = name_before_text(part, name) or name_part(part).capitalize()
    except KeyError:
        # What another version of the program left may have fields that this one does not know.
        called = _humanise(name)
    return f"{called}, {key.replace('_', ' ')}" if key else called


def _humanise(field: str) -> str:
    return field.replace("_", " ").replace(".", ", ").capitalize()


def _tell(value: Plain, field: str) -> str:
    if isinstance(value, list):
        return " / ".join(filter(None, (_tell(item, field) for item in value)))
    if isinstance(value, dict):
        return ", ".join(f"{_humanise(key)}: {_tell(item, field)}" for key, item in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else str(value)
    return describe_time(text) if text and field in TIME_FIELDS else text


def _quote(text: str) -> str:
    if not text:
        return "nothing"
    return f"“{shorten(text, _LONGEST)}”"
