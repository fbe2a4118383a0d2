"""What all have in common that stand behind the menus of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QMainWindow

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.preferences.preferences import Preferences
    from inspector_app.ui.prompts import Prompts
    from inspector_app.ui.shell.actions import WindowActions


class WindowParts(NamedTuple):
    """What a window gives to what stands behind its menus."""

    window: QMainWindow
    actions: WindowActions
    prompts: Prompts
    settings: QSettings
    preferences: Preferences
    backups: Path
    """Folder for copies of files that have to be migrated."""
    documents: Path
    """Folder that dialogs start in as long as nothing is remembered."""


class Commands(QObject):
    """Does some of what the menus offer, for the inspection that is open in the window."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._window = parts.window
        self._actions = parts.actions
        self._prompts = parts.prompts
        self._settings = parts.settings
        self._preferences = parts.preferences
        self._backups = parts.backups
        self._document: InspectionDocument | None = None

    def show_document(self, document: InspectionDocument | None) -> None:
        """Work on an inspection, or on none."""
        self._document = document
