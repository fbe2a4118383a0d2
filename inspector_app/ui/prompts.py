"""Asking the person something: the only place that opens dialogs, so that tests can answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from inspector_app import __version__

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_INSPECTIONS = "Inspections (*.inspection);;All files (*)"
_REPORTS = "Word report (*.docx);;Web page (*.html)"


class Prompts(Protocol):
    """What the window asks for."""

    def ask_inspection(self, folder: Path) -> Path | None:
        """Return the inspection to open, or None."""

    def ask_new_inspection(self, proposed: Path) -> Path | None:
        """Return where a new inspection is to lie, or None."""

    def ask_report(self, proposed: Path) -> Path | None:
        """Return where the report is to lie, or None."""

    def ask_files(self) -> list[Path]:
        """Return photos and files to add; none where the person thought better of it."""

    def show_problem(self, headline: str, message: str) -> None:
        """Tell what stood in the way."""

    def show_about(self) -> None:
        """Tell what this application is."""


class DialogPrompts:
    """The real dialogs."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def ask_inspection(self, folder: Path) -> Path | None:
        """See `Prompts`."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Open an inspection", str(folder), _INSPECTIONS
        )
        return Path(name) if name else None

    def ask_new_inspection(self, proposed: Path) -> Path | None:
        """See `Prompts`."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Where is the inspection to lie?", str(proposed), _INSPECTIONS
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_name(f"{path.name}.inspection")

    def ask_report(self, proposed: Path) -> Path | None:
        """See `Prompts`."""
        name, kind = QFileDialog.getSaveFileName(
            self._window, "Export the report", str(proposed), _REPORTS
        )
        if not name:
            return None
        path = Path(name)
        if path.suffix:
            return path
        return path.with_name(path.name + (".html" if "html" in kind else ".docx"))

    def ask_files(self) -> list[Path]:
        """See `Prompts`."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Add photos and files")
        return [Path(name) for name in names]

    def show_problem(self, headline: str, message: str) -> None:
        """See `Prompts`."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Inspector", headline, parent=self._window)
        # Messages carry names of files and fields: text, never markup.
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(message)
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.exec()

    def show_about(self) -> None:
        """See `Prompts`."""
        QMessageBox.about(self._window, "About Inspector", f"Inspector {__version__}")
