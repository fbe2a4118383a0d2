"""What a person does at the window, in one way or another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLineEdit,
    QRadioButton,
    QToolButton,
    QWidget,
)

from tests.ui.hands import Hands

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu

    from inspector_app.domain.entities import Block
    from inspector_app.ui.blocks.editor import BlockEditor
    from inspector_app.ui.pages.page import Page

_PATIENCE = 30_000
"""Milliseconds for an export, which a worker is started for."""


class ActingHands(Hands, ABC):
    """Hands that reach and fill each kind of widget."""

    @abstractmethod
    def command(self, name: str) -> None:
        """Have the window do something: “new”, “capture” or “export”."""

    @abstractmethod
    def show_page(self, entry: str) -> Page:
        """Go to a page."""

    @abstractmethod
    def write(self, field: QWidget, text: str) -> None:
        """Put a text in place of what is in a field."""

    @abstractmethod
    def write_suggested(self, line: QLineEdit, text: str) -> None:
        """Write into a line, and take what is suggested first, if anything is."""

    @abstractmethod
    def push(self, button: QAbstractButton) -> None:
        """Press a button, or tick a box."""

    @abstractmethod
    def rate(self, name: str, value: str) -> None:
        """Choose the rating or judgement of a key question of that name."""

    @abstractmethod
    def take_standard(self, button: QToolButton, entry: int) -> bool:
        """Put in one of the offered standard texts; False: there are no more."""

    @abstractmethod
    def fill_gap(self, editor: BlockEditor, text: str) -> None:
        """Go to the first gap of a text and write over it."""

    @abstractmethod
    def empty(self, editor: BlockEditor) -> None:
        """Take away all of a text."""

    @abstractmethod
    def write_blocks(self, editor: BlockEditor, blocks: Sequence[Block]) -> None:
        """Write all blocks of a text."""

    @abstractmethod
    def link_note(self, editor: BlockEditor, line: int, words: str) -> None:
        """Link a line of a text to the note that has these words."""

    @abstractmethod
    def confirm(self, dialog: QDialog, name: str) -> None:
        """Have a dialog do what one of its buttons is for, the one for Enter or Escape."""

    # -- what is the same in every way

    def export(self, path: Path) -> None:
        """Export the report to Word, with the dialog."""
        self.command("export")
        dialog = self.wait_for_dialog()
        self.push(dialog.findChild(QRadioButton, "export_kind_docx"))
        self.write(dialog.findChild(QLineEdit, "export_path"), str(path))
        self.confirm(dialog, "export_start")
        close = dialog.findChild(QAbstractButton, "export_close")
        self.qtbot.waitUntil(close.isVisible, timeout=_PATIENCE)
        self.confirm(dialog, "export_close")
        assert path.exists()

    def come_back_to(self, widget: QWidget) -> None:
        """Have the keys again where a widget is: without a screen, what dropped down keeps them."""
        widget.window().activateWindow()
        self.qtbot.waitUntil(widget.window().isActiveWindow)

    def wait_for_dialog(self) -> QDialog:
        """Return the dialog that has opened."""

        def find() -> list[QDialog]:
            return [item for item in self.window.findChildren(QDialog) if item.isVisible()]

        self.qtbot.waitUntil(lambda: bool(find()))
        dialog = find()[-1]
        # Without a window manager nobody else gives it the keys.
        self.come_back_to(dialog)
        return dialog

    def take_from_menu(
        self,
        button: QToolButton,
        entry: int,
        open_menu: Callable[[], None],
        choose: Callable[[QMenu, QAction], None],
    ) -> bool:
        """Choose in the menu of a button, which keeps everything waiting while it is open."""
        menu = button.menu()
        taken = []

        def act() -> None:
            if entry < len(menu.actions()):
                choose(menu, menu.actions()[entry])
                taken.append(entry)
            menu.close()

        once = Qt.ConnectionType.SingleShotConnection
        menu.aboutToShow.connect(lambda: QTimer.singleShot(0, act), once)
        open_menu()
        self.come_back()
        return bool(taken)
