"""The context menu of notes in their table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget


def show_note_menu(
    parent: QWidget, place: QPoint, commands: Mapping[str, Callable[[], object] | None]
) -> None:
    """Show a menu.

    Args:
        parent: Whose menu it is.
        place: Where on the screen.
        commands: What each does, by its text; None where it cannot be done now.
    """
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for text, act in commands.items():
        action = menu.addAction(text)
        action.setEnabled(act is not None)
        if act is not None:
            action.triggered.connect(lambda _=False, act=act: act())
    menu.popup(place)
