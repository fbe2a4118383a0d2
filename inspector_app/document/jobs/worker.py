"""The worker process: keeps the inspection and does what the window asks, one job at a time.

Started by `WorkerProcess` as `inspector-app --background-worker`; never loads Qt, but to paint a
PDF. It ends when the window's end of the pipe closes, however that came about.
"""

from __future__ import annotations

import gc
import importlib
import os
import queue
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from inspector_app.document.jobs.job_context import JobCancelled, JobContext
from inspector_app.document.jobs.memory_limit import limited_memory
from inspector_app.document.jobs.messages import (
    Answer,
    ApplyChange,
    AttachmentContent,
    AttachmentWanted,
    Broken,
    CancelJob,
    Cancelled,
    Done,
    Failed,
    LoadInspection,
    Order,
    OrderReader,
    Progress,
    StartJob,
    pack,
    pack_answer,
)
from inspector_app.domain.inspection import Inspection
from inspector_app.errors import InspectorError

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK = 1 << 16


def main() -> int:
    """Work until the window closes the pipe, and return the exit code."""
    # Whatever prints by accident must not end up among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _keep_off_the_screen()
    with limited_memory():
        Worker(os.fdopen(os.dup(0), "rb"), answers).run()
    return 0


def _keep_off_the_screen() -> None:
    if sys.platform == "darwin":
        # Otherwise Qt gives the worker an icon in the dock.
        os.environ["QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM"] = "1"
    elif sys.platform != "win32":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


class Worker:
    """Takes orders from one stream and answers on another."""

    def __init__(self, orders: BinaryIO, answers: BinaryIO) -> None:
        self._orders = orders
        self._answers = answers
        self._inspection = Inspection()
        self._memory: dict[str, Any] = {}
        self._waiting: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._contents: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        self._gone = False

    def run(self) -> None:
        """Do what is asked until nobody is there to ask."""
        # A thread that waits for the pipe: an order to stop is seen while a job runs.
        threading.Thread(target=self._read, daemon=True).start()
        while (order := self._waiting.get()) is not None:
            if isinstance(order, LoadInspection):
                self._inspection = Inspection(order.entities)
                # It stays for hours: looking for garbage need not pass it each time.
                gc.freeze()
            elif isinstance(order, ApplyChange):
                self._inspection = self._inspection.apply(order.change)
            elif isinstance(order, StartJob):
                self._answer(self._do(order))

    def _read(self) -> None:
        reader = OrderReader()
        # As much as there is, not a whole chunk.
        while data := os.read(self._orders.fileno(), _CHUNK):
            for order in reader.feed(data):
                if isinstance(order, CancelJob):
                    self._cancelled.add(order.job)
                elif isinstance(order, AttachmentContent):
                    self._contents.put(order.data)
                else:
                    self._waiting.put(order)
        self._gone = True
        self._contents.put(None)
        self._waiting.put(None)

    def _answer(self, answer: Answer) -> None:
        try:
            self._answers.write(pack(answer))
            self._answers.flush()
        except OSError:
            # The window is gone; the reading thread will say so.
            self._gone = True

    def _do(self, order: StartJob) -> Answer:
        def tell(text: str, share: float | None = None) -> None:
            if self._gone or order.job in self._cancelled:
                raise JobCancelled
            self._answer(Progress(order.job, text, share))

        def read_attachment(sha256: str) -> bytes | None:
            self._answer(AttachmentWanted(sha256))
            return self._contents.get()

        try:
            if self._gone or order.job in self._cancelled:
                raise JobCancelled
            function = _find_function(order.function)
            context = JobContext(self._inspection, self._memory, tell, read_attachment)
            return Done(order.job, pack_answer(function(context, *order.arguments)))
        except JobCancelled:
            return Cancelled(order.job)
        except InspectorError as error:
            return Failed(order.job, type(error).__name__, error.args)
        except Exception as error:  # noqa: BLE001 - whatever it is, the window must hear of it
            # The message may quote what was typed; the places in the code do not.
            trace = "".join(traceback.format_tb(error.__traceback__))
            return Broken(order.job, f"{type(error).__name__}\n{trace}")
        finally:
            self._cancelled.discard(order.job)


def _find_function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    return cast("Callable[..., Any]", getattr(importlib.import_module(module), function))
