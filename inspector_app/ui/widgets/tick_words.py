"""A box to tick with words that wrap: a check box's own text does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QCheckBox, QWidget


class TickWords(QLabel):
    """What stands beside a box; a click on it ticks the box."""

    def __init__(self, text: str, box: QCheckBox, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        # A long word is cut off rather than that the panel scrolls sideways.
        self.setMinimumWidth(1)
        self._box = box

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick the box."""
        self._box.click()
        event.accept()
