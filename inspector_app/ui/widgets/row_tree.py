"""Trees of lines for Qt's views: what has lines below it, and how a view walks through them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Index: TypeAlias = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Row = TypeVar("Row")


class Branch(Generic[Row]):
    """What has lines below it: a line, or the tree itself."""

    def __init__(self) -> None:
        self.below: list[Node[Row]] = []

    def add(self, row: Row) -> Node[Row]:
        """Add a line below the others, and return it."""
        node = Node(row, self)
        self.below.append(node)
        return node


class Node(Branch[Row]):
    """A line with those below it."""

    def __init__(self, row: Row, parent: Branch[Row]) -> None:
        super().__init__()
        self.row = row
        self.parent = parent
        self.place = len(parent.below)


class RowTreeModel(QAbstractItemModel, Generic[Row]):
    """Lines below lines, filled anew each time; what a line shows is the model's own."""

    columns = 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root: Branch[Row] = Branch()

    @contextlib.contextmanager
    def filling(self) -> Iterator[Branch[Row]]:
        """Give an empty tree to be filled, and show it in place of the last."""
        # Indexes hold no reference to their line: the old ones must live until the views let go.
        before = self._root
        self.beginResetModel()
        self._root = Branch()
        try:
            yield self._root
        finally:
            self.endResetModel()
            del before

    def find_row(self, is_meant: Callable[[Row], bool]) -> QModelIndex:
        """Return the index of the first line that is meant; invalid where there is none."""
        found = next((node for node in _walk(self._root) if is_meant(node.row)), None)
        return QModelIndex() if found is None else self.createIndex(found.place, 0, found)

    def get_row(self, index: Index) -> Row | None:
        """Return the line of an index, or None for the tree itself."""
        branch = self._branch(index)
        return branch.row if isinstance(branch, Node) else None

    def _branch(self, index: Index) -> Branch[Row]:
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else self._root

    # -- Qt

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        below = self._branch(parent).below
        if parent.column() > 0 or not 0 <= row < len(below) or not 0 <= column < self.columns:
            return QModelIndex()
        return self.createIndex(row, column, below[row])

    def parent(self, index: Index = NOWHERE) -> Any:
        branch = self._branch(index)
        above = branch.parent if isinstance(branch, Node) else None
        return self.createIndex(above.place, 0, above) if isinstance(above, Node) else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.column() > 0 else len(self._branch(parent).below)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return self.columns


def _walk(branch: Branch[Row]) -> Iterator[Node[Row]]:
    for node in branch.below:
        yield node
        yield from _walk(node)
