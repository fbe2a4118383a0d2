"""Changed standard texts are marked beside the line, and can be restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from inspector_app.domain.entities import Section, Topic
from inspector_app.report.standard import StandardTexts
from inspector_app.ui.blocks.topic_card import TopicCard
from tests.ui.blocks.making import TOPIC, blocks, bullet, paragraph, place, put, reopen

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor

SECTION = "section1"


@pytest.fixture
def offered(document: InspectionDocument) -> str:
    """Make a section, and return a standard text of it, filled."""
    draft = document.draft()
    draft.create(Section(id=SECTION, parent=draft.result.id, section="background"))
    draft.set(draft.result.id, "location_name", "Mill <b>Clinic</b>")
    document.apply_draft(draft, "Make")
    texts = StandardTexts(document.inspection, document.framework, document.reference)
    return next(item.text for item in texts.for_section("background") if "Mill <b>" in item.text)


def margin(editor: BlockEditor, line: int) -> QPoint:
    place(editor, line)
    return QPoint(editor.viewport().width() - 45, editor.cursorRect().center().y())


def test_a_changed_standard_text_is_marked_and_restored(
    document: InspectionDocument, offered: str, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, paragraph(offered), paragraph("Our own words."), parent=SECTION)
    editor = show(SECTION)
    plain = editor.grab().toImage()
    assert editor.parts.marks.find_standard_text(blocks(document.inspection, SECTION)[0].id) is None
    place(editor, 0, len(offered))
    qtbot.keyClicks(editor, " More.")
    tip = margin(editor, 0)
    qtbot.waitUntil(lambda: "Changed standard text" in editor.tip_at(tip))
    # The name of the clinic is text.
    assert "Mill &lt;b&gt;Clinic&lt;/b&gt;" in editor.tip_at(tip)
    assert editor.tip_at(margin(editor, 1)) == ""
    assert editor.grab().toImage() != plain
    place(editor, 0, 3)
    count = document.undo_stack.count()
    action = next(a for a in editor.make_menu().actions() if "standard text" in a.text())
    action.trigger()
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == "Restore the standard text"
    qtbot.waitUntil(lambda: editor.tip_at(tip) == "")
    assert blocks(reopen(document), SECTION)[0].text == offered


def test_details_that_change_make_a_standard_text_a_changed_one(
    document: InspectionDocument, offered: str, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, paragraph(offered), parent=SECTION)
    editor = show(SECTION)
    document.set_field(document.inspection.id, "location_name", "Lane Clinic", "Rename")
    spot = margin(editor, 0)
    qtbot.waitUntil(lambda: "Lane Clinic" in editor.tip_at(spot))
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: editor.tip_at(spot) == "")


def test_own_words_have_nothing_to_restore(
    document: InspectionDocument, offered: str, show: Callable[..., BlockEditor]
) -> None:
    put(document, paragraph("Our own words."), parent=SECTION)
    editor = show(SECTION)
    place(editor, 0, 3)
    assert not [a for a in editor.make_menu().actions() if "standard text" in a.text()]


def test_many_lines_are_measured_in_slices(
    document: InspectionDocument, offered: str, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    many = [bullet(f"{offered} {number} " + "word " * (number % 7)) for number in range(400)]
    put(document, *many, paragraph(offered.replace(" a ", " one ", 1) + " x"), parent=SECTION)
    editor = show(SECTION)
    last = blocks(document.inspection, SECTION)[-1].id
    spot = margin(editor, 400)
    qtbot.waitUntil(lambda: "Changed" in editor.tip_at(spot))
    assert editor.parts.marks.find_standard_text(last) is not None


def test_a_changed_lead_says_so(document: InspectionDocument, qtbot: QtBot) -> None:
    question = document.framework.find_key_question("effective")
    assert question is not None
    known = next(topic for topic in question.topics if topic.leads)
    lead = known.leads[0].text
    draft = document.draft()
    draft.set(TOPIC, "topic", known.id)
    draft.set(TOPIC, "lead", lead)
    document.apply_draft(draft, "Lead")
    card = TopicCard(document, document.inspection.get(TOPIC, Topic))
    qtbot.addWidget(card)
    card.show()
    label = card.findChild(QLabel, f"{TOPIC}.changed_lead")
    assert not label.isVisible()
    document.changed.connect(card.refresh)
    qtbot.keyClicks(card.lead.text, "Then ")
    assert label.isVisible()
    assert lead[:20] in label.toolTip()
    qtbot.keyClick(card.lead.text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(card.lead.text, "Our own words")
    assert not label.isVisible()
