"""The help menu: user guide, keys, and what this application is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from inspector_app.assets import get_guide
from inspector_app.errors import InspectorError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.ui.prompts import Prompts
    from inspector_app.ui.shell.actions import WindowActions


class HelpCommands(QObject):
    """Does what the help menu offers."""

    def __init__(self, actions: WindowActions, prompts: Prompts, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._prompts = prompts
        actions.guide.triggered.connect(self._on_guide)
        actions.keyboard.triggered.connect(self._on_keyboard)
        actions.about.triggered.connect(self._on_about)

    @Slot()
    def _on_guide(self) -> None:
        from inspector_app.ui.help.guide import GuideDialog

        try:
            GuideDialog(get_guide(), self._window).show()
        except InspectorError as error:
            self._prompts.show_problem("The user guide cannot be shown.", str(error))

    @Slot()
    def _on_keyboard(self) -> None:
        from inspector_app.ui.help.help_texts import list_keys

        self._prompts.show_list("Keyboard", list_keys(self._window.findChildren(QAction)))

    @Slot()
    def _on_about(self) -> None:
        from inspector_app.ui.help.help_texts import HEADLINE, describe_application

        self._prompts.show_list(HEADLINE, describe_application())
