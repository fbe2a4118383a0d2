"""How long a key takes in an inspection of ten times the usual size, with everything looking on.

    .venv/bin/python packaging/measure_typing.py

Types into the fullest topic, without a screen, with preview, spelling, checks and the notes panel
on. “late” is measured from the moment at which a key is due, so what the window does between two
keys counts where it keeps a key waiting; so does what else the computer does. “work” is what the
thread of the window itself computed.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from large_inspection import make_large_inspection

if TYPE_CHECKING:
    from collections.abc import Callable

_KEYS = 1200
_PATIENCE = 60


class Typist:
    """Presses keys when they are due, and notes how late each is done."""

    def __init__(self, application: Any, press: Callable[[Any], None]) -> None:
        self._application = application
        self._press = press
        self.late: dict[str, list[float]] = {}
        self.work: dict[str, list[float]] = {}
        self.slices: list[float] = []

    def type(self, name: str, key: Any, pause: float) -> None:
        """Wait for a pause, then press a key."""
        due = time.perf_counter() + pause
        while time.perf_counter() < due:
            self._turn()
        before = time.thread_time()
        self._press(key)
        self._application.processEvents()
        self.work.setdefault(name, []).append(time.thread_time() - before)
        self.late.setdefault(name, []).append(time.perf_counter() - due)

    def wait(self, condition: Callable[[], object]) -> float:
        """Run the event loop until something is so, and return the seconds that took."""
        started = time.perf_counter()
        while not condition():
            if time.perf_counter() - started > _PATIENCE:
                raise SystemExit("it never came")
            self._turn()
        return time.perf_counter() - started

    def _turn(self) -> None:
        before = time.thread_time()
        self._application.processEvents()
        self.slices.append(time.thread_time() - before)
        time.sleep(0.0003)


def main() -> int:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["INSPECTOR_FOLDERS"] = home
        _measure(Path(home))
    return 0


def _measure(home: Path) -> None:
    from PySide6.QtCore import QSettings, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QDockWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.entities import Block, Topic
    from inspector_app.storage.new_files import create_inspection_file
    from inspector_app.ui.preview.preview_panel import PreviewPanel
    from inspector_app.ui.shell.garbage_timer import GarbageTimer
    from inspector_app.ui.shell.inspection_view import InspectionView
    from inspector_app.ui.shell.main_window import MainWindow
    from inspector_app.ui.widgets.theme import get_theme

    application = QApplication([])
    get_theme(application).apply("light")
    made = make_large_inspection()
    path = home / "large.inspection"
    create_inspection_file(path, made.change, made.inspection, {}, home)
    del made
    settings = QSettings(str(home / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, home, home, lambda _: path)
    window.resize(1280, 800)
    garbage = GarbageTimer(application)
    window.inspection_opened.connect(garbage.settle)
    window.show()
    window.open_file(path)
    # Out of the tab that it shares with the preview: both are seen.
    docks = {dock.objectName(): dock for dock in window.findChildren(QDockWidget)}
    window.splitDockWidget(docks["ratings_dock"], docks["notes_dock"], Qt.Orientation.Vertical)
    docks["notes_dock"].show()
    docks["preview_dock"].raise_()
    typist = Typist(application, lambda key: QTest.keyClick(application.focusWidget(), key))
    view = window.findChild(PreviewPanel, "preview_panel").view
    typist.wait(lambda: view.pieces and not view.is_drawing)
    document = window.findChild(InspectionDocument)
    typist.wait(lambda: document.checks.is_fresh and document.trace.is_fresh)
    topics = [item for item in document.inspection if isinstance(item, Topic)]
    fullest = max(topics, key=lambda item: len(document.inspection.child_ids(item.id, Block)))
    blocks = document.inspection.child_ids(fullest.id, Block)
    window.findChild(InspectionView).go_to_part(blocks[len(blocks) // 2])
    typist.wait(lambda: not view.is_drawing)
    typist.slices.clear()
    for number in range(_KEYS):
        # A quick typist, with a pause to think now and then: what looks on comes in between.
        pause = 1.6 if number % 60 == 59 else 0.03
        if number % 30 == 10:
            typist.type("Enter", Qt.Key.Key_Return, pause)
        elif number % 30 in {20, 21}:
            typist.type("Backspace", Qt.Key.Key_Backspace, pause)
        else:
            key = Qt.Key.Key_Space if number % 6 == 5 else Qt.Key(Qt.Key.Key_A + number % 26)
            typist.type("letter", key, pause)
    print(f"{'':<24}{'median':>10}{'p99':>10}{'longest':>10}")
    for title, table in (("late", typist.late), ("work", typist.work)):
        for name, times in table.items():
            _say(f"{title}, {name}", times)
        _say(f"{title}, all keys", [item for times in table.values() for item in times])
    _say("work between keys", typist.slices)
    window.close()


def _say(what: str, times: list[float]) -> None:
    ordered = sorted(times)
    told = (statistics.median(ordered), ordered[int(len(ordered) * 0.99)], ordered[-1])
    print(f"{what:<24}", *(f"{item * 1000:7.1f} ms" for item in told), sep="")


if __name__ == "__main__":
    sys.exit(main())
