"""The actions page by keys, clicks and drops, over a real file that is opened again."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QToolButton, QWidget

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Action, EvidenceNote
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.actions.action_list import ActionList
from inspector_app.ui.actions.action_text import ActionText
from inspector_app.ui.evidence.note_model import make_note_mime
from inspector_app.ui.pages.actions import ActionsPage
from inspector_app.ui.widgets.drop_list import make_drag_data, read_drag_data
from tests.report.making import bring_in, full_content
from tests.ui.wheel import turn_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import RecordingPrompts

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_page(
    make_file: Callable[..., Path], tmp_path: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> Iterator[Callable[..., ActionsPage]]:
    opened = []

    def open_(**content: Any) -> ActionsPage:
        document = InspectionDocument(
            make_file("clinic.inspection", bring_in("rated", **content)), tmp_path
        )
        opened.append(document)
        page = ActionsPage(document, prompts)
        qtbot.addWidget(page)
        page.resize(900, 700)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    yield open_
    for document in opened:
        document.close()


def find(page: ActionsPage, name: str) -> ActionText:
    return page.findChild(ActionText, name)


def press(qtbot: QtBot, page: QWidget, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for one in held:
        modifiers |= one
    qtbot.keyClick(page.focusWidget(), key, modifiers)


def write(qtbot: QtBot, page: QWidget, text: str) -> None:
    """Type letter by letter into whatever has the cursor, as a keyboard does."""
    for letter in text:
        qtbot.keyClicks(page.focusWidget(), letter)


def labels(page: ActionsPage) -> list[str]:
    return [item.text() for item in page.findChildren(QLabel) if item.isVisible()]


def lines(page: ActionsPage, strength: str) -> list[str]:
    actions = page.document.inspection.all(Action)
    return [item.text for item in actions if item.strength == strength]


def shown(page: ActionsPage, strength: str) -> list[str]:
    """The texts of a list as they stand on the page, from top to bottom."""
    area = page.findChild(ActionList, f"{strength}_list")
    QApplication.processEvents()
    found = [item for item in area.findChildren(ActionText) if item.isVisible()]
    found.sort(key=lambda item: item.mapTo(area, QPoint(0, 0)).y())
    return [item.toPlainText() for item in found if item.objectName() != f"new_{strength}"]


def id_of(page: ActionsPage, text: str) -> str:
    return next(item.id for item in page.document.inspection.all(Action) if item.text == text)


def reopen(page: ActionsPage) -> tuple[dict[str, list[str]], list[str]]:
    page.document.close()
    with open_for_reading(page.document.path) as reader:
        found: dict[str, list[str]] = {"must": [], "should": []}
        for item in reader.inspection.all(Action):
            found[item.strength].append(item.text)
        return found, [change.label for change in reader.history()][1:]


def test_lines_are_typed_one_after_the_other(
    open_page: Callable[..., ActionsPage], qtbot: QtBot
) -> None:
    page = open_page()
    find(page, "new_must").setFocus()
    for text in ("Count <b>&amp;</b> {{ it }}", "Two"):
        write(qtbot, page, text)
        press(qtbot, page, Qt.Key.Key_Return)
    find(page, "new_should").setFocus()
    write(qtbot, page, "x")
    assert shown(page, "must") == ["Count <b>&amp;</b> {{ it }}", "Two"]
    assert reopen(page) == (
        {"must": ["Count <b>&amp;</b> {{ it }}", "Two"], "should": ["x"]},
        ["Add must", "Add must", "Add should"],
    )


def test_leaving_a_line_and_coming_back_begins_a_new_step(
    open_page: Callable[..., ActionsPage], qtbot: QtBot
) -> None:
    page = open_page(actions={"should": ["One"]})
    line = find(page, f"{id_of(page, 'One')}.text")
    for letter in "ab":
        line.setFocus()
        line.moveCursor(QTextCursor.MoveOperation.End)
        write(qtbot, page, letter)
        find(page, "new_must").setFocus()
    page.document.undo_stack.undo()
    assert lines(page, "should") == ["Onea"]


def test_typing_a_line_is_one_step_of_undo(
    open_page: Callable[..., ActionsPage], qtbot: QtBot
) -> None:
    page = open_page(actions={"should": ["One"]})
    find(page, "new_should").setFocus()
    write(qtbot, page, "Two words")
    assert page.document.undo_stack.count() == 1
    page.document.undo_stack.undo()
    assert lines(page, "should") == shown(page, "should") == ["One"]
    page.document.undo_stack.redo()
    assert shown(page, "should") == ["One", "Two words"]


def test_enter_puts_the_next_line_behind_and_leaves_nothing_empty(
    open_page: Callable[..., ActionsPage], qtbot: QtBot
) -> None:
    page = open_page(actions={"must": ["One", "Three"]})
    page.show_place(id_of(page, "One"))
    press(qtbot, page, Qt.Key.Key_Return)
    write(qtbot, page, "Two")
    press(qtbot, page, Qt.Key.Key_Return)
    press(qtbot, page, Qt.Key.Key_Down)
    assert page.focusWidget().toPlainText() == "Three"
    assert shown(page, "must") == ["One", "Two", "Three"]
    assert reopen(page)[0]["must"] == ["One", "Two", "Three"]


def test_editing_in_place_keeps_the_cursor(
    open_page: Callable[..., ActionsPage], qtbot: QtBot
) -> None:
    page = open_page(actions={"must": ["Count instruments."]})
    text = find(page, f"{id_of(page, 'Count instruments.')}.text")
    text.setFocus()
    text.put_cursor(5)
    qtbot.keyClicks(text, " all")
    assert text.textCursor().position() == 9
    assert page.document.undo_stack.count() == 1
    assert reopen(page)[0]["must"] == ["Count all instruments."]


def test_alt_arrows_move_within_and_between_the_lists(
    open_page: Callable[..., ActionsPage], qtbot: QtBot
) -> None:
    page = open_page(actions={"must": ["A", "B"], "should": ["C"]})
    page.show_place(id_of(page, "A"))
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    assert shown(page, "must") == ["B", "A"]
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    assert (shown(page, "must"), shown(page, "should")) == (["B"], ["A", "C"])
    assert page.focusWidget().toPlainText() == "A"
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    assert (shown(page, "must"), shown(page, "should")) == (["B", "A"], ["C"])
    page.document.undo_stack.undo()
    assert reopen(page)[0] == {"must": ["B"], "should": ["A", "C"]}


def test_a_button_moves_to_the_other_list(
    open_page: Callable[..., ActionsPage], qtbot: QtBot
) -> None:
    page = open_page(actions={"must": ["A"], "should": ["C"]})
    switch = page.findChild(QToolButton, f"{id_of(page, 'A')}.switch")
    assert switch.text() == "Change to should"
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert page.document.undo_stack.undoText() == "Move must to should"
    assert reopen(page)[0] == {"must": [], "should": ["C", "A"]}


@pytest.mark.parametrize("way", ["keys", "button", "backspace"])
def test_a_line_is_removed_and_comes_back_by_undo(
    open_page: Callable[..., ActionsPage], qtbot: QtBot, way: str
) -> None:
    page = open_page(actions={"must": ["A", "B"]})
    page.show_place(id_of(page, "A"))
    if way == "keys":
        press(qtbot, page, Qt.Key.Key_Delete, CONTROL)
    elif way == "backspace":
        press(qtbot, page, Qt.Key.Key_Delete)
        press(qtbot, page, Qt.Key.Key_Backspace)
    else:
        button = page.findChild(QToolButton, f"{id_of(page, 'A')}.remove")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown(page, "must") == ["B"]
    page.document.undo_stack.undo()
    assert len(shown(page, "must")) == 2
    page.document.undo_stack.redo()
    assert reopen(page)[0]["must"] == ["B"]


def test_a_key_question_for_a_line(open_page: Callable[..., ActionsPage], qtbot: QtBot) -> None:
    page = open_page(actions={"must": ["A"]})
    id_ = id_of(page, "A")
    combo = page.findChild(QComboBox, f"{id_}.key_question")
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentText() == "Safe"
    page.document.close()
    with open_for_reading(page.document.path) as reader:
        assert reader.inspection.get(id_, Action).key_question == "safe"


def test_pasted_lines_are_lines_in_one_step(
    open_page: Callable[..., ActionsPage], qtbot: QtBot
) -> None:
    page = open_page(actions={"should": ["A"]})
    data = QMimeData()
    data.setText("\t• One\r\n• Two\n\nThree\n")
    empty = find(page, "new_should")
    empty.setFocus()
    empty.insertFromMimeData(data)
    assert shown(page, "should") == ["A", "One", "Two", "Three"]
    assert reopen(page)[0]["should"] == ["A", "One", "Two", "Three"]


def drag(page: ActionsPage, text: str, strength: str, before: str) -> None:
    """Drag a line of some text in front of another one, of that list."""
    target = page.findChild(ActionList, f"{strength}_list")
    place = find(page, f"{id_of(page, before)}.text").mapTo(target, QPoint(5, 2))
    data = make_drag_data(id_of(page, text))
    let_go(target, place, data, Qt.DropAction.MoveAction)


def let_go(target: QWidget, place: QPoint, data: QMimeData, action: Qt.DropAction) -> None:
    """Drag something onto a widget, and let it go there if it is taken."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        # Newer versions of Qt want another kind of point, which older ones do not take.
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(place, action, data, left, none)
        drop = QDropEvent(QPointF(place), action, data, left, none)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, drop)


def test_a_line_is_dragged_to_the_other_list(open_page: Callable[..., ActionsPage]) -> None:
    page = open_page(actions={"must": ["A", "B"], "should": ["C", "D"]})
    drag(page, "A", "should", before="D")
    assert shown(page, "should") == ["C", "A", "D"]
    assert page.document.undo_stack.count() == 1
    assert reopen(page)[0] == {"must": ["B"], "should": ["C", "A", "D"]}


def test_the_handle_starts_a_drag(
    open_page: Callable[..., ActionsPage], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(actions={"must": ["A"]})
    dragged = []
    monkeypatch.setattr(
        "inspector_app.ui.widgets.drop_list.QDrag.exec",
        lambda drag, _: dragged.append(read_drag_data(drag.mimeData())),
    )
    handle = page.findChild(QLabel, f"{id_of(page, 'A')}.handle")
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    qtbot.mouseMove(handle, QPoint(3, 40))
    assert dragged == [id_of(page, "A")]


def test_musts_of_notices_stand_above_with_their_notice(
    open_page: Callable[..., ActionsPage], qtbot: QtBot
) -> None:
    page = open_page(**full_content("rated"))
    assert "Ensure care and treatment is provided in a safe way to patients." in labels(page)
    button = next(
        item for item in page.findChildren(QPushButton) if item.objectName().endswith("show_notice")
    )
    with qtbot.waitSignal(page.place_wanted) as signal:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    notice = signal.args[0]
    page.document.set_field(notice, "must", "Own <i>words</i>", "Type")
    qtbot.waitUntil(lambda: "Own <i>words</i>" in labels(page))
    page.document.set_field(notice, "withheld", True, "Withhold")
    qtbot.waitUntil(lambda: "Not printed: the notice is withheld." in labels(page))


def test_lists_of_a_service_stand_below(open_page: Callable[..., ActionsPage]) -> None:
    content = full_content("rated")
    left = {"service": "Maternity", "left_out": True, "previous_ratings": {"safe": "good"}}
    rows = [{"service": "Critical care", "ratings": {"safe": "good"}}]
    page = open_page(**{**content, "services": [*content["services"], left], "rating_grid": rows})
    texts = [item.toPlainText() for item in page.findChildren(ActionText)]
    assert "Count instruments." in texts
    assert "Surgery" in labels(page)
    # Of those that were not inspected nothing is asked.
    assert not {"Maternity", "Critical care"} & {*labels(page)}


def test_a_long_line_grows(open_page: Callable[..., ActionsPage], qtbot: QtBot) -> None:
    page = open_page(actions={"must": ["short", "long words " * 60]})
    short = find(page, f"{id_of(page, 'short')}.text")
    long = find(page, f"{id_of(page, 'long words ' * 60)}.text")
    qtbot.waitUntil(lambda: long.height() > 5 * short.fontMetrics().lineSpacing())
    assert short.height() < 4 * short.fontMetrics().lineSpacing()


def test_the_wheel_changes_nothing(open_page: Callable[..., ActionsPage]) -> None:
    page = open_page(actions={"must": ["A"]})
    turn_wheel(page.findChild(QComboBox, f"{id_of(page, 'A')}.key_question"))
    assert not page.document.undo_stack.canUndo()


def test_nothing_scrolls_sideways(open_page: Callable[..., ActionsPage]) -> None:
    endless = "x" * 10_000
    page = open_page(
        actions={"must": [endless]},
        notices=[{"kind": "requirement", "must": endless, "regulation": "RA2014-12"}],
    )
    page.resize(560, 700)
    QApplication.processEvents()
    assert page.scroll_area.horizontalScrollBar().maximum() == 0


def test_somebody_elses_file_can_be_read_only(
    open_page: Callable[..., ActionsPage], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(InspectionDocument, "can_edit", property(lambda _: False))
    page = open_page(actions={"must": ["A"], "should": ["B"]})
    text = find(page, f"{id_of(page, 'A')}.text")
    qtbot.keyClicks(text, "x")
    qtbot.keyClick(text, Qt.Key.Key_Delete, CONTROL)
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClick(text, Qt.Key.Key_Down, ALT)
    # From another window, say, where these lines can be changed.
    drag(page, "A", "should", before="B")
    assert (shown(page, "must"), shown(page, "should")) == (["A"], ["B"])
    assert not find(page, "new_must").isVisible()
    assert not page.document.undo_stack.canUndo()


def _texts(page: ActionsPage) -> list[str]:
    return [text.toPlainText() for text in page.findChildren(ActionText) if text.current_block]


def test_of_many_lines_a_screenful_is_there_at_once_and_the_rest_follows(
    open_page: Callable[..., ActionsPage], qtbot: QtBot, prompts: RecordingPrompts
) -> None:
    lines = [f"Line {number}" for number in range(60)]
    document = open_page(actions={"must": lines}).document
    page = ActionsPage(document, prompts)
    qtbot.addWidget(page)
    assert 0 < len(_texts(page)) < 20
    page.show()
    qtbot.waitUntil(lambda: not page.waiting)
    assert _texts(page) == lines


@pytest.mark.parametrize("way", ["click", "place", "key"])
def test_whoever_comes_early_finds_all_lines(
    open_page: Callable[..., ActionsPage], qtbot: QtBot, prompts: RecordingPrompts, way: str
) -> None:
    lines = [f"Line {number}" for number in range(60)]
    document = open_page(actions={"must": lines}).document
    ids = [action.id for action in document.inspection.all(Action)]
    page = ActionsPage(document, prompts)
    qtbot.addWidget(page)
    assert page.waiting
    if way == "click":
        # What stands in front of the waiting ones is the last line for a moment.
        made = [text for text in page.findChildren(ActionText) if text.current_block]
        QApplication.sendEvent(made[-1], QFocusEvent(QEvent.Type.FocusIn))
    elif way == "place":
        assert page.show_place(ids[-1])
    else:
        document.set_field(ids[-1], "text", "Line of somebody else", "Change", "")
        lines[-1] = "Line of somebody else"
    assert not page.waiting
    assert _texts(page) == lines


def test_a_note_that_is_dropped_on_a_line_stands_behind_it(
    open_page: Callable[..., ActionsPage],
) -> None:
    page = open_page(**full_content("rated"))
    document = page.document
    action = next(document.inspection.all(Action))
    draft = document.draft()
    note = EvidenceNote(id="door", parent=document.inspection.id, text="The door stood open.")
    draft.create(note)
    document.apply_draft(draft, "Add note")
    text = find(page, f"{action.id}.text")
    mime = make_note_mime(document.inspection, [note.id])
    let_go(text.viewport(), QPoint(20, 10), mime, Qt.DropAction.CopyAction)
    assert document.inspection.get(action.id, Action) == msgspec.structs.replace(
        action, evidence=(*action.evidence, note.id)
    )
