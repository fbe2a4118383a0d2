"""Pictures of every page, light and dark, from the sample inspection.

    .venv/bin/python packaging/screenshots.py [FOLDER]

Makes `<page>-<theme>-<width>x<height>.png` in FOLDER (default: output/screenshots), without a
screen. Look at them after a change to the window.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from inspector_app.ui.main_window import MainWindow

SIZES = ((1280, 800), (1920, 1080))
THEMES = ("light", "dark")


def main() -> int:
    """Make the pictures."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "output/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
            os.environ[name] = home
        count = _make_pictures(folder, Path(home))
    print(f"{count} pictures in {folder}")
    return 0


def _make_pictures(folder: Path, home: Path) -> int:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from inspector_app.app import make_sample_file
    from inspector_app.ui.main_window import MainWindow
    from inspector_app.ui.shell.outline import Outline
    from inspector_app.ui.theme import get_theme

    application = QApplication([])
    sample = make_sample_file("rated")
    count = 0
    for theme in THEMES:
        get_theme(application).apply(theme)
        for width, height in SIZES:
            settings = QSettings(str(home / "settings.ini"), QSettings.Format.IniFormat)
            window = MainWindow(settings, home, home, make_sample_file)
            window.resize(width, height)
            window.show()
            size = f"{theme}-{width}x{height}"
            count += _grab(application, window, folder / f"welcome-{size}.png")
            window.open_file(sample)
            outline = window.findChild(Outline)
            for entry in [item.id for item in outline.entries]:
                outline.entry_wanted.emit(entry)
                count += _grab(
                    application, window, folder / f"{entry.replace('/', '-')}-{size}.png"
                )
            count += _grab_checks(application, window, folder, size)
            window.close()
            settings.clear()
    return count


def _grab_checks(application: QApplication, window: MainWindow, folder: Path, size: str) -> int:
    """Make the pictures of what needs the answer of the worker: findings, support, export."""
    from PySide6.QtCore import QItemSelectionModel
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QDialog, QDockWidget, QTabWidget, QTreeView

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor
    from inspector_app.ui.shell.outline import Outline

    document = window.findChild(InspectionDocument)
    outline = window.findChild(Outline)
    outline.entry_wanted.emit("checks")
    _wait(application, lambda: document.checks.is_fresh)
    tree = window.findChild(QTreeView, "findings")
    first = tree.model().index(0, 0, tree.model().index(0, 0))
    tree.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    count = _grab(application, window, folder / f"checks-found-{size}.png")
    outline.entry_wanted.emit("key_question/safe")
    dock = window.findChild(QDockWidget, "support_dock")
    dock.raise_()
    _wait(application, lambda: document.trace.is_fresh)
    for editor in window.findChildren(BlockEditor):
        if editor.isVisible() and editor.current_block:
            editor.setFocus()
            break
    tabs = window.findChild(QTabWidget, "support_tabs")
    for number, name in enumerate(("sentence", "unsupported", "unused", "balance")):
        tabs.setCurrentIndex(number)
        count += _grab(application, window, folder / f"support-{name}-{size}.png")
    window.findChild(QAction, "action_export").trigger()
    dialog = window.findChild(QDialog, "export_dialog")
    count += _grab(application, dialog, folder / f"export-{size}.png")
    dialog.reject()
    return count


def _wait(application: QApplication, is_there: Callable[[], bool]) -> None:
    """Let the window work until something has come from the worker."""
    from PySide6.QtCore import QDeadlineTimer, QEventLoop

    patience = QDeadlineTimer(60_000)
    while not is_there() and not patience.hasExpired():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)


def _grab(application: object, window: object, path: Path) -> int:
    for _ in range(5):
        application.processEvents()
    window.grab().save(str(path))
    return 1


if __name__ == "__main__":
    sys.exit(main())
