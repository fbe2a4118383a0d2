"""Words and shapes for what notes hold. A stance is never told by colour alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.domain.entities import (
    Action,
    Block,
    KeyQuestion,
    Notice,
    Section,
    Service,
    Topic,
)
from inspector_app.domain.evidence import SOURCE_NAMES, STANCE_MARKS
from inspector_app.texts import shorten
from inspector_app.ui.widgets.labelled import Labelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.entities import AnyEntity, Source, Stance
    from inspector_app.frameworks.model import Framework, Reference

STANCES: Mapping[Stance, str] = {
    stance: f"{mark} {stance.capitalize()}" for stance, mark in STANCE_MARKS.items()
}
SOURCES: Mapping[Source, str] = SOURCE_NAMES
TIME_FIELDS = frozenset(
    {
        *("when", "date", "dates", "deadline", "state_dates", "publication_date"),
        *("visit_dates", "visit_from", "visit_to", "previous_rating_date"),
    }
)
"""Fields, of whatever part, that hold dates or times in ISO form."""


def list_topics(framework: Framework, regime: str) -> tuple[Labelled, ...]:
    """Return the key questions and, each after its key question, the topics that notes can have."""
    found: list[Labelled] = []
    for question in framework.key_questions:
        found.append(Labelled(question.id, question.name))
        found += [
            Labelled(f"{question.id}.{topic.id}", topic.get_heading(regime), question.name)
            for topic in question.topics
        ]
    return tuple(found)


def list_regulations(reference: Reference) -> tuple[Labelled, ...]:
    """Return the regulations, by number and title."""
    return tuple(
        Labelled(
            item.id,
            f"{item.number} {item.title}",
            reference.instruments[item.instrument].short,
        )
        for item in reference.regulations.values()
    )


def describe_time(when: str) -> str:
    """Return an ISO date or date-time as people write it; any other text as it is."""
    try:
        if len(when) <= len("2024-01-31"):
            day = date.fromisoformat(when)
            return f"{day.day} {day:%b %Y}"
        time = datetime.fromisoformat(when)
    except ValueError:
        return shorten(when, 24)
    return f"{time.day} {time:%b %Y, %H:%M}"


class ReportSentence(NamedTuple):
    """A sentence of the report: its id, where it stands, and its text."""

    id: str
    where: str
    text: str


def describe_sentence(document: InspectionDocument, id_: str) -> ReportSentence | None:
    """Return where a block or an action stands, or None where there is none of that id."""
    entity = document.inspection.find(id_)
    if isinstance(entity, Action):
        where = "Actions: must" if entity.strength == "must" else "Actions: should"
        return ReportSentence(id_, where, shorten(entity.text))
    if isinstance(entity, Block):
        text = entity.text or entity.caption or " ".join(entity.header)
        return ReportSentence(id_, describe_parent(document, entity.parent), shorten(text))
    return None


def describe_parent(document: InspectionDocument, id_: str) -> str:
    """Return what a part that holds blocks is called: “Safe › Medicines”."""
    inspection, framework = document.inspection, document.framework
    entity = inspection.find(id_)
    if isinstance(entity, Topic):
        owner = inspection.get(entity.parent, KeyQuestion)
        found = framework.find_topic(owner.key_question, entity.topic)
        own = entity.title or entity.topic
        heading = found.get_heading(inspection.details.regime) if found else own
        return f"{_name_question(document, owner)} › {shorten(heading, 80)}"
    if isinstance(entity, KeyQuestion):
        return f"{_name_question(document, entity)} › Summary"
    if isinstance(entity, Section):
        section = framework.find_section(entity.section)
        # Some names are templates (“Background to {{ location.name }}”): the first words do here.
        name = section.name.partition("{{")[0].strip() if section else entity.section
        return _within_service(document, entity, name or entity.section)
    if isinstance(entity, Notice):
        regulation = document.reference.regulations.get(entity.regulation)
        name = f"Notice › {regulation.number} {regulation.title}" if regulation else "Notice"
        return _within_service(document, entity, name)
    return ""


def _name_question(document: InspectionDocument, entity: KeyQuestion) -> str:
    found = document.framework.find_key_question(entity.key_question)
    return _within_service(document, entity, found.name if found else entity.key_question)


def _within_service(document: InspectionDocument, part: AnyEntity, name: str) -> str:
    """Return the name of a part, behind that of the service that it stands below."""
    service = document.inspection.find(part.parent)
    if not isinstance(service, Service):
        return name
    return f"{shorten(document.framework.name_service(service), 40)} › {name}"


def iterate_topic_sentences(document: InspectionDocument) -> Iterator[Labelled]:
    """Yield the topics of the inspection that a bullet can be added to, in the report's order."""
    inspection = document.inspection
    for owner in (inspection.id, *inspection.child_ids(inspection.id, Service)):
        for question in inspection.children(owner, KeyQuestion):
            for topic in inspection.child_ids(question.id, Topic):
                yield Labelled(topic, describe_parent(document, topic))


def iterate_sentences(document: InspectionDocument) -> Iterator[ReportSentence]:
    """Yield every sentence of the report that a note can support, in the report's order."""
    inspection = document.inspection
    below: list[str] = [section.id for section in inspection.everywhere(Section)]
    for owner in (inspection.id, *inspection.child_ids(inspection.id, Service)):
        for question in inspection.child_ids(owner, KeyQuestion):
            below += [question, *inspection.child_ids(question, Topic)]
    below += [notice.id for notice in inspection.everywhere(Notice)]
    for parent in below:
        where = describe_parent(document, parent)
        for block in inspection.children(parent, Block):
            if block.kind not in {"heading", "image"}:
                text = block.text or " ".join(block.header)
                yield ReportSentence(block.id, where, shorten(text))
    for owner in (inspection.id, *inspection.child_ids(inspection.id, Service)):
        for action in inspection.child_ids(owner, Action):
            place = describe_sentence(document, action)
            if place:
                yield place
