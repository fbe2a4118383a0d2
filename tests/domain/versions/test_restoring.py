"""Comparing two states, restoring from the earlier one, and the way back along the history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import (
    PARENTS,
    Action,
    AnyEntity,
    Attachment,
    Block,
    Details,
    EvidenceNote,
    KeyQuestion,
    Section,
    Topic,
)
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.versions.comparing import compare
from inspector_app.domain.versions.history import (
    HistoryLine,
    group_sessions,
    make_mark,
    rewind,
)
from inspector_app.domain.versions.restoring import choose_for_all, draft_restore, is_restorable
from inspector_app.domain.versions.word_marks import WordMark, mark_words
from inspector_app.errors import ChangeConflict
from tests.domain.random_edits import edit_randomly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.domain.change import Change

ROOT = Details(id="root", framework="f", regime="rated", ratings={"safe": "good"})
PARTS: tuple[AnyEntity, ...] = (
    ROOT,
    Section(id="s1", parent="root", position="V", section="background"),
    KeyQuestion(id="q1", parent="root", position="V", key_question="safe"),
    Topic(id="t1", parent="q1", position="V", topic="medicines"),
    Topic(id="t2", parent="q1", position="W", title="Own"),
    *(
        Block(id=f"b{n}", parent="t1", position=f"V{n}", kind="bullet", text=f"text {n}")
        for n in range(1, 6)
    ),
    EvidenceNote(id="e1", parent="root", position="V", text="note", attachments=("a1",)),
    Attachment(id="a1", parent="root", position="V", name="photo.png"),
)


@pytest.fixture
def then() -> Inspection:
    return Inspection(PARTS)


def restore_all(then: Inspection, now: Inspection) -> Draft:
    draft = Draft(now)
    draft_restore(draft, then, compare(then, now))
    return draft


def restore_one(then: Inspection, now: Inspection, *ids: str) -> Inspection:
    draft = Draft(now)
    draft_restore(draft, then, [item for item in compare(then, now) if item.entity.id in ids])
    return draft.result


def in_order(inspection: Inspection) -> Iterator[AnyEntity]:
    """Yield what is to be seen of an inspection: all parts in order, but for their positions."""
    for part in inspection.descendants(inspection.id):
        yield msgspec.structs.replace(part, position="")
    yield inspection.details


def blocks(inspection: Inspection, parent: str = "t1") -> list[str]:
    return list(inspection.child_ids(parent, Block))


# -- any two states


@given(data=st.data(), first=st.integers(0, 15), second=st.integers(1, 15))
def test_restoring_every_difference_gives_the_earlier_state(
    data: st.DataObject, first: int, second: int
) -> None:
    draft = Draft(Inspection([ROOT]))
    for number in range(first):
        edit_randomly(data, draft, number)
    then = draft.result
    draft = Draft(then)
    for number in range(first, first + second):
        edit_randomly(data, draft, number)
    now = draft.result

    restored = restore_all(then, now)
    assert compare(then, restored.result) == ()
    assert list(in_order(restored.result)) == list(in_order(then))
    change = restored.finish("Restore")
    assert now.apply(change) == restored.result
    assert restored.result.apply(change.inverse("Undo")) == now


@given(data=st.data(), first=st.integers(1, 15), second=st.integers(1, 15))
def test_restoring_some_differences_leaves_a_whole_inspection(
    data: st.DataObject, first: int, second: int
) -> None:
    draft = Draft(Inspection([ROOT]))
    for number in range(first):
        edit_randomly(data, draft, number)
    then = draft.result
    for number in range(first, first + second):
        edit_randomly(data, draft, number)
    now = draft.result
    differences = compare(then, now)
    chosen = [item for item in differences if data.draw(st.booleans())]

    draft = Draft(now)
    draft_restore(draft, then, chosen)
    rest = {item.key: item for item in compare(then, draft.result)}
    for item in chosen:
        left = rest.get(item.key)
        fields = {field.field for field in left.fields} if left is not None else set()
        assert fields <= {"evidence"}, "links to notes that are gone are left out, nothing else"
        assert left is None or left.kind not in {"added", "removed"}
    assert Inspection(draft.result) == draft.result, "each part has its parent"
    assert now.apply(draft.finish("Restore")) == draft.result


@given(data=st.data(), count=st.integers(1, 20))
def test_the_history_leads_back(data: st.DataObject, count: int) -> None:
    states = [Inspection([ROOT])]
    changes: list[Change] = []
    for number in range(count):
        draft = Draft(states[-1])
        edit_randomly(data, draft, number)
        changes.append(draft.finish("Step"))
        states.append(draft.result)
    for index, state in enumerate(states):
        assert rewind(states[-1], reversed(changes[index:])) == state


def test_a_history_that_does_not_lead_here_is_refused(then: Inspection) -> None:
    draft = Draft(then)
    draft.set("b1", "text", "other")
    with pytest.raises(ChangeConflict):
        rewind(then, [draft.finish("x")])


# -- single differences


def test_the_same_bullet_rewritten_and_moved_is_one_difference(then: Inspection) -> None:
    draft = Draft(then)
    draft.set("b4", "text", "rewritten")
    draft.move("b4", "t1", "b1")
    (found,) = compare(then, draft.result)
    assert (found.kind, found.entity.id, found.moved) == ("changed", "b4", True)
    assert [tuple(field) for field in found.fields] == [("text", "text 4", "rewritten")]


def test_one_moved_bullet_moves_no_other(then: Inspection) -> None:
    draft = Draft(then)
    draft.move("b1", "t1")
    assert [(item.kind, item.entity.id) for item in compare(then, draft.result)] == [
        ("moved", "b1")
    ]
    assert restore_one(then, draft.result, "b1") == then


def test_up_and_down_again_is_no_difference(then: Inspection) -> None:
    draft = Draft(then)
    draft.move("b2", "t1", "b1")
    draft.set("b2", "position", "V11")
    assert blocks(draft.result) == blocks(then)
    assert draft.result != then
    assert compare(then, draft.result) == ()


def test_each_field_of_the_details_is_a_difference_of_its_own(then: Inspection) -> None:
    draft = Draft(then)
    draft.set("root", "ratings.safe", None)
    draft.set("root", "ratings.caring", "good")
    draft.set("root", "location_name", "Elsewhere")
    found = compare(then, draft.result)
    assert {item.key for item in found} == {
        ("root", "ratings.safe"),
        ("root", "ratings.caring"),
        ("root", "location_name"),
    }
    one = Draft(draft.result)
    draft_restore(one, then, [item for item in found if item.key[1] == "ratings.safe"])
    assert one.result.details.ratings == {"safe": "good", "caring": "good"}
    assert one.result.details.location_name == "Elsewhere"


def test_what_was_removed_is_listed_where_it_stood(then: Inspection) -> None:
    draft = Draft(then)
    draft.set("b1", "text", "x")
    draft.delete("b2")
    draft.set("b3", "text", "y")
    assert [(item.kind, item.entity.id) for item in compare(then, draft.result)] == [
        ("changed", "b1"),
        ("removed", "b2"),
        ("changed", "b3"),
    ]
    assert restore_one(then, draft.result, "b2").child_ids("t1", Block) == tuple(blocks(then))


def test_a_bullet_comes_back_between_its_neighbours_where_positions_are_others() -> None:
    parts = {part.id: part for part in PARTS}
    places = {"b1": "k1", "b2": "k2", "b3": "k3", "b4": "k4", "b5": "k5"}
    moved = [
        msgspec.structs.replace(part, position=places.get(part.id, part.position))
        for part in parts.values()
        if part.id != "b3"
    ]
    then, now = Inspection(PARTS), Inspection(moved)
    assert [item.kind for item in compare(then, now)] == ["removed"]
    assert blocks(restore_all(then, now).result) == ["b1", "b2", "b3", "b4", "b5"]


def test_a_bullet_brings_the_topic_that_it_stood_in(then: Inspection) -> None:
    draft = Draft(then)
    draft.delete("t1")
    restored = restore_one(then, draft.result, "b2")
    assert restored.find("t1") == then.find("t1")
    assert blocks(restored) == ["b2"]


def test_a_bullet_leaves_a_topic_that_goes(then: Inspection) -> None:
    draft = Draft(then)
    draft.create(Topic(id="t9", parent="q1", position="X", title="New"))
    draft.move("b2", "t9")
    draft.create(Block(id="b9", parent="t9", position="W", kind="bullet", text="new"))
    restored = restore_one(then, draft.result, "t9")
    assert restored == then


def test_notes_taken_since_stay_and_their_links_are_not_left_hanging(then: Inspection) -> None:
    draft = Draft(then)
    draft.create(EvidenceNote(id="e2", parent="root", position="W", text="since"))
    draft.set("b1", "evidence", ("e2",))
    draft.set("b2", "text", "rewritten")
    differences = compare(then, draft.result)
    kept = choose_for_all(differences)
    assert {item.entity.id for item in differences} - {item.entity.id for item in kept} == {"e2"}

    texts = Draft(draft.result)
    draft_restore(texts, then, kept)
    assert texts.result.find("e2") is not None
    alone = restore_one(then, draft.result, "e2")
    assert alone.find("e2") is None
    assert alone.get("b1", Block).evidence == ()
    assert alone.get("b2", Block).text == "rewritten"


def test_a_link_to_a_note_that_is_gone_is_left_out() -> None:
    linked = [
        msgspec.structs.replace(part, evidence=("e1",)) if isinstance(part, Block) else part
        for part in PARTS
    ]
    then = Inspection(linked)
    draft = Draft(then)
    draft.set("b1", "evidence", ())
    draft.set("b1", "text", "x")
    draft.delete("e1")
    restored = restore_one(then, draft.result, "b1")
    assert restored.get("b1", Block).text == "text 1"
    assert restored.get("b1", Block).evidence == ()
    assert restore_one(then, draft.result, "b1", "e1").get("b1", Block).evidence == ("e1",)


def test_a_note_brings_its_photo(then: Inspection) -> None:
    draft = Draft(then)
    draft.delete("e1")
    draft.delete("a1")
    assert restore_one(then, draft.result, "e1") == then


def test_a_photo_that_is_shown_stays(then: Inspection) -> None:
    draft = Draft(then)
    draft.create(Attachment(id="a2", parent="root", position="W", name="new.png"))
    draft.create(Block(id="i1", parent="s1", position="V", kind="image", attachment="a2"))
    assert restore_one(then, draft.result, "a2") == draft.result
    assert restore_one(then, draft.result, "a2", "i1") == then


def test_the_state_is_left_as_it_is(then: Inspection) -> None:
    draft = Draft(then)
    draft.set("root", "state", "in_review")
    draft.set("root", "location_name", "Elsewhere")
    found = compare(then, draft.result)
    assert {item.key[1]: is_restorable(item) for item in found} == {
        "state": False,
        "location_name": True,
    }
    assert [item.key[1] for item in choose_for_all(found)] == ["location_name"]


def test_another_inspection_is_not_compared(then: Inspection) -> None:
    with pytest.raises(ChangeConflict):
        compare(then, Inspection([Details(id="other", framework="f", regime="rated")]))


def test_every_kind_of_part_is_placed_behind_its_parents() -> None:
    kinds = sorted(PARENTS, key=lambda kind: (kind is Block, list(PARENTS).index(kind)))
    for kind in kinds:
        assert all(kinds.index(parent) < kinds.index(kind) for parent in PARENTS[kind])


# -- words


WORDS = st.text(st.sampled_from("ab  .\n,é"), max_size=40)


@given(WORDS, WORDS)
def test_marks_are_both_texts(then: str, now: str) -> None:
    marks = mark_words(then, now)
    assert "".join(mark.text for mark in marks if mark.kind != "new") == then
    assert "".join(mark.text for mark in marks if mark.kind != "gone") == now
    assert all(mark.text for mark in marks)


def test_marks_are_words() -> None:
    assert mark_words("Staff were not trained.", "Most staff were trained well.") == (
        WordMark("gone", "Staff"),
        WordMark("new", "Most staff"),
        WordMark("same", " were "),
        WordMark("gone", "not "),
        WordMark("same", "trained"),
        WordMark("new", " well"),
        WordMark("same", "."),
    )


def test_long_texts_are_marked_as_a_whole_between_what_is_the_same() -> None:
    old = " ".join(f"a{n}" for n in range(5_000))
    new = " ".join(f"b{n}" for n in range(5_000))
    assert mark_words(f"x {old} y", f"x {new} y") == (
        WordMark("same", "x "),
        WordMark("gone", old),
        WordMark("new", new),
        WordMark("same", " y"),
    )


# -- the history


def line(number: int, when: datetime, who: str = "AB") -> HistoryLine:
    return HistoryLine(f"c{number}", f"Change {number}", who, when, marks_version=False)


def test_sessions_end_with_the_day_and_with_a_long_pause() -> None:
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    times = [noon - timedelta(minutes=minutes) for minutes in (0, 10, 69, 130, 150, 24 * 60)]
    lines = [line(number, when) for number, when in enumerate(times)]
    lines[1] = lines[1]._replace(who="CD")
    sessions = list(group_sessions(lines, UTC))
    assert [len(session.lines) for session in sessions] == [3, 2, 1]
    assert (sessions[0].start, sessions[0].end) == (times[2], times[0])
    assert sessions[0].who == ("AB", "CD")
    assert [item for session in sessions for item in session.lines] == lines


def test_a_mark_has_a_name_and_no_edits() -> None:
    mark = make_mark("  Before \n review ", "AB")
    assert (mark.label, mark.who, mark.edits) == ("Before review", "AB", ())
    with pytest.raises(ValueError, match="name"):
        make_mark(" \n", "AB")


def test_a_mapping_with_a_nameless_key_is_one_difference() -> None:
    then, now = (
        Inspection([Details(id="root", framework="f", regime="rated", ratings={"": rating})])
        for rating in ("good", "poor")
    )
    (difference,) = compare(then, now)
    assert [field.field for field in difference.fields] == ["ratings"]
    draft = Draft(now)
    draft_restore(draft, then, [difference])
    assert draft.result == then


def test_notes_and_files_that_came_later_stay_when_all_is_restored(then: Inspection) -> None:
    draft = Draft(then)
    draft.create(EvidenceNote(id="later1", parent=then.id))
    draft.create(Attachment(id="later2", parent=then.id, name="later.png"))
    draft.create(Action(id="later3", parent=then.id, strength="must"))
    chosen = choose_for_all(compare(then, draft.result))
    assert [item.entity.id for item in chosen] == ["later3"]


@pytest.mark.parametrize(
    ("field", "value", "restorable"),
    [
        ("state", "final", False),
        ("state_dates.final", "2026-03-04", False),
        ("provider_name", "Mill", True),
    ],
)
def test_a_state_is_never_restored(
    then: Inspection, field: str, value: str, restorable: bool
) -> None:
    draft = Draft(then)
    draft.set(then.id, field, value)
    (difference,) = compare(then, draft.result)
    assert is_restorable(difference) is restorable
