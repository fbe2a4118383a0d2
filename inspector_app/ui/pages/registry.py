"""What makes the page of each entry of the outline.

A page's module is imported when the page is first shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.ui.outline.entries import (
    ACTIONS,
    CHECKS,
    DETAILS,
    EVIDENCE,
    NOTICES,
    REPORT,
    VERSIONS,
)

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
    return _MAKERS[entry.kind](document, prompts, entry.id.partition("/")[2])


def _make_details(document: InspectionDocument, prompts: Prompts, _: str) -> Page:
    from inspector_app.ui.pages.details import DetailsPage

    return DetailsPage(document, prompts)


def _make_key_question(document: InspectionDocument, prompts: Prompts, part: str) -> Page:
    from inspector_app.ui.pages.key_question import KeyQuestionPage

    return KeyQuestionPage(document, prompts, part)


def _make_section(document: InspectionDocument, prompts: Prompts, part: str) -> Page:
    from inspector_app.ui.pages.section import SectionPage

    return SectionPage(document, prompts, part)


def _make_actions(document: InspectionDocument, prompts: Prompts, _: str) -> Page:
    from inspector_app.ui.pages.actions import ActionsPage

    return ActionsPage(document, prompts)


def _make_notices(document: InspectionDocument, prompts: Prompts, _: str) -> Page:
    from inspector_app.ui.pages.notices import NoticesPage

    return NoticesPage(document, prompts)


def _make_evidence(document: InspectionDocument, prompts: Prompts, _: str) -> Page:
    from inspector_app.ui.pages.evidence import EvidencePage

    return EvidencePage(document, prompts)


def _make_checks(document: InspectionDocument, prompts: Prompts, _: str) -> Page:
    from inspector_app.ui.pages.checks import ChecksPage

    return ChecksPage(document, prompts)


def _make_report(document: InspectionDocument, prompts: Prompts, _: str) -> Page:
    from inspector_app.ui.pages.report import ReportPage

    return ReportPage(document, prompts)


def _make_versions(document: InspectionDocument, prompts: Prompts, _: str) -> Page:
    from inspector_app.ui.pages.versions import VersionsPage

    return VersionsPage(document, prompts)


_MAKERS = {
    DETAILS: _make_details,
    "key_question": _make_key_question,
    "section": _make_section,
    ACTIONS: _make_actions,
    NOTICES: _make_notices,
    EVIDENCE: _make_evidence,
    CHECKS: _make_checks,
    REPORT: _make_report,
    VERSIONS: _make_versions,
}
