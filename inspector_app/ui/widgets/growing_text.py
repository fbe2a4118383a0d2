"""A text area that is as high as its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Slot
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from inspector_app.ui.widgets.file_drops import leave_files
from inspector_app.ui.widgets.text_zoom import ZoomedFont
from inspector_app.ui.widgets.tips import show_tip_of_text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent


class GrowingText(QPlainTextEdit):
    """A text area that is as high as its text, within limits."""

    def __init__(self, lines: tuple[int, int] = (3, 12), parent: QWidget | None = None) -> None:
        """Make one.

        Args:
            lines: The least and the most lines that it shows.
            parent: Its parent.
        """
        super().__init__(parent)
        self._lines = lines
        self._shown_lines = 0
        leave_files(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.zoom = ZoomedFont(self)

    def set_read_only(self, read_only: bool) -> None:
        """Let the text be changed, or only be read and copied: it has no caret then."""
        self.setReadOnly(read_only)
        self.setCursorWidth(0 if read_only else 1)
        # The style sheet looks when it is told to.
        self.style().polish(self)

    def set_lines(self, least: int, most: int) -> None:
        """Set the least and the most lines that it shows."""
        self._lines = (least, most)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return a height for the text as it is wrapped now."""
        # What a plain text document calls its height is a number of lines.
        least, most = self._lines
        lines = min(max(int(self.document().size().height()), least), most)
        margins = self.contentsMargins()
        edges = margins.top() + margins.bottom() + 2 * self.frameWidth()
        if self.isVisible():
            # Only now is it known what the style sheet adds.
            edges = self.height() - self.viewport().height() + 2
        room = 2 * int(self.document().documentMargin()) + edges
        return QSize(200, lines * self.fontMetrics().lineSpacing() + room)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, and a width that fits half a narrow page."""
        return QSize(80, self.sizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the style sheet asks for."""
        super().showEvent(event)
        self._on_size_changed()

    def viewportEvent(self, event: QEvent) -> bool:
        """Have no tooltip cover the line that is written."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            show_tip_of_text(self, event, "")
            return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Be as high as the same lines in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._on_size_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take it also where it is known only now."""
        super().resizeEvent(event)
        self._on_size_changed()

    @Slot()
    def _on_size_changed(self) -> None:
        height = self.sizeHint().height()
        if height != self._shown_lines:
            self._shown_lines = height
            self.updateGeometry()
