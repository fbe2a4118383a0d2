"""Old backups go in a thread, once a day, and by one application only."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from inspector_app.document.retention import EVERY, Retention
from inspector_app.domain.local_copies import LastLook
from inspector_app.settings import get_backups_folder
from inspector_app.storage.copy_search import get_copy_folders
from inspector_app.storage.locking import try_lock
from inspector_app.storage.retention import read_last_look, write_last_look
from tests.storage.holdings import NOW, Computer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    computer = Computer(tmp_path / "computer")
    # As of now, in the folders of this test's own computer.
    computer.places = get_copy_folders(get_backups_folder())
    return computer


@pytest.fixture
def old(computer: Computer) -> Path:
    """A backup of an inspection that was closed two years ago; its file has all of it."""
    days = 800 - (datetime.now(UTC) - NOW).days
    computer.put_file(3, days)
    return computer.put_backup(2, days + 1)


@pytest.fixture
def make(computer: Computer, qtbot: QtBot) -> Iterator[Callable[[int], Retention]]:
    made: list[Retention] = []

    def make(days: int) -> Retention:
        retention = Retention(computer.places.backups, lambda: days, list)
        made.append(retention)
        return retention

    yield make
    for retention in made:
        retention.close()


def test_what_is_old_goes_once_a_day(
    make: Callable[[int], Retention], computer: Computer, old: Path, qtbot: QtBot
) -> None:
    retention = make(365)
    with qtbot.waitSignal(retention.looked):
        retention.look()
    assert not old.exists()
    look = read_last_look(computer.places.retention)
    assert look is not None
    assert look.removed
    retention.look()
    assert read_last_look(computer.places.retention) == look, "that was done today"
    write_last_look(
        computer.places.retention, LastLook(when=look.when - EVERY - timedelta(minutes=1))
    )
    with qtbot.waitSignal(retention.looked):
        retention.look()
    later = read_last_look(computer.places.retention)
    assert later is not None
    assert later.when >= look.when


def test_never_is_never(
    make: Callable[[int], Retention], computer: Computer, old: Path, qtbot: QtBot
) -> None:
    make(0).look()
    assert old.exists()
    assert read_last_look(computer.places.retention) is None


def test_of_two_applications_one_does_it(
    make: Callable[[int], Retention], computer: Computer, old: Path, qtbot: QtBot
) -> None:
    lock = computer.places.retention.with_suffix(".lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT)
    try:
        assert try_lock(descriptor)
        retention = make(365)
        with qtbot.waitSignal(retention.looked):
            retention.look()
        assert old.exists()
    finally:
        os.close(descriptor)
    with qtbot.waitSignal(retention.looked):
        retention.look()
    assert not old.exists()


def test_a_clock_that_was_wrong_stops_nothing(
    make: Callable[[int], Retention], computer: Computer, old: Path, qtbot: QtBot
) -> None:
    write_last_look(computer.places.retention, LastLook(when=datetime.now(UTC) + timedelta(days=9)))
    retention = make(365)
    with qtbot.waitSignal(retention.looked):
        retention.look()
    assert not old.exists()
