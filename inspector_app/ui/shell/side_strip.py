"""A strip of tabs at the edge of a narrow window: one for each panel that has no room beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QToolBar

from inspector_app.ui.widgets.labels import SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

_BAR = 3
"""Pixels: the line beside the tab whose panel is open."""


class SideStrip(QToolBar):
    """The tabs; a click opens a panel, another one closes it."""

    panel_wanted = Signal(object)
    """The person wants to see a panel, or no longer; carries the `QDockWidget`."""

    def __init__(self, window: QMainWindow, docks: Sequence[QDockWidget]) -> None:
        super().__init__("Panels", window)
        self.setObjectName("side_strip")
        self.setAccessibleName("Panels")
        self.setMovable(False)
        self.setOrientation(Qt.Orientation.Vertical)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        # It comes and goes with the width of the window, and is in no menu.
        self.toggleViewAction().setVisible(False)
        self._tabs = [(dock, tab := StripTab(dock, self), self.addWidget(tab)) for dock in docks]
        for dock, tab, _ in self._tabs:
            tab.clicked.connect(lambda _=False, dock=dock: self.panel_wanted.emit(dock))
        window.addToolBar(Qt.ToolBarArea.RightToolBarArea, self)
        self.hide()

    def show_panels(self, docks: Sequence[QDockWidget], opened: QDockWidget | None) -> None:
        """Show a tab for each of some panels, that of the open one as pressed."""
        for dock, tab, action in self._tabs:
            action.setVisible(dock in docks)
            tab.setChecked(dock is opened)
        self.setVisible(bool(docks))


class StripTab(QAbstractButton):
    """A word that is read from top to bottom."""

    def __init__(self, dock: QDockWidget, parent: QWidget) -> None:
        super().__init__(parent)
        text = dock.windowTitle()
        self.setObjectName(f"{dock.objectName()}_tab")
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"Show or hide {text}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Return room for the word, turned."""
        metrics = self.fontMetrics()
        return QSize(metrics.height() + SPACE, metrics.horizontalAdvance(self.text()) + 4 * SPACE)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a part of a word says nothing."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the word; the open panel's tab has a line at its edge."""
        del event
        painter = QPainter(self)
        palette = self.palette()
        if self.isChecked() or self.underMouse():
            role = QPalette.ColorRole.Base if self.isChecked() else QPalette.ColorRole.Midlight
            painter.fillRect(self.rect(), palette.color(role))
        accent = palette.color(QPalette.ColorRole.Highlight)
        if self.isChecked():
            painter.fillRect(0, 0, _BAR, self.height(), accent)
        if self.hasFocus():
            painter.setPen(QPen(accent, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.setPen(palette.color(QPalette.ColorRole.ButtonText))
        painter.translate(self.width(), 0)
        painter.rotate(90)
        box = self.rect().transposed()
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.text())
