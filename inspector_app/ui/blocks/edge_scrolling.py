"""Scrolling a page while something is dragged to its upper or lower edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

_ZONE = 32
_STEP = 14
_PAUSE = 30
"""Milliseconds between two steps."""


class EdgeScrolling(QObject):
    """Scrolls the page that something stands in, for as long as it is started."""

    scrolled = Signal()
    """Something else is under the mouse, though it did not move."""

    def __init__(self, parent: QObject, find: Callable[[], QWidget | None]) -> None:
        """Make it.

        Args:
            parent: See Qt.
            find: Gives what stands in the page; None: there is nothing to scroll now.
        """
        super().__init__(parent)
        self._find = find
        self._timer = QTimer(self, interval=_PAUSE)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Look where the mouse is, again and again."""
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Scroll no more."""
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        page = self._find()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        if page is None:
            return
        height = page.viewport().height()
        y = page.viewport().mapFromGlobal(QCursor.pos()).y()
        step = _STEP * ((y > height - _ZONE) - (y < _ZONE))
        if step:
            bar = page.verticalScrollBar()
            bar.setValue(bar.value() + step)
            self.scrolled.emit()
