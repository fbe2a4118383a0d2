"""A report as it is printed: its text, style sheet and pictures, with nothing left to ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from inspector_app.report.phrases import get_location_name
from inspector_app.report.pictures import PrintedPicture, PrintedPictures, Room, place_pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from inspector_app.document.jobs.job_context import JobContext
    from inspector_app.report.report import Report


_TABLE = re.compile(r'<table class="([\w-]+)"[^>]*>')
_ROW_END = re.compile("</tr>")
_CELL = re.compile(r"<t[hd]\b")


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
        TemplateFault: The style sheet `web/print.css` is missing, or `styles.toml` is faulty.
    """
    # What reads and makes reports is imported with the first of them.
    from inspector_app.report.report import get_publication_line, load_report_style
    from inspector_app.report.style_map import load_style_map

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
        _share_columns(html, load_style_map(report.folder).column_widths),
        load_report_style(report, "print.css"),
        pictures,
    )


def _share_columns(html: str, widths: Mapping[str, Sequence[float]]) -> str:
    """Return the HTML with the columns of its tables as wide as they are in Word.

    Args:
        html: The report's.
        widths: Shares of the text's width in percent, by table; see `styles.toml`.
    """
    parts: list[str] = []
    at = 0
    for table in _TABLE.finditer(html):
        shares = widths.get(f"table.{table[1]}", ())
        row = _ROW_END.search(html, table.end())
        cells = [*_CELL.finditer(html, table.end(), row.start() if row else table.end())]
        if len(cells) == len(shares):
            for share, cell in zip(shares, cells, strict=True):
                parts += (html[at : cell.end()], f' width="{share:g}%"')
                at = cell.end()
    return "".join((*parts, html[at:]))


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
