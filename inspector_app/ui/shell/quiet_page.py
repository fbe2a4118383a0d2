"""One text alone: large, in the middle, with lines that are easily read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QScrollArea, QWidget

from inspector_app.ui.widgets.keys import Keys, name_key
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import STRETCH, add_all, make_column, set_up_scroll_area

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

SCALE = 1.3
"""How much larger than elsewhere its text is."""
_LETTERS = 70
"""Of a line."""
_BESIDE = 100
"""Pixels beside the letters: for the grip, and for the number of notes."""


class QuietPage(QScrollArea):
    """Shows a text area and nothing else.

    Args:
        title: What the text is.
        area: The text area.
        holder: The widget that it stands in, itself or a field.
    """

    left = Signal()
    """The person has had enough of it: Escape."""

    def __init__(self, title: str, area: QTextEdit | QPlainTextEdit, holder: QWidget) -> None:
        super().__init__()
        set_up_scroll_area(self)
        self.setObjectName("quiet_page")
        self.setAccessibleName(title)
        self._area = area
        content = QWidget(self)
        column = make_column(content, margins=(SPACE, 4 * SPACE, SPACE, 4 * SPACE))
        self._middle = QWidget(content)
        inner = make_column(self._middle, spacing=SPACE)
        add_all(
            inner,
            make_label(title, "title", self._middle),
            make_label(
                f"Esc or {name_key(Keys.QUIET)} takes you back to the page.", "hint", self._middle
            ),
            SPACE,
            holder,
            STRETCH,
        )
        column.addWidget(self._middle, 1, Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(content)
        area.setProperty("role", "quiet_text")
        area.installEventFilter(self)
        self._limit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the letters."""
        if event.type() == QEvent.Type.FontChange:
            self._limit()
        return super().eventFilter(watched, event)

    @Slot()
    def _limit(self) -> None:
        letter = QFontMetricsF(self._area.font()).averageCharWidth()
        width = round(_LETTERS * letter) + _BESIDE
        # Less where the window is narrower.
        self._middle.setMaximumWidth(width)
        self._middle.setMinimumWidth(min(width, self.viewport().width() - 2 * SPACE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the text what there is."""
        super().resizeEvent(event)
        self._limit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape, which no text wants for itself."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
