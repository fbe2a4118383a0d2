"""A line for what a field has to say, which is there whether it says anything or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from inspector_app.ui.widgets.labels import make_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class MessageLine(QLabel):
    """Says one thing, on one line.

    Nothing below it moves when a message comes or goes, so no click lands beside what it aimed at.
    What is longer than the line is cut short; the tooltip has all of it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "problem")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, text: str, role: str = "problem") -> None:
        """Say something in a role of labels, “problem” or “hint”; "" for nothing."""
        if role != self.property("role"):
            self.setProperty("role", role)
            self.style().polish(self)
        self.setText(text)
        self.setToolTip(make_tip(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        del event
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), int(middle), text)
        painter.end()
