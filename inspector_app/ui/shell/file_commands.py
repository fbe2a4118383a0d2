"""New inspections, copies, and content (JSON) in and out."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot

from inspector_app.document.creating import create_inspection, import_inspection
from inspector_app.document.export_kinds import CONTENT, INSPECTION
from inspector_app.document.jobs.job_context import JobCancelled
from inspector_app.errors import ContentFault, InspectorError
from inspector_app.files import make_file_name
from inspector_app.ui.prompts import NOT_PROTECTED
from inspector_app.ui.shell.commands import Commands
from inspector_app.ui.widgets.disk_waiting import WRITING, DiskWaiting
from inspector_app.ui.widgets.job_progress import JobProgress
from inspector_app.ui.widgets.layouts import discard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.document.jobs.worker_process import Job
    from inspector_app.ui.opening.new_inspection import NewInspection
    from inspector_app.ui.shell.commands import WindowParts

_NOTHING = "Nothing was saved."


class FileCommands(Commands):
    """Does what the File menu offers besides opening, for the inspection that is open."""

    open_wanted = Signal(object)
    """An inspection was made; carries its path."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self.folder = parts.documents
        """Where dialogs start, unless the preferences say so."""
        self._disk = DiskWaiting(parts.window)
        self._progress: JobProgress | None = None
        parts.actions.save_copy.triggered.connect(self._on_save_copy)
        parts.actions.save_outside.triggered.connect(self._on_save_outside)
        parts.actions.save_content.triggered.connect(self._on_save_content)
        parts.actions.open_content.triggered.connect(self._on_open_content)

    @Slot(object)
    def create(self, wanted: NewInspection) -> None:
        """Make a new inspection where the person says, and have it opened."""
        name = make_file_name(wanted.location_name, "New inspection")
        preferences = self._preferences
        folder = preferences.inspections_folder or self.folder
        path = self._prompts.ask_new_inspection(folder / f"{name}{INSPECTION}")
        if path is None:
            return
        with self._prompts.telling("The inspection was not created."), suppress(JobCancelled):
            self._disk.wait(
                path,
                lambda _: create_inspection(
                    path,
                    self._backups,
                    wanted.framework,
                    wanted.regime,
                    form=wanted.form,
                    location_name=wanted.location_name,
                    provider_name=wanted.provider_name,
                    signatory=(preferences.signatory_name, preferences.signatory_title),
                    who=preferences.who,
                ),
                texts=WRITING,
            )
            self.open_wanted.emit(path)

    @Slot()
    def _on_save_copy(self) -> None:
        document = self._document
        target = self._ask_target(f" – copy{INSPECTION}")
        if document is None or target is None:
            return
        document.save()
        with self._prompts.telling(_NOTHING), suppress(JobCancelled):
            self._disk.wait(
                target, lambda _: document.save_copy(target, self._backups), texts=WRITING
            )
            headline = "A copy of the whole inspection is saved, notes and history included."
            self._prompts.show_written(headline, target)

    @Slot()
    def _on_save_outside(self) -> None:
        document = self._document
        target = self._ask_target(f" – for sending{INSPECTION}")
        if document is not None and target is not None:
            from inspector_app.document.outside_copies import export_outside_copy

            self._run(
                document.reports.run_job,
                export_outside_copy,
                (str(target), str(self._backups)),
                target,
                "A copy is saved that holds what the report prints, and nothing else.",
            )

    @Slot()
    def _on_save_content(self) -> None:
        document = self._document
        target = self._ask_target(CONTENT)
        if document is not None and target is not None:
            from inspector_app.document.exporting import export_content

            headline = "Everything you typed is saved as content (JSON)."
            self._run(document.worker.run_job, export_content, (str(target),), target, headline)

    def _ask_target(self, ending: str) -> Path | None:
        """Ask where something is to lie that is called after the inspection."""
        if self._document is None or self._progress is not None:
            return None
        path = self._document.path
        return self._prompts.ask_copy(path.with_name(f"{path.stem}{ending}"))

    def _run(
        self,
        run_job: Callable[..., Job[Any]],
        write: Callable[..., None],
        arguments: Sequence[Any],
        target: Path,
        headline: str,
    ) -> None:
        """Have something written in the worker, and tell."""
        document = self._document
        if document is None:
            return
        if document.is_protected:
            headline += f" {NOT_PROTECTED}"
        progress = self._progress = JobProgress(
            f"Saving {target.name}", "writing", "Stop without saving (Esc)", "Saving…", self._window
        )

        def on_done(_: None) -> None:
            self._stop()
            self._prompts.show_written(headline, target)

        def on_error(error: InspectorError) -> None:
            self._stop()
            self._prompts.show_problem(_NOTHING, str(error))

        progress.follow(
            run_job(write, arguments, type(None), on_done, on_error, progress.show_step, self._stop)
        )

    def _stop(self) -> None:
        if self._progress is not None:
            discard(self._progress)
            self._progress = None
            # Not every desktop gives the keys back to the window below.
            self._window.activateWindow()

    def show_document(self, document: InspectionDocument | None) -> None:
        """Work on an inspection, or on none; what was being written of another is not."""
        self._stop()
        super().show_document(document)

    @Slot()
    def _on_open_content(self) -> None:
        source = self._prompts.ask_content(self._preferences.inspections_folder or self.folder)
        if source is not None:
            self.bring_in(source)

    def bring_in(self, source: Path) -> None:
        """Make an inspection from a content file, where the person says, and have it opened."""
        try:
            who = self._preferences.who
            make = self._disk.wait(source, lambda _: import_inspection(source, who))
        except JobCancelled:
            return
        except ContentFault as fault:
            faults = "\n".join(fault.list_faults())
            self._prompts.show_list(f"{fault.headline} Nothing was imported.", faults)
            return
        except InspectorError as error:
            self._prompts.show_problem("The content was not opened.", str(error))
            return
        target = self._prompts.ask_new_inspection(source.with_suffix(INSPECTION))
        if target is None:
            return
        with self._prompts.telling("The inspection was not created."), suppress(JobCancelled):
            self._disk.wait(target, lambda _: make.write(target, self._backups), texts=WRITING)
            if make.remarks:
                headline = "The inspection was created. Not everything could be included:"
                self._prompts.show_list(headline, make.remarks)
            self.open_wanted.emit(target)
