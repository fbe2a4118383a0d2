"""Go to anything: type a few letters of where to go, Enter goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui.page import make_label

if TYPE_CHECKING:
    from collections.abc import Sequence

_ID = Qt.ItemDataRole.UserRole
_SIZE = (480, 420)


class Place(NamedTuple):
    """Somewhere to go."""

    id: str
    title: str
    context: str = ""
    """“Safe”, of a topic."""

    @property
    def text(self) -> str:
        """What the list shows."""
        return f"{self.context} › {self.title}" if self.context else self.title


class GoToDialog(QDialog):
    """A field and a list below it that shows what fits."""

    chosen = Signal(str)
    """The person chose a place; carries its id."""

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = list(places)
        self.setObjectName("go_to")
        self.setWindowTitle("Go to")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._field = QLineEdit(self)
        self._field.setObjectName("go_to_field")
        self._field.setPlaceholderText("A page or a topic")
        self._field.setAccessibleName("Go to")
        self._field.setClearButtonEnabled(True)
        label = make_label("&Go to", "label", self)
        label.setBuddy(self._field)
        self._list = QListWidget(self)
        self._list.setObjectName("go_to_list")
        self._list.setAccessibleName("Pages and topics that fit")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = make_label("Nothing is called that.", "hint", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (label, self._field, self._list, self._nothing):
            layout.addWidget(widget)
        self._field.textEdited.connect(self._refresh)
        self._field.installEventFilter(self)
        self._field.returnPressed.connect(self._on_return)
        self._list.itemActivated.connect(self._on_return)
        self._list.itemClicked.connect(self._on_return)
        self._refresh("")
        self._field.setFocus()

    @Slot(str)
    def _refresh(self, text: str) -> None:
        words = text.casefold().split()
        self._list.clear()
        found = [
            place for place in self._places if all(word in place.text.casefold() for word in words)
        ]
        # What begins with the letters comes first.
        start = text.strip().casefold()
        found.sort(key=lambda place: not place.title.casefold().startswith(start))
        for place in found:
            item = QListWidgetItem(place.text, self._list)
            item.setData(_ID, place.id)
        self._list.setCurrentRow(0)
        self._nothing.setVisible(not found)

    @Slot()
    def _on_return(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            id_ = str(item.data(_ID))
            self.accept()
            self.chosen.emit(id_)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while the cursor stays in the field."""
        keys = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
        if (
            watched is self._field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in keys
        ):
            QApplication.sendEvent(self._list, event)
            return True
        return super().eventFilter(watched, event)
