"""What the File menu does with the report: export it, print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot

from inspector_app.domain.states import is_finished
from inspector_app.ui.shell.commands import Commands

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.shell.commands import WindowParts


class ExportCommands(Commands):
    """Exports and prints the inspection that is open in a window."""

    exported = Signal(object)
    """A report was written; carries its path."""

    checks_wanted = Signal()
    """The person wants to see what the checks found, before the report is exported."""
    gaps_wanted = Signal()
    """The person wants to fill gaps in first."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self._folder = parts.documents
        self._dialog: QDialog | None = None
        parts.actions.export.triggered.connect(self._on_export)
        parts.actions.print.triggered.connect(self._on_print)

    def show_document(self, document: InspectionDocument | None) -> None:
        """Work on an inspection, or none; a dialog on the one before closes."""
        self._document = document
        if self._dialog is not None:
            self._dialog.done(0)

    @Slot()
    def _on_export(self) -> None:
        document = self._document
        if document is None or self._dialog is not None:
            return
        from inspector_app.ui.export.export_dialog import ExportDialog

        dialog = ExportDialog(
            document,
            self._settings,
            self._folder,
            self._prompts,
            self._window,
            preferred=self._preferences.reports_folder,
        )
        dialog.exported.connect(document.reports.exported)
        dialog.exported.connect(self.exported)
        dialog.checks_wanted.connect(self.checks_wanted)
        dialog.gaps_wanted.connect(self.gaps_wanted)
        self._open(dialog)

    @Slot()
    def _on_print(self) -> None:
        document = self._document
        if document is None or self._dialog is not None:
            return
        # Painting takes much to import, which the start of the window need not wait for.
        from inspector_app.ui.export.printing import make_print_preview

        draft = not is_finished(document.inspection.details)
        with self._prompts.telling("The report cannot be printed."):
            self._open(make_print_preview(document, self._window, draft=draft))

    def _open(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._on_finished)
        # Not every desktop gives the keys back to the window below.
        dialog.finished.connect(self._window.activateWindow)
        dialog.open()

    @Slot()
    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None
