"""The context menu of the block editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from inspector_app.ui.blocks.commands import COMMANDS

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from inspector_app.ui.blocks.commands import BlockCommand, BlockParts


def make_block_menu(parts: BlockParts, parent: QWidget) -> QMenu:
    """Return a menu for the lines with the cursor, to be shown once."""
    menu = QMenu(parent)
    for commands in COMMANDS.values():
        for command in commands:
            possible = not command.find_obstacle(parts)
            if command.in_context_menu == "never":
                continue
            if possible or command.in_context_menu == "always":
                _add(menu, command, parts).setEnabled(possible)
        menu.addSeparator()
    return menu


def _add(menu: QMenu, command: BlockCommand, parts: BlockParts) -> QAction:
    # A shortcut of the action would take the key from the window while the menu exists.
    action = menu.addAction(f"{command.text}\t{command.key_text}".rstrip("\t"))
    action.setObjectName(command.id)
    if command.is_on is not None:
        action.setCheckable(True)
        action.setChecked(command.is_on(parts))
    action.triggered.connect(lambda: command.run(parts))
    return action
