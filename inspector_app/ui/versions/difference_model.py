"""What is different now, a row a difference, below the pages that they are on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from inspector_app.domain.entities import Details, KeyQuestion, Section
from inspector_app.ui.outline.entries import RATINGS
from inspector_app.ui.outline.page_finder import PageFinder
from inspector_app.ui.widgets.labels import make_tip

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.versions.comparing import Difference
    from inspector_app.ui.outline.entries import OutlineEntry
    from inspector_app.ui.versions.difference_labels import DifferenceWords

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ELSEWHERE = "Parts without a page of their own"
_RATED = {"ratings", "judgements", "scores", "limiters", "overall_departure_reason"}
_MARKS = {"added": "+", "removed": "−", "changed": "≠", "moved": "↕"}
DIFFERENCE = Qt.ItemDataRole.UserRole
"""The `PlacedDifference` of an index; None of a heading."""


class PlacedDifference(NamedTuple):
    """A difference with the page that it is on."""

    place: str
    difference: Difference


class PageOrder:
    """Names and orders the pages that differences are on, as the outline does."""

    def __init__(self, entries: Sequence[OutlineEntry], then: Inspection, now: Inspection) -> None:
        self._then = then
        self._now = now
        self._places: dict[str, tuple[int, str]] = {}
        lines: list[OutlineEntry] = []
        for entry in entries:
            self._places[entry.id] = (len(lines), entry.title)
            lines.append(entry)
            for topic in entry.topics:
                self._places[topic.id] = (len(lines), f"{entry.title} › {topic.title}")
                lines.append(topic)
        self._finder = PageFinder(lines)

    def find(self, difference: Difference) -> tuple[int, str]:
        """Return the order and the title of the page of a difference."""
        entity = difference.entity
        if isinstance(entity, Details) and difference.fields[0].field.split(".")[0] in _RATED:
            return self._places[RATINGS]
        inspection = self._then if difference.kind == "removed" else self._now
        entry = self._finder.find(entity.id, inspection)
        id_ = entry.id if entry is not None else self._find_removed(entity.id)
        return self._places.get(id_, (len(self._places), _ELSEWHERE))

    def _find_removed(self, id_: str) -> str:
        """Return the entry of a section or key question that is not begun any more, or ""."""
        part = self._then.find(id_)
        while part is not None and part.parent:
            if part.parent == self._then.id:
                if isinstance(part, Section):
                    return f"section/{part.section}"
                if isinstance(part, KeyQuestion):
                    return f"key_question/{part.key_question}"
            part = self._then.find(part.parent)
        return ""


Row: TypeAlias = str | PlacedDifference
"""A page's title, or a difference on it."""


def place_in_steps(
    differences: Sequence[Difference], places: PageOrder
) -> Generator[None, None, list[Row]]:
    """Return the rows of differences in the order of the outline, in steps, each small."""
    pages: dict[tuple[int, str], list[PlacedDifference]] = {}
    for difference in differences:
        place = places.find(difference)
        pages.setdefault(place, []).append(PlacedDifference(place[1], difference))
        yield
    rows: list[Row] = []
    for place in sorted(pages):
        rows += [place[1], *pages[place]]
    return rows


class DifferenceModel(QAbstractListModel):
    """Differences in the order of the outline, each page's below its title."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._words: DifferenceWords | None = None

    def show_rows(self, rows: list[Row], words: DifferenceWords) -> None:
        """Show what is different, from `place_in_steps`."""
        self.beginResetModel()
        self._words = words
        self._rows = rows
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._rows = []
        self.endResetModel()

    def list_place(self, place: str) -> list[Difference]:
        """Return the differences of a page."""
        return [row.difference for row in self._list_all() if row.place == place]

    def list_all(self) -> list[Difference]:
        """Return all differences."""
        return [row.difference for row in self._list_all()]

    def find(self, key: tuple[str, str] | None) -> QModelIndex:
        """Return the index of a difference by its key, or else of the first; it may be invalid."""
        first = QModelIndex()
        for number, row in enumerate(self._rows):
            if isinstance(row, PlacedDifference):
                if row.difference.key == key:
                    return self.index(number, 0)
                first = first if first.isValid() else self.index(number, 0)
        return first

    def _list_all(self) -> list[PlacedDifference]:
        return [row for row in self._rows if isinstance(row, PlacedDifference)]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings are only read."""
        if not index.isValid() or isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows) or self._words is None:
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            if role == Qt.ItemDataRole.FontRole:
                font = QFont()
                font.setBold(True)
                return font
            return row if role == Qt.ItemDataRole.DisplayRole else None
        if role == DIFFERENCE:
            return row
        text = self._words.describe(row.difference)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{_MARKS[row.difference.kind]}  {text}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return make_tip(text)
        return None
