"""The words that the status bar counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QMenu, QStatusBar

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Action
from inspector_app.ui.shell.fading_messages import FadingMessages
from inspector_app.ui.shell.status import InspectionStatus
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

_TABLE = {"header": ["Rooms seen"], "rows": [["four five"], ["six"]]}
_TOPIC = {"title": "Rooms", "lead": "Seven eight.", "body": [{"bullets": ["nine"]}]}
_CONTENT = {
    "sections": {"background": [{"paragraph": "One two three.", "id": "said"}, {"table": _TABLE}]},
    "key_questions": {"safe": {"summary": [], "topics": [_TOPIC]}},
    "actions": {"must": ["Ten eleven."]},
}


@pytest.fixture
def document(
    make_file: Callable[..., Path], tmp_path: Path, qtbot: QtBot
) -> Iterator[InspectionDocument]:
    document = InspectionDocument(make_file(imported=bring_in(**_CONTENT)), tmp_path)
    yield document
    document.close()


def test_all_words_that_are_printed_are_counted_as_they_come_and_go(
    document: InspectionDocument, qtbot: QtBot
) -> None:
    bar = QStatusBar()
    qtbot.addWidget(bar)
    InspectionStatus(bar, QMenu(bar)).show_document(document)
    count = bar.findChild(QLabel, "word_count")
    assert count.text() == "13 words"
    document.set_field("said", "text", "One.", "Type")
    assert count.text() == "11 words"
    draft = document.draft()
    draft.delete(next(document.inspection.all(Action)).id)
    document.apply_draft(draft, "Remove")
    assert count.text() == "9 words"
    document.undo_stack.undo()
    assert count.text() == "11 words"


def test_a_message_goes_when_it_was_read_and_what_goes_on_stays(qtbot: QtBot) -> None:
    saving, saved = QStatusBar(), QStatusBar()
    for bar in (saving, saved):
        qtbot.addWidget(bar)
        FadingMessages(bar, least=1, per_letter=0)
        bar.showMessage("Saving the evidence index…")
    saved.showMessage("Saved")
    qtbot.waitUntil(lambda: not saved.currentMessage())
    assert saving.currentMessage() == "Saving the evidence index…"
    saving.showMessage("Saved")
    qtbot.waitUntil(lambda: not saving.currentMessage())
