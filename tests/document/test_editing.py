"""Editing an open inspection: undo, and the file that follows."""

from __future__ import annotations

import threading
from functools import reduce
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.change import Change, Edit, merge_changes
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Action, Details
from inspector_app.domain.inspection import Inspection
from inspector_app.errors import ChangeConflict, FileProblem
from inspector_app.frameworks.editions import start_with_edition
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.reading import open_for_reading
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def path(tmp_path: Path) -> Path:
    imported = bring_in("rated")
    path = tmp_path / "clinic.inspection"
    create_inspection_file(
        path, *start_with_edition(imported.change, imported.inspection), {}, tmp_path
    )
    return path


@pytest.fixture
def document(path: Path, qtbot: QtBot) -> Iterator[InspectionDocument]:
    document = InspectionDocument(path, path.parent)
    yield document
    document.close()


def reopen(document: InspectionDocument) -> tuple[Inspection, list[str]]:
    document.close()
    with open_for_reading(document.path) as reader:
        return reader.inspection, [change.label for change in reader.history()]


def test_a_change_is_a_step_that_can_be_undone_and_redone(
    document: InspectionDocument, qtbot: QtBot
) -> None:
    root = document.inspection.id
    with qtbot.waitSignal(document.changed) as signal:
        document.set_field(root, "ratings.safe", "good", "Change rating of Safe")
    assert signal.args[0].label == "Change rating of Safe"
    assert document.undo_stack.undoText() == "Change rating of Safe"
    document.undo_stack.undo()
    assert "safe" not in document.inspection.details.ratings
    document.undo_stack.redo()
    assert document.inspection.details.ratings["safe"] == "good"
    inspection, labels = reopen(document)
    assert inspection == document.inspection
    assert labels[1:] == [
        "Change rating of Safe",
        "Undo: Change rating of Safe",
        "Redo: Change rating of Safe",
    ]


def test_a_draft_made_before_another_change_keeps_that_change(
    document: InspectionDocument,
) -> None:
    root = document.inspection.id
    early = document.draft()
    early.set(root, "location_name", "Mill Clinic")
    document.set_field(root, "provider_name", "Lane Ltd", "Provider")
    document.apply_draft(early, "Location")
    details = document.inspection.details
    assert (details.location_name, details.provider_name) == ("Mill Clinic", "Lane Ltd")
    assert reopen(document)[0].details == details


def test_typing_in_one_place_is_one_step_and_one_row(document: InspectionDocument) -> None:
    root = document.inspection.id
    for text in ("M", "Mi", "Mill"):
        document.set_field(root, "provider_name", text, "Type provider name", "provider_name")
    assert document.undo_stack.count() == 1
    inspection, labels = reopen(document)
    assert inspection.details.provider_name == "Mill"
    assert labels[1:] == ["Type provider name"]


def test_typing_back_to_the_start_leaves_no_step(document: InspectionDocument) -> None:
    root = document.inspection.id
    before = document.inspection.details.provider_name
    document.set_field(root, "provider_name", "x", "Type", "provider_name")
    document.set_field(root, "provider_name", before, "Type", "provider_name")
    assert not document.undo_stack.canUndo()


def test_the_file_follows_by_itself(document: InspectionDocument, qtbot: QtBot) -> None:
    states: list[str] = []
    document.save_state_changed.connect(lambda state: states.append(state.kind))
    document.set_field(document.inspection.id, "provider_name", "Mill", "Type")
    qtbot.waitUntil(lambda: states == ["saving", "saved"])
    assert reopen(document)[0].details.provider_name == "Mill"


def test_while_the_file_cannot_be_written_work_goes_on(
    document: InspectionDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = InspectionFile.commit_all

    def fail(*_: object) -> None:
        raise FileProblem("The disk is full.")

    monkeypatch.setattr(InspectionFile, "commit_all", fail)
    document.set_field(document.inspection.id, "provider_name", "Mill", "Type")
    assert not document.save()
    assert document.save_state is not None
    assert (document.save_state.kind, document.save_state.message) == (
        "failed",
        "The disk is full.",
    )
    assert document.save_state.copies == 1
    document.set_field(document.inspection.id, "location_name", "Lane", "Type")
    monkeypatch.setattr(InspectionFile, "commit_all", commit)
    assert document.save()
    details = reopen(document)[0].details
    assert (details.provider_name, details.location_name) == ("Mill", "Lane")


def test_the_file_follows_when_it_can_be_written_again(
    document: InspectionDocument, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = InspectionFile.commit_all

    def fail(*_: object) -> None:
        raise FileProblem("The disk is full.")

    states: list[str] = []
    document.save_state_changed.connect(lambda state: states.append(state.kind))
    monkeypatch.setattr(InspectionFile, "commit_all", fail)
    document.set_field(document.inspection.id, "provider_name", "Mill", "Type")
    qtbot.waitUntil(lambda: states == ["saving", "failed"])
    document.set_field(document.inspection.id, "location_name", "Lane", "Type")
    monkeypatch.setattr(InspectionFile, "commit_all", commit)
    qtbot.waitUntil(lambda: states == ["saving", "failed", "saved"])
    inspection, labels = reopen(document)
    assert inspection.details.provider_name == "Mill"
    assert inspection.details.location_name == "Lane"
    assert len(labels) == 3


def test_what_is_typed_while_the_file_is_written_comes_after_it(
    document: InspectionDocument, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = InspectionFile.commit_all
    begun, may_end = threading.Event(), threading.Event()

    def dawdle(file: InspectionFile, changes: list[Change], after: Inspection) -> None:
        begun.set()
        may_end.wait()
        commit(file, changes, after)

    monkeypatch.setattr(InspectionFile, "commit_all", dawdle)
    root = document.inspection.id
    document.set_field(root, "provider_name", "Mill", "Type", "provider_name")
    qtbot.waitUntil(begun.is_set)
    document.set_field(root, "provider_name", "Mill Lane", "Type", "provider_name")
    assert document.save_state is not None
    assert document.save_state.kind == "saving"
    may_end.set()
    assert document.save()
    inspection, labels = reopen(document)
    assert inspection.details.provider_name == "Mill Lane"
    assert labels[1:] == ["Type", "Type"]


def test_typing_after_redo_is_a_change_of_its_own(document: InspectionDocument) -> None:
    root = document.inspection.id
    document.set_field(root, "provider_name", "M", "Type", "provider_name")
    document.undo_stack.undo()
    document.undo_stack.redo()
    document.set_field(root, "provider_name", "Mi", "Type", "provider_name")
    assert document.save()
    labels = reopen(document)[1]
    assert labels[1:] == ["Type", "Undo: Type", "Redo: Type", "Type"]


def test_a_change_that_does_not_fit_is_no_step(document: InspectionDocument) -> None:
    wrong = Edit(entity=document.inspection.id, field="provider_name", before="?", after="!")
    with pytest.raises(ChangeConflict):
        document.apply(Change(label="Wrong", edits=(wrong,)))
    assert not document.undo_stack.canUndo()
    assert document.save_state is not None
    assert document.save_state.kind == "saved"


FIELDS = ("provider_name", "location_name", "ratings.safe", "ratings.caring", "ratings", "address")
VALUES = {
    "ratings": st.dictionaries(st.sampled_from(["safe", "caring"]), st.text(max_size=2)),
    "address": st.lists(st.text(max_size=2), max_size=2).map(tuple),
}


@given(st.data())
def test_merged_changes_do_what_they_did_one_by_one(data: st.DataObject) -> None:
    start = Inspection([Details(id="root", framework="f", regime="rated")])
    changes = []
    after = start
    for _ in range(data.draw(st.integers(2, 6))):
        draft = Draft(after)
        for _ in range(data.draw(st.integers(0, 3))):
            if after.find("a") is None and data.draw(st.booleans()):
                draft.create(Action(id=f"a{len(draft.result)}", parent="root", strength="must"))
            elif len(draft.result) > 1 and data.draw(st.booleans()):
                last = list(draft.result)[-1]
                draft.set(last.id, "text", data.draw(st.text(max_size=2)))
                if data.draw(st.booleans()):
                    draft.delete(last.id)
            else:
                field = data.draw(st.sampled_from(FIELDS))
                draft.set("root", field, data.draw(VALUES.get(field, st.text(max_size=2))))
        changes.append(draft.finish("Typing"))
        after = draft.result
    merged = changes[0]
    for change in changes[1:]:
        merged = merge_changes(merged, change)
    assert start.apply(merged) == after
    assert after.apply(merged.inverse("Undo")) == start


@pytest.mark.parametrize(
    "fields", list(product(("ratings", "ratings.safe"), repeat=4)), ids=" ".join
)
def test_a_whole_mapping_and_one_key_of_it_are_merged_in_their_order(
    fields: tuple[str, ...],
) -> None:
    draft = Draft(Inspection([Details(id="root", framework="f", regime="rated")]))
    start = draft.result
    changes = []
    for number, field in enumerate(fields):
        draft = Draft(draft.result)
        value = {"safe": f"{number}"} if field == "ratings" else f"{number}"
        draft.set("root", field, value)
        changes.append(draft.finish("Type"))
    merged = reduce(merge_changes, changes)
    assert start.apply(merged) == draft.result
    assert draft.result.apply(merged.inverse("Undo")) == start


def test_a_part_that_goes_and_comes_again_is_merged_in_order() -> None:
    start = Inspection([Details(id="root", framework="f", regime="rated")])
    draft = Draft(start)
    changes = []
    for text in ("first", "second"):
        draft = Draft(draft.result)
        if draft.result.find("a") is not None:
            draft.delete("a")
        draft.create(Action(id="a", parent="root", strength="must"))
        draft.set("a", "text", text)
        changes.append(draft.finish("Type"))
    merged = reduce(merge_changes, changes)
    assert start.apply(merged) == draft.result
    assert draft.result.apply(merged.inverse("Undo")) == start


def test_a_merged_change_is_named_after_the_first_and_timed_by_the_last() -> None:
    first, last = (
        Change(
            label=f"Type {who}",
            who=who,
            edits=(Edit(entity="root", field="provider_name", before=before, after=after),),
        )
        for who, before, after in (("AB", "", "M"), ("CD", "M", "Mill"))
    )
    merged = merge_changes(first, last)
    assert (merged.label, merged.who) == ("Type AB", "AB")
    assert (merged.id, merged.when) == (last.id, last.when)
    assert merged.edits == (Edit(entity="root", field="provider_name", before="", after="Mill"),)
