from __future__ import annotations

import msgspec
import pytest

from inspector_app.domain.entities import Block, KeyQuestion, Section, Topic
from inspector_app.domain.ids import id_from, is_own_id
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.starting import start_inspection

DETAILS = {"framework": "f", "regime": "rated", "location_name": "Clinic"}
QUESTIONS = {"safe": ["medicines", "risks"], "caring": []}


def test_an_inspection_starts_with_what_the_framework_asks_for() -> None:
    change, inspection = start_inspection(DETAILS, ["background", "team"], QUESTIONS, "AB")
    assert (change.label, change.who) == ("New inspection", "AB")
    assert Inspection().apply(change) == inspection
    details = inspection.details
    assert (details.framework, details.regime, details.state) == ("f", "rated", "draft")
    assert details.location_name == "Clinic"
    assert {item.section for item in inspection.all(Section)} == {"background", "team"}
    questions = list(inspection.all(KeyQuestion))
    assert [item.key_question for item in questions] == ["safe", "caring"]
    topics = [[topic.topic for topic in inspection.children(q.id, Topic)] for q in questions]
    assert topics == [["medicines", "risks"], []]
    assert not any(isinstance(part, Block) for part in inspection)
    assert all(is_own_id(part.id) for part in inspection)


def test_each_inspection_is_its_own_and_its_parts_have_the_ids_of_their_places() -> None:
    one = start_inspection(DETAILS, ["background"], QUESTIONS)[1]
    two = start_inspection(DETAILS, ["background"], QUESTIONS)[1]
    assert one.id != two.id
    assert {part.id for part in one} - {one.id} == {part.id for part in two} - {two.id}
    assert one.find(id_from("key_questions.safe.topics[1]")) is not None


def test_the_first_change_can_be_taken_back() -> None:
    change, inspection = start_inspection(DETAILS, ["background"], QUESTIONS)
    assert inspection.apply(change.inverse("x")) == Inspection()


def test_details_that_do_not_fit_are_refused() -> None:
    with pytest.raises(TypeError):
        start_inspection({**DETAILS, "colour": "red"}, [], {})
    with pytest.raises((TypeError, msgspec.ValidationError)):
        start_inspection({"framework": "f"}, [], {})
