"""Whatever keys are pressed, the text area shows the document's blocks."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QTextCursor

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Block
from inspector_app.ui.blocks.clipboard import put_on_clipboard
from inspector_app.ui.blocks.table_editor import TableEditor
from tests.ui.blocks.making import OTHER, TOPIC, bullet, check, clip, paragraph, put, reopen

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
PASTED = [
    "<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>y</td></tr></table>",
    "<p>Text</p><table><tr><td>1</td><td>2</td></tr><tr><td>x</td><td>y</td></tr></table><p>End",
    "<table><tr><td>single</td></tr></table>",
]
KEYS = [
    (Qt.Key.Key_Return, NONE),
    (Qt.Key.Key_Return, NONE),
    (Qt.Key.Key_Return, SHIFT),
    (Qt.Key.Key_Backspace, NONE),
    (Qt.Key.Key_Backspace, NONE),
    (Qt.Key.Key_Backspace, CONTROL),
    (Qt.Key.Key_Delete, NONE),
    (Qt.Key.Key_Delete, CONTROL),
    (Qt.Key.Key_Delete, SHIFT),
    (Qt.Key.Key_Up, ALT),
    (Qt.Key.Key_Down, ALT),
    (Qt.Key.Key_P, CONTROL | SHIFT),
    (Qt.Key.Key_H, CONTROL | SHIFT),
    (Qt.Key.Key_C, CONTROL),
    (Qt.Key.Key_X, CONTROL),
    (Qt.Key.Key_V, CONTROL),
    (Qt.Key.Key_V, CONTROL),
    (Qt.Key.Key_Up, NONE),
    (Qt.Key.Key_Down, SHIFT),
    (Qt.Key.Key_Home, NONE),
    (Qt.Key.Key_End, NONE),
    (Qt.Key.Key_Left, SHIFT),
]


def move(chance: random.Random, editor: BlockEditor, other: BlockEditor, log: list[object]) -> None:
    """Drop a line with what is nested below it somewhere, here or in the other text area."""
    ids = editor.parts.moves.group_ids(chance.randrange(editor.document().blockCount()))
    target = chance.choice([editor, editor, other])
    spot = QPoint(60, chance.randrange(target.viewport().height()))
    log.append(("move", ids, spot))
    if ids:
        nested = editor.parts.moves.is_nested(ids[0])
        number = target.parts.moves.find_drop(spot, nested=nested)
        target.parts.moves.take(ids, number, editor.parts.moves)


def edit_open_table(chance: random.Random, editor: BlockEditor) -> None:
    """Change a table that Enter opened, and close it."""
    for dialog in editor.window().findChildren(TableEditor):
        model = dialog.model
        row, column = chance.randrange(model.rowCount()), chance.randrange(model.columnCount())
        model.setData(model.index(row, column), "typed")
        if chance.random() < 0.5:
            model.add_row(row)
        dialog.done(0)


def step(
    chance: random.Random,
    editor: BlockEditor,
    other: BlockEditor,
    qtbot: QtBot,
    log: list[object],
) -> None:
    kind = chance.random()
    if kind < 0.25:
        text = editor.document()
        cursor = QTextCursor(text)
        ends = [chance.randrange(text.characterCount()) for _ in range(2)]
        mode = QTextCursor.MoveMode.MoveAnchor
        for end in ends:
            cursor.setPosition(end, mode)
            # Not into the middle of an emoji, where nobody's cursor can be.
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, mode)
            cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, mode)
            if chance.random() < 0.5:
                mode = QTextCursor.MoveMode.KeepAnchor
        editor.setTextCursor(cursor)
        log.append(ends)
    elif kind < 0.5:
        letters = chance.choice(["a", "word ", ".", "B", "x y"])
        log.append(letters)
        qtbot.keyClicks(editor, letters)
    elif kind < 0.55:
        move(chance, editor, other, log)
    elif kind < 0.57:
        mime = QMimeData()
        mime.setHtml(chance.choice(PASTED))
        put_on_clipboard(mime)
        log.append("paste")
        qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    elif kind < 0.6:
        level = chance.choice([0, 1])
        log.append(("nest", level))
        editor.parts.operations.nest(level)
    else:
        key, modifiers = chance.choice(KEYS)
        log.append((key, modifiers))
        qtbot.keyClick(editor, key, modifiers)
        edit_open_table(chance, editor)


@pytest.mark.parametrize("seed", range(24))
def test_a_random_walk_stays_in_step(
    seed: int,
    document: InspectionDocument,
    show: Callable[..., BlockEditor],
    qtbot: QtBot,
) -> None:
    chance = random.Random(seed)  # noqa: S311
    table = Block(id="t", kind="table", header=("A", "B"), rows=(("1", "2"),))
    put(
        document,
        bullet("One 😀 bullet", 0, "n1"),
        bullet("nested", 1, "n2"),
        WantedBlock("table", "", like=table),
        paragraph("A paragraph\nwith a break"),
        WantedBlock("heading", "Heading"),
        WantedBlock("table", "", like=table),
    )
    put(document, bullet("Elsewhere"), parent=OTHER)
    editor = show()
    other = show(OTHER)
    # What an earlier test copied must not come in.
    clip("plain words")
    log: list[object] = []
    before = document.inspection
    start = document.undo_stack.index()
    for _ in range(60):
        one = chance.choice([editor, editor, editor, other])
        step(chance, one, other if one is editor else editor, qtbot, log)
        check(editor, document)
        check(other, document)
        if chance.random() < 0.1 and document.undo_stack.index() > start:
            document.undo_stack.undo()
            check(editor, document)
            check(other, document)
            if chance.random() < 0.5:
                document.undo_stack.redo()
                check(editor, document)
    for parent, block in itertools.product((TOPIC, OTHER), document.inspection):
        # A table is never cut through, nor typed into but in its window.
        if isinstance(block, Block) and block.kind == "table" and block.parent == parent:
            cells = {cell for row in (block.header, *block.rows) for cell in row}
            assert cells <= {"A", "B", "1", "2", "x", "y", "typed", ""}
            assert len({len(row) for row in block.rows}) == 1
    final, end = document.inspection, document.undo_stack.index()
    while document.undo_stack.index() > start:
        document.undo_stack.undo()
        check(editor, document)
        check(other, document)
    assert {e.id: e for e in document.inspection} == {e.id: e for e in before}, log
    while document.undo_stack.index() < end:
        document.undo_stack.redo()
    check(editor, document)
    assert document.inspection == final
    assert reopen(document) == final
