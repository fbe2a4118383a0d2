"""One topic of a key question: heading, lead sentence, and the text below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from inspector_app.domain.entities import KeyQuestion, Topic
from inspector_app.domain.joining import join_topics, split_topic
from inspector_app.frameworks.kept_parts import find_spec
from inspector_app.report.boilerplate import StandardSentence, StandardSentences
from inspector_app.texts import shorten
from inspector_app.ui.blocks.boilerplate_marks import describe_change
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.blocks.kept_part_line import KeptPartLine
from inspector_app.ui.blocks.names import topic_name
from inspector_app.ui.blocks.part_words import PartWords
from inspector_app.ui.blocks.standard_button import MenuButton, plain_action
from inspector_app.ui.widgets.fields import LineField, TextField
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import make_column, make_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.frameworks.key_questions import Lead
    from inspector_app.ui.prompts import Prompts

_LONGEST = 60
"""Letters of the names of other topics in the menu."""
_LEADS = {"good": "Standard", "mixed": "Weaker", "variant": "Other wording"}


class TopicCard(QFrame):
    """A topic as a card."""

    def __init__(
        self,
        document: InspectionDocument,
        topic: Topic,
        parent: QWidget | None = None,
        *,
        prompts: Prompts | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._topic = topic.id
        self.setProperty("role", "card")
        self.setObjectName(f"{topic.id}.card")
        layout = make_column(self, margins=(16, 12, 16, 16))
        top = QHBoxLayout()
        self.heading = make_label("", "heading", self)
        top.addWidget(self.heading, 1)
        top.addWidget(PartWords(document, topic.id, self))
        self.more = MenuButton("More", f"{topic.id}.more", self._fill_more, self)
        self.more.setToolTip("Move or remove this topic")
        top.addWidget(self.more)
        layout.addLayout(top)
        found = find_spec(document.framework, document.inspection, topic)
        if found is not None and found.is_kept:
            name = topic_name(document, topic)
            layout.addWidget(KeptPartLine(document, topic.id, "topic", name, self))
        self.title: LineField | None = None
        if not topic.topic:
            self.title = LineField(document, topic.id, "title", "Heading of the topic", self)
            layout.addWidget(self.title)
        row = make_row()
        # A long lead sentence must be visible in full.
        self.lead = TextField(document, topic.id, "lead", "Lead sentence", self)
        self.lead.text.set_lines(1, 4)
        self.lead.text.setPlaceholderText("A sentence that sums up the topic")
        row.addWidget(self.lead, 1)
        self.leads = MenuButton("Suggested leads", f"{topic.id}.leads", self._fill_leads, self)
        self.leads.setToolTip("Sentences that this topic usually opens with")
        row.addWidget(self.leads, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(row)
        self.changed_lead = make_label("≠ Changed standard text", "hint", self)
        self.changed_lead.setObjectName(f"{topic.id}.changed_lead")
        # With large text it takes two lines rather than that the page scrolls sideways.
        self.changed_lead.setMinimumWidth(1)
        self.changed_lead.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.lead.head.addWidget(self.changed_lead, 1)
        self.editor = BlockEditor(document, topic.id, self, first_kind="bullet", prompts=prompts)
        self.editor.set_hint("Evidence for this topic, a bullet for each finding")
        layout.addWidget(self.editor)
        self.refresh()
        for button in (self.more, self.leads):
            button.setEnabled(document.can_edit)

    def refresh(self) -> None:
        """Show the heading as it is now."""
        topic = self._document.inspection.find(self._topic)
        if isinstance(topic, Topic):
            name = topic_name(self._document, topic)
            self.heading.setText(name)
            # A page has many topics, and whoever hears it does not see in which a control stands.
            self.more.setAccessibleName(f"{name}: more")
            self.lead.text.setAccessibleName(f"Lead sentence of {name}")
            self.leads.setAccessibleName(f"Suggested leads of {name}")
            self._show_lead_mark(topic)
            printed = self._document.regime.prints("leads")
            question = self._document.inspection.get(topic.parent, KeyQuestion).key_question
            offered = self._document.framework.has_leads(question, topic.topic)
            self.lead.show_printed(printed, offered=offered)
            self.leads.setVisible(printed and bool(self._offered()))

    def _show_lead_mark(self, topic: Topic) -> None:
        sentences = (StandardSentence("Lead sentence", lead.text) for lead in self._offered())
        verdict = StandardSentences(sentences).judge(topic.lead)
        self.changed_lead.setVisible(verdict.kind == "changed")
        tip = describe_change(verdict.standard) if verdict.standard else ""
        self.changed_lead.setToolTip(tip)

    def _offered(self) -> tuple[Lead, ...]:
        topic = self._document.inspection.get(self._topic, Topic)
        question = self._document.inspection.find(topic.parent)
        if not isinstance(question, KeyQuestion):
            return ()
        found = self._document.framework.find_topic(question.key_question, topic.topic)
        return found.leads if found else ()

    def _fill_leads(self, menu: QMenu) -> None:
        for lead in self._offered():
            kind = _LEADS.get(lead.id, lead.id.capitalize())
            action = menu.addAction(plain_action(f"{kind}: {lead.text}"))
            action.setToolTip(lead.text)
            action.triggered.connect(lambda _=False, text=lead.text: self._take_lead(text))
        menu.addSeparator()
        menu.addAction("Own wording").triggered.connect(lambda: self._take_lead(""))

    def _take_lead(self, text: str) -> None:
        name = self.heading.text()
        self._document.set_field(self._topic, "lead", text, f"Lead sentence of {name}")
        self.lead.text.setFocus()

    def _fill_more(self, menu: QMenu) -> None:
        topic = self._document.inspection.get(self._topic, Topic)
        ids = self._document.inspection.child_ids(topic.parent, Topic)
        index = ids.index(topic.id)
        up = menu.addAction("Move up")
        up.setEnabled(index > 0)
        up.triggered.connect(lambda: self._move(ids[index - 1]))
        down = menu.addAction("Move down")
        down.setEnabled(index + 1 < len(ids))
        after = ids[index + 2] if index + 2 < len(ids) else None
        down.triggered.connect(lambda: self._move(after))
        menu.addSeparator()
        self._fill_joining(menu, topic)
        menu.addAction("Remove from this inspection").triggered.connect(self._remove)

    def _fill_joining(self, menu: QMenu, topic: Topic) -> None:
        """Offer to tell it together with others, as the framework knows them, or apart again."""
        document = self._document
        question = document.inspection.get(topic.parent, KeyQuestion).key_question
        known = document.framework.find_key_question(question)
        if known is None:
            return
        there = {item.topic: item for item in document.inspection.children(topic.parent, Topic)}
        details = document.inspection.details
        for joined in document.framework.list_joined(known, details.regime, details.form):
            parts = [there[id_].id for id_ in joined.topics if id_ in there]
            if topic.id in parts and len(parts) == len(joined.topics):
                others = [
                    topic_name(document, there[id_]) for id_ in joined.topics if id_ != topic.topic
                ]
                action = menu.addAction(
                    plain_action(f"Join with {shorten('; '.join(others), _LONGEST)}")
                )
                action.setToolTip("One heading, one lead sentence and one text for these topics")
                action.triggered.connect(
                    lambda _=False, parts=parts, id_=joined.id: self._join(parts, id_)
                )
        covered = known.list_covered(topic.topic)
        if len(covered) > 1:
            action = menu.addAction("Split into its topics")
            action.setToolTip("The text stays with the first of them")
            action.triggered.connect(lambda: self._split(covered))

    def _join(self, parts: Sequence[str], topic: str) -> None:
        draft = self._document.draft()
        join_topics(draft, parts, topic)
        self._document.apply_draft(draft, "Join topics")

    def _split(self, topics: Sequence[str]) -> None:
        draft = self._document.draft()
        split_topic(draft, self._topic, topics)
        self._document.apply_draft(draft, "Split topic")

    def _move(self, before: str | None) -> None:
        draft = self._document.draft()
        topic = self._document.inspection.get(self._topic, Topic)
        draft.move(topic.id, topic.parent, before)
        self._document.apply_draft(draft, f"Move {self.heading.text()}")

    def _remove(self) -> None:
        draft = self._document.draft()
        draft.delete(self._topic)
        self._document.apply_draft(draft, f"Remove {self.heading.text()}")
