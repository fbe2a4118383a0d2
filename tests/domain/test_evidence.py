"""Which sentences a note supports, and edits of many notes."""

from __future__ import annotations

import pytest

from inspector_app.domain.change import Change
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import (
    Action,
    Attachment,
    Block,
    Details,
    EvidenceNote,
    KeyQuestion,
)
from inspector_app.domain.evidence import (
    EvidenceIndex,
    delete_notes,
    edit_notes,
    link_notes,
    remove_file,
)
from inspector_app.domain.inspection import Inspection


@pytest.fixture
def inspection() -> Inspection:
    return Inspection(
        [
            Details(id="root", framework="f", regime="rated"),
            KeyQuestion(id="safe", parent="root", key_question="safe"),
            Block(id="b1", parent="safe", position="1", kind="bullet", evidence=("n1", "n2")),
            Block(id="b2", parent="safe", position="2", kind="bullet"),
            Action(id="a1", parent="root", strength="must", evidence=("n1",)),
            EvidenceNote(id="n1", parent="root", topics=("safe",), attachments=("f1", "f2")),
            EvidenceNote(id="n2", parent="root", attachments=("f2",)),
            Attachment(id="f1", parent="root", name="one.png"),
            Attachment(id="f2", parent="root", name="two.png"),
        ]
    )


def test_the_index_knows_both_ways(inspection: Inspection) -> None:
    index = EvidenceIndex(inspection)
    assert index.places("n1") == ("b1", "a1")
    assert index.count("n2") == 1
    assert index.notes("b1") == ("n1", "n2")
    assert (index.places("?"), index.notes("b2"), index.count("?")) == ((), (), 0)


def test_the_index_follows_changes_there_and_back(inspection: Inspection) -> None:
    index = EvidenceIndex(inspection)
    draft = Draft(inspection)
    draft.set("b2", "evidence", ("n2",))
    draft.set("b1", "evidence", ("n1",))
    draft.delete("a1")
    draft.set("b2", "text", "Not about evidence")
    change = draft.finish("Edit")
    assert index.follow(change, draft.result) == {"n1", "n2"}
    assert (index.places("n1"), index.places("n2")) == (("b1",), ("b2",))
    back = change.inverse("Undo")
    index.follow(back, draft.result.apply(back))
    assert (set(index.places("n1")), index.places("n2")) == ({"b1", "a1"}, ("b1",))


def test_deleting_notes_takes_links_and_lonely_files_along(inspection: Inspection) -> None:
    edits = delete_notes(inspection, ["n1"], EvidenceIndex(inspection))
    change = Change(label="Delete", edits=edits)
    after = inspection.apply(change)
    assert after.find("n1") is None
    assert after.get("b1", Block).evidence == ("n2",)
    assert after.get("a1", Action).evidence == ()
    assert after.find("f1") is None, "nothing shows it any more"
    assert after.find("f2") is not None, "the other note shows it"
    assert after.apply(change.inverse("Undo")) == inspection


def test_a_file_that_a_sentence_shows_outlives_its_note(inspection: Inspection) -> None:
    shown = show_in_report(inspection, "f1")
    edits = delete_notes(shown, ["n1", "n2"], EvidenceIndex(shown))
    after = shown.apply(Change(label="Delete", edits=edits))
    assert after.find("f1") is not None
    assert after.find("f2") is None


def show_in_report(inspection: Inspection, file: str) -> Inspection:
    draft = Draft(inspection)
    draft.create(Block(id="b3", parent="safe", position="3", kind="image", attachment=file))
    return draft.result


def test_a_file_that_is_taken_off_a_note_stays_while_something_shows_it(
    inspection: Inspection,
) -> None:
    for before, file, stays in (
        (inspection, "f1", False),
        (inspection, "f2", True),
        (show_in_report(inspection, "f1"), "f1", True),
    ):
        change = Change(label="Remove", edits=remove_file(before, "n1", file))
        after = before.apply(change)
        assert file not in after.get("n1", EvidenceNote).attachments
        assert (after.find(file) is not None) is stays
        assert after.apply(change.inverse("Undo")) == before


def test_many_notes_get_a_value_at_once(inspection: Inspection) -> None:
    edits = edit_notes(
        inspection, ["n1", "n2", "n1"], "topics", lambda note: {*note.topics, "safe"}
    )
    assert [edit.entity for edit in edits] == ["n2"], "the other has it already"
    after = inspection.apply(Change(label="Add a topic", edits=edits))
    assert after.get("n2", EvidenceNote).topics == ("safe",)


def test_link_and_unlink(inspection: Inspection) -> None:
    assert link_notes(inspection, "b1", ["n1"]) == ()
    assert link_notes(inspection, "root", ["n1"]) == ()
    (edit,) = link_notes(inspection, "b1", ["n3"])
    assert edit.after == ["n1", "n2", "n3"]
    (edit,) = link_notes(inspection, "b1", ["n1", "n2"], linked=False)
    assert edit.after == []
