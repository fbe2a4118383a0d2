"""What the fields are called that a search finds something in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.entities import Attachment, Block, Details

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.domain.entities import AnyEntity

_DETAILS: Mapping[str, str] = {
    "location_name": "Location name",
    "location_id": "Location ID",
    "service_type": "Service type",
    "address": "Address",
    "telephone": "Telephone",
    "website": "Website",
    "provider_name": "Provider name",
    "provider_id": "Provider ID",
    "registered_activities": "Registered activity",
    "previous_rating_note": "Note on the previous rating",
    "overall_departure_reason": "Reason for departing",
    "signatory_name": "Signatory",
    "signatory_title": "Title of the signatory",
}
_BLOCK: Mapping[str, str] = {"header": "Table", "rows": "Table", "caption": "Caption"}
_OTHERS: Mapping[str, str] = {
    "title": "Heading",
    "lead": "Lead sentence",
    "activities": "Activity",
    "must": "Must line",
    "action": "Action taken",
    "source_detail": "Source",
    "answer": "Found now",
    "service": "Service",
    "name": "Service",
}


def name_field(entity: AnyEntity | None, field: str) -> str:
    """Return what a field is called before its text; "" for the text that a part is made of."""
    if isinstance(entity, Details):
        return _DETAILS.get(field, "")
    if isinstance(entity, Block):
        return "Picture" if entity.kind == "image" and field == "text" else _BLOCK.get(field, "")
    if isinstance(entity, Attachment):
        return "Caption of a file"
    return _OTHERS.get(field, "")
