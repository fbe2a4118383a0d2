"""The lists on the page with the details: activities, days, breaches, names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
)

from inspector_app.domain.entities import Person, PreviousBreach
from tests.ui.pages.details_driver import (
    ACTIVITIES,
    ALT,
    BREACHES,
    CTRL,
    Driver,
    Key,
    drive_details,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import RecordingPrompts

# The offscreen platform knows no keyboard grab, with which popups open.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def drive(
    make_file: Callable[..., Path], tmp_path: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> Iterator[Callable[..., Driver]]:
    yield from drive_details(make_file, tmp_path, qtbot, prompts)


def test_activities_are_found_by_part_of_their_name(drive: Callable[..., Driver]) -> None:
    driver = drive()
    rows = driver.rows("registered_activities")
    driver.focus(rows.lines[0])
    driver.type_on("disease inj")
    line = rows.lines[0]
    assert line.suggestions == ["Treatment of disease, disorder or injury"]
    driver.qtbot.keyClick(QApplication.activePopupWidget(), Key.Key_Return)
    assert driver.details.registered_activities == ("Treatment of disease, disorder or injury",)
    driver.press(Key.Key_Return)
    driver.type_on("Own wording of ours")
    driver.press(Key.Key_Return)
    assert QApplication.focusWidget() is rows.lines[2]
    assert driver.reopen().details.registered_activities == (
        "Treatment of disease, disorder or injury",
        "Own wording of ours",
    )


def test_typing_an_activity_is_one_step_though_suggestions_open(
    drive: Callable[..., Driver],
) -> None:
    driver = drive()
    line = driver.focus(driver.rows("registered_activities").lines[0])
    driver.qtbot.keyClicks(line, "care")
    assert QApplication.activePopupWidget() is not None
    driver.qtbot.keyClicks(line, " of ours")
    driver.qtbot.keyClick(line, Key.Key_Escape)
    driver.document.undo_stack.undo()
    assert not driver.document.undo_stack.canUndo()
    assert driver.reopen().details.registered_activities == ()


def test_activities_are_removed_and_moved_by_keys(drive: Callable[..., Driver]) -> None:
    driver = drive(registered_activities=ACTIVITIES)
    rows = driver.rows("registered_activities")
    driver.focus(rows.lines[2])
    driver.press(Key.Key_Up, ALT)
    assert driver.details.registered_activities == (ACTIVITIES[0], ACTIVITIES[2], ACTIVITIES[1])
    assert QApplication.focusWidget() is rows.lines[1]
    driver.press(Key.Key_Delete, CTRL)
    assert driver.details.registered_activities == (ACTIVITIES[0], ACTIVITIES[1])
    assert driver.document.undo_stack.undoText() == "Remove registered activity"
    assert QApplication.focusWidget() is rows.lines[1]
    driver.document.undo_stack.undo()
    driver.document.undo_stack.undo()
    assert [line.text() for line in rows.lines] == [*ACTIVITIES, ""]
    assert list(driver.reopen().details.registered_activities) == ACTIVITIES


def test_a_row_is_put_between_and_an_empty_one_goes(drive: Callable[..., Driver]) -> None:
    driver = drive(registered_activities=ACTIVITIES)
    rows = driver.rows("registered_activities")
    driver.focus(rows.lines[0])
    driver.press(Key.Key_Return)
    assert [line.text() for line in rows.lines] == [ACTIVITIES[0], "", *ACTIVITIES[1:], ""]
    driver.focus(rows.lines[3])
    assert [line.text() for line in rows.lines] == [*ACTIVITIES, ""]
    driver.focus(rows.lines[0])
    driver.press(Key.Key_Return)
    driver.type_on("X")
    assert driver.reopen().details.registered_activities == (
        ACTIVITIES[0], "X", *ACTIVITIES[1:],
    )  # fmt: skip


def test_days_of_the_visit_in_any_form(drive: Callable[..., Driver]) -> None:
    driver = drive()
    rows = driver.rows("visit_dates")
    driver.focus(rows.lines[0])
    for text in ("9/1/2020", "10 January 2020", "2020-01-13"):
        driver.type_on(text)
        driver.press(Key.Key_Return)
    assert [line.text() for line in rows.lines] == [
        "9 January 2020",
        "10 January 2020",
        "13 January 2020",
        "",
    ]
    days = (date(2020, 1, 9), date(2020, 1, 10), date(2020, 1, 13))
    assert driver.reopen().details.visit_dates == days


def test_a_range_takes_the_days_along_and_back(drive: Callable[..., Driver]) -> None:
    driver = drive(visit={"dates": ["2020-01-09", "2020-01-13"]})
    driver.choose("visit_mode", "From a day to a day")
    assert (driver.details.visit_from, driver.details.visit_to) == (
        date(2020, 1, 9),
        date(2020, 1, 13),
    )
    assert driver.details.visit_dates == ()
    assert not driver.rows("visit_dates").isVisible()
    driver.line("visit_to", "6 January 2020")
    driver.press(Key.Key_Return)
    assert driver.problem("visit_to") == "The last day is before the first, 9 January 2020."
    driver.document.undo_stack.undo()
    assert driver.problem("visit_to") == ""
    driver.document.undo_stack.undo()
    assert driver.rows("visit_dates").isVisible()
    assert driver.find(QComboBox, "visit_mode").currentIndex() == 0
    details = driver.reopen().details
    assert details.visit_dates == (date(2020, 1, 9), date(2020, 1, 13))
    assert details.visit_from is None


def test_a_range_can_be_typed_where_nothing_was(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.choose("visit_mode", "From a day to a day")
    driver.line("visit_from", "9 Jan 2020")
    driver.line("visit_to", "13 Jan 2020")
    driver.press(Key.Key_Return)
    details = driver.reopen().details
    assert (details.visit_from, details.visit_to) == (date(2020, 1, 9), date(2020, 1, 13))


def test_an_unread_day_of_the_visit_stays_in_its_row(drive: Callable[..., Driver]) -> None:
    driver = drive(visit={"dates": ["2020-01-09"]})
    rows = driver.rows("visit_dates")
    driver.focus(rows.lines[1])
    driver.type_on("tomorrow")
    driver.press(Key.Key_Return)
    assert "“tomorrow” is not a date" in rows.problem.text()
    driver.line("location_name", "Mill")
    assert [line.text() for line in rows.lines] == ["9 January 2020", "tomorrow", ""]
    assert driver.reopen().details.visit_dates == (date(2020, 1, 9),)


def test_previous_breaches_by_keyboard(drive: Callable[..., Driver]) -> None:
    driver = drive(previous_ratings={"date": "2018-06-01"})
    driver.qtbot.keyClick(driver.find(QPushButton, "add_previous_breach"), Key.Key_Space)
    (card,) = driver.page.breaches.rows
    assert QApplication.focusWidget() is card.regulation.line
    driver.type_on("good gov")
    assert card.regulation.line.suggestions[0].startswith("17 Good governance (2014)")
    driver.qtbot.keyClick(QApplication.activePopupWidget(), Key.Key_Return)
    driver.type_into(card.date.day_edit.line, "2/6/2018")
    driver.focus(card.now.combo)
    driver.press(Key.Key_Down)
    driver.focus(card.text.text)
    driver.type_on("No audits.")
    driver.focus(card.answer.text)
    driver.type_on("Four audits since.")
    driver.press(Key.Key_Return, CTRL)
    assert len(driver.page.breaches.rows) == 2
    second = driver.page.breaches.rows[1]
    assert QApplication.focusWidget() is second.regulation.line
    driver.type_on("12")
    ours, other = second.regulation.line.suggestions[:2]
    assert ours.startswith("12 Safe care and treatment (2014)")
    assert other.startswith("12 Statement of purpose (2009)")
    driver.press(Key.Key_Return)
    breaches = list(driver.reopen().all(PreviousBreach))
    assert [
        (item.regulation, item.date, item.now, item.text, item.answer) for item in breaches
    ] == [
        ("RA2014-17", date(2018, 6, 2), "met", "No audits.", "Four audits since."),
        ("RA2014-12", date(2018, 6, 1), None, "", ""),
    ]


def test_a_previous_breach_is_removed_and_comes_back(drive: Callable[..., Driver]) -> None:
    driver = drive(previous_breaches=BREACHES)
    first, second = driver.page.breaches.rows
    driver.focus(first.regulation.line)
    driver.press(Key.Key_Delete, CTRL)
    assert driver.page.breaches.rows == [second]
    assert QApplication.focusWidget() is second.regulation.line
    driver.document.undo_stack.undo()
    cards = driver.page.breaches.rows
    assert [card.text.text.toPlainText() for card in cards] == ["One", "Two"]
    assert cards[0].regulation.line.text().startswith("12 Safe care")
    # The rows that were made anew are laid out first.
    driver.qtbot.waitUntil(cards[1].remove.isVisible)
    driver.qtbot.mouseClick(cards[1].remove, Qt.MouseButton.LeftButton)
    driver.qtbot.waitUntil(lambda: len(driver.page.breaches.rows) == 1)
    assert [item.text for item in driver.reopen().all(PreviousBreach)] == ["One"]


def test_what_is_no_regulation_is_told_and_stays(drive: Callable[..., Driver]) -> None:
    driver = drive(previous_breaches=BREACHES)
    card = driver.page.breaches.rows[0]
    driver.type_into(card.regulation.line, "Regulation ninety")
    driver.focus(card.text.text)
    assert card.regulation.line.text() == "Regulation ninety"
    assert card.regulation.problem.text().startswith(
        "“Regulation ninety” is not in the list of regulations."
    )
    assert "stays regulation 12 Safe care and treatment (2014)" in card.regulation.problem.text()
    breach = next(driver.document.inspection.all(PreviousBreach))
    assert breach.regulation == "RA2014-12"
    driver.type_into(card.regulation.line, "17 Good governance (2014)")
    assert card.regulation.problem.property("role") == "hint"
    assert next(driver.reopen().all(PreviousBreach)).regulation == "RA2014-17"


def test_names_to_keep_out(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.focus(driver.find(QLineEdit, "people[0].name"))
    driver.type_on("Ann Example")
    driver.press(Key.Key_Tab)
    driver.type_on("nurse")
    driver.press(Key.Key_Return)
    driver.type_on("Bo Sample")
    driver.press(Key.Key_Return)
    assert QApplication.focusWidget() is driver.find(QLineEdit, "people[2].name")
    driver.document.undo_stack.undo()
    assert [item.name for item in driver.document.inspection.all(Person)] == ["Ann Example"]
    driver.document.undo_stack.redo()
    driver.focus(driver.find(QLineEdit, "people[1].name"))
    driver.press(Key.Key_Up, ALT)
    people = [(item.name, item.role) for item in driver.document.inspection.all(Person)]
    assert people == [("Bo Sample", ""), ("Ann Example", "nurse")]
    driver.press(Key.Key_Delete, CTRL)
    assert QApplication.focusWidget() is driver.find(QLineEdit, "people[0].name")
    people = [(item.name, item.role) for item in driver.reopen().all(Person)]
    assert people == [("Ann Example", "nurse")]
