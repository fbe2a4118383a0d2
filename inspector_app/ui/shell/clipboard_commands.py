"""Cut, copy, paste and select all in the Edit menu, for the text that has the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenuBar, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from inspector_app.ui.shell.actions import WindowActions

_Text: TypeAlias = QLineEdit | QTextEdit | QPlainTextEdit
_KEYS = {"cut": Qt.Key.Key_X, "copy": Qt.Key.Key_C, "paste": Qt.Key.Key_V, "all": Qt.Key.Key_A}


class ClipboardCommands(QObject):
    """Does what the keys do: each text knows best what cutting and pasting means in it.

    The commands have their keys to be read only. A text takes these keys itself, and a window that
    had them too would take them from what is no text.

    Args:
        actions: The window's actions.
        window: Whose text it is.
    """

    def __init__(self, actions: WindowActions, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._text: _Text | None = None
        self._actions: dict[str, QAction] = {
            "cut": actions.cut,
            "copy": actions.copy,
            "paste": actions.paste,
            "all": actions.select_all,
        }
        for name, action in self._actions.items():
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, name=name: self._press(name))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        actions.edit_menu.aboutToShow.connect(self.refresh)
        self.refresh()

    @Slot(object, object)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        # The menu bar has the focus for as long as its menus are gone through by keys.
        if new is not None and new.window() is self._window and not isinstance(new, QMenuBar):
            self._text = new if isinstance(new, _Text) else None

    @Slot()
    def refresh(self) -> None:
        """Offer what can be done now."""
        text = self._text if self._text is not None and isValid(self._text) else None
        self._text = text
        chosen = text is not None and _has_selection(text)
        can_edit = text is not None and not text.isReadOnly()
        self._actions["cut"].setEnabled(chosen and can_edit)
        self._actions["copy"].setEnabled(chosen)
        self._actions["paste"].setEnabled(can_edit and text is not None and _can_paste(text))
        self._actions["all"].setEnabled(text is not None)

    def _press(self, name: str) -> None:
        text = self._text
        if text is None or not isValid(text):
            return
        text.setFocus(Qt.FocusReason.MenuBarFocusReason)
        control = Qt.KeyboardModifier.ControlModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(text, QKeyEvent(kind, _KEYS[name], control))


def _has_selection(text: _Text) -> bool:
    if isinstance(text, QLineEdit):
        return text.hasSelectedText()
    return text.textCursor().hasSelection()


def _can_paste(text: _Text) -> bool:
    if isinstance(text, QLineEdit):
        return bool(QGuiApplication.clipboard().text())
    return text.canPaste()
