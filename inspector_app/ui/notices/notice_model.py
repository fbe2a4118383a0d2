"""The breaches of an inspection as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from inspector_app.domain.entities import Notice, Service
from inspector_app.texts import shorten
from inspector_app.ui.widgets.regulation_labels import describe_regulation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.domain.entities import NoticeKind

KINDS: Mapping[NoticeKind, str] = {
    "requirement": "Requirement notice",
    "warning": "Warning notice",
    "enforcement": "Enforcement action",
}
"""What kinds of notices are called, in the order in which they are offered."""
_BEFORE: Mapping[NoticeKind, str] = {
    "requirement": "",
    "warning": "Warning: ",
    "enforcement": "Enforcement: ",
}
"""What the list of breaches says of the kind."""
_ROOT = QModelIndex()


class NoticeModel(QAbstractListModel):
    """A line a breach, in the order of the report; the user role holds its id."""

    def __init__(self, document: InspectionDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._ids: list[str] = list(self._read())

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """Return the number of breaches."""
        return 0 if parent.isValid() else len(self._ids)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return what a line says, or the id of its breach."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        id_ = self._ids[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return id_
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._describe(id_)
        return None

    def find_row(self, notice: str) -> int:
        """Return the row of a breach, or -1."""
        return self._ids.index(notice) if notice in self._ids else -1

    def get_id(self, row: int) -> str:
        """Return the id of the breach in a row, or "" beyond the end."""
        return self._ids[row] if 0 <= row < len(self._ids) else ""

    def refresh(self, change: Change) -> None:
        """Show the breaches as they are after a change."""
        ids = list(self._read())
        gone = [row for row, id_ in enumerate(self._ids) if id_ not in ids]
        for row in reversed(gone):
            self.beginRemoveRows(_ROOT, row, row)
            del self._ids[row]
            self.endRemoveRows()
        for row, id_ in enumerate(ids):
            if id_ not in self._ids:
                self.beginInsertRows(_ROOT, row, row)
                self._ids.insert(row, id_)
                self.endInsertRows()
        if self._ids != ids:
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()
        for id_ in {edit.entity for edit in change.edits}:
            row = self.find_row(id_)
            if row >= 0:
                self.dataChanged.emit(self.index(row), self.index(row))

    def _read(self) -> tuple[str, ...]:
        return tuple(notice.id for notice in self._document.inspection.everywhere(Notice))

    def _describe(self, id_: str) -> str:
        notice = self._document.inspection.find(id_)
        if not isinstance(notice, Notice):
            return ""
        reference = self._document.reference
        regulation = reference.regulations.get(notice.regulation)
        name = notice.regulation or "no regulation yet"
        if regulation is not None:
            name = describe_regulation(regulation, reference)
        owner = self._document.inspection.find(notice.parent)
        service = f"{shorten(owner.name, 40)}: " if isinstance(owner, Service) else ""
        after = " – withheld" if notice.withheld else ""
        row = f"{service}{_BEFORE[notice.kind]}{name}{after}"
        return row[0].upper() + row[1:]
