"""Writing the report and the evidence index: for the command line, and as jobs of the window."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.document.export_kinds import get_kind
from inspector_app.document.jobs.job_context import say_nothing
from inspector_app.document.templates import choose_usable
from inspector_app.document.written_files import refuse_foreign, write_own_file
from inspector_app.errors import FileProblem
from inspector_app.files import make_file_name
from inspector_app.report.report import render_report

if TYPE_CHECKING:
    from inspector_app.document.export_kinds import ExportKind
    from inspector_app.document.jobs.job_context import JobContext, Tell
    from inspector_app.domain.inspection import Inspection
    from inspector_app.report.report import ReadAttachment

_BRACKETS = re.compile(r"\[[^\[\]<>\n]{2,60}\]")


def make_report(
    inspection: Inspection,
    kind: ExportKind,
    read_attachment: ReadAttachment,
    *,
    draft: bool | None = None,
    templates: Path | str | None = None,
    tell: Tell = say_nothing,
) -> tuple[bytes, bool]:
    """Return the report of an inspection as a file of a kind, and whether it is a draft.

    Args:
        inspection: What was typed.
        kind: A kind of reports.
        read_attachment: Gives photos.
        draft: As in `render_report`.
        templates: The template folder; None: the application's own.
        tell: Hears how far it is, and may raise to stop it.

    Raises:
        InspectorError: A template is faulty, or there is no such folder.
    """
    folder = _get_folder(templates)
    tell("Filling in the template", None)
    report = render_report(inspection, draft=draft, folder=folder)
    tell(f"Making {kind.described}", None)
    return kind.make(report, read_attachment, tell), report.draft


def write_report(
    inspection: Inspection,
    target: Path,
    read_attachment: ReadAttachment,
    *,
    draft: bool | None = None,
    templates: Path | str | None = None,
    replace: bool = False,
    tell: Tell = say_nothing,
) -> bool:
    """Write the report of an inspection; the ending of the target says the kind.

    Args:
        inspection: As in `make_report`, like all that is not named here.
        target: The file; nothing is written before the report is whole.
        read_attachment: See there.
        draft: See there.
        templates: See there.
        replace: As in `write_own_file`.
        tell: See there.

    Returns:
        Whether it is marked as a draft.

    Raises:
        InspectorError: The kind is unknown, a template is faulty, or the target cannot be written.
    """
    kind = get_kind(target, "report")
    if not replace:
        refuse_foreign(target)  # before there is anything to wait for
    data, is_draft = make_report(
        inspection, kind, read_attachment, draft=draft, templates=templates, tell=tell
    )
    tell("Saving the file", None)
    write_own_file(target, data, replace=replace)
    return is_draft


def make_evidence_index(
    inspection: Inspection,
    kind: ExportKind,
    read_attachment: ReadAttachment,
    *,
    templates: Path | str | None = None,
    tell: Tell = say_nothing,
) -> bytes:
    """Return the evidence index of an inspection; all is as in `make_report`."""
    # Reports are written without what this takes.
    from inspector_app.checks.evidence_index import render_evidence_index, write_evidence_csv
    from inspector_app.frameworks.editions import load_edition

    folder = _get_folder(templates)
    framework, reference, *_ = load_edition(inspection)
    if kind.write is None:
        return write_evidence_csv(inspection, framework, reference)
    report = render_evidence_index(inspection, framework, reference, folder)
    return kind.make(report, read_attachment, tell)


def write_evidence_index(
    inspection: Inspection,
    target: Path,
    read_attachment: ReadAttachment,
    *,
    templates: Path | str | None = None,
    replace: bool = False,
    tell: Tell = say_nothing,
) -> None:
    """Write the evidence index of an inspection; all is as in `write_report`."""
    kind = get_kind(target, "index")
    if not replace:
        refuse_foreign(target)
    data = make_evidence_index(inspection, kind, read_attachment, templates=templates, tell=tell)
    write_own_file(target, data, replace=replace)


def export_report(
    context: JobContext, target: str, draft: bool | None, replace: bool, templates: str | None
) -> None:
    """Write the report as a job in the background."""
    write_report(
        context.inspection,
        Path(target),
        context.read_attachment,
        draft=draft,
        templates=choose_usable(templates),
        replace=replace,
        tell=context.tell,
    )


def export_evidence_index(context: JobContext, target: str, templates: str | None) -> None:
    """Write the evidence index as a job in the background.

    The dialog that asked for the place has asked about a file that lies there, too.
    """
    write_evidence_index(
        context.inspection,
        Path(target),
        context.read_attachment,
        templates=choose_usable(templates),
        replace=True,
        tell=context.tell,
    )


def export_content(context: JobContext, target: str) -> None:
    """Write everything that was typed, and the photos, as content (JSON), as a job.

    The dialog that asked for the place has asked about a file that lies there, too.
    """
    from inspector_app.content.writing import write_content

    context.tell("Collecting the content", None)
    data = write_content(context.inspection, context.read_attachment)
    context.tell("Saving the file", None)
    write_own_file(Path(target), data, replace=True)


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
    if templates is None:
        return None
    folder = Path(templates)
    if not folder.is_dir():
        raise FileProblem(
            f"There is no folder “{folder}” to take templates from. Nothing was saved."
        )
    return folder
