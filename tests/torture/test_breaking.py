"""The short form of `breaking.py`, and that it would notice what it looks for."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector_app.errors import InspectorError
from inspector_app.storage import database, flushed, journal
from tests.torture.breaking import FAULTS, Breaking, make_folder_in_memory, run_with_fault
from tests.torture.recording import Write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.storage.encryption import Key

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="what is recorded is how POSIX systems write"),
    # Where SQLite passes over an error, apsw still says that there was one.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
EVERY = 7


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_BUSY_MILLISECONDS", 20)


@pytest.fixture
def breaking() -> Iterator[Breaking]:
    with make_folder_in_memory() as folder:
        session = Breaking(Path(folder))
        with session.recorder:
            session.run()
            yield session


def test_a_crash_between_two_writes_loses_nothing(breaking: Breaking) -> None:
    assert breaking.steps > 400
    assert sum(isinstance(step, Write) for step in breaking.log) > 300
    for at in range(0, breaking.steps + 1, EVERY):
        breaking.crash(at)


def test_a_power_cut_loses_nothing_that_was_promised(breaking: Breaking) -> None:
    for at in range(1, breaking.steps + 1, EVERY):
        breaking.cut_power(at, "some", at)
        breaking.cut_power(at, "none", at)


@pytest.mark.parametrize(("error", "length"), FAULTS)
def test_work_goes_on_while_the_disk_fails_and_catches_up(error: int, length: int) -> None:
    first = FAULTS.index((error, length)) * 7
    for at in range(first, 600, 179):
        with make_folder_in_memory() as folder:
            run_with_fault(Path(folder), at, error, length)


def test_a_journal_that_is_not_flushed_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def write_only(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data)

    for module in (flushed, journal):
        monkeypatch.setattr(module, "write_flushed", write_only)
    with make_folder_in_memory() as folder:
        session = Breaking(Path(folder))
        with session.recorder:
            session.run()
            with pytest.raises(AssertionError):
                session.judge_promises()


def test_a_commit_that_is_not_flushed_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = database.connect

    def connect(path: Path, flags: int, key: Key | None = None) -> object:
        connection = real(path, flags, key)
        connection.pragma("synchronous", "OFF")
        return connection

    monkeypatch.setattr(database, "connect", connect)
    with make_folder_in_memory() as folder:
        session = Breaking(Path(folder))
        with session.recorder:
            session.run()
            with pytest.raises((AssertionError, InspectorError)):
                session.judge_promises()


def test_a_short_write_is_gone_on_with() -> None:
    for at in range(20, 500, 199):
        with make_folder_in_memory() as folder:
            run_with_fault(Path(folder), at, errno.EAGAIN, 3)
