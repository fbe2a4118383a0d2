"""A list into which rows are dragged by their handle, and that shows where one would stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QPainter, QPen
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from inspector_app.ui.widgets.keys import Keys, name_key

if TYPE_CHECKING:
    from PySide6.QtGui import QDragLeaveEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QPaintEvent

_MIME_TYPE = "application/x-inspector-row"


class DragHandle(QLabel):
    """What a row is dragged by; `picture` is what is seen of it meanwhile."""

    def __init__(self, picture: QWidget, parent: QWidget) -> None:
        super().__init__("⋮⋮", parent)
        self.key = ""
        """What the row stands for."""
        self._picture = picture
        self._pressed = QPoint()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "hint")
        self.setToolTip(f"Drag to move ({name_key(Keys.MOVE_UP)}, {name_key(Keys.MOVE_DOWN)})")
        self.setAccessibleName("Drag to move")
        self.setContentsMargins(2, 6, 2, 0)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Start the drag; moves are told while a button is held."""
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        if far >= QApplication.startDragDistance():
            drag = QDrag(self)
            drag.setMimeData(make_drag_data(self.key))
            drag.setPixmap(self._picture.grab())
            drag.exec(Qt.DropAction.MoveAction)


class DropList(QWidget):
    """Rows below each other; who inherits says which, and takes what is dropped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drop_at: int | None = None

    def list_rows(self) -> list[QWidget]:
        """Return the rows, in order."""
        raise NotImplementedError

    def take_drop(self, key: str, index: int) -> None:
        """Take the row of a key that was let go in front of a row; or at the end."""
        raise NotImplementedError

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the row would stand."""
        if read_drag_data(event.mimeData()):
            self._drop_at = self._index_at(event.position().toPoint())
            self.update()
            event.acceptProposedAction()

    dragEnterEvent = dragMoveEvent  # noqa: N815

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show nothing any more."""
        self._drop_at = None
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the row where it was let go."""
        index = self._index_at(event.position().toPoint())
        self._drop_at = None
        self.update()
        if key := read_drag_data(event.mimeData()):
            self.take_drop(key, index)
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

    def _index_at(self, place: QPoint) -> int:
        return sum(place.y() >= row.geometry().center().y() for row in self.list_rows())


def make_drag_data(key: str) -> QMimeData:
    """Return what a dragged row carries: what it stands for."""
    data = QMimeData()
    data.setData(_MIME_TYPE, key.encode())
    return data


def read_drag_data(data: QMimeData) -> str:
    """Return what a dragged row stands for, or ""."""
    return bytes(data.data(_MIME_TYPE).data()).decode("ascii", "replace")
