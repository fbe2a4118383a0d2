"""What the fields of an inspection are called, for hits, differences and changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.entities import Attachment, Block, Person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.domain.entities import AnyEntity, Entity

_FIELDS: Mapping[str, str] = {
    "external_id": "Id in imported content",
    "framework": "Framework",
    "framework_version": "Version of the framework",
    "regime": "Kind of report",
    "form": "Form of the report",
    "state": "State",
    "state_dates": "State entered",
    "location_name": "Location name",
    "location_id": "Location ID",
    "service_type": "Service type",
    "address": "Address",
    "telephone": "Telephone",
    "website": "Website",
    "provider_name": "Provider name",
    "provider_id": "Provider ID",
    "registered_activities": "Registered activity",
    "visit_type": "Kind of visit",
    "announced": "Announced",
    "short_notice": "Short notice",
    "visit_dates": "Days of the visit",
    "visit_from": "Visit from",
    "visit_to": "Visit to",
    "publication_date": "Date of publication",
    "previous_rating_note": "Note on the previous rating",
    "previous_ratings": "Previous rating",
    "previous_rating_date": "Date of the previous rating",
    "ratings": "Rating",
    "overall_departure_reason": "Reason for a different rating",
    "judgements": "Judgement",
    "scores": "Score",
    "limiters": "Limits to the ratings",
    "signatory_name": "Signatory",
    "signatory_title": "Title of the signatory",
    "own_words": "Words added to the spelling",
    "section": "Section",
    "name": "Service",
    "key_question": "Key question",
    "met_characteristics": "Characteristics met",
    "topic": "Topic",
    "title": "Heading",
    "lead": "Lead sentence",
    "kind": "Kind",
    "text": "Text",
    "level": "Level",
    "regulation": "Regulation",
    "header": "Table header",
    "rows": "Table",
    "attachment": "File",
    "caption": "Caption",
    "width": "Width",
    "evidence": "Linked notes",
    "strength": "Must or should",
    "activities": "Activity",
    "must": "Must line",
    "breached_paragraphs": "Paragraphs breached",
    "action": "Action taken",
    "deadline": "Deadline",
    "withheld": "Withheld",
    "source": "Kind of source",
    "source_detail": "Source",
    "when": "Time",
    "by": "Taken by",
    "stance": "Stance",
    "topics": "Topics",
    "regulations": "Regulations",
    "tags": "Tags",
    "category": "Category",
    "corroborated": "Corroborated",
    "confidential": "Confidential",
    "attachments": "Files",
    "missing_attachments": "Files that were not included",
    "media_type": "Kind of file",
    "sha256": "Content of a file",
    "role": "Role",
    "data": "Framework",
    "date": "Date",
    "now": "Met now",
    "answer": "Found now",
    "group": "Population group",
    "row_only": "In the ratings table only",
    "left_out": "Not inspected this time",
    "previous_dates": "Date of a previous rating",
    "dates": "Date of a rating",
    "check": "Check",
    "place": "Place",
    "reason": "Reason",
}
_OF_KIND: Mapping[type[Entity], Mapping[str, str]] = {
    Attachment: {"name": "Name of a file", "caption": "Caption of a file"},
    Person: {"name": "Name to keep out"},
}
"""Where another kind of part has a field of the same name."""


def name_field(entity: AnyEntity | None, field: str) -> str:
    """Return what a field is called.

    Raises:
        KeyError: There is no such field.
    """
    if isinstance(entity, Block) and entity.kind == "image" and field == "text":
        return "Picture"
    names = _OF_KIND.get(type(entity), {}) if entity is not None else {}
    return names.get(field) or _FIELDS[field]


def name_before_text(entity: AnyEntity | None, field: str) -> str:
    """Return what a field is called before its text; "" for the text that a part is made of.

    Raises:
        KeyError: There is no such field.
    """
    # The header is a row of its table as any other.
    name = name_field(entity, "rows" if field == "header" else field)
    return "" if name == _FIELDS["text"] else name
