"""The three places of one breach in the report, by the report's own template."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from lxml import etree
from msgspec.structs import replace

from inspector_app.domain.entities import Attachment, Block, Edition, Notice
from inspector_app.domain.inspection import Inspection
from inspector_app.frameworks.editions import load_edition
from inspector_app.report.report import load_style_sheet, render_report
from inspector_app.report.splitting import split_report
from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.report.pieces import Piece

_BREACH = "//*[@class='notice-breach']"


class NoticePart(msgspec.Struct, frozen=True):
    """What a breach gives the report."""

    must: str
    """The line in the summary, plain; empty where none prints."""
    row: str
    """What prints of it at the end of the report, as HTML: its row of the notice table."""
    breach: str
    """The sentence at the end of the row, plain; empty where none prints."""
    style: str
    """The style sheet of the templates."""


def render_notice(inspection: Inspection, notice: str, folder: Path | None = None) -> NoticePart:
    """Render one breach as the report prints it, whatever the size of the rest.

    Args:
        inspection: What was typed.
        notice: Id of the breach.
        folder: The template folder; None: the application's own.

    Raises:
        KeyError: There is no such notice.
        TemplateFault: The template is faulty.
    """
    details = inspection.details
    blocks = list(inspection.children(notice, Block))
    pictures = {block.attachment: inspection.find(block.attachment) for block in blocks}
    frame: list[AnyEntity] = [details, *inspection.all(Edition)]
    alone = Inspection(
        [
            *frame,
            # All stand in the same tables, whichever service they are of.
            replace(inspection.get(notice, Notice), parent=details.id),
            *blocks,
            *(item for item in pictures.values() if isinstance(item, Attachment)),
        ]
    )
    report = render_report(alone, draft=True, folder=folder)
    without = render_report(Inspection(frame), draft=True, folder=folder)
    row = _find_row(split_report(report.html), split_report(without.html), notice)
    regime = load_edition(inspection).framework.get_regime(details.regime, details.form)
    musts = report.context["musts"] if regime.prints("musts") else ()
    return NoticePart(
        must=musts[0].text if musts else "",
        row=row,
        breach=_read_breach(row),
        style=load_style_sheet(report.folder, "preview.css"),
    )


def _find_row(pieces: list[Piece], others: list[Piece], notice: str) -> str:
    """Return the tables that print with a breach only; without tables, all that does.

    Its line among the musts has its id, and is no part of the row.
    """
    there = {piece.html for piece in others}
    new = [piece for piece in pieces if piece.html not in there]
    if tables := [piece.html for piece in new if piece.is_table]:
        return "".join(tables)
    return "".join(
        f"{piece.opening}{piece.html}{piece.closing}"
        for piece in new
        if f'data-id="{notice}"' not in piece.html
    )


def _read_breach(row: str) -> str:
    if not row:
        return ""
    parser = etree.XMLParser(huge_tree=True)
    root = etree.fromstring(f"<div>{row}</div>".encode(), parser)
    found = root.xpath(_BREACH)
    return collapse_spaces("".join(found[-1].itertext())) if found else ""
