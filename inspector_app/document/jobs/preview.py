"""The jobs behind previews: what changed of the report since it was last asked, and one breach."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from inspector_app.report.pieces import Hunk, Piece, compare_pieces

if TYPE_CHECKING:
    from inspector_app.document.jobs.job_context import JobContext
    from inspector_app.report.notice_part import NoticePart


class ReportUpdate(msgspec.Struct, frozen=True):
    """What makes the report of one revision into the report as it stands."""

    revision: int
    style: str
    """The style sheet of the templates; "" where it is as it was."""
    whole: bool
    """Whether the hunks start from nothing instead of from the revision that was named."""
    hunks: tuple[Hunk, ...]


def render_update(
    context: JobContext, view: str, revision: int, templates: str | None
) -> ReportUpdate:
    """Return what changed of the report.

    Args:
        context: See there.
        view: A name for who asks; each is remembered by itself.
        revision: What the last answer was called; 0 for the first time.
        templates: The template folder; None: the application's own.
    """
    # What reads and makes reports is imported with the first of them.
    from inspector_app.document.templates import choose_usable
    from inspector_app.report.report import load_report_style, render_report
    from inspector_app.report.splitting import split_report

    report = render_report(context.inspection, folder=choose_usable(templates))
    pieces = split_report(report.html)
    known, before = cast("tuple[int, list[Piece]]", context.memory.get(view, (0, [])))
    whole = not revision or known != revision
    context.memory[view] = (known + 1, pieces)
    hunks = [Hunk(0, 0, tuple(pieces))] if whole else compare_pieces(before, pieces)
    style = load_report_style(report, "preview.css") if whole else ""
    return ReportUpdate(known + 1, style, whole, tuple(hunks))


def render_notice_update(context: JobContext, notice: str, templates: str | None) -> NoticePart:
    """Return what a breach gives the report; of one that is gone, nothing.

    Args:
        context: See there.
        notice: Id of the breach.
        templates: The template folder; None: the application's own.
    """
    from inspector_app.document.templates import choose_usable
    from inspector_app.report.notice_part import NoticePart, render_notice

    if context.inspection.find(notice) is None:
        return NoticePart("", "", "", "")
    return render_notice(context.inspection, notice, choose_usable(templates))
