"""The list of notes beside the writing, by mouse and by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QCursor, QDrag
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

from inspector_app.texts import pluralise
from inspector_app.ui.blocks.edge_scrolling import EdgeScrolling
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.evidence.linking import name_note
from inspector_app.ui.support.note_card import CardPlace, NoteCardDelegate
from inspector_app.ui.widgets.labels import SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent

    from inspector_app.document.photos import Photos
    from inspector_app.ui.support.note_list_model import NoteListModel

_AT_ONCE = 40
"""Rows that are measured between two events."""


class NoteList(QListView):
    """Notes are dragged onto a sentence, or written as a bullet by a double click or Enter."""

    bullets_wanted = Signal()
    """The selected notes are to be written."""
    photo_wanted = Signal(str, str)
    """A photo is to be seen large; carries the ids of its note and of its file."""
    menu_wanted = Signal(QPoint)
    """The context menu is asked for; carries where on the screen."""
    note_selected = Signal()
    """Other notes are selected."""

    def __init__(self, notes: NoteListModel, photos: Photos, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes = notes
        self._cards = NoteCardDelegate(notes, photos, self)
        self._pressed: tuple[QModelIndex, CardPlace] | None = None
        self.setObjectName("note_list")
        self.setAccessibleName("Notes")
        self.setModel(notes)
        self.setItemDelegate(self._cards)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, or the first pass would measure every note for another width.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_AT_ONCE)
        self.setMouseTracking(True)
        self.selectionModel().selectionChanged.connect(lambda: self.note_selected.emit())
        photos.ready.connect(self._on_photo_ready)

    # -- what is selected

    @property
    def selected(self) -> list[str]:
        """Ids of the selected notes, from top to bottom."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [note for row in rows if (note := self._notes.get_id(row))]

    def select(self, notes: Iterable[str]) -> None:
        """Select these notes, as far as they are shown."""
        flag = QItemSelectionModel.SelectionFlag
        self.clearSelection()
        for at, note in enumerate(notes):
            row = self._notes.find_row(note)
            if row is not None:
                self.selectionModel().select(self._notes.index(row), flag.Select)
                if not at:
                    self.selectionModel().setCurrentIndex(self._notes.index(row), flag.NoUpdate)

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press what is to be pressed; all else selects, and may become a drag."""
        index = self.indexAt(event.position().toPoint())
        place = self._find_place(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = (index, place) if is_left and place is not None else None
        if self._pressed is None:
            super().mousePressEvent(event)
        else:
            self.setCurrentIndex(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what was pressed, where it is let go at the same place."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif (self.indexAt(event.position().toPoint()), self._find_place(event)) == pressed:
            self._act(*pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be pressed; what was pressed is not dragged."""
        can_press = self._find_place(event) is not None
        shape = Qt.CursorShape.PointingHandCursor if can_press else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        if self._pressed is None:
            super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Write the note that was clicked."""
        if self._find_place(event) is not None:
            self.mousePressEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton and self.selected:
            self.bullets_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, by key below the row with the cursor."""
        place = event.globalPos()
        if event.reason() == event.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        if self.selected:
            self.menu_wanted.emit(place)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry one line beside the mouse: a whole note would hide the sentence that it is for."""
        indexes = self.selectedIndexes()
        note = self._notes.find_note(indexes[0].row()) if indexes else None
        if note is None:
            return
        words = name_note(note) if len(indexes) == 1 else pluralise(len(indexes), "note")
        drag = QDrag(self)
        drag.setMimeData(self._notes.mimeData(indexes))
        drag.setPixmap(self._cards.paint_line(words, self))
        drag.setHotSpot(QPoint(-2 * SPACE, -SPACE))
        scrolling = EdgeScrolling(self, _find_beside_texts)
        scrolling.start()
        drag.exec(actions & Qt.DropAction.CopyAction)
        scrolling.stop()
        scrolling.deleteLater()

    def _find_place(self, event: QMouseEvent) -> CardPlace | None:
        """Return what can be pressed at the mouse; None: nothing."""
        spot = event.position().toPoint()
        index = self.indexAt(spot)
        if not index.isValid():
            return None
        if not self._notes.get_id(index.row()):
            return CardPlace()
        rect = self.visualRect(index)
        place = self._cards.find_place(index.row(), rect.width(), spot - rect.topLeft())
        return place if place.part else None

    def _act(self, index: QModelIndex, place: CardPlace) -> None:
        if not self._notes.get_id(index.row()):
            self._notes.toggle(self._notes.get_group(index.row()))
        elif place.part == "photo":
            self.photo_wanted.emit(self._notes.get_id(index.row()), place.photo)
        else:
            self.toggle_text(index)

    def toggle_text(self, index: QModelIndex) -> None:
        """Show all of a note's text, or its first lines again."""
        self._cards.toggle_text(self._notes.get_id(index.row()))
        self._cards.sizeHintChanged.emit(index)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes a note or opens a group; Space shows all of a text."""
        index = self.currentIndex()
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or not index.isValid():
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._notes.get_id(index.row()):
                self.bullets_wanted.emit()
            else:
                self._act(index, CardPlace())
        elif key == Qt.Key.Key_Space:
            self._act(index, CardPlace("more"))
        else:
            super().keyPressEvent(event)

    # -- following

    @Slot()
    def _on_photo_ready(self) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the note that stands at the top there: at another width all are of other heights."""
        top = self.indexAt(QPoint(1, 1))
        super().resizeEvent(event)
        if top.isValid() and event.oldSize().width() != event.size().width():
            self.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)


def _find_beside_texts() -> QWidget | None:
    """Return what is under the mouse, where it is no text: those scroll their page themselves."""
    under = QApplication.widgetAt(QCursor.pos())
    widget = under
    while widget is not None:
        if isinstance(widget, BlockEditor):
            return None
        widget = widget.parentWidget()
    return under
