"""Telling several topics of a key question together, and apart again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.block_edits import draft_lead
from inspector_app.domain.entities import Block, Topic
from inspector_app.domain.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.domain.drafting import Draft


def join_topics(draft: Draft, parts: Sequence[str], topic: str) -> None:
    """Draft that one topic has the texts of several.

    The first of them becomes it. It keeps its lead sentence; what the others opened with goes on as
    a paragraph before their findings.

    Args:
        draft: What is composed.
        parts: Ids of the topics, in order.
        topic: What the framework calls the one topic.
    """
    first, *others = parts
    draft.set(first, "topic", topic)
    for other in others:
        draft_lead(draft, first, draft.result.get(other, Topic).lead)
        for block in draft.result.child_ids(other, Block):
            draft.move(block, first)
        draft.delete(other)


def split_topic(draft: Draft, id_: str, topics: Sequence[str]) -> None:
    """Draft that a topic is several again: the first of them keeps the text.

    Args:
        draft: What is composed.
        id_: The topic.
        topics: What the framework calls those that it is made of, in order.
    """
    parent = draft.result.get(id_, Topic).parent
    siblings = draft.result.child_ids(parent, Topic)
    behind = siblings[siblings.index(id_) + 1 :]
    draft.set(id_, "topic", topics[0])
    for topic in topics[1:]:
        place = draft.position_at_end(parent, Topic)
        draft.create(made := Topic(id=new_id(), parent=parent, position=place, topic=topic))
        if behind:
            draft.move(made.id, parent, behind[0])
