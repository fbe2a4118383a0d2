"""The page of a key question: its summary and its topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from inspector_app.document.slices import Slices
from inspector_app.domain.entities import Block, KeyQuestion, Topic
from inspector_app.domain.ids import id_from, new_id
from inspector_app.report.standard import StandardTexts
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.blocks.kept_part_line import KeptPartLine
from inspector_app.ui.blocks.moving import draft_topic, list_missing_topics
from inspector_app.ui.blocks.standard_button import MenuButton, make_standard_button, plain_action
from inspector_app.ui.blocks.topic_card import TopicCard
from inspector_app.ui.pages.scroll_page import ScrollPage
from inspector_app.ui.ratings.judged_row import JudgedRow, get_judged_field
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.fields import NOT_PRINTED
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import add_all, discard, make_column, make_row

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.domain.drafting import Draft
    from inspector_app.frameworks.key_questions import TopicSpec
    from inspector_app.report.standard import FilledParagraph
    from inspector_app.ui.prompts import Prompts

_AT_ONCE = 4
"""Cards that are made before the page shows: more than a window is high."""


class KeyQuestionPage(ScrollPage):
    """Judgement line, summary and topics of one key question, or the offer to include it.

    The cards further down are made one by one once the page shows.
    """

    has_blocks = True

    def __init__(self, document: InspectionDocument, prompts: Prompts, key_question: str) -> None:
        self.key_question = key_question
        self._known = document.framework.find_key_question(key_question)
        title = self._known.heading if self._known else key_question
        super().__init__(document, prompts, title)
        self.name = self._known.name if self._known else key_question
        self.setObjectName(f"key_question.{key_question}")
        self.cards: dict[str, TopicCard] = {}
        self.waiting: list[str] = []
        """Ids of the topics whose cards are still to be made; they are the last ones."""
        self._part = ""
        self._inside: QWidget | None = None
        self._slices = Slices(0, self)
        self._rebuild()

    # -- building

    def _rebuild(self) -> None:
        """Show the key question, or that it is not part of the inspection."""
        if self._inside is not None:
            discard(self._inside)
        self.cards = {}
        self.waiting = []
        found = self._find()
        self._part = found.id if found else ""
        inside = self._inside = QWidget(self.content)
        layout = make_column(inside)
        if found is None:
            self._build_offer(inside, layout)
        else:
            self._build_question(found, inside, layout)
        layout.addStretch(1)
        self.body.addWidget(inside)
        inside.show()

    def _build_offer(self, inside: QWidget, layout: QVBoxLayout) -> None:
        layout.addWidget(make_label("Not part of this inspection.", "hint", inside))
        self.include = make_button(
            "&Include it",
            f"key_question.{self.key_question}.include",
            "Inspect this key question too, with all of its topics",
            inside,
            role="primary",
            spoken=f"Include {self.name} in this inspection",
        )
        self.include.setEnabled(self.document.can_edit)
        self.include.clicked.connect(self._on_include)
        layout.addWidget(self.include, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_question(self, question: KeyQuestion, inside: QWidget, layout: QVBoxLayout) -> None:
        if self._known is not None and self._known.is_kept:
            kept = KeptPartLine(self.document, question.id, "key question", self.name, inside)
            kept.moved.connect(self.place_wanted)
            layout.addWidget(kept)
        field = get_judged_field(self.document)
        label = "Judgement" if field == "judgements" else "Rating"
        self.judged = JudgedRow(
            self.document, self.key_question, self.name, inside, label=label, prefix="page."
        )
        self.line = make_label(self._judgement_line(), "hint", inside)
        self.line.setObjectName(f"key_question.{self.key_question}.line")
        self.more = MenuButton(
            "More", f"key_question.{self.key_question}.more", self._fill_more, inside
        )
        self.more.setToolTip("Add topics, or remove the key question")
        self.more.setEnabled(self.document.can_edit)
        top = (self.more, 0, Qt.AlignmentFlag.AlignTop)
        add_all(layout, self.judged, make_row(None, (self.line, 1), top))
        self._summary = QWidget(inside)
        row = make_row()
        heading = make_label("Summary", "label", inside)
        row.addWidget(heading, 1)
        self.editor = BlockEditor(self.document, question.id, inside, prompts=self.prompts)
        self.editor.set_hint("What was found, in a few sentences")
        self._not_printed = make_label(NOT_PRINTED, "hint", inside)
        heading.setBuddy(self.editor)
        self.setFocusProxy(self.editor)
        if self._offer():
            self.standard = make_standard_button(self.editor, self._offer, inside)
            self.standard.setEnabled(self.document.can_edit)
            row.addWidget(self.standard)
        make_column(self._summary, row, self._not_printed, self.editor)
        add_all(layout, self._summary, 8)
        self._refresh_printed()
        self._topics = make_column(spacing=16)
        layout.addLayout(self._topics)
        self._missing = make_column(spacing=4)
        layout.addLayout(self._missing)
        self._offered: list[QPushButton] = []
        ids = self.document.inspection.child_ids(self._part, Topic)
        self._place_topics(waiting=list(ids[_AT_ONCE:]))
        self._slices.start(self._make_in_steps())

    def _make_in_steps(self) -> Generator[None, None, None]:
        """Make one card after the other; keys and clicks come in between."""
        while self.waiting:
            self._make_card(self.waiting.pop(0), len(self.cards))
            yield

    def show_everything(self) -> None:
        self._slices.finish()

    def _make_card(self, id_: str, index: int) -> None:
        topic = self.document.inspection.get(id_, Topic)
        card = TopicCard(self.document, topic, self._inside, prompts=self.prompts)
        self.cards[id_] = card
        self._topics.insertWidget(index, card)
        # Qt would show it a moment later, too late for the focus.
        card.show()

    def _place_topics(self, waiting: Sequence[str] = ()) -> None:
        """Put a card for every topic, in order, and offer those that are not there.

        Args:
            waiting: Ids of the last ones, to be made later.
        """
        self.waiting = list(waiting)
        topics = list(self.document.inspection.children(self._part, Topic))
        for gone in self.cards.keys() - {topic.id for topic in topics}:
            card = self.cards.pop(gone)
            self._topics.removeWidget(card)
            discard(card)
        for index, topic in enumerate(topics[: len(topics) - len(self.waiting)]):
            card_here = self.cards.get(topic.id)
            if card_here is None:
                self._make_card(topic.id, index)
            elif self._topics.indexOf(card_here) != index:
                self._topics.insertWidget(index, card_here)
                card_here.show()
        for button in self._offered:
            self._missing.removeWidget(button)
            discard(button)
        missing = list_missing_topics(self.document, self._known, topics)
        self._offered = [self._offer_topic(topic) for topic in missing]

    def _offer_topic(self, topic: TopicSpec) -> QPushButton:
        heading = topic.get_heading(self.document.inspection.details.regime)
        button = make_button(
            plain_action(f"Add {heading}"),
            f"{self._part}.add.{topic.id}",
            topic.question or f"Add the topic {heading}",
            self._inside,
            role="quiet",
            spoken=f"Add {heading}",
        )
        button.setEnabled(self.document.can_edit)
        button.clicked.connect(lambda: self._add_topic(topic.id, heading))
        # With large text a long name is cut off rather than that the page scrolls sideways.
        button.setMinimumWidth(1)
        self._missing.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    # -- following the document

    def refresh(self, change: Change) -> None:
        found = self._find()
        if (found.id if found else "") != self._part:
            self._rebuild()
            return
        if found is None:
            return
        touched = {edit.entity for edit in change.edits}
        if self.document.inspection.id in touched:
            self.line.setText(self._judgement_line())
        self._refresh_printed()
        if any(
            edit.entity == self.document.inspection.id and edit.field == "form"
            for edit in change.edits
        ):
            touched |= self.cards.keys()
        ids = self.document.inspection.child_ids(self._part, Topic)
        shown = [card_id for card_id, _ in sorted(self.cards.items(), key=self._card_index)]
        if list(ids) != [*shown, *self.waiting]:
            self._place_topics()
        for id_ in touched & self.cards.keys():
            self.cards[id_].refresh()

    def _refresh_printed(self) -> None:
        """Offer what the form of the report prints, or what is written."""
        printed = self.document.regime.prints("summaries")
        self._not_printed.setVisible(not printed)
        written = bool(self.document.inspection.child_ids(self._part, Block))
        self._summary.setVisible(printed or written or self.editor.hasFocus())

    def _card_index(self, item: tuple[str, TopicCard]) -> int:
        return self._topics.indexOf(item[1])

    def show_place(self, place: str) -> bool:
        found = self.document.inspection.find(place)
        if not self._part:
            return False
        part = found.parent if isinstance(found, Block) else place
        while part in self.waiting:
            self._make_card(self.waiting.pop(0), len(self.cards))
        if place == self._part:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if isinstance(found, Topic) and found.id in self.cards:
            card = self.cards[found.id]
            self.scroll_area.ensureWidgetVisible(card)
            card.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if not isinstance(found, Block):
            return False
        if found.parent == self._part:
            return self.editor.show_block(place)
        return found.parent in self.cards and self.cards[found.parent].editor.show_block(place)

    # -- what the framework offers

    def _find(self) -> KeyQuestion | None:
        found = self.document.inspection.all(KeyQuestion)
        return next((item for item in found if item.key_question == self.key_question), None)

    def _texts(self) -> StandardTexts:
        document = self.document
        return StandardTexts(document.inspection, document.framework, document.reference)

    def _offer(self) -> list[FilledParagraph]:
        return self._texts().for_key_question(self.key_question)

    def _judgement_line(self) -> str:
        """Return the line that the report prints below the heading."""
        details = self.document.inspection.details
        regime = self.document.framework.find_regime(details.regime, details.form)
        if regime is None or self._known is None:
            return ""
        if regime.judged_by == "met":
            judgement = details.judgements.get(self.key_question)
            text = regime.texts.get(judgement or "", "")
            if not text:
                return "No judgement chosen yet."
            return self._texts().fill(text, judgement or "", key_question=self._known)
        rating = self.document.reference.ratings.get(details.ratings.get(self.key_question, ""))
        if rating is None:
            return "No rating chosen yet."
        name = "key_question_line" if rating.is_rating else "no_rating_line"
        text = regime.texts.get(name, "{{ key_question.name }}: {{ rating.name }}")
        line = self._texts().fill(text, name, key_question=self._known, rating=rating)
        # What stands on the chosen button already need not be said again.
        return line if line != rating.name else ""

    def _list_known(self) -> list[TopicSpec]:
        """Return the topics that this report has of the framework's."""
        details = self.document.inspection.details
        framework = self.document.framework
        known = self._known
        return framework.list_topics(known, details.regime, details.form) if known else []

    # -- including, adding and removing

    @Slot()
    def _on_include(self) -> None:
        draft = self.document.draft()
        root = draft.result.id
        path = f"key_questions.{self.key_question}"
        id_ = _free_id(draft, path)
        order = [item.id for item in self.document.framework.key_questions]
        others = list(draft.result.all(KeyQuestion))
        position = draft.position_at_end(root, KeyQuestion)
        draft.create(
            KeyQuestion(id=id_, parent=root, position=position, key_question=self.key_question)
        )
        later = order[order.index(self.key_question) + 1 :] if self.key_question in order else []
        before = next((item.id for item in others if item.key_question in later), None)
        if before is not None:
            draft.move(id_, root, before)
        for index, topic in enumerate(self._list_known()):
            place = draft.position_at_end(id_, Topic)
            topic_id = _free_id(draft, f"{path}.topics[{index}]")
            draft.create(Topic(id=topic_id, parent=id_, position=place, topic=topic.id))
        self.document.apply_draft(draft, f"Include {self.name}")
        self.editor.setFocus()

    def _add_topic(self, topic: str, heading: str) -> None:
        draft = self.document.draft()
        id_ = new_id()
        draft_topic(draft, id_, self._part, topic, self._known)
        self.document.apply_draft(draft, f"Add {heading}")
        card = self.cards[id_]
        if topic:
            card.editor.setFocus()
        elif card.title is not None:
            card.title.line.setFocus()

    def _fill_more(self, menu: QMenu) -> None:
        own = menu.addAction("Add a topic of your own")
        own.triggered.connect(lambda: self._add_topic("", "a topic"))
        menu.addSeparator()
        remove = menu.addAction(f"Remove {plain_action(self.name)} from this inspection")
        remove.triggered.connect(self._remove)

    def _remove(self) -> None:
        draft = self.document.draft()
        draft.delete(self._part)
        self.document.apply_draft(draft, f"Remove {self.name}")


def _free_id(draft: Draft, seed: str) -> str:
    id_ = id_from(seed)
    return id_ if draft.result.find(id_) is None else new_id()
