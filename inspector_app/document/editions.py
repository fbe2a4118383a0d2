"""The edition of its framework that an open inspection uses, and moving it to the installed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.errors import TemplateFault
from inspector_app.frameworks.editions import find_installed

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.frameworks.editions import LoadedEdition
    from inspector_app.frameworks.moving_editions import Fill


def find_other_edition(document: InspectionDocument) -> LoadedEdition | None:
    """Return the edition that is installed, where the inspection is written with another."""
    edition = document.edition
    return find_installed(edition.framework.id) if edition.is_other or edition.problem else None


def describe_move(document: InspectionDocument, wanted: LoadedEdition) -> str:
    """Return what would change with another edition, a line each."""
    from inspector_app.frameworks.moving_editions import describe_move as describe

    return describe(document.inspection, document.edition, wanted, _make_fill(document))


def find_obstacle(document: InspectionDocument, wanted: LoadedEdition) -> str:
    """Say why an inspection cannot be moved to another edition, or return ""."""
    from inspector_app.frameworks.moving_editions import find_obstacle as find

    return find(document.inspection, wanted)


def move_edition(document: InspectionDocument, wanted: LoadedEdition) -> None:
    """Have an inspection use another edition from now on, as one step that can be undone."""
    from inspector_app.frameworks.moving_editions import draft_move

    draft = document.draft()
    draft_move(draft, document.edition, wanted, _make_fill(document))
    document.apply_draft(draft, f"Use the framework of {wanted.framework.version}")


def _make_fill(document: InspectionDocument) -> Fill:
    """Return what fills names of sections from the details; what cannot be filled stays."""
    from inspector_app.report.standard import StandardTexts

    texts = StandardTexts(document.inspection, document.framework, document.reference)

    def fill(name: str) -> str:
        try:
            return texts.fill(name, "section")
        except TemplateFault:
            return name

    return fill
