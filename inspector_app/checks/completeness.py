"""Dates that contradict each other, and parts of the report that are missing."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from inspector_app.checks.judged import list_judged
from inspector_app.checks.language import tell_date
from inspector_app.checks.result import Location, Occurrence
from inspector_app.domain.dates import add_days
from inspector_app.domain.entities import (
    Block,
    KeyQuestion,
    Notice,
    PreviousBreach,
    Section,
    Topic,
)
from inspector_app.texts import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.checks.subject import CheckFunction, Subject

_NOTES_BEFORE = 183
_NOTES_AFTER = 92
_SECTIONS = "sections."
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|heic|heif|webp|tiff?|bmp|avif)", re.IGNORECASE)


def find_missing_dates(subject: Subject) -> Iterator[Occurrence]:
    """Find a visit without a date, and a final report without a date of publication."""
    if not subject.visits and subject.details.visit_type != "desk_based":
        yield Occurrence(subject.at_details("visit_dates"))
    if subject.is_final and subject.details.publication_date is None:
        yield Occurrence(subject.at_details("publication_date"), wording="publication")


def find_contradicting_dates(subject: Subject) -> Iterator[Occurrence]:
    """Find dates of the inspection that cannot be in this order."""
    details, visits = subject.details, subject.visits
    published = details.publication_date
    if published and visits and visits[-1] > published:
        yield _contradiction(subject, "publication_date", "visit", published, visits[-1])
    if details.visit_from and details.visit_to and details.visit_from > details.visit_to:
        yield _contradiction(subject, "visit_from", "span", details.visit_from, details.visit_to)
    previous = details.previous_rating_date
    if previous and visits and previous >= visits[0]:
        yield _contradiction(subject, "previous_rating_date", "previous", previous, visits[0])
    if published and details.state == "published" and published > subject.today:
        yield _contradiction(subject, "publication_date", "future", published, subject.today)
    for breach in subject.inspection.all(PreviousBreach):
        if breach.date and visits and breach.date >= visits[0]:
            values = {"one": tell_date(breach.date), "other": tell_date(visits[0])}
            yield Occurrence(Location(breach.id, "date"), values, values["one"], wording="breach")


def find_notes_far_from_visit(subject: Subject) -> Iterator[Occurrence]:
    """Find notes dated so far from the visit that the date may be a slip."""
    if not subject.visits:
        return
    first = add_days(subject.visits[0], -_NOTES_BEFORE)
    last = add_days(subject.visits[-1], _NOTES_AFTER)
    for note in subject.notes:
        day = _read_day(note.when)
        if day is not None and not first <= day <= last:
            yield Occurrence(Location(note.id, "when"), {"date": tell_date(day)}, note.when)


def find_empty_sections(subject: Subject) -> Iterator[Occurrence]:
    """Find narrative parts that the regime asks for and that have no text."""
    filled = {text.section for text in subject.published}
    entities = {section.section: section.id for section in subject.inspection.all(Section)}
    for required in subject.regime.required if subject.regime else ():
        section = required.removeprefix(_SECTIONS)
        if required.startswith(_SECTIONS) and section not in filled:
            found = next(
                (field.name for field in subject.framework.required_fields if field.id == required),
                section,
            )
            place = Location(entities.get(section, subject.details.id), required)
            yield Occurrence(place, {"section": found}, section)


def find_topics_half_written(subject: Subject) -> Iterator[Occurrence]:
    """Find topics with a lead sentence and no findings, or findings and no lead sentence."""
    for question in subject.parts(KeyQuestion):
        for topic in subject.inspection.children(question.id, Topic):
            texts = subject.by_part.get(topic.id, ())
            kinds = {text.kind for text in texts} - {"heading"}
            values = {"topic": subject.name_topic(topic)}
            if kinds == {"lead"}:
                yield Occurrence(Location(topic.id, "lead"), values, topic.lead)
            elif kinds and "lead" not in kinds and _has_leads(subject, question, topic):
                yield Occurrence(Location(topic.id, "lead"), values, wording="lead")


def find_questions_not_judged(subject: Subject) -> Iterator[Occurrence]:
    """Find key questions that were inspected but not judged, while others are judged."""
    if subject.regime is None or subject.regime.judged_by == "score":
        return
    for judged in list_judged(subject):
        given = judged.given
        for question in judged.written_questions if any(given.values()) else ():
            if not given.get(question):
                values = {"question": judged.name_question(question)}
                yield Occurrence(judged.at_judgement(question), values)


def find_judged_without_findings(subject: Subject) -> Iterator[Occurrence]:
    """Find key questions that were judged in a comprehensive inspection and have no findings."""
    if subject.details.visit_type != "comprehensive":
        return
    for judged in list_judged(subject):
        written = judged.written_questions
        for question, rating in judged.given.items() if written else ():
            known = subject.framework.find_key_question(question) is not None
            is_judged = subject.is_judged_met or subject.order_of(rating)
            if known and question not in written and is_judged:
                values = {"question": judged.name_question(question)}
                yield Occurrence(judged.at_judgement(question), values, rating)


def find_unanswered_breaches(subject: Subject) -> Iterator[Occurrence]:
    """Find breaches of the previous inspection that this one does not answer."""
    for breach in subject.inspection.all(PreviousBreach):
        values = {"regulation": subject.name_regulation(breach.regulation)}
        if breach.now is None:
            yield Occurrence(Location(breach.id, "now"), values, breach.regulation)
        elif not breach.answer.strip():
            yield Occurrence(
                Location(breach.id, "answer"), values, breach.regulation, wording="answer"
            )


def find_missing_signatory(subject: Subject) -> Iterator[Occurrence]:
    """Find final reports that nobody signs."""
    if subject.is_final and not subject.details.signatory_name.strip():
        yield Occurrence(subject.at_details("signatory_name"))


def find_missing_register_data(subject: Subject) -> Iterator[Occurrence]:
    """Find what the register says of the location and the inspection does not."""
    if not subject.details.location_id.strip():
        yield Occurrence(subject.at_details("location_id"))
    if not any(name.strip() for name in subject.details.registered_activities):
        yield Occurrence(subject.at_details("registered_activities"), wording="activities")


def _contradiction(
    subject: Subject, field: str, wording: str, one: date, other: date
) -> Occurrence:
    values = {"one": tell_date(one), "other": tell_date(other)}
    excerpt = f"{values['one']} / {values['other']}" if wording != "future" else values["one"]
    return Occurrence(subject.at_details(field), values, excerpt, wording=wording)


def _read_day(when: str) -> date | None:
    try:
        return date.fromisoformat(when[:10])
    except ValueError:
        return None


def _has_leads(subject: Subject, question: KeyQuestion, topic: Topic) -> bool:
    found = subject.framework.find_topic(question.key_question, topic.topic)
    return found is not None and bool(found.leads)


def find_pictures_without_words(subject: Subject) -> Iterator[Occurrence]:
    """Find pictures that say nothing to people who have the report read to them."""
    for block in subject.inspection.descendants(subject.inspection.id):
        if not (isinstance(block, Block) and block.kind == "image" and block.attachment):
            continue
        above = subject.inspection.find(block.parent)
        if isinstance(above, Notice) and above.withheld:
            continue
        text = block.text.strip()
        place = Location(block.id, "text")
        if not text:
            yield Occurrence(place, {"picture": shorten(block.caption or "without a caption", 60)})
        elif _FILE_NAME.fullmatch(text):
            yield Occurrence(place, {"text": shorten(text, 60)}, text, wording="file_name")


CHECKS: Mapping[str, CheckFunction] = {
    "dates_missing": find_missing_dates,
    "dates_contradict": find_contradicting_dates,
    "note_far_from_visit": find_notes_far_from_visit,
    "section_empty": find_empty_sections,
    "topic_half_written": find_topics_half_written,
    "question_not_judged": find_questions_not_judged,
    "judged_without_findings": find_judged_without_findings,
    "previous_breach_unanswered": find_unanswered_breaches,
    "signatory_missing": find_missing_signatory,
    "register_data_missing": find_missing_register_data,
    "picture_without_words": find_pictures_without_words,
}
