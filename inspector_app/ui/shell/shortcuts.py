"""The window's shortcuts work wherever the cursor is.

Text fields take Ctrl+Z, on X11 also Ctrl+E and Ctrl+K, for themselves: undo inside one field would
go past the inspection's own undo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QRect, Qt, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QToolTip, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

_MENU_KEYS = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F10)
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ShortcutGuard(QObject):
    """Keeps the widget that has the focus from taking the shortcuts of its window.

    It watches the one widget that has the focus: a filter on the application would see every event
    of every widget.
    """

    def __init__(self, window: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__(window)
        self._window = window
        self._actions = list(actions)
        self._watched: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @Slot(object, object)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and old is self._watched:
            old.removeEventFilter(self)
        self._watched = None
        if new is not None and new.window() is self._window:
            new.installEventFilter(self)
            self._watched = new

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress and QToolTip.isVisible():
            # What the mouse happens to lie on is not to cover what is being typed.
            QToolTip.hideText()
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(watched, QWidget)
            and take_usual_key(watched, event.keyCombination())
        ):
            return True
        if event.type() == QEvent.Type.ShortcutOverride and self._find(event):
            # Not accepted: Qt goes on to the shortcuts.
            event.ignore()
            return True
        # A shortcut whose action is disabled comes as a key: nothing to undo means nothing.
        return event.type() == QEvent.Type.KeyPress and self._find(event)

    def _find(self, event: QKeyEvent) -> bool:
        pressed = QKeySequence(event.keyCombination())
        return any(pressed in action.shortcuts() for action in self._actions)


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
