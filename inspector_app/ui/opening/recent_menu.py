"""The menu of the inspections that were open last."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal, Slot
from PySide6.QtGui import QAction

from inspector_app.texts import shorten
from inspector_app.ui.opening.recent_files import get_recent_facts, list_recent_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QMenu

_LONGEST = 80


class RecentMenu(QObject):
    """Fills the menu when it opens: files may have come and gone since."""

    file_wanted = Signal(object)
    """The person chose an inspection; carries its path."""

    def __init__(
        self, menu: QMenu, settings: QSettings, is_open: Callable[[Path], bool], parent: QObject
    ) -> None:
        """Look after a menu.

        Args:
            menu: The menu.
            settings: Where recent files are remembered.
            is_open: Whether a file is the one that is open in this window, and so not offered.
            parent: What this goes with.
        """
        super().__init__(parent)
        self._menu = menu
        self._settings = settings
        self._is_open = is_open
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._on_about_to_show)

    @Slot()
    def _on_about_to_show(self) -> None:
        self._menu.clear()
        paths = [path for path in list_recent_files(self._settings) if not self._is_open(path)]
        for number, path in enumerate(paths, start=1):
            action = QAction(f"&{number} {self._name(path)}", self._menu)
            action.setData(path)
            # Escaped: what looks like HTML would otherwise be shown as such.
            action.setToolTip(f"<p>{html.escape(str(path))}</p>")
            action.triggered.connect(lambda _=False, path=path: self.file_wanted.emit(path))
            self._menu.addAction(action)
        if not paths:
            self._menu.addAction("No other inspection yet").setEnabled(False)

    def _name(self, path: Path) -> str:
        location = get_recent_facts(self._settings, path).location
        name = f"{location} ({path.name})" if location else path.name
        # An ampersand in a name is no shortcut, nor is a tab what stands before one.
        return shorten(name, _LONGEST).replace("&", "&&")
