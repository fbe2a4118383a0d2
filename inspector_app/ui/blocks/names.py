"""What blocks and the parts that hold them are called: in undo steps, labels and tooltips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.entities import KeyQuestion, Notice, Section, Topic
from inspector_app.domain.part_names import PART_NAMES
from inspector_app.report.standard import StandardTexts
from inspector_app.texts import shorten

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument

KIND_NAMES = {kind: one for kind, (one, _) in PART_NAMES.items()}
"""What one block of a kind is called."""
_LONGEST = 160
_LONGEST_HEADING = 500


def one_line(text: str) -> str:
    """Return typed text as a name: in one line, shortened if it is long."""
    return shorten(text, _LONGEST)


def topic_name(document: InspectionDocument, topic: Topic) -> str:
    """Return the heading of a topic."""
    parent = document.inspection.find(topic.parent)
    question = parent.key_question if isinstance(parent, KeyQuestion) else ""
    found = document.framework.find_topic(question, topic.topic)
    if found:
        return shorten(found.get_heading(document.inspection.details.regime), _LONGEST_HEADING)
    return one_line(topic.title) or topic.topic or "Topic"


def section_name(document: InspectionDocument, section: str) -> str:
    """Return what a narrative section is called, filled from the details."""
    found = document.framework.find_section(section)
    if found is None:
        return section
    texts = StandardTexts(document.inspection, document.framework, document.reference)
    return one_line(texts.fill(found.name, found.id))


def part_name(document: InspectionDocument, id_: str) -> str:
    """Return what the part of that id is called."""
    part = document.inspection.find(id_)
    if isinstance(part, Topic):
        return topic_name(document, part)
    if isinstance(part, KeyQuestion):
        question = document.framework.find_key_question(part.key_question)
        return f"summary of {question.name if question else part.key_question}"
    if isinstance(part, Section):
        return section_name(document, part.section)
    if isinstance(part, Notice):
        return "notice"
    return "text"
