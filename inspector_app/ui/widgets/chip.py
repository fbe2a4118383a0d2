"""Something chosen, on a button that takes it away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from inspector_app.texts import shorten

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_LONGEST = 44
_CROSS = "  ✕"


class Chip(QPushButton):
    """A name with a cross. Where there is little room, the name is cut short, never the cross."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = shorten(name, _LONGEST)
        self._shown = ""
        self.setProperty("role", "chip")
        # With large text a long name is cut short rather than that the fields scroll sideways.
        self.setMinimumWidth(1)
        self._show(self._name)

    def sizeHint(self) -> QSize:
        """Return the room for the whole name, whatever of it is shown now."""
        metrics = self.fontMetrics()
        missing = metrics.horizontalAdvance(self._name) - metrics.horizontalAdvance(self._shown)
        hint = super().sizeHint()
        return QSize(hint.width() + missing, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the name as there is room for."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        lacking = self.sizeHint().width() - self.width()
        if lacking <= 0:
            self._show(self._name)
            return
        room = max(metrics.horizontalAdvance(self._name) - lacking, 0)
        self._show(metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room))

    def _show(self, name: str) -> None:
        if name != self._shown:
            self._shown = name
            self.setText(f"{name}{_CROSS}".replace("&", "&&"))
