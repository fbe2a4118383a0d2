"""Once a day, beside the work: backups of inspections that have long been closed go."""

from __future__ import annotations

import contextlib
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from inspector_app.storage.copy_search import get_copy_folders
from inspector_app.storage.locking import try_lock
from inspector_app.storage.retention import read_last_look, remove_expired

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

EVERY = timedelta(days=1)
_FIRST = 60_000
"""Milliseconds after the start: whoever has just opened an inspection is not to notice."""
_LOOK = 60 * 60 * 1_000
"""Milliseconds between two looks whether a day has passed; computers sleep."""


class _Stopped(Exception):
    """The application ends. Raised within the thread, and never told to anybody."""


class Retention(QObject):
    """Removes what has expired, in a thread; one for all windows.

    Of several applications that run at once, one does it.
    """

    looked = Signal()
    """Everything was looked through."""

    _ended = Signal()

    def __init__(
        self,
        backups: Path,
        get_days: Callable[[], int],
        list_files: Callable[[], Iterable[Path]],
        parent: QObject | None = None,
    ) -> None:
        """Begin to wait.

        Args:
            backups: The folder of all backups.
            get_days: Gives how long an inspection must have been closed; 0: nothing goes.
            list_files: Gives inspection files that are known otherwise.
            parent: Its parent.
        """
        super().__init__(parent)
        self._places = get_copy_folders(backups)
        self._get_days = get_days
        self._list_files = list_files
        self._thread = ThreadPoolExecutor(1, "retention")
        self._is_running = False
        self._stop = threading.Event()
        self._ended.connect(self._on_ended)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._timer.start(_FIRST)
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(self.close)

    @Slot()
    def look(self) -> None:
        """Look through everything, unless that was done today."""
        self._timer.start(_LOOK)
        days = self._get_days()
        last = read_last_look(self._places.retention)
        now = datetime.now(UTC)
        if self._is_running or days <= 0:
            return
        if last is not None and timedelta() <= now - last.when < EVERY:
            return
        self._is_running = True
        files = tuple(self._list_files())
        self._thread.submit(self._work, days, now, files).add_done_callback(
            lambda _: self._ended.emit()
        )

    @Slot()
    def close(self) -> None:
        """End; what is being removed is removed."""
        self._timer.stop()
        self._stop.set()
        self._thread.shutdown(cancel_futures=True)

    def _work(self, days: int, now: datetime, files: Iterable[Path]) -> None:
        with self._alone() as alone, contextlib.suppress(_Stopped):
            if alone:
                remove_expired(self._places, days, now, files, self._tell)

    def _tell(self, share: float) -> None:
        del share
        if self._stop.is_set():
            raise _Stopped

    @contextlib.contextmanager
    def _alone(self) -> Iterator[bool]:
        """Tell whether no other process is at it."""
        place = self._places.retention.with_suffix(".lock")
        try:
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            yield False
            return
        try:
            yield try_lock(descriptor)
        finally:
            os.close(descriptor)

    @Slot()
    def _on_ended(self) -> None:
        self._is_running = False
        self.looked.emit()
