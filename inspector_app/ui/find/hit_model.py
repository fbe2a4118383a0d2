"""The hits of a search, a row each, below the places that they stand in."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector_app.domain.search.excerpt import Excerpt, make_excerpt
from inspector_app.domain.search.replace import Spot
from inspector_app.domain.search.search import Found
from inspector_app.ui.find.field_names import name_before_text
from inspector_app.ui.widgets.labels import make_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from inspector_app.domain.inspection import Inspection

EXCERPT = Qt.ItemDataRole.UserRole
"""The `Excerpt` of a hit; None of a heading."""
FIELD = Qt.ItemDataRole.UserRole + 1
"""What the field of a hit is called, or ""."""
COUNT = Qt.ItemDataRole.UserRole + 2
"""The number of hits below a heading."""
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class HitGroup(NamedTuple):
    """A place of the window with what was found there."""

    title: str
    found: tuple[Found, ...]

    @property
    def hits(self) -> int:
        """The number of hits."""
        return sum(found.hits for found in self.found)


class HitKey(NamedTuple):
    """What a hit is known by from one search to the next: the text, and the how-manieth in it."""

    entity: str
    field: str
    at: tuple[int, ...]
    number: int


class HitModel(QAbstractTableModel):
    """Hits in the order of the window, each group below a row with its title.

    Rows are worked out when they are shown: a single letter may have hundreds of thousands.
    """

    def __init__(
        self, get_inspection: Callable[[], Inspection | None], parent: QObject | None = None
    ) -> None:
        """Make an empty one.

        Args:
            get_inspection: Gives the current value, which names the fields.
            parent: Its parent.
        """
        super().__init__(parent)
        self._get_inspection = get_inspection
        self._items: list[HitGroup | Found] = []
        self._starts: list[int] = []
        """The row that each item starts at."""
        self._rows = 0
        self._left_out: set[HitKey] = set()
        self._checkable = False
        self.hits = 0
        """The number of hits."""
        self.groups = 0
        """The number of places with a hit."""

    # -- filling

    def show_groups(self, groups: Sequence[HitGroup]) -> None:
        """Show what a search found."""
        self.beginResetModel()
        self._items = []
        self._starts = []
        self._rows = self.hits = 0
        self.groups = len(groups)
        for group in groups:
            self._append(group, 1)
            for found in group.found:
                self._append(found, found.hits)
                self.hits += found.hits
        if self._left_out:
            hits = {_make_key(found, 0)[:3]: found.hits for found in self._iterate_found()}
            self._left_out = {key for key in self._left_out if key.number < hits.get(key[:3], 0)}
        self.endResetModel()

    def _append(self, item: HitGroup | Found, rows: int) -> None:
        self._items.append(item)
        self._starts.append(self._rows)
        self._rows += rows

    def tick_all(self) -> None:
        """Leave no hit out."""
        self._left_out.clear()
        self._tell()

    def set_checkable(self, checkable: bool) -> None:
        """Let single hits be left out of a replacement, or not."""
        if checkable != self._checkable:
            self._checkable = checkable
            self._tell()

    def _tell(self) -> None:
        if self._rows:
            last = self.index(self._rows - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])

    # -- asking

    @property
    def ticked(self) -> int:
        """The number of hits that are not left out."""
        return self.hits - len(self._left_out)

    def iterate_ticked(self) -> Iterator[Spot]:
        """Yield the hits that are not left out."""
        for found in self._iterate_found():
            for number, spot in enumerate(_list_spots(found)):
                if _make_key(found, number) not in self._left_out:
                    yield spot

    def get_spot(self, row: int) -> Spot | None:
        """Return the hit in a row; None of a heading and beyond the ends."""
        found, number = self._find(row)
        return _list_spots(found)[number] if found is not None else None

    def get_key(self, row: int) -> HitKey | None:
        """Return what the hit in a row is known by; None of a heading and beyond the ends."""
        found, number = self._find(row)
        return _make_key(found, number) if found is not None else None

    def find_row(self, key: HitKey) -> int | None:
        """Return the row of a hit, or None where it is no more."""
        for item, start in zip(self._items, self._starts, strict=True):
            if (
                isinstance(item, Found)
                and (item.entity, item.place.field, item.place.at) == key[:3]
                and key.number < item.hits
            ):
                return start + key.number
        return None

    def find_next(self, row: int, step: int) -> int | None:
        """Return the row of the next hit, round the end; None where there is none.

        Args:
            row: Where to start from; that row itself does not count.
            step: 1 or -1.
        """
        for _ in range(2 if self.hits else 0):
            row = (row + step) % self._rows
            if self._find(row)[0] is not None:
                return row
        # Two headings never follow each other.
        return None

    def find_behind(self, spot: Spot, position: int, row: int) -> int | None:
        """Return the row of the first hit behind a place in a text, round the end, or None.

        Args:
            spot: A hit of that text as it was.
            position: The place in the text as it is now.
            row: Where to go on if the text has no hit any more.
        """
        for item, start in zip(self._items, self._starts, strict=True):
            if isinstance(item, Found) and _make_key(item, 0)[:3] == spot[:3]:
                row = start + sum(span.start < position for span in item.spans)
                break
        return self.find_next(row - 1, 1)

    def _find(self, row: int) -> tuple[Found | None, int]:
        """Return what the row is a hit of, and the how-manieth."""
        if not 0 <= row < self._rows:
            return None, 0
        place = bisect_right(self._starts, row) - 1
        item = self._items[place]
        return (item, row - self._starts[place]) if isinstance(item, Found) else (None, 0)

    def _iterate_found(self) -> Iterator[Found]:
        return (item for item in self._items if isinstance(item, Found))

    # -- Qt

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of hits and headings."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return 1."""
        return 0 if parent.isValid() else 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings are only read; hits are gone to, and ticked where they can be replaced."""
        if not index.isValid() or self._find(index.row())[0] is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        flags |= Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self._checkable else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        if not index.isValid() or index.row() >= self._rows:
            return None
        found, number = self._find(index.row())
        if found is None:
            return self._describe_group(index.row(), role)
        if role == Qt.ItemDataRole.CheckStateRole:
            if not self._checkable:
                return None
            left_out = _make_key(found, number) in self._left_out
            return Qt.CheckState.Unchecked if left_out else Qt.CheckState.Checked
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            field = self._name_field(found)
            text = self._make_excerpt(found, number).text
            return f"{field}: {text}" if field else text
        if role == Qt.ItemDataRole.ToolTipRole:
            return make_tip(found.place.text)
        if role == EXCERPT:
            return self._make_excerpt(found, number)
        return self._name_field(found) if role == FIELD else None

    def _describe_group(self, row: int, role: int) -> Any:
        group = self._items[bisect_right(self._starts, row) - 1]
        if not isinstance(group, HitGroup):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return group.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{group.title}: {group.hits}"
        return group.hits if role == COUNT else None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Leave a hit out, or take it in again."""
        key = self.get_key(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.CheckStateRole or key is None or not self._checkable:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._left_out.discard(key)
        else:
            self._left_out.add(key)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        return True

    def _make_excerpt(self, found: Found, number: int) -> Excerpt:
        return make_excerpt(found.place.text, found.spans[number])

    def _name_field(self, found: Found) -> str:
        inspection = self._get_inspection()
        entity = inspection.find(found.entity) if inspection is not None else None
        return name_before_text(entity, found.place.field)


def _make_key(found: Found, number: int) -> HitKey:
    return HitKey(found.entity, found.place.field, found.place.at, number)


def _list_spots(found: Found) -> list[Spot]:
    place = found.place
    return [Spot(found.entity, place.field, place.at, place.text, span) for span in found.spans]


def group_found(found: Iterable[Found], name: Callable[[str], tuple[int, str]]) -> list[HitGroup]:
    """Return what was found by place.

    Args:
        found: In any order.
        name: Gives the order and the title of an entity's place.
    """
    places: dict[tuple[int, str], list[Found]] = {}
    for item in found:
        places.setdefault(name(item.entity), []).append(item)
    return [HitGroup(title, tuple(places[order, title])) for order, title in sorted(places)]
