"""How long it takes until the window is painted, beside a window of PySide6 with nothing in it.

    .venv/bin/python packaging/measure_start.py [RUNS]

Each start is a process of its own, without a screen, from the command until the first window has
painted itself: a bare one, one on the sample, one on an inspection of ten times the usual size.
They take turns, so that what else the computer does meets all alike; medians are printed, of the
time that passed and of what the process itself computed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT))

_RUNS = 9
# The first painting of a window, with all that it holds, ends the process: whatever comes next.
_WATCH = """
import os, sys, time
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
NEXT = {QEvent.Type.User, QEvent.Type.Timer, QEvent.Type.MetaCall}
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() in NEXT:
            print(time.time(), time.process_time(), flush=True)
            os._exit(0)
        return False
def paint(self, event):
    QMainWindow.paintEvent(self, event)
    application.installEventFilter(watch)
    QCoreApplication.postEvent(watch, QEvent(QEvent.Type.User))
application = QApplication([])
watch = Watch()
"""
_BARE = f"""{_WATCH}
class Window(QMainWindow):
    paintEvent = paint
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
"""
_OURS = f"""{_WATCH}
from pathlib import Path
from inspector_app.app import run_window
from inspector_app.ui.shell.main_window import MainWindow
MainWindow.paintEvent = paint
run_window([Path(sys.argv[1])])
"""


def main() -> int:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else _RUNS
    with tempfile.TemporaryDirectory() as home:
        _measure(Path(home), runs)
    return 0


def _measure(home: Path, runs: int) -> None:
    from large_inspection import make_large_inspection

    from inspector_app.content.samples import load_sample
    from inspector_app.storage.new_files import create_inspection_file

    sample, large = home / "sample.inspection", home / "large.inspection"
    for path, made in ((sample, load_sample("rated")), (large, make_large_inspection())):
        create_inspection_file(path, made.change, made.inspection, made.attachments, home)
    starts = {
        "a bare window": ["-c", _BARE],
        "the sample": ["-c", _OURS, str(sample)],
        "ten times the usual size": ["-c", _OURS, str(large)],
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in starts}
    for number in range(runs + 1):
        for name, arguments in starts.items():
            taken = _start(arguments, home)
            if number:  # the first one fills the caches of the disk
                times[name].append(taken)
    bare = [statistics.median(column) for column in zip(*times["a bare window"], strict=True)]
    for name, rows in times.items():
        for title, column, unit in zip(
            ("passed", "work"), zip(*rows, strict=True), bare, strict=True
        ):
            took = statistics.median(column)
            print(
                f"{name}, {title:<10}{took * 1000:7.0f} ms, {took / unit:4.2f} times a bare window"
            )


def _start(arguments: list[str], home: Path) -> tuple[float, float]:
    """Return the seconds that passed, and those that the process computed."""
    environment = os.environ | {"INSPECTOR_FOLDERS": str(home), "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHONPATH"] = str(_ROOT)
    # As on any computer: modules that were compiled once are not compiled at each start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(home / "compiled")
    before = time.time()
    ended = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    painted, work = map(float, ended.stdout.split())
    return painted - before, work


if __name__ == "__main__":
    sys.exit(main())
