"""The one kind of edit: what it does, that it can be taken back, and what it refuses."""

from __future__ import annotations

from datetime import UTC, date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.change import WHOLE, Change, Edit
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import (
    PARENTS,
    AnyEntity,
    Block,
    Details,
    Entity,
    EvidenceNote,
    KeyQuestion,
    Notice,
    Section,
    Topic,
)
from inspector_app.domain.inspection import Inspection, entity_to_plain
from inspector_app.errors import ChangeConflict
from tests.domain.random_edits import edit_randomly

ROOT = Details(id="root", framework="f", regime="rated", ratings={"safe": "good"})
PARTS: tuple[AnyEntity, ...] = (
    ROOT,
    Section(id="s1", parent="root", section="background"),
    KeyQuestion(id="q1", parent="root", position="V", key_question="safe"),
    KeyQuestion(id="q2", parent="root", position="W", key_question="caring"),
    Topic(id="t1", parent="q1", position="V", topic="medicines"),
    Topic(id="t2", parent="q1", position="W", title="Own"),
    Block(id="b1", parent="t1", position="V", kind="bullet", text="one", evidence=("e1", "e2")),
    Block(id="b2", parent="t1", position="W", kind="table", header=("a",), rows=(("b", "c"),)),
    Block(id="b3", parent="s1", position="V", kind="paragraph", text="three"),
    EvidenceNote(id="e1", parent="root", position="V", text="note"),
    Notice(id="n1", parent="root", position="V", deadline=date(2020, 1, 9)),
)


@pytest.fixture
def inspection() -> Inspection:
    return Inspection(PARTS)


def change(*edits: Edit) -> Change:
    return Change(label="x", edits=edits)


def create(entity: AnyEntity) -> Edit:
    return Edit(entity=entity.id, after=entity_to_plain(entity))


def as_file(made: Change) -> Change:
    """Return a change as a file gives it back."""
    return msgspec.json.decode(msgspec.json.encode(made), type=Change)


def check_whole(inspection: Inspection) -> None:
    """Check that places and order are those of the parts."""
    parts = list(inspection)
    rebuilt = Inspection(reversed(parts))
    assert rebuilt == inspection
    shown = 0
    for parent in parts:
        for kind in PARENTS:
            children = list(inspection.children(parent.id, kind))
            shown += len(children)
            assert list(rebuilt.children(parent.id, kind)) == children
            assert children == sorted(
                (part for part in parts if type(part) is kind and part.parent == parent.id),
                key=lambda part: (part.position, part.id),
            )
    assert shown == len(parts) - 1


# ---- random edits


@settings(max_examples=150)
@given(data=st.data(), count=st.integers(1, 25))
def test_any_change_can_be_taken_back(data: st.DataObject, count: int) -> None:
    first = Inspection([ROOT])
    before = list(first)
    draft = Draft(first)
    steps: list[Change] = []
    for number in range(count):
        start = draft.result
        step = Draft(start)
        edit_randomly(data, step, number)
        steps.append(step.finish(f"Step {number}", "AB"))
        draft.result = start.apply(steps[-1])
        assert draft.result == step.result
        check_whole(draft.result)
    last = draft.result
    assert list(first) == before  # the value that all began with has not moved

    # One change of all edits does what the steps did, also after it has been in a file.
    whole = as_file(Change(label="All", edits=tuple(edit for step in steps for edit in step.edits)))
    assert first.apply(whole) == last
    undone = as_file(whole.inverse("Undo"))
    assert last.apply(undone) == first
    assert first.apply(undone.inverse("Redo")) == last

    value = last
    for step in reversed(steps):
        value = value.apply(as_file(step).inverse("Undo"))
        check_whole(value)
    assert value == first


def test_an_inverse_is_a_change_of_its_own() -> None:
    made = Change(label="Type", who="AB", edits=(Edit(entity="b1", field="text", after="x"),))
    undone = made.inverse("Undo: Type")
    assert (undone.label, undone.who) == ("Undo: Type", "AB")
    assert undone.id != made.id
    assert undone.when >= made.when
    assert made.when.tzinfo is UTC
    assert undone.edits == (Edit(entity="b1", field="text", before="x"),)


def test_a_change_is_the_same_after_a_file(inspection: Inspection) -> None:
    """Lists of texts too: a history read back must fit the inspection it belongs to."""
    draft = Draft(inspection)
    draft.set("b1", "evidence", ("e1",))
    draft.set("b2", "rows", (("x",),))
    draft.set("n1", "deadline", date(2021, 1, 1))
    draft.delete("t1")
    made = draft.finish("x")
    assert as_file(made) == made
    assert inspection.apply(as_file(made)) == draft.result
    assert draft.result.apply(as_file(made).inverse("x")) == inspection


def test_a_part_is_found_as_it_was_though_its_defaults_are_spelled_out(
    inspection: Inspection,
) -> None:
    data = {**entity_to_plain(PARTS[9]), "stance": "".join(["neu", "tral"]), "tags": []}
    after = inspection.apply(change(Edit(entity="e1", before=data)))
    assert after.find("e1") is None
    assert after.apply(change(Edit(entity="e1", after=data))) == inspection


def test_nothing_is_done_where_nothing_changes(inspection: Inspection) -> None:
    draft = Draft(inspection)
    draft.set("b1", "text", "one")
    draft.set("root", "ratings.caring", None)
    draft.set("b1", "evidence", ("e1", "e2"))
    draft.move("t1", "q1", "t1")
    assert draft.finish("x").edits == ()
    assert draft.result is inspection


def test_none_removes_a_key_and_the_empty_text_does_not(inspection: Inspection) -> None:
    draft = Draft(inspection)
    draft.set("root", "ratings.safe", None)
    draft.set("root", "ratings.caring", "")
    assert draft.result.details.ratings == {"caring": ""}
    assert inspection.details.ratings == {"safe": "good"}


def test_equal_parts_in_another_order_are_the_same_inspection(inspection: Inspection) -> None:
    assert Inspection(reversed(PARTS)) == inspection
    assert Inspection(PARTS[:-1]) != inspection
    assert inspection != PARTS
    with pytest.raises(TypeError):
        hash(inspection)


def test_reading(inspection: Inspection) -> None:
    assert inspection.id == "root"
    assert len(inspection) == len(PARTS)
    assert [part.id for part in inspection.all(KeyQuestion)] == ["q1", "q2"]
    assert inspection.child_ids("t1", Block) == ("b1", "b2")
    assert [part.id for part in inspection.descendants("q1")] == ["t1", "b1", "b2", "t2"]
    assert inspection.get("t1", Topic).topic == "medicines"
    assert inspection.find("nobody") is None
    with pytest.raises(KeyError):
        inspection.get("t1", Block)
    with pytest.raises(KeyError):
        inspection.get("nobody", Block)
    with pytest.raises(ChangeConflict, match="empty"):
        _ = Inspection().details


# ---- moving where two people left parts on one position


def siblings(*positions: str) -> Inspection:
    blocks = [
        Block(id=f"b{number}", parent="s1", position=position, kind="bullet")
        for number, position in enumerate(positions)
    ]
    return Inspection([ROOT, Section(id="s1", parent="root", section="x"), *blocks])


@pytest.mark.parametrize(
    "positions",
    [("V", "V", "W"), ("V", "V", "V", "V"), ("", "", "V"), ("", "V", "V"), ("1", "1", "11")],
)
def test_moving_among_equal_positions(positions: tuple[str, ...]) -> None:
    start = siblings(*positions)
    ids = list(start.child_ids("s1", Block))
    for moved in ids:
        for before in [*ids, None]:
            draft = Draft(start)
            draft.move(moved, "s1", before)
            rest = [id_ for id_ in ids if id_ != moved]
            if before == moved:
                wanted = ids
            else:
                at = len(rest) if before is None else rest.index(before)
                wanted = [*rest[:at], moved, *rest[at:]]
            assert list(draft.result.child_ids("s1", Block)) == wanted
            assert draft.result.apply(draft.finish("x").inverse("x")) == start


def test_a_move_touches_no_other_part_where_there_is_room() -> None:
    draft = Draft(siblings("1", "2", "3"))
    draft.move("b2", "s1", "b1")
    assert {edit.entity for edit in draft.finish("x").edits} == {"b2"}


def test_moves_that_cannot_be(inspection: Inspection) -> None:
    draft = Draft(inspection)
    with pytest.raises(ChangeConflict, match="no part b3 below t1"):
        draft.move("b1", "t1", "b3")
    with pytest.raises(ChangeConflict, match="A topic cannot stand below s1"):
        draft.move("t1", "s1")
    with pytest.raises(KeyError):
        draft.move("nobody", "t1")
    assert draft.finish("x").edits == ()
    assert draft.result is inspection


# ---- conflicts

NEW = Topic(id="t9", parent="q1", position="X", topic="x")
CONFLICTS: dict[str, tuple[Edit, str]] = {
    "stale text": (
        Edit(entity="b1", field="text", before="two", after="three"),
        "The field “text” is not as the change expects it.",
    ),
    "stale list": (
        Edit(entity="b1", field="evidence", before=["e1"], after=[]),
        "The field “evidence” is not as the change expects it.",
    ),
    "stale key": (
        Edit(entity="root", field="ratings.safe", before=None, after="good"),
        "The field “ratings.safe” is not as the change expects it.",
    ),
    "stale key that is not there": (
        Edit(entity="root", field="ratings.caring", before="good", after=None),
        "The field “ratings.caring” is not as the change expects it.",
    ),
    "unknown part": (Edit(entity="b9", field="text", after="x"), "There is no part b9 to change."),
    "unknown field": (
        Edit(entity="b1", field="colour", after="red"),
        "There is no field “colour” to change.",
    ),
    "its id": (
        Edit(entity="b1", field="id", before="b1", after="b9"),
        "There is no field “id” to change.",
    ),
    "its kind of part": (
        Edit(entity="b1", field="entity", before="block", after="topic"),
        "There is no field “entity” to change.",
    ),
    "key of a text": (
        Edit(entity="b1", field="text.x", after="x"),
        "The field “text” has no parts.",
    ),
    "wrong type": (
        Edit(entity="b1", field="text", before="one", after=3),
        "The new value of “text” does not fit: ",
    ),
    "wrong type in a mapping": (
        Edit(entity="root", field="ratings.caring", after=3),
        "The new value of “ratings.caring” does not fit: ",
    ),
    "none in a text": (
        Edit(entity="b1", field="text", before="one"),
        "The new value of “text” does not fit: ",
    ),
    "unknown choice": (
        Edit(entity="b1", field="kind", before="bullet", after="poem"),
        "The new value of “kind” does not fit: ",
    ),
    "no day": (
        Edit(entity="n1", field="deadline", before="2020-01-09", after="2020-02-30"),
        "The new value of “deadline” does not fit: ",
    ),
    "orphaning": (
        Edit(entity="t1", before=entity_to_plain(PARTS[4])),
        "The part t1 still has parts below it.",
    ),
    "orphaning all": (
        Edit(entity="root", before=entity_to_plain(ROOT)),
        "The part root still has parts below it.",
    ),
    "stale deletion": (
        Edit(entity="b3", before=entity_to_plain(PARTS[6])),
        "The part b3 is not as the change expects it.",
    ),
    "deletion of nothing": (
        Edit(entity="b9", before=entity_to_plain(PARTS[6])),
        "The part b9 is not as the change expects it.",
    ),
    "replacement": (
        Edit(
            entity="b3",
            before=entity_to_plain(PARTS[8]),
            after=entity_to_plain(PARTS[8]),
        ),
        "The part b3 is not as the change expects it.",
    ),
    "duplicate id": (
        create(Topic(id="b1", parent="q1", topic="x")),
        "The id b1 stands twice.",
    ),
    "second details": (
        create(Details(id="other", framework="f", regime="rated")),
        "An inspection has its details once.",
    ),
    "wrong parent": (
        create(Topic(id="t9", parent="s1", topic="x")),
        "A topic cannot stand below s1.",
    ),
    "missing parent": (
        create(Topic(id="t9", parent="q9", topic="x")),
        "A topic cannot stand below q9.",
    ),
    "no parent": (create(Topic(id="t9", topic="x")), "A topic cannot stand below nothing."),
    "move to a wrong parent": (
        Edit(entity="t1", field="parent", before="q1", after="s1"),
        "A topic cannot stand below s1.",
    ),
    "move below itself": (
        Edit(entity="t1", field="parent", before="q1", after="t1"),
        "A topic cannot stand below t1.",
    ),
    "details below something": (
        Edit(entity="root", field="parent", before="", after="q1"),
        "The details stand below nothing, and in no order.",
    ),
    "details in an order": (
        Edit(entity="root", field="position", before="", after="V"),
        "The details stand below nothing, and in no order.",
    ),
    "neither before nor after": (
        Edit(entity="t9", field=WHOLE),
        "The new part t9 is faulty: ",
    ),
    "no entity": (
        Edit(entity="t9", after={"entity": "poem"}),
        "The new part t9 is faulty: ",
    ),
    "unknown field of a new part": (
        Edit(entity="t9", after={**entity_to_plain(NEW), "colour": "red"}),
        "The new part t9 is faulty: ",
    ),
    "another id": (
        Edit(entity="t9", after={**entity_to_plain(NEW), "id": "t8"}),
        "The new part t9 calls itself t8.",
    ),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_conflicts(name: str, inspection: Inspection) -> None:
    edit, message = CONFLICTS[name]
    before = list(inspection)
    good = Edit(entity="b3", field="text", before="three", after="four")
    with pytest.raises(ChangeConflict) as caught:
        inspection.apply(change(good, edit))
    found = str(caught.value)
    # What comes after a colon is the library's wording.
    assert found.startswith(message) if message.endswith(": ") else found == message
    # All edits apply, or none.
    assert list(inspection) == before
    check_whole(inspection)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ([PARTS[4]], "The id t1 stands twice."),
        ([Topic(id="t9", parent="s1", topic="x")], "A topic cannot stand below s1."),
        ([Topic(id="t9", parent="t9", topic="x")], "A topic cannot stand below t9."),
        ([Topic(id="t9", topic="x")], "A topic cannot stand below nothing."),
        (
            [Details(id="other", framework="f", regime="rated")],
            "An inspection has its details once.",
        ),
    ],
)
def test_an_inspection_is_not_built_of_what_does_not_fit(
    more: list[AnyEntity], message: str
) -> None:
    with pytest.raises(ChangeConflict) as caught:
        Inspection([*PARTS, *more])
    assert str(caught.value) == message


def test_details_with_a_place_are_refused() -> None:
    for place in ({"parent": "x"}, {"position": "V"}):
        with pytest.raises(ChangeConflict, match="The details stand below nothing"):
            Inspection([Details(id="root", framework="f", regime="rated", **place)])


def test_a_part_created_twice_in_one_change(inspection: Inspection) -> None:
    with pytest.raises(ChangeConflict, match="The id t9 stands twice"):
        inspection.apply(change(create(NEW), create(NEW)))


def test_a_child_before_its_parent_is_refused(inspection: Inspection) -> None:
    child = Block(id="b9", parent="t9", kind="bullet")
    with pytest.raises(ChangeConflict, match="A block cannot stand below t9"):
        inspection.apply(change(create(child), create(NEW)))
    after = inspection.apply(change(create(NEW), create(child)))
    assert after.child_ids("t9", Block) == ("b9",)


def test_every_kind_has_its_parents() -> None:
    """So that no edit can make a circle: below every kind stand others only."""
    assert set(PARENTS) == set(AnyEntity.__args__)  # type: ignore[attr-defined]

    def depth(kind: type[Entity]) -> int:
        return 1 + max((depth(parent) for parent in PARENTS[kind]), default=0)

    assert max(depth(kind) for kind in PARENTS) == 5


def test_many_fields_that_have_their_values_already_are_no_edits(inspection: Inspection) -> None:
    draft = Draft(inspection)
    draft.set_all([("root", "ratings", {"safe": "good"}), ("b1", "text", "one")])
    assert draft.finish("x").edits == ()
    draft.set_all([("b1", "text", "two"), ("b3", "text", "three")])
    assert [edit.entity for edit in draft.finish("x").edits] == ["b1"]
