"""What a start leaves for later: it is read, imported or made once the window is painted."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from inspector_app.settings import get_cache_folder
from tests.python_process import make_command, make_environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# The first painting of a window, with all that it holds, ends the process: whatever comes next.
_START = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
NEXT = {QEvent.Type.User, QEvent.Type.Timer, QEvent.Type.MetaCall}
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() in NEXT:
            print(*sorted(sys.modules), flush=True)
            os._exit(0)
        return False
def paint(self, event):
    QMainWindow.paintEvent(self, event)
    application.installEventFilter(watch)
    QCoreApplication.postEvent(watch, QEvent(QEvent.Type.User))
application = QApplication([])
watch = Watch()
from inspector_app.app import run_window
from inspector_app.document import disk_question
disk_question._MOMENT = 60  # however busy the computer is, the file is read before
from inspector_app.ui.shell.main_window import MainWindow
MainWindow.paintEvent = paint
run_window([Path(sys.argv[1])])
"""
_LATER = {
    "PIL",
    "docx",
    "enchant",
    "inspector_app.content.importing",
    "inspector_app.document.jobs.worker",
    "inspector_app.report.report",
    "inspector_app.ui.details.breaches",
    "inspector_app.ui.opening.new_inspection",
    "inspector_app.ui.pages.key_question",
    "jinja2",
    "lxml",
    "pillow_heif",
}
_FILES_ARE_READ = "inspector_app.frameworks.reading"


def _list_modules(path: Path) -> set[str]:
    """Start the application on a file, and return what it had imported when it was painted."""
    done = subprocess.run(  # noqa: S603 - this Python
        make_command(_START, path),
        env=make_environment({"QT_QPA_PLATFORM": "offscreen"}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_a_start_imports_nothing_that_can_wait(make_file: Callable[..., Path]) -> None:
    path = make_file()
    shutil.rmtree(get_cache_folder(), ignore_errors=True)
    first = _list_modules(path)
    assert "inspector_app.ui.pages.details" in first
    assert first & _LATER <= {"jinja2"}
    # The resources are read and checked once; then what was kept of them is enough.
    assert _FILES_ARE_READ in first
    second = _list_modules(path)
    assert _FILES_ARE_READ not in second
    assert second & _LATER == set()
