"""Inspections with their copies below them, as a tree in four columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector_app.domain.copies import KIND_NAMES, KINDS, describe_size
from inspector_app.ui.copies.words import OTHERS, name_copy, name_inspection, write_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector_app.domain.copies import Copy, Holdings, InspectionCopies, OtherItem

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
HEADS = ("What", "Where", "Size", "Last changed")
WHERE, SIZE = 1, 2
_LONGEST_TIP = 600
ROW = Qt.ItemDataRole.UserRole
"""The `CopyRow` of an index."""


class CopyRow(NamedTuple):
    """A line of the tree: an inspection, several copies of one kind, a copy, or something else."""

    cells: tuple[str, str, str, str]
    key: str
    """Finds the line again after everything was listed anew."""
    inspection: InspectionCopies | None = None
    copies: tuple[Copy, ...] = ()
    """What the line stands for."""
    other: OtherItem | None = None
    is_whole: bool = False
    """Whether the line stands for an inspection with all there is of it."""


class _Node:
    def __init__(self, row: CopyRow, parent: _Node | None) -> None:
        self.row = row
        self.parent = parent
        self.below: list[_Node] = []
        self.place = len(parent.below) if parent is not None else 0
        if parent is not None:
            parent.below.append(self)


class CopiesModel(QAbstractItemModel):
    """What a computer holds, inspection by inspection."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(CopyRow(("", "", "", ""), ""), None)

    def show_holdings(self, holdings: Holdings) -> None:
        """Show what there is now."""
        # Indexes hold no reference to their line: the old ones must live until the views let go.
        before = self._root
        self.beginResetModel()
        self._root = _Node(CopyRow(("", "", "", ""), ""), None)
        for inspection in holdings.inspections:
            self._add_inspection(inspection)
        if holdings.others:
            head = _Node(CopyRow((OTHERS, "", "", ""), "others"), self._root)
            for item in holdings.others:
                cells = (item.path.name, str(item.path.parent), *_measure(item))
                _Node(CopyRow(cells, f"other {item.path}", other=item), head)
        self.endResetModel()
        del before

    def find(self, key: str) -> QModelIndex:
        """Return the index of a line by its key; invalid where there is none."""
        for node in _walk(self._root):
            if node.row.key == key:
                return self.createIndex(node.place, 0, node)
        return QModelIndex()

    def _add_inspection(self, inspection: InspectionCopies) -> None:
        files = inspection.list_kind("file")
        where = str(files[0].path.parent) if files else ""
        cells = (
            name_inspection(inspection),
            where,
            describe_size(inspection.size),
            write_time(inspection.last_used),
        )
        key = f"inspection {inspection.id}"
        row = CopyRow(cells, key, inspection, inspection.copies, is_whole=True)
        head = _Node(row, self._root)
        for kind in KINDS:
            copies = inspection.list_kind(kind)
            below = head
            if len(copies) > 1:
                size = describe_size(sum(copy.size for copy in copies))
                name = f"{KIND_NAMES[kind][1]} ({len(copies)})"
                cells = (name, str(copies[0].path.parent), size, write_time(copies[0].when))
                key = f"{inspection.id} {kind}"
                below = _Node(CopyRow(cells, key, inspection, copies), head)
            for copy in copies:
                name = copy.path.name if kind == "file" else name_copy(copy)
                cells = (name, str(copy.path.parent), *_measure(copy))
                _Node(CopyRow(cells, str(copy.path), inspection, (copy,)), below)

    # -- Qt

    def _node(self, index: _Index) -> _Node:
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, _Node) else self._root

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        """See Qt."""
        below = self._node(parent).below
        if parent.column() > 0 or not 0 <= row < len(below) or not 0 <= column < len(HEADS):
            return QModelIndex()
        return self.createIndex(row, column, below[row])

    def parent(self, index: _Index = _NOWHERE) -> Any:
        """See Qt."""
        node = self._node(index).parent if index.isValid() else None
        if node is None or node is self._root:
            return QModelIndex()
        return self.createIndex(node.place, 0, node)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """See Qt."""
        return 0 if parent.column() > 0 else len(self._node(parent).below)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """See Qt."""
        del parent
        return len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """See Qt."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return super().headerData(section, orientation, role)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        if not index.isValid():
            return None
        row = self._node(index).row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, row.cells)) if index.column() == 0 else None
        if role == Qt.ItemDataRole.ToolTipRole:
            # A tooltip that looks like markup would be read as markup.
            return "\n".join(filter(None, row.cells[:2]))[:_LONGEST_TIP].replace("<", "‹")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return row if role == ROW else None


def _measure(item: Copy | OtherItem) -> tuple[str, str]:
    return describe_size(item.size), write_time(item.when)


def _walk(node: _Node) -> Iterator[_Node]:
    below: Iterable[_Node] = node.below
    for item in below:
        yield item
        yield from _walk(item)
