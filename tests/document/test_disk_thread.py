"""Jobs that wait for the disk: what is told, to whom, and what is not told any more."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread

from inspector_app.document.disk_thread import DiskThread
from inspector_app.document.jobs.job_context import JobCancelled
from inspector_app.errors import FileProblem, InspectorError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from inspector_app.document.disk_thread import DiskJob, TellShare

TYPED = "Dr Invented was rude to a patient"
PATIENCE = 30


class Calls:
    """What a thread called back, in order, and a job that waits until it is let go."""

    def __init__(self, qtbot: QtBot) -> None:
        self.owner = QObject()
        self.thread = DiskThread("tried", self.owner)
        self.ends: list[Any] = []
        self.told: list[float] = []
        self.threads: set[QThread] = set()
        self.began = threading.Event()
        self.let_go = threading.Event()
        self._qtbot = qtbot

    def start(self, function: Callable[[TellShare], Any]) -> DiskJob[Any]:
        return self.thread.run_job(
            function,
            lambda result: self._note("done", result),
            lambda error: self._note("error", error),
            self.told.append,
            lambda: self._note("cancelled", None),
        )

    def dawdle(self, tell: TellShare) -> str:
        self.began.set()
        assert self.let_go.wait(PATIENCE)
        tell(0.5)
        return "late"

    def wait(self, count: int = 1) -> tuple[str, Any]:
        """Wait for so many ends, and return the last."""
        self._qtbot.waitUntil(lambda: len(self.ends) >= count)
        return self.ends[-1]

    def let_everything_be_told(self) -> None:
        """Whatever the thread has told by now arrives."""
        QCoreApplication.processEvents()

    def _note(self, kind: str, value: object) -> None:
        self.threads.add(QThread.currentThread())
        self.ends.append((kind, value))


@pytest.fixture
def calls(qtbot: QtBot) -> Iterator[Calls]:
    calls = Calls(qtbot)
    yield calls
    calls.let_go.set()
    calls.thread.close()


def test_what_came_of_it_is_told_later_and_in_the_thread_of_the_window(calls: Calls) -> None:
    job = calls.start(lambda _: threading.current_thread())
    assert job.wait(PATIENCE)
    assert calls.ends == [], "not before the window gets to its events"
    assert calls.thread.is_busy
    kind, worker = calls.wait()
    assert kind == "done"
    assert worker is not threading.current_thread()
    assert calls.threads == {QThread.currentThread()}
    assert not calls.thread.is_busy


def test_one_job_after_the_other(calls: Calls) -> None:
    calls.start(calls.dawdle)
    second = calls.start(lambda _: "second")
    assert calls.began.wait(PATIENCE)
    assert not second.wait(0)
    calls.let_go.set()
    assert calls.wait(2) == ("done", "second")
    assert calls.ends[0] == ("done", "late")


def test_each_hundredth_is_told_once(calls: Calls) -> None:
    def work(tell: TellShare) -> None:
        for number in range(1001):
            tell(number / 1000)

    calls.start(work)
    calls.wait()
    assert len(calls.told) == 100
    assert calls.told == sorted(calls.told)
    assert calls.told[-1] == 1


def test_a_job_is_cancelled_where_it_tells_how_far_it_is(calls: Calls) -> None:
    job = calls.start(calls.dawdle)
    assert calls.began.wait(PATIENCE)
    job.cancel()
    calls.let_go.set()
    assert calls.wait() == ("cancelled", None)
    assert calls.told == []
    calls.let_everything_be_told()
    assert len(calls.ends) == 1


def test_a_job_that_was_cancelled_in_time_never_begins(calls: Calls) -> None:
    begun: list[str] = []
    calls.start(calls.dawdle)
    calls.start(lambda _: begun.append("second")).cancel()
    calls.let_go.set()
    assert calls.wait(2) == ("cancelled", None)
    assert begun == []


def test_what_a_person_can_act_on_is_told_as_it_is(calls: Calls) -> None:
    problem = FileProblem("The disk is full.")

    def fail(_: TellShare) -> None:
        raise problem

    calls.start(fail)
    assert calls.wait() == ("error", problem)


def test_a_fault_of_ours_is_told_and_logged_without_what_was_typed(
    calls: Calls, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: TellShare) -> None:
        raise KeyError(TYPED)

    calls.start(fail)
    kind, error = calls.wait()
    assert kind == "error"
    assert isinstance(error, InspectorError)
    assert "inspection is safe" in str(error)
    assert TYPED not in str(error)
    assert isinstance(error.__cause__, KeyError)
    assert "KeyError" in caplog.text
    assert "test_disk_thread.py" in caplog.text
    assert TYPED not in caplog.text
    calls.start(lambda _: "goes on")
    assert calls.wait(2) == ("done", "goes on")


def test_a_late_result_is_dropped_and_the_next_job_done(calls: Calls) -> None:
    job = calls.start(lambda _: "too late")
    assert job.wait(PATIENCE)
    job.drop()
    assert not calls.thread.is_busy
    calls.start(lambda _: "next")
    assert calls.wait() == ("done", "next")
    calls.let_everything_be_told()
    assert calls.ends == [("done", "next")]


def test_closing_waits_for_what_is_under_way_and_tells_nothing_of_it(calls: Calls) -> None:
    job = calls.start(calls.dawdle)
    waiting = calls.start(lambda _: "never begun")
    assert calls.began.wait(PATIENCE)
    threading.Timer(0.05, calls.let_go.set).start()
    calls.thread.close()
    assert job.wait(0)
    assert waiting.wait(0)
    calls.let_everything_be_told()
    assert (calls.ends, calls.told) == ([], [])
    calls.thread.close()


def test_closing_need_not_wait_and_the_owner_may_go_meanwhile(calls: Calls) -> None:
    job = calls.start(calls.dawdle)
    assert calls.began.wait(PATIENCE)
    calls.thread.close(wait=False)
    assert not job.wait(0)
    del calls.owner
    calls.let_go.set()
    assert job.wait(PATIENCE)
    with pytest.raises(JobCancelled):
        job.get_result()
    calls.let_everything_be_told()
    assert calls.ends == []


def test_whoever_cannot_go_on_without_it_waits_for_the_result(calls: Calls) -> None:
    def fail(_: TellShare) -> None:
        raise FileProblem("Gone.")

    assert calls.start(lambda _: 42).get_result() == 42
    with pytest.raises(FileProblem, match="Gone"):
        calls.start(fail).get_result()
    last = calls.start(lambda _: 43)
    assert calls.thread.wait(30)
    assert last.wait(0)
