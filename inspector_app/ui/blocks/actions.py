"""The commands on blocks as actions of a window: for the text area that has the focus."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenuBar, QTextEdit
from shiboken6 import isValid

from inspector_app.ui.blocks.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PySide6.QtWidgets import QMenu, QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.commands import BlockCommand, BlockParts
    from inspector_app.ui.blocks.editor import BlockEditor

_IN_MENUS = {
    "insert": ("insert", "notes"),
    "format": ("kind", "level", "statement", "edit", "move"),
}
"""The groups of commands by menu; those of the clipboard are the Edit menu's own."""


class BlockActions(QObject):
    """An action for each command, which follows the focus, the cursor and the text.

    The actions have no keys of their own, or they would take them from the texts: their texts name
    the keys, behind a tab as Qt's menus have it.

    Args:
        window: Whose texts they are for.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._editor: BlockEditor | None = None
        self._document: InspectionDocument | None = None
        self._actions = {
            command.id: self._make(command)
            for group, commands in COMMANDS.items()
            for command in commands
            if group != "clipboard"
        }
        # Several signals tell of one key.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh_quickly)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        self.refresh()

    def _make(self, command: BlockCommand) -> QAction:
        action = QAction(f"{command.text}\t{command.key_text}".rstrip("\t"), self._window)
        action.setObjectName(f"block_{command.id}")
        action.setIconText(command.button or command.name)
        action.setIconVisibleInMenu(False)
        action.setCheckable(command.is_on is not None)
        action.triggered.connect(lambda _=False, command=command: self._run(command))
        return action

    def show_document(self, document: InspectionDocument | None) -> None:
        """Serve the texts of an inspection, or of none."""
        self._document = document
        if document is not None:
            document.editable_changed.connect(self._soon.start)
        self._soon.start()

    def list_buttons(self) -> Iterator[Sequence[tuple[str, QAction]]]:
        """Yield the commands that have a button, with their ids, by group."""
        for commands in COMMANDS.values():
            if found := [(item.id, self._actions[item.id]) for item in commands if item.button]:
                yield found

    def fill_menu(self, menu: QMenu, name: str) -> None:
        """Fill the menu “insert” or “format”."""
        for group in _IN_MENUS[name]:
            menu.addActions([self._actions[command.id] for command in COMMANDS[group]])
            menu.addSeparator()
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self.refresh)

    @property
    def _parts(self) -> BlockParts | None:
        editor = self._editor
        if editor is None or not isValid(editor) or not editor.isVisible():
            return None
        return editor.parts

    @Slot(object, object)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        # The menu bar has the focus for as long as its menus are gone through by keys.
        if new is not None and new.window() is self._window and not isinstance(new, QMenuBar):
            self._follow(_find_editor(new))
        self._soon.start()

    def _follow(self, editor: BlockEditor | None) -> None:
        before, self._editor = self._editor, editor
        if before is editor:
            return
        if before is not None and isValid(before):
            before.selectionChanged.disconnect(self._soon.start)
            before.cursorPositionChanged.disconnect(self._soon.start)
            before.document().contentsChanged.disconnect(self._soon.start)
        if editor is not None:
            editor.selectionChanged.connect(self._soon.start)
            editor.cursorPositionChanged.connect(self._soon.start)
            editor.document().contentsChanged.connect(self._soon.start)

    @Slot()
    def refresh(self) -> None:
        """Offer what can be done now, and say of the rest why it cannot."""
        self._refresh(chain.from_iterable(COMMANDS.values()))

    @Slot()
    def _refresh_quickly(self) -> None:
        commands = chain.from_iterable(COMMANDS.values())
        self._refresh(command for command in commands if command.is_quick or self._parts is None)

    def _refresh(self, commands: Iterable[BlockCommand]) -> None:
        parts = self._parts
        reason = self._document.read_only_reason if self._document is not None else ""
        for command in commands:
            if (action := self._actions.get(command.id)) is not None:
                obstacle = command.find_obstacle(parts, reason)
                action.setEnabled(not obstacle)
                action.setToolTip(command.tool_tip(obstacle))
                if command.is_on is not None:
                    action.setChecked(parts is not None and command.is_on(parts))

    def _run(self, command: BlockCommand) -> None:
        parts = self._parts
        if parts is not None and not command.find_obstacle(parts):
            parts.area.setFocus(Qt.FocusReason.MenuBarFocusReason)
            command.run(parts)
        self._soon.start()


def _find_editor(widget: QWidget) -> BlockEditor | None:
    if not isinstance(widget, QTextEdit):
        return None
    # A window starts sooner without the editor, which the first page does not have.
    from inspector_app.ui.blocks.editor import BlockEditor

    return widget if isinstance(widget, BlockEditor) else None
