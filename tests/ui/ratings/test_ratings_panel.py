"""The ratings panel by clicks and keys, over a real file that is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Notice
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.ratings.rating_choice import RatingButton
from inspector_app.ui.ratings.ratings_panel import RatingsPanel
from tests.report.making import bring_in
from tests.ui.wheel import turn_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.domain.entities import Details


@pytest.fixture
def open_panel(
    make_file: Callable[..., Path], tmp_path: Path, qtbot: QtBot
) -> Iterator[Callable[..., RatingsPanel]]:
    opened = []

    def open_(regime: str = "rated", width: int = 300, /, **content: Any) -> RatingsPanel:
        path = make_file("clinic.inspection", bring_in(regime, **content))
        document = InspectionDocument(path, tmp_path)
        opened.append(document)
        panel = RatingsPanel(document)
        qtbot.addWidget(panel)
        panel.resize(width, 900)
        panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        return panel

    yield open_
    for document in opened:
        document.close()


def button(panel: RatingsPanel, question: str, value: str) -> RatingButton:
    return panel.findChild(RatingButton, f"{question}.{value}")


def chosen(panel: RatingsPanel, question: str) -> list[str]:
    found = panel.findChildren(RatingButton)
    return [
        item.value
        for item in found
        if item.isChecked() and item.isVisible() and item.objectName().startswith(f"{question}.")
    ]


def reopen(panel: RatingsPanel) -> tuple[Details, list[str]]:
    panel.document.close()
    with open_for_reading(panel.document.path) as reader:
        return reader.inspection.details, [change.label for change in reader.history()][1:]


def test_a_click_chooses_and_undo_takes_it_back(
    open_panel: Callable[..., RatingsPanel], qtbot: QtBot
) -> None:
    panel = open_panel(ratings={"caring": "good"})
    qtbot.mouseClick(button(panel, "Safe", "inadequate"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(panel, "Safe", "inadequate"), Qt.MouseButton.LeftButton)
    assert chosen(panel, "Safe") == ["inadequate"]
    assert panel.document.undo_stack.undoText() == "Change rating of Safe"
    panel.document.undo_stack.undo()
    assert chosen(panel, "Safe") == []
    panel.document.undo_stack.redo()
    qtbot.mouseClick(button(panel, "Overall", "good"), Qt.MouseButton.LeftButton)
    details, labels = reopen(panel)
    assert details.ratings == {"caring": "good", "safe": "inadequate", "overall": "good"}
    assert labels[0] == "Change rating of Safe"
    assert labels[-1] == "Change overall rating"


def test_arrows_move_and_choose_nothing_until_space(
    open_panel: Callable[..., RatingsPanel], qtbot: QtBot
) -> None:
    panel = open_panel()
    panel.show_place("safe")
    for _ in range(2):
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Right)
    assert panel.focusWidget().accessibleName() == "Safe: Requires improvement"
    assert not panel.document.undo_stack.canUndo()
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Up)
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Up)
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Up)
    assert panel.focusWidget().accessibleName() == "Safe: Inadequate"
    assert reopen(panel)[0].ratings == {"safe": "requires_improvement"}


def test_tab_goes_from_row_to_row(open_panel: Callable[..., RatingsPanel], qtbot: QtBot) -> None:
    panel = open_panel(ratings={"safe": "good"})
    panel.show_place("safe")
    names = []
    for _ in range(4):
        names.append(panel.focusWidget().accessibleName())
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
    assert names == ["Safe: Good", "Safe: more", "Effective: Outstanding", "Effective: more"]


def test_a_rating_can_be_cleared(open_panel: Callable[..., RatingsPanel], qtbot: QtBot) -> None:
    panel = open_panel(ratings={"safe": "good", "effective": "good", "overall": "good"})
    panel.show_place("safe")
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Delete)
    panel.rows["effective"].clearing.trigger()
    assert chosen(panel, "Safe") == []
    assert reopen(panel)[0].ratings == {"overall": "good"}


def test_what_stands_in_place_of_a_rating_is_in_the_menu_and_shows(
    open_panel: Callable[..., RatingsPanel], qtbot: QtBot
) -> None:
    panel = open_panel()
    actions = panel.rows["safe"].more.menu().actions()
    assert [action.text() for action in actions] == [
        "Inspected but not rated",
        "Insufficient evidence to rate",
        "Not rated",
        "",
        "Clear",
    ]
    assert not button(panel, "Safe", "other").isVisible()
    actions[1].trigger()
    other = button(panel, "Safe", "other")
    assert other.isVisible()
    assert other.text() == "Insufficient evidence to rate"
    assert chosen(panel, "Safe") == ["insufficient_evidence"]
    qtbot.mouseClick(button(panel, "Safe", "good"), Qt.MouseButton.LeftButton)
    assert not other.isVisible()
    assert reopen(panel)[0].ratings == {"safe": "good"}


def test_the_wheel_changes_nothing(open_panel: Callable[..., RatingsPanel]) -> None:
    panel = open_panel(ratings={"safe": "good"})
    target = button(panel, "Safe", "good")
    target.setFocus()
    turn_wheel(target)
    assert not panel.document.undo_stack.canUndo()


def test_the_previous_rating_stands_beside_it(open_panel: Callable[..., RatingsPanel]) -> None:
    panel = open_panel()
    root = panel.document.inspection.id
    panel.document.set_field(root, "previous_ratings.safe", "requires_improvement", "Type")
    assert panel.rows["safe"].previous.text() == "was ◐ Requires improvement"
    assert not panel.rows["caring"].previous.isVisible()


_ALL_GOOD = dict.fromkeys(("safe", "effective", "caring", "responsive", "well_led"), "good")


def words(panel: RatingsPanel, name: str) -> str:
    label = panel.findChild(QLabel, f"proposal_{name}")
    return str(label.text()) if label.isVisible() else ""


def test_the_proposal_follows_every_click(
    open_panel: Callable[..., RatingsPanel], qtbot: QtBot
) -> None:
    panel = open_panel(ratings={**_ALL_GOOD, "caring": "not_rated"})
    line = panel.findChild(QPushButton, "proposal_line")
    assert words(panel, "headline") == "No proposal yet"
    assert "when Caring is rated" in words(panel, "because")
    qtbot.mouseClick(button(panel, "Caring", "good"), Qt.MouseButton.LeftButton)
    assert words(panel, "headline") == "Proposed: Good"
    assert words(panel, "because").startswith("No key question is inadequate")
    assert "One Inadequate makes it Requires improvement." in words(panel, "changes")
    for question in ("Safe", "Well-led"):
        qtbot.mouseClick(button(panel, question, "requires_improvement"), Qt.MouseButton.LeftButton)
    assert words(panel, "headline") == "Proposed: Requires improvement"
    assert line.accessibleName() == "Overall, proposed: Requires improvement"
    panel.document.undo_stack.undo()
    assert words(panel, "headline") == "Proposed: Good"


def test_taking_the_proposal_is_a_change_of_the_overall_rating(
    open_panel: Callable[..., RatingsPanel], qtbot: QtBot
) -> None:
    panel = open_panel(ratings=_ALL_GOOD)
    take = panel.findChild(QPushButton, "proposal_take")
    assert take.isVisible()
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    assert not take.isVisible()
    assert chosen(panel, "Overall") == ["good"]
    details, labels = reopen(panel)
    assert details.ratings["overall"] == "good"
    assert labels == ["Change overall rating"]


def test_departing_asks_for_a_reason_until_there_is_one(
    open_panel: Callable[..., RatingsPanel], qtbot: QtBot
) -> None:
    panel = open_panel(ratings=_ALL_GOOD)
    assert not words(panel, "departure")
    qtbot.mouseClick(button(panel, "Overall", "outstanding"), Qt.MouseButton.LeftButton)
    assert "different" in words(panel, "departure")
    root = panel.document.inspection.id
    text = panel.findChild(QPlainTextEdit, f"{root}.overall_departure_reason")
    qtbot.keyClicks(text, "Better <b>since</b>")
    assert not words(panel, "departure")
    assert reopen(panel)[0].overall_departure_reason == "Better <b>since</b>"


def test_a_breach_made_elsewhere_caps_the_proposal(open_panel: Callable[..., RatingsPanel]) -> None:
    panel = open_panel(ratings=_ALL_GOOD)
    draft = panel.document.draft()
    draft.create(Notice(id="notice", parent=draft.result.id, position="V"))
    panel.document.apply_draft(draft, "New breach")
    assert words(panel, "headline") == "Proposed: Requires improvement"
    assert "breach" in words(panel, "because")
    assert "Without a breach it would be Good." in words(panel, "changes")


def test_a_limiter_is_ticked_by_its_words(
    open_panel: Callable[..., RatingsPanel], qtbot: QtBot
) -> None:
    ratings = {**_ALL_GOOD, "safe": "requires_improvement"}
    panel = open_panel(ratings=ratings, limiters=["L5"])
    root = panel.document.inspection.id
    box = panel.findChild(QCheckBox, f"{root}.limiters.L3")
    assert panel.findChild(QCheckBox, f"{root}.limiters.L5") is None
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert words(panel, "headline") == "Proposed: Requires improvement"
    assert "Well-led counts as Requires improvement (statutory" in words(panel, "because")
    line = next(
        label for label in panel.findChildren(QLabel) if label.text().startswith("Condition to")
    )
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    # What has no box here stays as it is.
    assert reopen(panel)[0].limiters == ("L1", "L3", "L5")


def test_the_line_leads_to_the_whole_proposal(
    open_panel: Callable[..., RatingsPanel], qtbot: QtBot
) -> None:
    panel = open_panel(ratings=_ALL_GOOD)
    panel.resize(300, 260)
    box = panel.findChild(QWidget, "proposal")
    QApplication.processEvents()
    assert box.visibleRegion().isEmpty()
    line = panel.findChild(QPushButton, "proposal_line")
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not box.visibleRegion().isEmpty())
    panel.bring_into_view("safe")
    qtbot.waitUntil(lambda: not panel.rows["safe"].visibleRegion().isEmpty())


def test_an_unrated_regime_judges_met_or_not_met(
    open_panel: Callable[..., RatingsPanel], qtbot: QtBot
) -> None:
    panel = open_panel("unrated", judgements={"safe": "met"})
    assert "overall" not in panel.rows
    assert chosen(panel, "Safe") == ["met"]
    qtbot.mouseClick(button(panel, "Safe", "not_met"), Qt.MouseButton.LeftButton)
    assert panel.document.undo_stack.undoText() == "Change judgement of Safe"
    details, _ = reopen(panel)
    assert details.judgements == {"safe": "not_met"}
    assert not details.ratings


def test_a_narrow_panel_needs_no_scrolling_sideways(
    open_panel: Callable[..., RatingsPanel], qtbot: QtBot
) -> None:
    panel = open_panel("rated", 260, ratings={"safe": "requires_improvement"})
    panel.document.set_field(
        panel.document.inspection.id, "previous_ratings.safe", "requires_improvement", "Type"
    )
    QApplication.processEvents()
    row = panel.rows["safe"]
    assert row.mapTo(panel, row.rect().bottomRight()).x() < 260
    first, last = button(panel, "Safe", "outstanding"), button(panel, "Safe", "inadequate")
    assert first.y() < last.y()
    panel.resize(780, 900)
    qtbot.waitUntil(lambda: first.y() == last.y())


def test_somebody_elses_file_can_be_read_only(
    make_file: Callable[..., Path], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_file("clinic.inspection", bring_in("rated", ratings={"safe": "good"}))
    monkeypatch.setattr(InspectionDocument, "can_edit", property(lambda _: False))
    document = InspectionDocument(path, tmp_path)
    panel = RatingsPanel(document)
    qtbot.addWidget(panel)
    panel.show()
    assert chosen(panel, "Safe") == ["good"]
    qtbot.mouseClick(button(panel, "Safe", "inadequate"), Qt.MouseButton.LeftButton)
    assert not document.undo_stack.canUndo()
    document.close()
    InspectionFile.open(path, tmp_path).close()


@pytest.mark.parametrize(("width", "rows"), [(300, 2), (410, 1), (640, 1)])
def test_all_ratings_stand_in_one_row_where_there_is_room(
    open_panel: Callable[..., RatingsPanel], width: int, rows: int
) -> None:
    panel = open_panel("rated", width)
    options = [item for item in panel.rows["safe"].choice.findChildren(RatingButton) if item.value]
    assert len(options) == 4
    assert len({item.y() for item in options}) == rows
    for option in options:
        # Every word has room, on two lines if need be.
        assert option.width() >= option.get_least_width()
        assert option.height() >= option.get_height(option.width())
