"""The page with the inspection's details, driven as a person would, over a saved file."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QToolButton,
)

from inspector_app.domain.entities import Details, Person, PreviousBreach
from inspector_app.ui.pages.details import DetailsPage
from inspector_app.ui.pages.scroll_page import WIDEST_TEXT
from inspector_app.ui.widgets.date_fields import CalendarButton
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

LEFT = Qt.MouseButton.LeftButton
HOSTILE = "<script>alert(1)</script> {{ x }} & 😀 «\u202eold»"


@pytest.fixture
def drive(
    make_file: Callable[..., Path], tmp_path: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> Iterator[Callable[..., Driver]]:
    yield from drive_details(make_file, tmp_path, qtbot, prompts)


def test_every_field_is_typed_and_in_the_file(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.line("location_name", "Mill Lane Clinic")
    driver.line("location_id", "1-0001")
    driver.line("service_type", "Doctors consultation service")
    address = driver.find(QPlainTextEdit, "address")
    driver.focus(address)
    driver.type_on("4 Mill Lane")
    driver.press(Key.Key_Return)
    driver.type_on("Netherwick")
    driver.line("telephone", "01632 960147")
    driver.line("website", "www.example.org.uk")
    driver.line("provider_name", "Mill Health Ltd")
    driver.line("provider_id", "1-0002")
    driver.choose("visit_type", "Follow-up")
    driver.choose("announced", "Announced")
    driver.qtbot.keyClick(driver.focus(driver.find(QCheckBox, "short_notice")), Key.Key_Space)
    driver.line("publication_date", "16/3/20")
    driver.line("previous_rating_date", "1 June 2018")
    driver.choose("previous_ratings.overall", "Requires improvement")
    driver.choose("previous_ratings.safe", "Not rated")
    driver.line("previous_rating_note", "previous rating June 2018")
    driver.line("signatory_name", "Dr A Example")
    driver.line("signatory_title", "Chief Inspector")
    driver.choose("state", "Factual accuracy")
    inspection = driver.reopen()
    assert inspection == driver.document.inspection
    expected = Details(
        id=driver.root,
        framework="independent_health_2018",
        regime="rated",
        external_id=inspection.details.external_id,
        framework_version=inspection.details.framework_version,
        state="factual_accuracy",
        state_dates=inspection.details.state_dates,
        provider_name="Mill Health Ltd",
        provider_id="1-0002",
        location_name="Mill Lane Clinic",
        location_id="1-0001",
        service_type="Doctors consultation service",
        address=("4 Mill Lane", "Netherwick"),
        telephone="01632 960147",
        website="www.example.org.uk",
        visit_type="follow_up",
        announced=True,
        short_notice=True,
        publication_date=date(2020, 3, 16),
        previous_rating_date=date(2018, 6, 1),
        previous_ratings={"overall": "requires_improvement", "safe": "not_rated"},
        previous_rating_note="previous rating June 2018",
        signatory_name="Dr A Example",
        signatory_title="Chief Inspector",
    )
    assert inspection.details == expected
    assert "factual_accuracy" in inspection.details.state_dates


def test_each_choice_can_be_taken_back(drive: Callable[..., Driver]) -> None:
    driver = drive(visit={"announced": True})
    driver.choose("announced", "Unannounced")
    assert driver.details.announced is False
    driver.choose("announced", "Not known")
    assert driver.details.announced is None
    driver.choose("previous_ratings.caring", "Good")
    assert driver.document.undo_stack.undoText() == "Change previous rating of Caring"
    driver.choose("previous_ratings.caring", "Not known")
    assert driver.reopen().details.previous_ratings == {}


def test_an_inspection_without_a_state_is_shown_as_a_draft(drive: Callable[..., Driver]) -> None:
    driver = drive()
    assert driver.details.state is None
    assert driver.find(QComboBox, "state").currentText() == "Draft"


def test_what_is_no_date_is_told_and_stays(drive: Callable[..., Driver]) -> None:
    driver = drive(visit={"publication_date": "2020-03-16"})
    line = driver.line("publication_date", "16 Match 2021")
    assert driver.problem("publication_date") == ""
    driver.press(Key.Key_Tab)
    assert line.text() == "16 Match 2021"
    assert driver.problem("publication_date") == (
        "“16 Match 2021” is not a date. Write it like 9 January 2020 or 9/1/2020. "
        "Until then the date stays 16 March 2020."
    )
    assert driver.details.publication_date == date(2020, 3, 16)
    driver.type_into(line, "16 March 2021")
    assert driver.problem("publication_date") == ""
    assert driver.reopen().details.publication_date == date(2021, 3, 16)


def test_a_half_typed_year_is_not_taken_for_another(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.line("publication_date", "9/1/202")
    driver.press(Key.Key_Tab)
    assert driver.reopen().details.publication_date is None


def test_a_date_is_emptied_and_that_undone(drive: Callable[..., Driver]) -> None:
    driver = drive(visit={"publication_date": "2020-03-16"})
    line = driver.line("publication_date", "")
    assert driver.details.publication_date is None
    driver.document.undo_stack.undo()
    assert line.text() == "16 March 2020"
    assert driver.reopen().details.publication_date == date(2020, 3, 16)


def test_a_day_is_picked_in_the_calendar_by_keys(drive: Callable[..., Driver]) -> None:
    driver = drive(visit={"publication_date": "2020-03-16"})
    driver.focus(driver.find(QLineEdit, "publication_date"))
    driver.press(Key.Key_F4)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    view = popup.findChild(QTableView)
    driver.qtbot.keyClick(view, Key.Key_Right)
    driver.qtbot.keyClick(view, Key.Key_Return)
    assert not popup.isVisible()
    assert driver.find(QLineEdit, "publication_date").text() == "17 March 2020"
    assert driver.reopen().details.publication_date == date(2020, 3, 17)


def test_a_day_is_picked_in_the_calendar_by_mouse(drive: Callable[..., Driver]) -> None:
    driver = drive(visit={"publication_date": "2020-03-16"})
    line = driver.find(QLineEdit, "publication_date")
    button = line.parentWidget().findChild(CalendarButton)
    driver.qtbot.waitUntil(lambda: button.height() == button.sizeHint().height())
    driver.qtbot.mouseClick(button, LEFT)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    step = next(item for item in popup.findChildren(QToolButton) if "Next month" in item.toolTip())
    driver.qtbot.mouseClick(step, LEFT)
    view = popup.findChild(QTableView)
    # The names of the days are whole.
    names = [view.model().index(0, column) for column in range(7)]
    for name in names:
        assert view.visualRect(name).width() >= view.fontMetrics().horizontalAdvance(name.data())
    assert [name.data() for name in names] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    # The first row of days ends with Sunday 5 April.
    driver.qtbot.mouseClick(
        view.viewport(), LEFT, pos=view.visualRect(view.model().index(1, 6)).center()
    )
    assert line.text() == "5 April 2020"
    assert driver.reopen().details.publication_date == date(2020, 4, 5)


def test_the_frameworks_title_is_offered(drive: Callable[..., Driver]) -> None:
    driver = drive()
    offer = driver.find(QPushButton, "offer_signatory_title")
    driver.qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert not offer.isVisible()
    title = driver.document.framework.signatory_title
    assert driver.find(QLineEdit, "signatory_title").text() == title
    assert driver.reopen().details.signatory_title == title


def test_typing_is_one_step_until_the_field_is_left(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.line("provider_name", "Mill")
    driver.focus(driver.find(QLineEdit, "provider_id"))
    driver.focus(driver.find(QLineEdit, "provider_name"))
    driver.press(Key.Key_End)
    driver.type_on(" Lane")
    stack = driver.document.undo_stack
    assert stack.count() == 2
    assert stack.undoText() == "Change Provider name"
    stack.undo()
    assert driver.find(QLineEdit, "provider_name").text() == "Mill"
    stack.undo()
    assert driver.find(QLineEdit, "provider_name").text() == ""


def test_the_wheel_over_choices_changes_nothing(drive: Callable[..., Driver]) -> None:
    driver = drive(visit={"type": "focused", "announced": True}, state="draft")
    before = driver.document.inspection
    driver.focus(driver.find(QLineEdit, "location_name"))
    for combo in driver.page.findChildren(QComboBox):
        turn = QWheelEvent(
            QPointF(5, 5),
            QPointF(combo.mapToGlobal(QPoint(5, 5))),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(combo, turn)
    assert driver.document.inspection == before


def test_hostile_text_is_text(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.focus(driver.find(QLineEdit, "location_name"))
    driver.paste("x" * 10_000)
    driver.focus(driver.find(QLineEdit, "service_type"))
    driver.paste(f"{HOSTILE}\nsecond\r\nthird\u2028fourth")
    driver.focus(driver.find(QPlainTextEdit, "address"))
    driver.paste(f"{HOSTILE}\n" * 50)
    driver.focus(driver.rows("registered_activities").lines[0])
    driver.paste(f"{HOSTILE}\n{HOSTILE}")
    driver.line("publication_date", "")
    driver.paste("9" * 10_000)
    driver.focus(driver.find(QLineEdit, "people[0].name"))
    driver.paste(HOSTILE)
    assert len(driver.problem("publication_date")) < 200
    assert driver.page.scroll_area.horizontalScrollBar().maximum() == 0
    inspection = driver.reopen()
    details = inspection.details
    assert details.location_name == "x" * 10_000
    assert details.service_type == f"{HOSTILE} second third fourth"
    assert details.address == (HOSTILE,) * 50
    assert details.registered_activities == (f"{HOSTILE} {HOSTILE}",)
    assert [item.name for item in inspection.all(Person)] == [HOSTILE]


def test_where_nothing_can_be_edited_all_is_readable(
    drive: Callable[..., Driver], qtbot: QtBot, prompts: RecordingPrompts
) -> None:
    driver = drive(
        provider={"name": "Mill"},
        registered_activities=ACTIVITIES,
        visit={"dates": ["2020-01-09"]},
        previous_breaches=BREACHES,
        people=[{"name": "Ann"}],
    )
    document = driver.document
    before = document.inspection
    document.close()
    assert not document.can_edit
    page = DetailsPage(document, prompts)
    qtbot.addWidget(page)
    page.show()
    page.show_everything()
    for line in page.findChildren(QLineEdit):
        assert line.isReadOnly()
        qtbot.keyClicks(line, "x")
        qtbot.keyClick(line, Key.Key_Delete, CTRL)
        qtbot.keyClick(line, Key.Key_Up, ALT)
        qtbot.keyClick(line, Key.Key_F4)
        qtbot.keyClick(line, Key.Key_Return)
    assert QApplication.activePopupWidget() is None
    for text in page.findChildren(QPlainTextEdit):
        qtbot.keyClicks(text, "x")
        qtbot.keyClick(text, Key.Key_Return, CTRL)
    for combo in page.findChildren(QComboBox):
        qtbot.keyClick(combo, Key.Key_Down)
    assert document.inspection == before
    assert document.undo_stack.count() == 0
    name = page.findChild(QLineEdit, f"{driver.root}.provider_name")
    assert name.isEnabled()
    assert name.text() == "Mill"
    assert not page.findChild(QPushButton, "add_previous_breach").isVisible()


def test_places_are_shown(drive: Callable[..., Driver]) -> None:
    driver = drive(previous_breaches=BREACHES, people=[{"name": "Ann"}])
    page = driver.page
    breaches = list(driver.document.inspection.all(PreviousBreach))
    (person,) = driver.document.inspection.all(Person)
    assert page.show_place(breaches[1].id)
    assert QApplication.focusWidget() is page.breaches.rows[1].regulation.line
    assert page.show_place(person.id)
    assert QApplication.focusWidget() is driver.find(QLineEdit, "people[0].name")
    assert page.show_place(f"{driver.root}.publication_date")
    assert QApplication.focusWidget() is driver.find(QLineEdit, "publication_date")
    assert page.show_place(driver.root)
    assert QApplication.focusWidget() is driver.find(QLineEdit, "location_name")
    assert not page.show_place("elsewhere")
    assert not page.show_place("")


@pytest.mark.parametrize("width", [420, 560, 700, 1200])
def test_it_never_scrolls_sideways(drive: Callable[..., Driver], width: int) -> None:
    driver = drive(width=width, previous_breaches=BREACHES, registered_activities=ACTIVITIES)
    driver.qtbot.waitUntil(lambda: driver.page.scroll_area.horizontalScrollBar().maximum() == 0)
    left = driver.find(QLineEdit, "location_id")
    right = driver.find(QLineEdit, "service_type")
    beside = left.mapTo(driver.page, QPoint()).y() == right.mapTo(driver.page, QPoint()).y()
    assert beside is (width >= 560)
    assert driver.page.content.width() <= WIDEST_TEXT


def test_large_letters_get_one_column(drive: Callable[..., Driver], qapp: QApplication) -> None:
    # Where the application has a style sheet, from a test before, a page passes no font on.
    qapp.setStyleSheet("")
    driver = drive(width=560)
    font = driver.page.font()
    font.setPointSizeF(5 * font.pointSizeF())
    driver.page.setFont(font)
    left = driver.find(QLineEdit, "provider_name")
    right = driver.find(QLineEdit, "provider_id")

    def stands_below() -> bool:
        return left.mapTo(driver.page, QPoint()).y() < right.mapTo(driver.page, QPoint()).y()

    driver.qtbot.waitUntil(stands_below)


def test_an_unrated_inspection_asks_for_no_previous_ratings(drive: Callable[..., Driver]) -> None:
    driver = drive("unrated")
    names = [combo.objectName() for combo in driver.page.findChildren(QComboBox)]
    assert not [name for name in names if "previous_ratings" in name]


def test_every_control_says_what_it_is(drive: Callable[..., Driver]) -> None:
    driver = drive(previous_breaches=BREACHES, people=[{"name": "Ann"}])
    kinds = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, QPushButton)
    for kind in kinds:
        for widget in driver.page.findChildren(kind):
            if widget.isVisible() and widget.objectName() != "qt_spinbox_lineedit":
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget
                assert widget.toolTip(), widget.objectName()


def test_tab_goes_through_the_page_in_reading_order(drive: Callable[..., Driver]) -> None:
    driver = drive(registered_activities=ACTIVITIES[:1], people=[{"name": "Ann"}])
    QApplication.processEvents()
    for _ in range(2):
        driver.qtbot.mouseClick(driver.page.breaches.add_button, Qt.MouseButton.LeftButton)
    driver.focus(driver.rows("registered_activities").lines[1])
    driver.type_on("Zeal")
    QApplication.processEvents()
    driver.focus(driver.find(QLineEdit, "location_name"))
    names = []
    for _ in range(60):
        widget = QApplication.focusWidget()
        names.append(widget.mapTo(driver.page.content, QPoint()))
        if widget is driver.find(QLineEdit, "people[1].role"):
            break
        driver.press(Key.Key_Tab)
    else:
        pytest.fail("the last field was not reached")
    rows = [point.y() for point in names]
    # Side by side, a list of choices stands a few pixels higher than a line.
    assert all(above <= below + 10 for above, below in pairwise(rows))
    assert len(set(names)) == len(names)
