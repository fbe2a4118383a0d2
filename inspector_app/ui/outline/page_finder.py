"""Where in the window a part of the inspection is edited, and where in the report it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.entities import (
    Action,
    Attachment,
    Entity,
    EvidenceNote,
    Notice,
    Person,
    PreviousBreach,
    SetAside,
)
from inspector_app.ui.outline.entries import (
    ACTIONS,
    CHECKS,
    DETAILS,
    EVIDENCE,
    NOTICES,
    OutlineEntry,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework

_PAGES: dict[type[Entity], str] = {
    Action: ACTIONS,
    Notice: NOTICES,
    EvidenceNote: EVIDENCE,
    Attachment: EVIDENCE,
    PreviousBreach: DETAILS,
    Person: DETAILS,
    SetAside: CHECKS,
}
_PAGES_BY_TAG = {kind.__struct_config__.tag: page for kind, page in _PAGES.items()}


class PageFinder:
    """Knows the lines of an outline, to find those of many parts."""

    def __init__(self, entries: Sequence[OutlineEntry]) -> None:
        self._by_entity = {entry.entity: entry for entry in entries if entry.entity}
        self._by_id = {entry.id: entry for entry in entries}

    def find(self, entity: str, inspection: Inspection) -> OutlineEntry | None:
        """Return the line of the page that an entity is edited on, or None."""
        found = inspection.find(entity)
        while found is not None:
            if type(found) in _PAGES:
                return self._by_id.get(_PAGES[type(found)])
            if found.id in self._by_entity:
                # The details are everybody's parent; only they themselves are on their page.
                here = found.parent or found.id == entity
                return self._by_entity[found.id] if here else None
            found = inspection.find(found.parent)
        return None


def find_entry_of(
    entity: str, inspection: Inspection, entries: Sequence[OutlineEntry]
) -> OutlineEntry | None:
    """Return the page that an entity is edited on, or None."""
    return PageFinder(entries).find(entity, inspection)


def find_entry_of_removed(
    before: Mapping[str, object], inspection: Inspection, entries: Sequence[OutlineEntry]
) -> OutlineEntry | None:
    """Return the page that a part was edited on which is no longer there, or None.

    Args:
        before: The part as the edit that removed it tells it.
        inspection: As it is now.
        entries: The lines of the outline.
    """
    page = _PAGES_BY_TAG.get(str(before.get("entity")))
    if page is not None:
        return next((entry for entry in entries if entry.id == page), None)
    return find_entry_of(str(before.get("parent", "")), inspection, entries)


def list_printed(entry: OutlineEntry, inspection: Inspection) -> Iterator[str]:
    """Yield the ids that the report may print of an entry, the first one first."""
    if entry.entity:
        yield entry.entity
    if entry.kind == DETAILS:
        return
    parts: Iterable[AnyEntity] = ()
    if entry.kind == ACTIONS:
        parts = inspection.everywhere(Action)
    elif entry.kind == NOTICES:
        parts = inspection.everywhere(Notice)
    parts = list(parts)
    # Of a notice the row first: its own id is printed with the line of the must.
    for part in parts:
        yield from (below.id for below in inspection.descendants(part.id))
    yield from (part.id for part in parts)
    if entry.entity:
        yield from (below.id for below in inspection.descendants(entry.entity))


def list_headings(
    entries: Sequence[OutlineEntry], framework: Framework, inspection: Inspection
) -> dict[str, str]:
    """Return the parts that begin with a heading of the report; "" is its very top."""
    headings = {"": inspection.id}
    for entry in entries:
        _, _, part = entry.id.partition("/")
        question = framework.find_key_question(part) if entry.kind == "key_question" else None
        if entry.entity and part:
            headings[question.heading if question else entry.title] = entry.entity
    return headings
