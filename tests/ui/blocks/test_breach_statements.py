"""Breach statements: their notice or regulation is asked for, and can be chosen later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QListView

from inspector_app.domain.entities import Notice
from inspector_app.ui.widgets.pick_dialog import PickDialog
from tests.ui.blocks.making import blocks, bullet, check, paragraph, place, put, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor

    Show = Callable[..., BlockEditor]


def choose(editor: BlockEditor, command: str) -> PickDialog:
    """Choose a command of the context menu that asks, and return its dialog."""
    menu = editor.make_menu()
    menu.findChild(QAction, command).trigger()
    menu.deleteLater()
    return editor.window().findChildren(PickDialog)[-1]


def list_lines(dialog: PickDialog) -> list[str]:
    model = dialog.findChild(QListView, "pick_list").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def pick(dialog: PickDialog, words: str, qtbot: QtBot) -> None:
    line = dialog.findChild(QLineEdit, "pick_line")
    qtbot.keyClicks(line, words)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def keep_one_notice(document: InspectionDocument, regulation: str) -> None:
    """Leave one requirement notice, about a regulation."""
    draft = document.draft()
    draft.delete_all([notice.id for notice in document.inspection.all(Notice)])
    draft.create(Notice(id="notice", parent=draft.result.id, position="V", regulation=regulation))
    document.apply_draft(draft, "Keep one")


def test_a_breach_statement_asks_for_its_notice(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    keep_one_notice(document, "RA2014-17")
    put(document, bullet("Fine."), bullet("Not governed.", 0, "n1"), paragraph("After."))
    place(editor := show(), 1, 4)
    dialog = choose(editor, "breach")
    first, *others, last = list_lines(dialog)
    assert first == "Requirement notice: regulation 17 Good governance (2014)"
    assert "Regulation 12 Safe care and treatment (2014) – no notice yet" in others
    assert last == "Not decided yet"
    count = document.undo_stack.count()
    pick(dialog, "good governance 2014", qtbot)
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == "Turn into breach statement"
    block = blocks(document.inspection)[1]
    assert (block.kind, block.regulation, block.evidence) == ("breach", "RA2014-17", ("n1",))
    check(editor, document)
    qtbot.waitUntil(editor.hasFocus)
    assert editor.textCursor().positionInBlock() == 4
    # The same command turns it back, and asks nothing.
    menu = editor.make_menu()
    menu.findChild(QAction, "breach").trigger()
    assert [kind for kind, _, _ in seen(document.inspection)] == ["bullet", *["paragraph"] * 2]


def test_nothing_changes_where_the_question_is_not_answered(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, bullet("One"))
    before = document.inspection
    editor = show()
    dialog = choose(editor, "breach")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert document.inspection == before
    qtbot.waitUntil(editor.hasFocus)


def test_several_lines_and_an_empty_part_become_statements(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, bullet("One"), paragraph("Two"))
    place(editor := show(), 0, 0, to=(1, 2))
    pick(choose(editor, "breach"), "12 safe", qtbot)
    assert {(item.kind, item.regulation) for item in blocks(document.inspection)} == {
        ("breach", "RA2014-12")
    }
    put(document)
    pick(choose(editor, "breach"), "12 safe", qtbot)
    qtbot.keyClicks(editor, "Unsafe.")
    (block,) = blocks(document.inspection)
    assert (block.kind, block.regulation, block.text) == ("breach", "RA2014-12", "Unsafe.")


def test_the_notice_is_chosen_later_and_the_tooltip_says_which(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    keep_one_notice(document, "RA2014-17")
    put(document, bullet("One"))
    place(editor := show(), 0)
    pick(choose(editor, "breach"), "not decided", qtbot)
    spot = QPoint(60, editor.cursorRect().center().y())
    assert editor.tip_at(spot) == "Breach statement that names no notice or regulation yet"
    for words, tip in (
        ("12 safe", "Breach of regulation 12 Safe care and treatment (2014): no notice yet"),
        ("17 good", "Breach of regulation 17 Good governance (2014)"),
    ):
        pick(choose(editor, "regulation"), words, qtbot)
        assert editor.tip_at(spot) == tip
    assert document.undo_stack.undoText() == "Choose regulation of the breach"
