"""What the File menu does with the report: export it, print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot

from inspector_app.domain.states import is_finished
from inspector_app.ui.shell.commands import Commands
from inspector_app.ui.widgets.job_progress import JobProgress
from inspector_app.ui.widgets.layouts import discard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.document.jobs.worker_process import Job
    from inspector_app.document.printable import PrintableReport
    from inspector_app.errors import InspectorError
    from inspector_app.ui.shell.commands import WindowParts

_CANNOT_PRINT = "The report cannot be printed."


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
        self._job: Job[PrintableReport] | None = None
        """Makes the pages that are to be printed."""
        parts.actions.export.triggered.connect(self._on_export)
        parts.actions.print.triggered.connect(self._on_print)

    def show_document(self, document: InspectionDocument | None) -> None:
        """Work on an inspection, or none; a dialog on the one before closes."""
        self._document = document
        self._stop_printing()
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
        from inspector_app.document.pdf import PICTURE_ROOM
        from inspector_app.document.printable import PrintableReport, render_printable
        from inspector_app.ui.export.printing import ensure_printing

        with self._prompts.telling(_CANNOT_PRINT):
            ensure_printing()
            progress = self._dialog = JobProgress(
                "Printing the report", "printing", "Print nothing (Esc)", "Printing…", self._window
            )
            draft = not is_finished(document.inspection.details)
            self._job = document.reports.run_job(
                render_printable,
                (draft, tuple(PICTURE_ROOM)),
                PrintableReport,
                self._show_pages,
                self._on_not_rendered,
                progress.show_step,
                self._stop_printing,
            )
            progress.follow(self._job)

    def _show_pages(self, report: PrintableReport) -> None:
        from inspector_app.ui.export.printing import make_print_preview

        self._stop_printing()
        self._open(make_print_preview(report, self._window))

    def _on_not_rendered(self, error: InspectorError) -> None:
        self._stop_printing()
        self._prompts.show_problem(_CANNOT_PRINT, str(error))

    def _stop_printing(self) -> None:
        """Wait for no pages any more."""
        if self._job is not None:
            self._job.drop()
            self._job = None
            if self._dialog is not None:
                discard(self._dialog)
                self._dialog = None
                # Not every desktop gives the keys back to the window below.
                self._window.activateWindow()

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
