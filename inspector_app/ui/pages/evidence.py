"""The page of evidence notes: search, filter, sort, edit one or many, link to the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.entities import EvidenceNote
from inspector_app.ui.blocks.clipboard import put_on_clipboard
from inspector_app.ui.evidence.adding import NOT_ADDED, FileAdding
from inspector_app.ui.evidence.bulk import BulkEditor
from inspector_app.ui.evidence.edits import add_files, add_note_of_files, remove_notes
from inspector_app.ui.evidence.filter_bar import FilterBar
from inspector_app.ui.evidence.note_details import NoteDetails
from inspector_app.ui.evidence.note_model import NoteColumn, NoteModel
from inspector_app.ui.evidence.note_table import NoteTable, show_note_menu
from inspector_app.ui.pages.scroll_page import ScrollPage
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.keys import Keys, name_key
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import STRETCH, add_all, make_column
from inspector_app.ui.widgets.page_stack import PageStack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QResizeEvent

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.ui.prompts import Prompts

_WIDE = 137
"""Letters from which the note stands beside the table, not below it."""
_LOW = 42
"""Lines of text below which the filters fold, and the page scrolls and not the note in it."""
_TABLE_SHARE = 0.54
_MOST_KEPT = 300
_NO_LIMIT = 16_777_215


class EvidencePage(ScrollPage):
    """All notes of the inspection."""

    def __init__(self, document: InspectionDocument, prompts: Prompts) -> None:
        super().__init__(document, prompts, "Evidence")
        self.setObjectName("evidence_page")
        self._model = NoteModel(document, self)
        self._adding = FileAdding(
            document, self, lambda problem: prompts.show_problem(NOT_ADDED, problem)
        )
        self._kept: set[str] = set()
        self._build()
        self._connect()
        self._on_selection_changed()
        self._show_count()

    def _build(self) -> None:
        self.content.setMaximumWidth(_NO_LIMIT)
        self.body.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        self.body.setSpacing(3 * SPACE // 2)
        top = QHBoxLayout()
        self.body.removeWidget(self.title)
        top.addWidget(self.title, 1)
        self._delete = make_button(
            "Delete",
            "delete_notes",
            "Delete the selected notes (Delete). You can undo this",
            self,
            role="quiet",
            spoken="Delete the selected notes",
        )
        self._new = make_button(
            "New note",
            "new_note",
            f"Take a note ({name_key(Keys.CAPTURE)}, from anywhere)",
            self,
            role="primary",
        )
        self._new.setEnabled(self.document.can_edit)
        add_all(top, self._delete, self._new)
        self.body.addLayout(top)
        self._filter = FilterBar(self.document, self)
        self.setFocusProxy(self._filter.search)
        self.body.addWidget(self._filter)
        self._empty = make_label(
            f"No notes yet. Press {name_key(Keys.CAPTURE)} anywhere to take one: what you saw, "
            "heard or read, with its source.",
            "hint",
            self,
        )
        self._no_hit = make_label("No note matches your search and filters.", "hint", self)
        self._table = NoteTable(self._model, self)
        # Where the notes would stand: above, the list would move with every other letter.
        place = self._table.viewport()
        margins = (2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        make_column(place, self._empty, self._no_hit, STRETCH, margins=margins)
        self._table.setDragEnabled(self.document.can_edit)
        self._table.setAcceptDrops(self.document.can_edit)
        self._details = NoteDetails(self.document, self.prompts, self._model.index_of_uses, self)
        self._bulk = BulkEditor(self.document, self)
        nothing = QWidget(self)
        layout = QVBoxLayout(nothing)
        layout.setContentsMargins(0, SPACE, 0, 0)
        hint = "Select a note to read and edit it; several (Shift or Ctrl) to edit them at once."
        add_all(layout, make_label(hint, "hint", nothing), STRETCH)
        self._panes = PageStack(self)
        for pane in (nothing, self._details, self._bulk):
            self._panes.addWidget(pane)
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.addWidget(self._table)
        self._splitter.addWidget(self._panes)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setHandleWidth(SPACE)
        self.body.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        self._new.clicked.connect(self.capture_wanted)
        self._delete.clicked.connect(self._on_delete)
        self._filter.filter_changed.connect(self._model.set_filter)
        self._filter.list_wanted.connect(self._on_list_wanted)
        self._table.delete_wanted.connect(self._on_delete)
        self._table.edit_wanted.connect(self._on_edit_wanted)
        self._table.menu_wanted.connect(self._on_menu_wanted)
        self._table.files_dropped.connect(self._on_files_dropped)
        self._details.place_wanted.connect(self.place_wanted)
        self._model.modelAboutToBeReset.connect(self._on_about_to_reset)
        self._model.modelReset.connect(self._on_reset)
        self._model.rowsInserted.connect(self._show_count)
        self._model.rowsRemoved.connect(self._on_rows_removed)
        self._model.uses_changed.connect(self._on_uses_changed)
        self._table.selectionModel().selectionChanged.connect(self._on_selection_changed)

    # -- what is selected

    @property
    def selected(self) -> tuple[str, ...]:
        """Ids of the selected notes, in the order of the table."""
        return self._table.selected

    @property
    def shown_part(self) -> str:
        """See `Page.shown_part`: the note."""
        return self._details.note

    def read_arrangement(self) -> list[QByteArray]:
        return [self._table.horizontalHeader().saveState(), self._splitter.saveState()]

    def arrange(self, arrangement: Sequence[QByteArray]) -> None:
        if len(arrangement) == 2:
            columns, panes = arrangement
            self._table.restore_columns(columns)
            self._splitter.restoreState(panes)

    def show_place(self, place: str) -> bool:
        """See `Page.show_place`: of a note, its row and its text."""
        row = self._model.find_row(place)
        if row is None and self.document.inspection.find(place) is not None:
            self._filter.clear()
            row = self._model.find_row(place)
        if row is None:
            return False
        index = self._model.index(row, NoteColumn.TIME)
        # `selectRow` would add to the selection while Shift is held, as it is for Shift+F7.
        flag = QItemSelectionModel.SelectionFlag
        self._table.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self._table.scrollTo(index)
        self._details.setFocus()
        return True

    def show_topic(self, topic: str) -> None:
        self._filter.choose_topic(topic)
        self._table.setFocus()

    @Slot()
    def _on_selection_changed(self) -> None:
        notes = self.selected
        self._delete.setEnabled(self.document.can_edit and bool(notes))
        if len(notes) == 1:
            self._details.show_note(notes[0])
            self._panes.setCurrentWidget(self._details)
        elif notes:
            self._bulk.show_notes(notes)
            self._panes.setCurrentWidget(self._bulk)
        else:
            self._details.show_note("")
            self._panes.setCurrentIndex(0)
        if self._panes.isHidden() and notes:
            self._show_panes()
            # The row that was clicked may stand where the note is now.
            self._table.scrollTo(self._table.currentIndex())
        self._show_panes()

    @Slot()
    def _on_about_to_reset(self) -> None:
        selected = self.selected
        # A search starts from all anew where thousands were selected: to select them again, in
        # thousands of ranges, would make every key wait.
        self._kept = set(selected) if len(selected) <= _MOST_KEPT else set()

    @Slot()
    def _on_reset(self) -> None:
        self._table.select(self._kept)
        self._on_selection_changed()
        self._show_count()

    @Slot()
    def _on_rows_removed(self) -> None:
        self._on_selection_changed()
        self._show_count()

    @Slot()
    def _show_count(self) -> None:
        shown, total = self._model.rowCount(), self._model.total
        self._filter.show_count(shown, total)
        self._empty.setVisible(total == 0)
        self._no_hit.setVisible(total > 0 and shown == 0)
        self._filter.setEnabled(total > 0)

    # -- doing

    @Slot()
    def _on_list_wanted(self) -> None:
        if self._model.rowCount():
            self._table.setFocus()
            if not self.selected:
                self._table.selectRow(0)

    @Slot()
    def _on_delete(self) -> None:
        notes = self.selected
        if notes and self.document.can_edit:
            row = self._model.find_row(notes[0]) or 0
            remove_notes(self.document, notes, self._model.index_of_uses)
            if self._model.rowCount():
                self._table.selectRow(min(row, self._model.rowCount() - 1))

    @Slot(str, QMimeData)
    def _on_files_dropped(self, note: str, mime: QMimeData) -> None:
        files = self._adding.take(mime)
        if files and not note:
            note = add_note_of_files(self.document, files)
        else:
            add_files(self.document, note, files)
        self._table.select({note})

    @Slot()
    def _on_edit_wanted(self) -> None:
        pane = self._panes.currentWidget()
        if pane is not None:
            pane.setFocus()

    @Slot(QPoint)
    def _on_menu_wanted(self, place: QPoint) -> None:
        notes = self.selected
        if not notes:
            return
        can_edit = self.document.can_edit
        single = len(notes) == 1
        ask_topic = self._details.supports.ask_topic if single else self._bulk.ask_topic
        show_note_menu(
            self._table,
            place,
            {
                "&Edit\tEnter": self._on_edit_wanted,
                "&Copy text": self._on_copy,
                "Add to &report…": ask_topic if can_edit else None,
                "&Link to a sentence…": (
                    self._details.supports.ask_sentence if can_edit and single else None
                ),
                "&Delete\tDelete": self._on_delete if can_edit else None,
            },
        )

    @Slot()
    def _on_copy(self) -> None:
        found = [self.document.inspection.get(note, EvidenceNote) for note in self.selected]
        mime = QMimeData()
        mime.setText("\n".join(note.text for note in found))
        put_on_clipboard(mime)

    @Slot(object)
    def _on_uses_changed(self, notes: set[str]) -> None:
        if self._details.note in notes:
            self._details.show_uses()

    # -- following

    def refresh(self, change: Change) -> None:
        """See `Page.refresh`: the table follows by itself."""
        self._details.refresh(change, self._model.index_of_uses)
        if self._panes.currentWidget() is self._bulk:
            gone = any(edit.field == "" for edit in change.edits)
            if not gone:
                self._bulk.show_notes(self.selected)

    # -- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the details beside the table where there is room."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE * self.fontMetrics().horizontalAdvance("x")
        low = event.size().height() < _LOW * self.fontMetrics().height()
        self._filter.set_low(low)
        self._details.set_whole(low and not wide)
        orientation = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != orientation:
            self._splitter.setOrientation(orientation)
            self._show_panes()
            whole = event.size().width() if wide else event.size().height()
            table = round(whole * _TABLE_SHARE)
            self._splitter.setSizes([table, whole - table])

    def _show_panes(self) -> None:
        """Leave the height to the table while there is no note to read below it."""
        beside = self._splitter.orientation() == Qt.Orientation.Horizontal
        self._panes.setVisible(beside or bool(self.selected))
