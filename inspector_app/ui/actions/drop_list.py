"""A list into which lines are dropped, and that shows where one would stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from inspector_app.ui.actions.action_row import read_drag_data

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QPaintEvent,
    )


class DropList(QWidget):
    """Rows below each other; who inherits says which, and takes what is dropped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drop_at: int | None = None

    def list_rows(self) -> list[QWidget]:
        """Return the rows, in order."""
        raise NotImplementedError

    def take_drop(self, id_: str, index: int) -> bool:
        """Take a line that was let go, and return whether it is one.

        Args:
            id_: Its id.
            index: The row that it is to stand in front of; as many as there are: at the end.
        """
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take lines of this inspection."""
        self._show_drop(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the line would stand."""
        self._show_drop(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show nothing any more."""
        del event
        self._drop_at = None
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the line where it was let go."""
        index = self._index_at(event.position().toPoint())
        self._drop_at = None
        self.update()
        if self.take_drop(read_drag_data(event.mimeData()), index):
            event.acceptProposedAction()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark the place of a drop."""
        super().paintEvent(event)
        if self._drop_at is None:
            return
        rows = self.list_rows()
        if self._drop_at < len(rows):
            y = rows[self._drop_at].y() - 2
        else:
            y = rows[-1].geometry().bottom() + 2 if rows else 1
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().highlight().color(), 3))
        painter.drawLine(0, y, self.width(), y)

    def _show_drop(self, event: QDragMoveEvent) -> None:
        if read_drag_data(event.mimeData()):
            self._drop_at = self._index_at(event.position().toPoint())
            self.update()
            event.acceptProposedAction()

    def _index_at(self, place: QPoint) -> int:
        rows = self.list_rows()
        for index, row in enumerate(rows):
            if place.y() < row.geometry().center().y():
                return index
        return len(rows)
