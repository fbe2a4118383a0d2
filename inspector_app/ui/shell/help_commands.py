"""The help menu: user guide, keys, and what this application is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction

from inspector_app.assets import get_guide
from inspector_app.ui.shell.commands import Commands

if TYPE_CHECKING:
    from inspector_app.ui.shell.commands import WindowParts


class HelpCommands(Commands):
    """Does what the help menu offers."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        parts.actions.guide.triggered.connect(self._on_guide)
        parts.actions.keyboard.triggered.connect(self._on_keyboard)
        parts.actions.about.triggered.connect(self._on_about)

    @Slot()
    def _on_guide(self) -> None:
        from inspector_app.ui.help.guide import GuideDialog

        with self._prompts.telling("The user guide cannot be shown."):
            GuideDialog(get_guide(), self._window).show()

    @Slot()
    def _on_keyboard(self) -> None:
        from inspector_app.ui.help.help_texts import list_keys

        self._prompts.show_list("Keyboard", list_keys(self._window.findChildren(QAction)))

    @Slot()
    def _on_about(self) -> None:
        from inspector_app.ui.help.help_texts import HEADLINE, describe_application

        self._prompts.show_list(HEADLINE, describe_application())
