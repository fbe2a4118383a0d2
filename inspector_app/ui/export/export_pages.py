"""The later pages of the export dialog, how far it is and what came of it; and its controls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.keys import add_letter
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column, make_row
from inspector_app.ui.widgets.show_in_folder import show_in_folder

if TYPE_CHECKING:
    from collections.abc import Iterable


class ProgressPage(QWidget):
    """What is being done, how far it is, and a way out."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = make_column(self)
        self._step = make_label("", "heading", self, "export_step")
        layout.addStretch()
        layout.addWidget(self._step)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("export_progress")
        self._bar.setAccessibleName("Progress")
        self._bar.setTextVisible(False)
        layout.addWidget(self._bar)
        layout.addStretch()
        self._stop = make_button("Cancel", "export_stop", "Stop without saving a file (Esc)", self)
        self._stop.clicked.connect(self.cancelled)
        self.setFocusProxy(self._stop)
        layout.addLayout(make_button_row(self._stop))

    def start(self) -> None:
        """Show the beginning."""
        self.show_step("Starting", None)
        self._stop.setEnabled(True)

    def show_step(self, text: str, share: float | None) -> None:
        """Show what is being done, and 0 to 1 or, where nobody can tell, None."""
        self._step.setText(f"{text}…")
        self._bar.setRange(0, 0 if share is None else 100)
        self._bar.setValue(round((share or 0) * 100))

    def show_stopping(self) -> None:
        """Say that it was asked to stop."""
        self._step.setText("Stopping…")
        self._stop.setEnabled(False)


class ResultPage(QWidget):
    """Where the file lies, and what can be done with it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target = Path()
        layout = make_column(self)
        self._headline = make_label("", "heading", self, "export_headline")
        layout.addWidget(self._headline)
        self._written = make_label("", "hint", self, "export_written")
        self._written.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self._written)
        layout.addStretch()
        close = make_button(
            "Close", "export_close", "Back to the inspection (Esc)", self, role="quiet"
        )
        folder = make_button(
            "&Show in folder",
            "export_show_folder",
            "Show the folder that it is in",
            self,
        )
        self._open = make_button(
            "&Open", "export_open", "Open it in its own program (Enter)", self, role="primary"
        )
        close.clicked.connect(self.closed)
        folder.clicked.connect(self._on_show_folder)
        self._open.clicked.connect(self._on_open)
        self.setFocusProxy(self._open)
        layout.addLayout(make_button_row(close, folder, self._open))

    def show_file(self, target: Path, headline: str) -> None:
        """Show what was written."""
        self._target = target
        self._headline.setText(headline)
        self._written.setText(str(target))
        self._open.setDefault(True)

    @Slot()
    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target)))
        self.closed.emit()

    @Slot()
    def _on_show_folder(self) -> None:
        show_in_folder(self._target)
        self.closed.emit()


def add_choice(
    layout: QVBoxLayout, parent: QWidget, choices: Iterable[tuple[str, str, str]], name: str
) -> QButtonGroup:
    """Add a row of choices, of which one is checked, and return them.

    Args:
        layout: Where the row is added.
        parent: See Qt.
        choices: What each is called inside, its label with its key, its tooltip.
        name: How their object names begin.
    """
    group = QButtonGroup(parent)
    row = make_row(spacing=2 * SPACE)
    for choice, text, tip in choices:
        button = QRadioButton(text, parent)
        button.setObjectName(f"{name}_{choice.removeprefix('.')}")
        button.setProperty("choice", choice)
        button.setToolTip(add_letter(tip, text))
        group.addButton(button)
        row.addWidget(button)
    row.addStretch()
    layout.addLayout(row)
    return group


def get_choice(group: QButtonGroup) -> str:
    """Return which of the choices is checked."""
    button = group.checkedButton()
    return str(button.property("choice")) if button is not None else ""


def check_choice(group: QButtonGroup, choice: object) -> None:
    """Check one of the choices."""
    for button in group.buttons():
        if button.property("choice") == choice:
            button.setChecked(True)


def make_button_row(*buttons: QPushButton) -> QHBoxLayout:
    """Return a row of buttons at the right, the main one last."""
    row = make_row()
    row.addStretch()
    for button in buttons:
        row.addWidget(button)
    return row
