"""Topics told together have all that was written of each, and are apart again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Block, Topic
from inspector_app.domain.joining import join_topics, split_topic
from tests.report.making import bring_in

if TYPE_CHECKING:
    from inspector_app.domain.inspection import Inspection


def make(first_lead: str = "", second_lead: str = "") -> Inspection:
    topics = [
        {"topic": "staff_support", "lead": "Before.", "body": []},
        {"topic": "agencies", "lead": first_lead, "body": [{"bullets": ["One", "Two"]}]},
        {"topic": "healthier", "lead": second_lead, "body": [{"paragraph": "Three"}]},
        {"topic": "consent", "lead": "After.", "body": []},
    ]
    questions = {"effective": {"topics": topics}}
    return bring_in(framework="adult_social_care_2017", key_questions=questions).inspection


def list_topics(inspection: Inspection) -> list[Topic]:
    return sorted(
        (item for item in inspection if isinstance(item, Topic)), key=lambda item: item.position
    )


@pytest.mark.parametrize(
    ("leads", "lead", "texts"),
    [
        (("", ""), "", ["One", "Two", "Three"]),
        (("A.", ""), "A.", ["One", "Two", "Three"]),
        (("", "B."), "B.", ["One", "Two", "Three"]),
        (("A.", "B."), "A.", ["One", "Two", "B.", "Three"]),
    ],
)
def test_joined_and_split(leads: tuple[str, str], lead: str, texts: list[str]) -> None:
    inspection = make(*leads)
    draft = Draft(inspection)
    before = list_topics(inspection)
    join_topics(draft, [item.id for item in before[1:3]], "agencies_healthier")
    joined = list_topics(draft.result)
    assert [item.topic for item in joined] == ["staff_support", "agencies_healthier", "consent"]
    assert (joined[1].id, joined[1].lead) == (before[1].id, lead)
    blocks = draft.result.children(joined[1].id, Block)
    assert [block.text for block in blocks] == texts
    split_topic(draft, joined[1].id, ["agencies", "healthier"])
    after = list_topics(draft.result)
    assert [item.topic for item in after] == [item.topic for item in before]
    assert [item.id for item in after] != [item.id for item in before]
    kept = draft.result.children(after[1].id, Block)
    assert [block.text for block in kept] == texts
    change = draft.finish("Join")
    assert inspection.apply(change).apply(change.inverse("Undo")) == inspection
