"""The notes panel by clicks and keys, over a file that is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QTableView,
    QToolTip,
)

from inspector_app.document import inspection_document, watching
from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.document.jobs.checking import Trace
from inspector_app.domain.entities import Action, Block
from inspector_app.ui.evidence.note_labels import describe_sentence
from inspector_app.ui.support import notes_in_hand
from inspector_app.ui.support.notes_panel import NotesPanel
from tests.document.jobs import work
from tests.ui.support.driving import CONTENT, CONTROL, LEFT, PATIENCE, Supporter, focus

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.domain.inspection import Inspection
    from inspector_app.ui.shell.main_window import MainWindow

NONE = "Put the cursor into a text to see the notes for it."
MEDICINES = "Safe and appropriate use of medicines"


def block(inspection: Inspection, text: str) -> Block:
    return next(item for item in inspection if isinstance(item, Block) and item.text == text)


def wait_for_titles(supporter: Supporter, *titles: str) -> None:
    supporter.qtbot.waitUntil(lambda: supporter.titles == [*titles], timeout=PATIENCE)


# -- the sentence with the cursor


def test_the_panel_follows_the_cursor(supporter: Supporter) -> None:
    supporter.open_entry("Details")
    assert supporter.text("nowhere") == NONE
    assert supporter.heads == ["Not used yet: 1. (open)", "Used: 3. (open)"]
    supporter.open_entry(MEDICINES)
    supporter.click_text("Fridges were")
    assert supporter.text("nowhere") == ""
    assert supporter.heads == [
        "Linked to “Fridges were cold.”: 2. ◑ Several sources: interview and observation (open)",
        "Not used yet: 0. (open)",
        "Used: 0. (open)",
    ]
    assert supporter.texts() == ["The nurse <b>said</b> so.", "Seen at 10."]
    supporter.qtbot.keyClick(focus(), Qt.Key.Key_Down)
    assert supporter.heads[0].startswith("Linked to “Stock was counted.”: 1. ◔ One source")
    assert supporter.texts() == ["The nurse <b>said</b> so."]
    assert supporter.texts("used") == ["Seen at 10."]
    supporter.qtbot.keyClick(focus(), Qt.Key.Key_Down)
    assert supporter.heads[0].startswith("Linked to “Nobody checked the doors.”: 0. ○ No evidence")
    assert supporter.texts() == []
    assert sorted(supporter.texts("used")) == ["Seen at 10.", "The nurse <b>said</b> so."]


def test_sections_notices_and_actions_have_sentences_too(supporter: Supporter) -> None:
    for entry, text, notes in (
        ("Background to The Invented Clinic", "Opened in 2001.", ["The register."]),
        ("Notices", "Doors stood open.", ["Seen at 10."]),
        ("Actions", "Check the doors.", ["Seen at 10."]),
    ):
        supporter.open_entry(entry)
        supporter.click_text(text)
        assert supporter.heads[0].startswith(f"Linked to “{text}”: 1.")
        assert supporter.texts() == notes


def test_a_line_that_is_begun_has_no_notes_and_shows_its_words(supporter: Supporter) -> None:
    supporter.open_entry(MEDICINES)
    editor = supporter.click_text("Nobody checked")
    supporter.qtbot.keyClick(editor, Qt.Key.Key_End)
    supporter.qtbot.keyClick(editor, Qt.Key.Key_Return)
    supporter.qtbot.keyClicks(editor, "Doors & <i>locks</i>")
    assert supporter.heads[0].startswith("Linked to “Doors & <i>locks</i>”: 0.")
    supporter.open_entry("Actions")
    empty = supporter.window.findChild(type(supporter.click_text("Check the")), "new_must")
    empty.setFocus()
    supporter.qtbot.keyClicks(empty, "L")
    supporter.qtbot.keyClicks(focus(), "ock them.")
    assert supporter.heads[0].startswith("Linked to “Lock them.”: 0.")
    assert "Lock them." in {item.text for item in supporter.reopen() if isinstance(item, Action)}


def test_notes_are_linked_and_unlinked_from_the_list(supporter: Supporter) -> None:
    supporter.open_entry(MEDICINES)
    editor = supporter.click_text("Nobody checked")
    assert not supporter.button("link").isEnabled()
    supporter.click_note("Seen at 10.")
    assert focus() is supporter.notes
    assert not supporter.button("unlink").isEnabled()
    supporter.press("link")
    assert supporter.texts() == ["Seen at 10."]
    # What was selected is so still, to be unlinked again.
    supporter.press("unlink")
    assert supporter.texts() == []
    supporter.qtbot.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert supporter.texts() == ["Seen at 10."]
    assert len(block(supporter.reopen(), "Nobody checked the doors.").evidence) == 1


def test_a_published_inspection_can_be_looked_at_only(
    open_supporter: Callable[..., Supporter],
) -> None:
    supporter = open_supporter(**{**CONTENT, "state": "published"})
    supporter.open_entry(MEDICINES)
    supporter.click_text("Fridges were")
    before = supporter.texts()
    supporter.click_note("Seen at 10.")
    for name in ("write", "link", "unlink"):
        assert not supporter.button(name).isEnabled()
    supporter.qtbot.keyClick(supporter.notes, Qt.Key.Key_Return)
    assert supporter.texts() == before
    supporter.press("show")
    assert focus().toPlainText() == "Seen at 10."


def test_the_cursor_in_another_window_is_another_inspections(
    open_supporter: Callable[..., Supporter],
) -> None:
    first = open_supporter("first")
    first.open_entry(MEDICINES)
    first.click_text("Fridges were")
    shown = first.heads
    second = open_supporter("second")
    second.open_entry("Notices")
    second.click_text("Doors stood open.")
    assert second.heads[0].startswith("Linked to “Doors stood open.”")
    assert first.heads == shown


def test_a_text_that_goes_takes_its_sentence_along(supporter: Supporter) -> None:
    supporter.open_entry("Actions")
    text = supporter.click_text("Check the doors.")
    assert supporter.texts()
    supporter.qtbot.keyClick(text, Qt.Key.Key_Delete, CONTROL)
    # No sentence is left for notes to be behind.
    supporter.qtbot.waitUntil(lambda: len(supporter.heads) == 2)
    supporter.open_entry(MEDICINES)
    supporter.click_text("Stock was")
    assert supporter.texts() == ["The nurse <b>said</b> so."]


# -- the notes of the part in hand


def test_notes_of_a_topic_its_page_and_all(supporter: Supporter) -> None:
    supporter.open_entry(MEDICINES)
    supporter.click_text("Fridges were")
    scope = supporter.window.findChild(QComboBox, "notes_scope")
    names = [scope.itemText(number) for number in range(scope.count())]
    assert names == [MEDICINES, "Safe: whole page", "All notes"]
    assert supporter.texts("unused") == []
    supporter.qtbot.keyClick(scope, Qt.Key.Key_End)
    assert supporter.texts("unused") == ["Not used so far."]
    assert supporter.texts("used") == ["The register."]
    search = supporter.window.findChild(QLineEdit, "notes_search")
    supporter.qtbot.keyClicks(search, "USED far")
    assert supporter.texts("unused") == ["Not used so far."]
    assert supporter.texts("used") == []
    # A section has what stands behind it, and what has no topic.
    supporter.open_entry("Background to The Invented Clinic")
    supporter.click_text("Opened in")
    search.clear()
    assert scope.currentText() == "All notes"
    supporter.qtbot.keyClick(scope, Qt.Key.Key_Home)
    assert scope.currentText().startswith("Background to")
    assert (supporter.texts(), supporter.texts("unused"), supporter.texts("used")) == (
        ["The register."],
        ["Not used so far."],
        [],
    )


def test_a_group_is_folded_away_by_click_and_by_key(supporter: Supporter) -> None:
    supporter.open_entry(MEDICINES)
    supporter.click_text("Nobody checked")
    notes = supporter.notes
    head = notes.visualRect(notes.model().index(2, 0))
    supporter.qtbot.mouseClick(notes.viewport(), LEFT, pos=head.center())
    assert supporter.texts("used") == []
    assert supporter.heads[2] == "Used: 2. (closed)"
    supporter.qtbot.keyClick(notes, Qt.Key.Key_Return)
    assert len(supporter.texts("used")) == 2


def test_a_double_click_writes_a_note_below_the_cursor(supporter: Supporter) -> None:
    supporter.open_entry(MEDICINES)
    supporter.click_text("Fridges were")
    supporter.click_note("Seen at 10.")
    supporter.qtbot.mouseDClick(
        supporter.notes.viewport(), LEFT, pos=supporter.place_of("Seen at 10.")
    )
    # The cursor stands in the new bullet, so that the next goes below it.
    assert supporter.heads[0].startswith("Linked to “Seen at 10.”: 1.")
    supporter.click_note("The nurse <b>said</b> so.")
    supporter.qtbot.keyClick(supporter.notes, Qt.Key.Key_Return)
    document = supporter.window.findChild(InspectionDocument)
    assert document.undo_stack.undoText() == "Add 1 note to the report"
    saved = supporter.reopen()
    written = [
        (item.kind, item.text, len(item.evidence))
        for item in saved.children(block(saved, "Fridges were cold.").parent, Block)
    ]
    assert written == [
        ("bullet", "Fridges were cold.", 2),
        ("bullet", "Seen at 10.", 1),
        ("bullet", "The nurse <b>said</b> so.", 1),
        ("bullet", "Stock was counted.", 1),
        ("bullet", "Nobody checked the doors.", 0),
    ]


def test_a_long_note_is_shown_whole_on_demand(open_supporter: Callable[..., Supporter]) -> None:
    long = " ".join(f"word {number}" for number in range(200))
    notes = [{**CONTENT["evidence"][0], "text": long}, *CONTENT["evidence"][1:]]
    supporter = open_supporter(**{**CONTENT, "evidence": notes})
    supporter.open_entry(MEDICINES)
    supporter.click_text("Fridges were")
    notes_list = supporter.notes
    index = notes_list.model().index(1, 0)

    def height() -> int:
        return notes_list.visualRect(index).height()

    short = height()
    assert short > notes_list.visualRect(notes_list.model().index(2, 0)).height()
    supporter.click_note(long)
    supporter.qtbot.keyClick(notes_list, Qt.Key.Key_Space)
    supporter.qtbot.waitUntil(lambda: height() > 3 * short)
    supporter.qtbot.keyClick(notes_list, Qt.Key.Key_Space)
    supporter.qtbot.waitUntil(lambda: height() == short)
    # “More” stands below the third line.
    line = notes_list.fontMetrics().height()
    more = QPoint(20, notes_list.visualRect(index).top() + 8 + 4 * line + line // 2 + 4)
    supporter.qtbot.mouseClick(notes_list.viewport(), LEFT, pos=more)
    supporter.qtbot.waitUntil(lambda: height() > 3 * short)


# -- the lists


def test_the_list_of_findings_follows_what_is_edited(supporter: Supporter) -> None:
    wait_for_titles(supporter, "Notes", "Unsupported 1", "Balance")
    supporter.show_tab(1)
    assert supporter.lines() == [f"Safe › {MEDICINES}: Nobody checked the doors."]
    supporter.qtbot.mouseClick(
        supporter.unsupported().viewport(),
        LEFT,
        pos=supporter.unsupported().visualRect(supporter.unsupported().model().index(0)).center(),
    )
    assert focus().textCursor().block().text() == "Nobody checked the doors."
    supporter.show_tab(0)
    supporter.click_note("Seen at 10.")
    supporter.press("link")
    wait_for_titles(supporter, "Notes", "Unsupported 0", "Balance")
    supporter.show_tab(1)
    assert supporter.text("unsupported_hint") == "Every finding has a note linked to it."


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
    wait_for_titles(supporter, "Notes", "Unsupported 1", "Balance")
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
    wait_for_titles(supporter, "Notes", "Unsupported 1", "Balance")
    supporter.show_tab(2)
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
    wait_for_titles(supporter, "Notes", "Unsupported 1", "Balance")
    supporter.show_tab(2)
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
    wait_for_titles(supporter, "Notes", "Unsupported 1", "Balance")
    supporter.show_tab(2)
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
    wait_for_titles(supporter, "Notes", "Unsupported 1", "Balance")
    document = supporter.window.findChild(InspectionDocument)
    supporter.open_entry(MEDICINES)
    editor = supporter.click_text("Fridges were")
    with supporter.qtbot.waitSignal(supporter.dock.visibilityChanged):
        supporter.window.findChild(QDockWidget, "preview_dock").raise_()
    traced, checked = QSignalSpy(document.trace.changed), QSignalSpy(document.checks.changed)
    described = []
    monkeypatch.setattr(
        notes_in_hand,
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
    words = editor.textCursor().block().text()
    assert supporter.heads[0].startswith(f"Linked to “{words}”")
    assert sorted(words) == sorted("xStock was counted.")
    supporter.qtbot.waitUntil(lambda: traced.count() > 0, timeout=PATIENCE)


def test_no_panel_is_made_before_it_is_seen(
    make_window: Callable[[], MainWindow], make_file: Callable[..., object]
) -> None:
    window = make_window()
    window.open_file(make_file())
    assert window.findChild(QDockWidget, "preview_dock").widget().isVisible()
    assert window.findChild(NotesPanel) is None


def test_the_dock_stands_where_it_was_left(
    supporter: Supporter, make_window: Callable[[], MainWindow]
) -> None:
    supporter.window.close()
    window = make_window()
    window.open_file(supporter.path)
    again = Supporter(window, supporter.path, supporter.qtbot)
    wait_for_titles(again, "Notes", "Unsupported 1", "Balance")
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
