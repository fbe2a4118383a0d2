"""What leads to the copies on this computer, and what becomes of the window when some go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from inspector_app.ui.opening.last_place import forget_files
from inspector_app.ui.opening.recent_files import list_recent_files
from inspector_app.ui.preferences.preferences import get_preferences
from inspector_app.ui.shell.commands import Commands

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from inspector_app.document.copies import LocalCopies
    from inspector_app.ui.copies.copies_window import CopiesWindow
    from inspector_app.ui.shell.commands import WindowParts
    from inspector_app.ui.shell.inspection_view import InspectionView


class CopiesCommands(Commands):
    """Shows the window of copies, one for each window of the application."""

    open_wanted = Signal(object)
    """An inspection is to be opened; carries its path."""
    forgotten = Signal()
    """Settings hold less of inspections than before."""

    def __init__(self, parts: WindowParts, view: InspectionView) -> None:
        super().__init__(parts)
        self._copies: LocalCopies | None = None
        self._shown: CopiesWindow | None = None
        parts.actions.copies.triggered.connect(self._on_copies)
        view.copies_wanted.connect(self._on_copies)

    def close(self) -> None:
        """Stop what is under way."""
        if self._copies is not None:
            self._copies.close()
            self._copies = None

    @Slot()
    def _on_copies(self) -> None:
        if self._shown is None:
            self._shown = self._make()
        # What was typed a moment ago counts.
        if self._document is not None:
            self._document.save()
        self._shown.show()
        self._shown.activateWindow()
        self._shown.show_all(self._document.inspection.id if self._document is not None else "")

    def _make(self) -> CopiesWindow:
        # Made when it is wanted: the start of the window need not wait for it.
        from inspector_app.document.copies import LocalCopies
        from inspector_app.settings import get_documents_folder
        from inspector_app.ui.copies.copies_window import CopiesWindow

        preferences = get_preferences(self._settings)
        self._copies = LocalCopies(self._backups, self)
        shown = CopiesWindow(
            self._copies,
            self._prompts,
            self._list_files,
            self._get_titles,
            lambda: preferences.keep_closed_days,
            preferences.inspections_folder or get_documents_folder(),
            self._window,
        )
        shown.open_wanted.connect(self._on_open_wanted)
        shown.forgotten.connect(self._on_forgotten)
        return shown

    @Slot(object)
    def _on_open_wanted(self, path: Path) -> None:
        self._window.activateWindow()
        self.open_wanted.emit(path)

    def _get_titles(self) -> Mapping[str, str]:
        if self._document is None:
            return {}
        inspection = self._document.inspection
        return {inspection.id: inspection.details.location_name}

    def _list_files(self) -> Iterable[Path]:
        opened = [self._document.path] if self._document is not None else []
        return [*opened, *list_recent_files(self._settings)]

    @Slot(object)
    def _on_forgotten(self, paths: Iterable[Path]) -> None:
        forget_files(self._settings, paths)
        self.forgotten.emit()
