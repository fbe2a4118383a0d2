"""Typing in a table cell: each letter goes to the inspection at once, as everywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QStyleOptionViewItem

    from inspector_app.ui.blocks.table_model import TableModel

_Index = QModelIndex | QPersistentModelIndex


class CellTyping(QStyledItemDelegate):
    """Updates the model with each letter, and restores the cell on Escape.

    Qt's own would give it when the cell is left: what is half typed would be nowhere else.
    """

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._put_back: Callable[[], None] | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """Create the line edit of a cell."""
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            row, column, text = index.row(), index.column(), str(index.data())
            self._put_back = lambda: self._model.put_back(row, column, text)
            editor.textEdited.connect(lambda: self.commitData.emit(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show the text of the cell, unless it is being typed: the cursor would jump."""
        text = str(index.data(Qt.ItemDataRole.EditRole))
        if not isinstance(editor, QLineEdit) or editor.text().split() != text.split():
            super().setEditorData(editor, index)

    def revert(self) -> None:
        """Restore the text that the cell had when it was opened."""
        if self._put_back is not None:
            self._put_back()
            self._put_back = None
