"""Once a day, beside the work: backups of inspections that have long been closed go."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from inspector_app.document.disk_thread import DiskThread
from inspector_app.files import make_folder, open_regular
from inspector_app.storage.locking import try_lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from inspector_app.document.disk_thread import TellShare

EVERY = timedelta(days=1)
_FIRST = 60_000
"""Milliseconds after the start: whoever has just opened an inspection is not to notice."""
_LOOK = 60 * 60 * 1_000
"""Milliseconds between two looks whether a day has passed; computers sleep."""


class Retention(QObject):
    """Removes what has expired, in a thread; one for all windows.

    Of several applications that run at once, one does it.
    """

    looked = Signal()
    """Everything was looked through."""

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
        self._backups = backups
        self._get_days = get_days
        self._list_files = list_files
        self._thread = DiskThread("retention", self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._timer.start(_FIRST)
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(self.close)

    @Slot()
    def look(self) -> None:
        """Look through everything, unless that was done today."""
        # Put off: what looks through a computer is much code that no start needs.
        from inspector_app.storage.copy_search import get_copy_folders
        from inspector_app.storage.retention import read_last_look, remove_expired

        self._timer.start(_LOOK)
        days = self._get_days()
        places = get_copy_folders(self._backups)
        last = read_last_look(places.retention)
        now = datetime.now(UTC)
        if self._thread.is_busy or days <= 0:
            return
        if last is not None and timedelta() <= now - last.when < EVERY:
            return
        files = tuple(self._list_files())

        def remove(tell: TellShare) -> None:
            with _alone(places.retention) as alone:
                if alone:
                    remove_expired(places, days, now, files, tell)

        self._thread.run_job(remove, lambda _: self.looked.emit())

    @Slot()
    def close(self) -> None:
        """End; what is being removed is removed."""
        self._timer.stop()
        self._thread.close()


@contextlib.contextmanager
def _alone(record: Path) -> Iterator[bool]:
    """Tell whether no other process is at it."""
    place = record.with_suffix(".lock")
    try:
        make_folder(place.parent)
        descriptor = open_regular(place, os.O_RDWR | os.O_CREAT)
    except OSError:
        yield False
        return
    try:
        yield try_lock(descriptor)
    finally:
        os.close(descriptor)
