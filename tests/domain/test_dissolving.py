"""All that stands in a part moves to another: no text is lost, and one step takes it back."""

from __future__ import annotations

from itertools import permutations

import pytest

from inspector_app.domain.dissolving import draft_dissolve
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import (
    AnyEntity,
    Block,
    Details,
    EvidenceNote,
    KeyQuestion,
    Section,
    Topic,
)
from inspector_app.domain.inspection import Inspection

PARTS: list[AnyEntity] = [
    Details(id="root", framework="f", regime="rated"),
    Section(id="empty", parent="root", section="background"),
    Section(id="section", parent="root", section="summary"),
    KeyQuestion(id="safe", parent="root", position="B", key_question="safe"),
    Topic(id="fire", parent="safe", position="B", topic="fire", lead="Fire was seen to."),
    Topic(id="own", parent="safe", position="C", title="My own"),
    KeyQuestion(id="caring", parent="root", position="C", key_question="caring"),
    Topic(id="respect", parent="caring", position="B", topic="respect", lead="Staff were kind."),
    EvidenceNote(id="note", parent="root", topics=("safe.fire", "safe", "caring.respect")),
]
HOLDERS = ["section", "safe", "fire", "own", "caring", "respect"]
TEXTS = [
    Block(id=f"{holder}{number}", parent=holder, position="BCD"[number], kind="bullet", level=level)
    for holder in HOLDERS
    for number, level in enumerate((0, 1, 0))
]
INSPECTION = Inspection([*PARTS, *TEXTS])


@pytest.mark.parametrize(("part", "target"), [*permutations(["empty", *HOLDERS], 2)])
def test_no_text_is_lost(part: str, target: str) -> None:
    inside = [item.id for item in INSPECTION.descendants(part)]
    if target in inside:
        return
    draft = Draft(INSPECTION)
    draft_dissolve(draft, part, target)
    result = draft.result
    assert result.find(part) is None
    blocks = [id_ for id_ in inside if isinstance(INSPECTION.find(id_), Block)]
    here = result.child_ids(target, Block)
    assert [id_ for id_ in here if id_ in blocks] == sorted(
        blocks, key=lambda id_: (INSPECTION.get(id_, Block).parent != part, blocks.index(id_))
    )
    assert {item.id for item in TEXTS} <= {item.id for item in result}
    told = {item.lead for item in result if isinstance(item, Topic)}
    told |= {item.text for item in result if isinstance(item, Block)}
    assert {"Fire was seen to.", "Staff were kind."} <= told
    assert not result.get(here[0], Block).level if here else True
    assert result.apply(draft.finish("Move").inverse("Undo")) == INSPECTION


@pytest.mark.parametrize(
    ("part", "target", "topics"),
    [
        ("fire", "respect", ("caring.respect", "safe")),
        ("fire", "own", ("safe", "caring.respect")),
        ("fire", "section", ("safe.fire", "safe", "caring.respect")),
        ("safe", "respect", ("caring.respect",)),
        ("caring", "safe", ("safe.fire", "safe")),
    ],
)
def test_notes_follow(part: str, target: str, topics: tuple[str, ...]) -> None:
    draft = Draft(INSPECTION)
    draft_dissolve(draft, part, target)
    assert draft.result.get("note", EvidenceNote).topics == topics
