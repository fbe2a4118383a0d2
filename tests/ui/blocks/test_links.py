"""Links from sentences to notes survive every edit: who still reads the words finds the note."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from inspector_app.domain.entities import Block
from tests.ui.blocks.making import OTHER, TOPIC, bullet, paragraph, put, reopen
from tests.ui.blocks.test_walks import step

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor

_TOKEN = re.compile(r"#(\d)#")


def _check_links(document: InspectionDocument, log: list[object]) -> None:
    for block in _blocks(document):
        wanted = {f"n{number}" for number in _TOKEN.findall(block.text)}
        assert wanted <= set(block.evidence), (block.text, block.evidence, log[-5:])


def _blocks(document: InspectionDocument) -> list[Block]:
    return [block for part in (TOPIC, OTHER) for block in document.inspection.children(part, Block)]


@pytest.mark.parametrize("seed", range(12))
def test_the_note_stays_with_the_words(
    seed: int,
    document: InspectionDocument,
    show: Callable[..., BlockEditor],
    qtbot: QtBot,
) -> None:
    chance = random.Random(seed)  # noqa: S311
    put(
        document,
        bullet("The fridge was warm #1# for a week", 0, "n1"),
        bullet("nobody had read #2# the log", 1, "n2"),
        paragraph("Staff were trained #3# in May", "n3"),
    )
    # What another inspection left there has no notes here.
    QGuiApplication.clipboard().clear()
    put(document, bullet("Elsewhere"), parent=OTHER)
    editor, other = show(), show(OTHER)
    first = _blocks(document)
    log: list[object] = []
    start = document.undo_stack.index()
    for _ in range(80):
        step(chance, editor, other, qtbot, log)
        if chance.random() < 0.15 and document.undo_stack.index() > start:
            document.undo_stack.undo()
            log.append("undo")
        _check_links(document, log)
    while document.undo_stack.index() > start:
        document.undo_stack.undo()
        _check_links(document, log)
    assert _blocks(document) == first
    while document.undo_stack.canRedo():
        document.undo_stack.redo()
    final = document.inspection
    assert reopen(document) == final
