"""Where blocks can be moved to: the topics, summaries and sections of the inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.domain.block_edits import draft_move
from inspector_app.domain.entities import KeyQuestion, Section, Topic
from inspector_app.domain.ids import id_from, new_id
from inspector_app.errors import TemplateFault
from inspector_app.ui.blocks.names import section_name, topic_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.drafting import Draft


class Target(NamedTuple):
    """A part that blocks can stand below."""

    id: str
    name: str
    section: str = ""
    """The framework's id of a section that is not part of the inspection yet."""


def list_targets(document: InspectionDocument) -> Iterator[Target]:
    """Yield the parts that blocks can be moved to, in the order of the outline."""
    inspection, framework = document.inspection, document.framework
    # An inspection with a section a service asks its questions below each of them.
    for found in [item for item in inspection if isinstance(item, KeyQuestion)]:
        known = framework.find_key_question(found.key_question)
        name = known.name if known else found.key_question
        yield Target(found.id, f"{name}: summary")
        for topic in inspection.children(found.id, Topic):
            yield Target(topic.id, f"{name}: {topic_name(document, topic)}")
    there = {section.section: section.id for section in inspection.all(Section)}
    for section in framework.sections:
        if section.id in there:
            yield Target(there[section.id], _name(document, section.id))
        elif not section.regimes or inspection.details.regime in section.regimes:
            id_ = choose_section_id(document, section.id)
            yield Target(id_, _name(document, section.id), section.id)


def move_to(
    document: InspectionDocument, ids: Sequence[str], target: Target, what: str = "text"
) -> None:
    """Move blocks to the end of a part, as one step; they keep their ids and their notes."""
    draft = document.draft()
    if target.section and draft.result.find(target.id) is None:
        draft_section(draft, target.id, target.section)
    draft_move(draft, ids, target.id, None)
    document.apply_draft(draft, f"Move {what} to {target.name}")


def choose_section_id(document: InspectionDocument, section: str) -> str:
    """Return the id that a section gets which is not part of the inspection yet."""
    # As an import of the same content would call it.
    id_ = id_from(f"sections.{section}")
    return id_ if document.inspection.find(id_) is None else new_id()


def draft_section(draft: Draft, id_: str, section: str) -> None:
    """Draft that a section of the framework becomes part of the inspection."""
    draft.create(Section(id=id_, parent=draft.result.id, section=section))


def _name(document: InspectionDocument, section: str) -> str:
    try:
        return section_name(document, section)
    except TemplateFault:
        return section
