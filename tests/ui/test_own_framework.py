"""An organisation's own framework in the window: everything entered by hand, at the first start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector_app.domain.entities import Notice
from inspector_app.organisation import VARIABLE
from tests.organisations.making import HYGIENE, load_restaurant
from tests.ui.mouse_hands import MouseHands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_restaurant_is_entered_through_the_window(
    make_window: Callable[[], MainWindow],
    qtbot: QtBot,
    prompts: RecordingPrompts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, str(HYGIENE))
    window = make_window()
    window.resize(1280, 800)
    qtbot.waitUntil(window.isActiveWindow)
    wanted = load_restaurant()
    MouseHands(qtbot, window, wanted).enter_everything(tmp_path / "pot.inspection", prompts)
    assert not prompts.problems
    entered = window.document.inspection
    details = wanted.inspection.details
    assert entered.details.ratings == details.ratings
    assert entered.details.previous_ratings == details.previous_ratings
    (notice,) = entered.all(Notice)
    assert (notice.regulation, notice.breached_paragraphs) == ("FH2020-3", ("3(1)",))
