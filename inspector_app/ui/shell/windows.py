"""The windows that are open: each on an inspection of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Slot
from PySide6.QtGui import QFileOpenEvent

from inspector_app.document.retention import Retention
from inspector_app.ui.opening.recent_files import list_recent_files
from inspector_app.ui.preferences.preferences import get_preferences
from inspector_app.ui.shell.garbage_timer import GarbageTimer
from inspector_app.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings

_STEP = QPoint(32, 32)


class Windows(QObject):
    """Opens windows and keeps them until they are closed."""

    def __init__(
        self,
        settings: QSettings,
        backups: Path,
        documents: Path,
        make_sample: Callable[[str], Path],
        parent: QObject | None = None,
    ) -> None:
        """Take what every window needs; see `MainWindow`."""
        super().__init__(parent)
        self._settings = settings
        self._backups = backups
        self._documents = documents
        self._make_sample = make_sample
        self.windows: list[MainWindow] = []
        self._garbage = GarbageTimer(self)
        preferences = get_preferences(settings)
        self._retention = Retention(
            backups,
            lambda: preferences.keep_closed_days,
            lambda: list_recent_files(settings),
            self,
        )

    @Slot()
    def open_window(self, path: Path | None = None) -> MainWindow:
        """Show a new window, on a file or with nothing open."""
        window = MainWindow(
            self._settings,
            self._backups,
            self._documents,
            self._make_sample,
            is_blank=path is not None,
        )
        self.windows.append(window)
        window.new_window_wanted.connect(self.open_window)
        window.closed.connect(self._on_closed)
        window.inspection_opened.connect(self._garbage.settle)
        if len(self.windows) > 1:
            # On top of the other it would look like the same.
            window.move(self.windows[-2].pos() + _STEP)
        window.show()
        if path is not None:
            window.open_file(path)
            window.show_start()
        return window

    @Slot()
    def ask_who(self) -> None:
        """Ask the person who they are, where nobody has asked yet."""
        preferences = get_preferences(self._settings)
        if self.windows and preferences.should_ask_who:
            from inspector_app.ui.preferences.who_dialog import WhoDialog

            dialog = WhoDialog(preferences, self.windows[-1])
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        window = self.sender()
        if isinstance(window, MainWindow) and window in self.windows:
            self.windows.remove(window)
            window.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open files that the system hands over (macOS)."""
        if isinstance(event, QFileOpenEvent) and event.url().isLocalFile():
            path = Path(event.url().toLocalFile())
            idle = next((window for window in self.windows if window.is_idle), None)
            if idle is not None:
                idle.open_file(path)
            else:
                self.open_window(path)
            return True
        return super().eventFilter(watched, event)
