"""The menu of the right button is about the line that was clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from inspector_app.domain.entities import EvidenceNote
from inspector_app.ui.widgets.pick_dialog import PickDialog
from tests.ui.blocks.making import blocks, bullet, place, put, reopen, seen
from tests.ui.spelling.making import open_menu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor

# Menus: the screenless platform knows no grabbing.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LINES = (bullet("Rooms"), bullet("Room 2", 1, "n1"), bullet("Room 5", 1), bullet("Exits"))


@pytest.fixture
def editor(document: InspectionDocument, show: Callable[..., BlockEditor]) -> Iterator[BlockEditor]:
    put(document, *LINES)
    yield show()
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def click_right(qtbot: QtBot, editor: BlockEditor, line: int) -> QMenu:
    """Press the right button on a line, wherever the cursor is."""
    held = editor.textCursor()
    place(editor, line, 2)
    spot = editor.cursorRect().center()
    editor.setTextCursor(held)
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, spot, editor.viewport().mapToGlobal(spot)
    )
    QApplication.sendEvent(editor.viewport(), asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(qtbot: QtBot, menu: QMenu, text: str) -> None:
    action = next(item for item in menu.actions() if item.text().partition("\t")[0] == text)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_a_command_changes_the_line_that_was_clicked(
    document: InspectionDocument, editor: BlockEditor, qtbot: QtBot
) -> None:
    place(editor, 3, 1)
    choose(qtbot, click_right(qtbot, editor, 1), "Sub-&heading")
    assert [kind for kind, _, _ in seen(reopen(document))] == [
        "bullet", "heading", "bullet", "bullet",
    ]  # fmt: skip


def test_what_is_selected_stays_selected_where_it_is_clicked(
    document: InspectionDocument, editor: BlockEditor, qtbot: QtBot
) -> None:
    place(editor, 1, 0, to=(3, 5))
    choose(qtbot, click_right(qtbot, editor, 2), "Cu&t")
    assert [text for _, _, text in seen(reopen(document))] == ["Rooms", ""]


def test_the_menu_key_leaves_the_cursor_where_it_is(
    document: InspectionDocument, editor: BlockEditor, qtbot: QtBot
) -> None:
    place(editor, 3, 1)
    choose(qtbot, open_menu(qtbot, editor), "Move &up")
    assert [text for _, _, text in seen(reopen(document))] == ["Exits", "Rooms", "Room 2", "Room 5"]


def test_a_note_is_linked_to_the_line_that_was_clicked(
    document: InspectionDocument, editor: BlockEditor, qtbot: QtBot
) -> None:
    document.set_field("n3", "text", "Door to room 5 was locked", "Note")
    place(editor, 0)
    choose(qtbot, click_right(qtbot, editor, 2), "&Link a note…")
    dialog = editor.findChild(PickDialog)
    qtbot.keyClicks(dialog.focusWidget(), "locked")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert [block.evidence for block in blocks(reopen(document))] == [(), ("n1",), ("n3",), ()]


def test_without_notes_there_is_nothing_to_link(
    document: InspectionDocument, editor: BlockEditor, qtbot: QtBot
) -> None:
    draft = document.draft()
    for note in list(document.inspection.all(EvidenceNote)):
        draft.delete(note.id)
    document.apply_draft(draft, "Delete notes")
    menu = click_right(qtbot, editor, 2)
    assert not next(item for item in menu.actions() if "Link" in item.text()).isEnabled()
    assert document.undo_stack.canUndo()


def test_no_two_commands_of_the_menu_have_one_letter(editor: BlockEditor) -> None:
    texts = [action.text() for action in editor.make_menu().actions() if action.text()]
    letters = [text[text.index("&") + 1].casefold() for text in texts]
    assert len(set(letters)) == len(letters), texts
