"""Keys in tooltips are those of the actions, as this system writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from inspector_app.ui.shell.inspection_view import InspectionView
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.keys import Keys, add_key, add_letter, name_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

TELLING = {
    "new_button": "new",
    "open_button": "open",
    "new_note": "capture",
    "find_next": "find_next",
    "find_previous": "find_previous",
    "outline": "next_pane",
}
"""What has a tooltip with a key, and the action whose key it is."""


def test_a_tooltip_tells_the_key_of_the_action(
    window: MainWindow, make_file: Callable[..., Path]
) -> None:
    tips = {name: _find_tip(window, name) for name in ("new_button", "open_button")}
    window.open_file(make_file())
    window.findChild(QAction, "action_find").trigger()
    window.findChild(InspectionView).go_to("evidence")
    for name, action in TELLING.items():
        key = window.findChild(QAction, f"action_{action}").shortcut()
        tip = tips.get(name) or _find_tip(window, name)
        assert key.toString(QKeySequence.SequenceFormat.NativeText) in tip


def _find_tip(window: MainWindow, name: str) -> str:
    return window.findChild(QWidget, name).toolTip()


@pytest.mark.parametrize(
    ("text", "tip", "told"),
    [
        ("&Go there", "Show it in its field", "Show it in its field (Alt+G)"),
        ("Go &there", "Show it", "Show it (Alt+T)"),
        ("Salt && pepper", "Take both", "Take both"),
        ("Close", "Back to the page (Esc)", "Back to the page (Esc)"),
        ("&Open", "Open it (Enter)", "Open it (Enter)"),
        ("&Undo", "", ""),
    ],
)
def test_a_button_tells_the_letter_that_presses_it(
    text: str, tip: str, told: str, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    button = make_button(text, "button", tip, parent, role="quiet", spoken="Say this")
    assert parent.findChild(QPushButton, "button") is button
    assert (button.toolTip(), button.accessibleName()) == (told, "Say this")
    assert button.property("role") == "quiet"
    assert button.shortcut() == QKeySequence.mnemonic(text)


def test_a_key_is_told_as_the_system_writes_it(qapp: object) -> None:
    del qapp
    action = QAction("Go")
    assert (name_key(action), add_key("Go", action)) == ("", "Go")
    action.setShortcut("Ctrl+Shift+P")
    assert add_key("Go", action) == "Go (Ctrl+Shift+P)"
    assert name_key(Keys.OPEN) == name_key("Ctrl+O")
    assert add_letter("Go", "no letter") == "Go"
