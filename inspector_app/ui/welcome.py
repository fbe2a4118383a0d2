"""What the window shows while nothing is open: what to do first."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SAMPLES = {"rated": "Try the &rated sample", "unrated": "Try the &unrated sample"}
_WIDTH = 480
_BUTTON_HEIGHT = 36
_PADDING = 32  # what a button needs beside its text


class WelcomePage(QWidget):
    """Open an inspection, go on with a recent one, or try a sample."""

    open_wanted = Signal()
    sample_wanted = Signal(str)
    recent_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome_page")
        self._build()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QWidget(self)
        column.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(column)
        layout.setSpacing(8)
        layout.addWidget(_heading("Inspector", 2.2, column))
        hint = QLabel("Open an inspection, or drop its file onto this window.", column)
        hint.setWordWrap(True)
        layout.addWidget(hint)
        layout.addSpacing(16)
        open_button = _button("&Open an inspection…", column)
        open_button.setObjectName("open_button")
        open_button.setToolTip("Open an inspection file (Ctrl+O)")
        open_button.setDefault(True)
        open_button.clicked.connect(self.open_wanted)
        layout.addWidget(open_button)
        samples = QHBoxLayout()
        samples.setSpacing(8)
        for name, text in _SAMPLES.items():
            button = _button(text, column)
            button.setObjectName(f"sample_{name}")
            button.setToolTip("Open a fictional inspection to try things on")
            button.clicked.connect(lambda _=False, name=name: self.sample_wanted.emit(name))
            samples.addWidget(button)
        layout.addLayout(samples)
        self._recent_heading = _heading("Recent", 1.15, column)
        self._recent_heading.setContentsMargins(0, 16, 0, 0)
        layout.addWidget(self._recent_heading)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        layout.addLayout(self._recent)
        outer.addWidget(column)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Show the inspections that were open last."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._recent_heading.setVisible(bool(paths))
        for path in paths:
            button = _button("", self)
            button.setObjectName("recent_button")
            elide = Qt.TextElideMode.ElideMiddle
            name = self.fontMetrics().elidedText(path.name, elide, _WIDTH - _PADDING)
            # An ampersand in a file name is no shortcut, and a tag in a path is no markup.
            button.setText(name.replace("&", "&&"))
            button.setToolTip(f"<p>{html.escape(str(path))}</p>")
            button.setAccessibleName(path.name)
            button.clicked.connect(lambda _=False, path=path: self.recent_wanted.emit(path))
            self._recent.addWidget(button)


def _heading(text: str, scale: float, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label


def _button(text: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setMinimumHeight(_BUTTON_HEIGHT)
    return button
