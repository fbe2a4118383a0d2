"""The table of notes under Qt's model tester, following every kind of change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from inspector_app.domain.change import Change, Edit
from inspector_app.domain.entities import EvidenceNote
from inspector_app.domain.inspection import entity_to_plain
from inspector_app.ui.evidence.note_model import NOTES_MIME, NoteColumn, NoteFilter, NoteModel

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument

DOWN = Qt.SortOrder.DescendingOrder


@pytest.fixture
def model(document: InspectionDocument, qtmodeltester: ModelTester, qtbot: QtBot) -> NoteModel:
    model = NoteModel(document, document)
    qtmodeltester.check(model)
    return model


def ids(model: NoteModel) -> list[str]:
    return [model.get_id(row) for row in range(model.rowCount())]


def cell(model: NoteModel, row: int, column: int) -> str:
    return str(model.index(row, column).data())


def test_rows_are_in_the_order_of_time(model: NoteModel) -> None:
    assert ids(model) == ["survey", "fridge", "nurse"]
    assert [cell(model, 1, column) for column in NoteColumn] == [
        "4 Mar 2024, 09:50",
        "▼ Concern",
        "Fridge log: <b>nine</b> readings above 8°C.",
        "Record: temperature log",
        "Safe and appropriate use of medicines",
        "1",
        "KB",
    ]


@pytest.mark.parametrize("column", NoteColumn)
def test_every_column_sorts_both_ways(model: NoteModel, column: int) -> None:
    model.sort(column)
    rising = ids(model)
    model.sort(column, DOWN)
    assert ids(model) == rising[::-1]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (NoteFilter(words=("fridge", "nine")), ["fridge"]),
        (NoteFilter(words=("cold",)), ["fridge"]),
        (NoteFilter(words=("practice nurse",)), ["nurse"]),
        (NoteFilter(topic="safe"), ["fridge", "nurse"]),
        (NoteFilter(topic="safe.medicines"), ["fridge"]),
        (NoteFilter(stance="strength"), ["survey", "nurse"]),
        (NoteFilter(source="data"), ["survey"]),
        (NoteFilter(used=True), ["fridge"]),
        (NoteFilter(used=False, corroborated=False), ["survey", "nurse"]),
        (NoteFilter(corroborated=True), ["fridge"]),
        (NoteFilter(words=("nowhere",)), []),
    ],
)
def test_filters(model: NoteModel, wanted: NoteFilter, expected: list[str]) -> None:
    model.set_filter(wanted)
    assert ids(model) == expected


def test_a_key_question_takes_no_other_along_that_begins_like_it(
    model: NoteModel, document: InspectionDocument
) -> None:
    draft = document.draft()
    draft.create(EvidenceNote(id="boat", parent=document.inspection.id, topics=("safer_boats",)))
    document.apply_draft(draft, "Add")
    model.set_filter(NoteFilter(topic="safe"))
    assert ids(model) == ["fridge", "nurse"]


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, DOWN])
def test_new_rows_go_where_they_belong_and_undo_takes_them_out(
    model: NoteModel, document: InspectionDocument, qtbot: QtBot, order: Qt.SortOrder
) -> None:
    model.sort(NoteColumn.TIME, order)
    before = ids(model)
    draft = document.draft()
    for id_, when in (("early", "2024-01-01"), ("middle", "2024-03-04T10:00"), ("late", "2025")):
        draft.create(EvidenceNote(id=id_, parent=document.inspection.id, when=when))
    with qtbot.waitSignals([model.rowsInserted] * 3):
        document.apply_draft(draft, "Add")
    expected = ["early", "survey", "fridge", "middle", "nurse", "late"]
    assert ids(model) == (expected if order != DOWN else expected[::-1])
    document.undo_stack.undo()
    assert ids(model) == before


def test_an_edited_row_stays_until_the_next_search(
    model: NoteModel, document: InspectionDocument, qtbot: QtBot
) -> None:
    model.set_filter(NoteFilter(stance="concern"))
    with qtbot.waitSignal(model.dataChanged):
        document.set_field("fridge", "stance", "neutral", "Change")
    assert ids(model) == ["fridge"]
    model.set_filter(NoteFilter(stance="concern"))
    assert ids(model) == []


def test_an_edited_note_is_found_by_its_new_words(
    model: NoteModel, document: InspectionDocument
) -> None:
    model.set_filter(NoteFilter(words=("fridge",)))
    document.set_field("nurse", "tags", ("Fridge",), "Change")
    assert ids(model) == ["fridge", "nurse"]


def test_the_count_of_uses_follows_the_report(
    model: NoteModel, document: InspectionDocument, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(model.uses_changed) as signal:
        document.set_field("counted", "evidence", ("nurse", "fridge"), "Link")
    assert signal.args == [{"nurse", "fridge"}]
    assert [cell(model, row, NoteColumn.USED) for row in range(3)] == ["–", "2", "1"]


def test_many_changes_at_once_show_all_anew(model: NoteModel, document: InspectionDocument) -> None:
    root = document.inspection.id
    notes = [EvidenceNote(id=f"m{n}", parent=root, text=f"Note {n}") for n in range(500)]
    edits = tuple(Edit(entity=note.id, after=entity_to_plain(note)) for note in notes)
    document.apply(Change(label="Import", edits=edits))
    assert model.rowCount() == model.total == 503
    document.undo_stack.undo()
    assert model.rowCount() == 3


def test_dragged_rows_carry_ids_and_text(model: NoteModel) -> None:
    data = model.mimeData(
        [
            model.index(2, NoteColumn.NOTE),
            model.index(1, NoteColumn.TIME),
            model.index(1, NoteColumn.NOTE),
        ]
    )
    assert bytes(data.data(NOTES_MIME).data()) == b"fridge\nnurse"
    assert data.text().splitlines()[1] == "The nurse knew the fire route."


def test_a_note_of_ten_thousand_letters_is_one_short_line(
    model: NoteModel, document: InspectionDocument
) -> None:
    document.set_field("nurse", "text", "word\n" * 2000, "Change")
    assert len(cell(model, 2, NoteColumn.NOTE)) <= 240
    assert "\n" not in cell(model, 2, NoteColumn.NOTE)
