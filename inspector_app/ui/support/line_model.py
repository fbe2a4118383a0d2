"""Lines of a list: each with the id of what it is about."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ID = Qt.ItemDataRole.UserRole
_TEXTS = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
}


class Line(NamedTuple):
    """A line: where it is, and its words."""

    where: str
    text: str


class LineModel(QAbstractListModel):
    """Ids, and lines that are made from them when they come into sight."""

    def __init__(self, describe: Callable[[str], Line], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._ids: Sequence[str] = ()

    def show_ids(self, ids: Sequence[str]) -> None:
        """Show other lines."""
        if list(ids) != list(self._ids):
            self.beginResetModel()
            self._ids = list(ids)
            self.endResetModel()
        elif self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def find(self, id_: str) -> QModelIndex:
        """Return the index of a line; an invalid one where it is not here."""
        return self.index(self._ids.index(id_)) if id_ in self._ids else QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        id_ = self._ids[index.row()]
        if role == ID:
            return id_
        line = self._describe(id_) if role in _TEXTS else Line("", "")
        text = f"{line.where}: {line.text}" if line.where else line.text
        if role == Qt.ItemDataRole.ToolTipRole:
            # Escaped: what looks like HTML would otherwise be shown as such.
            return f"<p>{html.escape(text)}</p>"
        if role in _TEXTS:
            return text
        return None
