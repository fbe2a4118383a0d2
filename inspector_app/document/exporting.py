"""Writing the report to a file: which ending means what, and the job that does it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.errors import InspectorError
from inspector_app.files import make_file_name, write_file
from inspector_app.report.report import Report, render_report, write_docx, write_web_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.document.jobs.job_context import JobContext, Tell
    from inspector_app.domain.inspection import Inspection

KINDS = {".docx": "Word", ".pdf": "PDF", ".html": "Web page"}
"""What a report can be written as, by the ending of its file."""

_BRACKETS = re.compile(r"\[[^\[\]<>\n]{2,60}\]")


def write_report(
    inspection: Inspection,
    target: Path,
    read_attachment: Callable[[str], bytes | None],
    *,
    draft: bool | None = None,
    templates: str | None = None,
    tell: Tell | None = None,
) -> None:
    """Write the report of an inspection; the ending of the target says the kind.

    Args:
        inspection: What was typed.
        target: The file; nothing is written before the report is whole.
        read_attachment: Gives photos.
        draft: As in `render_report`.
        templates: The template folder; None: the application's own.
        tell: Hears how far it is, and may raise to stop it.

    Raises:
        InspectorError: The kind is unknown, a template is faulty, or the target cannot be written.
    """
    tell = tell or _say_nothing
    kind = target.suffix.lower()
    if kind not in KINDS:
        kinds = " or ".join(KINDS)
        raise InspectorError(f"“{target.name}” does not say the kind of report: end it {kinds}.")
    tell("Filling in the template", None)
    report = render_report(inspection, draft=draft, folder=_get_folder(templates))
    tell(f"Making the {'web page' if kind == '.html' else KINDS[kind]} file", None)
    data = write_as(kind, report, read_attachment, tell)
    tell("Writing the file", None)
    write_file(target, data)


def export_report(
    context: JobContext, target: str, draft: bool | None, templates: str | None
) -> None:
    """Do the same as a job in the background."""
    write_report(
        context.inspection,
        Path(target),
        context.read_attachment,
        draft=draft,
        templates=templates,
        tell=context.tell,
    )


def write_as(
    kind: str,
    report: Report,
    read_attachment: Callable[[str], bytes | None],
    tell: Tell | None = None,
) -> bytes:
    """Return a report as the bytes of a file of one of the `KINDS`."""
    if kind == ".docx":
        return write_docx(report, read_attachment)
    if kind == ".html":
        return write_web_page(report, read_attachment)
    # Painting takes much to import, which the start of the window need not wait for.
    from inspector_app.document.pdf import write_pdf

    return write_pdf(report, read_attachment, tell)


def find_missing(context: JobContext, draft: bool, templates: str | None) -> list[str]:
    """Return what the report asks for in square brackets, each once, as a job."""
    html = render_report(context.inspection, draft=draft, folder=_get_folder(templates)).html
    return list(dict.fromkeys(unescape(found) for found in _BRACKETS.findall(html)))


def propose_name(inspection: Inspection, *, draft: bool) -> str:
    """Return the name of a report's file without its ending: service, date of the visit, draft."""
    details = inspection.details
    day = max(details.visit_dates, default=details.visit_to or details.visit_from)
    name = make_file_name(details.location_name, "Inspection")
    parts = [name, "inspection report", day.isoformat() if day else "", "draft" if draft else ""]
    return " ".join(part for part in parts if part)


def _get_folder(templates: str | None) -> Path | None:
    return None if templates is None else Path(templates)


def _say_nothing(text: str, share: float | None) -> None:
    """Tell nobody."""
