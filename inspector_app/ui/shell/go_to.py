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
    QWidget,
)

from inspector_app.domain.search.ranking import rank_by_words
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import add_all, make_column

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROW = Qt.ItemDataRole.UserRole
_SIZE = (560, 460)
_NOTHING = "Nothing is called that, and no sentence or note has these words."


class Destination(NamedTuple):
    """Somewhere to go, or something to do."""

    title: str
    go: Callable[[], object]
    """What choosing it does."""
    context: str = ""
    """“Safe”, of a topic; “View › Theme”, of a command."""
    always: bool = True
    """Whether it is listed before anything is typed."""
    between: str = " › "
    """What stands between context and title."""

    @property
    def text(self) -> str:
        """What the list shows."""
        return f"{self.context}{self.between}{self.title}" if self.context else self.title


class GoToDialog(QDialog):
    """A field and a list below it that shows what fits: names at once, texts a moment later."""

    chosen = Signal(object)
    """The person chose a place; carries it."""
    words_typed = Signal(str)
    """The person typed; whoever searches texts answers by `show_texts`."""

    def __init__(self, places: Sequence[Destination], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = list(places)
        self._shown: list[Destination] = []
        self.setObjectName("go_to")
        self.setWindowTitle("Go to")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._field = QLineEdit(self)
        self._field.setObjectName("go_to_field")
        self._field.setPlaceholderText("A page, a command, a regulation, or words of a text")
        self._field.setAccessibleName("Go to")
        self._field.setToolTip("Up and Down choose, Enter goes there")
        self._field.setClearButtonEnabled(True)
        label = make_label("&Go to", "label", self)
        label.setBuddy(self._field)
        self._list = QListWidget(self)
        self._list.setObjectName("go_to_list")
        self._list.setAccessibleName("What fits")
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = make_label(_NOTHING, "hint", self, "go_to_nothing")
        layout = make_column(self, margins=(16, 16, 16, 16), spacing=8)
        add_all(layout, label, self._field, self._list, self._nothing)
        self._field.textChanged.connect(self._refresh)
        self._field.installEventFilter(self)
        self._field.returnPressed.connect(self._on_return)
        self._list.itemActivated.connect(self._on_return)
        self._list.itemClicked.connect(self._on_return)
        self._refresh("")
        self._field.setFocus()

    def show_texts(self, places: Sequence[Destination]) -> None:
        """Add sentences and notes that fit what is typed, below the rest."""
        self._add(places)
        self._nothing.setVisible(not self._shown)

    @Slot(str)
    def _refresh(self, text: str) -> None:
        self._list.clear()
        self._shown = []
        self._add(rank_destinations(self._places, text))
        searching = bool(text.strip())
        self._nothing.setVisible(not self._shown and not searching)
        if searching:
            self.words_typed.emit(text)

    def _add(self, places: Sequence[Destination]) -> None:
        for place in places:
            item = QListWidgetItem(place.text, self._list)
            item.setData(_ROW, len(self._shown))
            self._shown.append(place)
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(0)

    @Slot()
    def _on_return(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            place = self._shown[int(item.data(_ROW))]
            self.accept()
            self.chosen.emit(place)

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


def rank_destinations(places: Sequence[Destination], text: str) -> list[Destination]:
    """Return the places that fit what was typed, the best first; with nothing typed the pages."""
    if not text.strip():
        return [place for place in places if place.always]
    found = []
    for order, place in enumerate(places):
        ranks = [rank_by_words(place.title, text), rank_by_words(place.text, text)]
        # With its context a text fits less well than by its own name.
        known = [rank + 0.5 * more for more, rank in enumerate(ranks) if rank is not None]
        if known:
            found.append((min(known), order, place))
    return [place for _, _, place in sorted(found, key=lambda item: item[:2])]
