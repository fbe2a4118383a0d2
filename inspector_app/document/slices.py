"""Work in the thread of the window, a few milliseconds at a time, so that no key waits for it."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot
from shiboken6 import isValid

from inspector_app.errors import InspectorError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

T = TypeVar("T")
Steps: TypeAlias = "Generator[int | None, None, T]"
"""Steps, each small; one that gives a number waits so many milliseconds for somebody else."""


class Slices(QObject):
    """Takes the steps of one task at a time between the events of the window.

    A newer task takes the place of the last.
    """

    def __init__(self, budget: float, parent: QObject) -> None:
        """Make it without a task.

        Args:
            budget: Milliseconds of work between two events; 0: one step.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self._budget = budget
        self._steps: Steps[Any] | None = None
        self._on_done: Callable[[Any], None] | None = None
        self._on_error: Callable[[InspectorError], None] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_running(self) -> bool:
        """Whether a task is under way, or waits for its start."""
        return self._steps is not None

    def start(
        self,
        steps: Steps[T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[InspectorError], None] | None = None,
        *,
        wait: int = 0,
    ) -> None:
        """Begin a task.

        Args:
            steps: What is to be done.
            on_done: Called with what comes of it.
            on_error: Called with what the person is to be told.
            wait: Milliseconds before the first step.
        """
        self._steps, self._on_done, self._on_error = steps, on_done, on_error
        self._timer.start(wait)

    def take(self, milliseconds: float) -> None:
        """Take steps now, for so long, but at least one."""
        steps = self._steps
        if steps is None:
            return
        until = perf_counter() + milliseconds / 1000
        try:
            wait = next(steps)
            while self._is_at(steps) and not wait and perf_counter() < until:
                wait = next(steps)
        except StopIteration as ended:
            if self._end(steps) and self._on_done is not None:
                self._on_done(ended.value)
        except InspectorError as error:
            if self._end(steps) and self._on_error is not None:
                self._on_error(error)
            else:
                raise
        except BaseException:
            self._end(steps)
            raise
        else:
            if self._is_at(steps):
                self._timer.start(wait or 0)

    def finish(self) -> None:
        """Take all steps that are left, now."""
        while self._steps is not None:
            self.take(self._budget)

    def stop(self) -> None:
        """Give the task up."""
        self._timer.stop()
        self._steps = None

    def _is_at(self, steps: Steps[Any]) -> bool:
        # A step may begin another task, and the last one may let go of whatever owns this.
        return isValid(self) and self._steps is steps

    def _end(self, steps: Steps[Any]) -> bool:
        """Let a task go, and tell whether it was still the one to be done."""
        if not self._is_at(steps):
            return False
        self.stop()
        return True

    @Slot()
    def _on_timeout(self) -> None:
        self.take(self._budget)
