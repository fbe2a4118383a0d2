"""A row of a list that is edited in place, and the keys that are about the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from inspector_app.ui.widgets.lines import ENTER, MOVES, is_row_key

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class EditorRow(QFrame):
    """One row. It takes the keys that its widgets leave: Enter, Ctrl+Delete, arrows.

    Args:
        key: What the row stands for; "" while nothing was typed in it.
    """

    next_wanted = Signal()
    remove_wanted = Signal()
    move_wanted = Signal(int)
    """The row is to go up (-1) or down (1)."""
    leave_wanted = Signal(int)
    """The cursor wants to the row above (-1) or below (1)."""

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.lines: list[QWidget] = []
        """Where a person types: here Enter needs no Ctrl, and arrows lead from row to row."""

    @property
    def stops(self) -> list[QWidget]:
        """What Tab leads through, in order; the first takes the cursor.

        A focus proxy would be a second stop for Tab where rows have changed places.
        """
        return self.lines

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed in the row."""
        return False

    @property
    def has_cursor(self) -> bool:
        """Whether the cursor is in the row."""
        return any(stop.hasFocus() for stop in self.stops)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say what is wanted; Backspace comes here from an empty line only."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        in_line = not held and any(line.hasFocus() for line in self.lines)
        if key in ENTER and (in_line or held == Qt.KeyboardModifier.ControlModifier):
            self.next_wanted.emit()
        elif is_row_key(event) and key in MOVES:
            self.move_wanted.emit(MOVES[key])
        elif is_row_key(event) or (in_line and key == Qt.Key.Key_Backspace and self.is_empty):
            self.remove_wanted.emit()
        elif in_line and key in MOVES:
            self.leave_wanted.emit(MOVES[key])
        else:
            super().keyPressEvent(event)
