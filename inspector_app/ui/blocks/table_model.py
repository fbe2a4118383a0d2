"""The cells of a table block, as they are edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from inspector_app.pasting.tables import MOST_COLUMNS, as_rows
from inspector_app.texts import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.domain.entities import Block

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class TableModel(QAbstractTableModel):
    """All rows of a table, the header in front; there is always one cell."""

    edited = Signal()
    """The cells, rows, columns or header changed."""

    def __init__(self, block: Block) -> None:
        super().__init__()
        rows = as_rows(block)
        width = max((len(row) for row in rows), default=1) or 1
        self._rows = [(row + [""] * width)[:width] for row in rows] or [[""]]
        self._has_header = bool(block.header)

    # -- reading

    @property
    def has_header(self) -> bool:
        """Whether the first row is the header."""
        return self._has_header

    def get_header(self) -> tuple[str, ...]:
        """Return the header's cells; none without a header."""
        return tuple(self._rows[0]) if self._has_header else ()

    def get_rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the rows below the header."""
        return tuple(tuple(row) for row in self._rows[int(self._has_header) :])

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows[0])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.FontRole and self._has_header and index.row() == 0:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical and self._has_header:
            return str(section) if section else "Header"
        return str(section + 1)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    # -- editing

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        # The line of a cell that was only opened cannot show line breaks, and gives none back.
        if str(value).split() == self._rows[index.row()][index.column()].split():
            return True
        return self.put(index.row(), index.column(), [[str(value)]])

    def set_has_header(self, on: bool) -> None:
        """Set whether the first row is the header."""
        if on != self._has_header:
            self._has_header = on
            self._tell_all()
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._rows) - 1)
            self.edited.emit()

    def put(self, row: int, column: int, cells: Sequence[Sequence[str]]) -> bool:
        """Write cells from a place on, with new rows and columns where they are needed.

        Returns:
            False where the table would be too wide: nothing is put in then.
        """
        height, width = len(cells), max((len(line) for line in cells), default=0)
        if column + width > max(MOST_COLUMNS, self.columnCount()):
            return False
        self._grow(row + height, column + width)
        for down, line in enumerate(cells):
            for across, cell in enumerate(line):
                self._rows[row + down][column + across] = clean_text(cell)
        self._tell_all()
        self.edited.emit()
        return True

    def put_back(self, row: int, column: int, text: str) -> None:
        """Restore the exact text of a cell, if the cell is still there."""
        inside = row < self.rowCount() and column < self.columnCount()
        if inside and self._rows[row][column] != text:
            self._rows[row][column] = text
            self._tell_all()
            self.edited.emit()

    def clear(self, places: Sequence[tuple[int, int]]) -> None:
        """Empty cells."""
        for row, column in places:
            self._rows[row][column] = ""
        self._tell_all()
        self.edited.emit()

    def add_row(self, at: int) -> None:
        """Add an empty row in front of another."""
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.insert(at, [""] * self.columnCount())
        self.endInsertRows()
        self._tell_rows()

    def add_column(self, at: int) -> bool:
        """Add an empty column in front of another; False where the table would be too wide."""
        if self.columnCount() >= MOST_COLUMNS:
            return False
        self.beginInsertColumns(QModelIndex(), at, at)
        for row in self._rows:
            row.insert(at, "")
        self.endInsertColumns()
        self.edited.emit()
        return True

    def remove_rows(self, first: int, last: int) -> None:
        """Remove rows, but never all of them."""
        if last - first + 1 >= len(self._rows):
            return
        self.beginRemoveRows(QModelIndex(), first, last)
        del self._rows[first : last + 1]
        self.endRemoveRows()
        self._tell_rows()

    def remove_columns(self, first: int, last: int) -> None:
        """Remove columns, but never all of them."""
        if last - first + 1 >= self.columnCount():
            return
        self.beginRemoveColumns(QModelIndex(), first, last)
        for row in self._rows:
            del row[first : last + 1]
        self.endRemoveColumns()
        self.edited.emit()

    def is_empty_row(self, row: int) -> bool:
        """Tell whether nothing stands in a row."""
        return not any(self._rows[row])

    def _grow(self, height: int, width: int) -> None:
        rows, columns = self.rowCount(), self.columnCount()
        if height > rows:
            self.beginInsertRows(QModelIndex(), rows, height - 1)
            self._rows += [[""] * columns for _ in range(height - rows)]
            self.endInsertRows()
        if width > columns:
            self.beginInsertColumns(QModelIndex(), columns, width - 1)
            for row in self._rows:
                row += [""] * (width - columns)
            self.endInsertColumns()

    def _tell_rows(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._rows) - 1)
        self._tell_all()
        self.edited.emit()

    def _tell_all(self) -> None:
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
