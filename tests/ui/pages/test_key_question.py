"""The page of a key question, over a saved file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import Block, KeyQuestion, Topic
from inspector_app.domain.search.folding import Span
from inspector_app.domain.search.replace import Spot
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.find.going import show_hit
from inspector_app.ui.pages.key_question import KeyQuestionPage
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QMenu
    from pytestqt.qtbot import QtBot

    from inspector_app.domain.inspection import Inspection

    Open = Callable[..., tuple[InspectionDocument, KeyQuestionPage]]


@pytest.fixture
def show(
    make_file: Callable[..., Path], tmp_path: Path, qtbot: QtBot, prompts: Any
) -> Iterator[Open]:
    documents: list[InspectionDocument] = []

    def make(
        question: str = "safe", regime: str = "rated", /, **content: Any
    ) -> tuple[InspectionDocument, KeyQuestionPage]:
        path = make_file("page.inspection", bring_in(regime, **content))
        document = InspectionDocument(path, tmp_path / "backups")
        documents.append(document)
        page = KeyQuestionPage(document, prompts, question)
        qtbot.addWidget(page)
        page.resize(900, 700)
        page.show()
        qtbot.waitExposed(page)
        return document, page

    yield make
    for document in documents:
        document.close()


def reopen(document: InspectionDocument) -> Inspection:
    document.close()
    with open_for_reading(document.path) as reader:
        return reader.inspection


def choose(menu: QMenu, text: str) -> None:
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if text in action.text()).trigger()


def find(inspection: Inspection, question: str) -> KeyQuestion:
    return next(q for q in inspection.all(KeyQuestion) if q.key_question == question)


CONTENT = {
    "key_questions": {
        "safe": {
            "summary": [{"paragraph": "Safe."}],
            "topics": [
                {"topic": "risks_to_patients", "lead": "Risks.", "body": [{"bullets": ["One"]}]}
            ],
        },
        "well_led": {"summary": [], "topics": []},
    },
    "ratings": {"safe": "good"},
}


def test_a_key_question_can_be_included_and_removed(show: Open, qtbot: QtBot) -> None:
    document, page = show("caring", **CONTENT)
    qtbot.mouseClick(page.include, Qt.MouseButton.LeftButton)
    known = document.framework.find_key_question("caring")
    assert known is not None
    order = [q.key_question for q in document.inspection.all(KeyQuestion)]
    assert order == ["safe", "caring", "well_led"]
    topics = list(document.inspection.children(find(document.inspection, "caring").id, Topic))
    assert [topic.topic for topic in topics] == [topic.id for topic in known.topics]
    assert len(page.cards) == len(known.topics)
    qtbot.keyClicks(page.editor, "Kind staff.")
    choose(page.more.menu(), "Remove")
    assert page.include.isVisible()
    document.undo_stack.undo()
    assert page.editor.toPlainText() == "Kind staff."
    inspection = reopen(document)
    blocks = inspection.children(find(inspection, "caring").id, Block)
    assert [block.text for block in blocks] == ["Kind staff."]


def test_the_line_follows_the_rating(show: Open) -> None:
    document, page = show("safe", **CONTENT)
    assert page.line.text() == "We rated safe as Good:"
    root = document.inspection.id
    document.set_field(root, "ratings.safe", "inadequate", "Rate")
    assert page.line.text() == "We rated safe as Inadequate:"
    document.set_field(root, "ratings.safe", None, "Rate")
    assert page.line.text() == "No rating chosen yet."


def test_the_line_of_a_judgement(show: Open) -> None:
    _, page = show("safe", "unrated", judgements={"safe": "not_met"}, key_questions={"safe": {}})
    assert "was not providing safe care" in page.line.text()
    choose(page.standard.menu(), "Impact")
    assert page.editor.toPlainText().startswith("The impact of our concerns")
    assert page.document.undo_stack.undoText().startswith("Standard paragraph")


def test_leads_text_and_topics(show: Open, qtbot: QtBot) -> None:
    document, page = show("safe", **CONTENT)
    (card,) = page.cards.values()
    lead = document.framework.find_topic("safe", "risks_to_patients")
    assert lead is not None
    choose(card.leads.menu(), "Standard")
    assert card.lead.text.toPlainText() == lead.leads[0].text
    choose(card.leads.menu(), "Own")
    qtbot.keyClicks(card.lead.text, "My own <i>lead</i>.")
    card.editor.moveCursor(card.editor.textCursor().MoveOperation.End)
    qtbot.keyClick(card.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(card.editor, "Two")
    inspection = reopen(document)
    (topic,) = inspection.children(find(inspection, "safe").id, Topic)
    assert topic.lead == "My own <i>lead</i>."
    assert [b.text for b in inspection.children(topic.id, Block)] == ["One", "Two"]


def test_topics_are_joined_and_split(show: Open, qtbot: QtBot) -> None:
    topics = [{"topic": "roles", "body": [{"bullets": ["One"]}]}, {"topic": "improving"}]
    content = {
        "framework": "adult_social_care_2017",
        "key_questions": {"well_led": {"topics": topics}},
    }
    document, page = show("well_led", **content)
    part = find(document.inspection, "well_led").id
    first, second = page.cards.values()
    choose(second.more.menu(), "Join with Managers and staff being clear")
    (joined,) = page.cards.values()
    assert joined is first
    assert joined.heading.text().endswith(
        "regulatory requirements; Continuous learning and improving care"
    )

    # Neither is offered beside it.
    def list_offered() -> set[str]:
        buttons = page.findChildren(QPushButton)
        return {button.objectName() for button in buttons if button.isVisible()}

    qtbot.waitUntil(lambda: f"{part}.add.partnership" in list_offered())
    assert {f"{part}.add.roles", f"{part}.add.improving"}.isdisjoint(list_offered())
    choose(joined.more.menu(), "Split")
    assert len(page.cards) == 2
    document.undo_stack.undo()
    assert document.undo_stack.redoText() == "Split topic"
    inspection = reopen(document)
    (topic,) = inspection.children(part, Topic)
    assert topic.topic == "roles_improving"
    assert [block.text for block in inspection.children(topic.id, Block)] == ["One"]


def test_missing_topics_are_added_in_their_place(show: Open, qtbot: QtBot) -> None:

    document, page = show("safe", **CONTENT)
    known = document.framework.find_key_question("safe")
    assert known is not None
    part = find(document.inspection, "safe").id
    for topic in reversed([t for t in known.topics if t.id != "risks_to_patients"]):
        button = page.findChild(QPushButton, f"{part}.add.{topic.id}")
        assert isinstance(button, QPushButton)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    topics = [t.topic for t in document.inspection.children(part, Topic)]
    assert topics == [t.id for t in known.topics]
    choose(page.more.menu(), "your own")
    own = [t for t in document.inspection.children(part, Topic) if not t.topic]
    title = page.cards[own[0].id].title
    assert title is not None
    qtbot.keyClicks(title.line, "Buildings")
    assert page.cards[own[0].id].heading.text() == "Buildings"
    choose(page.cards[own[0].id].more.menu(), "Move up")
    choose(page.cards[own[0].id].more.menu(), "Remove")
    assert own[0].id not in page.cards
    document.undo_stack.undo()
    assert own[0].id in page.cards
    inspection = reopen(document)
    assert [t.title for t in inspection.children(part, Topic)][-2] == "Buildings"


def test_show_place(show: Open) -> None:
    document, page = show("safe", **CONTENT)
    part = find(document.inspection, "safe").id
    topic = next(document.inspection.children(part, Topic))
    block = next(document.inspection.children(topic.id, Block))
    assert page.show_place(block.id)
    assert page.cards[topic.id].editor.current_block == block.id
    assert page.show_place(topic.id)
    assert page.show_place(part)
    assert not page.show_place("nothing")


def test_cards_below_the_window_come_once_the_page_shows(show: Open, qtbot: QtBot) -> None:
    topics = [{"title": f"Topic {number}"} for number in range(30)]
    document, page = show(key_questions={"safe": {"topics": topics}})
    question = find(document.inspection, "safe")
    ids = list(document.inspection.child_ids(question.id, Topic))
    shown = len(page.cards)
    # A change in between, and a place far down, find the page whole.
    document.set_field(ids[-1], "title", "The last", "Change title")
    assert page.show_place(ids[shown + 1])
    assert ids[shown + 1] in page.cards
    qtbot.waitUntil(lambda: not page.waiting)
    tops = [page.cards[id_].y() for id_ in ids]
    assert tops == sorted(tops)
    assert page.cards[ids[-1]].heading.text() == "The last"


def test_a_topic_that_goes_before_its_card_was_made(show: Open, qtbot: QtBot) -> None:
    topics = [{"title": f"Topic {number}"} for number in range(30)]
    document, page = show(key_questions={"safe": {"topics": topics}})
    question = find(document.inspection, "safe")
    draft = document.draft()
    draft.delete(document.inspection.child_ids(question.id, Topic)[-1])
    document.apply_draft(draft, "Remove")
    qtbot.waitUntil(lambda: not page.waiting)
    assert list(page.cards) == list(document.inspection.child_ids(question.id, Topic))


def test_a_hit_far_down_is_shown_before_its_card_was_made(show: Open) -> None:
    topics = [{"title": f"Topic {number}", "lead": "A lead."} for number in range(30)]
    document, page = show(key_questions={"safe": {"topics": topics}})
    question = find(document.inspection, "safe")
    last = document.inspection.child_ids(question.id, Topic)[-1]
    field = show_hit(page, document.inspection, Spot(last, "lead", (), "A lead.", Span(2, 6)))
    assert isinstance(field, QPlainTextEdit)
    assert field.textCursor().selectedText() == "lead"
