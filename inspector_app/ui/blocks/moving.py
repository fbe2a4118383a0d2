"""Moving blocks: within their part, to another text area, or to any part of the inspection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.domain.block_edits import draft_move
from inspector_app.domain.dissolving import draft_dissolve
from inspector_app.domain.entities import KeyQuestion, Section, Topic
from inspector_app.domain.ids import id_from, new_id
from inspector_app.errors import TemplateFault
from inspector_app.ui.blocks import editing
from inspector_app.ui.blocks.names import KIND_NAMES, section_name, topic_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QTextEdit

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.drafting import Draft
    from inspector_app.frameworks.key_questions import KeyQuestionSpec, TopicSpec
    from inspector_app.ui.blocks.binding import BlockBinding
    from inspector_app.ui.blocks.cursor import BlockCursor


@dataclass(eq=False)
class BlockMoves:
    """Moves the blocks of a text area; a bullet takes along those nested below it."""

    _area: QTextEdit
    _binding: BlockBinding
    _cursor: BlockCursor

    def move_block(self, by: int) -> None:
        """Move the block with the cursor up (-1) or down (1)."""
        if not self._binding.blocks:
            return
        number = self._cursor.line.blockNumber()
        lines = self._binding.lines()
        new, moved = editing.move(lines, number, by)
        if moved:
            self._binding.apply(new, f"Move {KIND_NAMES[lines[number].kind]}")

    def group_ids(self, number: int) -> list[str]:
        """Return the ids of a line's block and of the bullets nested below it."""
        blocks = self._binding.blocks
        if number >= len(blocks):
            return []
        first, end = editing.group(blocks, number)
        return [block.id for block in blocks[first:end]]

    def selected_ids(self) -> list[str]:
        """Return the ids of the selected blocks and of the bullets nested below them."""
        first, last = self._cursor.selected_lines
        return [*(block.id for block in self._binding.blocks[first:last]), *self.group_ids(last)]

    def name_blocks(self, ids: Sequence[str]) -> str:
        """Return what blocks of this part are called in an undo step."""
        found = next((block for block in self._binding.blocks if block.id in ids), None)
        return KIND_NAMES[found.kind] if found else "text"

    def is_nested(self, block: str) -> bool:
        """Tell whether a block is a bullet below another."""
        return any(found.id == block and found.level for found in self._binding.blocks)

    def find_drop(self, spot: QPoint, *, nested: bool) -> int:
        """Return the line that a block goes in front of if dropped at a place of the viewport.

        Only a nested bullet goes between a bullet and those nested below it.
        """
        line = self._area.cursorForPosition(spot).block()
        rect = self._area.document().documentLayout().blockBoundingRect(line)
        number = line.blockNumber() + (spot.y() > rect.center().y())
        blocks = self._binding.blocks
        while not nested and 0 < number < len(blocks) and blocks[number].level:
            number += 1
        return min(number, len(blocks))

    def take(self, ids: Sequence[str], number: int, source: BlockMoves) -> None:
        """Move blocks of this text area or another in front of a line, as one undo step."""
        document = self._binding.document
        own = [block.id for block in self._binding.blocks]
        before = next((id_ for id_ in own[number:] if id_ not in ids), None)
        if any(document.inspection.find(id_) is None for id_ in ids) or (
            ids[0] in own and 0 <= number - own.index(ids[0]) <= len(ids)
        ):
            return
        draft = self._binding.start_draft()
        draft_move(draft, ids, self._binding.parent_id, before)
        where = "" if source is self else f" to {self._binding.part_name}"
        document.apply_draft(draft, f"Move {source.name_blocks(ids)}{where}")
        self._cursor.show_block(ids[0])


class Target(NamedTuple):
    """A part of the inspection that can hold blocks."""

    id: str
    name: str
    section: str = ""
    """The framework's id of a section that is not part of the inspection yet."""
    topic: str = ""
    """The framework's id of a topic that is not part of the inspection yet."""
    question: str = ""
    """Id of the key question that this topic would stand below."""
    is_kept: bool = False
    """Whether the framework has it no more."""


def list_targets(document: InspectionDocument) -> Iterator[Target]:
    """Yield the parts that blocks can be moved to, in the order of the outline."""
    inspection, framework = document.inspection, document.framework
    # An inspection with a section for each service has the key questions below each of them.
    for found in [item for item in inspection if isinstance(item, KeyQuestion)]:
        known = framework.find_key_question(found.key_question)
        name = known.name if known else found.key_question
        is_kept = known is not None and known.is_kept
        yield Target(found.id, f"{name}: summary", is_kept=is_kept)
        topics = list(inspection.children(found.id, Topic))
        for topic in topics:
            spec = framework.find_topic(found.key_question, topic.topic)
            yield Target(
                topic.id,
                f"{name}: {topic_name(document, topic)}",
                is_kept=is_kept or (spec is not None and spec.is_kept),
            )
        for offered in list_missing_topics(document, known, topics):
            heading = offered.get_heading(inspection.details.regime)
            yield Target(new_id(), f"{name}: {heading}", topic=offered.id, question=found.id)
    there = {section.section: section.id for section in inspection.all(Section)}
    begun = framework.list_sections(inspection.details.regime, inspection.details.form)
    for section in framework.sections:
        if section.id in there:
            name = _name(document, section.id)
            yield Target(there[section.id], name, is_kept=section.is_kept)
        elif section.id in begun:
            id_ = choose_section_id(document, section.id)
            yield Target(id_, _name(document, section.id), section.id)


def move_to(
    document: InspectionDocument, ids: Sequence[str], target: Target, what: str = "text"
) -> None:
    """Move blocks to the end of a part, as one step; they keep their ids and their notes."""
    draft = _draft_target(document, target)
    draft_move(draft, ids, target.id, None)
    document.apply_draft(draft, f"Move {what} to {target.name}")


def dissolve(document: InspectionDocument, part: str, name: str, target: Target) -> None:
    """Move all text of a part to another, as one step, and take the part out; see `draft_dissolve`.

    Args:
        document: The open inspection.
        part: Id of the part.
        name: What it is called.
        target: Where its text goes.
    """
    draft = _draft_target(document, target)
    draft_dissolve(draft, part, target.id)
    document.apply_draft(draft, f"Move the text of {name} to {target.name}")


def _draft_target(document: InspectionDocument, target: Target) -> Draft:
    """Return a draft with a target that is part of the inspection."""
    draft = document.draft()
    if target.section and draft.result.find(target.id) is None:
        draft_section(draft, target.id, target.section)
    question = draft.result.find(target.question)
    if isinstance(question, KeyQuestion) and draft.result.find(target.id) is None:
        known = document.framework.find_key_question(question.key_question)
        draft_topic(draft, target.id, question.id, target.topic, known)
    return draft


def choose_section_id(document: InspectionDocument, section: str) -> str:
    """Return the id for a section that is not part of the inspection yet."""
    # The id that an import of the same content would choose.
    id_ = id_from(f"sections.{section}")
    return id_ if document.inspection.find(id_) is None else new_id()


def draft_topic(
    draft: Draft, id_: str, question: str, topic: str, known: KeyQuestionSpec | None
) -> None:
    """Draft that a topic becomes part of the inspection, in the framework's order.

    Args:
        draft: Takes the edits.
        id_: The topic's id.
        question: Id of the key question that it stands below.
        topic: The framework's id of it; "": it is the inspector's own.
        known: What the framework says of the key question.
    """
    others = list(draft.result.children(question, Topic))
    position = draft.position_at_end(question, Topic)
    draft.create(Topic(id=id_, parent=question, position=position, topic=topic))
    order = [item.id for item in known.topics] if known else []
    later = order[order.index(topic) + 1 :] if topic in order else []
    before = next((item.id for item in others if item.topic in later), None)
    if before is not None:
        draft.move(id_, question, before)


def draft_section(draft: Draft, id_: str, section: str) -> None:
    """Draft that a section of the framework becomes part of the inspection."""
    draft.create(Section(id=id_, parent=draft.result.id, section=section))


def list_missing_topics(
    document: InspectionDocument, known: KeyQuestionSpec | None, topics: Sequence[Topic]
) -> list[TopicSpec]:
    """Return the topics that a key question could have besides those that it has."""
    if known is None:
        return []
    details = document.inspection.details
    there = {id_ for topic in topics for id_ in known.list_covered(topic.topic)}
    offered = document.framework.list_topics(known, details.regime, details.form)
    return [item for item in offered if item.id not in there]


def _name(document: InspectionDocument, section: str) -> str:
    try:
        return section_name(document, section)
    except TemplateFault:
        return section
