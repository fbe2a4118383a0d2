"""The real reports, entered through the window from nothing, and exported to Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector_app.content.importing import import_content
from tests.acceptance.comparing import assert_same_lines
from tests.conftest import ACCEPTANCE
from tests.ui.keyboard_hands import KeyboardHands
from tests.ui.mouse_hands import MouseHands

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts
    from tests.ui.entering import EnteringHands

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.mark.parametrize(
    ("seed", "hands"),
    [
        ("seed_000_rated", MouseHands),
        ("seed_000_rated", KeyboardHands),
        ("seed_001_unrated", MouseHands),
        ("adult_social_care_2018_short", MouseHands),
    ],
    ids=["rated_by_mouse", "rated_by_keys", "unrated_by_mouse", "social_care_by_mouse"],
)
def test_a_real_report_entered_from_nothing_is_the_real_report(
    window: MainWindow,
    qtbot: QtBot,
    prompts: RecordingPrompts,
    tmp_path: Path,
    seed: str,
    hands: type[EnteringHands],
) -> None:
    window.resize(1280, 800)
    qtbot.waitUntil(window.isActiveWindow)
    content = ACCEPTANCE / f"{seed}.json"
    wanted = import_content(content.read_bytes(), content.name, content.parent)
    person = hands(qtbot, window, wanted)
    person.enter_everything(tmp_path / "entered.inspection", prompts)
    assert not prompts.problems
    target = tmp_path / "report.docx"
    person.export(target)
    assert_same_lines(seed, target)
