"""What the places of the window are called, of many entities at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.entities import Block
from inspector_app.ui.outline.page_finder import PageFinder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector_app.domain.inspection import Inspection
    from inspector_app.ui.outline.entries import OutlineEntry

_ELSEWHERE = "Parts without a page of their own"


class PlaceTitles:
    """Names and orders places as the outline does, each part's worked out once."""

    def __init__(
        self,
        get_entries: Callable[[], Sequence[OutlineEntry]],
        get_shown: Callable[[], str],
    ) -> None:
        """Make one.

        Args:
            get_entries: Gives the outline's pages.
            get_shown: Gives the id of the entry that is shown.
        """
        self._get_entries = get_entries
        self._get_shown = get_shown
        self.forget()

    def forget(self) -> None:
        """Read the outline anew."""
        self._known: dict[str, tuple[int, str]] = {}
        self._places: dict[str, tuple[int, str]] = {}
        self._pages: dict[str, str] = {}
        lines: list[OutlineEntry] = []
        for entry in self._get_entries():
            self._places[entry.id] = (len(lines), entry.title)
            self._pages[entry.id] = entry.id
            lines.append(entry)
            for topic in entry.topics:
                self._places[topic.id] = (len(lines), f"{entry.title} › {topic.title}")
                self._pages[topic.id] = entry.id
                lines.append(topic)
        self._finder = PageFinder(lines)

    def name(self, entity: str, inspection: Inspection) -> tuple[int, str]:
        """Return the order and the title of an entity's place."""
        found = inspection.find(entity)
        # Blocks stand in thousands below few parts.
        key = found.parent if isinstance(found, Block) else entity
        place = self._known.get(key)
        if place is None:
            entry = self._finder.find(key, inspection)
            elsewhere = (len(self._places), _ELSEWHERE)
            place = self._places[entry.id] if entry is not None else elsewhere
            self._known[key] = place
        return place

    def is_on_page(self, entity: str, inspection: Inspection) -> bool:
        """Tell whether an entity is edited on the page that is shown."""
        entry = self._finder.find(entity, inspection)
        shown = self._get_shown()
        return entry is not None and self._pages[entry.id] == self._pages.get(shown)
