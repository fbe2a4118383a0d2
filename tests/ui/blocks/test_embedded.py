"""Tables and pictures in the text: seen as what they are, and no key near them is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QDialog

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Attachment, Block
from inspector_app.ui.blocks.picture_editor import PictureEditor
from inspector_app.ui.blocks.table_editor import TableEditor
from tests.ui.blocks.making import blocks, bullet, check, clip, paragraph, place, put, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor

    Show = Callable[..., BlockEditor]

LEFT = Qt.MouseButton.LeftButton
TABLE = WantedBlock(
    "table", "", like=Block(id="t", kind="table", header=("A", "B"), rows=(("1", "2"),) * 3)
)
GREEN = QColor(0, 160, 60)


def add_picture(document: InspectionDocument, size: tuple[int, int] = (300, 200)) -> WantedBlock:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(GREEN)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    sha256 = document.add_attachment(bytes(QByteArray(buffer.data()).data()))
    draft = document.draft()
    parent = draft.result.id
    draft.create(
        Attachment(id="a", parent=parent, name="x.png", media_type="image/png", sha256=sha256)
    )
    document.apply_draft(draft, "Add")
    return WantedBlock(
        "image", "", like=Block(id="i", kind="image", attachment="a", caption="Hall")
    )


def middle(editor: BlockEditor, line: int) -> QPoint:
    layout = editor.document().findBlockByNumber(line).layout()
    rect = layout.lineAt(0).naturalTextRect().translated(layout.position())
    return rect.center().toPoint()


def height(editor: BlockEditor, line: int) -> float:
    return editor.document().findBlockByNumber(line).layout().lineAt(0).height()


def kinds(document: InspectionDocument) -> list[str]:
    return [block.kind for block in blocks(document.inspection)]


def is_selected(editor: BlockEditor, line: int) -> bool:
    cursor = editor.textCursor()
    return cursor.hasSelection() and cursor.blockNumber() == line


def test_a_table_is_as_high_as_its_rows_and_a_picture_shows_itself(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    picture = add_picture(document)
    put(document, paragraph("One"), TABLE, picture)
    editor = show()
    before = height(editor, 1)
    assert before > 3 * editor.fontMetrics().height()
    assert height(editor, 2) > 3 * editor.fontMetrics().height()
    id_ = blocks(document.inspection)[1].id
    document.set_field(id_, "rows", (("1", "2"),), "Edit")
    assert height(editor, 1) < before
    document.undo_stack.undo()
    assert height(editor, 1) == before
    many = tuple((str(row), "x") for row in range(200))
    document.set_field(id_, "rows", many, "Edit")
    assert height(editor, 1) < 20 * editor.fontMetrics().height()
    check(editor, document)

    def shows_picture() -> bool:
        image = editor.grab().toImage()
        left = int(image.width() / 3)
        found = {
            image.pixelColor(x, y).rgb() for x in range(left) for y in range(0, image.height(), 4)
        }
        return GREEN.rgb() in found

    qtbot.waitUntil(shows_picture)


@pytest.mark.parametrize("kind", ["table", "image"])
def test_they_open_by_double_click_enter_and_f2(
    document: InspectionDocument, show: Show, qtbot: QtBot, kind: str
) -> None:
    put(document, paragraph("One"), TABLE if kind == "table" else add_picture(document))
    editor = show()
    window = TableEditor if kind == "table" else PictureEditor

    def close() -> None:
        (dialog,) = (item for item in editor.findChildren(window) if item.isVisible())
        assert isinstance(dialog, QDialog)
        dialog.reject()

    qtbot.mouseDClick(editor.viewport(), LEFT, pos=middle(editor, 1))
    close()
    for offset in (0, 1):
        place(editor, 1, offset)
        qtbot.keyClick(editor, Qt.Key.Key_F2)
        close()
    assert kinds(document) == ["paragraph", kind]
    # Who knows Word presses Enter to write on below it.
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "below")
    assert kinds(document) == ["paragraph", kind, "paragraph"]


def test_arrows_go_before_it_behind_it_and_on(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, paragraph("One"), TABLE, paragraph("Two"))
    place(editor := show(), 0, 3)
    way = []
    for _ in range(4):
        qtbot.keyClick(editor, Qt.Key.Key_Right)
        way.append((editor.textCursor().blockNumber(), editor.textCursor().positionInBlock()))
    assert way == [(1, 0), (1, 1), (2, 0), (2, 1)]
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert editor.textCursor().blockNumber() == 1
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert editor.textCursor().blockNumber() == 0


@pytest.mark.parametrize(
    ("first", "last", "offset", "expected"),
    [
        (bullet, bullet, 0, [("bullet", "One"), ("bullet", "New"), "table", ("bullet", "Two")]),
        (bullet, bullet, 1, [("bullet", "One"), "table", ("bullet", "New"), ("bullet", "Two")]),
        (
            paragraph,
            bullet,
            0,
            [("paragraph", "One"), ("paragraph", "New"), "table", ("bullet", "Two")],
        ),
        (
            paragraph,
            bullet,
            1,
            [("paragraph", "One"), "table", ("bullet", "New"), ("bullet", "Two")],
        ),
    ],
)
def test_what_is_typed_beside_it_is_a_line_of_its_own(
    document: InspectionDocument,
    show: Show,
    qtbot: QtBot,
    first: Callable[[str], WantedBlock],
    last: Callable[[str], WantedBlock],
    offset: int,
    expected: list[object],
) -> None:
    put(document, first("One"), TABLE, last("Two"))
    before = document.inspection
    place(editor := show(), 1, offset)
    qtbot.keyClicks(editor, "New")
    found = [
        "table" if kind == "table" else (kind, text) for kind, _, text in seen(document.inspection)
    ]
    assert found == expected
    assert blocks(document.inspection)[expected.index("table")].rows == TABLE.like.rows  # type: ignore[union-attr]
    check(editor, document)
    document.undo_stack.undo()
    assert document.inspection == before
    check(editor, document)


def test_where_it_stands_alone_it_can_be_written_around(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, TABLE)
    editor = show(first_kind="bullet")
    place(editor, 0, 0)
    qtbot.keyClicks(editor, "a")
    place(editor, 1, 1)
    qtbot.keyClicks(editor, "b")
    clip("pasted")
    place(editor, 1, 0)
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [text for _, _, text in seen(document.inspection)] == ["a", "pasted", "", "b"]
    assert kinds(document)[2] == "table"
    check(editor, document)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_and_backspace_select_it_first(
    document: InspectionDocument, show: Show, qtbot: QtBot, key: Qt.Key
) -> None:
    put(document, paragraph("One"), TABLE, paragraph("Two"))
    editor = show()
    back = key == Qt.Key.Key_Backspace
    before = document.inspection
    # From the object's own side, and from the end of the text beside it.
    for line, offset in ((1, 1 if back else 0), (2, 0) if back else (0, 3)):
        place(editor, line, offset)
        qtbot.keyClick(editor, key)
        assert document.inspection == before
        assert is_selected(editor, 1)
    qtbot.keyClick(editor, key)
    assert seen(document.inspection) == [("paragraph", 0, "One"), ("paragraph", 0, "Two")]
    assert document.undo_stack.undoText() == "Delete table"
    document.undo_stack.undo()
    # On the other side of it they are for the text there.
    place(editor, 1, 0 if back else 1)
    qtbot.keyClick(editor, key)
    assert document.inspection == before
    assert editor.textCursor().blockNumber() == (0 if back else 2)
    check(editor, document)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_an_empty_line_beside_it_can_be_erased(
    document: InspectionDocument, show: Show, qtbot: QtBot, key: Qt.Key
) -> None:
    put(document, paragraph(""), TABLE, paragraph(""))
    editor = show()
    back = key == Qt.Key.Key_Backspace
    place(editor, 2 if back else 0)
    qtbot.keyClick(editor, key)
    assert kinds(document) == (["paragraph", "table"] if back else ["table", "paragraph"])
    place(editor, 1 if back else 0, 0 if back else 1)
    qtbot.keyClick(editor, key)
    assert kinds(document) == ["table"]
    check(editor, document)


def test_a_click_selects_it_and_what_is_typed_then_does_not_replace_it(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, paragraph("One"), TABLE)
    editor = show()
    qtbot.mouseClick(editor.viewport(), LEFT, pos=middle(editor, 1))
    assert is_selected(editor, 1)
    qtbot.keyClicks(editor, "Two")
    assert [text for _, _, text in seen(document.inspection)] == ["One", "", "Two"]
    check(editor, document)
