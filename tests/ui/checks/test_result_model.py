"""The tree of results under Qt's model tester, and how it tells lines apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from inspector_app.checks.check_run import CheckRun
from inspector_app.checks.counts import count_results, describe_counts, describe_open
from inspector_app.checks.result import CheckResult, Location, Severity
from inspector_app.checks.running import run_checks
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.ui.checks.result_model import ASIDE, ROW, CheckResultModel
from tests.report.making import bring_in
from tests.ui.checks.driving import CONTENT

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

# Marks are painted.
pytestmark = pytest.mark.usefixtures("qapp")

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
DECORATION = Qt.ItemDataRole.DecorationRole


def make_result(
    check: str, severity: Severity, key: str, message: str = "Look at this.", excerpt: str = ""
) -> CheckResult:
    return CheckResult(
        check=check,
        severity=severity,
        message=message,
        place=Location("a", "text"),
        excerpt=excerpt,
        key=key,
    )


def make_run(*results: CheckResult, aside: tuple[tuple[CheckResult, str], ...] = ()) -> CheckRun:
    return CheckRun(results=results, set_aside=aside)


def texts(model: CheckResultModel, above: QModelIndex | None = None) -> list[str]:
    parent = above or QModelIndex()
    return [str(model.index(row, 0, parent).data()) for row in range(model.rowCount(parent))]


ERROR = make_result("placeholder", "error", "a/1")
SAME_PLACE = make_result("telephone", "warning", "a/1", "“<b>01632</b>”\n is another number.")
HINTS = [make_result("long_sentence", "hint", f"a/{n}", excerpt=f"Sentence {n}") for n in (2, 3)]


def test_the_model_holds_what_qt_asks_of_models(qtmodeltester: ModelTester) -> None:
    model = CheckResultModel()
    qtmodeltester.check(model)
    inspection = bring_in("rated", **CONTENT).inspection
    framework = load_framework(inspection.details.framework)
    found = run_checks(inspection, framework, load_reference())
    set_aside = tuple((result, "Agreed") for result in found.results[::3])
    for run in (found, make_run(*found.results[1:5], aside=set_aside), None, found):
        model.show_run(run)
        qtmodeltester.check(model)
    assert model.rowCount() == 3


def test_results_stand_by_gravity_and_hints_by_their_kind() -> None:
    model = CheckResultModel()
    model.show_run(make_run(ERROR, SAME_PLACE, *HINTS, aside=((ERROR, "Agreed"),)))
    assert texts(model) == ["1 error", "1 warning", "1 kind of hint", "1 set aside"]
    errors, warnings, hints, aside = (model.index(row, 0) for row in range(4))
    assert texts(model, errors) == ["Look at this."]
    # What a person typed is one line of plain text.
    assert texts(model, warnings) == ["“<b>01632</b>” is another number."]
    assert model.index(0, 0, warnings).data(ACCESSIBLE).startswith("warning: ")
    kind = model.index(0, 0, hints)
    assert str(kind.data()).endswith("(2)")
    assert kind.data(DECORATION) is None
    assert texts(model, kind) == ["Sentence 2", "Sentence 3"]
    line = model.index(0, 0, model.index(0, 0, aside)).data(ROW)
    assert (line.severity, line.reason) == (ASIDE, "Agreed")


def test_a_line_is_found_again_by_gravity_check_and_key() -> None:
    model = CheckResultModel()
    model.show_run(make_run(ERROR, SAME_PLACE))
    for head, result in ((0, ERROR), (1, SAME_PLACE)):
        line = model.index(0, 0, model.index(head, 0)).data(ROW)
        assert line.result is result
        assert model.find(line) == model.index(0, 0, model.index(head, 0))
    heading = model.index(1, 0).data(ROW)
    model.show_run(make_run(SAME_PLACE, make_result("telephone", "warning", "a/9")))
    assert model.find(line).row() == 0
    # The heading counts two now, and is still the heading.
    assert model.find(heading).data() == "2 warnings"
    model.show_run(make_run(aside=((SAME_PLACE, "Agreed"),)))
    assert not model.find(line).isValid()


def test_no_index_outlives_what_it_pointed_to() -> None:
    model = CheckResultModel()
    model.show_run(make_run(ERROR, *HINTS))
    kept = QPersistentModelIndex(model.index(0, 0, model.index(0, 0)))
    model.show_run(make_run())
    assert not kept.isValid()
    assert model.data(kept) is None
    assert model.rowCount() == 0


@pytest.mark.parametrize(
    ("severity", "number", "words"),
    [
        ("error", 1, "1 error"),
        ("error", 0, "no errors"),
        ("warning", 12, "12 warnings"),
        ("hint", 1, "1 kind of hint"),
        ("hint", 2, "2 kinds of hint"),
        ("hint", 0, "no hints"),
    ],
)
def test_counts_in_words(severity: Severity, number: int, words: str) -> None:
    assert count_results(severity, number) == words


def test_results_in_words() -> None:
    assert describe_open(None) == "Checking…"
    assert describe_open(make_run(*HINTS)) == "No open checks"
    assert describe_open(make_run(ERROR, ERROR, SAME_PLACE)) == "2 errors, 1 warning"
    assert describe_counts(make_run(*HINTS)) == "No errors, no warnings, 1 kind of hint"
    assert describe_counts(make_run(SAME_PLACE)) == "No errors, 1 warning, no hints"
