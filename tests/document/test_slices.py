"""Steps between the events of the window: which are taken when, and what ends a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from shiboken6 import isValid

from inspector_app.document.slices import Slices
from inspector_app.errors import FileProblem

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytestqt.qtbot import QtBot

    from inspector_app.document.slices import Steps

LONG = 60_000
"""Milliseconds: more than any test takes."""


class Task:
    """Counts its steps, and hears of its end."""

    def __init__(self) -> None:
        self.taken = 0
        self.ends: list[Any] = []

    def steps(self, count: int, error: Exception | None = None) -> Steps[str]:
        for _ in range(count):
            self.taken += 1
            yield None
        if error is not None:
            raise error
        return "result"


@pytest.fixture
def parent(qtbot: QtBot) -> QObject:
    return QObject()


@pytest.fixture
def task() -> Task:
    return Task()


def test_a_slice_without_a_budget_is_one_step(parent: QObject, task: Task, qtbot: QtBot) -> None:
    slices = Slices(0, parent)
    slices.start(task.steps(3), task.ends.append)
    assert (task.taken, slices.is_running) == (0, True), "events come first"
    slices.take(0)
    assert task.taken == 1
    qtbot.waitUntil(lambda: bool(task.ends))
    assert (task.taken, task.ends, slices.is_running) == (3, ["result"], False)


def test_a_slice_takes_as_many_steps_as_there_is_time_for(parent: QObject, task: Task) -> None:
    slices = Slices(0, parent)
    slices.start(task.steps(1000), task.ends.append)
    slices.take(LONG)
    assert (task.taken, task.ends) == (1000, ["result"])
    slices.take(LONG)
    slices.finish()
    assert task.ends == ["result"]


def test_all_can_be_taken_now(parent: QObject, task: Task) -> None:
    slices = Slices(0, parent)
    slices.start(task.steps(50), task.ends.append, wait=LONG)
    slices.finish()
    assert (task.taken, task.ends) == (50, ["result"])


def test_a_task_begins_after_its_wait(parent: QObject, task: Task) -> None:
    slices = Slices(LONG, parent)
    slices.start(task.steps(1), wait=LONG)
    QCoreApplication.processEvents()
    assert (task.taken, slices.is_running) == (0, True)


def test_a_step_that_waits_for_somebody_else_ends_the_slice(parent: QObject, task: Task) -> None:
    def wait_in_steps() -> Generator[int, None, None]:
        while True:
            task.taken += 1
            yield LONG

    slices = Slices(LONG, parent)
    slices.start(wait_in_steps())
    slices.take(LONG)
    assert task.taken == 1
    QCoreApplication.processEvents()
    assert (task.taken, slices.is_running) == (1, True)


def test_a_newer_task_takes_the_place_of_the_last(
    parent: QObject, task: Task, qtbot: QtBot
) -> None:
    slices, newer = Slices(0, parent), Task()
    slices.start(task.steps(3), task.ends.append)
    slices.take(0)
    slices.start(newer.steps(2), newer.ends.append)
    qtbot.waitUntil(lambda: bool(newer.ends))
    assert (task.taken, task.ends) == (1, [])
    assert newer.taken == 2


def test_a_task_that_is_given_up_is_told_no_more(parent: QObject, task: Task) -> None:
    slices = Slices(0, parent)
    slices.start(task.steps(3), task.ends.append)
    slices.take(0)
    slices.stop()
    QCoreApplication.processEvents()
    slices.finish()
    assert (task.taken, task.ends, slices.is_running) == (1, [], False)


def test_a_step_may_begin_another_task_or_give_its_own_up(parent: QObject, task: Task) -> None:
    slices, newer = Slices(LONG, parent), Task()

    def begin_another() -> Steps[str]:
        slices.start(newer.steps(2), newer.ends.append)
        yield None
        return "never told"

    def give_up() -> Steps[str]:
        slices.stop()
        return "never told"
        yield

    slices.start(begin_another(), task.ends.append)
    slices.take(LONG)
    assert (newer.taken, slices.is_running) == (0, True)
    slices.finish()
    assert newer.ends == ["result"]
    slices.start(give_up(), task.ends.append)
    slices.take(LONG)
    assert (task.ends, slices.is_running) == ([], False)


def test_an_error_ends_the_task_and_is_told(parent: QObject, task: Task) -> None:
    slices, problem = Slices(0, parent), FileProblem("The backup cannot be read.")
    errors: list[Exception] = []
    slices.start(task.steps(1, problem), task.ends.append, errors.append)
    slices.finish()
    assert (errors, task.ends, slices.is_running) == ([problem], [], False)


@pytest.mark.parametrize("error", [FileProblem("Nobody hears of this one."), KeyError("ours")])
def test_an_error_that_nobody_expects_is_raised_once(
    parent: QObject, task: Task, error: Exception
) -> None:
    slices = Slices(0, parent)
    slices.start(task.steps(1, error), task.ends.append)
    with pytest.raises(type(error)):
        slices.finish()
    assert not slices.is_running
    slices.finish()


def test_the_last_step_may_let_go_of_what_owns_it(task: Task, qtbot: QtBot) -> None:
    """A page without a window goes with the generator that makes the rest of it."""

    def let_go(owner: list[QObject]) -> Steps[str]:
        yield None
        owner.clear()
        return "never told"

    owner = [QObject()]
    slices = Slices(0, owner[0])
    slices.start(let_go(owner), task.ends.append)
    qtbot.waitUntil(lambda: not isValid(slices))
    assert task.ends == []
