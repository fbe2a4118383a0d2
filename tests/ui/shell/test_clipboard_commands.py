"""The Edit menu cuts, copies, pastes and selects what has the cursor, by mouse and by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton

from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.blocks.clipboard import put_on_clipboard
from inspector_app.ui.blocks.editor import BlockEditor
from tests.ui.blocks.making import blocks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def path(make_file: Callable[..., Path], window: MainWindow) -> Path:
    path = make_file()
    window.open_file(path)
    mime = QMimeData()
    mime.setText("North")
    put_on_clipboard(mime)
    return path


def open_edit(window: MainWindow, qtbot: QtBot, *, keys: bool = False) -> QMenu:
    bar = window.menuBar()
    if keys:
        bar.setActiveAction(bar.actions()[0])
        bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
        qtbot.keyClick(bar, Qt.Key.Key_Right)
        qtbot.keyClick(bar, Qt.Key.Key_Down)
    else:
        edit = next(item for item in bar.actions() if item.text() == "&Edit")
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(edit).center())
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def find(menu: QMenu, text: str) -> QAction:
    return next(item for item in menu.actions() if item.text().replace("&", "") == text)


def choose(window: MainWindow, qtbot: QtBot, *texts: str) -> None:
    for text in texts:
        menu = open_edit(window, qtbot)
        place = menu.actionGeometry(find(menu, text)).center()
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)


def location(window: MainWindow, qtbot: QtBot) -> QLineEdit:
    line = next(
        item
        for item in window.findChildren(QLineEdit)
        if item.objectName().endswith(".location_name")
    )
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    return line


def test_a_line_is_replaced_by_what_is_pasted(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    location(window, qtbot)
    choose(window, qtbot, "Select all", "Paste")
    window.close()
    with open_for_reading(path) as reader:
        assert reader.inspection.details.location_name == "North"


def test_bullets_are_cut_and_pasted_as_bullets(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    next(item for item in window.findChildren(QAction) if item.text() == "Safe").trigger()
    editor = next(
        item
        for item in window.findChildren(BlockEditor)
        if len(blocks(window.document.inspection, item.parent_id)) > 1
    )
    before = blocks(window.document.inspection, editor.parent_id)
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    choose(window, qtbot, "Select all", "Cut")
    assert not any(block.text for block in blocks(window.document.inspection, editor.parent_id))
    choose(window, qtbot, "Paste")
    window.close()
    with open_for_reading(path) as reader:
        after = blocks(reader.inspection, editor.parent_id)
    assert [(b.kind, b.level, b.text) for b in after] == [(b.kind, b.level, b.text) for b in before]


def test_only_what_can_be_done_is_offered(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    line = location(window, qtbot)
    line.deselect()
    menu = open_edit(window, qtbot)
    offered = {
        text: find(menu, text).isEnabled() for text in ("Cut", "Copy", "Paste", "Select all")
    }
    assert offered == {"Cut": False, "Copy": False, "Paste": True, "Select all": True}
    menu.close()
    line.selectAll()
    menu = open_edit(window, qtbot)
    assert find(menu, "Cut").isEnabled()
    assert find(menu, "Copy").isEnabled()
    menu.close()


def test_a_button_has_nothing_to_cut(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    button = next(
        item
        for item in window.findChildren(QPushButton)
        if item.isVisible() and item.focusPolicy() & Qt.FocusPolicy.TabFocus
    )
    location(window, qtbot)
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    menu = open_edit(window, qtbot)
    assert not any(find(menu, text).isEnabled() for text in ("Cut", "Copy", "Paste", "Select all"))
    menu.close()


def test_the_menu_by_keys_is_about_the_text_that_had_the_cursor(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    line = location(window, qtbot)
    before = line.text()
    line.setCursorPosition(len(before))
    menu = open_edit(window, qtbot, keys=True)
    qtbot.keyClick(menu, Qt.Key.Key_P)
    assert line.text() == f"{before}North"
    assert line.hasFocus()
    assert window.focusWidget() is line


def test_no_two_commands_of_the_menu_have_one_letter(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    menu = open_edit(window, qtbot)
    texts = [item.text() for item in menu.actions() if item.text()]
    letters = [text[text.index("&") + 1].casefold() for text in texts]
    assert len(set(letters)) == len(letters), texts
    menu.close()
