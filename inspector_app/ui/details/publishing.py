"""Asking before an inspection is published: what is still open, and what publishing means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.checks.counts import describe_open
from inspector_app.domain.entities import KeyQuestion
from inspector_app.report.context import OVERALL
from inspector_app.texts import pluralise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.prompts import Prompts

_MEANING = (
    "After that nothing can be changed until it is reopened. The history shows when, and by whom."
)


def ask_to_publish(document: InspectionDocument, prompts: Prompts) -> bool:
    """Return whether the person wants to publish, knowing what is still open."""
    still = "\n".join(f"• {line}" for line in list_open(document))
    told = (
        f"Still open:\n{still}" if still else "No gap, error or warning is left, and all is rated."
    )
    return prompts.confirm("Publish this inspection?", f"{told}\n\n{_MEANING}", "Publish")


def list_open(document: InspectionDocument) -> Iterator[str]:
    """Yield what is not done yet: gaps, checks, and what has no rating or judgement."""
    if gaps := document.gaps.count():
        yield f"{pluralise(gaps, 'gap')} to fill in"
    run = document.checks.answer
    if run is None or run.count("error") or run.count("warning"):
        yield describe_open(run) if run is not None else "the checks, which are not finished yet"
    if names := list(_list_unrated(document)):
        yield f"without a {_name_choice(document)}: {', '.join(names)}"


def _list_unrated(document: InspectionDocument) -> Iterator[str]:
    details, framework = document.inspection.details, document.framework
    is_met = _name_choice(document) == "judgement"
    chosen = details.judgements if is_met else details.ratings
    included = {item.key_question for item in document.inspection.all(KeyQuestion)}
    for question in framework.key_questions:
        if question.id in included and not chosen.get(question.id):
            yield question.name
    if not is_met and not chosen.get(OVERALL):
        yield "Overall"


def _name_choice(document: InspectionDocument) -> str:
    regime = document.framework.find_regime(document.inspection.details.regime)
    return "judgement" if regime is not None and regime.judged_by == "met" else "rating"
