"""Go to anything: type a few letters of where to go, Enter goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QWidget,
)

from inspector_app.domain.search.ranking import rank_by_words
from inspector_app.ui.shell.go_to_row import KEY, KIND, GoToRow
from inspector_app.ui.widgets.buttons import add_clear_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import add_all, make_column

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROW = Qt.ItemDataRole.UserRole
_COLUMNS = 100
"""Letters that a line has room for."""
_ROWS = 14
_NOTHING = "Nothing has that name, and no sentence or note has these words."
_MOVES = {
    Qt.Key.Key_Up: Qt.Key.Key_Up,
    Qt.Key.Key_Down: Qt.Key.Key_Down,
    Qt.Key.Key_PageUp: Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown: Qt.Key.Key_PageDown,
    Qt.Key.Key_Tab: Qt.Key.Key_Down,
    Qt.Key.Key_Backtab: Qt.Key.Key_Up,
}
"""Keys that move in the list while the cursor stays in the field, as the list knows them."""


class Destination(NamedTuple):
    """Somewhere to go, or something to do."""

    title: str
    go: Callable[[], object]
    """What choosing it does."""
    kind: str
    """“Page”, “Command”, as the list shows it."""
    context: str = ""
    """“Safe”, of a topic; “View › Theme”, of a command."""
    always: bool = True
    """Whether it is listed before anything is typed."""
    between: str = " › "
    """What stands between context and title."""
    key: str = ""
    """The key that does the same."""

    @property
    def text(self) -> str:
        """What the list shows."""
        return f"{self.context}{self.between}{self.title}" if self.context else self.title


class GoToPalette(QFrame):
    """A field over the window and a list of what fits: names at once, texts a moment later.

    It goes away with Escape, or as soon as the cursor is somewhere else.
    """

    chosen = Signal(object)
    """The person chose a place; carries it."""
    words_typed = Signal(str)
    """The person typed; whoever searches texts answers by `show_texts`."""
    closed = Signal()

    def __init__(
        self, places: Sequence[Destination], used: Sequence[Destination], window: QMainWindow
    ) -> None:
        """Show the palette.

        Args:
            places: All that has a name.
            used: Those of them that were used last, the latest one first.
            window: The window that it lies over.
        """
        super().__init__(window)
        self._window = window
        self._places = list(places)
        self._used = list(used)
        self._shown: list[Destination] = []
        self._back = QApplication.focusWidget()
        self.setObjectName("go_to")
        self.setProperty("role", "palette")
        self.setAccessibleName("Go to")
        self._field = QLineEdit(self)
        self._field.setObjectName("go_to_field")
        self._field.setPlaceholderText("A page, a command, a regulation, or words of a text")
        self._field.setAccessibleName("Go to")
        self._field.setToolTip("Up and Down choose, Enter goes there, Esc goes back")
        add_clear_button(self._field)
        self._list = QListWidget(self)
        self._list.setObjectName("go_to_list")
        self._list.setAccessibleName("Matches")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(GoToRow(self._list))
        self._nothing = make_label(_NOTHING, "hint", self, "go_to_nothing")
        layout = make_column(self, margins=(SPACE, SPACE, SPACE, SPACE))
        add_all(layout, self._field, (self._list, 1), self._nothing)
        self._field.textChanged.connect(self._refresh)
        self._field.installEventFilter(self)
        self._field.returnPressed.connect(self._on_return)
        self._list.itemClicked.connect(self._on_return)
        self._refresh("")
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self._field.setFocus()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def show_texts(self, places: Sequence[Destination]) -> None:
        """Add sentences and notes that fit what is typed, below the rest."""
        self._add(places)
        self._nothing.setVisible(not self._shown)

    def close_palette(self, *, give_back: bool) -> None:
        """Go away.

        Args:
            give_back: Whether the cursor goes back to where it was.
        """
        if self.isHidden():
            return
        back = self._back
        self.hide()
        self.deleteLater()
        # What was rebuilt meanwhile is no longer there.
        there = give_back and any(back is widget for widget in QApplication.allWidgets())
        if there and back is not None:
            back.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    @Slot(str)
    def _refresh(self, text: str) -> None:
        self._list.clear()
        self._shown = []
        self._add(rank_destinations(self._places, text, self._used))
        searching = bool(text.strip())
        self._nothing.setVisible(not self._shown and not searching)
        if searching:
            self.words_typed.emit(text)

    def _add(self, places: Sequence[Destination]) -> None:
        for place in places:
            item = QListWidgetItem(place.text, self._list)
            is_used = place in self._used and not self._field.text().strip()
            item.setData(KIND, f"Used last · {place.kind}" if is_used else place.kind)
            item.setData(KEY, place.key)
            spoken = ", ".join(filter(None, (place.text, place.kind, place.key)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setData(_ROW, len(self._shown))
            self._shown.append(place)
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(0)

    @Slot()
    def _on_return(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            place = self._shown[int(item.data(_ROW))]
            self.close_palette(give_back=True)
            self.chosen.emit(place)

    @Slot(object, object)
    def _on_focus_changed(self, _: QWidget | None, new: QWidget | None) -> None:
        # Another window takes the cursor for a while; what has it in this one has it for good.
        if new is not None and new.window() is self._window and not self.isAncestorOf(new):
            self.close_palette(give_back=False)

    def _place(self) -> None:
        """Lie in the middle of the window, below its menus."""
        centre = self._window.centralWidget()
        top = centre.mapTo(self._window, centre.rect().topLeft()).y() if centre else 0
        room = self._window.rect().adjusted(2 * SPACE, top, -2 * SPACE, -4 * SPACE)
        metrics = self.fontMetrics()
        width = min(_COLUMNS * metrics.averageCharWidth(), room.width())
        height = min(_ROWS * (metrics.height() + 12), room.height())
        left = room.left() + (room.width() - width) // 2
        self.setGeometry(left, room.top(), width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the window; Up and Down move in the list while the cursor stays in the field."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        if (
            watched is not self._field
            or not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress
        ):
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            self.close_palette(give_back=True)
        elif (move := _MOVES.get(Qt.Key(event.key()))) is not None:
            no_modifier = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(self._list, QKeyEvent(event.type(), move, no_modifier))
        else:
            return super().eventFilter(watched, event)
        return True


def rank_destinations(
    places: Sequence[Destination], text: str, used: Sequence[Destination] = ()
) -> list[Destination]:
    """Return the places that fit what was typed, the best first.

    With nothing typed these are the ones that were used last, then the pages.
    """
    if not text.strip():
        return [*used, *(place for place in places if place.always and place not in used)]
    found = []
    for order, place in enumerate(places):
        ranks = [rank_by_words(place.title, text), rank_by_words(place.text, text)]
        # With its context a text fits less well than by its own name.
        known = [rank + 0.5 * more for more, rank in enumerate(ranks) if rank is not None]
        if known:
            found.append((min(known), order, place))
    return [place for _, _, place in sorted(found, key=lambda item: item[:2])]
