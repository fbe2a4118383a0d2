"""The reports of an open inspection, and the templates that they are made from.

What reports need is imported when one is made: the window is there sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from inspector_app.document.templates import MOST_SECONDS, tell_template_problem
from inspector_app.errors import WorkerStopped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from inspector_app.document.jobs.worker_process import Job, WorkerProcess
    from inspector_app.domain.inspection import Inspection
    from inspector_app.errors import InspectorError
    from inspector_app.report.report import Report

T = TypeVar("T")
_UNKNOWN = "they are still being checked."


class Reports(QObject):
    """Makes the report of an inspection as it stands, from the person's templates or our own."""

    templates_changed = Signal()
    """Reports are made from other templates now, or `template_problem` is another."""
    exported = Signal(object)
    """A report was written; carries its path."""

    def __init__(
        self,
        get_inspection: Callable[[], Inspection],
        read_attachment: Callable[[str], bytes | None],
        get_worker: Callable[[], WorkerProcess],
        parent: QObject | None = None,
    ) -> None:
        """Make reports.

        Args:
            get_inspection: Returns the inspection as it is now.
            read_attachment: Returns the bytes of a photo by its hash, or None.
            get_worker: Gives what computes in the background.
            parent: What this goes with.
        """
        super().__init__(parent)
        self.template_problem = ""
        """Why reports are not made from the templates that were chosen; "": they are."""
        self._get_inspection = get_inspection
        self._read_attachment = read_attachment
        self._get_worker = get_worker
        self._templates: Path | None = None
        self._is_looking = False
        self._may_look = True

    @property
    def templates(self) -> Path | None:
        """The folder of templates that reports are made from; None: the application's own."""
        return self._templates

    @templates.setter
    def templates(self, folder: Path | None) -> None:
        if folder != self._templates:
            self._templates = folder
            self._may_look = True
            self.template_problem = _UNKNOWN if folder is not None else ""
            self.templates_changed.emit()
            self._look()

    def choose_templates(self) -> str | None:
        """Return the folder of templates that a job is to render from; None: our own.

        The person's are tried in the worker first, and again when they have changed; until that is
        done, and where they are faulty, reports are made from our own.
        """
        if self._templates is None:
            return None
        self._look()
        return None if self.template_problem else str(self._templates)

    def run_job(
        self,
        function: Callable[..., Any],
        arguments: Sequence[Any],
        answer: type[T],
        on_done: Callable[[T], None],
        on_error: Callable[[InspectorError], None],
        on_progress: Callable[[str, float | None], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Job[T]:
        """Have the worker do what renders reports; see `WorkerProcess.run_job`.

        The function is given the template folder as its last argument. Where templates of others
        take too long or too much for this inspection, that is their problem from then on, and
        reports are made from our own.
        """
        templates = self.choose_templates()

        def fail(error: InspectorError) -> None:
            on_error(error)
            is_theirs = templates is not None and templates == str(self._templates)
            if isinstance(error, WorkerStopped) and is_theirs:
                self._may_look = False
                self._note_problem(str(error))

        return self._get_worker().run_job(
            function,
            (*arguments, templates),
            answer,
            on_done,
            fail,
            on_progress,
            on_cancelled,
            seconds=None if templates is None else MOST_SECONDS,
        )

    def _look(self) -> None:
        """Have the templates tried, unless that is being done, or took too long before."""
        folder = self._templates
        if folder is None or self._is_looking or not self._may_look:
            return
        self._is_looking = True

        def take(problem: str) -> None:
            self._is_looking = False
            if folder == self._templates:
                self._note_problem(problem)
            else:
                self._look()

        def fail(error: InspectorError) -> None:
            self._may_look = folder != self._templates
            take(str(error))

        self._get_worker().run_job(
            tell_template_problem, (str(folder),), str, take, fail, seconds=MOST_SECONDS
        )

    def render(self, *, draft: bool | None = None) -> Report:
        """Return the report as it stands, made here and from the application's own templates.

        Templates of others are rendered by jobs only, where they can be ended; see `run_job`.
        """
        from inspector_app.report.report import render_report

        return render_report(self._get_inspection(), draft=draft)

    def export(self, target: Path, *, draft: bool | None = None) -> None:
        """Write the report; the ending of the target says the kind.

        Raises:
            InspectorError: The kind is unknown, a template is faulty, or the target cannot be
                written.
        """
        from inspector_app.document.exporting import write_report

        folder = self.choose_templates()
        write_report(
            self._get_inspection(), target, self._read_attachment, draft=draft, templates=folder
        )
        self.exported.emit(target)

    def _note_problem(self, problem: str) -> None:
        if problem != self.template_problem:
            self.template_problem = problem
            self.templates_changed.emit()
