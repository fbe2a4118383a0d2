"""How far each part of an inspection is: empty, begun or complete.

Complete is what has all that the framework's form requires, no gap, and no open error or warning.
"""

from __future__ import annotations

from collections import Counter
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
    from collections.abc import Iterable, Mapping, Set

    from inspector_app.checks.check_run import CheckRun
    from inspector_app.domain.entities import Details
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework
    from inspector_app.ui.outline.entries import OutlineEntry
    from inspector_app.ui.outline.page_finder import PageFinder

_RATED = ("ratings", "judgements", "limiters")
"""Fields of the details that stand in the ratings panel."""

Progress: TypeAlias = Literal["empty", "begun", "complete"]


def measure(
    entry: OutlineEntry, inspection: Inspection, framework: Framework, still_open: int = 0
) -> Progress | None:
    """Return how far the part behind a line of the outline is.

    Args:
        entry: The line.
        inspection: As it is now.
        framework: The inspection's.
        still_open: Gaps and results of checks; with any of them nothing is complete.

    Returns:
        None where nothing is to be done.
    """
    progress = _measure(entry, inspection, framework)
    return "begun" if still_open and progress == "complete" else progress


def _measure(entry: OutlineEntry, inspection: Inspection, framework: Framework) -> Progress | None:
    details = inspection.details
    judged = _list_judged(details, framework)
    if entry.kind == DETAILS:
        return _measure_details(details, framework)
    if entry.kind == RATINGS:
        rated = [item.id in judged for item in framework.key_questions]
        regime = framework.find_regime(details.regime)
        if regime is not None and "overall_rating" in regime.required:
            rated.append(bool(details.ratings.get("overall")))
        return _share(rated)
    if entry.kind == ACTIONS:
        texts = [bool(action.text.strip()) for action in inspection.everywhere(Action)]
        return _share(texts or [any(True for _ in inspection.everywhere(Notice))])
    if entry.kind == NOTICES:
        notices = list(inspection.everywhere(Notice))
        # A notice that is there is more than nothing, whatever it lacks.
        return _share([bool(notices), *(_is_whole(inspection, notice) for notice in notices)])
    if entry.kind == EVIDENCE:
        return "complete" if inspection.child_ids(inspection.id, EvidenceNote) else "empty"
    if entry.kind == REPORT:
        return "complete" if details.state in {"final", "published"} else "begun"
    if entry.kind == VERSIONS:
        return None
    return _measure_part(inspection, framework, entry.entity, judged)


def _measure_part(
    inspection: Inspection, framework: Framework, id_: str, judged: Set[str]
) -> Progress:
    part = inspection.find(id_)
    if isinstance(part, Topic):
        question = inspection.get(part.parent, KeyQuestion).key_question
        written = [_has_text(inspection, part.id)]
        if part.lead.strip() or framework.has_leads(question, part.topic):
            written.append(bool(part.lead.strip()))
        return _share(written)
    if isinstance(part, KeyQuestion):
        ids = inspection.child_ids(part.id, Topic)
        topics = [_measure_part(inspection, framework, topic, judged) for topic in ids]
        is_judged, has_summary = part.key_question in judged, _has_text(inspection, part.id)
        is_written = all(topic == "complete" for topic in topics) and (topics or has_summary)
        if is_judged and is_written:
            return "complete"
        begun = is_judged or has_summary or any(topic != "empty" for topic in topics)
        return "begun" if begun else "empty"
    if isinstance(part, Section):
        return "complete" if _has_text(inspection, part.id) else "empty"
    return "empty"


def _has_text(inspection: Inspection, parent: str) -> bool:
    return any(
        block.text.strip() or block.rows or block.attachment
        for block in inspection.children(parent, Block)
    )


def _list_judged(details: Details, framework: Framework) -> Set[str]:
    """Return the key questions that have what the regime wants: a judgement or a rating."""
    regime = framework.find_regime(details.regime)
    is_met = regime is not None and regime.judged_by == "met"
    chosen = details.judgements if is_met else details.ratings
    return {question for question, value in chosen.items() if value}


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
    return "complete" if all(found) else "begun"


def measure_checks(run: CheckRun | None) -> Progress:
    """Return how far the checks are: complete when no error and no warning is open."""
    if run is None:
        return "empty"
    return "begun" if run.count("error") or run.count("warning") else "complete"


def count_checks(
    run: CheckRun | None, finder: PageFinder, inspection: Inspection
) -> Mapping[str, int]:
    """Return how many errors and warnings are open, by the id of the line that leads to them."""
    counts: Counter[str] = Counter()
    for result in run.results if run is not None else ():
        if result.severity == "hint":
            continue
        name, _, key = result.place.field.partition(".")
        is_details = result.place.entity == inspection.id
        if is_details and (name in _RATED or name.startswith("overall_")):
            counts[RATINGS] += 1
            counts[f"key_question/{key}"] += 1
        elif is_details and name == "sections":
            counts[f"section/{key}"] += 1
        elif (entry := finder.find(result.place.entity, inspection)) is not None:
            counts[entry.id] += 1
    return counts
