"""Breaches, musts, notices and judgements must tell the same story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.checks.judged import list_judged
from inspector_app.checks.language import tell_date
from inspector_app.checks.result import Location, Occurrence
from inspector_app.domain.entities import Action, Block, Notice
from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.checks.judged import Judged
    from inspector_app.checks.subject import CheckFunction, Subject


def find_breach_without_notice(subject: Subject) -> Iterator[Occurrence]:
    """Find breach statements in the running text whose regulation no notice answers."""
    answered = {notice.regulation for notice in subject.notices}
    for entity in subject.parts(Block):
        if entity.kind == "breach" and (not entity.regulation or entity.regulation not in answered):
            yield Occurrence(
                Location(entity.id, "text"),
                {"regulation": subject.name_regulation(entity.regulation)},
                entity.text,
                wording="" if entity.regulation else "unnamed",
            )


def find_must_without_breach(subject: Subject) -> Iterator[Occurrence]:
    """Find musts that belong to no notice."""
    for entity in subject.parts(Action):
        if entity.strength == "must" and entity.text.strip():
            yield Occurrence(
                Location(entity.id, "text"), {"must": entity.text.strip()}, entity.text
            )


def find_notice_without_must(subject: Subject) -> Iterator[Occurrence]:
    """Find notices that would print no must line, where the report prints musts."""
    if subject.regime is None or not subject.regime.prints("musts"):
        return
    for notice in subject.notices:
        regulation = subject.reference.regulations.get(notice.regulation)
        if not notice.must.strip() and regulation is not None and not regulation.must:
            values = {"regulation": subject.name_regulation(notice.regulation)}
            yield Occurrence(Location(notice.id, "must"), values, notice.regulation)


def find_unrated_not_met_without_breach(subject: Subject) -> Iterator[Occurrence]:
    """Find key questions judged not met that no notice stands under."""
    for judged in list_judged(subject):
        breached = {item for notice in judged.notices for item in _questions(subject, notice)}
        for question, judgement in judged.part.judgements.items():
            if judgement == "not_met" and question not in breached:
                yield Occurrence(
                    judged.at(f"judgements.{question}"),
                    {"question": judged.name_question(question)},
                )


def find_breach_with_all_met(subject: Subject) -> Iterator[Occurrence]:
    """Find notices whose key question is judged met in an unrated report."""
    for judged in list_judged(subject) if subject.is_judged_met else ():
        if judged.part.judgements:
            yield from _find_breach_with_all_met(subject, judged)


def _find_breach_with_all_met(subject: Subject, judged: Judged) -> Iterator[Occurrence]:
    judgements = judged.part.judgements
    for notice in judged.notices:
        questions = _questions(subject, notice)
        found = [judgements[question] for question in questions if question in judgements]
        if found and "not_met" not in found:
            names = " or ".join(judged.name_question(question) for question in questions)
            values = {"regulation": subject.name_regulation(notice.regulation), "question": names}
            yield Occurrence(Location(notice.id, "key_question"), values, notice.regulation)
        elif not questions and "not_met" not in judgements.values():
            values = {"regulation": subject.name_regulation(notice.regulation)}
            yield Occurrence(
                Location(notice.id, "key_question"), values, notice.regulation, wording="all"
            )


def find_unregistered_activity(subject: Subject) -> Iterator[Occurrence]:
    """Find notices about an activity that the location is not registered for."""
    registered = {_name_activity(subject, name) for name in subject.details.registered_activities}
    if not registered:
        return
    for notice in subject.notices:
        for index, name in enumerate(notice.activities):
            if name.strip() and _name_activity(subject, name) not in registered:
                yield Occurrence(
                    Location(notice.id, f"activities.{index}"), {"activity": name.strip()}, name
                )


def find_incomplete_notice(subject: Subject) -> Iterator[Occurrence]:
    """Find notices that lack their regulation, their activities, or how it was not met."""
    for notice in subject.notices:
        values = {"regulation": subject.name_regulation(notice.regulation)}
        if not notice.regulation:
            yield Occurrence(Location(notice.id, "regulation"), values, wording="regulation")
        if not any(name.strip() for name in notice.activities):
            yield Occurrence(Location(notice.id, "activities"), values, wording="activities")
        if not notice.withheld and not _tells_how(subject, notice):
            yield Occurrence(Location(notice.id), values, wording="how")


def find_enforcement_without_action(subject: Subject) -> Iterator[Occurrence]:
    """Find warning and enforcement notices that do not say what was done."""
    for notice in subject.notices:
        if notice.kind != "requirement" and not notice.withheld and not notice.action.strip():
            values = {"regulation": subject.name_regulation(notice.regulation)}
            yield Occurrence(Location(notice.id, "action"), values, notice.regulation)


def find_deadline_before_publication(subject: Subject) -> Iterator[Occurrence]:
    """Find requirement notices that are to be answered before the report is published."""
    published = subject.details.publication_date
    for notice in subject.notices:
        deadline = notice.deadline
        if published and deadline and deadline < published and notice.kind == "requirement":
            values = {"deadline": tell_date(deadline), "published": tell_date(published)}
            yield Occurrence(Location(notice.id, "deadline"), values, values["deadline"])
        elif deadline and (visits := subject.visits) and deadline < visits[0]:
            values = {"deadline": tell_date(deadline), "visit": tell_date(visits[0])}
            yield Occurrence(
                Location(notice.id, "deadline"), values, values["deadline"], wording="visit"
            )


def _questions(subject: Subject, notice: Notice) -> tuple[str, ...]:
    """Return the key questions that a breach may be reported under."""
    if notice.key_question:
        return (notice.key_question,)
    regulation = subject.reference.regulations.get(notice.regulation)
    return regulation.key_questions if regulation else ()


def _name_activity(subject: Subject, text: str) -> str:
    """Return what an activity is compared by: the known one's id, or the words as they stand."""
    found = subject.reference.find_activity(text)
    return found.id if found else collapse_spaces(text.casefold().rstrip(". "))


def _tells_how(subject: Subject, notice: Notice) -> bool:
    blocks = subject.inspection.children(notice.id, Block)
    return any(block.text.strip() or block.rows or block.attachment for block in blocks)


CHECKS: Mapping[str, CheckFunction] = {
    "breach_without_notice": find_breach_without_notice,
    "must_without_breach": find_must_without_breach,
    "notice_without_must": find_notice_without_must,
    "not_met_without_breach": find_unrated_not_met_without_breach,
    "breach_with_all_met": find_breach_with_all_met,
    "unregistered_activity": find_unregistered_activity,
    "incomplete_notice": find_incomplete_notice,
    "enforcement_without_action": find_enforcement_without_action,
    "deadline_before_publication": find_deadline_before_publication,
}
