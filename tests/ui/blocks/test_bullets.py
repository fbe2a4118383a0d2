"""Bullets as they are typed: begun by a mark, kept by Delete, nested as they print."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from lxml import html
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Block
from inspector_app.report.report import make_report_printer
from inspector_app.ui.blocks.lines import line_kind, line_level
from inspector_app.ui.pages.section import SectionPage
from tests.ui.blocks.making import blocks, bullet, check, paragraph, place, put, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor
    from tests.ui.conftest import RecordingPrompts

    Show = Callable[..., BlockEditor]

ENTER, DELETE, BACK = Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Backspace


@pytest.mark.parametrize("mark", ["-", "*"])
@pytest.mark.parametrize("back", ["undo", "backspace"])
def test_a_mark_begins_a_bullet_and_can_be_had_back(
    mark: str, back: str, document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, paragraph("One"))
    place(editor := show(), 0, 3)
    qtbot.keyClick(editor, ENTER)
    qtbot.keyClicks(editor, f"{mark} ")
    assert seen(document.inspection) == [("paragraph", 0, "One"), ("bullet", 0, "")]
    check(editor, document)
    if back == "undo":
        document.undo_stack.undo()
    else:
        qtbot.keyClick(editor, BACK)
    assert seen(document.inspection)[1] == ("paragraph", 0, f"{mark} ")
    qtbot.keyClicks(editor, "5 degrees")
    assert seen(document.inspection)[1] == ("paragraph", 0, f"{mark} 5 degrees")
    check(editor, document)


def test_a_mark_in_front_of_text_and_in_a_bullet(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document, paragraph("One - "), paragraph("Two"), bullet("Three", 0, "n1"))
    editor = show()
    place(editor, 0, 6)
    qtbot.keyClicks(editor, " ")
    for line in (1, 2):
        place(editor, line)
        qtbot.keyClicks(editor, "- A")
    assert seen(document.inspection) == [
        ("paragraph", 0, "One -  "),
        ("bullet", 0, "ATwo"),
        ("bullet", 0, "AThree"),
    ]
    # Once something was typed, Backspace is the usual one.
    place(editor, 1)
    qtbot.keyClick(editor, BACK)
    assert seen(document.inspection)[1] == ("paragraph", 0, "ATwo")


def test_a_mark_that_is_composed_begins_a_bullet(
    document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    put(document)
    editor = show()
    for letter in "- x":
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(editor, event)
    assert seen(document.inspection) == [("bullet", 0, "x")]


@pytest.mark.parametrize("emptied", ["paragraph", "bullet", "heading", "breach"])
@pytest.mark.parametrize("kind", ["paragraph", "bullet", "heading", "recommendation", "table"])
def test_delete_in_an_emptied_line_leaves_the_next_what_it_is(
    emptied: str, kind: str, document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    like = Block(id="t", kind="table", rows=(("1",),)) if kind == "table" else None
    next_ = WantedBlock(kind, "" if like else "Next", evidence=("n1",), like=like)  # type: ignore[arg-type]
    first = WantedBlock(emptied, "x")  # type: ignore[arg-type]
    *_, after = put(document, bullet("Above"), first, next_)
    place(editor := show(), 1)
    qtbot.keyClick(editor, DELETE)
    qtbot.keyClick(editor, DELETE)
    check(editor, document)
    above, block = blocks(document.inspection)
    assert (above.text, block.id, block.kind, block.evidence) == ("Above", after, kind, ("n1",))
    assert editor.textCursor().blockNumber() == 1


def test_a_section_of_bullets_begins_with_one(
    document: InspectionDocument, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    sections = document.framework.sections
    begins = {item.id for item in sections if item.kind == "bullet"}
    assert begins == {item.id for item in sections if item.help.startswith("Bullet")} != set()
    for item in sections[:3]:
        page = SectionPage(document, prompts, item.id)
        qtbot.addWidget(page)
        if blocks(document.inspection, page.editor.parent_id):
            put(document, parent=page.editor.parent_id)
        qtbot.keyClicks(page.editor, "Typed")
        (block,) = blocks(document.inspection, page.editor.parent_id)
        assert block.kind == item.kind


KEYS = [
    (ENTER, Qt.KeyboardModifier.NoModifier),
    (ENTER, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier),
    (BACK, Qt.KeyboardModifier.NoModifier),
    (DELETE, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
]


def shown_depths(editor: BlockEditor) -> dict[str, int]:
    """Return how deep each line with text stands: 0 no bullet, 1 a bullet, 2 a nested one."""
    text = editor.document()
    lines = [text.findBlockByNumber(number) for number in range(text.blockCount())]
    pairs = zip(editor.parts.binding.blocks, lines, strict=False)
    return {
        block.id: 1 + line_level(line) if line_kind(line) == "bullet" else 0
        for block, line in pairs
        if block.text.strip()
    }


def printed_depths(page: str, ids: set[str]) -> dict[str, int]:
    """Return how many lists each block stands in where it is printed."""
    found = html.fromstring(page).xpath("//*[@data-id]")
    return {
        element.get("data-id"): len(element.xpath("ancestor::ul"))
        for element in found
        if element.get("data-id") in ids
    }


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_typed_prints_nested_as_it_is_shown(
    seed: int, document: InspectionDocument, show: Show, qtbot: QtBot
) -> None:
    chance = random.Random(seed)  # noqa: S311
    print_report = make_report_printer()
    put(document)
    editor = show(first_kind="bullet")
    log: list[object] = []
    for number in range(150):
        if chance.random() < 0.45:
            letters = chance.choice(["a", "b c", "- ", "* x"])
            log.append(letters)
            qtbot.keyClicks(editor, letters)
        else:
            key, modifiers = chance.choice(KEYS)
            log.append((key, modifiers))
            qtbot.keyClick(editor, key, modifiers)
            editor.setFocus()  # a Tab that nests nothing leaves
        if number % 3 == 0:
            shown = shown_depths(editor)
            assert printed_depths(print_report(document.inspection), set(shown)) == shown, log
