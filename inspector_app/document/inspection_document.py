"""`InspectionDocument`: one open inspection, its file and its report."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector_app.errors import InspectionInUse, InspectorError
from inspector_app.files import write_file
from inspector_app.report.report import Report, render_report, write_docx, write_web_page
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.reading import open_for_reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector_app.domain.inspection import Inspection

REPORT_WRITERS = {".docx": write_docx, ".html": write_web_page}
"""What writes a report, by the ending of its file."""


class InspectionDocument(QObject):
    """An open inspection.

    The file is owned while the document is open. One that somebody else owns is shown from a copy;
    `held_by_others` then says who holds it.
    """

    exported = Signal(object)
    """A report was written; carries its path."""

    def __init__(self, path: Path, backups: Path, parent: QObject | None = None) -> None:
        """Open an inspection file.

        Raises:
            FileProblem: It cannot be opened; the message says why.
            InspectionInUse: It is open in this process already.
        """
        super().__init__(parent)
        self.path = path
        self.held_by_others = ""
        self._resources = contextlib.ExitStack()
        self._read_attachment: Callable[[str], bytes | None]
        try:
            file = self._resources.enter_context(InspectionFile.open(path, backups))
        except InspectionInUse as error:
            self.held_by_others = str(error)
            reader = self._resources.enter_context(open_for_reading(path))
            self._inspection = reader.inspection
            self._read_attachment = reader.read_attachment
        else:
            self._inspection = file.inspection
            self._read_attachment = file.read_attachment

    @property
    def inspection(self) -> Inspection:
        """The current value."""
        return self._inspection

    def is_at(self, path: Path) -> bool:
        """Tell whether this is the inspection in that file, by whatever name."""
        with contextlib.suppress(OSError):
            return path.samefile(self.path)
        return False

    def read_attachment(self, sha256: str) -> bytes | None:
        """Return the bytes of a photo or file, or None."""
        return self._read_attachment(sha256)

    def render(self, *, draft: bool | None = None) -> Report:
        """Return the report as it stands.

        Raises:
            ReportFault: A template is faulty.
        """
        return render_report(self._inspection, draft=draft)

    def export(self, target: Path, *, draft: bool | None = None) -> None:
        """Write the report; the ending of the target says the kind.

        Raises:
            InspectorError: The kind is unknown, a template is faulty, or the target cannot be
                written.
        """
        write = REPORT_WRITERS.get(target.suffix.lower())
        if write is None:
            kinds = " or ".join(REPORT_WRITERS)
            raise InspectorError(
                f"“{target.name}” does not say the kind of report: end it {kinds}."
            )
        write_file(target, write(self.render(draft=draft), self._read_attachment))
        self.exported.emit(target)

    def close(self) -> None:
        """Let the file go."""
        self._resources.close()
