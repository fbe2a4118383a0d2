"""Questions that are asked again, in the background, after each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtTest import QSignalSpy

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.document.watching import Watch
from inspector_app.frameworks.editions import start_with_edition
from inspector_app.storage.new_files import create_inspection_file
from tests.document.jobs import work
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PATIENCE = 30_000


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


class Question:
    """Asks for the name of the location, and counts how often it was asked."""

    def __init__(self) -> None:
        self.count = 0
        self.function: Callable[..., Any] = work.name_location

    def load(self) -> tuple[Callable[..., Any], type[str]]:
        self.count += 1
        return self.function, str


def follow(
    document: InspectionDocument, load: Callable[[], tuple[Callable[..., Any], type[str]]]
) -> Watch[str]:
    watch = Watch(document.worker, load)
    document.changed.connect(watch.follow)
    return watch


def rename(document: InspectionDocument, name: str) -> None:
    document.set_field(document.inspection.id, "location_name", name, "Change name")


def test_nothing_is_asked_before_somebody_wants_to_know(
    document: InspectionDocument, qtbot: QtBot
) -> None:
    question = Question()
    watch = follow(document, question.load)
    rename(document, "One")
    with qtbot.assertNotEmitted(watch.changed, wait=0):
        pass
    assert (question.count, document.worker.worker_id, watch.answer) == (0, 0, None)
    with qtbot.waitSignal(watch.changed, timeout=PATIENCE):
        watch.start()
    assert (watch.answer, watch.is_fresh, question.count) == ("One", True, 1)


def test_many_changes_are_one_question(document: InspectionDocument, qtbot: QtBot) -> None:
    question = Question()
    watch = follow(document, question.load)
    with qtbot.waitSignal(watch.changed, timeout=PATIENCE):
        watch.start()
    with qtbot.waitSignal(watch.changed, timeout=PATIENCE):
        for name in ("A", "Ab", "Abc"):
            rename(document, name)
            assert not watch.is_fresh
    assert (watch.answer, watch.is_fresh, question.count) == ("Abc", True, 2)
    # To want it twice is to want it.
    watch.start()
    with qtbot.waitSignal(watch.changed, timeout=PATIENCE):
        document.undo_stack.undo()
    assert (watch.answer, question.count) == ("Ab", 3)


def test_what_changes_while_it_is_asked_is_asked_afterwards(
    document: InspectionDocument, qtbot: QtBot
) -> None:
    question = Question()
    watch = follow(document, question.load)
    answers = []
    watch.changed.connect(lambda: answers.append((watch.answer, watch.is_fresh)))
    watch.start()
    qtbot.waitUntil(lambda: question.count == 1)
    rename(document, "Another")
    qtbot.waitUntil(lambda: watch.answer == "Another", timeout=PATIENCE)
    assert answers == [("The Invented Clinic", False), ("Another", True)]


def test_whoever_stopped_hears_no_more_until_it_starts_again(
    document: InspectionDocument, qtbot: QtBot
) -> None:
    question, other = Question(), Question()
    watch, beside = follow(document, question.load), follow(document, other.load)
    with qtbot.waitSignals([watch.changed, beside.changed], timeout=PATIENCE):
        watch.start()
        beside.start()
    watch.stop()
    with qtbot.waitSignal(beside.changed, timeout=PATIENCE):
        rename(document, "Another")
    assert (question.count, watch.answer, watch.is_fresh) == (1, "The Invented Clinic", False)
    with qtbot.waitSignal(watch.changed, timeout=PATIENCE):
        watch.start()
    assert (question.count, watch.answer) == (2, "Another")


def test_what_was_looked_at_meanwhile_is_not_asked_again(
    document: InspectionDocument, qtbot: QtBot
) -> None:
    question, other = Question(), Question()
    watch, beside = follow(document, question.load), follow(document, other.load)
    with qtbot.waitSignal(watch.changed, timeout=PATIENCE):
        watch.start()
    watch.stop()
    watch.start()
    with qtbot.waitSignal(beside.changed, timeout=PATIENCE):
        beside.start()
    assert (question.count, watch.is_fresh) == (1, True)


def test_a_failed_question_is_told_and_the_last_answer_stays(
    document: InspectionDocument, qtbot: QtBot
) -> None:
    question = Question()
    watch = follow(document, question.load)
    with qtbot.waitSignal(watch.changed, timeout=PATIENCE):
        watch.start()
    question.function = work.fail_template
    with qtbot.waitSignal(watch.changed, timeout=PATIENCE):
        rename(document, "Another")
    assert "line 7" in watch.problem
    assert (watch.answer, watch.is_fresh) == ("The Invented Clinic", False)
    question.function = work.name_location
    with qtbot.waitSignal(watch.changed, timeout=PATIENCE):
        rename(document, "A third")
    assert (watch.problem, watch.answer, watch.is_fresh) == ("", "A third", True)


def test_after_closing_nothing_is_asked(document: InspectionDocument, qtbot: QtBot) -> None:
    question = Question()
    watch = document.checks
    with qtbot.waitSignal(watch.changed, timeout=PATIENCE):
        watch.start()
    other = follow(document, question.load)
    other.start()
    rename(document, "Another")
    heard = QSignalSpy(watch.changed)
    document.close()
    assert document.worker.worker_id == 0
    # Its own clock is stopped; another's question goes nowhere.
    qtbot.waitUntil(lambda: question.count == 1)
    assert document.worker.worker_id == 0
    assert heard.count() == 0
