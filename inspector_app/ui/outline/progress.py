"""How far each part of an inspection is: empty, begun or filled. A help for the eye, no check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from inspector_app.domain.entities import (
    Action,
    Block,
    EvidenceNote,
    KeyQuestion,
    Notice,
    Section,
    Topic,
)
from inspector_app.ui.outline.entries import (
    ACTIONS,
    DETAILS,
    EVIDENCE,
    NOTICES,
    RATINGS,
    REPORT,
    VERSIONS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector_app.checks.check_run import CheckRun
    from inspector_app.domain.entities import Details
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework
    from inspector_app.ui.outline.entries import OutlineEntry

Progress: TypeAlias = Literal["empty", "begun", "filled"]


def measure(
    entry: OutlineEntry, inspection: Inspection, framework: Framework, gaps: int = 0
) -> Progress:
    """Return how far the part behind a line of the outline is; with gaps it is never filled."""
    progress = _measure(entry, inspection, framework)
    return "begun" if gaps and progress == "filled" else progress


def _measure(entry: OutlineEntry, inspection: Inspection, framework: Framework) -> Progress:
    details = inspection.details
    if entry.kind == DETAILS:
        return _measure_details(details, framework)
    if entry.kind == RATINGS:
        return _share(_is_judged(details, item.id) for item in framework.key_questions)
    if entry.kind == ACTIONS:
        texts = [bool(action.text.strip()) for action in inspection.all(Action)]
        return _share(texts or [any(True for _ in inspection.all(Notice))])
    if entry.kind == NOTICES:
        notices = list(inspection.all(Notice))
        # A notice that is there is more than nothing, whatever it lacks.
        return _share([bool(notices), *(_is_whole(inspection, notice) for notice in notices)])
    if entry.kind == EVIDENCE:
        return "filled" if inspection.child_ids(inspection.id, EvidenceNote) else "empty"
    if entry.kind == REPORT:
        return "filled" if details.state in {"final", "published"} else "begun"
    if entry.kind == VERSIONS:
        return "filled"  # every change is kept from the first one on
    return _measure_part(inspection, entry.entity)


def _measure_part(inspection: Inspection, id_: str) -> Progress:
    part = inspection.find(id_)
    if isinstance(part, Topic):
        return _share([bool(part.lead.strip()), _has_text(inspection, part.id)])
    if isinstance(part, KeyQuestion):
        topics = [
            _measure_part(inspection, topic) for topic in inspection.child_ids(part.id, Topic)
        ]
        judged = _is_judged(inspection.details, part.key_question)
        if judged and all(topic == "filled" for topic in topics):
            return "filled"
        begun = judged or any(topic != "empty" for topic in topics)
        return "begun" if begun or _has_text(inspection, part.id) else "empty"
    if isinstance(part, Section):
        return "filled" if _has_text(inspection, part.id) else "empty"
    return "empty"


def _has_text(inspection: Inspection, parent: str) -> bool:
    return any(
        block.text.strip() or block.rows or block.attachment
        for block in inspection.children(parent, Block)
    )


def _is_judged(details: Details, question: str) -> bool:
    return bool(details.ratings.get(question) or details.judgements.get(question))


def _measure_details(details: Details, framework: Framework) -> Progress:
    regime = framework.find_regime(details.regime, details.form)
    names = [name for name in (regime.required if regime else ()) if hasattr(details, name)]
    visited = bool(details.visit_dates or details.visit_from)
    return _share(
        visited if name == "visit_dates" else bool(getattr(details, name))
        for name in names or ["location_name", "provider_name"]
    )


def _is_whole(inspection: Inspection, notice: Notice) -> bool:
    return bool(notice.regulation and notice.activities) and _has_text(inspection, notice.id)


def _share(parts: Iterable[bool]) -> Progress:
    found = list(parts)
    if not any(found):
        return "empty"
    return "filled" if all(found) else "begun"


def measure_checks(run: CheckRun | None) -> Progress:
    """Return how far the checks are: filled when no error and no warning is open."""
    if run is None:
        return "empty"
    return "begun" if run.count("error") or run.count("warning") else "filled"
