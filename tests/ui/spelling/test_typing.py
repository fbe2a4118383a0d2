"""Wavy lines and suggestions in the text areas, by keys, over a saved file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Action, Block, EvidenceNote
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.actions.action_list import ActionList
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.evidence.capture import CaptureDialog
from inspector_app.ui.spelling.speller import get_speller
from inspector_app.ui.widgets.fields import LinesField, TextField
from inspector_app.ui.widgets.theme import get_colour, get_theme
from tests.report.making import bring_in
from tests.ui.spelling.making import choose, colours, marked, open_menu, select, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.domain.inspection import Inspection
    from tests.ui.conftest import RecordingPrompts

# The offscreen platform says so whenever a menu opens.
pytestmark = pytest.mark.qt_log_ignore(
    "does not support raise", "does not support grabbing the keyboard", extend=True
)

CONTENT = {
    "location": {"name": "Oakhurzt Clinic", "address": ["1 Snorbury Lane"]},
    "evidence": [{"id": "n1", "text": "Seen."}, {"id": "n2", "text": "Heard."}],
    "key_questions": {
        "safe": {
            "topics": [
                {
                    "id": "topic",
                    "topic": "medicines",
                    "lead": "Staff recieved training.",
                    "body": [
                        {
                            "bullets": [
                                {
                                    "id": "b1",
                                    "text": "👍 Staff at Oakhurzt were kind.",
                                    "evidence": ["n1", "n2"],
                                },
                                {"id": "b2", "text": "Medecines were safe.", "evidence": ["n2"]},
                            ]
                        },
                        {"table": {"rows": [["Tabel"]]}},
                    ],
                }
            ]
        }
    },
    "actions": {"must": [{"id": "m1", "text": "Train staff in safegaurding."}]},
}


@pytest.fixture
def document(make_file: Callable[..., Path], tmp_path: Path) -> Iterator[InspectionDocument]:
    path = make_file("clinic.inspection", bring_in("rated", **CONTENT))
    document = InspectionDocument(path, tmp_path / "backups")
    yield document
    document.close()


@pytest.fixture
def editor(document: InspectionDocument, qtbot: QtBot) -> BlockEditor:
    editor = BlockEditor(document, "topic")
    qtbot.addWidget(editor)
    editor.resize(600, 300)
    editor.show()
    editor.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    return editor


def reopen(document: InspectionDocument) -> Inspection:
    document.close()
    with open_for_reading(document.path) as reader:
        return reader.inspection


def blocks(inspection: Inspection) -> list[tuple[str, str, tuple[str, ...]]]:
    found = inspection.children("topic", Block)
    return [(b.id, b.text, b.evidence) for b in found if b.kind == "bullet"]


BEFORE = [
    ("b1", "👍 Staff at Oakhurzt were kind.", ("n1", "n2")),
    ("b2", "Medecines were safe.", ("n2",)),
]


def test_what_is_there_is_marked_and_nothing_is_changed_by_it(
    editor: BlockEditor, document: InspectionDocument, qtbot: QtBot
) -> None:
    changes: list[object] = []
    edited: list[object] = []
    document.changed.connect(changes.append)
    editor.document().contentsChanged.connect(lambda: edited.append(1))
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    assert (changes, edited, document.undo_stack.count()) == ([], [], 0)
    assert blocks(reopen(document)) == BEFORE


def test_a_word_is_marked_once_it_is_left(editor: BlockEditor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    select(editor, "kind.", at=5)
    qtbot.keyClicks(editor, " Teh")
    assert marked(editor) == ["Medecines"]
    qtbot.keyClicks(editor, "y wer")
    assert marked(editor) == ["Tehy", "Medecines"]
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClicks(editor, "bb")
    assert marked(editor) == ["Tehy", "Medecines"]
    qtbot.keyClick(editor, Qt.Key.Key_Left)
    assert marked(editor) == ["Tehy", "Medecines"]  # still in it
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    assert marked(editor) == ["Tehy", "wbb", "Medecines"]


def test_going_into_a_marked_word_leaves_its_mark(editor: BlockEditor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    select(editor, "Medecines", at=9)
    assert marked(editor) == ["Medecines"]
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert marked(editor) == []
    editor.clearFocus()
    assert marked(editor) == ["Medecine"]


def test_a_word_with_an_apostrophe_is_not_marked_half_way(
    editor: BlockEditor, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    select(editor, "kind.", at=5)
    for letter in " shouldn't":
        qtbot.keyClicks(editor, letter)
        assert marked(editor) == ["Medecines"]


def test_splitting_joining_and_undo_keep_marks_at_their_words(
    editor: BlockEditor, document: InspectionDocument, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    select(editor, "Medecines", at=0)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert marked(editor) == ["Medecines"]
    select(editor, "were safe", at=0)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert marked(editor) == ["Medecines"]
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    assert blocks(reopen(document)) == BEFORE


def test_a_suggestion_is_one_named_step_and_keeps_id_and_notes(
    editor: BlockEditor, document: InspectionDocument, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    select(editor, "Medecines")
    menu = open_menu(qtbot, editor)
    shown = texts(menu)
    assert "Medicines" in shown[:7]
    assert shown.index("Add “Medecines” to this inspection's words") <= 7
    assert any("Paste" in text for text in shown)  # the editor's own menu follows
    choose(qtbot, menu, "Medicines")
    assert marked(editor) == []
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Correct “Medecines”"
    corrected = [BEFORE[0], ("b2", "Medicines were safe.", ("n2",))]
    assert blocks(document.inspection) == corrected
    document.undo_stack.undo()
    assert blocks(document.inspection) == BEFORE
    assert marked(editor) == ["Medecines"]
    document.undo_stack.redo()
    assert blocks(reopen(document)) == corrected


def test_a_right_click_is_about_the_word_that_was_clicked(
    editor: BlockEditor, document: InspectionDocument, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    select(editor, "Medecines", at=4)
    menu = open_menu(qtbot, editor, key=False)
    choose(qtbot, menu, "Medicines")
    assert blocks(document.inspection)[1][1] == "Medicines were safe."


def test_words_behind_emoji_are_replaced_where_they_stand(
    editor: BlockEditor, document: InspectionDocument, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    select(editor, "Staff", at=5)
    qtbot.keyClicks(editor, " recieved it")
    select(editor, "recieved")
    assert marked(editor) == ["recieved", "Medecines"]
    choose(qtbot, open_menu(qtbot, editor), "received")
    assert blocks(document.inspection)[0][1].startswith("👍 Staff received it at")


def test_a_composed_word_is_marked_when_it_is_left(editor: BlockEditor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    select(editor, "safe.", at=5)
    QApplication.sendEvent(editor, QInputMethodEvent("te", []))
    done = QInputMethodEvent("", [])
    done.setCommitString(" teh")
    QApplication.sendEvent(editor, done)
    assert marked(editor) == ["Medecines"]
    qtbot.keyClicks(editor, " ")
    assert marked(editor) == ["Medecines", "teh"]


def test_an_abandoned_composition_leaves_the_marks(editor: BlockEditor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    select(editor, "safe.", at=5)
    QApplication.sendEvent(editor, QInputMethodEvent("te", []))
    QApplication.sendEvent(editor, QInputMethodEvent("", []))
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])


def test_a_long_paste_is_marked_bit_by_bit(
    editor: BlockEditor, document: InspectionDocument, qtbot: QtBot
) -> None:
    select(editor, "safe.", at=5)
    QApplication.clipboard().setText("\n".join(f"Line {n} is teh last." for n in range(300)))
    editor.paste()
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines", *["teh"] * 300])
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])


def test_colours_follow_the_theme(editor: BlockEditor, qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = get_theme(application)
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    seen = set()
    for choice in ("dark", "light"):
        theme.apply(choice)
        colour = get_colour("misspelt")
        qtbot.waitUntil(lambda colour=colour: colours(editor) == {colour})
        seen.add(colour)
    assert len(seen) == 2


def test_switched_off_nothing_is_marked(
    editor: BlockEditor, document: InspectionDocument, qtbot: QtBot
) -> None:
    speller = get_speller(document)
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    speller.set_enabled(False)
    qtbot.waitUntil(lambda: marked(editor) == [])
    select(editor, "safe.", at=5)
    qtbot.keyClicks(editor, " teh ")
    assert marked(editor) == []
    speller.set_enabled(True)
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines", "teh"])


def test_a_name_is_known_once_it_is_in_the_details(
    editor: BlockEditor, document: InspectionDocument, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    root = document.inspection.id
    document.set_field(root, "location_name", "Medecines Clinic", "Type")
    qtbot.waitUntil(lambda: marked(editor) == ["Oakhurzt"])
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])


def test_words_of_the_inspection_are_a_step_and_are_kept(
    editor: BlockEditor, document: InspectionDocument, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    select(editor, "Medecines")
    choose(qtbot, open_menu(qtbot, editor), "to this inspection's words")
    qtbot.waitUntil(lambda: marked(editor) == [])
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    document.undo_stack.redo()
    qtbot.waitUntil(lambda: marked(editor) == [])
    inspection = reopen(document)
    assert inspection.details.own_words == ("Medecines",)
    assert blocks(inspection) == BEFORE


def test_read_only_text_is_not_marked(editor: BlockEditor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])
    editor.setReadOnly(True)
    qtbot.waitUntil(lambda: marked(editor) == [])
    editor.setReadOnly(False)
    qtbot.waitUntil(lambda: marked(editor) == ["Medecines"])


# -- the other text areas


def _show(qtbot: QtBot, widget: QPlainTextEdit) -> QPlainTextEdit:
    window = widget.window()
    qtbot.addWidget(window)
    window.resize(500, 300)
    window.show()
    window.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    return widget


def test_a_field_marks_and_corrects_as_a_step_of_its_own(
    document: InspectionDocument, qtbot: QtBot
) -> None:
    area = _show(qtbot, TextField(document, "topic", "lead", "Lead sentence").text)
    qtbot.waitUntil(lambda: marked(area) == ["recieved"])
    area.moveCursor(area.textCursor().MoveOperation.End)
    qtbot.keyClicks(area, " Always.")
    select(area, "recieved")
    menu = open_menu(qtbot, area)
    assert any("Paste" in text for text in texts(menu))
    choose(qtbot, menu, "received")
    qtbot.keyClicks(area, "!")
    stack = document.undo_stack
    assert [stack.text(n) for n in range(stack.count())] == [
        "Change Lead sentence",
        "Correct “recieved”",
        "Change Lead sentence",
    ]
    assert reopen(document).find("topic").lead == "Staff received! training. Always."  # type: ignore[union-attr]


def test_an_address_is_not_checked(document: InspectionDocument, qtbot: QtBot) -> None:
    field = LinesField(document, document.inspection.id, "address", "Address")
    area = _show(qtbot, field.text)
    qtbot.waitUntil(lambda: get_speller(document).checker is not None)
    area.selectAll()
    qtbot.keyClicks(area, "2 Teh Lane, ")
    assert marked(area) == []


def test_an_action_marks_and_corrects_as_a_step_of_its_own(
    document: InspectionDocument, qtbot: QtBot
) -> None:
    actions = ActionList(document, document.inspection.id, "must")
    area = actions.findChild(QPlainTextEdit, "m1.text")
    _show(qtbot, area)
    qtbot.waitUntil(lambda: marked(area) == ["safegaurding"])
    select(area, "safegaurding")
    choose(qtbot, open_menu(qtbot, area), "safeguarding")
    assert marked(area) == []
    assert document.undo_stack.undoText() == "Correct “safegaurding”"
    (action,) = reopen(document).all(Action)
    assert (action.id, action.text) == ("m1", "Train staff in safeguarding.")


def test_a_note_is_checked_while_it_is_taken(
    document: InspectionDocument, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    dialog = CaptureDialog(document, prompts)
    area = dialog.findChild(QPlainTextEdit, "capture.text")
    _show(qtbot, area)
    qtbot.waitUntil(lambda: get_speller(document).checker is not None)
    qtbot.keyClicks(area, "Fridge log recieved")
    assert marked(area) == []
    qtbot.keyClicks(area, ".")
    assert marked(area) == ["recieved"]
    select(area, "recieved")
    choose(qtbot, open_menu(qtbot, area), "received")
    qtbot.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert marked(area) == []
    notes = [note.text for note in reopen(document).all(EvidenceNote)]
    assert notes == ["Seen.", "Heard.", "Fridge log received."]
