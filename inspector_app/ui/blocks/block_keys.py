"""The keys of the block editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from inspector_app.texts import clean_text
from inspector_app.ui.blocks.commands import find_commands

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from inspector_app.ui.blocks.commands import BlockParts

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_TAB = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_ERASING = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}
_EDITING_LETTERS = {Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X}


@dataclass(frozen=True)
class BlockKeys:
    """Runs the commands of keys, and the keys that split, erase and leave; the rest is Qt's."""

    _parts: BlockParts

    def claims(self, event: QKeyEvent) -> bool:
        """Tell whether a key is a command of the text area, even if the window has it too."""
        return not self._parts.area.isReadOnly() and bool(find_commands(event))

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key is for; False: Qt's text area is to do it."""
        for command in find_commands(event):
            if not command.find_obstacle(self._parts):
                command.run(self._parts)
                return True
        if self._parts.area.isReadOnly():
            if event.key() in _TAB:
                self._leave(forward=event.key() == Qt.Key.Key_Tab)
                return True
            return False
        if is_for_window(event):
            event.ignore()
            return True
        return self._take_editing_key(event)

    def _take_editing_key(self, event: QKeyEvent) -> bool:
        operations, key = self._parts.operations, event.key()
        shift = bool(event.modifiers() & _SHIFT)
        if key in _ENTER:
            operations.break_line() if shift else operations.split()
        elif key in _TAB:
            self._leave(forward=not shift and key == Qt.Key.Key_Tab)
        elif key == Qt.Key.Key_Backspace:
            return operations.erase(back=True)
        elif key == Qt.Key.Key_Delete and not shift:
            return operations.erase(back=False)
        else:
            return _is_typed(event.text()) and operations.type_over(clean_text(event.text()))
        return True

    def _leave(self, *, forward: bool) -> None:
        """Give the focus to the next or previous widget."""
        # Qt lets a text area go only while it takes no tabs; with that on, no Tab would get here.
        self._parts.area.setTabChangesFocus(True)
        self._parts.area.focusNextPrevChild(forward)
        self._parts.area.setTabChangesFocus(False)


def is_for_window(event: QKeyEvent) -> bool:
    """Tell whether a key is a shortcut that a text area would swallow but the window wants."""
    if event.modifiers() not in {_CONTROL, _CONTROL | _SHIFT}:
        return False
    key = event.key()
    if event.modifiers() == _CONTROL and key in _EDITING_LETTERS:
        return False
    return Qt.Key.Key_A <= key <= Qt.Key.Key_Z


def edits_text(event: QKeyEvent) -> bool:
    """Tell whether a key types or erases a letter."""
    return _is_typed(event.text()) or event.key() in _ERASING


def _is_typed(text: str) -> bool:
    return text >= " " and bool(clean_text(text).replace("\n", ""))
