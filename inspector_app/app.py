"""Starting the application with a window."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from typing import TYPE_CHECKING

from inspector_app.assets import get_resource
from inspector_app.document.qt_needs import explaining_qt, refuse_without_screen
from inspector_app.files import make_folder
from inspector_app.logs import start_logging
from inspector_app.organisation import VARIABLE, choose_organisation
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
        SystemProblem: There is no screen, or a system library is missing.
    """
    refuse_without_screen()
    start_logging()
    with explaining_qt("The window cannot open"):
        from PySide6.QtCore import QSettings, QTimer
        from PySide6.QtGui import QIcon
        from PySide6.QtWidgets import QApplication
    from inspector_app.document.disk_thread import is_disk_awaited
    from inspector_app.document.jobs.worker_process import end_workers
    from inspector_app.ui.preferences.preferences import get_preferences
    from inspector_app.ui.shell.crash import CrashHandler
    from inspector_app.ui.shell.session_end import SessionEnd
    from inspector_app.ui.shell.windows import Windows
    from inspector_app.ui.widgets.painted import SOON
    from inspector_app.ui.widgets.theme import get_theme

    application = QApplication.instance() or QApplication(sys.argv[:1])
    with contextlib.suppress(OSError):
        # Qt would make it for all to read; one that is there keeps its mode.
        make_folder(get_settings_file().parent)
        get_settings_file().touch(0o600)
    settings = QSettings(str(get_settings_file()), QSettings.Format.IniFormat)
    if isinstance(application, QApplication):
        application.setApplicationDisplayName("Inspector")
        application.setWindowIcon(QIcon(str(get_resource("icons", "inspector.svg"))))
        preferences = get_preferences(settings)
        if VARIABLE not in os.environ and preferences.organisation_folder is not None:
            choose_organisation(preferences.organisation_folder)
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
    # The window comes first.
    QTimer.singleShot(SOON, windows, windows.ask_who)
    code = application.exec()
    # The last window is gone: nobody waits for them any more.
    end_workers()
    if is_disk_awaited():
        # A folder that hangs: all there was to save is in the journal.
        logging.shutdown()
        os._exit(code)
    return code


def make_sample_file(name: str) -> Path:
    """Return the inspection file of a sample, made when it is wanted for the first time."""
    from inspector_app.content.samples import SAMPLES, load_sample
    from inspector_app.document.creating import ImportedInspection

    path = get_samples_folder() / f"{SAMPLES[name].name} (sample).inspection"
    if not path.exists():
        make_folder(path.parent)
        ImportedInspection(load_sample(name)).write(path, get_backups_folder())
    return path
