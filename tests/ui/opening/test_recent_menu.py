from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from tests.systems import make_possible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

# The offscreen platform knows no keyboard grab, with which menus open.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def open_menu(window: MainWindow) -> QMenu:
    (menu,) = [menu for menu in window.findChildren(QMenu) if menu.title() == "Open &recent"]
    menu.popup(window.mapToGlobal(window.rect().center()))
    return menu


def test_an_inspection_is_opened_again_with_the_keys(
    window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot
) -> None:
    name = make_possible("two & <b>.inspection")
    one, two = make_file("one.inspection"), make_file(name)
    for path in (two, one):
        window.open_file(path)
    menu = open_menu(window)
    (action,) = menu.actions()
    shown = name.replace("&", "&&")
    assert action.text().startswith(f"&1 The Invented Clinic ({shown})")
    assert "<b>" not in action.toolTip()
    assert html.escape(name) in action.toolTip()
    qtbot.keyClick(menu, Qt.Key.Key_1)
    assert window.document is not None
    assert window.document.path == two
    (action,) = open_menu(window).actions()
    assert "one.inspection" in action.text()


def test_what_is_gone_is_not_offered(
    window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot
) -> None:
    path = make_file()
    window.open_file(path)
    (action,) = open_menu(window).actions()
    assert not action.isEnabled()
    assert action.text() == "No other inspection yet"
