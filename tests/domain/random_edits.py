"""Edits of any kind, drawn by hypothesis, on an inspection that begins empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from inspector_app.domain.entities import (
    PARENTS,
    Action,
    Block,
    Details,
    Entity,
    EvidenceNote,
    KeyQuestion,
    Notice,
    Section,
    Service,
    Topic,
)

if TYPE_CHECKING:
    from inspector_app.domain.drafting import Draft

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS: dict[type[Entity], dict[str, st.SearchStrategy[Any]]] = {
    Details: {
        "location_name": TEXTS,
        "announced": st.sampled_from([None, True, False]),
        "address": st.lists(TEXTS, max_size=3).map(tuple),
        "visit_dates": st.lists(st.dates(), max_size=2).map(tuple),
        "publication_date": st.none() | st.dates(),
        "ratings": st.dictionaries(TEXTS, TEXTS, max_size=2),
        "ratings.safe": st.none() | TEXTS,
        "scores.a.b": st.none() | st.integers(1, 4),
    },
    Section: {"section": TEXTS},
    Service: {
        "name": TEXTS,
        "left_out": st.booleans(),
        "row_only": st.booleans(),
        "ratings.safe": st.none() | TEXTS,
        "dates": st.dictionaries(TEXTS, TEXTS),
        "previous_ratings": st.dictionaries(TEXTS, TEXTS, max_size=2),
        "scores.a.b": st.none() | st.integers(1, 4),
    },
    KeyQuestion: {"key_question": TEXTS},
    Topic: {"title": TEXTS, "lead": TEXTS},
    Block: {
        "text": TEXTS,
        "kind": st.sampled_from(["bullet", "paragraph"]),
        "level": st.sampled_from([0, 1]),
        "evidence": st.lists(TEXTS, max_size=2).map(tuple),
        "rows": st.lists(st.lists(TEXTS, max_size=2).map(tuple), max_size=2).map(tuple),
    },
    Action: {"text": TEXTS, "strength": st.sampled_from(["must", "should"])},
    Notice: {"deadline": st.none() | st.dates(), "withheld": st.booleans()},
    EvidenceNote: {"missing_attachments": st.dictionaries(TEXTS, st.integers(0, 3), max_size=2)},
}
REQUIRED: dict[type[Entity], dict[str, Any]] = {
    Section: {"section": "x"},
    KeyQuestion: {"key_question": "safe"},
    Block: {"kind": "bullet"},
    Action: {"strength": "must"},
}


def edit_randomly(data: st.DataObject, draft: Draft, number: int) -> None:
    parts = sorted(draft.result, key=lambda part: part.id)
    part = data.draw(st.sampled_from(parts))
    what = data.draw(
        st.sampled_from(["create", "create", "create", "set", "set", "move", "delete"])
    )
    if what == "create":
        kinds = [kind for kind in SCALARS if type(part) in PARENTS[kind]]
        if kinds:
            kind = data.draw(st.sampled_from(kinds))
            place = data.draw(st.sampled_from(["end", "", "V"]))
            if place == "end":
                place = draft.position_at_end(part.id, kind)
            draft.create(
                kind(id=f"n{number}", parent=part.id, position=place, **REQUIRED.get(kind, {}))
            )
    elif what == "set":
        field = data.draw(st.sampled_from(sorted(SCALARS[type(part)])))
        draft.set(part.id, field, data.draw(SCALARS[type(part)][field]))
    elif what == "move" and part.id != draft.result.id:
        parents = [other for other in parts if type(other) in PARENTS[type(part)]]
        parent = data.draw(st.sampled_from(parents))
        siblings = draft.result.child_ids(parent.id, type(part))
        before = data.draw(st.sampled_from([None, *siblings]))
        wanted = [id_ for id_ in siblings if id_ != part.id]
        if before == part.id:
            wanted = list(siblings)
        else:
            wanted.insert(len(wanted) if before is None else wanted.index(before), part.id)
        draft.move(part.id, parent.id, before)
        assert draft.result.child_ids(parent.id, type(part)) == tuple(wanted)
    elif what == "delete" and part.id != draft.result.id:
        gone = {part.id, *(below.id for below in draft.result.descendants(part.id))}
        draft.delete(part.id)
        assert not gone & {other.id for other in draft.result}
        assert len(draft.result) == len(parts) - len(gone)
