"""Setting results aside with a reason, and taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.checks.running import WHOLE_CHECK
from inspector_app.domain.entities import SetAside
from inspector_app.domain.ids import new_id

if TYPE_CHECKING:
    from inspector_app.checks.result import CheckResult
    from inspector_app.document.inspection_document import InspectionDocument


def set_aside(document: InspectionDocument, result: CheckResult, name: str, reason: str) -> None:
    """Set one result aside; `name` is what its check is called."""
    _keep(document, result.check, result.key, reason, f"Set aside: {name}")


def set_check_aside(document: InspectionDocument, check: str, name: str, reason: str) -> None:
    """Set all that a check finds aside, now and later."""
    _keep(document, check, WHOLE_CHECK, reason, f"Set aside all: {name}")


def take_back(document: InspectionDocument, check: str, key: str, name: str) -> None:
    """Let a result be open again; where its whole check was set aside, the whole check."""
    draft = document.draft()
    for item in list(document.inspection.all(SetAside)):
        if item.check == check and item.place in {key, WHOLE_CHECK}:
            draft.delete(item.id)
    document.apply_draft(draft, f"Show again: {name}")


def is_set_aside_whole(document: InspectionDocument, check: str) -> bool:
    """Tell whether all of a check is set aside."""
    return any(
        item.check == check and item.place == WHOLE_CHECK
        for item in document.inspection.all(SetAside)
    )


def _keep(document: InspectionDocument, check: str, place: str, reason: str, label: str) -> None:
    draft = document.draft()
    root = draft.result.id
    position = draft.position_at_end(root, SetAside)
    draft.create(
        SetAside(
            id=new_id(), parent=root, position=position, check=check, place=place, reason=reason
        )
    )
    document.apply_draft(draft, label)
