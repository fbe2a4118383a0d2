"""When Python looks for garbage: between keys and not within them.

Python counts what is made and lost, and now and then walks through everything that is there to
find rings of objects that nobody holds. With a large inspection open that walk takes a fifth of a
second, and it begins wherever the count is reached: within a key. Nearly all of what it walks
through was there when the inspection was opened and will stay. So that is set aside (`gc.freeze`),
and what was made since is walked through once a second from the event loop, which takes a
millisecond or two. What is no ring is let go at once, as ever. Anki collects by a timer as well.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_INTERVAL = 1000
_ALL_AFTER = 60
"""Every so many times, all that is not set aside is looked at."""
_THRESHOLDS = (100_000, 50, 50)
"""Python still counts, for the case that much is made while the event loop does not turn."""
_YOUNG, _ALL = 1, 2


class GarbageTimer(QObject):
    """Has Python look for garbage from the event loop, for as long as the application runs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.set_threshold(*_THRESHOLDS)
        self._settled = False
        self._turns = 0
        timer = QTimer(self, interval=_INTERVAL)
        timer.timeout.connect(self._collect)
        timer.start()

    @Slot()
    def settle(self) -> None:
        """Set aside what is there now: an inspection was opened, and will be for hours."""
        if self._settled:
            # The one before is garbage by now.
            gc.unfreeze()
            gc.collect()
        gc.freeze()
        self._settled = True

    @Slot()
    def _collect(self) -> None:
        self._turns += 1
        gc.collect(_ALL if self._turns % _ALL_AFTER == 0 else _YOUNG)
