"""The table of commands: keys, menu and toolbar say and do the same."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

import inspector_app.ui.blocks
from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Block, EvidenceNote
from inspector_app.ui.blocks.commands import COMMANDS, get_command
from inspector_app.ui.blocks.table_editor import TableEditor
from inspector_app.ui.widgets.keys import Keys
from tests.ui.blocks.making import blocks, bullet, clip, place, put, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor

    Show = Callable[..., BlockEditor]

# Standard keys are the platform's: nobody knows them before there is an application.
pytestmark = pytest.mark.usefixtures("qapp")

ALL = list(itertools.chain.from_iterable(COMMANDS.values()))
TABLE = WantedBlock("table", "", like=Block(id="t", kind="table", rows=(("1",), ("2",))))
PICTURE = WantedBlock("image", "", like=Block(id="i", kind="image", caption="Hall"))


def obstacles(editor: BlockEditor) -> dict[str, str]:
    """Return what cannot be done now, and why."""
    found = {command.id: command.find_obstacle(editor.parts) for command in ALL}
    return {id_: obstacle for id_, obstacle in found.items() if obstacle}


def press(editor: BlockEditor, id_: str, qtbot: QtBot) -> None:
    """Press the key of a command."""
    chord = get_command(id_).keys[0][0]  # type: ignore[index]
    qtbot.keyClick(editor, chord.key(), chord.keyboardModifiers())


def test_no_two_commands_have_one_id_or_one_tooltip() -> None:
    assert len({command.id for command in ALL}) == len(ALL)
    assert len({command.tool_tip() for command in ALL}) == len(ALL)


def test_no_two_commands_of_one_key_can_be_done_at_once(
    document: InspectionDocument, show: Show
) -> None:
    put(document, bullet("One"), bullet("Two"), bullet("Three", 1), TABLE, PICTURE)
    clip("text")
    editor = show()
    for first, last in itertools.combinations_with_replacement(range(5), 2):
        place(editor, first, 0, to=(last, 1))
        stopped = obstacles(editor)
        keys = [key.toString() for item in ALL if item.id not in stopped for key in item.keys]
        assert len(keys) == len(set(keys))


def test_what_nobody_can_edit_can_only_be_copied(
    document: InspectionDocument, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(document, bullet("One"), bullet("Two"))
    document.set_field(document.inspection.id, "state", "published", "Publish")
    monkeypatch.setattr(type(document), "can_edit", property(lambda _: False))
    editor = show()
    editor.selectAll()
    stopped = obstacles(editor)
    assert {command.id for command in ALL} - stopped.keys() == {"copy", "all"}
    assert set(stopped.values()) == {document.read_only_reason}
    assert document.read_only_reason


def test_what_is_in_the_way_is_said(document: InspectionDocument, show: Show) -> None:
    draft = document.draft()
    for note in list(document.inspection.all(EvidenceNote)):
        draft.delete(note.id)
    document.apply_draft(draft, "Delete notes")
    QGuiApplication.clipboard().clear()
    editor = show()
    assert obstacles(editor) == {
        "cut": "Select some text first.",
        "copy": "Select some text first.",
        "paste": "There is no text on the clipboard.",
        "nest": "Only a bullet below another can be indented.",
        "unnest": "Only an indented bullet can be moved out.",
        "edit_table": "Put the cursor on a table first.",
        "edit_image": "Put the cursor on a picture first.",
        "add_paragraph": "Put the cursor on a table or picture first.",
        "restore": "Only a standard text that was changed can be restored.",
        "link_note": "There is no text here yet.",
        "regulation": "There is no text here yet.",
        "move_to": "There is no text here yet.",
    }
    put(document, bullet("One"))
    assert obstacles(editor)["link_note"] == "The inspection has no evidence notes."


def test_the_menu_names_each_key_as_the_tooltip_does(
    document: InspectionDocument, show: Show
) -> None:
    put(document, bullet("One"), TABLE)
    editor = show()
    place(editor, 1)
    for action in editor.make_menu().actions():
        if not action.isSeparator():
            text, _, key = action.text().replace("&", "").partition("\t")
            tip = get_command(action.objectName()).tool_tip()
            assert tip == text.rstrip("…") + (f" ({key})" if key else "")


def test_every_key_of_the_table_does_its_command(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, bullet("One"), bullet("Two"), TABLE)
    editor = show()
    place(editor, 1, 1)
    for id_, expected in (
        ("nest", [("bullet", 0), ("bullet", 1)]),
        ("unnest", [("bullet", 0), ("bullet", 0)]),
        ("heading", [("bullet", 0), ("heading", 0)]),
        ("heading", [("bullet", 0), ("paragraph", 0)]),
        ("bullet", [("bullet", 0), ("bullet", 0)]),
    ):
        press(editor, id_, qtbot)
        assert [line[:2] for line in seen(document.inspection)[:2]] == expected, id_
    press(editor, "move_up", qtbot)
    assert editor.toPlainText().startswith("Two\nOne\n")
    press(editor, "move_down", qtbot)
    press(editor, "all", qtbot)
    press(editor, "copy", qtbot)
    assert QGuiApplication.clipboard().text().startswith("• One\n• Two")
    place(editor, 1, 0, to=(1, 3))
    press(editor, "cut", qtbot)
    press(editor, "paste", qtbot)
    press(editor, "paste", qtbot)
    assert seen(document.inspection)[1] == ("bullet", 0, "TwoTwo")
    place(editor, 2)
    press(editor, "edit_table", qtbot)
    (dialog,) = editor.window().findChildren(TableEditor)
    dialog.done(0)
    place(editor, 2, 1)
    press(editor, "add_paragraph", qtbot)
    assert [block.kind for block in blocks(document.inspection)] == [
        "bullet", "bullet", "table", "paragraph",
    ]  # fmt: skip


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize(
    "modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier]
)
def test_both_keys_enter_write_below_a_table(
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    document: InspectionDocument,
    show: Show,
    qtbot: QtBot,
) -> None:
    put(document, TABLE)
    editor = show()
    place(editor, 0, 1)
    qtbot.keyClick(editor, key, modifier)
    assert [block.kind for block in blocks(document.inspection)] == ["table", "paragraph"]
    assert not editor.window().findChildren(TableEditor)


def test_a_key_is_written_in_the_table_only() -> None:
    (folder,) = inspector_app.ui.blocks.__path__
    # The cells of a table have keys of their own.
    paths = [path for path in Path(folder).glob("*.py") if not path.name.startswith("table_")]
    sources = "".join(path.read_text("utf-8") for path in paths)
    for command in ALL:
        if isinstance(command.key, str) and "+" in command.key:
            # What other lists have, too, stands in `Keys`.
            is_shared = command.key in vars(Keys).values()
            assert sources.count(command.key) == (0 if is_shared else 1), command.key
