"""What the window shows while nothing is open: what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SAMPLES = {"rated": "Try the rated sample", "unrated": "Try the unrated sample"}
_WIDTH = 420


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
        title = QLabel("Inspector", column)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        font.setBold(True)
        title.setFont(font)
        layout.addWidget(title)
        hint = QLabel("Open an inspection, or drop its file onto this window.", column)
        hint.setWordWrap(True)
        layout.addWidget(hint)
        layout.addSpacing(16)
        open_button = QPushButton("&Open an inspection…", column)
        open_button.setObjectName("open_button")
        open_button.setToolTip("Open an inspection file (Ctrl+O)")
        open_button.setDefault(True)
        open_button.clicked.connect(self.open_wanted)
        layout.addWidget(open_button)
        for name, text in _SAMPLES.items():
            button = QPushButton(text, column)
            button.setObjectName(f"sample_{name}")
            button.setToolTip("Open a fictional inspection to try things on")
            button.clicked.connect(lambda _=False, name=name: self.sample_wanted.emit(name))
            layout.addWidget(button)
        layout.addSpacing(16)
        self._recent_heading = QLabel("Recent", column)
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
            # An ampersand in a file name is no shortcut.
            button = QPushButton(path.name.replace("&", "&&"), self)
            button.setToolTip(str(path))
            button.clicked.connect(lambda _=False, path=path: self.recent_wanted.emit(path))
            self._recent.addWidget(button)
