"""An empty text area says what belongs here, where the first letter will stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.blocks.making import bullet, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor


def first_ink(image: QImage) -> int:
    """Return the column of the leftmost pixel that is not ground, inside the frame."""
    ground = image.pixel(image.width() - 4, image.height() - 4)
    rows = range(4, image.height() - 4)
    return next(
        column
        for column in range(4, image.width())
        if any(image.pixel(column, row) != ground for row in rows)
    )


@pytest.mark.parametrize("kind", ["paragraph", "bullet"])
def test_the_hint_stands_where_the_text_will(
    kind: str, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    editor = show(first_kind=kind)
    editor.clearFocus()
    editor.set_hint("HHH")
    assert editor.accessibleDescription() == "HHH"
    hint = first_ink(editor.viewport().grab().toImage())
    at = editor.cursorRect().left()
    assert at <= hint <= at + 4


def test_the_hint_goes_with_the_first_text(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, bullet("I"))
    editor = show()
    editor.clearFocus()
    before = editor.viewport().grab().toImage()
    editor.set_hint("Evidence for this topic")
    assert editor.viewport().grab().toImage() == before
