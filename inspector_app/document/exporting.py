"""Writing the report and the evidence index: for the command line, and as jobs of the window."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.document.export_kinds import get_kind
from inspector_app.document.templates import choose_usable
from inspector_app.files import make_file_name, write_file
from inspector_app.report.report import render_report

if TYPE_CHECKING:
    from inspector_app.document.jobs.job_context import JobContext, Tell
    from inspector_app.domain.inspection import Inspection
    from inspector_app.report.report import ReadAttachment

_BRACKETS = re.compile(r"\[[^\[\]<>\n]{2,60}\]")


def _say_nothing(text: str, share: float | None) -> None:
    """Tell nobody."""


def write_report(
    inspection: Inspection,
    target: Path,
    read_attachment: ReadAttachment,
    *,
    draft: bool | None = None,
    templates: Path | str | None = None,
    tell: Tell = _say_nothing,
) -> bool:
    """Write the report of an inspection; the ending of the target says the kind.

    Args:
        inspection: What was typed.
        target: The file; nothing is written before the report is whole.
        read_attachment: Gives photos.
        draft: As in `render_report`.
        templates: The template folder; None: the application's own.
        tell: Hears how far it is, and may raise to stop it.

    Returns:
        Whether it is marked as a draft.

    Raises:
        InspectorError: The kind is unknown, a template is faulty, or the target cannot be written.
    """
    kind = get_kind(target, "report")
    tell("Filling in the template", None)
    report = render_report(inspection, draft=draft, folder=_get_folder(templates))
    tell(f"Making {kind.described}", None)
    data = kind.make(report, read_attachment, tell)
    tell("Writing the file", None)
    write_file(target, data)
    return report.draft


def write_evidence_index(
    inspection: Inspection,
    target: Path,
    read_attachment: ReadAttachment,
    *,
    templates: Path | str | None = None,
    tell: Tell = _say_nothing,
) -> None:
    """Write the evidence index of an inspection; all is as in `write_report`."""
    # Reports are written without what this takes.
    from inspector_app.checks.evidence_index import render_evidence_index, write_evidence_csv
    from inspector_app.frameworks.load import load_framework, load_reference

    kind = get_kind(target, "index")
    framework, reference = load_framework(inspection.details.framework), load_reference()
    if kind.write is None:
        data = write_evidence_csv(inspection, framework, reference)
    else:
        report = render_evidence_index(inspection, framework, reference, _get_folder(templates))
        data = kind.make(report, read_attachment, tell)
    write_file(target, data)


def export_report(
    context: JobContext, target: str, draft: bool | None, templates: str | None
) -> None:
    """Write the report as a job in the background."""
    write_report(
        context.inspection,
        Path(target),
        context.read_attachment,
        draft=draft,
        templates=choose_usable(templates),
        tell=context.tell,
    )


def export_evidence_index(desk: JobContext, target: str, templates: str | None) -> None:
    """Write the evidence index as a job in the background."""
    write_evidence_index(
        desk.inspection,
        Path(target),
        desk.read_attachment,
        templates=choose_usable(templates),
        tell=desk.tell,
    )


def find_missing(context: JobContext, draft: bool, templates: str | None) -> list[str]:
    """Return what the report asks for in square brackets, each once, as a job."""
    html = render_report(context.inspection, draft=draft, folder=choose_usable(templates)).html
    return list(dict.fromkeys(unescape(found) for found in _BRACKETS.findall(html)))


def propose_name(inspection: Inspection, *, draft: bool) -> str:
    """Return the name of a report's file without its ending: service, date of the visit, draft."""
    details = inspection.details
    day = max(details.visit_dates, default=details.visit_to or details.visit_from)
    name = make_file_name(details.location_name, "Inspection")
    parts = [name, "inspection report", day.isoformat() if day else "", "draft" if draft else ""]
    return " ".join(part for part in parts if part)


def _get_folder(templates: Path | str | None) -> Path | None:
    return None if templates is None else Path(templates)
