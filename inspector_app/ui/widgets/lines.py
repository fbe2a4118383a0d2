"""Line edits that know more: rows of a list, and lines that suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QListView, QWidget

from inspector_app.ui.widgets.fields import LONGEST_LINE, take_one_line
from inspector_app.ui.widgets.file_drops import leave_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    Find: TypeAlias = Callable[[str], Sequence[tuple[str, str]]]
    """What fits a typed text, best first: value and shown text of each."""

ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
"""Keys that lead up or down, with the step."""
_WIDEST_POPUP = 560


def is_row_key(event: QKeyEvent) -> bool:
    """Tell whether a key is about a row and not about its text: Ctrl+Delete, Alt+Up, Alt+Down."""
    key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held == Qt.KeyboardModifier.ControlModifier:
        return key == Qt.Key.Key_Delete
    return held == Qt.KeyboardModifier.AltModifier and key in MOVES


class RowLine(QLineEdit):
    """A line in a list of rows: it leaves the keys that are about the row to the row."""

    enter_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST_LINE)
        self.setMinimumWidth(60)
        leave_files(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys of the row, and Backspace in an empty line; tell of Enter."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_row_key(event) or (key == Qt.Key.Key_Backspace and not self.text()):
            event.ignore()
            return
        super().keyPressEvent(event)
        if key in ENTER and not modifiers and not self.isReadOnly():
            event.accept()
            self.enter_pressed.emit()


class SuggestingLine(RowLine):
    """A line that suggests what fits the text so far; any other text may be typed as well.

    The best one is marked in the list. Enter takes it, as a click does; Escape closes the list.
    """

    chosen = Signal(str)
    """The person took a suggestion; carries its value."""

    def __init__(self, find: Find, parent: QWidget | None = None) -> None:
        """Make one; `find` gives the suggestions for a text."""
        super().__init__(parent)
        self._find = find
        self._values: list[str] = []
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        # What fits is found here: words in any order, which Qt's own filter does not know.
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        self._popup = QListView(self)
        self._popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        completer.setPopup(self._popup)
        # Not the line's own completer, which would write over what a suggestion stands for.
        completer.setWidget(self)
        self._completer = completer
        completer.activated.connect(self._on_activated)
        self.textEdited.connect(self._on_text_edited)

    @property
    def suggestions(self) -> list[str]:
        """The texts that are suggested now."""
        return self._model.stringList()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what is marked in the list; Down opens the list."""
        popup = self._popup
        row = self.parentWidget()
        if popup.isVisible() and row is not None and is_row_key(event):
            # Qt gives the popup's keys to the line alone.
            popup.hide()
            QApplication.sendEvent(row, event)
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if popup.isVisible() and event.key() in ENTER and plain:
            popup.hide()
            event.accept()
            self._take(popup.currentIndex().row())
            return
        if (
            event.key() == Qt.Key.Key_Down
            and plain
            and not popup.isVisible()
            and not self.isReadOnly()
        ):
            self._suggest("")
            event.accept()
            return
        super().keyPressEvent(event)

    def _suggest(self, text: str) -> None:
        found = list(self._find(text))
        self._values = [value for value, _ in found]
        self._model.setStringList([shown for _, shown in found])
        # Long titles are to be read, as far as there is room for them.
        wanted = self._popup.sizeHintForColumn(0) + 32
        self._popup.setMinimumWidth(min(wanted, _WIDEST_POPUP))
        if not found:
            self._popup.hide()
            return
        self._completer.complete()
        self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _take(self, row: int) -> None:
        # Read first: what listens may ask for other suggestions.
        value, shown = self._values[row], self._model.stringList()[row]
        self.setText(shown)
        self.chosen.emit(value)

    @Slot()
    def _on_text_edited(self) -> None:
        text = take_one_line(self)
        if text.strip():
            self._suggest(text)
        else:
            self._popup.hide()

    @Slot(str)
    def _on_activated(self, shown: str) -> None:
        if shown in self.suggestions:
            self._take(self.suggestions.index(shown))


def find_by_words(text: str, options: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the options that have every typed word in their text, earliest match first."""
    words = text.casefold().split()
    found = []
    for value, shown in options:
        folded = shown.casefold()
        places = [folded.find(word) for word in words]
        if all(place >= 0 for place in places):
            found.append((sum(places), value, shown))
    # Sorting keeps the order of the list among equals.
    return [(value, shown) for _, value, shown in sorted(found, key=lambda item: item[0])]
