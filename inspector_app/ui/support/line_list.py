"""A list of lines that lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QListView, QWidget

from inspector_app.ui.support.line_model import ID, LineModel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class LineList(QListView):
    """A click or Enter leads to what a line is about."""

    wanted = Signal(str)
    """Carries the id of the line."""

    def __init__(
        self, model: LineModel, name: str, accessible: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lines = model
        self.setModel(model)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setToolTip("A click or Enter shows it in its place")
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlternatingRowColors(True)
        self.clicked.connect(self._on_wanted)

    @property
    def current_id(self) -> str:
        """Id of the selected line, or ""."""
        return str(self.currentIndex().data(ID) or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads there."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_id:
            self.wanted.emit(self.current_id)
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_wanted(self, index: QModelIndex) -> None:
        self.wanted.emit(str(index.data(ID) or ""))
