"""Notes dragged onto a text: linked to a sentence, written into a gap or between two lines."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from inspector_app.domain.entities import Block
from inspector_app.ui.evidence.note_model import make_note_mime
from tests.ui.blocks.making import TOPIC, bullet, paragraph, put, reopen

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
COPY = Qt.DropAction.CopyAction


@pytest.fixture(autouse=True)
def _notes(document: InspectionDocument) -> None:
    for number in (1, 2, 3):
        document.set_field(f"n{number}", "text", f"Note\n{number}", "Change note")


def find_spot(editor: BlockEditor, words: str, below: int = 0) -> QPoint:
    """Return the middle of some words, or so many pixels below it."""
    found = editor.document().find(words)
    found.setPosition(found.selectionStart() + 1)
    return editor.cursorRect(found).center() + QPoint(0, below)


def drag(editor: BlockEditor, mime: QMimeData, spot: QPoint) -> bool:
    """Drag over a place, and return whether it would be taken there."""
    taken = []
    with warnings.catch_warnings():
        # Newer versions of Qt want another kind of point, which older ones do not take.
        warnings.simplefilter("ignore", DeprecationWarning)
        for kind in (QDragEnterEvent, QDragMoveEvent):
            event = kind(spot, COPY, mime, LEFT, NONE)
            event.ignore()
            QApplication.sendEvent(editor.viewport(), event)
            taken.append(event.isAccepted())
    return all(taken)


def drop(editor: BlockEditor, document: InspectionDocument, spot: QPoint, *notes: str) -> None:
    mime = make_note_mime(document.inspection, notes)
    assert drag(editor, mime, spot)
    event = QDropEvent(QPointF(spot), COPY, mime, LEFT, NONE)
    QApplication.sendEvent(editor.viewport(), event)
    assert event.isAccepted()


def list_blocks(document: InspectionDocument) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (block.kind, block.text, block.evidence)
        for block in document.inspection.children(TOPIC, Block)
    ]


def test_onto_a_sentence_between_two_and_into_a_gap(
    document: InspectionDocument, show: Callable[..., BlockEditor]
) -> None:
    put(document, bullet("The fridge was warm."), paragraph("On 😀 [date] we saw nothing."))
    editor = show()
    drop(editor, document, find_spot(editor, "fridge"), "n1", "n2")
    assert list_blocks(document)[0] == ("bullet", "The fridge was warm.", ("n1", "n2"))
    line = editor.cursorRect().height()
    drop(editor, document, find_spot(editor, "fridge", line // 2), "n3")
    assert [text for _, text, _ in list_blocks(document)] == [
        "The fridge was warm.",
        "Note 3",
        "On 😀 [date] we saw nothing.",
    ]
    assert list_blocks(document)[1][2] == ("n3",)
    drop(editor, document, find_spot(editor, "date"), "n2")
    assert list_blocks(document)[2] == ("paragraph", "On 😀 Note 2 we saw nothing.", ("n2",))
    document.undo_stack.undo()
    assert list_blocks(document)[2] == ("paragraph", "On 😀 [date] we saw nothing.", ())
    drop(editor, document, editor.viewport().rect().bottomLeft() - QPoint(-30, 1), "n1")
    assert list_blocks(document)[3] == ("bullet", "Note 1", ("n1",))
    final = document.inspection
    assert reopen(document) == final


def test_into_an_empty_text_and_onto_an_empty_line(
    document: InspectionDocument, show: Callable[..., BlockEditor]
) -> None:
    editor = show()
    drop(editor, document, QPoint(60, 15), "n1")
    assert list_blocks(document) == [("bullet", "Note 1", ("n1",))]
    # What has no text is no bullet.
    document.set_field("n1", "text", " ", "Change note")
    drop(editor, document, editor.viewport().rect().bottomLeft() - QPoint(-30, 1), "n1")
    assert len(list_blocks(document)) == 1
    put(document, bullet("First"), bullet(""), bullet("Last"))
    spot = (find_spot(editor, "First") + find_spot(editor, "Last")) / 2
    drop(editor, document, spot, "n2", "n3")
    assert [text for _, text, _ in list_blocks(document)] == ["First", "Note 2", "Note 3", "Last"]


def test_what_a_drop_would_do_is_shown_until_the_mouse_has_gone(
    document: InspectionDocument, show: Callable[..., BlockEditor]
) -> None:
    put(document, bullet("The fridge was warm."))
    editor = show()
    mime = make_note_mime(document.inspection, ["n1"])
    plain = editor.grab().toImage()
    pictures = []
    for below in (0, editor.cursorRect().height() // 2):
        assert drag(editor, mime, find_spot(editor, "fridge", below))
        pictures.append(editor.grab().toImage())
    QApplication.sendEvent(editor.viewport(), QDragLeaveEvent())
    assert editor.grab().toImage() == plain
    assert plain not in pictures
    assert pictures[0] != pictures[1]
    # Notes of another inspection, or that are gone by now, change nothing.
    gone = QMimeData()
    gone.setData(mime.formats()[0], b"nobody")
    QApplication.sendEvent(
        editor.viewport(), QDropEvent(QPointF(find_spot(editor, "fridge")), COPY, gone, LEFT, NONE)
    )
    assert list_blocks(document) == [("bullet", "The fridge was warm.", ())]
