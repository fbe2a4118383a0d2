"""Starting the application with a window."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from inspector_app.assets import get_resource
from inspector_app.errors import InspectorError
from inspector_app.logs import start_logging
from inspector_app.settings import (
    get_backups_folder,
    get_documents_folder,
    get_samples_folder,
    get_settings_file,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def run_window(files: Sequence[Path], *, sample: str | None = None) -> int:
    """Open a window on each file, or one with nothing open, and return the exit code.

    Args:
        files: Inspection files.
        sample: A sample to open besides.

    Raises:
        InspectorError: There is no screen, or a system library is missing.
    """
    _refuse_without_screen()
    start_logging()
    try:
        from PySide6.QtCore import QSettings
        from PySide6.QtGui import QIcon
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        raise InspectorError(
            f"The window cannot open: {error}. Your inspections are safe, and “inspector-app "
            "export” works without a window. “python packaging/run.py” installs the missing "
            "library or names the command that does."
        ) from error
    from inspector_app.document.disk_thread import is_disk_awaited
    from inspector_app.ui.preferences.preferences import get_preferences
    from inspector_app.ui.shell.crash import CrashHandler
    from inspector_app.ui.shell.session_end import SessionEnd
    from inspector_app.ui.shell.windows import Windows
    from inspector_app.ui.widgets.theme import get_theme

    application = QApplication.instance() or QApplication(sys.argv[:1])
    settings = QSettings(str(get_settings_file()), QSettings.Format.IniFormat)
    if isinstance(application, QApplication):
        application.setApplicationDisplayName("Inspector")
        application.setWindowIcon(QIcon(str(get_resource("icons", "inspector.svg"))))
        preferences = get_preferences(settings)
        get_theme(application).apply(preferences.theme)
        get_theme(application).set_text_size(preferences.text_size)
    application.setApplicationName("Inspector")
    windows = Windows(settings, get_backups_folder(), get_documents_folder(), make_sample_file)
    CrashHandler(lambda: [window.document for window in windows.windows]).install()
    if isinstance(application, QApplication):
        SessionEnd(application, lambda: windows.windows).install()
    if sys.platform == "darwin":
        application.installEventFilter(windows)
    wanted: list[Path | None] = [*files, *([make_sample_file(sample)] if sample else [])]
    for path in wanted or [None]:
        windows.open_window(path)
    code = application.exec()
    if is_disk_awaited():
        # A folder that hangs: all there was to save is in the journal.
        logging.shutdown()
        os._exit(code)
    return code


def make_sample_file(name: str) -> Path:
    """Return the inspection file of a sample, made when it is wanted for the first time."""
    from inspector_app.content.samples import load_sample
    from inspector_app.storage.new_files import create_inspection_file

    path = get_samples_folder() / f"{name.capitalize()} sample.inspection"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        imported = load_sample(name)
        create_inspection_file(
            path,
            imported.change,
            imported.inspection,
            imported.attachments,
            get_backups_folder(),
        )
    return path


def _refuse_without_screen() -> None:
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named):
        raise InspectorError(
            "There is no screen here, so no window can open. Reports can be made all the same: "
            "inspector-app export FILE -o REPORT.docx"
        )
