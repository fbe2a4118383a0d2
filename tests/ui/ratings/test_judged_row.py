"""What a key question is judged is chosen in the panel and on its page: both show one state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.ratings.rating_choice import RatingButton
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts


@pytest.mark.parametrize(
    ("regime", "value", "other", "line"),
    [
        ("rated", "good", "inadequate", "We rated safe as Good:"),
        ("unrated", "met", "not_met", "We found that this service was providing safe care"),
    ],
)
def test_page_and_panel_show_one_state(
    window: MainWindow, make_file: Callable[..., Path], prompts: RecordingPrompts, qtbot: QtBot,
    regime: str, value: str, other: str, line: str,
) -> None:  # fmt: skip
    topic = {"topic": "medicines", "body": []}
    imported = bring_in(regime, key_questions={"safe": {"topics": [topic]}})
    window.open_file(make_file(imported=imported))
    window.findChild(Outline).entry_wanted.emit("key_question/safe")

    def button(place: str, value: str) -> RatingButton:
        return window.findChild(RatingButton, f"{place}Safe.{value}")

    printed = window.findChild(QLabel, "key_question.safe.line")
    assert button("page.", value).isVisible()
    qtbot.mouseClick(button("page.", value), Qt.MouseButton.LeftButton)
    assert button("", value).isChecked()
    assert printed.text().startswith(line)
    qtbot.mouseClick(button("", other), Qt.MouseButton.LeftButton)
    assert button("page.", other).isChecked()
    assert not button("page.", value).isChecked()
    window.findChild(QAction, "action_undo").trigger()
    assert button("page.", value).isChecked()
    button("page.", value).setFocus()
    qtbot.keyClick(button("page.", value), Qt.Key.Key_Delete)
    assert not button("", value).isChecked()
    assert printed.text().endswith("chosen yet.")
    prompts.confirms = True
    window.findChild(QAction, "action_state_published").trigger()
    window.findChild(Outline).entry_wanted.emit("key_question/safe")
    assert not button("", value).isEnabled()
    assert not button("page.", value).isEnabled()
