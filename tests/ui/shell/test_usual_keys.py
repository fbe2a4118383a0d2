"""Keys that people know from elsewhere: Enter on a button, Shift+F10 for the menu of a place."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QProcess, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QDesktopServices
from PySide6.QtWidgets import QPushButton

from inspector_app.domain.entities import Notice
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.widgets.show_in_folder import show_in_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow


class Asked(QObject):
    """Notes requests for a menu, and keeps the menu from blocking the test."""

    def __init__(self) -> None:
        super().__init__()
        self.reasons: list[QContextMenuEvent.Reason] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt
        if isinstance(event, QContextMenuEvent):
            self.reasons.append(event.reason())
            return True
        return super().eventFilter(watched, event)


def _go(window: MainWindow, title: str) -> None:
    next(item for item in window.findChildren(QAction) if item.text() == title).trigger()


def _count_notices(path: Path) -> int:
    with open_for_reading(path) as reader:
        return len(list(reader.inspection.all(Notice)))


def test_enter_presses_the_button_that_has_the_cursor(
    window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot
) -> None:
    path = make_file()
    before = _count_notices(path)
    window.open_file(path)
    _go(window, "Notices")
    shown = [item for item in window.findChildren(QPushButton) if item.isVisible()]
    button = next(item for item in shown if item.text() == "New breach")
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    window.close()
    assert _count_notices(path) == before + 1


def test_shift_f10_asks_for_the_menu_of_the_place_with_the_cursor(
    window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot
) -> None:
    window.open_file(make_file())
    _go(window, "Safe")
    editor = next(item for item in window.findChildren(BlockEditor) if item.isVisible())
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    asked = Asked()
    editor.installEventFilter(asked)
    qtbot.keyClick(editor, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert asked.reasons == [QContextMenuEvent.Reason.Keyboard]


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_a_file_is_shown_selected_where_the_system_can(
    platform: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def start(program: str | Path, *more: object) -> tuple[bool, int]:
        asked.extend((Path(program).name, str(more[-1])))
        return True, 1

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "startfile", start, raising=False)
    monkeypatch.setattr(QProcess, "startDetached", staticmethod(start))
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: asked.append(url.toLocalFile()))
    )
    path = tmp_path / "A,&b.docx"
    show_in_folder(path)
    assert (
        asked
        == {
            "win32": ["explorer.exe", f'/select,"{path}"'],
            "darwin": ["open", str(["-R", str(path)])],
            "linux": [tmp_path.as_posix()],
        }[platform]
    )


def test_each_letter_of_a_menu_leads_to_one_line(window: MainWindow) -> None:
    for top in window.menuBar().actions():
        texts = [action.text().replace("&&", "") for action in top.menu().actions()]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert sorted(set(letters)) == sorted(letters), top.text()
