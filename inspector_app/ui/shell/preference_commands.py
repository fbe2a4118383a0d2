"""Preferences of a window: their dialog, and carrying a new value to where it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication

from inspector_app.document.disk_thread import ask_disk
from inspector_app.document.inspection_document import Signatory
from inspector_app.organisation import choose_organisation, find_organisation, find_templates
from inspector_app.ui.shell.commands import Commands
from inspector_app.ui.widgets.theme import get_theme

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.shell.commands import WindowParts
    from inspector_app.ui.widgets.theme import ThemeChoice

_GIGABYTE = 1_000_000_000


class PreferenceCommands(Commands):
    """Keeps theme, text size and the open inspection in step with the preferences."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        parts.actions.themes[parts.preferences.theme].setChecked(True)
        for choice, action in parts.actions.themes.items():
            action.triggered.connect(lambda _=False, choice=choice: self._set_theme(choice))
        parts.actions.preferences.triggered.connect(self._on_preferences)
        parts.preferences.changed.connect(self._on_changed)

    def show_document(self, document: InspectionDocument | None) -> None:
        """Give an inspection what it takes from the preferences."""
        self._document = document
        if document is None:
            return
        preferences = self._preferences
        document.who = preferences.who
        document.reports.templates = preferences.templates_folder or _find_templates()
        if document.backups is not None:
            document.backups.limit = preferences.backups_size * _GIGABYTE
        document.usual_signatory = Signatory(
            preferences.signatory_name, preferences.signatory_title
        )

    @Slot()
    def _on_preferences(self) -> None:
        from inspector_app.ui.preferences.dialog import PreferencesDialog

        dialog = PreferencesDialog(self._preferences, self._prompts, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _set_theme(self, choice: ThemeChoice) -> None:
        self._preferences.theme = choice

    @Slot(str)
    def _on_changed(self, name: str) -> None:
        application = QApplication.instance()
        if name == "theme":
            self._actions.themes[self._preferences.theme].setChecked(True)
        if name == "organisation_folder":
            choose_organisation(self._preferences.organisation_folder)
        if name in {"theme", "text_size"} and isinstance(application, QApplication):
            theme = get_theme(application)
            theme.apply(self._preferences.theme)
            theme.set_text_size(self._preferences.text_size)
        self.show_document(self._document)


def _find_templates() -> Path | None:
    """Return the organisation's templates; of a folder that does not answer, none."""
    organisation = find_organisation()
    if organisation is None:
        return None
    return ask_disk(lambda _: find_templates(), organisation, None)
