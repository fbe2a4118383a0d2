"""Notes in groups, under Qt's model tester, and by what changes from one list to the next."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtTest import QSignalSpy

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import EvidenceNote
from inspector_app.domain.evidence import EvidenceIndex
from inspector_app.frameworks.editions import start_with_edition
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.ui.support.note_list_model import GROUPS, GroupHead, NoteListModel
from tests.ui.evidence.making import NOTES, bring_in_notes

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.modeltest import ModelTester


def test_rows_that_stay_are_not_touched(tmp_path: Path, qtmodeltester: ModelTester) -> None:
    imported = bring_in_notes()
    path = tmp_path / "clinic.inspection"
    create_inspection_file(
        path, *start_with_edition(imported.change, imported.inspection), {}, tmp_path
    )
    document = InspectionDocument(path, tmp_path)
    model = NoteListModel(document, EvidenceIndex(document.inspection))
    qtmodeltester.check(model)
    notes = [note["id"] for note in NOTES]
    chance = random.Random(7)  # noqa: S311
    for _ in range(60):
        shown = [group for group in GROUPS if group != "behind" or chance.random() < 0.7]
        groups = {group: [] for group in GROUPS}
        for note in chance.sample(notes, chance.randint(0, len(notes))):
            groups[chance.choice(shown)].append(note)
        if chance.random() < 0.3:
            model.toggle(chance.choice(shown))
        model.show_groups(groups, {group: GroupHead(group, len(groups[group])) for group in shown})
        rows = [model.get_id(row) for row in range(model.rowCount())]
        wanted = []
        for group in shown:
            wanted += ["", *([] if model.is_folded(group) else groups[group])]
        assert rows == wanted
        for row, id_ in enumerate(rows):
            assert id_ == "" or id_ in groups[model.get_group(row)]
    model.show_groups(
        {"behind": [], "unused": ["nurse", "survey"], "used": ["fridge"]},
        {group: GroupHead(group, 0) for group in GROUPS},
    )
    for group in GROUPS:
        if model.is_folded(group):
            model.toggle(group)
    came, went = QSignalSpy(model.rowsInserted), QSignalSpy(model.rowsRemoved)
    model.show_groups(
        {"behind": ["fridge"], "unused": ["nurse", "survey"], "used": []},
        {group: GroupHead(group, 0) for group in GROUPS},
    )
    assert (came.count(), went.count()) == (1, 1)
    tip = model.index(1, 0).data(3)
    assert tip.endswith("The fridge was too warm.</p>")
    # A note that just goes has a row without words, not an error.
    draft = document.draft()
    draft.delete("nurse")
    document.apply_draft(draft, "Delete")
    assert document.inspection.find("nurse") is None
    assert not isinstance(model.find_note(3), EvidenceNote)
    assert model.index(3, 0).data() == ""
    document.close()
