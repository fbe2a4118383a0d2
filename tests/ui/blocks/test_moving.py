"""Blocks go to another place: by their grip, and by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from inspector_app.domain.entities import Block, Section
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.widgets.pick_dialog import PickDialog
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
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(document: InspectionDocument, qtbot: QtBot) -> Iterator[tuple[BlockEditor, BlockEditor]]:
    """Two topics one above the other."""
    put(
        document,
        bullet("One", 0, "n1"),
        bullet("nested", 1, "n2"),
        bullet("Two"),
        paragraph("Three"),
    )
    put(document, bullet("Elsewhere"), paragraph("End"), parent=OTHER)
    widget = QWidget()
    layout = QVBoxLayout(widget)
    editors = (BlockEditor(document, TOPIC, widget), BlockEditor(document, OTHER, widget))
    for editor in editors:
        layout.addWidget(editor)
    widget.resize(700, 400)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    yield editors
    widget.close()


def middle(editor: BlockEditor, line: int, share: float = 0.5) -> QPoint:
    rect = (
        editor.document()
        .documentLayout()
        .blockBoundingRect(editor.document().findBlockByNumber(line))
    )
    return QPoint(100, int(rect.top() + rect.height() * share))


def hover(editor: BlockEditor, line: int, qtbot: QtBot) -> None:
    # A mouse that is there already does not move.
    qtbot.mouseMove(editor.viewport(), middle(editor, line) + QPoint(40, 0))
    qtbot.mouseMove(editor.viewport(), middle(editor, line))


def hold(editor: BlockEditor, line: int, qtbot: QtBot) -> QWidget:
    hover(editor, line, qtbot)
    grip = editor.grip
    assert grip.isVisible()
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=grip.rect().center())
    return grip


def drag(
    editor: BlockEditor, line: int, to: BlockEditor, at: QPoint, qtbot: QtBot, *, drop: bool = True
) -> QWidget:
    grip = hold(editor, line, qtbot)
    spot = grip.mapFromGlobal(to.viewport().mapToGlobal(at))
    qtbot.mouseMove(grip, spot)
    if drop:
        qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=spot)
    return grip


def test_a_bullet_is_dragged_down_with_what_is_nested_below_it(
    document: InspectionDocument, page: tuple[BlockEditor, BlockEditor], qtbot: QtBot
) -> None:
    editor, _ = page
    before = blocks(document.inspection)
    count = document.undo_stack.count()
    drag(editor, 0, editor, middle(editor, 2, 0.9), qtbot)
    check(editor, document)
    assert [b.id for b in blocks(document.inspection)] == [
        before[2].id,
        before[0].id,
        before[1].id,
        before[3].id,
    ]
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == "Move bullet"
    assert editor.current_block == before[0].id
    document.undo_stack.undo()
    check(editor, document)
    assert blocks(document.inspection) == before


def test_a_bullet_is_dragged_to_another_topic(
    document: InspectionDocument, page: tuple[BlockEditor, BlockEditor], qtbot: QtBot
) -> None:
    editor, other = page
    one, nested, *_ = blocks(document.inspection)
    count = document.undo_stack.count()
    drag(editor, 0, other, middle(other, 1, 0.1), qtbot)
    check(editor, document)
    check(other, document)
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == "Move bullet to Other"
    found = reopen(document)
    assert seen(found) == [("bullet", 0, "Two"), ("paragraph", 0, "Three")]
    moved = blocks(found, OTHER)
    assert [b.text for b in moved] == ["Elsewhere", "One", "nested", "End"]
    assert [(b.id, b.evidence) for b in moved[1:3]] == [(one.id, ("n1",)), (nested.id, ("n2",))]


def test_a_nested_bullet_goes_alone_and_is_not_nested_below_nothing(
    document: InspectionDocument, page: tuple[BlockEditor, BlockEditor], qtbot: QtBot
) -> None:
    editor, other = page
    drag(editor, 1, other, middle(other, 0, 0.1), qtbot)
    assert seen(document.inspection, OTHER)[0] == ("bullet", 0, "nested")
    check(other, document)


def test_nothing_is_dropped_between_a_bullet_and_those_below_it(
    document: InspectionDocument, page: tuple[BlockEditor, BlockEditor], qtbot: QtBot
) -> None:
    editor, _ = page
    drag(editor, 3, editor, middle(editor, 1, 0.1), qtbot)
    assert [text for _, _, text in seen(document.inspection)] == ["One", "nested", "Three", "Two"]


def test_the_drop_line_is_painted_and_escape_lets_go(
    document: InspectionDocument, page: tuple[BlockEditor, BlockEditor], qtbot: QtBot
) -> None:
    editor, other = page
    before, count = document.inspection, document.undo_stack.count()
    plain = other.grab().toImage()
    grip = drag(editor, 0, other, middle(other, 1, 0.1), qtbot, drop=False)
    assert other.grab().toImage() != plain
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert other.grab().toImage() == plain
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton)
    assert document.inspection == before
    assert document.undo_stack.count() == count


def test_a_drop_beside_every_text_area_or_in_its_own_place_does_nothing(
    document: InspectionDocument, page: tuple[BlockEditor, BlockEditor], qtbot: QtBot
) -> None:
    editor, _ = page
    count = document.undo_stack.count()
    drag(editor, 0, editor, QPoint(-5, -60), qtbot)
    drag(editor, 0, editor, middle(editor, 1, 0.9), qtbot)
    assert document.undo_stack.count() == count


def test_the_grip_is_large_enough_and_away_when_the_mouse_is(
    page: tuple[BlockEditor, BlockEditor], qtbot: QtBot
) -> None:
    editor, _ = page
    hover(editor, 2, qtbot)
    assert editor.grip.isVisible()
    assert editor.grip.height() >= 24
    qtbot.keyClick(editor, Qt.Key.Key_A)
    assert not editor.grip.isVisible()


def test_an_empty_part_has_no_grip(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    editor = show()
    qtbot.mouseMove(editor.viewport(), QPoint(50, 12))
    assert not editor.grip.isVisible()


def pick(editor: BlockEditor, words: str, qtbot: QtBot) -> None:
    qtbot.keyClick(editor, Qt.Key.Key_M, CONTROL | SHIFT)
    dialog = editor.window().findChild(PickDialog)
    line = dialog.findChild(QLineEdit, "pick_line")
    qtbot.keyClicks(line, words)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_move_to_another_topic_by_name(
    document: InspectionDocument, page: tuple[BlockEditor, BlockEditor], qtbot: QtBot
) -> None:
    editor, other = page
    one, nested, two, three = blocks(document.inspection)
    place(editor, 0, 1, to=(2, 1))
    count = document.undo_stack.count()
    pick(editor, "effective other", qtbot)
    check(editor, document)
    check(other, document)
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == "Move bullet to Effective: Other"
    found = reopen(document)
    assert [b.id for b in blocks(found)] == [three.id]
    assert [b.id for b in blocks(found, OTHER)][2:] == [one.id, nested.id, two.id]
    assert found.get(one.id, Block).evidence == ("n1",)


def test_move_to_a_section_that_is_not_there_yet(
    document: InspectionDocument, page: tuple[BlockEditor, BlockEditor], qtbot: QtBot
) -> None:
    editor, _ = page
    draft = document.draft()
    for section in list(document.inspection.all(Section)):
        draft.delete(section.id)
    document.apply_draft(draft, "Remove the sections")
    before = document.inspection
    place(editor, 3, 0)
    pick(editor, "background", qtbot)
    (section,) = document.inspection.all(Section)
    assert section.section == "background"
    assert seen(document.inspection, section.id) == [("paragraph", 0, "Three")]
    document.undo_stack.undo()
    assert document.inspection == before
    check(editor, document)
