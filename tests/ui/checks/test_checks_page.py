"""The page of the checks by clicks and keys, over a file that is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel, QLineEdit, QTreeWidget

from inspector_app.checks.check_run import CheckRun
from inspector_app.document import inspection_document, watching
from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Block, SetAside
from inspector_app.ui.checks.result_model import ASIDE
from inspector_app.ui.ratings.rating_choice import RatingButton
from tests.document.jobs import work
from tests.report.making import bring_in
from tests.ui.checks.driving import CONTENT, LEFT, PATIENCE, Checker, focus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

CONTROL = Qt.KeyboardModifier.ControlModifier
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
SMALL: dict[str, Any] = {
    "location": {"name": "The Invented Clinic", "id": "1-234"},
    "registered_activities": ["Surgical procedures"],
    "visit": {"type": "focused", "dates": ["2024-03-04"]},
    "sections": {
        name: [{"paragraph": "Written."}]
        for name in (
            "inspection_team",
            "background",
            "how_we_inspected",
            "key_findings",
            "overall_summary",
        )
    },
    "key_questions": {
        "safe": {
            "summary": [],
            "topics": [
                {"title": "Records", "lead": "Kept.", "body": [{"bullets": ["Staff kept notes."]}]}
            ],
        }
    },
}
"""An inspection in which there is nothing to look at."""


def wait_for_count(checker: Checker, text: str) -> None:
    checker.qtbot.waitUntil(lambda: checker.count.text() == text, timeout=PATIENCE)


def mark(checker: Checker) -> str:
    """Return how far the outline says that the checks are."""
    outline = checker.window.findChild(QTreeWidget, "outline")
    item = outline.findItems("Checks", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)[0]
    return str(item.data(0, ACCESSIBLE)).rpartition(", ")[2]


def type_into_topic(checker: Checker, text: str) -> Any:
    """Type a new bullet at the end of the topic “Records” and return its editor."""
    checker.open_entry("Records")
    editor: Any = focus()
    checker.qtbot.keyClick(editor, Qt.Key.Key_End, CONTROL)
    checker.qtbot.keyClick(editor, Qt.Key.Key_Return)
    checker.qtbot.keyClicks(editor, text)
    return editor


# -- following


def test_results_come_as_one_types_and_go_when_mended(
    open_checker: Callable[..., Checker],
) -> None:
    checker = open_checker(**SMALL)
    assert checker.count.text() == "Checking…"
    wait_for_count(checker, "No open checks")
    assert mark(checker) == "complete"
    editor = type_into_topic(checker, "TODO call 01632 960123")
    wait_for_count(checker, "1 error, 1 warning")
    assert mark(checker) == "begun"
    checker.show()
    assert checker.summary == "1 error, 1 warning, 1 kind of hint"
    assert checker.heads[:2] == ["1 error", "1 warning"]
    checker.open_entry("Records")
    for _ in range(len("TODO call 01632 960123")):
        checker.qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    checker.qtbot.keyClicks(editor, "Doctors kept notes.")
    wait_for_count(checker, "No open checks")
    assert mark(checker) == "complete"
    checker.show()
    assert checker.summary.startswith("Nothing to look at")
    assert checker.lines == []
    texts = [item.text for item in checker.reopen() if isinstance(item, Block)]
    assert "Doctors kept notes." in texts


def test_a_breach_statement_is_given_its_notice_from_the_check(
    open_checker: Callable[..., Checker],
) -> None:
    notice = {"regulation": "RA2014-12", "activities": ["Surgical procedures"]}
    how = {"how_not_met": [{"paragraph": "Rooms were cold."}]}
    findings = {**SMALL["sections"], "key_findings": [{"breach": "There was a breach."}]}
    content = {**SMALL, "sections": findings, "notices": [{**notice, **how}]}
    checker = open_checker(**content)
    checker.show()
    row = checker.find("does not say which notice")
    checker.select(row)
    checker.press("mend")
    line = checker.window.findChild(QLineEdit, "pick_line")
    checker.qtbot.keyClicks(line, "requirement notice")
    checker.qtbot.keyClick(line, Qt.Key.Key_Return)
    checker.qtbot.waitUntil(lambda: not checker.has("does not say which notice"), timeout=PATIENCE)
    (block,) = (item for item in checker.reopen() if getattr(item, "kind", "") == "breach")
    assert block.regulation == "RA2014-12"


def test_undo_brings_a_result_back_for_as_long_as_it_holds(
    open_checker: Callable[..., Checker],
) -> None:
    checker = open_checker(**SMALL)
    type_into_topic(checker, "TODO")
    wait_for_count(checker, "1 error")
    checker.qtbot.keyClick(checker.window, Qt.Key.Key_Z, CONTROL)
    wait_for_count(checker, "No open checks")
    checker.qtbot.keyClick(checker.window, Qt.Key.Key_Y, CONTROL)
    wait_for_count(checker, "1 error")


def test_what_is_selected_and_what_is_open_stay(checker: Checker) -> None:
    checker.show()
    kind = next(
        index
        for index, row in checker.lines
        if row.check == "finding_without_evidence" and row.result is None
    )
    checker.tree.expand(kind.parent())
    checker.tree.expand(kind)
    warnings = checker.find("warnings")
    checker.tree.collapse(warnings)
    checker.select(checker.find("is too good"))
    type_into_topic(checker, "TODO")
    checker.open_entry("Checks")
    checker.wait()
    assert checker.has("TODO")
    assert checker.current is not None
    assert "is too good" in checker.current.text
    opened = {
        (row.severity, row.check)
        for index, row in checker.lines
        if row.result is None and checker.tree.isExpanded(index)
    }
    assert opened == {("error", ""), ("hint", ""), ("hint", "finding_without_evidence")}


def test_a_closed_group_stays_closed_around_what_is_selected(checker: Checker) -> None:
    checker.show()
    checker.select(checker.find("The must “Tell staff"))
    checker.tree.collapse(checker.find("warnings"))
    type_into_topic(checker, "TODO")
    checker.open_entry("Checks")
    checker.wait()
    assert checker.has("TODO")
    assert not checker.tree.isExpanded(checker.find("warnings"))


def test_groups_that_are_new_are_open(open_checker: Callable[..., Checker]) -> None:
    content = {**SMALL, "actions": {"must": ["Mend it."], "should": []}}
    checker = open_checker(**content)
    checker.show()
    assert checker.heads == ["1 warning"]
    type_into_topic(checker, "TODO")
    checker.open_entry("Checks")
    checker.wait()
    assert checker.heads == ["1 error", "1 warning"]
    assert checker.tree.isExpanded(checker.find("1 error"))


def test_a_reason_that_is_being_typed_stays_when_the_checks_run_anew(checker: Checker) -> None:
    checker.show()
    checker.select(checker.find("The must “Tell staff"))
    checker.qtbot.keyClicks(checker.reason, "Agreed")
    with checker.qtbot.waitSignal(checker.tree.model().modelReset, timeout=PATIENCE):
        button = checker.window.findChild(RatingButton, "Effective.good")
        checker.qtbot.mouseClick(button, LEFT)
    assert checker.reason.text() == "Agreed"
    checker.select(checker.find("is too good"))
    assert checker.reason.text() == ""


# -- setting aside


def test_one_is_set_aside_with_a_reason_and_taken_back(checker: Checker) -> None:
    checker.show()
    before = checker.count.text()
    checker.select(checker.find("The must “Tell staff"))
    assert not checker.button("aside").isEnabled()
    checker.qtbot.keyClick(checker.reason, Qt.Key.Key_Return)
    checker.qtbot.keyClicks(checker.reason, "  Agreed with <b>legal</b> ")
    checker.press("aside")
    checker.qtbot.waitUntil(
        lambda: checker.is_listed("must_without_breach", ASIDE), timeout=PATIENCE
    )
    assert not checker.is_listed("must_without_breach", "warning")
    assert checker.count.text() != before
    # On to the one that took its place, in the same group.
    assert checker.current is not None
    assert checker.current.severity == "warning"
    line = next(
        index for index, row in checker.lines if row.severity == ASIDE and row.result is not None
    )
    checker.select(line)
    why = checker.window.findChild(QLabel, "result_why")
    assert "Set aside: Agreed with <b>legal</b>" in why.text()
    assert not checker.reason.isVisible()
    checker.press("back")
    checker.qtbot.waitUntil(
        lambda: checker.is_listed("must_without_breach", "warning"), timeout=PATIENCE
    )
    assert checker.count.text() == before
    assert list(checker.reopen().all(SetAside)) == []


def test_what_is_set_aside_is_in_the_file_and_undo_names_it(checker: Checker) -> None:
    checker.show()
    checker.select(checker.find("The must “Tell staff"))
    checker.qtbot.keyClicks(checker.reason, "Agreed")
    checker.qtbot.keyClick(checker.reason, Qt.Key.Key_Return)
    undo = checker.window.findChild(QAction, "action_undo")
    assert undo.text() == "&Undo: Set aside: Must without a breach"
    checker.qtbot.waitUntil(
        lambda: checker.is_listed("must_without_breach", ASIDE), timeout=PATIENCE
    )
    checker.qtbot.keyClick(checker.window, Qt.Key.Key_Z, CONTROL)
    # The step is undone where it was made.
    assert checker.tree.isVisible()
    checker.qtbot.waitUntil(
        lambda: checker.is_listed("must_without_breach", "warning"), timeout=PATIENCE
    )
    checker.qtbot.keyClick(checker.window, Qt.Key.Key_Y, CONTROL)
    (kept,) = checker.reopen().all(SetAside)
    assert (kept.check, kept.reason) == ("must_without_breach", "Agreed")


def test_all_of_a_kind_are_set_aside_and_taken_back(checker: Checker) -> None:
    checker.show()
    count = sum(row.check == "telephone" for _, row in checker.lines)
    assert count == 8
    checker.select(next(index for index, row in checker.lines if row.check == "telephone"))
    checker.qtbot.keyClicks(checker.reason, "All of them are the ward's")
    checker.press("aside_all")
    checker.qtbot.waitUntil(lambda: checker.has(f"({count})"), timeout=PATIENCE)
    assert not checker.is_listed("telephone", "warning")
    # Those to come are set aside as well.
    type_into_topic(checker, "Please call 01632 960999")
    checker.open_entry("Checks")
    checker.wait()
    kind = next(
        index
        for index, row in checker.lines
        if row.check == "telephone" and row.severity == ASIDE and row.result is None
    )
    assert str(kind.data()).endswith(f"({count + 1})")
    checker.select(kind)
    assert checker.button("back").text() == "Show &all of this kind again"
    checker.press("back")
    checker.qtbot.waitUntil(lambda: checker.is_listed("telephone", "warning"), timeout=PATIENCE)
    assert not checker.is_listed("telephone", ASIDE)
    assert list(checker.reopen().all(SetAside)) == []


def test_hints_are_set_aside_by_the_kind_with_the_keyboard(checker: Checker) -> None:
    checker.show()
    kind = next(
        index
        for index, row in checker.lines
        if row.check == "finding_without_evidence" and row.result is None
    )
    checker.select(kind)
    assert not checker.button("aside").isVisible()
    checker.qtbot.keyClicks(checker.reason, "Notes are on paper")
    checker.qtbot.keyClick(checker.reason, Qt.Key.Key_Return)
    checker.qtbot.waitUntil(
        lambda: checker.is_listed("finding_without_evidence", ASIDE), timeout=PATIENCE
    )
    (kept,) = checker.reopen().all(SetAside)
    assert (kept.check, kept.place, kept.reason) == (
        "finding_without_evidence",
        "",
        "Notes are on paper",
    )


def test_nothing_is_set_aside_in_a_published_inspection(
    open_checker: Callable[..., Checker],
) -> None:
    checker = open_checker(**{**CONTENT, "state": "published"})
    checker.show()
    checker.select(checker.find("The must “Tell staff"))
    for name in ("aside", "aside_all", "back"):
        assert not checker.button(name).isVisible()
    assert not checker.reason.isVisible()
    checker.press("go")
    assert focus().objectName().endswith(".text")


# -- what fails, and what ends


def fail_then_check(monkeypatch: pytest.MonkeyPatch, failures: int) -> None:
    """Have the first questions of the checks fail in the worker."""
    left = [failures]

    def load() -> watching.Question[CheckRun]:
        left[0] -= 1
        return (work.fail_template, CheckRun) if left[0] >= 0 else watching.load_checks()

    monkeypatch.setattr(inspection_document, "load_checks", load)


def test_checks_that_fail_say_so_and_the_window_goes_on(
    open_checker: Callable[..., Checker], monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_then_check(monkeypatch, 1)
    checker = open_checker(**SMALL)
    wait_for_count(checker, "Checks could not be run")
    checker.qtbot.mouseClick(checker.count, LEFT)
    problem = checker.window.findChild(QLabel, "checks_problem")
    assert problem.isVisible()
    assert "line 7" in problem.text()
    assert not checker.window.findChild(QLabel, "checks_summary").isVisible()
    type_into_topic(checker, "TODO")
    wait_for_count(checker, "1 error")
    checker.open_entry("Checks")
    checker.wait()
    assert not problem.isVisible()
    assert checker.has("TODO")
    assert "TODO" in {item.text for item in checker.reopen() if isinstance(item, Block)}


def test_closing_while_the_checks_run_leaves_nothing_behind(
    open_checker: Callable[..., Checker], caplog: pytest.LogCaptureFixture
) -> None:
    checker = open_checker(**CONTENT)
    type_into_topic(checker, "TODO")
    checker.qtbot.mouseClick(checker.count, LEFT)
    document = checker.window.findChild(InspectionDocument)
    checker.qtbot.waitUntil(lambda: bool(document.worker.worker_id))
    with checker.qtbot.waitSignal(document.destroyed, timeout=PATIENCE):
        checker.window.findChild(QAction, "action_close").trigger()
        assert document.worker.worker_id == 0
        answered = QSignalSpy(document.checks.changed)
    assert answered.count() == 0
    assert not checker.count.isVisible()
    assert caplog.text == ""


def test_another_inspection_in_the_same_window_has_results_of_its_own(
    open_checker: Callable[..., Checker], make_file: Callable[..., Path]
) -> None:
    checker = open_checker(**CONTENT)
    checker.show()
    checker.window.open_file(make_file("other.inspection", bring_in("rated", **SMALL)))
    assert checker.count.text() == "Checking…"
    wait_for_count(checker, "No open checks")
    checker.show()
    assert checker.lines == []


def test_two_windows_do_not_mix(open_checker: Callable[..., Checker]) -> None:
    first = open_checker("first", **SMALL)
    second = open_checker("second", **SMALL)
    wait_for_count(first, "No open checks")
    wait_for_count(second, "No open checks")
    type_into_topic(second, "TODO")
    wait_for_count(second, "1 error")
    assert first.count.text() == "No open checks"
    first.show()
    assert first.lines == []
    assert not any("TODO" in getattr(item, "text", "") for item in first.reopen())


def test_the_whole_message_is_to_be_read(checker: Checker) -> None:
    checker.show()
    checker.window.resize(900, 700)
    checker.select(checker.find("is too good"))
    message = checker.window.findChild(QLabel, "result_message")
    checker.qtbot.waitUntil(lambda: message.height() >= message.heightForWidth(message.width()) > 0)
