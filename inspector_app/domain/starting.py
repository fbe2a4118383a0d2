"""The first change of an inspection that starts empty."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Details, KeyQuestion, Section, Topic
from inspector_app.domain.ids import id_from, new_id
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.order import positions_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from inspector_app.domain.change import Change
    from inspector_app.domain.entities import AnyEntity


def start_inspection(
    details: Mapping[str, str],
    sections: Sequence[str],
    key_questions: Mapping[str, Sequence[str]],
    who: str = "",
    today: date | None = None,
) -> tuple[Change, Inspection]:
    """Return the change that starts an inspection, and the inspection after it.

    Args:
        details: Fields of `Details`; at least `framework` and `regime`.
        sections: Ids of the narrative sections.
        key_questions: Ids of the topics by key question.
        who: Initials for the history.
        today: The day on which it becomes a draft; None: that of the clock on the wall.
    """
    root = new_id()
    day = today or datetime.now().astimezone().date()
    # Sections and key questions have the ids that an import of the same parts would give them.
    entities: list[AnyEntity] = [
        Details(id=root, state="draft", state_dates={"draft": day}, **details)  # type: ignore[arg-type]
    ]
    entities += [
        Section(id=id_from(f"sections.{section}"), parent=root, section=section)
        for section in sections
    ]
    for (question, topics), position in zip(
        key_questions.items(), positions_for(len(key_questions)), strict=True
    ):
        path = f"key_questions.{question}"
        owner = id_from(path)
        entities.append(
            KeyQuestion(id=owner, parent=root, position=position, key_question=question)
        )
        entities += [
            Topic(id=id_from(f"{path}.topics[{index}]"), parent=owner, position=place, topic=topic)
            for index, (topic, place) in enumerate(
                zip(topics, positions_for(len(topics)), strict=True)
            )
        ]
    draft = Draft(Inspection())
    draft.create_all(entities)
    return draft.finish("New inspection", who), draft.result
