"""How long typing and the preview take in an inspection of ten times the usual size.

    .venv/bin/python packaging/measure_preview.py

Types into the fullest topic with the preview shown, without a screen, and prints what it took.
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

KEYS = 400
LATENCIES = 12
PATIENCE = 60


class Slices:
    """Measures how long the event loop is busy with one thing while the preview is drawn."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self.longest = 0.0

    def wait(self, condition: Callable[[], bool]) -> float:
        """Run the event loop until something is so, and return the seconds that took."""
        started = time.perf_counter()
        while not condition():
            before = time.perf_counter()
            if before - started > PATIENCE:
                raise SystemExit("it never came")
            self._application.processEvents()
            self.longest = max(self.longest, time.perf_counter() - before)
            time.sleep(0.0005)
        return time.perf_counter() - started


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
    from PySide6.QtWidgets import QApplication

    from inspector_app.document.exporting import export_report
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.entities import Block, Topic
    from inspector_app.storage.new_files import create_inspection_file
    from inspector_app.ui.preview.preview_panel import PreviewPanel
    from inspector_app.ui.shell.inspection_view import InspectionView
    from inspector_app.ui.shell.main_window import MainWindow
    from inspector_app.ui.widgets.theme import get_theme

    application = QApplication([])
    get_theme(application).apply("light")
    slices = Slices(application)
    made = make_large_inspection()
    path = home / "large.inspection"
    create_inspection_file(path, made.change, made.inspection, {}, home)
    settings = QSettings(str(home / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, home, home, lambda _: path)
    window.resize(1280, 800)
    window.show()
    before = time.perf_counter()
    window.open_file(path)
    _say("open, until the window can be used", time.perf_counter() - before)
    view = window.findChild(PreviewPanel, "preview_panel").view
    _say("preview drawn to the end", slices.wait(lambda: view.pieces and not view.is_drawing))
    _say("  longest slice of it", slices.longest)
    document = window.findChild(InspectionDocument)
    topics = [item for item in document.inspection if isinstance(item, Topic)]
    fullest = max(topics, key=lambda item: len(document.inspection.child_ids(item.id, Block)))
    before = time.perf_counter()
    window.findChild(InspectionView).go_to_part(
        document.inspection.child_ids(fullest.id, Block)[500]
    )
    application.processEvents()
    _say("go to the fullest topic", time.perf_counter() - before)
    editor = application.focusWidget()
    slices.wait(lambda: not view.is_drawing)
    times = []
    for number in range(KEYS):
        before = time.perf_counter()
        QTest.keyClick(editor, Qt.Key(Qt.Key.Key_A + number % 26))
        application.processEvents()
        times.append(time.perf_counter() - before)
        # A quick typist, with a pause to think now and then: the preview comes in between.
        slices.wait(_after(0.45 if number % 20 == 19 else 0.03))
    times.sort()
    _say("a key, median", statistics.median(times))
    _say("a key, p99", times[int(len(times) * 0.99)])
    _say("a key, longest", times[-1])
    slices.longest = 0
    latencies = []
    for number in range(LATENCIES):
        QTest.keyClicks(editor, f" zq{number} ")
        word = f"zq{number}"
        latencies.append(
            slices.wait(lambda word=word: any(word in item.html for item in view.pieces))
        )
        slices.wait(lambda: not view.is_drawing)
    _say("from the last key to the preview", statistics.median(latencies))
    _say("  longest slice of it", slices.longest)
    for ending in (".docx", ".html", ".pdf"):
        ended: list[object] = []
        document.worker.run_job(
            export_report,
            (f"{home}/report{ending}", None, None),
            type(None),
            ended.append,
            ended.append,
        )
        _say(f"export {ending} in the background", slices.wait(lambda ended=ended: bool(ended)))
    window.close()


def _after(seconds: float) -> Callable[[], bool]:
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() >= end


def _say(what: str, seconds: float) -> None:
    print(f"{what:<40} {seconds * 1000:8.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
