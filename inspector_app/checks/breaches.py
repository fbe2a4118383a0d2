"""Breaches, musts, notices and judgements must tell the same story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.checks.finding import Hit, Place
from inspector_app.domain.entities import Block, Notice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.checks.finding import CheckFunction
    from inspector_app.checks.subject import Subject


def find_breach_without_notice(subject: Subject) -> Iterator[Hit]:
    """Find breach statements in the running text whose regulation no notice answers."""
    answered = {notice.regulation for notice in subject.notices}
    for entity in subject.inspection:
        if (
            isinstance(entity, Block)
            and entity.kind == "breach"
            and (not entity.regulation or entity.regulation not in answered)
        ):
            yield Hit(
                Place(entity.id, "text"),
                {"regulation": subject.name_regulation(entity.regulation)},
                entity.regulation,
            )


def find_unrated_not_met_without_breach(subject: Subject) -> Iterator[Hit]:
    """Find key questions judged not met that no notice stands under."""
    breached = {_question_of(subject, notice) for notice in subject.notices}
    for question, judgement in subject.details.judgements.items():
        if judgement == "not_met" and question not in breached:
            yield Hit(
                subject.at_details(f"judgements.{question}"),
                {"question": subject.name_question(question)},
            )


def _question_of(subject: Subject, notice: Notice) -> str:
    """Return the key question that a breach is reported under, or ""."""
    if notice.key_question:
        return notice.key_question
    regulation = subject.reference.regulations.get(notice.regulation)
    return next(iter(regulation.key_questions), "") if regulation else ""


CHECKS: Mapping[str, CheckFunction] = {
    "breach_without_notice": find_breach_without_notice,
    "not_met_without_breach": find_unrated_not_met_without_breach,
}
