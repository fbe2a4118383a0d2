"""A saved inspection with a topic, and its editor in a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialog

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.ui.blocks.editor import BlockEditor
from tests.ui.blocks.making import TOPIC, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def document(
    make_file: Callable[..., Path], tmp_path: Path, qtbot: QtBot
) -> Iterator[InspectionDocument]:
    document = InspectionDocument(make_file(), tmp_path / "backups")
    fill(document)
    yield document
    document.close()


@pytest.fixture
def show(document: InspectionDocument, qtbot: QtBot) -> Iterator[Callable[..., BlockEditor]]:
    editors: list[BlockEditor] = []

    def make(parent: str = TOPIC, **options: object) -> BlockEditor:
        editor = BlockEditor(document, parent, **options)  # type: ignore[arg-type]
        qtbot.addWidget(editor)
        editor.resize(600, 400)
        editor.show()
        qtbot.waitExposed(editor)
        editor.setFocus()
        qtbot.waitUntil(editor.hasFocus)
        editors.append(editor)
        return editor

    yield make
    for editor in editors:
        # A window that is left open keeps the mouse from what the next test shows.
        for dialog in editor.findChildren(QDialog):
            dialog.reject()
