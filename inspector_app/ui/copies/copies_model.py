"""Inspections with their copies below them, as a tree in four columns."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt

from inspector_app.domain.local_copies import KIND_NAMES, KINDS, describe_size
from inspector_app.ui.copies.copy_labels import OTHERS, name_copy, name_inspection, write_time
from inspector_app.ui.widgets.labels import make_tip
from inspector_app.ui.widgets.row_tree import RowTreeModel

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from inspector_app.domain.local_copies import Copy, Holdings, InspectionCopies, OtherItem
    from inspector_app.ui.widgets.row_tree import Branch, Index

ROW = Qt.ItemDataRole.UserRole
"""The `CopyRow` of an index."""


class CopyColumn(IntEnum):
    """The columns, by what stands above them."""

    WHAT = 0
    WHERE = 1
    SIZE = 2
    LAST_CHANGED = 3


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


class CopiesModel(RowTreeModel[CopyRow]):
    """What a computer holds, inspection by inspection."""

    columns = len(CopyColumn)

    def show_holdings(self, holdings: Holdings) -> None:
        """Show what there is now."""
        with self.filling() as root:
            for inspection in holdings.inspections:
                _add_inspection(root, inspection)
            if holdings.others:
                head = root.add(CopyRow((OTHERS, "", "", ""), "others"))
                for item in holdings.others:
                    cells = (item.path.name, str(item.path.parent), *_measure(item))
                    head.add(CopyRow(cells, f"other {item.path}", other=item))

    def find(self, key: str) -> QModelIndex:
        """Return the index of a line by its key; invalid where there is none."""
        return self.find_row(lambda row: row.key == key)

    # -- Qt

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return CopyColumn(section).name.capitalize().replace("_", " ")
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.get_row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, row.cells)) if index.column() == CopyColumn.WHAT else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return make_tip("\n".join(filter(None, row.cells[:2])))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == CopyColumn.SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return row if role == ROW else None


def _add_inspection(root: Branch[CopyRow], inspection: InspectionCopies) -> None:
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
    head = root.add(row)
    for kind in KINDS:
        copies = inspection.list_kind(kind)
        below = head
        if len(copies) > 1:
            size = describe_size(sum(copy.size for copy in copies))
            name = f"{KIND_NAMES[kind][1]} ({len(copies)})"
            cells = (name, str(copies[0].path.parent), size, write_time(copies[0].when))
            key = f"{inspection.id} {kind}"
            below = head.add(CopyRow(cells, key, inspection, copies))
        for copy in copies:
            name = copy.path.name if kind == "file" else name_copy(copy)
            cells = (name, str(copy.path.parent), *_measure(copy))
            below.add(CopyRow(cells, str(copy.path), inspection, (copy,)))


def _measure(item: Copy | OtherItem) -> tuple[str, str]:
    return describe_size(item.size), write_time(item.when)
