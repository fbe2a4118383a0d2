"""What parts, fields and values are called where two states are compared."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from inspector_app.domain.entities import (
    Block,
    Details,
    KeyQuestion,
    Notice,
    Section,
    Topic,
)
from inspector_app.domain.part_names import PART_NAMES, name_part
from inspector_app.domain.states import STATE_NAMES
from inspector_app.texts import shorten
from inspector_app.ui.blocks.picture_editor import WIDTHS
from inspector_app.ui.details.visit_words import VISIT_TYPES
from inspector_app.ui.evidence.note_labels import SOURCES, STANCES, TIME_FIELDS, describe_time
from inspector_app.ui.find.field_names import name_field
from inspector_app.ui.notices.notice_model import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.versions.comparing import Difference

_KINDS: Mapping[str, str] = {kind: one.capitalize() for kind, (one, _) in PART_NAMES.items()}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "state": dict(STATE_NAMES.items()),
    "stance": dict(STANCES.items()),
    "source": dict(SOURCES.items()),
    "judgements": {"met": "Met", "not_met": "Not met"},
    "now": {"met": "Met", "not_met": "Not met"},
    "kind": {**_KINDS, **dict(KINDS.items())},
    "visit_type": dict(VISIT_TYPES.items()),
    "strength": {"must": "Must", "should": "Should"},
    "width": dict(WIDTHS.items()),
}
_RATINGS = {"ratings", "previous_ratings"}
_IDS_OF_PARTS = {"evidence", "attachments", "attachment"}
_OTHER_KEYS: Mapping[str, str] = {**_WORDS["state"], "overall": "the whole"}
"""What keys of mapping fields are called that are no key questions."""


class DifferenceWords:
    """Says in an inspector's words what is different."""

    def __init__(self, document: InspectionDocument, then: Inspection) -> None:
        self._document = document
        self._then = then

    def name_part(self, entity: AnyEntity) -> str:
        """Return what a part is called: “Bullet”, “Evidence note”."""
        return name_part(entity).capitalize()

    def headline(self, difference: Difference) -> str:
        """Return what happened: “Bullet changed and moved”, “Rating of Safe changed”."""
        if isinstance(difference.entity, Details):
            return f"{self.name_field(difference.entity, difference.fields[0].field)} changed"
        both = difference.kind == "changed" and difference.moved
        what = "changed and moved" if both else difference.kind
        return f"{self.name_part(difference.entity)} {what}"

    def describe(self, difference: Difference) -> str:
        """Return a line about a difference: what happened, and to which text."""
        if isinstance(difference.entity, Details):
            field = difference.fields[0]
            text = self.write_value(field.field, field.now) or "nothing"
        else:
            text = self.summarise(difference.entity)
        line = shorten(text)
        return f"{self.headline(difference)}: {line}" if line else self.headline(difference)

    def summarise(self, entity: AnyEntity) -> str:
        """Return the text that a person knows a part by; of an empty one, ""."""
        if isinstance(entity, Block) and entity.kind == "table":
            return self.write_value("rows", [list(entity.header), *map(list, entity.rows)])
        if isinstance(entity, Topic):
            return entity.title or entity.lead or entity.topic
        if isinstance(entity, Notice):
            return entity.must or self.write_value("regulation", entity.regulation)
        if isinstance(entity, KeyQuestion):
            return self._name_question(entity.key_question)
        if isinstance(entity, Section):
            return entity.section.replace("_", " ")
        for name in ("text", "name", "group", "reason", "caption"):
            if text := getattr(entity, name, ""):
                return str(text)
        return ""

    def name_field(self, entity: AnyEntity, field: str) -> str:
        """Return what a field is called, with the key question that a rating is of."""
        name, _, key = field.partition(".")
        found = name_field(entity, name)
        return f"{found} of {self._name_question(key)}" if key else found

    def write_value(self, field: str, value: Any) -> str:
        """Return a value of a field, as plain data, in words."""
        name = field.partition(".")[0]
        if value is None:
            return ""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, list):
            return "\n".join(self._write_item(name, item) for item in value)
        if isinstance(value, dict):
            return "\n".join(f"{key}: {self._write_item(name, it)}" for key, it in value.items())
        return self._write_item(name, value)

    def _write_item(self, name: str, value: Any) -> str:
        if isinstance(value, list):
            return " | ".join(map(str, value))
        text = str(value)
        if name in TIME_FIELDS:
            return describe_time(text) if text else ""
        if name in _IDS_OF_PARTS:
            part = self._then.find(text) or self._document.inspection.find(text)
            return shorten(self.summarise(part)) if part is not None else "(not there)"
        reference = self._document.reference
        if name in _RATINGS and text in reference.ratings:
            return reference.ratings[text].name
        if name in {"regulation", "regulations"} and text in reference.regulations:
            regulation = reference.regulations[text]
            return f"{regulation.number} {regulation.title}"
        if name == "met_characteristics":
            return self._characteristics.get(text, "(no longer in the framework)")
        if name == "form":
            forms = {form.id: form.name for form in self._document.framework.forms}
            return forms.get(text, text)
        return _WORDS.get(name, {}).get(text, text)

    @cached_property
    def _characteristics(self) -> Mapping[str, str]:
        """The words of the framework's rating characteristics, by id."""
        framework, details = self._document.framework, self._document.inspection.details
        return {
            item.id: item.text
            for question in framework.key_questions
            for item in framework.list_characteristics(question, details.regime, details.form)
        }

    def _name_question(self, key: str) -> str:
        question = self._document.framework.find_key_question(key)
        return question.name if question is not None else _OTHER_KEYS.get(key, key)
