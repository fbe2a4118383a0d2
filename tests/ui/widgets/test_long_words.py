"""A word that fills hundreds of lines: Qt would look for its end in each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QTextEdit

from inspector_app.ui.widgets.qt_text import choose_wrapping

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("texts", "anywhere"),
    [
        (["x" * 50_000], True),
        (["one", "two " + "x" * 50_000], True),
        (["word " * 50_000], False),
        (["x" * 10_000], False),
        ([], False),
    ],
)
def test_only_a_very_long_word_breaks_anywhere(
    texts: list[str], anywhere: bool, qtbot: QtBot
) -> None:
    area = QTextEdit()
    qtbot.addWidget(area)
    choose_wrapping(area, texts)
    assert (area.wordWrapMode() == QTextOption.WrapMode.WrapAnywhere) is anywhere
    choose_wrapping(area, ["short again"])
    assert area.wordWrapMode() == QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
