"""The reports of an open inspection, and the templates that they are made from.

What reports need is imported when one is made: the window is there sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector_app.document.templates import find_template_problem
from inspector_app.errors import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector_app.domain.inspection import Inspection
    from inspector_app.report.report import Report


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
        parent: QObject | None = None,
    ) -> None:
        """Make reports.

        Args:
            get_inspection: Returns the inspection as it is now.
            read_attachment: Returns the bytes of a photo by its hash, or None.
            parent: What this goes with.
        """
        super().__init__(parent)
        self.template_problem = ""
        """Why reports are not made from the templates that were chosen; "": they are."""
        self._get_inspection = get_inspection
        self._read_attachment = read_attachment
        self._templates: Path | None = None

    @property
    def templates(self) -> Path | None:
        """The folder of templates that reports are made from; None: the application's own."""
        return self._templates

    @templates.setter
    def templates(self, folder: Path | None) -> None:
        if folder != self._templates:
            self._templates = folder
            self.template_problem = find_template_problem(folder) if folder is not None else ""
            self.templates_changed.emit()

    def choose_templates(self) -> str | None:
        """Return the folder of templates that a job is to render from; None: our own.

        The person's are looked at first, as in `render`.
        """
        if self._templates is None:
            return None
        problem = find_template_problem(self._templates)
        self._note_problem(problem)
        return None if problem else str(self._templates)

    def render(self, *, draft: bool | None = None) -> Report:
        """Return the report as it stands; with the application's own templates where others fail.

        Raises:
            ReportFault: A template is faulty.
        """
        from inspector_app.report.report import render_report

        if self._templates is not None:
            problem = find_template_problem(self._templates)
            if not problem:
                try:
                    report = render_report(
                        self._get_inspection(), draft=draft, folder=self._templates
                    )
                except TemplateFault as fault:
                    problem = str(fault)
                else:
                    self._note_problem("")
                    return report
            self._note_problem(problem)
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
