"""A copy for people outside: the report's content without notes, names and history."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import (
    Action,
    Attachment,
    Block,
    Details,
    Entity,
    GridRow,
    KeyQuestion,
    Notice,
    Section,
    Service,
    Topic,
)
from inspector_app.domain.ids import new_id
from inspector_app.domain.inspection import Inspection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.domain.change import Change
    from inspector_app.domain.entities import AnyEntity

_SENT: Mapping[type[Entity], tuple[str, ...]] = {
    Details: (
        *("framework", "framework_version", "regime", "state"),
        *("provider_name", "provider_id", "location_name", "location_id", "service_type"),
        *("address", "telephone", "website", "registered_activities"),
        *("visit_type", "announced", "short_notice", "visit_dates", "visit_from", "visit_to"),
        *("publication_date", "previous_rating_note", "previous_ratings", "previous_rating_date"),
        *("ratings", "judgements", "scores", "limiters", "signatory_name", "signatory_title"),
    ),
    Section: ("section",),
    Service: ("name",),
    KeyQuestion: ("key_question",),
    Topic: ("topic", "title", "lead"),
    Block: (
        "kind",
        "text",
        "level",
        "regulation",
        "header",
        "rows",
        "attachment",
        "caption",
        "width",
    ),
    Action: ("strength", "text", "key_question"),
    Notice: (
        *("kind", "activities", "regulation", "key_question", "must", "breached_paragraphs"),
        *("action", "deadline", "withheld"),
    ),
    Attachment: ("name", "media_type", "sha256", "caption"),
    GridRow: ("service", "ratings", "dates"),
}
"""What is sent of each kind of part. What is not named stays at home, parts and fields alike."""
_OF_WITHHELD = ("kind", "activities", "regulation", "key_question", "withheld")
"""What is sent of a notice that is withheld: what its row in the report says."""
_PLACE = ("parent", "position", "external_id")


def make_outside_copy(inspection: Inspection) -> tuple[Change, Inspection]:
    """Return a copy that can be sent outside, and the change that makes it from nothing.

    It holds what the report prints, and what is known of the service. Gone are evidence notes and
    the links to them, the names that must not appear, the words that spelling was taught (they may
    be names), the checks that were set aside, what was found of earlier breaches, why the rating
    departs from the rules, what a withheld notice is about, attachments that no picture of the
    report shows, and, as the copy starts with one change, the history. It is an inspection of its
    own, with an id of its own.
    """
    old, new = inspection.id, new_id()
    found = list(_list_sent(inspection, old))
    shown = {item.attachment for item in found if isinstance(item, Block)}
    kept = [
        _make_copy(item, old, new)
        for item in found
        if not isinstance(item, Attachment) or item.id in shown
    ]
    draft = Draft(Inspection())
    draft.create_all(kept)
    return draft.finish("Copy without notes, names and history"), draft.result


def _list_sent(inspection: Inspection, root: str) -> Iterator[AnyEntity]:
    yield inspection.details
    for item in inspection.descendants(root):
        above = inspection.find(item.parent)
        withheld = isinstance(above, Notice) and above.withheld
        if type(item) in _SENT and not withheld:
            yield item


def _make_copy(item: AnyEntity, old: str, new: str) -> AnyEntity:
    withheld = isinstance(item, Notice) and item.withheld
    names = _OF_WITHHELD if withheld else _SENT[type(item)]
    sent = {name: getattr(item, name) for name in names}
    if isinstance(item, Details):
        # The days of other states are the history of the inspection.
        sent["state_dates"] = {
            state: day for state, day in item.state_dates.items() if state == item.state
        }
        return Details(id=new, **sent)
    sent |= {name: getattr(item, name) for name in _PLACE}
    if item.parent == old:
        sent["parent"] = new
    return cast("AnyEntity", type(item)(id=item.id, **sent))
