"""A copy for people outside: the report's content without notes, names and history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import (
    Action,
    Attachment,
    Block,
    Details,
    EvidenceNote,
    Person,
    SetAside,
)
from inspector_app.domain.ids import new_id
from inspector_app.domain.inspection import Inspection

if TYPE_CHECKING:
    from inspector_app.domain.change import Change
    from inspector_app.domain.entities import AnyEntity

_PRIVATE = (EvidenceNote, Person, SetAside)


def make_outside_copy(inspection: Inspection) -> tuple[Change, Inspection]:
    """Return a copy that can be sent outside, and the change that makes it from nothing.

    It holds what the report prints. Gone are evidence notes and the links to them, the names that
    must not appear, the words that spelling was taught (they may be names), the checks that were
    set aside, attachments that no picture of the report shows, and, as the copy starts with one
    change, the history. It is an inspection of its own, with an id of its own.
    """
    old, new = inspection.id, new_id()
    shown = {item.attachment for item in inspection if isinstance(item, Block)}
    kept: list[AnyEntity] = [
        _without_private(inspection.details, new),
        *(
            _without_links(item, old, new)
            for item in inspection.descendants(old)
            if not isinstance(item, (*_PRIVATE, Details))
            and (not isinstance(item, Attachment) or item.id in shown)
        ),
    ]
    draft = Draft(Inspection())
    draft.create_all(kept)
    return draft.finish("Copy without notes, names and history"), draft.result


def _without_private(details: Details, new: str) -> Details:
    """Return the details without earlier states and own words, which may be names."""
    dates = {state: day for state, day in details.state_dates.items() if state == details.state}
    return msgspec.structs.replace(details, id=new, external_id="", state_dates=dates, own_words=())


def _without_links(item: AnyEntity, old: str, new: str) -> AnyEntity:
    parent = new if item.parent == old else item.parent
    if isinstance(item, Block | Action):
        return msgspec.structs.replace(item, parent=parent, evidence=())
    return msgspec.structs.replace(item, parent=parent)
