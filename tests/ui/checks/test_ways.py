"""The way from a result to its field, with the passage selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextEdit, QWidget

from inspector_app.checks.result import Location
from inspector_app.domain.entities import Block, EvidenceNote
from inspector_app.ui.ratings.rating_choice import RatingButton
from tests.ui.checks.driving import CALL, LEFT, Checker, focus, selected

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.domain.inspection import Inspection

NUMBER = CALL.removeprefix("call ")
FIELDS = {
    "Action.text",
    "Block.rows.1.1",
    "Block.text",
    "Details.location_id",
    "Details.previous_rating_date",
    "Details.publication_date",
    "Details.ratings.caring",
    "Details.ratings.overall",
    "Details.ratings.safe",
    "Details.sections.inspection_team",
    "Details.signatory_name",
    "EvidenceNote.when",
    "Notice.",
    "Notice.action",
    "Notice.activities",
    "Notice.activities.0",
    "Notice.deadline",
    "Notice.must",
    "Notice.regulation",
    "PreviousBreach.answer",
    "PreviousBreach.date",
    "PreviousBreach.now",
    "Topic.lead",
}


def name_place(inspection: Inspection, place: Location) -> str:
    return f"{type(inspection.find(place.entity)).__name__}.{place.field}"


def names_above(widget: QWidget) -> set[str]:
    """Return the object names of a widget and of what it lies in."""
    names = set()
    above: QWidget | None = widget
    while above is not None:
        names.add(above.objectName())
        above = above.parentWidget()
    return names


def is_there(inspection: Inspection, place: Location) -> bool:
    """Tell whether the cursor is in the field of a place."""
    field = focus()
    entity = inspection.find(place.entity)
    name, _, part = place.field.partition(".")
    if isinstance(entity, Block):
        return getattr(field, "current_block", "") == entity.id
    if name in {"ratings", "judgements"}:
        return "ratings_panel" in names_above(field)
    if name == "sections":
        return f"section.{part}" in names_above(field)
    if not name:
        return field.objectName() == f"{place.entity}.regulation"
    above = names_above(field)
    wanted = {f"{place.entity}.{name}", f"{place.entity}.{name}[{part or 0}]"}
    if isinstance(entity, EvidenceNote):
        wanted = {f"note.{name}"}
    if part.isdecimal():
        wanted.add(f"{place.entity}.{name}.{getattr(entity, name)[int(part)]}")
    return bool(wanted & above)


def test_enter_leads_to_the_field_of_every_result(checker: Checker) -> None:
    checker.show()
    inspection = checker.inspection
    places = {
        row.result.key + row.check: row.result.place
        for _, row in checker.lines
        if row.result is not None
    }
    assert {name_place(inspection, place) for place in places.values()} >= FIELDS
    lost = []
    for key, place in places.items():
        checker.open_entry("Checks")
        index = next(
            index
            for index, row in checker.lines
            if row.result and row.result.key + row.check == key
        )
        checker.enter(index)
        if not is_there(inspection, place):
            lost.append((name_place(inspection, place), focus().objectName()))
        elif place.end and not place.field.startswith("rows"):
            assert selected() == NUMBER, name_place(inspection, place)
    assert not lost


def test_what_stands_behind_emoji_is_selected_exactly(checker: Checker) -> None:
    checker.show()
    inspection = checker.inspection
    emoji = next(
        item.id for item in inspection if isinstance(item, Block) and item.text.startswith("😀")
    )
    index = next(
        index
        for index, row in checker.lines
        if row.check == "telephone" and row.result and row.result.place.entity == emoji
    )
    checker.select(index)
    checker.press("go")
    field = focus()
    assert isinstance(field, QTextEdit)
    assert selected() == NUMBER
    # What is typed now replaces the passage, and the result goes with it.
    checker.qtbot.keyClicks(field, "us")
    assert field.textCursor().block().text().endswith("Staff said: call us at once.")
    checker.show()
    assert emoji not in {
        row.result.place.entity
        for _, row in checker.lines
        if row.result and row.check == "telephone"
    }
    saved = checker.reopen().get(emoji, Block)
    assert saved.text == "😀 👩‍⚕️ Staff said: call us at once."


def test_a_double_click_leads_there_too(checker: Checker) -> None:
    checker.show()
    index = checker.find("The must “Tell staff")
    checker.select(index)
    middle = checker.tree.visualRect(index).center()
    checker.qtbot.mouseDClick(checker.tree.viewport(), LEFT, pos=middle)
    assert selected() == f"Tell staff to {CALL}."


def test_back_leads_to_the_checks_again(checker: Checker) -> None:
    checker.show()
    checker.enter(checker.find("The must “Tell staff"))
    assert not checker.tree.isVisible()
    checker.qtbot.keyClick(focus(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert checker.tree.isVisible()
    assert checker.current is not None
    assert "Tell staff" in checker.current.text


def test_the_ratings_panel_follows_the_page(checker: Checker) -> None:
    checker.window.resize(1280, 600)
    for title, name in (("Well-led", "Well-led.good"), ("Safe", "Safe.good")):
        checker.open_entry(title)
        choice = checker.window.findChild(RatingButton, name)
        checker.qtbot.waitUntil(lambda choice=choice: not choice.visibleRegion().isEmpty())


def test_the_other_place_is_what_a_result_is_held_against(checker: Checker) -> None:
    checker.show()
    checker.select(checker.find("Safe is judged Good, but all notes"))
    assert checker.button("other").isVisible()
    checker.press("other")
    assert focus().objectName() == "note.text"
    checker.open_entry("Checks")
    checker.select(checker.find("The must “Tell staff"))
    assert not checker.button("other").isVisible()


def test_a_heading_opens_and_leads_nowhere(checker: Checker) -> None:
    checker.show()
    checker.enter(checker.tree.model().index(0, 0))
    assert checker.tree.isVisible()
    assert not checker.tree.isExpanded(checker.tree.model().index(0, 0))
    checker.qtbot.keyClick(checker.tree, Qt.Key.Key_Return)
    assert checker.tree.isExpanded(checker.tree.model().index(0, 0))


@pytest.mark.parametrize("field", ["visit_dates", "registered_activities"])
def test_lists_that_are_empty_are_shown_at_their_first_row(
    field: str, open_checker: Callable[..., Checker]
) -> None:
    checker = open_checker(location={"name": "The Invented Clinic"}, ratings={"safe": "good"})
    checker.show()
    place = Location(checker.inspection.id, field)
    checker.enter(
        next(index for index, row in checker.lines if row.result and row.result.place == place)
    )
    assert focus().objectName() == f"{place.entity}.{field}[0]"
