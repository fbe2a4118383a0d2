"""The table in which notes are shown, selected and dragged from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from inspector_app.ui.evidence.note_model import NoteColumn
from inspector_app.ui.widgets.file_drops import has_evidence
from inspector_app.ui.widgets.labels import SPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QPaintEvent,
        QResizeEvent,
    )
    from PySide6.QtWidgets import QWidget

    from inspector_app.ui.evidence.note_model import NoteModel

_FULL = {
    NoteColumn.TIME: "28 Sep 2023, 12:00",
    NoteColumn.STANCE: "▲ Strength",
    NoteColumn.SOURCE: "Observation: room",
    NoteColumn.TOPICS: "Kindness and respect",
    NoteColumn.USED: "Used",
    NoteColumn.BY: "ABC",
}
"""What a column has room for."""
_LEAST_ROWS = 6
"""That there is room for, with the names of the columns."""
_LEAST_NOTE = "Fridge temperatures seen"
_SPARED = (NoteColumn.TOPICS, NoteColumn.SOURCE, NoteColumn.BY)
"""Columns that are left out where the text of the notes would have no room, the last first."""


class NoteTable(QTableView):
    """Whole rows are selected, several at will; rows can be dragged onto a sentence."""

    delete_wanted = Signal()
    edit_wanted = Signal()
    files_dropped = Signal(str, QMimeData)
    """Files or a picture were let go on a note; carries its id, "" below the last, and what."""
    menu_wanted = Signal(QPoint)
    """The context menu is asked for; carries where on the screen."""

    def __init__(self, notes: NoteModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes = notes
        self.setObjectName("evidence_table")
        self.setAccessibleName("Evidence notes")
        self.setToolTip("Enter or double-click: edit the note. Delete: delete what is selected.")
        self._drop_row: int | None = None
        self.setModel(notes)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        # All alike, or opening would measure each of thousands of rows.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(40)
        self.doubleClicked.connect(lambda: self.edit_wanted.emit())
        self._fit_columns()
        header.setSectionResizeMode(NoteColumn.NOTE, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicator(NoteColumn.TIME, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def restore_columns(self, state: QByteArray) -> None:
        """Give the columns the widths, and the rows the order, that `saveState` stored."""
        header = self.horizontalHeader()
        if header.restoreState(state):
            self.sortByColumn(header.sortIndicatorSection(), header.sortIndicatorOrder())

    @property
    def selected(self) -> tuple[str, ...]:
        """Ids of the selected notes, in the order of the table."""
        selection = self.selectionModel().selection()
        rows: set[int] = set()
        for at in range(selection.count()):
            part = selection.at(at)
            rows.update(range(part.top(), part.bottom() + 1))
        return tuple(self._notes.get_id(row) for row in sorted(rows))

    def select(self, notes: set[str]) -> None:
        """Select these notes, as far as they are shown."""
        rows = self._notes.list_rows(notes) if notes else []
        if not rows:
            return
        selection = QItemSelection()
        start = 0
        # Neighbours as one range: thousands of single ones would be slow.
        for at in range(len(rows)):
            if at + 1 == len(rows) or rows[at + 1] != rows[at] + 1:
                last = self._notes.index(rows[at], NoteColumn.BY)
                selection.select(self._notes.index(rows[start], NoteColumn.TIME), last)
                start = at + 1
        first = self._notes.index(rows[0], NoteColumn.TIME)
        flag = QItemSelectionModel.SelectionFlag
        model = self.selectionModel()
        model.setCurrentIndex(first, flag.NoUpdate)
        model.select(selection, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(first)

    # -- files that are dropped

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the note that would get the files."""
        if not has_evidence(event.mimeData()):
            event.ignore()
            return
        self._show_drop(self.rowAt(event.position().toPoint().y()))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    dragEnterEvent = dragMoveEvent  # noqa: N815

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show none any more."""
        del event
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Give the files to the note that they were let go on."""
        self._show_drop(None)
        row = self.rowAt(event.position().toPoint().y())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.files_dropped.emit(self._notes.get_id(row) if row >= 0 else "", event.mimeData())

    def _show_drop(self, row: int | None) -> None:
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame the note that would get what is dragged; the whole list, where it would be new."""
        super().paintEvent(event)
        if self._drop_row is None:
            return
        place = self.viewport().rect()
        if self._drop_row >= 0:
            place.setTop(self.rowViewportPosition(self._drop_row))
            place.setHeight(self.rowHeight(self._drop_row))
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self.palette().highlight().color(), 2))
        painter.drawRect(place.adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave columns out where the text of the notes would have no room."""
        room = event.size().width() - self._measure(_LEAST_NOTE)
        room -= sum(
            self.columnWidth(column)
            for column in (NoteColumn.TIME, NoteColumn.STANCE, NoteColumn.USED)
        )
        for column in _SPARED:
            room -= self._measure(_FULL[column])
            self.setColumnHidden(column, room < 0)
        super().resizeEvent(event)
        if event.size().height() < event.oldSize().height() and self.selected:
            # A note that is shown below takes its height from the list, not its place in it.
            self.scrollTo(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        """Let rows and columns follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_columns()

    def _fit_columns(self) -> None:
        row = self.fontMetrics().height() + SPACE + 2
        self.verticalHeader().setDefaultSectionSize(row)
        self.setMinimumHeight(_LEAST_ROWS * row)
        for column, text in _FULL.items():
            self.horizontalHeader().resizeSection(column, self._measure(text))

    def _measure(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + 3 * SPACE

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the selected notes, by key at the row with the cursor."""
        place = event.globalPos()
        if event.reason() == event.Reason.Keyboard:
            row = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(row.bottomLeft())
        self.menu_wanted.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete deletes the selected notes; Enter goes on to their fields."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.edit_wanted.emit()
        else:
            super().keyPressEvent(event)


def show_note_menu(
    parent: QWidget, place: QPoint, commands: Mapping[str, Callable[[], object] | None]
) -> None:
    """Show a menu.

    Args:
        parent: Whose menu it is.
        place: Where on the screen.
        commands: What each does, by its text; None where it cannot be done now.
    """
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for text, act in commands.items():
        action = menu.addAction(text)
        action.setEnabled(act is not None)
        if act is not None:
            action.triggered.connect(lambda _=False, act=act: act())
    menu.popup(place)
