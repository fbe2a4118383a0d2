"""The worker: jobs in a process of their own, which may die, and what the window hears."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from typing import TYPE_CHECKING, Any

import pytest

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.document.jobs import worker_process
from inspector_app.document.jobs.worker_process import WorkerProcess
from inspector_app.domain.inspection import Inspection
from inspector_app.errors import ContentFault, InspectorError, TemplateFault, WorkerStopped
from inspector_app.frameworks.editions import start_with_edition
from inspector_app.storage.new_files import create_inspection_file
from tests.document.jobs import work
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.document.jobs.worker_process import Job


class Calls:
    """What jobs called back, in order."""

    def __init__(self, qtbot: QtBot, worker: WorkerProcess) -> None:
        self._qtbot = qtbot
        self._worker = worker
        self.ends: list[Any] = []
        self.told: list[tuple[str, float | None]] = []

    def start(self, function: Callable[..., Any], *arguments: Any, answer: Any = Any) -> Job[Any]:
        return self._worker.run_job(
            function,
            arguments,
            answer,
            self.ends.append,
            self.ends.append,
            lambda text, share: self.told.append((text, share)),
            lambda: self.ends.append("cancelled"),
        )

    def wait(self, count: int = 1) -> Any:
        """Wait for so many ends, and return the last."""
        self._qtbot.waitUntil(lambda: len(self.ends) >= count, timeout=30_000)
        return self.ends[-1]

    def wait_for_progress(self) -> None:
        self._qtbot.waitUntil(lambda: bool(self.told), timeout=30_000)


@pytest.fixture
def document(tmp_path: Path, qtbot: QtBot) -> Iterator[InspectionDocument]:
    imported = bring_in("rated", location={"name": "The Invented Clinic"})
    path = tmp_path / "clinic.inspection"
    create_inspection_file(
        path, *start_with_edition(imported.change, imported.inspection), {}, tmp_path
    )
    document = InspectionDocument(path, tmp_path)
    yield document
    document.close()


@pytest.fixture
def calls(document: InspectionDocument, qtbot: QtBot) -> Calls:
    return Calls(qtbot, document.worker)


def _is_running(process: int) -> bool:
    if os.name == "nt":
        command = ["tasklist", "/FI", f"PID eq {process}", "/NH"]
        shown = subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603
        return str(process).encode() in shown
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_there_is_no_worker_before_the_first_job(
    document: InspectionDocument, calls: Calls
) -> None:
    assert document.worker.worker_id == 0
    calls.start(work.add, 40, 2, answer=int)
    assert calls.wait() == 42
    assert document.worker.worker_id not in {0, os.getpid()}


def test_jobs_see_the_inspection_as_it_was_when_they_were_asked_for(
    document: InspectionDocument, calls: Calls, tmp_path: Path
) -> None:
    root = document.inspection.id
    calls.start(work.wait_for, str(tmp_path / "go"))
    calls.wait_for_progress()
    names = ["First", "Second & <Third>", ""]
    for name in names:
        document.set_field(root, "location_name", name, "Change name")
        calls.start(work.name_location)
    document.undo_stack.undo()
    calls.start(work.name_location)
    (tmp_path / "go").touch()
    calls.wait(5)
    assert calls.ends == ["found", *names, "Second & <Third>"]


def test_the_worker_stays_and_remembers(calls: Calls) -> None:
    for _ in range(3):
        calls.start(work.remember)
    calls.wait(3)
    assert calls.ends == [1, 2, 3]


def test_photos_come_when_they_are_wanted(document: InspectionDocument, calls: Calls) -> None:
    photo = bytes(range(256)) * 4000
    calls.start(work.read_photo, document.add_attachment(photo))
    assert calls.wait() == len(photo)
    calls.start(work.read_photo, "0" * 64)
    assert calls.wait(2) is None


def test_errors_come_back_as_they_were_raised(calls: Calls) -> None:
    calls.start(work.fail_template)
    error = calls.wait()
    assert isinstance(error, TemplateFault)
    assert (error.line, error.part) == (7, "Cover")
    assert str(error) == "rated.html.j2, line 7 (in the part “Cover”): no such variable 'x'"
    calls.start(work.fail_content)
    error = calls.wait(2)
    assert isinstance(error, ContentFault)
    assert str(error) == "Two faults:\n  $.a: one\n  $.b: two"


def test_a_bug_of_ours_is_told_without_what_was_typed(
    calls: Calls, caplog: pytest.LogCaptureFixture
) -> None:
    calls.start(work.fail_ourselves)
    error = calls.wait()
    assert type(error) is InspectorError
    assert "Your inspection is safe" in str(error)
    assert "fail_ourselves" in caplog.text
    assert "Invented" not in caplog.text + str(error)
    calls.start(work.add, 1, 2)
    assert calls.wait(2) == 3


def test_a_cancelled_job_stops_and_says_so(calls: Calls, tmp_path: Path) -> None:
    job = calls.start(work.wait_for, str(tmp_path / "never"))
    calls.wait_for_progress()
    job.cancel()
    assert calls.wait() == "cancelled"
    calls.start(work.add, 1, 2)
    assert calls.wait(2) == 3


def test_a_job_that_hears_of_no_cancel_is_ended_and_the_others_are_done(
    calls: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_process, "_PATIENCE", 50)
    job = calls.start(work.hang, str(tmp_path / "never"))
    calls.start(work.add, 1, 2)
    calls.wait_for_progress()
    job.cancel()
    calls.wait(2)
    assert calls.ends == ["cancelled", 3]


def test_photos_are_read_beside_the_window(qtbot: QtBot) -> None:
    threads = []

    def read_attachment(sha256: str) -> bytes | None:
        threads.append(threading.current_thread())
        return sha256.encode()

    worker = WorkerProcess(Inspection, read_attachment)
    calls = Calls(qtbot, worker)
    calls.start(work.read_photo, "a photo")
    assert calls.wait() == len("a photo")
    assert threads
    assert threading.main_thread() not in threads
    worker.close()


def test_a_job_that_waits_can_be_cancelled_too(calls: Calls, tmp_path: Path) -> None:
    running = calls.start(work.wait_for, str(tmp_path / "never"))
    waiting = calls.start(work.remember)
    calls.wait_for_progress()
    # Orders are read one after the other: the running job is told to stop after the waiting one.
    waiting.cancel()
    running.cancel()
    calls.wait(2)
    assert calls.ends == ["cancelled", "cancelled"]
    calls.start(work.remember)
    assert calls.wait(3) == 1


def test_the_result_of_a_dropped_job_is_dropped(calls: Calls, tmp_path: Path) -> None:
    job = calls.start(work.wait_for, str(tmp_path / "go"))
    calls.wait_for_progress()
    late = calls.start(work.add, 1, 1)
    job.drop()
    late.drop()
    (tmp_path / "go").touch()
    calls.start(work.add, 1, 2)
    assert calls.wait() == 3
    assert calls.ends == [3]


def test_a_worker_that_is_killed_is_replaced_and_the_job_done(
    document: InspectionDocument, calls: Calls, tmp_path: Path
) -> None:
    document.set_field(document.inspection.id, "location_name", "Later name", "Change name")
    calls.start(work.wait_for, str(tmp_path / "go"))
    calls.start(work.name_location)
    calls.wait_for_progress()
    first = document.worker.worker_id
    assert calls.told[0] == (str(first), None)
    document.set_field(document.inspection.id, "location_name", "Latest name", "Change name")
    os.kill(first, getattr(signal, "SIGKILL", signal.SIGTERM))
    (tmp_path / "go").touch()
    calls.wait(2)
    # The second job had not begun: it sees what the new worker was given.
    assert calls.ends == ["found", "Latest name"]
    assert document.worker.worker_id not in {0, first}


def test_a_job_that_kills_one_worker_is_tried_in_another(calls: Calls, tmp_path: Path) -> None:
    calls.start(work.die_once, str(tmp_path / "died"))
    assert calls.wait() == "alive"


def test_a_job_that_kills_every_worker_is_told_and_others_go_on(calls: Calls) -> None:
    calls.start(work.die_always)
    calls.start(work.add, 1, 2)
    calls.wait(2)
    error, answer = calls.ends
    assert isinstance(error, WorkerStopped)
    assert "Your inspection is safe" in str(error)
    assert answer == 3


def test_a_worker_that_cannot_start_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    worker = WorkerProcess(Inspection, lambda _: None, command=[str(tmp_path / "nothing")])
    calls = Calls(qtbot, worker)
    calls.start(work.remember)
    error = calls.wait()
    assert isinstance(error, WorkerStopped)
    assert "cannot start" in str(error)
    worker.close()


def test_closing_in_the_midst_of_a_job_leaves_no_process(
    document: InspectionDocument, calls: Calls, tmp_path: Path
) -> None:
    calls.start(work.wait_for, str(tmp_path / "never"))
    calls.wait_for_progress()
    process = document.worker.worker_id
    assert _is_running(process)
    document.close()
    assert not _is_running(process)
    assert document.worker.worker_id == 0
    assert calls.ends == []
    calls.start(work.add, 1, 2)
    assert document.worker.worker_id == 0


def test_the_worker_loads_no_qt(calls: Calls) -> None:
    calls.start(work.list_modules)
    modules = calls.wait()
    assert "inspector_app.report.report" in modules
    assert not [name for name in modules if name.startswith(("PySide6", "shiboken6"))]
