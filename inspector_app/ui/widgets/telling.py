"""A word in the status bar, from wherever something happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def tell(widget: QWidget, message: str) -> None:
    """Show a message in the status bar of the window that a widget is in."""
    QApplication.sendEvent(widget, QStatusTipEvent(message))
