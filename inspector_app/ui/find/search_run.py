"""A search in small steps between the events of the window, so that no key waits for it."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.domain.search.search import Found

_SLICE = 0.006
"""Seconds of searching between two events."""
_STEPS = 64
"""Steps between two looks at the clock."""


class SearchRun(QObject):
    """Takes the steps of one search at a time; a newer one takes the place of the last."""

    finished = Signal(object)
    """A search came to its end; carries the list of what it found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Iterator[Found | None] | None = None
        self._found: list[Found] = []
        self._most = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_running(self) -> bool:
        """Whether a search is under way or waits for its start."""
        return self._steps is not None

    def start(self, steps: Iterator[Found | None], wait: int = 0, most: int = 0) -> None:
        """Begin a search.

        Args:
            steps: From `SearchIndex.steps`.
            wait: Milliseconds before the first step: more letters may follow.
            most: How many texts are enough; 0: all.
        """
        self._steps = steps
        self._found = []
        self._most = most
        self._timer.start(wait)

    def stop(self) -> None:
        """Give the search up."""
        self._timer.stop()
        self._steps = None
        self._found = []

    def finish(self) -> None:
        """Take all steps that are left, now."""
        if self._steps is not None:
            self._timer.stop()
            self._found += [found for found in self._steps if found is not None]
            self._end()

    @Slot()
    def _on_timeout(self) -> None:
        if self._steps is None:
            return
        until = perf_counter() + _SLICE
        while perf_counter() < until:
            for _ in range(_STEPS):
                try:
                    found = next(self._steps)
                except StopIteration:
                    self._end()
                    return
                if found is not None:
                    self._found.append(found)
                    if len(self._found) == self._most:
                        self._end()
                        return
        self._timer.start(0)

    def _end(self) -> None:
        found = self._found
        self._steps = None
        self._found = []
        self.finished.emit(found)
