"""Captions: one line however they come about, and checked for spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Block
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.blocks.clipboard import put_on_clipboard
from inspector_app.ui.widgets.sentence_field import SentenceField
from tests.report.making import bring_in
from tests.ui.spelling.making import marked, open_menu, select, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PICTURE = "b1"


@pytest.fixture
def document(make_file: Callable[..., Path], tmp_path: Path) -> Iterator[InspectionDocument]:
    topic = {
        "id": "topic",
        "topic": "medicines",
        "body": [{"bullets": [{"id": PICTURE, "text": "Seen."}]}],
    }
    content = {"key_questions": {"safe": {"topics": [topic]}}}
    path = make_file("clinic.inspection", bring_in("rated", **content))
    document = InspectionDocument(path, tmp_path / "backups")
    yield document
    document.close()


@pytest.fixture
def field(document: InspectionDocument, qtbot: QtBot) -> SentenceField:
    field = SentenceField(document, PICTURE, "caption", "Caption")
    qtbot.addWidget(field)
    field.resize(400, 80)
    field.show()
    field.activateWindow()
    field.text.setFocus()
    qtbot.waitUntil(field.text.hasFocus)
    return field


def caption(document: InspectionDocument) -> str:
    document.close()
    with open_for_reading(document.path) as reader:
        return reader.inspection.get(PICTURE, Block).caption


def test_a_misspelt_word_is_marked_and_put_right(
    field: SentenceField, document: InspectionDocument, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field.text, "The medecine fridge")
    qtbot.waitUntil(lambda: marked(field.text) == ["medecine"])
    select(field.text, "medecine")
    menu = open_menu(qtbot, field.text)
    assert texts(menu)[0] == "medicine"
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert QApplication.activePopupWidget() is None
    assert caption(document) == "The medicine fridge"


def test_enter_makes_no_line_and_pasted_ones_become_spaces(
    field: SentenceField, document: InspectionDocument, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field.text, "Door ")
    qtbot.keyClick(field.text, Qt.Key.Key_Return)
    qtbot.keyClick(field.text, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    mime = QMimeData()
    mime.setText("of ward\nthree")
    put_on_clipboard(mime)
    field.text.paste()
    qtbot.keyClicks(field.text, ", open")
    assert field.text.toPlainText() == "Door of ward three, open"
    assert caption(document) == "Door of ward three, open"


def test_typing_is_one_step_that_undo_takes_back(
    field: SentenceField, document: InspectionDocument, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field.text, "Door")
    document.undo_stack.undo()
    assert field.text.toPlainText() == ""
    document.undo_stack.redo()
    assert caption(document) == "Door"
