"""What makes the page of each entry of the outline.

A page's module is imported when the page is first shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.ui.outline import entries

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.outline.entries import OutlineEntry
    from inspector_app.ui.pages.page import Page
    from inspector_app.ui.prompts import Prompts


def make_page(document: InspectionDocument, prompts: Prompts, entry: OutlineEntry) -> Page:
    """Return a new page for an entry of the outline.

    Raises:
        KeyError: The entry has no page in the centre.
    """
    part = entry.id.partition("/")[2]
    match entry.kind:
        case entries.DETAILS:
            from inspector_app.ui.pages.details import DetailsPage

            return DetailsPage(document, prompts)
        case "key_question":
            from inspector_app.ui.pages.key_question import KeyQuestionPage

            return KeyQuestionPage(document, prompts, part)
        case "section":
            from inspector_app.ui.pages.section import SectionPage

            return SectionPage(document, prompts, part)
        case entries.ACTIONS:
            from inspector_app.ui.pages.actions import ActionsPage

            return ActionsPage(document, prompts)
        case entries.NOTICES:
            from inspector_app.ui.pages.notices import NoticesPage

            return NoticesPage(document, prompts)
        case entries.EVIDENCE:
            from inspector_app.ui.pages.evidence import EvidencePage

            return EvidencePage(document, prompts)
        case entries.CHECKS:
            from inspector_app.ui.pages.checks import ChecksPage

            return ChecksPage(document, prompts)
        case entries.REPORT:
            from inspector_app.ui.pages.report import ReportPage

            return ReportPage(document, prompts)
        case entries.VERSIONS:
            from inspector_app.ui.pages.versions import VersionsPage

            return VersionsPage(document, prompts)
    raise KeyError(entry.kind)
