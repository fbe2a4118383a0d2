"""The three places of one breach in the report, by the report's own templates."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.assets import get_templates_folder
from inspector_app.domain.entities import Attachment, Block, Notice
from inspector_app.domain.inspection import Inspection
from inspector_app.report.context import build_context
from inspector_app.report.rendering import get_renderer

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.frameworks.model import Framework, Reference

_TEMPLATE = "partials/notices.html.j2"
_TABLE = re.compile(r'<table class="notices">.*</table>', re.DOTALL)
_BREACH = re.compile(r'<p class="notice-breach">(.*?)</p>', re.DOTALL)


class NoticePart(NamedTuple):
    """What a breach gives the report."""

    must: str
    """The line in the summary, plain; empty where none prints."""
    row: str
    """The notice table with this row only, as HTML."""
    breach: str
    """The sentence at the end of the row, plain; empty where none prints."""


def render_notice(
    inspection: Inspection,
    notice: str,
    framework: Framework,
    reference: Reference,
    folder: Path | None = None,
) -> NoticePart:
    """Render one breach as the report prints it, whatever the size of the rest.

    Args:
        inspection: What was typed.
        notice: Id of the breach.
        framework: The inspection's framework.
        reference: Regulations and activities.
        folder: The template folder; None: the application's own.

    Raises:
        KeyError: There is no such notice.
        TemplateFault: The template is faulty.
    """
    blocks = list(inspection.children(notice, Block))
    pictures = {block.attachment: inspection.find(block.attachment) for block in blocks}
    alone = Inspection(
        [
            inspection.details,
            inspection.get(notice, Notice),
            *blocks,
            *(item for item in pictures.values() if isinstance(item, Attachment)),
        ]
    )
    context = build_context(alone, framework, reference, draft=True)
    text = get_renderer(folder or get_templates_folder()).render(_TEMPLATE, context)
    table = _TABLE.search(text)
    breach = _BREACH.search(text)
    musts = context["musts"]
    return NoticePart(
        must=musts[0].text if musts else "",
        row=table.group() if table else "",
        breach=html.unescape(breach[1]) if breach else "",
    )
