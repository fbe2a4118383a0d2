"""What stands in the outline of an inspection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector_app.domain.entities import Action, KeyQuestion, Section, Service, Topic
from inspector_app.errors import TemplateFault
from inspector_app.report.standard import StandardTexts
from inspector_app.ui.blocks.names import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.document.inspection_document import InspectionDocument

DETAILS = "details"
RATINGS = "ratings"
ACTIONS = "actions"
NOTICES = "notices"
EVIDENCE = "evidence"
CHECKS = "checks"
REPORT = "report"
VERSIONS = "versions"
SECTIONS = "Sections"
"""The group of the sections, of which some forms have many."""
NEW_VERSION = "versions/new"
"""The place on its page where a version gets its name."""


@dataclass(frozen=True, kw_only=True)
class OutlineEntry:
    """A line of the outline."""

    id: str
    """“details”, “key_question/safe”, “section/background”; of a topic its entity's id."""
    title: str
    group: str = ""
    """Heading that it stands below with its neighbours."""
    entity: str = ""
    """Id of the part that it is about."""
    topics: tuple[OutlineEntry, ...] = ()

    @property
    def kind(self) -> str:
        """What makes its page, see `registry`: “details”, “key_question”."""
        return self.id.partition("/")[0]


def list_entries(document: InspectionDocument) -> tuple[OutlineEntry, ...]:
    """Return the lines of the outline of an inspection, in order."""
    framework = document.framework
    entries = [
        OutlineEntry(id=DETAILS, title="Details", entity=document.inspection.id),
        OutlineEntry(id=RATINGS, title="Ratings"),
        *(
            _describe_key_question(document, question.id, question.name)
            for question in framework.key_questions
        ),
        *_list_sections(document),
        *_list_actions(document),
        OutlineEntry(id=NOTICES, title="Notices", group="What must change"),
        OutlineEntry(id=EVIDENCE, title="Evidence", group="Behind the report"),
        OutlineEntry(id=CHECKS, title="Checks", group="Behind the report"),
        OutlineEntry(id=REPORT, title="Report", group="Behind the report"),
        OutlineEntry(id=VERSIONS, title="Versions", group="Behind the report"),
    ]
    return tuple(entries)


def _list_actions(document: InspectionDocument) -> Iterator[OutlineEntry]:
    """Yield the page of musts and shoulds where the report prints some, or some are written."""
    regime, inspection = document.regime, document.inspection
    owners = (inspection.id, *inspection.child_ids(inspection.id, Service))
    there = any(inspection.child_ids(owner, Action) for owner in owners)
    if there or regime.prints("musts") or regime.prints("shoulds"):
        yield OutlineEntry(id=ACTIONS, title="Actions", group="What must change")


def _describe_key_question(document: InspectionDocument, question: str, name: str) -> OutlineEntry:
    found = next(
        (item for item in document.inspection.all(KeyQuestion) if item.key_question == question),
        None,
    )
    topics: tuple[OutlineEntry, ...] = ()
    if found is not None:
        topics = tuple(
            OutlineEntry(id=topic.id, title=_name_topic(document, question, topic), entity=topic.id)
            for topic in document.inspection.children(found.id, Topic)
        )
    return OutlineEntry(
        id=f"key_question/{question}",
        title=name,
        group="Key questions",
        entity=found.id if found else "",
        topics=topics,
    )


def _name_topic(document: InspectionDocument, question: str, topic: Topic) -> str:
    known = document.framework.find_topic(question, topic.topic)
    regime = document.inspection.details.regime
    title = known.get_heading(regime) if known else topic.title or topic.topic
    return one_line(title) or "Topic without a name"


def _list_sections(document: InspectionDocument) -> Iterator[OutlineEntry]:
    inspection = document.inspection
    there = {section.section: section.id for section in inspection.all(Section)}
    details = inspection.details
    offered = document.framework.list_sections(details.regime, details.form)
    texts = StandardTexts(inspection, document.framework, document.reference)
    for section in document.framework.sections:
        if section.id in there or section.id in offered:
            try:
                title = one_line(texts.fill(section.name, section.id))
            except TemplateFault:
                title = section.id
            yield OutlineEntry(
                id=f"section/{section.id}",
                title=title,
                group=SECTIONS,
                entity=there.get(section.id, ""),
            )
