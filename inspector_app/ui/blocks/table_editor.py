"""Editing a table block: its cells, rows, columns and header, in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from inspector_app.domain.entities import Block
from inspector_app.domain.ids import new_id
from inspector_app.pasting.tables import MOST_COLUMNS, as_rows
from inspector_app.ui.blocks.table_model import TableModel
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.keys import Keys, name_key
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import add_all, make_column, make_row
from inspector_app.ui.widgets.window_sizes import fit_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QStyleOptionViewItem

    from inspector_app.document.inspection_document import InspectionDocument

_HINT = (
    "Type in a cell, or paste a range from a spreadsheet. Tab goes on to the next cell, and from "
    "the last one to a new row. What you type is saved at once, and you can undo all of it at "
    "once."
)
_TOO_WIDE = f"Nothing was pasted: the table would have more than {MOST_COLUMNS} columns, which is "
_TOO_WIDE += "the most that Word takes. Split it into two tables, or leave columns out."
_COLUMN_WIDTH = 140


class TableEditor(QDialog):
    """Edits the table of one block; the inspection has each edit at once, all in one undo step.

    It blocks nothing: show it by `open`.
    """

    def __init__(
        self, document: InspectionDocument, block: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Table")
        self.setObjectName("table_editor")
        self.resize(fit_size(self, 760, 480))
        self._document = document
        self._block = block
        self._merge_key = f"{block}.table.{new_id()}"
        self.model = TableModel(document.inspection.get(block, Block))
        self.model.setParent(self)
        self._build()
        self._connect()
        self._refresh()
        self.view.setCurrentIndex(self.model.index(0, 0))
        self.view.setFocus()

    def _build(self) -> None:
        layout = make_column(self, margins=(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE))
        self.view = CellView(self.model, self)
        layout.addWidget(make_label(_HINT, "hint", self))
        row = make_row()
        self.add_row = make_button("Add &row", "add_row", "Add a row below this one", self)
        self.add_column = make_button(
            "Add &column", "add_column", "Add a column at the right of this one", self
        )
        self.remove_row = make_button(
            "Remove row", "remove_row", "Remove the rows that are selected", self
        )
        self.remove_column = make_button(
            "Remove column", "remove_column", "Remove the columns that are selected", self
        )
        for button in (self.add_row, self.add_column, self.remove_row, self.remove_column):
            # Enter belongs to the cells.
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self.header = QCheckBox("First row is the &header", self)
        self.header.setObjectName("table_header")
        self.header.setAccessibleName("First row is the header")
        self.header.setToolTip(
            "The header is highlighted in the report, and repeated on every page"
        )
        self.header.setChecked(self.model.has_header)
        row.addWidget(self.header)
        add_all(layout, (self.view, 1), row)
        self.problem = make_label("", "problem", self, "table_problem")
        self.problem.hide()
        layout.addWidget(self.problem)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        close.setToolTip("Back to the text (Escape)")
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        self.add_row.clicked.connect(self._on_add_row)
        self.add_column.clicked.connect(self._on_add_column)
        self.remove_row.clicked.connect(self._on_remove_row)
        self.remove_column.clicked.connect(self._on_remove_column)
        self.header.toggled.connect(self.model.set_has_header)
        self.view.pasted.connect(self._on_pasted)
        self.model.edited.connect(self._on_edited)
        self._document.changed.connect(self._on_document_changed)

    def _refresh(self) -> None:
        wide = self.model.columnCount() >= MOST_COLUMNS
        self.add_column.setEnabled(not wide)
        self.remove_row.setEnabled(self.model.rowCount() > 1)
        self.remove_column.setEnabled(self.model.columnCount() > 1)
        self.view.resizeRowsToContents()

    # -- what is done to the table

    @Slot()
    def _on_add_row(self) -> None:
        index = self.view.currentIndex()
        self.model.add_row(index.row() + 1)
        self._go_to(index.row() + 1, 0)

    @Slot()
    def _on_add_column(self) -> None:
        index = self.view.currentIndex()
        self.model.add_column(index.column() + 1)
        self._go_to(index.row(), index.column() + 1)

    @Slot()
    def _on_remove_row(self) -> None:
        rows = [index.row() for index in self.view.selectedIndexes()]
        column = self.view.currentIndex().column()
        if rows:
            self.model.remove_rows(min(rows), max(rows))
            self._go_to(min(min(rows), self.model.rowCount() - 1), column)

    @Slot()
    def _on_remove_column(self) -> None:
        columns = [index.column() for index in self.view.selectedIndexes()]
        row = self.view.currentIndex().row()
        if columns:
            self.model.remove_columns(min(columns), max(columns))
            self._go_to(row, min(min(columns), self.model.columnCount() - 1))

    @Slot(bool)
    def _on_pasted(self, fits: bool) -> None:
        self.problem.setText("" if fits else _TOO_WIDE)
        self.problem.setVisible(not fits)

    def _go_to(self, row: int, column: int) -> None:
        self.view.setCurrentIndex(self.model.index(row, column))
        self.view.setFocus()

    @Slot()
    def _on_edited(self) -> None:
        if self._document.inspection.find(self._block) is None:
            return
        draft = self._document.draft()
        draft.set(self._block, "header", self.model.get_header())
        draft.set(self._block, "rows", self.model.get_rows())
        self._document.apply_draft(draft, "Edit table", self._merge_key)
        self._refresh()

    @Slot()
    def _on_document_changed(self) -> None:
        if self.isVisible() and self._document.inspection.find(self._block) is None:
            self.reject()

    def done(self, result: int) -> None:
        """Take what is being typed, and close."""
        # A change of the current cell commits the text of an open one.
        self.view.setCurrentIndex(QModelIndex())
        super().done(result)


class CellView(QTableView):
    """The cells: typing replaces, Enter goes down, Tab goes on, a range is pasted and copied."""

    pasted = Signal(bool)
    """Cells were pasted; carries whether there was room for them."""

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self._typing = CellTyping(model, self)
        self.setItemDelegate(self._typing)
        self.setObjectName("table_cells")
        self.setAccessibleName("Cells of the table")
        paste = name_key(Keys.PASTE)
        self.setToolTip(
            f"Enter or F2: edit. Tab: next cell. Delete: empty. {paste}: paste a range."
        )
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setDefaultSectionSize(_COLUMN_WIDTH)
        self.horizontalHeader().setStretchLastSection(True)
        self.setCornerButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, empty, edit."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().mimeData())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_cells()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._model.clear([(i.row(), i.column()) for i in self.selectedIndexes()])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # The line edit of an open cell passes Enter on.
            if self.state() != QAbstractItemView.State.EditingState:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def paste(self, mime: QMimeData) -> None:
        """Put cells in from the current one on."""
        cells = read_cells(mime)
        index = self.currentIndex()
        if cells and index.isValid():
            self.pasted.emit(self._model.put(index.row(), index.column(), cells))

    def copy_cells(self) -> None:
        """Copy the selected cells, for spreadsheets."""
        rows: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            rows.setdefault(index.row(), []).append(str(index.data()))
        if rows:
            QGuiApplication.clipboard().setText("\n".join("\t".join(r) for r in rows.values()))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go down after Enter; after Escape the cell is as it was."""
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self._typing.revert()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            index = self.currentIndex()
            if index.row() + 1 < self._model.rowCount():
                self.setCurrentIndex(self._model.index(index.row() + 1, index.column()))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Make a new row where Tab leaves the last cell."""
        if action == QAbstractItemView.CursorAction.MoveNext and self._is_last():
            row = self._model.rowCount()
            if self._model.is_empty_row(row - 1):
                return self.currentIndex()
            self._model.add_row(row)
            return self._model.index(row, 0)
        return super().moveCursor(action, modifiers)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab leave from an empty last row, and Shift+Tab from the first cell."""
        first = self.currentIndex().row() == 0 and self.currentIndex().column() == 0
        empty = self._is_last() and self._model.is_empty_row(self._model.rowCount() - 1)
        if empty if forward else first:
            self.setTabKeyNavigation(False)
            left = super().focusNextPrevChild(forward)
            self.setTabKeyNavigation(True)
            return left
        return super().focusNextPrevChild(forward)

    def _is_last(self) -> bool:
        index: QModelIndex | QPersistentModelIndex = self.currentIndex()
        last = (self._model.rowCount() - 1, self._model.columnCount() - 1)
        return (index.row(), index.column()) == last


def read_cells(mime: QMimeData) -> list[list[str]]:
    """Return the cells on the clipboard: a table's, or the text as lines with tabs between."""
    if mime.hasHtml():
        # What reads HTML is much to import, which no start of the window needs.
        from inspector_app.pasting.reading_html import blocks_from_html

        for line in blocks_from_html(mime.html()).blocks:
            if line.like is not None and line.kind == "table":
                return as_rows(line.like)
    lines = mime.text().replace("\r\n", "\n").removesuffix("\n").split("\n")
    return [line.split("\t") for line in lines] if mime.hasText() else []


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
