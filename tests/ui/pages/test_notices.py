"""The notices page by keys and clicks, over a real file that is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Block, Notice, Service
from inspector_app.frameworks.load import load_reference
from inspector_app.report.report import render_report
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.notices.notice_model import NoticeModel
from inspector_app.ui.pages.notices import NoticesPage
from inspector_app.ui.widgets.regulation_labels import find_regulations
from tests.report.making import bring_in, full_content
from tests.ui.wheel import turn_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import RecordingPrompts

# Without a screen there are no real popups, and Qt says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CONTROL = Qt.KeyboardModifier.ControlModifier
ACTIVITIES = ["Surgical procedures", "Diagnostic and screening procedures"]
MUST_12 = "Ensure care and treatment is provided in a safe way to patients."


@pytest.fixture
def open_page(
    make_file: Callable[..., Path], tmp_path: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> Iterator[Callable[..., NoticesPage]]:
    opened = []

    def open_(**content: Any) -> NoticesPage:
        document = InspectionDocument(
            make_file("clinic.inspection", bring_in("rated", **content)), tmp_path
        )
        opened.append(document)
        page = NoticesPage(document, prompts)
        qtbot.addWidget(page)
        page.resize(900, 700)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    yield open_
    for document in opened:
        document.close()


def one(page: NoticesPage, number: int = 0) -> Notice:
    return list(page.document.inspection.all(Notice))[number]


def find(page: NoticesPage, kind: type[Any], name: str) -> Any:
    """Return a widget of the form by the name of its field."""
    assert page.form is not None
    found = page.form.findChild(kind, f"{page.form.notice}.{name}")
    assert found is not None, name
    return found


def write(qtbot: QtBot, page: QWidget, text: str) -> None:
    for letter in text:
        qtbot.keyClicks(page.focusWidget(), letter)


def pick_regulation(qtbot: QtBot, page: NoticesPage, text: str) -> None:
    line = find(page, QLineEdit, "regulation")
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def reopen(page: NoticesPage) -> Any:
    page.document.close()
    with open_for_reading(page.document.path) as reader:
        return reader.inspection


def notice_content(**more: Any) -> dict[str, Any]:
    return {"notices": [{"kind": "requirement", "regulation": "RA2014-12", **more}]}


def test_a_breach_from_nothing_by_keys(open_page: Callable[..., NoticesPage], qtbot: QtBot) -> None:
    page = open_page(registered_activities=ACTIVITIES)
    assert page.form is None
    adding = page.findChild(QPushButton, "new_notice")
    adding.setFocus()
    qtbot.keyClick(adding, Qt.Key.Key_Space)
    assert page.document.undo_stack.undoText() == "Add breach"
    assert page.focusWidget().accessibleName() == "Regulation"
    write(qtbot, page, "12 safe")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert one(page).regulation == "RA2014-12"
    for name in ("breached_paragraphs.12(2)(g)", "breached_paragraphs.12(1)"):
        box = find(page, QCheckBox, name)
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Space)
    other = find(page, QLineEdit, "breached_paragraphs.other")
    other.setFocus()
    write(qtbot, page, "12(3)")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    activity = find(page, QLineEdit, "activities.other")
    activity.setFocus()
    write(qtbot, page, "Own & <b>words</b>")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    page.form.blocks.setFocus()
    write(qtbot, page, "None were counted.")
    inspection = reopen(page)
    (notice,) = inspection.all(Notice)
    assert notice.regulation == "RA2014-12"
    assert notice.breached_paragraphs == ("12(1)", "12(2)(g)", "12(3)")
    assert "Own & <b>words</b>" in notice.activities
    assert [block.text for block in inspection.children(notice.id, Block)] == ["None were counted."]


def test_a_notice_of_a_service_is_listed_and_written(
    open_page: Callable[..., NoticesPage], qtbot: QtBot
) -> None:
    notice = {"regulation": "RA2014-12", "how_not_met": [{"paragraph": "Swabs."}]}
    own = {"regulation": "RA2014-17"}
    page = open_page(services=[{"service": "Surgery", "notices": [notice]}], notices=[own])
    shown = [page.model.index(row).data() for row in range(page.model.rowCount())]
    assert [text.partition(":")[0] for text in shown] == [shown[0], "Surgery"]
    page.list.setCurrentIndex(page.model.index(1))
    assert "Swabs." in find(page, QTextEdit, "printed.row").toPlainText()
    page.form.blocks.setFocus()
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_End, CONTROL)
    write(qtbot, page, " Not counted.")
    (service,) = reopen(page).all(Service)
    with open_for_reading(page.document.path) as reader:
        (found,) = reader.inspection.children(service.id, Notice)
        (block,) = reader.inspection.children(found.id, Block)
    assert block.text == "Swabs. Not counted."


def test_the_three_places_show_as_they_print(
    open_page: Callable[..., NoticesPage], qtbot: QtBot
) -> None:
    page = open_page(**notice_content(breached_paragraphs=["12(1)"], activities=["<script>x"]))
    must, breach = find(page, QLabel, "printed.must"), find(page, QLabel, "printed.breach")
    row = find(page, QTextEdit, "printed.row")
    assert must.text() == MUST_12
    assert breach.text().startswith("This was in breach of regulation 12 (1) of the Health and")
    assert "<script>x" in row.toPlainText()
    page.form.blocks.setFocus()
    write(qtbot, page, "Nothing & no one")
    qtbot.waitUntil(lambda: "Nothing & no one" in row.toPlainText())
    html = render_report(page.document.inspection).html
    for line in (must.text(), breach.text()):
        assert line in html
    assert row.toPlainText().count("Regulation 12 HSCA (RA) Regulations 2014") == 1


def test_the_must_line_can_be_taken_over_and_edited(
    open_page: Callable[..., NoticesPage], qtbot: QtBot
) -> None:
    page = open_page(**notice_content())
    text = find(page, QPlainTextEdit, "must")
    assert text.placeholderText() == MUST_12
    button = find(page, QPushButton, "use_must")
    assert not page.document.inspection.get(one(page).id, Notice).must
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isEnabled()
    write(qtbot, page, " Soon.")
    printed = find(page, QLabel, "printed.must")
    qtbot.waitUntil(lambda: printed.text() == f"{MUST_12} Soon.")
    assert [item.must for item in reopen(page).all(Notice)] == [f"{MUST_12} Soon."]


def test_another_regulation_takes_its_paragraphs_along_in_one_step(
    open_page: Callable[..., NoticesPage], qtbot: QtBot
) -> None:
    page = open_page(**notice_content(breached_paragraphs=["12(1)", "17(2)(a)"]))
    pick_regulation(qtbot, page, "17 good gov")
    assert one(page).regulation == "RA2014-17"
    assert one(page).breached_paragraphs == ("17(2)(a)",)
    assert find(page, QCheckBox, "breached_paragraphs.17(2)(a)").isChecked()
    page.document.undo_stack.undo()
    assert one(page).breached_paragraphs == ("12(1)", "17(2)(a)")
    assert find(page, QLineEdit, "regulation").text() == "12 Safe care and treatment (2014)"
    page.document.undo_stack.redo()
    assert [item.regulation for item in reopen(page).all(Notice)] == ["RA2014-17"]


def test_a_paragraph_that_is_chosen_in_the_list_is_breached(
    open_page: Callable[..., NoticesPage], qtbot: QtBot
) -> None:
    page = open_page(**notice_content(breached_paragraphs=["12(2)(h)", "17(2)(a)"]))
    pick_regulation(qtbot, page, "12(2)(g)")
    assert one(page).breached_paragraphs == ("12(2)(g)", "12(2)(h)", "17(2)(a)")
    assert find(page, QCheckBox, "breached_paragraphs.12(2)(g)").isChecked()
    pick_regulation(qtbot, page, "17(2)(b)")
    assert one(page).regulation == "RA2014-17"
    assert one(page).breached_paragraphs == ("17(2)(a)", "17(2)(b)")
    page.document.undo_stack.undo()
    assert one(page).regulation == "RA2014-12"
    assert find(page, QCheckBox, "breached_paragraphs.12(2)(g)").isChecked()


def test_a_regulation_is_taken_away_by_an_empty_line_and_nonsense_is_told(
    open_page: Callable[..., NoticesPage], qtbot: QtBot
) -> None:
    page = open_page(**notice_content())
    pick_regulation(qtbot, page, "zzz")
    assert one(page).regulation == "RA2014-12"
    assert "zzz" in page.form.regulation.problem.text()
    line = find(page, QLineEdit, "regulation")
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert one(page).regulation == ""


def test_regulations_are_found_by_number_title_and_words() -> None:
    reference = load_reference()
    twelves = [shown for _, shown in find_regulations("12", reference)][:2]
    assert twelves[0].startswith("12 Safe care and treatment (2014)")
    assert twelves[1].startswith("12 ")
    assert "(2009)" in twelves[1]
    assert find_regulations("governance", reference)[0][0] == "RA2014-17"
    assert [value for value, _ in find_regulations("12 medicines", reference)][:2] == [
        "RA2014-12 12(2)(f)",
        "RA2014-12 12(2)(g)",
    ]
    assert find_regulations("proper medicines", reference)[0][0] == "RA2014-12 12(2)(g)"
    unverified = dict(find_regulations("17 2014", reference))["RA2014-17"]
    assert "wording not verified" in unverified
    assert len(find_regulations("", reference)) == len(reference.regulations)


def test_kind_question_action_deadline_and_withheld(
    open_page: Callable[..., NoticesPage], qtbot: QtBot
) -> None:
    page = open_page(**notice_content())
    form = page.form
    assert form is not None
    assert not form.deadline.isVisible()
    form.kind.editor.setFocus()
    qtbot.keyClick(form.kind.editor, Qt.Key.Key_Down)
    assert page.document.undo_stack.undoText() == "Change kind of breach"
    qtbot.waitUntil(form.deadline.isVisible)
    form.question.editor.setFocus()
    qtbot.keyClick(form.question.editor, Qt.Key.Key_Down)
    form.action.text.setFocus()
    write(qtbot, page, "We served it.")
    line = form.deadline.day_edit.line
    line.setFocus()
    write(qtbot, page, "1 August 2024")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    row = find(page, QTextEdit, "printed.row")
    qtbot.waitUntil(lambda: "must comply by 1 August 2024" in row.toPlainText())
    form.withheld.editor.setFocus()
    qtbot.keyClick(form.withheld.editor, Qt.Key.Key_Space)
    must = find(page, QLabel, "printed.must")
    qtbot.waitUntil(lambda: "withheld" in must.text())
    (notice,) = reopen(page).all(Notice)
    assert (notice.kind, notice.key_question, notice.action) == (
        "warning",
        "safe",
        "We served it.",
    )
    assert str(notice.deadline) == "2024-08-01"
    assert notice.withheld


def test_the_usual_opening_is_offered_while_nothing_is_written(
    open_page: Callable[..., NoticesPage], qtbot: QtBot
) -> None:
    page = open_page(notices=[{"kind": "requirement"}])
    assert not find(page, QPushButton, "use_opening").isVisible()
    pick_regulation(qtbot, page, "12 safe")
    button = find(page, QPushButton, "use_opening")
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isVisible()
    write(qtbot, page, " Indeed.")
    inspection = reopen(page)
    (notice,) = inspection.all(Notice)
    (block,) = inspection.children(notice.id, Block)
    opening = page.document.reference.regulations["RA2014-12"].opening
    assert "treatment to patients was provided" in opening
    assert block.text == f"{opening} Indeed."


def test_a_key_question_can_be_taken_away(
    open_page: Callable[..., NoticesPage], qtbot: QtBot
) -> None:
    page = open_page(**notice_content(key_question="safe"))
    combo = page.form.question.editor
    combo.setFocus()
    assert combo.currentText() == "Safe"
    qtbot.keyClick(combo, Qt.Key.Key_Up)
    assert [item.key_question for item in reopen(page).all(Notice)] == [""]


def test_removing_takes_the_blocks_and_undo_brings_them_back(
    open_page: Callable[..., NoticesPage], qtbot: QtBot
) -> None:
    page = open_page(**full_content("rated"))
    first = one(page).id
    count = len(list(page.document.inspection.children(first, Block)))
    assert count > 3
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete, CONTROL)
    assert page.document.undo_stack.undoText() == "Remove breach"
    assert page.form.notice == one(page).id != first
    page.document.undo_stack.undo()
    assert page.form.notice == first
    assert len(list(page.document.inspection.children(first, Block))) == count
    page.document.undo_stack.redo()
    qtbot.mouseClick(page.removing, Qt.MouseButton.LeftButton)
    assert page.form is None
    assert not list(reopen(page).all(Notice))


def test_activities_of_the_provider_and_others(
    open_page: Callable[..., NoticesPage], qtbot: QtBot
) -> None:
    page = open_page(**notice_content(activities=["Surgical things"]))
    root = page.document.inspection.id
    page.document.set_field(root, "registered_activities", ACTIVITIES, "Type")
    box = find(page, QCheckBox, f"activities.{ACTIVITIES[1]}")
    assert find(page, QCheckBox, "activities.Surgical things").isChecked()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    line = find(page, QLineEdit, "activities.other")
    line.setFocus()
    write(qtbot, page, "personal")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    popup = QApplication.activePopupWidget()
    target = popup if popup is not None else line
    qtbot.keyClick(target, Qt.Key.Key_Return)
    (notice,) = reopen(page).all(Notice)
    assert set(notice.activities) >= {"Surgical things", ACTIVITIES[1]}
    assert len(notice.activities) == 3


def test_show_place_chooses_the_breach_and_the_block(open_page: Callable[..., NoticesPage]) -> None:
    page = open_page(**full_content("rated"))
    second = one(page, 1)
    assert page.show_place(second.id)
    assert page.form.notice == second.id
    block = next(page.document.inspection.children(one(page).id, Block))
    assert page.show_place(block.id)
    assert page.form.notice == one(page).id
    assert page.focusWidget() is page.form.blocks
    assert not page.show_place("nothing")


def test_the_model_is_a_good_one(
    open_page: Callable[..., NoticesPage], qtmodeltester: ModelTester
) -> None:
    page = open_page(**full_content("rated"))
    model = NoticeModel(page.document)
    page.document.changed.connect(model.refresh)
    qtmodeltester.check(model)
    assert [model.index(row).data() for row in range(model.rowCount())] == [
        "12 Safe care and treatment (2014)",
        "Warning: 17 Good governance (2014)",
    ]
    draft = page.document.draft()
    draft.move(one(page, 1).id, page.document.inspection.id, one(page).id)
    page.document.apply_draft(draft, "Move")
    assert model.index(0).data().startswith("Warning")


def test_hostile_text_does_no_harm_and_nothing_scrolls_sideways(
    open_page: Callable[..., NoticesPage], qtbot: QtBot
) -> None:
    long = "x" * 10_000
    page = open_page(
        **notice_content(
            must=f"{long} <b>&amp;</b> {{{{ it }}}}\n😀",
            activities=[long, "a & <i>b</i>"],
            breached_paragraphs=["12(1)", long],
        )
    )
    page.resize(560, 700)
    must = find(page, QLabel, "printed.must")
    assert must.textFormat() == Qt.TextFormat.PlainText
    assert "<b>&amp;</b> {{ it }}" in must.text()
    assert "a & <i>b</i>" in find(page, QTextEdit, "printed.row").toPlainText()
    QApplication.processEvents()
    assert page.scroll_area.horizontalScrollBar().maximum() == 0
    pick_regulation(qtbot, page, "17 good")
    QApplication.processEvents()
    assert page.scroll_area.horizontalScrollBar().maximum() == 0


def test_the_wheel_changes_nothing(open_page: Callable[..., NoticesPage]) -> None:
    page = open_page(**notice_content())
    combo = page.form.kind.editor
    turn_wheel(combo)
    assert not page.document.undo_stack.canUndo()


def test_somebody_elses_file_can_be_read_only(
    open_page: Callable[..., NoticesPage], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(InspectionDocument, "can_edit", property(lambda _: False))
    page = open_page(**notice_content(breached_paragraphs=["12(1)"]))
    qtbot.mouseClick(page.adding, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.list, Qt.Key.Key_Delete, CONTROL)
    qtbot.keyClicks(find(page, QLineEdit, "regulation"), "17")
    box = find(page, QCheckBox, "breached_paragraphs.12(1)")
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert box.isChecked()
    assert not page.document.undo_stack.canUndo()
