"""Steps of one task at a time, between the events of the window."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from inspector_app.errors import InspectorError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_FIRST = 0.04
"""Seconds that are taken at once: what is done by then never shows as under way."""
_SLICE = 0.008
"""Seconds of work between two events."""
_BREATH = 15
"""Milliseconds between two looks whether a thread is done."""


class StepRun(QObject):
    """Takes the steps of one task at a time; a newer one takes the place of the last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Generator[Any, None, Any] | None = None
        self._on_done: Callable[[Any], None] = lambda _: None
        self._on_error: Callable[[InspectorError], None] = lambda _: None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_running(self) -> bool:
        """Whether a task is under way."""
        return self._steps is not None

    def start(
        self,
        steps: Generator[Any, None, Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[InspectorError], None],
    ) -> None:
        """Begin a task; where it is small, end it as well.

        Args:
            steps: A step that gives True only waits for somebody else.
            on_done: Called with what comes of it.
            on_error: Called with what the person is to be told.
        """
        self._timer.stop()
        self._steps, self._on_done, self._on_error = steps, on_done, on_error
        self._take(_FIRST)

    def finish(self) -> None:
        """Take all steps that are left, now."""
        self._timer.stop()
        while self._steps is not None:
            self._take(_FIRST)

    def stop(self) -> None:
        """Give the task up."""
        self._timer.stop()
        self._steps = None

    @Slot()
    def _on_timeout(self) -> None:
        self._take(_SLICE)

    def _take(self, seconds: float) -> None:
        steps = self._steps
        if steps is None:
            return
        until = perf_counter() + seconds
        try:
            while perf_counter() < until:
                if next(steps):
                    self._timer.start(_BREATH)
                    return
        except StopIteration as ended:
            self.stop()
            self._on_done(ended.value)
        except InspectorError as error:
            self.stop()
            self._on_error(error)
        except BaseException:
            self.stop()
            raise
        else:
            self._timer.start(0)
