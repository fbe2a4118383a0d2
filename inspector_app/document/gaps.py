"""The gaps of the open inspection, kept up to date with every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from inspector_app.domain.search.typed_texts import walk
from inspector_app.report.standard import list_prompts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector_app.checks.result import Location
    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework


class Gaps(QObject):
    """Knows where gaps are; it looks when first asked, and then at what has changed only."""

    changed = Signal()
    """There are more or fewer gaps, or they stand elsewhere."""

    def __init__(
        self,
        get_inspection: Callable[[], Inspection],
        get_framework: Callable[[], Framework],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._get_inspection = get_inspection
        self._get_framework = get_framework
        self._prompts = list_prompts(get_framework())
        self._by_entity: dict[str, Sequence[Location]] | None = None

    def find_in(self, text: str, entity: str, field: str) -> Sequence[tuple[int, int]]:
        """Return where the gaps are in a text, or a line of it, that stands in a field."""
        if "[" not in text:
            return ()
        from inspector_app.checks.gaps import find_gaps_in, is_printed

        found = self._get_inspection().find(entity)
        if found is not None and not is_printed(found, field):
            return ()
        return find_gaps_in(text, self._prompts)

    def count(self) -> int:
        """Return how many there are."""
        return sum(map(len, self._look().values()))

    def count_by_entity(self) -> dict[str, int]:
        """Return how many each part has that has any."""
        return {entity: len(found) for entity, found in self._look().items()}

    def list_all(self) -> list[Location]:
        """Return all, in the order of the window's pages."""
        known = self._look()
        if not known:
            return []
        return [gap for part in walk(self._get_inspection()) for gap in known.get(part.id, ())]

    def _look(self) -> dict[str, Sequence[Location]]:
        if self._by_entity is None:
            from inspector_app.checks.gaps import list_gaps

            self._by_entity = {}
            for gap in list_gaps(self._get_inspection(), self._prompts):
                self._by_entity[gap.entity] = (*self._by_entity.get(gap.entity, ()), gap)
        return self._by_entity

    @Slot()
    def look_again(self) -> None:
        """Look for what the framework asks for now."""
        self._prompts = list_prompts(self._get_framework())
        self._by_entity = None
        self.changed.emit()

    @Slot(object)
    def follow(self, change: Change) -> None:
        """Look again at what a change touched."""
        known = self._by_entity
        if known is None:
            return
        from inspector_app.checks.gaps import list_gaps_of

        before = dict(known)
        for id_ in {edit.entity for edit in change.edits}:
            part = self._get_inspection().find(id_)
            found = tuple(list_gaps_of(part, self._prompts)) if part is not None else ()
            if found:
                known[id_] = found
            else:
                known.pop(id_, None)
        if known != before:
            self.changed.emit()
