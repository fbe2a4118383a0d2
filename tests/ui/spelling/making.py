"""What a person sees of spelling: the marks below words, and the context menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QMenu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit, QTextEdit
    from pytestqt.qtbot import QtBot

    TextArea = QTextEdit | QPlainTextEdit

WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


def marked(area: TextArea) -> list[str]:
    """The words of a text area that have a wavy line, in order."""
    found = []
    line = area.document().begin()
    while line.isValid():
        units = line.text().encode("utf-16-le")
        found += [
            units[2 * part.start : 2 * (part.start + part.length)].decode("utf-16-le")
            for part in line.layout().formats()
            if part.format.underlineStyle() == WAVE
        ]
        line = line.next()
    return found


def colours(area: TextArea) -> set[str]:
    """The colours of the wavy lines."""
    found = set()
    line = area.document().begin()
    while line.isValid():
        found |= {part.format.underlineColor().name() for part in line.layout().formats()}
        line = line.next()
    return found


def select(area: TextArea, text: str, *, at: int | None = None) -> None:
    """Put the cursor into the first place of a text (or `at` letters into it)."""
    cursor = area.document().find(text)
    assert not cursor.isNull(), text
    cursor.setPosition(cursor.selectionStart() + (1 if at is None else at))
    area.setTextCursor(cursor)


def open_menu(qtbot: QtBot, area: TextArea, *, key: bool = True) -> QMenu:
    """Ask for the context menu where the cursor is, by the context key or the right button."""
    # What the platform makes of either; the offscreen one makes nothing.
    reason = QContextMenuEvent.Reason.Keyboard if key else QContextMenuEvent.Reason.Mouse
    spot = area.cursorRect().center()
    place = area.viewport().mapToGlobal(QPoint(0, 0) if key else spot)
    target = area if key else area.viewport()
    QApplication.sendEvent(target, QContextMenuEvent(reason, spot, place))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def choose(qtbot: QtBot, menu: QMenu, text: str) -> None:
    """Walk to an entry of an open menu by keys, and press Enter."""
    action = next(item for item in menu.actions() if text in item.text())
    for _ in menu.actions():
        if menu.activeAction() is action:
            break
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is action
    qtbot.keyClick(menu, Qt.Key.Key_Return)
