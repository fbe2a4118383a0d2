"""A report as it is printed: its text, style sheet and pictures, with nothing left to ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from inspector_app.report.phrases import get_location_name
from inspector_app.report.pictures import PrintedPicture, PrintedPictures, Room, place_pictures

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.document.jobs.job_context import JobContext
    from inspector_app.report.report import Report


class PrintableReport(msgspec.Struct, frozen=True):
    """What pages are painted from. It goes through a pipe, so that a worker can make it."""

    title: str
    location_name: str
    kind: str
    draft: bool
    publication_line: str
    html: str
    """Pictures have addresses in it, of what `find` gives."""
    style_sheet: str
    pictures: dict[str, PrintedPicture]

    def find(self, sha256: str, share: float) -> PrintedPicture | None:
        """See `PrintedPictures.find`."""
        return self.pictures.get(_name(sha256, share))


def gather_printable(
    report: Report, read_attachment: Callable[[str], bytes | None], room: Room
) -> PrintableReport:
    """Return a report with all that its pages show.

    Args:
        report: The report.
        read_attachment: Gives its photos.
        room: What a page has for a picture.

    Raises:
        TemplateFault: The style sheet `web/print.css` is missing.
    """
    # What reads and makes reports is imported with the first of them.
    from inspector_app.report.report import get_publication_line, load_report_style

    pictures: dict[str, PrintedPicture] = {}

    def describe(sha256: str, share: float, picture: PrintedPicture) -> str:
        pictures[_name(sha256, share)] = picture
        return f'src="attachment:{_name(sha256, share)}"'

    html = place_pictures(report.html, PrintedPictures(read_attachment, room), describe)
    return PrintableReport(
        report.title,
        get_location_name(report.inspection),
        report.kind,
        report.draft,
        get_publication_line(report),
        html,
        load_report_style(report, "print.css"),
        pictures,
    )


def _name(sha256: str, share: float) -> str:
    return f"{sha256}#{share}"


def render_printable(
    context: JobContext, draft: bool, room: tuple[float, float], templates: str | None
) -> PrintableReport:
    """Make what is printed of the report, as a job.

    Args:
        context: See there.
        draft: Whether it says that it is a draft.
        room: Inches that a page has for a picture.
        templates: The template folder; None: the application's own.
    """
    from inspector_app.document.templates import choose_usable
    from inspector_app.report.report import render_report

    context.tell("Making the pages", None)
    report = render_report(context.inspection, draft=draft, folder=choose_usable(templates))
    return gather_printable(report, context.read_attachment, Room(*room))
