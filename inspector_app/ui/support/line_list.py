"""A list of lines that lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QListView, QWidget

from inspector_app.ui.support.line_model import ID, LineModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent


class LineList(QListView):
    """A click (or a double click) or Enter leads to what a line is about."""

    wanted = Signal(str)
    """Carries the id of the line."""

    def __init__(
        self,
        model: LineModel,
        name: str,
        accessible: str,
        parent: QWidget | None = None,
        *,
        by_click: bool = True,
    ) -> None:
        """Make the list.

        Args:
            model: Its lines.
            name: Its object name.
            accessible: What a screen reader calls it.
            parent: See Qt.
            by_click: Whether one click leads there; False where a line is selected to do more.
        """
        super().__init__(parent)
        self.lines = model
        self.setModel(model)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        way = "Select it" if by_click else "Double-click"
        self.setToolTip(f"{way} or press Enter to see it in its place")
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlternatingRowColors(True)
        (self.clicked if by_click else self.doubleClicked).connect(self._on_wanted)

    @property
    def current_id(self) -> str:
        """Id of the selected line, or ""."""
        return str(self.currentIndex().data(ID) or "")

    def show_ids(self, ids: Sequence[str]) -> None:
        """Show other lines; the one that is selected stays so for as long as it is there."""
        current, scrolled = self.current_id, self.verticalScrollBar().value()
        self.lines.show_ids(ids)
        if current and self.current_id != current:
            self.setCurrentIndex(self.lines.find(current))
        self.verticalScrollBar().setValue(scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads there."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_id:
            self.wanted.emit(self.current_id)
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_wanted(self, index: QModelIndex) -> None:
        self.wanted.emit(str(index.data(ID) or ""))
