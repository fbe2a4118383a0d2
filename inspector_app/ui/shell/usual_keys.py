"""Keys that people know from elsewhere, which Qt leaves out here and there."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

_MENU_KEYS = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F10)
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def take_usual_key(widget: QWidget, keys: QKeyCombination) -> bool:
    """Do what a key means to the widget with the cursor, and return whether it means anything.

    Shift+F10 opens the menu of the place (X11 knows only the context key for it), Enter presses a
    button (Qt does so only in dialogs).
    """
    if keys == _MENU_KEYS:
        _open_menu(widget)
        return True
    plain = not keys.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if plain and keys.key() in _ENTER and isinstance(widget, QPushButton | QToolButton):
        _press(widget)
        return True
    return False


def _open_menu(widget: QWidget) -> None:
    place = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    point = place.center() if isinstance(place, QRect) else widget.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(widget, QContextMenuEvent(reason, point, widget.mapToGlobal(point)))


def _press(button: QPushButton | QToolButton) -> None:
    if button.menu() is not None:
        button.showMenu()
    else:
        button.click()
