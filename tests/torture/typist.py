"""The real application on a file, with somebody who types a text in one place and stops.

    python tests/torture/typist.py FILE LOG PLACE TEXT [session]

Writes “typed” into LOG with the last key: nothing is filed, left or confirmed. With “session” the
desktop then says that its session ends, and “told” is written once that was heard. Then it waits to
be killed.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication, QWidget

    from inspector_app.ui.shell.main_window import MainWindow

PLACES = ("capture", "sentence", "line", "cell")
_BETWEEN = 15
"""Milliseconds from one key to the next."""


def go_to(window: MainWindow, place: str) -> Iterator[bool]:
    """Put the cursor where the text is to be typed, a step a time; yields whether it is there."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLineEdit

    from inspector_app.ui.blocks.editor import BlockEditor
    from inspector_app.ui.blocks.table_editor import TableEditor
    from inspector_app.ui.evidence.capture import CaptureDialog

    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    yield from _wait_for_focus(type(window))
    if place == "capture":
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_E, control)
        yield from _wait_for_focus(CaptureDialog)
    elif place == "line":
        window._view.go_to_part("root")  # noqa: SLF001
        lines = [line for line in window.findChildren(QLineEdit) if line.isVisible()]
        next(line for line in lines if line.objectName().endswith(".location_name")).setFocus()
    else:
        window._view.go_to_part("block2")  # noqa: SLF001
        while not isinstance(QApplication.focusWidget(), BlockEditor):
            yield False
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End, control)
        if place == "cell":
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_T, control | shift)
            yield from _wait_for_focus(TableEditor)
    while True:
        yield True


def _wait_for_focus(kind: type[QWidget]) -> Iterator[bool]:
    """Wait until the keys go into a window of a kind; nobody else gives them to it here."""
    from PySide6.QtWidgets import QApplication

    while True:
        focus = QApplication.focusWidget()
        if focus is not None and isinstance(focus.window(), kind):
            return
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, kind):
                widget.activateWindow()
        yield False


def end_session(application: QApplication) -> None:
    """Emit Qt's own signal, as Qt does where the desktop is about to end.

    It goes by C++: of Python, PySide takes no reference to a session, and crashes.
    """
    import PySide6
    import shiboken6
    from PySide6.QtGui import QSessionManager

    (library,) = Path(PySide6.__file__).parent.glob("Qt/lib/libQt6Gui.so.6")
    emit = ctypes.CDLL(str(library))["_ZN15QGuiApplication17commitDataRequestER15QSessionManager"]
    emit.argtypes, emit.restype = (ctypes.c_void_p, ctypes.c_void_p), None
    session = application.findChild(QSessionManager)
    emit(*(shiboken6.getCppPointer(item)[0] for item in (application, session)))


def main() -> int:
    """Open the window, type, and wait."""
    from PySide6.QtCore import QSettings, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from inspector_app.app import run_window
    from inspector_app.settings import get_settings_file
    from inspector_app.ui.preferences.preferences import Preferences
    from inspector_app.ui.shell.main_window import MainWindow

    path, log, place, text = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
    application = QApplication(sys.argv[:1])
    settings = QSettings(str(get_settings_file()), QSettings.Format.IniFormat)
    # Whoever is new here is asked for a name, in front of what is to be typed into.
    Preferences(settings).note_asked_who()
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    rest = list(text)
    ways: list[Iterator[bool]] = []

    def on_tick() -> None:
        windows = [item for item in application.topLevelWidgets() if isinstance(item, MainWindow)]
        if not windows or windows[0].document is None:
            return
        if not ways:
            ways.append(go_to(windows[0], place))
        if next(ways[0]) and rest:
            QTest.keyClicks(application.focusWidget(), rest.pop(0))
            if not rest:
                timer.stop()
                os.write(descriptor, b"typed\n")
                if "session" in sys.argv[5:]:
                    end_session(application)
                    os.write(descriptor, b"told\n")

    timer = QTimer()
    timer.timeout.connect(on_tick)
    timer.start(_BETWEEN)
    return run_window([path])


if __name__ == "__main__":
    sys.exit(main())
