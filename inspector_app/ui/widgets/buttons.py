"""Buttons as the window has them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from inspector_app.ui.widgets.keys import add_letter


def make_button(
    text: str,
    name: str,
    tip: str,
    parent: QWidget | None = None,
    *,
    role: str = "",
    spoken: str = "",
) -> QPushButton:
    """Return a button. A click on it leaves the cursor in the text that is written; Tab reaches it.

    Args:
        text: What stands on it, the letter that presses it behind an ampersand.
        name: Its object name.
        tip: Its tooltip; the letter is added, where it does not end with another key.
        parent: See Qt.
        role: “primary”, “quiet”, or "" for an ordinary one.
        spoken: What a screen reader says, where the text alone says too little.
    """
    button = QPushButton(text, parent)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setObjectName(name)
    names_key = not tip or tip.endswith(")")
    button.setToolTip(tip if names_key else add_letter(tip, text))
    if role:
        button.setProperty("role", role)
    if spoken:
        button.setAccessibleName(spoken)
    return button


def open_menu(button: QToolButton, menu: QMenu) -> None:
    """Have a click on a button open a menu, and the button look at rest when that has closed."""
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(menu)

    def leave() -> None:
        # WORKAROUND: Qt does not tell a button that the mouse went while a menu was open.
        if not button.rect().contains(button.mapFromGlobal(QCursor.pos())):
            QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
            button.update()

    menu.aboutToHide.connect(lambda: QTimer.singleShot(0, button, leave))


def add_clear_button(line: QLineEdit) -> None:
    """Put the button into a line that empties it. Qt gives it no name."""
    line.setClearButtonEnabled(True)
    button = line.findChild(QToolButton)
    if button is not None:
        button.setAccessibleName("Clear")
        button.setToolTip("Clear")
