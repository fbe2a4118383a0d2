"""Cards: a heading, a line of help, and fields side by side where the width allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

TWO_COLUMNS_FROM = 400
"""Pixels of width from which fields stand in two columns."""


class FieldGrid(QWidget):
    """Fields in two columns, or in one where it is narrow. Order is reading and tab order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[tuple[QWidget, bool]] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(SPACE + 4)
        self._grid.setColumnStretch(0, 1)

    def add(self, widget: QWidget, *, wide: bool = False) -> None:
        """Add a field; a wide one has a line of its own."""
        self._cells.append((widget, wide))
        self._columns = 0
        self._place(self.width())

    def minimumSizeHint(self) -> QSize:
        """Return the width of one column: two are a choice, never a need."""
        widths = (widget.minimumSizeHint().width() for widget, _ in self._cells)
        return QSize(max(widths, default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the number of columns."""
        super().resizeEvent(event)
        self._place(event.size().width())

    def event(self, event: QEvent) -> bool:
        """Choose again when something in it asks for other room: the letters are larger now."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place(self.width())
        return done

    def _place(self, width: int) -> None:
        # With large letters two columns may need more.
        halves = [cell.minimumSizeHint().width() for cell, wide in self._cells if not wide]
        needed = 2 * max(halves, default=0) + self._grid.horizontalSpacing()
        columns = 2 if width >= max(TWO_COLUMNS_FROM, needed) else 1
        if columns == self._columns:
            return
        self._columns = columns
        row = column = 0
        for widget, wide in self._cells:
            if wide and column:
                row, column = row + 1, 0
            span = columns if wide else 1
            # A problem below one field must not stretch its neighbour.
            self._grid.addWidget(widget, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
            if column >= columns:
                row, column = row + 1, 0
        self._grid.setColumnStretch(1, columns - 1)


class Card(QFrame):
    """A section of a page: a heading, and fields below it."""

    def __init__(self, heading: str, help_text: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(heading)
        self.body = make_column(
            self, margins=(2 * SPACE, SPACE + 4, 2 * SPACE, 2 * SPACE), spacing=SPACE + 4
        )
        top = QVBoxLayout()
        top.setSpacing(4)
        top.addWidget(make_label(heading, "heading", self))
        if help_text:
            top.addWidget(make_label(help_text, "hint", self))
        self.body.addLayout(top)

    def add(self, widget: QWidget) -> None:
        """Add something over the whole width."""
        self.body.addWidget(widget)

    def add_grid(self) -> FieldGrid:
        """Add a grid of fields and return it."""
        grid = FieldGrid(self)
        self.body.addWidget(grid)
        return grid
