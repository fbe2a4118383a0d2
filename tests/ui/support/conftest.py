"""A window with the notes panel in front, on an inspection with notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QDockWidget

from tests.report.making import bring_in
from tests.ui.support.driving import CONTENT, Supporter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow


@pytest.fixture
def open_supporter(
    make_window: Callable[[], MainWindow], make_file: Callable[..., Path], qtbot: QtBot
) -> Callable[..., Supporter]:
    """Open an inspection in a window of its own, with the panel in front."""

    def open_supporter(name: str = "clinic", /, **content: Any) -> Supporter:
        path = make_file(f"{name}.inspection", bring_in("rated", **(content or CONTENT)))
        window = make_window()
        window.resize(1280, 800)
        window.open_file(path)
        qtbot.waitUntil(window.isActiveWindow)
        dock = window.findChild(QDockWidget, "notes_dock")
        for _ in range(2):
            # It stands behind the preview: away, and back to the front.
            dock.toggleViewAction().trigger()
        qtbot.waitUntil(lambda: not dock.visibleRegion().isEmpty())
        return Supporter(window, path, qtbot)

    return open_supporter


@pytest.fixture
def supporter(open_supporter: Callable[..., Supporter]) -> Supporter:
    return open_supporter()
