"""The keys of the block editor, over a saved file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Block
from inspector_app.ui.blocks.editor import BlockEditor
from tests.ui.blocks.making import (
    OTHER,
    TOPIC,
    blocks,
    bullet,
    check,
    paragraph,
    place,
    put,
    reopen,
    seen,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument

    Show = Callable[..., BlockEditor]

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
TABLE = Block(id="t", kind="table", header=("A",), rows=(("1",), ("2",)))


def steps(document: InspectionDocument) -> list[str]:
    stack = document.undo_stack
    return [stack.text(index) for index in range(2, stack.index())]


def test_typing_makes_bullets_and_each_run_is_a_step(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document)
    document.undo_stack.clear()
    editor = show(first_kind="bullet")
    qtbot.keyClicks(editor, "One <b>&")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "Two")
    stack = document.undo_stack
    texts = [stack.text(index) for index in range(stack.count())]
    assert texts == ["Type in Medicines", "Split bullet", "Type in Medicines"]
    stack.undo()
    check(editor, document)
    assert seen(document.inspection) == [("bullet", 0, "One <b>&"), ("bullet", 0, "")]
    stack.undo()
    stack.undo()
    assert seen(document.inspection) == []
    check(editor, document)
    while stack.canRedo():
        stack.redo()
    check(editor, document)
    assert seen(reopen(document)) == [("bullet", 0, "One <b>&"), ("bullet", 0, "Two")]


def test_moving_elsewhere_starts_a_new_step(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, bullet("ab"))
    editor = show()
    count = document.undo_stack.count()
    place(editor, 0, 2)
    qtbot.keyClicks(editor, "cd")
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    qtbot.keyClicks(editor, "xy")
    assert document.undo_stack.count() == count + 2
    document.undo_stack.undo()
    assert editor.toPlainText() == "abcd"


def test_a_split_keeps_the_id_in_front_and_notes_on_both(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    (id_,) = put(document, bullet("First. Second.", 0, "n1", "n2"))
    editor = show()
    place(editor, 0, 6)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    front, back = blocks(reopen(document))
    assert (front.id, front.text, back.text) == (id_, "First.", " Second.")
    assert front.evidence == back.evidence == ("n1", "n2")


def test_enter_in_front_of_a_text_leaves_the_id_with_it(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    (id_,) = put(document, bullet("Text", 0, "n1"))
    place(editor := show(), 0, 0)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    empty, text = blocks(document.inspection)
    assert (empty.text, empty.evidence) == ("", ())
    assert (text.id, text.text, text.evidence) == (id_, "Text", ("n1",))


@pytest.mark.parametrize("back", [True, False])
def test_a_join_keeps_the_notes_of_both(
    back: bool, document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    id_, _ = put(document, bullet("One ", 0, "n1"), paragraph("two", "n2"))
    editor = show()
    place(editor, *((1, 0) if back else (0, 4)))
    qtbot.keyClick(editor, Qt.Key.Key_Backspace if back else Qt.Key.Key_Delete)
    check(editor, document)
    assert document.undo_stack.undoText() == "Join bullet"
    (joined,) = blocks(reopen(document))
    assert (joined.id, joined.kind, joined.text) == (id_, "bullet", "One two")
    assert joined.evidence == ("n1", "n2")


def test_backspace_turns_a_bullet_into_a_paragraph_and_then_joins(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, bullet("One"), bullet("Two"))
    place(editor := show(), 1, 0)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert seen(document.inspection)[1] == ("paragraph", 0, "Two")
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert seen(document.inspection) == [("bullet", 0, "OneTwo")]


def test_enter_on_an_empty_bullet_goes_outwards(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, bullet("One"), bullet("", 1))
    place(editor := show(), 1, 0)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert seen(document.inspection)[1] == ("bullet", 0, "")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert seen(document.inspection)[1] == ("paragraph", 0, "")


def test_tab_nests_bullets_and_never_traps(document: InspectionDocument, qtbot: QtBot) -> None:
    put(document, bullet("One"), bullet("Two"), paragraph("Three"))
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    before, editor, after = QLineEdit(), BlockEditor(document, TOPIC), QLineEdit()
    for widget in (before, editor, after):
        layout.addWidget(widget)
    window.show()
    qtbot.waitExposed(window)
    editor.setFocus()
    place(editor, 1, 1)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert seen(document.inspection)[1] == ("bullet", 1, "Two")
    assert document.undo_stack.undoText() == "Increase indent"
    assert (editor.textCursor().blockNumber(), editor.textCursor().positionInBlock()) == (1, 1)
    qtbot.keyClick(editor, Qt.Key.Key_Tab, SHIFT)
    assert seen(document.inspection)[1] == ("bullet", 0, "Two")
    place(editor, 2)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert window.focusWidget() is after
    editor.setFocus()
    place(editor, 0)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)  # there is nothing to nest below
    assert window.focusWidget() is after
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Tab, SHIFT)
    assert window.focusWidget() is before


def test_a_bullet_moves_with_those_below_it(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    ids = put(document, bullet("A"), bullet("A1", 1), bullet("B", 0, "n1"), bullet("B1", 1))
    place(editor := show(), 2, 1)
    qtbot.keyClick(editor, Qt.Key.Key_Up, ALT)
    assert document.undo_stack.undoText() == "Move bullet"
    assert editor.textCursor().block().text() == "B"
    found = blocks(document.inspection)
    assert [block.id for block in found] == [ids[2], ids[3], ids[0], ids[1]]
    assert found[0].evidence == ("n1",)
    qtbot.keyClick(editor, Qt.Key.Key_Down, ALT)
    check(editor, document)
    assert [block.id for block in blocks(reopen(document))] == ids


def test_kinds(document: InspectionDocument, show: Show, qtbot: QtBot) -> None:
    put(document, bullet("One"), paragraph("Two"))
    editor = show()
    place(editor, 0)
    qtbot.keyClick(editor, Qt.Key.Key_P, CONTROL | SHIFT)
    place(editor, 1)
    qtbot.keyClick(editor, Qt.Key.Key_H, CONTROL | SHIFT)
    assert seen(document.inspection) == [("paragraph", 0, "One"), ("heading", 0, "Two")]
    place(editor, 0)
    menu = editor.make_menu()
    advice = next(action for action in menu.actions() if "mmendation" in action.text())
    advice.trigger()
    assert document.undo_stack.undoText() == "Turn into recommendation"
    place(editor, 0, 3)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    kinds = [kind for kind, _, _ in seen(reopen(document))]
    assert kinds == ["recommendation", "paragraph", "heading"]


def test_a_line_break_stays_in_the_block(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, bullet("One"))
    place(editor := show(), 0, 3)
    qtbot.keyClick(editor, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClicks(editor, "two")
    assert seen(reopen(document)) == [("bullet", 0, "One\ntwo")]


def test_undo_is_the_window_s(document: InspectionDocument, show: Show, qtbot: QtBot) -> None:
    put(document, bullet("One"))
    editor = show()
    undo = QShortcut(QKeySequence("Ctrl+Z"), editor.window())
    undo.activated.connect(document.undo_stack.undo)
    capture = QShortcut(QKeySequence("Ctrl+E"), editor.window())
    place(editor, 0, 3)
    qtbot.keyClicks(editor, "!")
    qtbot.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert seen(document.inspection) == [("bullet", 0, "One")]
    check(editor, document)
    with qtbot.waitSignal(capture.activated):
        qtbot.keyClick(editor, Qt.Key.Key_E, CONTROL)


def test_changes_elsewhere_leave_the_cursor(document: InspectionDocument, show: Show) -> None:
    ids = put(document, bullet("One"), bullet("Two"), bullet("Three"))
    place(editor := show(), 1, 2)
    document.set_field(ids[0], "text", "One and more", "Elsewhere")
    put(
        document,
        bullet("New"),
        *(bullet(t)._replace(id=i) for t, i in zip("abc", ids, strict=True)),
    )
    check(editor, document)
    assert editor.textCursor().blockNumber() == 2
    draft = document.draft()
    draft.delete(TOPIC)
    document.apply_draft(draft, "Remove")
    check(editor, document)
    document.undo_stack.undo()
    check(editor, document)


def test_undo_never_leaves_the_cursor_within_an_emoji(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, bullet("One 😀 bullet"))
    place(editor := show(), 0)
    qtbot.keyClicks(editor, "word ")
    place(editor, 0, 0, to=(0, 5))
    document.undo_stack.undo()
    qtbot.keyClicks(editor, "B")
    assert seen(document.inspection) == [("bullet", 0, "B😀 bullet")]
    check(editor, document)


def test_undo_leaves_the_cursor_where_the_letters_come_and_go(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, paragraph("before after"))
    place(editor := show(), 0, 7)
    qtbot.keyClicks(editor, "typed ")
    document.undo_stack.undo()
    assert editor.textCursor().position() == 7
    document.undo_stack.redo()
    assert editor.textCursor().position() == 13


def test_tables_are_kept_and_deleted_whole(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, bullet("One"), WantedBlock("table", "", like=TABLE), bullet("Two"))
    editor = show()
    place(editor, 0, 1, to=(2, 1))
    qtbot.keyClicks(editor, "x")
    assert seen(document.inspection) == [("bullet", 0, "Oxwo")]
    document.undo_stack.undo()
    place(editor, 1)
    qtbot.keyClick(editor, Qt.Key.Key_Down, ALT)
    assert blocks(document.inspection)[2].rows == TABLE.rows


def test_a_cut_table_is_whole_where_it_is_pasted(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, bullet("One", 0, "n1"), WantedBlock("table", "", like=TABLE))
    put(document, bullet("There"), parent=OTHER)
    editor, other = show(), show(OTHER)
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_X, CONTROL)
    place(other, 0, 5)
    qtbot.keyClick(other, Qt.Key.Key_Return)
    qtbot.keyClick(other, Qt.Key.Key_V, CONTROL)
    check(editor, document)
    check(other, document)
    _, one, table = blocks(reopen(document), OTHER)
    assert (one.text, one.evidence, table.rows) == ("One", ("n1",), TABLE.rows)


def test_the_margin_counts_notes(document: InspectionDocument, show: Show) -> None:
    put(document, bullet("One", 0, "n1", "n2"), bullet("Two"))
    editor = show()
    place(editor, 0)
    spot = QPoint(editor.viewport().width() - 12, editor.cursorRect().center().y())
    assert editor.tip_at(spot) == "2 notes"
    assert editor.tip_at(QPoint(40, spot.y())) == ""


def test_what_nobody_can_edit_can_be_read(
    document: InspectionDocument, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(document, bullet("One"))
    monkeypatch.setattr(type(document), "can_edit", property(lambda _: False))
    editor = show()
    before = document.inspection
    for key in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Backspace):
        qtbot.keyClick(editor, key)
    qtbot.keyClick(editor, Qt.Key.Key_P, CONTROL | SHIFT)
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    assert document.inspection == before
    assert editor.toPlainText() == "One"
