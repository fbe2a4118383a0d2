"""Reconciling a text area with the blocks it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.block_edits import WantedBlock, draft_blocks, draft_move
from inspector_app.domain.change import to_plain
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Block, Details, EvidenceNote, Section
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.order import positions_between, positions_for

SECTION = "section"


def make_inspection(texts: list[str], evidence: tuple[str, ...] = ()) -> Inspection:
    positions = positions_for(len(texts))
    return Inspection(
        [
            Details(id="root", framework="f", regime="rated"),
            Section(id=SECTION, parent="root", section="background"),
            EvidenceNote(id="n1", parent="root"),
            *(
                Block(
                    id=f"b{index}",
                    parent=SECTION,
                    position=position,
                    kind="bullet",
                    text=text,
                    evidence=evidence,
                )
                for index, (text, position) in enumerate(zip(texts, positions, strict=True))
            ),
        ]
    )


def show(inspection: Inspection) -> list[WantedBlock]:
    return [
        WantedBlock(block.kind, block.text, block.id, block.level)
        for block in inspection.children(SECTION, Block)
    ]


def share_a_place(inspection: Inspection, data: st.DataObject) -> Inspection:
    """Let some blocks stand at one position, as two people's would."""
    draft = Draft(inspection)
    ids = inspection.child_ids(SECTION, Block)
    for id_ in ids[1:]:
        if data.draw(st.booleans()):
            before = ids[ids.index(id_) - 1]
            draft.set(id_, "position", draft.result.get(before, Block).position)
    return draft.result


def test_nothing_changed_drafts_nothing() -> None:
    inspection = make_inspection(["a", "b"])
    draft = Draft(inspection)
    assert draft_blocks(draft, SECTION, show(inspection)) == ["b0", "b1"]
    assert draft.finish("").edits == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", "b and more"), ("kind", "paragraph"), ("level", 1), ("evidence", ("n1",))],
)
def test_what_a_line_says_otherwise_is_one_edit(field: str, value: object) -> None:
    inspection = make_inspection(["a", "b", "c"])
    wanted = show(inspection)
    wanted[1] = wanted[1]._replace(**{field: value})
    draft = Draft(inspection)
    draft_blocks(draft, SECTION, wanted)
    (edit,) = draft.finish("").edits
    assert (edit.entity, edit.field, edit.after) == ("b1", field, to_plain(value))


def test_a_split_keeps_the_id_in_front_and_the_notes_on_both_sides() -> None:
    inspection = make_inspection(["one two"], evidence=("n1",))
    draft = Draft(inspection)
    wanted = [
        WantedBlock("bullet", "one", "b0"),
        WantedBlock("bullet", "two", "", evidence=("n1",)),
    ]
    ids = draft_blocks(draft, SECTION, wanted)
    blocks = list(draft.result.children(SECTION, Block))
    assert [block.text for block in blocks] == ["one", "two"]
    assert ids[0] == "b0"
    assert [block.evidence for block in blocks] == [("n1",), ("n1",)]


def test_a_join_keeps_the_notes_of_both() -> None:
    inspection = make_inspection(["one", "two"])
    draft = Draft(inspection)
    draft_blocks(draft, SECTION, [WantedBlock("bullet", "one two", "b0", evidence=("n1",))])
    (block,) = draft.result.children(SECTION, Block)
    assert (block.id, block.text, block.evidence) == ("b0", "one two", ("n1",))


def test_moving_one_block_moves_no_other() -> None:
    inspection = make_inspection(list("abcde"))
    wanted = show(inspection)
    wanted.insert(1, wanted.pop(3))
    draft = Draft(inspection)
    draft_blocks(draft, SECTION, wanted)
    (edit,) = draft.finish("").edits
    assert (edit.entity, edit.field) == ("b3", "position")


def test_a_line_between_two_blocks_of_one_position() -> None:
    inspection = make_inspection(["a", "b"])
    draft = Draft(inspection)
    draft.set("b1", "position", inspection.get("b0", Block).position)
    first, last = show(draft.result)
    draft_blocks(draft, SECTION, [first, WantedBlock("bullet", "between"), last])
    assert [line.text for line in show(draft.result)] == ["a", "between", "b"]


def test_a_copied_table_is_another_block_than_its_original() -> None:
    inspection = make_inspection(["a"])
    table = Block(id="b9", external_id="t-1", parent=SECTION, kind="table", rows=(("x",),))
    draft = Draft(inspection)
    ids = draft_blocks(draft, SECTION, [*show(inspection), WantedBlock("table", "", like=table)])
    copy = draft.result.get(ids[1], Block)
    assert copy.rows == table.rows
    assert copy.id != table.id
    assert copy.external_id == ""


def test_a_large_paste_keeps_positions_short() -> None:
    inspection = make_inspection(["a", "b"])
    first, last = show(inspection)
    pasted = [WantedBlock("bullet", str(number)) for number in range(5000)]
    draft = Draft(inspection)
    draft_blocks(draft, SECTION, [first, *pasted, last])
    assert max(len(block.position) for block in draft.result.children(SECTION, Block)) <= 5


@given(st.integers(0, 300), st.sampled_from(["", "V", "V1"]), st.sampled_from(["", "V2", "W"]))
def test_positions_between_rise(count: int, before: str, after: str) -> None:
    found = positions_between(before, after, count)
    everything = [before, *found, *([after] if after else [])]
    assert len(found) == count
    assert everything == sorted(set(everything))


@given(st.data())
def test_any_text_area_comes_out_as_it_is(data: st.DataObject) -> None:
    inspection = make_inspection(data.draw(st.lists(st.text(max_size=5), max_size=8)))
    inspection = share_a_place(inspection, data)
    ids = [line.id for line in show(inspection)]
    lines = st.builds(
        WantedBlock,
        kind=st.sampled_from(["bullet", "paragraph", "heading"]),
        text=st.text(max_size=5),
        id=st.sampled_from([*ids, "", "foreign"]),
        level=st.integers(0, 1),
    )
    head, tail = data.draw(st.tuples(st.integers(0, len(ids)), st.integers(0, len(ids))))
    shown = show(inspection)
    # Mostly there is much around that nobody touched.
    wanted = [
        *shown[:head],
        *data.draw(st.lists(lines, max_size=6)),
        *shown[max(head, len(ids) - tail) :],
    ]
    draft = Draft(inspection)
    found = draft_blocks(draft, SECTION, wanted)
    shown = show(draft.result)
    assert [line.id for line in shown] == found
    assert [(line.kind, line.text, line.level) for line in shown] == [
        (line.kind, line.text, line.level) for line in wanted
    ]
    # The first line that names a block keeps it.
    for id_ in set(ids):
        first = next((i for i, line in enumerate(wanted) if line.id == id_), None)
        assert first is None or found[first] == id_
    change = draft.finish("Typing")
    assert inspection.apply(change) == draft.result
    assert draft.result.apply(change.inverse("Undo")) == inspection


def make_two(kinds: list[int], there: int) -> Inspection:
    """A section of bullets on the given levels, and another one with some paragraphs."""
    parts = [
        Section(id="other", parent="root", section="overall_summary"),
        *(
            Block(id=f"o{index}", parent="other", position=position, kind="paragraph")
            for index, position in enumerate(positions_for(there))
        ),
    ]
    inspection = make_inspection([f"{level}" for level in kinds])
    draft = Draft(inspection)
    for index, level in enumerate(kinds):
        draft.set(f"b{index}", "level", level)
    draft.create_all(parts)
    return draft.result


@given(st.data())
def test_blocks_move_to_another_place_as_they_are(data: st.DataObject) -> None:
    levels = data.draw(st.lists(st.integers(0, 1), min_size=1, max_size=6))
    inspection = make_two([0, *levels], data.draw(st.integers(0, 3)))
    first = data.draw(st.integers(0, len(levels)))
    last = data.draw(st.integers(first, len(levels)))
    ids = [f"b{index}" for index in range(first, last + 1)]
    parent = data.draw(st.sampled_from([SECTION, "other"]))
    others = [id_ for id_ in inspection.child_ids(parent, Block) if id_ not in ids]
    before = data.draw(st.sampled_from([*others, None]))
    draft = Draft(inspection)
    draft_move(draft, ids, parent, before)
    found = list(draft.result.child_ids(parent, Block))
    place = others.index(before) if before else len(others)
    assert found == [*others[:place], *ids, *others[place:]]
    for id_ in ids:
        old, new = inspection.get(id_, Block), draft.result.get(id_, Block)
        assert (new.kind, new.text, new.evidence) == (old.kind, old.text, old.evidence)
    # Nothing that was moved is nested below nothing.
    blocks = list(draft.result.children(parent, Block))
    for above, block in zip([None, *blocks], blocks, strict=False):
        if block.id in ids and block.level:
            assert above is not None
            assert above.kind == "bullet"
    change = draft.finish("Move")
    assert draft.result.apply(change.inverse("Undo")) == inspection
