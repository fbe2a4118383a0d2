"""A window on an inspection that the checks have something to say about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.report.making import bring_in
from tests.ui.checks.driving import CONTENT, Checker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow


@pytest.fixture
def open_checker(
    make_window: Callable[[], MainWindow], make_file: Callable[..., Path], qtbot: QtBot
) -> Callable[..., Checker]:
    """Open an inspection of the keys that matter, in a window of its own."""

    def open_checker(name: str = "clinic", /, **content: Any) -> Checker:
        imported = bring_in("rated", **content)
        path = make_file(f"{name}.inspection", imported)
        window = make_window()
        window.resize(1280, 800)
        window.open_file(path)
        qtbot.waitUntil(window.isActiveWindow)
        return Checker(window, path, imported.inspection, qtbot)

    return open_checker


@pytest.fixture
def checker(open_checker: Callable[..., Checker]) -> Checker:
    return open_checker(**CONTENT)
