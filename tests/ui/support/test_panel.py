"""The support panel by clicks and keys, over a file that is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QLineEdit,
    QListView,
    QTableView,
    QToolTip,
)

from inspector_app.document import inspection_document, watching
from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.document.jobs.checking import Trace
from inspector_app.domain.entities import Action, Block
from inspector_app.ui.evidence.note_labels import describe_sentence
from inspector_app.ui.support import sentence
from inspector_app.ui.support.support_panel import SupportPanel
from tests.document.jobs import work
from tests.ui.support.driving import CONTENT, CONTROL, PATIENCE, Supporter, focus

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.domain.inspection import Inspection
    from inspector_app.ui.shell.main_window import MainWindow

NONE = "Put the cursor into a finding to see the notes behind it."
MEDICINES = "Safe and appropriate use of medicines"


def block(inspection: Inspection, text: str) -> Block:
    return next(item for item in inspection if isinstance(item, Block) and item.text == text)


def wait_for_titles(supporter: Supporter, *titles: str) -> None:
    supporter.qtbot.waitUntil(lambda: supporter.titles == [*titles], timeout=PATIENCE)


# -- the sentence with the cursor


def test_the_panel_follows_the_cursor(supporter: Supporter) -> None:
    supporter.open_entry("Details")
    assert supporter.text("quote") == NONE
    supporter.open_entry(MEDICINES)
    supporter.click_text("Fridges were")
    assert supporter.text("quote") == f"Safe › {MEDICINES}: Fridges were cold."
    assert supporter.text("strength") == "◑ Several sources: 2 notes from interview and observation"
    assert supporter.lines() == [
        "▲ Interview: The nurse <b>said</b> so.",
        "▼ Observation, Ward 1: Seen at 10.",
    ]
    supporter.qtbot.keyClick(focus(), Qt.Key.Key_Down)
    assert supporter.text("quote").endswith("Stock was counted.")
    assert supporter.lines() == ["▲ Interview: The nurse <b>said</b> so."]
    supporter.qtbot.keyClick(focus(), Qt.Key.Key_Down)
    assert supporter.text("quote").endswith("Nobody checked the doors.")
    assert supporter.lines() == []
    assert not supporter.button("unlink").isEnabled()


def test_sections_notices_and_actions_have_sentences_too(supporter: Supporter) -> None:
    for entry, text, notes in (
        ("Background to The Invented Clinic", "Opened in 2001.", ["● Record: The register."]),
        ("Notices", "Doors stood open.", ["▼ Observation, Ward 1: Seen at 10."]),
        ("Actions", "Check the doors.", ["▼ Observation, Ward 1: Seen at 10."]),
    ):
        supporter.open_entry(entry)
        supporter.click_text(text)
        assert supporter.text("quote").endswith(f": {text}")
        assert supporter.lines() == notes


def test_a_line_that_is_begun_has_no_notes_and_shows_its_words(supporter: Supporter) -> None:
    supporter.open_entry(MEDICINES)
    editor = supporter.click_text("Nobody checked")
    supporter.qtbot.keyClick(editor, Qt.Key.Key_End)
    supporter.qtbot.keyClick(editor, Qt.Key.Key_Return)
    supporter.qtbot.keyClicks(editor, "Doors & <i>locks</i>")
    assert supporter.text("quote").endswith(": Doors & <i>locks</i>")
    assert supporter.button("link").isEnabled()
    supporter.open_entry("Actions")
    empty = supporter.window.findChild(type(supporter.click_text("Check the")), "new_must")
    empty.setFocus()
    supporter.qtbot.keyClicks(empty, "L")
    supporter.qtbot.keyClicks(focus(), "ock them.")
    assert supporter.text("quote") == "Actions: must: Lock them."
    assert "Lock them." in {item.text for item in supporter.reopen() if isinstance(item, Action)}


def test_a_click_into_the_panel_takes_nothing_away(supporter: Supporter) -> None:
    supporter.open_entry(MEDICINES)
    supporter.click_text("Fridges were")
    shown = supporter.text("quote")
    supporter.click_line("notes", 1)
    assert focus() is supporter.list("notes")
    assert supporter.text("quote") == shown
    # One click selects, so that it can be unlinked.
    assert supporter.list("notes").currentIndex().row() == 1
    supporter.press("unlink")
    assert supporter.lines() == ["▲ Interview: The nurse <b>said</b> so."]
    assert supporter.text("strength").startswith("◔ ")
    saved = supporter.reopen()
    assert len(block(saved, "Fridges were cold.").evidence) == 1


def test_a_note_is_linked_by_the_dialog_and_undo_takes_it_back(supporter: Supporter) -> None:
    supporter.open_entry(MEDICINES)
    editor = supporter.click_text("Nobody checked")
    supporter.press("link")
    dialog = supporter.window.findChild(QDialog, "link_note_dialog")
    assert dialog.isVisible()
    offered = dialog.findChild(QListView, "pick_list").model()
    assert offered.rowCount() == 4
    supporter.qtbot.keyClicks(dialog.findChild(QLineEdit, "pick_line"), "not used")
    supporter.qtbot.keyClick(dialog.findChild(QLineEdit, "pick_line"), Qt.Key.Key_Return)
    assert supporter.lines() == ["▲ Feedback: Not used so far."]
    supporter.qtbot.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert supporter.lines() == []
    supporter.qtbot.keyClick(editor, Qt.Key.Key_Y, CONTROL)
    assert supporter.lines() == ["▲ Feedback: Not used so far."]
    assert len(block(supporter.reopen(), "Nobody checked the doors.").evidence) == 1


def test_enter_and_double_click_lead_to_a_note(supporter: Supporter) -> None:
    supporter.open_entry(MEDICINES)
    supporter.click_text("Fridges were")
    supporter.click_line("notes", 1)
    supporter.qtbot.keyClick(supporter.list("notes"), Qt.Key.Key_Return)
    assert focus().objectName() == "note.text"
    assert focus().toPlainText() == "Seen at 10."


def test_a_published_inspection_can_be_looked_at_only(
    open_supporter: Callable[..., Supporter],
) -> None:
    supporter = open_supporter(**{**CONTENT, "state": "published"})
    supporter.open_entry(MEDICINES)
    supporter.click_text("Fridges were")
    assert len(supporter.lines()) == 2
    assert not supporter.button("link").isEnabled()
    assert not supporter.button("unlink").isEnabled()


def test_the_cursor_in_another_window_is_another_inspections(
    open_supporter: Callable[..., Supporter],
) -> None:
    first = open_supporter("first")
    first.open_entry(MEDICINES)
    first.click_text("Fridges were")
    shown = first.text("quote")
    second = open_supporter("second")
    second.open_entry("Notices")
    second.click_text("Doors stood open.")
    assert second.text("quote").endswith("Doors stood open.")
    assert first.text("quote") == shown


def test_a_text_that_goes_takes_its_sentence_along(supporter: Supporter) -> None:
    supporter.open_entry("Actions")
    text = supporter.click_text("Check the doors.")
    assert supporter.lines()
    supporter.qtbot.keyClick(text, Qt.Key.Key_Delete, CONTROL)
    supporter.qtbot.waitUntil(lambda: supporter.text("quote") == NONE)
    assert not supporter.button("link").isVisible()
    supporter.open_entry(MEDICINES)
    supporter.click_text("Stock was")
    assert supporter.lines() == ["▲ Interview: The nurse <b>said</b> so."]


# -- the lists


def test_the_lists_follow_what_is_edited(supporter: Supporter) -> None:
    wait_for_titles(supporter, "Sentence", "Unsupported 1", "Unused 1", "Balance")
    supporter.show_tab(1)
    assert supporter.lines("unsupported") == [f"Safe › {MEDICINES}: Nobody checked the doors."]
    supporter.show_tab(2)
    assert supporter.lines("unused") == ["Feedback: Not used so far."]
    supporter.open_entry(MEDICINES)
    supporter.click_text("Nobody checked")
    supporter.show_tab(0)
    supporter.press("link")
    line = supporter.window.findChild(QDialog, "link_note_dialog").findChild(QLineEdit)
    supporter.qtbot.keyClicks(line, "not used")
    supporter.qtbot.keyClick(line, Qt.Key.Key_Return)
    wait_for_titles(supporter, "Sentence", "Unsupported 0", "Unused 0", "Balance")
    supporter.show_tab(1)
    assert supporter.text("unsupported_hint") == "A note stands behind every finding."
    supporter.show_tab(2)
    assert supporter.text("unused_hint") == "Every note is behind a sentence."


def test_a_line_leads_to_its_sentence_or_note(supporter: Supporter) -> None:
    wait_for_titles(supporter, "Sentence", "Unsupported 1", "Unused 1", "Balance")
    supporter.show_tab(1)
    supporter.click_line("unsupported", 0)
    assert focus().textCursor().block().text() == "Nobody checked the doors."
    supporter.show_tab(2)
    supporter.list("unused").setFocus()
    supporter.list("unused").setCurrentIndex(supporter.list("unused").model().index(0, 0))
    supporter.qtbot.keyClick(supporter.list("unused"), Qt.Key.Key_Return)
    assert focus().toPlainText() == "Not used so far."


def test_lists_that_cannot_be_made_say_so(
    open_supporter: Callable[..., Supporter], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [1]

    def load() -> watching.Question[Trace]:
        left[0] -= 1
        return (work.fail_template, Trace) if left[0] >= 0 else watching.load_trace()

    monkeypatch.setattr(inspection_document, "load_trace", load)
    supporter = open_supporter()
    supporter.qtbot.waitUntil(lambda: bool(supporter.text("problem")), timeout=PATIENCE)
    assert "line 7" in supporter.text("problem")
    supporter.open_entry(MEDICINES)
    editor = supporter.click_text("Nobody checked")
    supporter.qtbot.keyClicks(editor, "x")
    wait_for_titles(supporter, "Sentence", "Unsupported 1", "Unused 1", "Balance")
    assert not supporter.text("problem")


# -- the balance


def number_of(supporter: Supporter, key_question: str, topic: str) -> int:
    return next(
        number
        for number, row in enumerate(supporter.chart.rows)
        if (row.key_question, row.topic) == (key_question, topic)
    )


def row_middle(supporter: Supporter, number: int) -> QPoint:
    chart = supporter.chart
    return QPoint(
        chart.width() // 2, (2 * number + 1) * chart.height() // (2 * len(chart.rows)) - 4
    )


def test_a_click_on_the_balance_shows_the_notes_of_the_topic(supporter: Supporter) -> None:
    wait_for_titles(supporter, "Sentence", "Unsupported 1", "Unused 1", "Balance")
    supporter.show_tab(3)
    chart = supporter.chart
    number = number_of(supporter, "safe", "medicines")
    for key, count in ((Qt.MouseButton.RightButton, 0), (Qt.MouseButton.LeftButton, 1)):
        heard = QSignalSpy(chart.topic_wanted)
        supporter.qtbot.mouseClick(chart, key, pos=row_middle(supporter, number))
        assert heard.count() == count
    table = supporter.window.findChild(QTableView, "evidence_table")
    assert table.isVisible()
    assert table.model().rowCount() == 2
    combo = supporter.window.findChild(QComboBox, "filter.topic")
    assert combo.currentText().strip() == MEDICINES


def test_the_balance_by_keys(supporter: Supporter) -> None:
    wait_for_titles(supporter, "Sentence", "Unsupported 1", "Unused 1", "Balance")
    supporter.show_tab(3)
    chart = supporter.chart
    chart.setFocus()
    heard = QSignalSpy(chart.topic_wanted)
    supporter.qtbot.keyClick(chart, Qt.Key.Key_Down)
    supporter.qtbot.keyClick(chart, Qt.Key.Key_Return)
    row = chart.rows[1]
    assert heard.at(0) == [f"{row.key_question}.{row.topic}"]
    # Round the end, where the chart is scrolled to.
    chart.setFocus()
    for _ in range(2):
        supporter.qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert (
        chart.accessibleName().endswith("in the report") or "Not looked" in chart.accessibleName()
    )
    bottom = QPoint(5, chart.height() - 20)
    assert chart.visibleRegion().contains(bottom)
    supporter.qtbot.keyClick(chart, Qt.Key.Key_Space)
    last = chart.rows[-1]
    assert heard.at(1) == [f"{last.key_question}.{last.topic}".rstrip(".")]


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_tooltip_tells_a_row_in_words(supporter: Supporter) -> None:
    wait_for_titles(supporter, "Sentence", "Unsupported 1", "Unused 1", "Balance")
    supporter.show_tab(3)
    place = row_middle(supporter, number_of(supporter, "safe", "medicines"))
    chart = supporter.chart
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, chart.mapToGlobal(place))
    QApplication.sendEvent(chart, event)
    assert QToolTip.text().startswith(
        f"{MEDICINES}: 1 strength, 1 concern, 0 neutral; 3 findings in the report. Not looked at"
    )
    QToolTip.hideText()


# -- the dock


def test_nothing_is_computed_behind_another_panel(
    supporter: Supporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_for_titles(supporter, "Sentence", "Unsupported 1", "Unused 1", "Balance")
    document = supporter.window.findChild(InspectionDocument)
    supporter.open_entry(MEDICINES)
    editor = supporter.click_text("Fridges were")
    with supporter.qtbot.waitSignal(supporter.dock.visibilityChanged):
        supporter.window.findChild(QDockWidget, "preview_dock").raise_()
    traced, checked = QSignalSpy(document.trace.changed), QSignalSpy(document.checks.changed)
    described = []
    monkeypatch.setattr(
        sentence,
        "describe_sentence",
        lambda *place: described.append(place) or describe_sentence(*place),
    )
    supporter.qtbot.keyClick(editor, Qt.Key.Key_Down)
    supporter.qtbot.keyClicks(editor, "x")
    supporter.qtbot.waitUntil(lambda: checked.count() > 0, timeout=PATIENCE)
    assert (traced.count(), described) == (0, [])
    # In front again, it has caught up with cursor and text.
    with supporter.qtbot.waitSignal(supporter.dock.visibilityChanged):
        supporter.dock.raise_()
    words = supporter.text("quote").rpartition(": ")[2]
    assert words == editor.textCursor().block().text()
    assert sorted(words) == sorted("xStock was counted.")
    supporter.qtbot.waitUntil(lambda: traced.count() > 0, timeout=PATIENCE)


def test_no_panel_is_made_before_it_is_seen(
    make_window: Callable[[], MainWindow], make_file: Callable[..., object]
) -> None:
    window = make_window()
    window.open_file(make_file())
    assert window.findChild(QDockWidget, "preview_dock").widget().isVisible()
    assert window.findChild(SupportPanel) is None


def test_the_dock_stands_where_it_was_left(
    supporter: Supporter, make_window: Callable[[], MainWindow]
) -> None:
    supporter.window.close()
    window = make_window()
    window.open_file(supporter.path)
    again = Supporter(window, supporter.path, supporter.qtbot)
    wait_for_titles(again, "Sentence", "Unsupported 1", "Unused 1", "Balance")
    assert not again.dock.visibleRegion().isEmpty()


def test_f6_reaches_the_panel_and_brings_it_to_the_front(supporter: Supporter) -> None:
    with supporter.qtbot.waitSignal(supporter.dock.visibilityChanged):
        supporter.window.findChild(QDockWidget, "preview_dock").raise_()
    for _ in range(6):
        supporter.qtbot.keyClick(focus(), Qt.Key.Key_F6)
        if supporter.dock.isAncestorOf(focus()):
            break
    assert supporter.dock.isAncestorOf(focus())
    supporter.qtbot.waitUntil(lambda: not supporter.dock.visibleRegion().isEmpty())


def test_tab_passes_by_a_panel_that_is_not_seen(supporter: Supporter) -> None:
    with supporter.qtbot.waitSignal(supporter.dock.visibilityChanged):
        supporter.window.findChild(QDockWidget, "preview_dock").raise_()
    supporter.open_entry("Report")
    first = focus()
    reached = []
    for _ in range(60):
        supporter.qtbot.keyClick(focus(), Qt.Key.Key_Tab)
        reached.append(supporter.dock.isAncestorOf(focus()))
        if focus() is first:
            break
    # Once round the window.
    assert focus() is first
    assert not any(reached)
