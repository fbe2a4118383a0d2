"""The parts of the block editor work on any text area, each without the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QTextEdit

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Block
from inspector_app.ui.blocks import editing
from inspector_app.ui.blocks.binding import BlockBinding
from inspector_app.ui.blocks.clipboard import BlockClipboard, from_mime
from inspector_app.ui.blocks.cursor import BlockCursor
from inspector_app.ui.blocks.files import BlockFiles
from inspector_app.ui.blocks.margin import BlockMargin
from inspector_app.ui.blocks.moving import BlockMoves
from inspector_app.ui.blocks.operations import BlockOperations
from tests.ui.blocks.making import TOPIC, bullet, paragraph, place, put, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor

TABLE = WantedBlock("table", "", like=Block(id="t", kind="table", rows=(("1",), ("2",))))


@pytest.fixture
def area(document: InspectionDocument, qtbot: QtBot) -> QTextEdit:
    put(document, bullet("One", 0, "n1"), bullet("nested", 1), paragraph("Two"))
    area = QTextEdit()
    qtbot.addWidget(area)
    area.resize(400, 200)
    return area


@pytest.fixture
def binding(document: InspectionDocument, area: QTextEdit) -> BlockBinding:
    return BlockBinding(document, TOPIC, area, "paragraph")


def test_the_binding_alone_follows_both_ways(
    document: InspectionDocument, area: QTextEdit, binding: BlockBinding
) -> None:
    assert area.toPlainText() == "One\nnested\nTwo"
    place(area, 2, 3)
    area.insertPlainText("!")
    assert seen(document.inspection)[2] == ("paragraph", 0, "Two!")
    assert document.undo_stack.undoText() == f"Type in {binding.part_name}"
    document.undo_stack.undo()
    assert area.toPlainText() == "One\nnested\nTwo"


def test_the_operations_need_no_more_than_the_binding_and_the_cursor(
    document: InspectionDocument, area: QTextEdit, binding: BlockBinding
) -> None:
    cursor = BlockCursor(area, binding)
    operations = BlockOperations(area, binding, cursor)
    cursor.go_to(1, at_end=True)
    operations.nest(0)
    operations.split()
    operations.insert_blocks([paragraph("new")], "Put")
    assert seen(document.inspection)[1:3] == [("bullet", 0, "nested"), ("bullet", 0, "new")]
    assert cursor.block_id == binding.blocks[2].id


def test_the_moves_alone(
    document: InspectionDocument, area: QTextEdit, binding: BlockBinding
) -> None:
    moves = BlockMoves(area, binding, BlockCursor(area, binding))
    ids = moves.group_ids(0)
    assert ids == [block.id for block in binding.blocks[:2]]
    below = moves.find_drop(QPoint(50, area.height()), nested=False)
    moves.take(ids, below, moves)
    assert [text for _, _, text in seen(document.inspection)] == ["Two", "One", "nested"]


def test_the_clipboard_alone(
    document: InspectionDocument, area: QTextEdit, binding: BlockBinding
) -> None:
    operations = BlockOperations(area, binding, BlockCursor(area, binding))
    files = BlockFiles(area, document, operations, None)
    clipboard = BlockClipboard(area, document, operations, files, None)
    place(area, 0, 1, to=(1, 3))
    lines = from_mime(clipboard.read_selection(), document.inspection)
    assert [(line.text, line.level, line.evidence) for line in lines] == [
        ("ne", 0, ("n1",)),
        ("nes", 1, ()),
    ]


def test_the_margin_alone_paints_bullets_and_marks(
    area: QTextEdit, binding: BlockBinding, qtbot: QtBot
) -> None:
    margin = BlockMargin(area)
    area.show()
    qtbot.waitExposed(area)
    place(area, 0)
    spot = QPoint(area.viewport().width() - 50, area.cursorRect().center().y())
    assert margin.tip_at(QPoint(40, spot.y())) is None
    assert margin.tip_at(spot) == "1 note"
    margin.show_marks({binding.blocks[0].id: "changed"})
    assert margin.tip_at(spot) == "changed"
    place(area, 2)
    spot.setY(area.cursorRect().center().y())
    assert margin.tip_at(spot) == ""


# -- an embedded object is in a selection whole, or not at all

ENDS = [
    pytest.param((0, 1), (1, 0), id="up to a table"),
    pytest.param((0, 1), (1, 4), id="into a table"),
    pytest.param((0, 1), (1, -1), id="to the end of a table"),
    pytest.param((1, 0), (3, 2), id="from the start of a table"),
    pytest.param((1, 4), (3, 2), id="from within a table"),
    pytest.param((1, -1), (3, 2), id="from the end of a table"),
    pytest.param((1, -1), (2, 0), id="between two tables"),
    pytest.param((1, 4), (2, 4), id="from table to table"),
    pytest.param((2, -1), (3, 0), id="behind a table"),
    pytest.param((0, 1), (3, 2), id="over tables"),
]


@pytest.mark.parametrize(("start", "end"), ENDS)
def test_pasting_over_tables_takes_those_that_typing_takes(
    start: tuple[int, int],
    end: tuple[int, int],
    document: InspectionDocument,
    show: Callable[..., BlockEditor],
) -> None:
    put(document, paragraph("One"), TABLE, TABLE, paragraph("Two"))
    editor = show()

    def select() -> None:
        ends = [
            (line, offset % editor.document().findBlockByNumber(line).length())
            for line, offset in (start, end)
        ]
        place(editor, *ends[0], to=ends[1])

    def left() -> tuple[list[str], str]:
        found = editor.parts.binding.blocks
        texts = "".join(block.text for block in found)
        return [block.id for block in found if block.kind == "table"], texts.replace("x", "")

    before = document.inspection
    select()
    editor.parts.operations.type_over("x")
    typed = left()
    while document.inspection != before:
        document.undo_stack.undo()
    select()
    editor.parts.operations.insert_blocks([paragraph("x")], "Paste")
    # What names a table in its line is no text.
    assert left() == typed
    assert typed[1] in {"OneTwo", "OTwo", "Oneo", "Oo"}


# -- lines as values


@pytest.mark.parametrize(
    ("front", "back", "kind", "notes"),
    [
        (True, True, "bullet", ("n1", "n2")),
        (True, False, "bullet", ("n1",)),
        (False, True, "heading", ("n2",)),
        (False, False, "bullet", ("n1",)),
    ],
)
def test_what_is_left_of_two_lines(
    front: bool, back: bool, kind: str, notes: tuple[str, ...]
) -> None:
    first, last = bullet("One", 0, "n1"), WantedBlock("heading", "Two", evidence=("n2",))
    left = editing.join(first, last, front=front, back=back)
    assert (left.kind, left.evidence) == (kind, notes)


def test_of_a_table_a_paragraph_is_left() -> None:
    table = WantedBlock("table", "", "t", evidence=("n1",))
    assert editing.join(table, table, front=False, back=False) == WantedBlock("paragraph", "")
    left = editing.join(table, bullet("Two", 1, "n2"), front=False, back=True)
    assert (left.kind, left.level, left.evidence) == ("bullet", 1, ("n2",))


def test_a_bullet_nests_only_below_a_bullet() -> None:
    lines = [bullet("One"), bullet("Two"), paragraph("Three"), bullet("Four"), bullet("Five")]
    assert [line.level for line in editing.nest(lines, 0, 4, 1)] == [0, 1, 0, 0, 1]
    assert editing.nest(lines, 0, 4, 0) == lines
