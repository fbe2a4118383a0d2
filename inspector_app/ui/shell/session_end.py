"""The end that somebody else decides on: a signal, or the end of the desktop session."""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtGui import QGuiApplication, QSessionManager

from inspector_app.errors import InspectorError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from inspector_app.ui.shell.main_window import MainWindow

_log = logging.getLogger(__name__)
_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGBREAK")
_SIGNALLED = 128
"""Added to the number of a signal, the exit code of what it has ended."""


class SessionEnd(QObject):
    """Has everything saved, and then lets go of it, without asking anybody.

    What is typed half is filed first, as if the person had left the field. All is saved before
    anything is closed: there may be no time for more.
    """

    def __init__(
        self,
        application: QGuiApplication,
        get_windows: Callable[[], Sequence[MainWindow]],
    ) -> None:
        """Make it; `install` has it hear of ends.

        Args:
            application: The application, which is ended.
            get_windows: Gives the windows that are open.
        """
        super().__init__(application)
        self._application = application
        self._get_windows = get_windows
        self._number = 0

    def install(self) -> None:
        """Hear of signals, and of the end of the session."""
        self._application.commitDataRequest.connect(self._on_commit)
        # Python runs its handlers between two lines of Python, and Qt waits in C++: a byte on a
        # socket wakes it.
        self._waking, self._written = socket.socketpair()
        for end in (self._waking, self._written):
            end.setblocking(False)
        signal.set_wakeup_fd(self._written.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._waking.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_awake)
        for name in _SIGNALS:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._on_signal)

    def save(self) -> None:
        """Have everything that was typed in both copies."""
        for window in self._get_windows():
            try:
                window.save_now()
            except InspectorError as error:
                _log.error("at the end of the session: %s", type(error).__name__)

    @Slot(QSessionManager)
    def _on_commit(self, _: QSessionManager) -> None:
        self.save()

    def _on_signal(self, number: int, _: FrameType | None) -> None:
        self._number = number

    @Slot()
    def _on_awake(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._waking.recv(4096)
        if self._number:
            self._end()

    def _end(self) -> None:
        number, self._number = self._number, 0
        _log.info("ended by signal %d", number)
        try:
            self.save()
            for window in list(self._get_windows()):
                window.end()
        finally:
            self._application.exit(_SIGNALLED + number)
