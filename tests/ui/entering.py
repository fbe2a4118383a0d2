"""Hands that enter a whole inspection through the window, as somebody does who has it on paper.

Of every kind of field and text the first is entered in its widget; what is of the same kind follows
by the document's calls that the widgets themselves make. How a person reaches and fills a widget
say `MouseHands` and `KeyboardHands`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from inspector_app.domain.block_edits import WantedBlock, draft_blocks
from inspector_app.domain.entities import (
    Action,
    Attachment,
    Block,
    EvidenceNote,
    KeyQuestion,
    Notice,
    Person,
    PreviousBreach,
    Section,
    Topic,
)
from inspector_app.domain.ids import id_from, new_id
from inspector_app.frameworks.load import load_framework
from inspector_app.ui.actions.action_text import ActionText
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.pages.details import DetailsPage
from inspector_app.ui.pages.notices import NoticesPage
from tests.ui.acting import ActingHands
from tests.ui.pages.details_driver import Driver

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.content.importing import Imported
    from inspector_app.domain.inspection import Inspection
    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

_EMBEDDED = {"table", "image"}
_OWN_NOTE = EvidenceNote(
    id="own",
    text="Records of three checks were complete.",
    source="observation",
    source_detail="Office",
    stance="strength",
)
_MOST_STANDARD = 6
_REMOVE = -1
_JOIN = 3
"""Where the menu of a topic offers to join it, behind its ways up and down, and to remove it."""
_FEW = 4
_LINES = (
    *("location_id", "service_type", "telephone", "website", "provider_id"),
    *("previous_rating_note", "signatory_name", "signatory_title"),
)


class EnteringHands(ActingHands):
    """Enters what another inspection holds.

    Args:
        qtbot: Presses and clicks.
        window: Shows nothing yet.
        wanted: The inspection to be entered, and its photos.
    """

    def __init__(self, qtbot: QtBot, window: MainWindow, wanted: Imported) -> None:
        super().__init__(qtbot, window)
        self._wanted: Inspection = wanted.inspection
        self._photos = wanted.attachments
        self._typed: set[str] = set()
        """Kinds of text that were typed and pasted already."""
        self._first_note = ""
        self._ids: dict[str, str] = {}
        """Our ids of the notes, by those that they have in the other inspection."""

    def enter_everything(self, path: Path, prompts: RecordingPrompts) -> None:
        """Start an inspection and fill it."""
        self._start(path, prompts)
        self._enter_details()
        self._enter_previous_breaches()
        self._enter_people()
        self._enter_notes()
        self._enter_sections()
        self._enter_key_questions()
        self._enter_ratings()
        self._enter_actions()
        self._enter_notices()
        leads = any(topic.lead for topic in self._wanted.all(Topic))
        # Running prose has neither lead sentences nor much that could have gaps.
        assert {"link", *(["lead", "gap"] if leads else [])} <= self._typed

    # -- the inspection and its details

    def _start(self, path: Path, prompts: RecordingPrompts) -> None:
        details = self._wanted.details
        framework = load_framework(details.framework)
        prompts.new_inspection = path
        window = self.window
        self.command("new")
        self.choose(window.findChild(QComboBox, "new_framework"), framework.name)
        regime = framework.get_regime(details.regime)
        self.choose(window.findChild(QComboBox, "new_regime"), regime.name)
        if (form := framework.find_form(details.regime, details.form)) is not None:
            self.choose(window.findChild(QComboBox, "new_form"), form.name)
        self.write(window.findChild(QLineEdit, "new_location_name"), details.location_name)
        self.write(window.findChild(QLineEdit, "new_provider_name"), details.provider_name)
        self.push(window.findChild(QPushButton, "new_create"))
        assert self.document.path == path

    def _enter_details(self) -> None:
        wanted = self._wanted.details
        page = self.show_page("details")
        assert isinstance(page, DetailsPage)
        hands = Driver(self.qtbot, page)
        for name in _LINES:
            if value := getattr(wanted, name):
                self.write(hands.find(QLineEdit, name), value)
        if wanted.address:
            self.write(hands.find(QPlainTextEdit, "address"), "\n".join(wanted.address))
        for field in ("registered_activities", "visit_dates"):
            for value in getattr(wanted, field):
                text = value if isinstance(value, str) else f"{value:%d/%m/%Y}"
                self.write_suggested(hands.rows(field).lines[-1], text)
            assert getattr(hands.details, field) == getattr(wanted, field)
        for name in ("visit_type", "announced", "state"):
            value = getattr(wanted, name)
            if value is not None:
                self.choose_value(hands.find(QComboBox, name), hands.root, name, value)
        if wanted.short_notice:
            self.push(hands.find(QCheckBox, "short_notice"))
        for name in ("visit_from", "visit_to", "publication_date", "previous_rating_date"):
            if day := getattr(wanted, name):
                self.write(hands.find(QLineEdit, name), f"{day.day} {day:%B %Y}")
        for question, rating in wanted.previous_ratings.items():
            field = f"previous_ratings.{question}"
            self.choose_value(hands.find(QComboBox, field), hands.root, field, rating)

    def _enter_previous_breaches(self) -> None:
        page = self.show_page("details")
        assert isinstance(page, DetailsPage)
        for wanted in self._wanted.all(PreviousBreach):
            self.push(page.breaches.add_button)
            card = page.breaches.rows[-1]
            self._pick_regulation(card.regulation.line, wanted.regulation)
            if wanted.date is not None:
                self.write(card.date.day_edit.line, f"{wanted.date:%d/%m/%Y}")
            self.choose_value(card.now.combo, card.key, "now", wanted.now)
            self.write(card.text.text, wanted.text)
            self.write(card.answer.text, wanted.answer)

    def _enter_people(self) -> None:
        page = self.show_page("details")
        for index, wanted in enumerate(self._wanted.all(Person)):
            for field in ("name", "role"):
                line = page.findChild(QLineEdit, f"people[{index}].{field}")
                self.write(line, getattr(wanted, field))

    # -- notes

    def _enter_notes(self) -> None:
        notes = list(self._wanted.all(EvidenceNote))
        for item in self._wanted.all(Attachment):
            assert self.document.add_attachment(self._photos[item.sha256]) == item.sha256
            self._create(item)
        if not notes:
            # The report prints no notes: one of our own shows that a finding can stand on it.
            self._capture(_OWN_NOTE)
        for note in notes:
            ours = msgspec.structs.replace(note, external_id="")
            if note is notes[0]:
                self._capture(ours)
                self._ids[note.id] = self._first_note
                draft = self.document.draft()
                for field in ("when", "by", "topics", "regulations", "tags", "attachments"):
                    draft.set(self._first_note, field, getattr(ours, field))
                for field in ("corroborated", "confidential", "category"):
                    draft.set(self._first_note, field, getattr(ours, field))
                self.document.apply_draft(draft, "Complete note")
            else:
                self._ids[note.id] = new_id()
                self._create(msgspec.structs.replace(ours, id=self._ids[note.id]))

    def _capture(self, note: EvidenceNote) -> None:
        self.command("capture")
        dialog = self.wait_for_dialog()
        self.write(dialog.findChild(QPlainTextEdit, "capture.text"), note.text)
        self.push(dialog.findChild(QPushButton, f"stance.{note.stance}"))
        combo = dialog.findChild(QComboBox, "capture.source")
        self.choose(combo, combo.itemText(combo.findData(note.source)))
        self.write(dialog.findChild(QLineEdit, "capture.source_detail"), note.source_detail)
        self.push(dialog.findChild(QPushButton, "capture_file"))
        self.push(dialog.findChild(QPushButton, "capture_close"))
        self.come_back()
        (made,) = self.document.inspection.all(EvidenceNote)
        assert (made.text, made.stance, made.source, made.source_detail) == (
            note.text,
            note.stance,
            note.source,
            note.source_detail,
        )
        self._first_note = made.id

    def _create(self, part: EvidenceNote | Attachment) -> None:
        draft = self.document.draft()
        root = draft.result.id
        place = draft.position_at_end(root, type(part))
        draft.create(msgspec.structs.replace(part, parent=root, position=place))
        self.document.apply_draft(draft, "Add note")

    # -- text

    def _enter_sections(self) -> None:
        for wanted in self._wanted.all(Section):
            page = self.show_page(f"section/{wanted.section}")
            self._enter_text(page, id_from(f"sections.{wanted.section}"), wanted.id, "section")

    def _enter_key_questions(self) -> None:
        for wanted in self._wanted.all(KeyQuestion):
            page = self.show_page(f"key_question/{wanted.key_question}")
            ours = next(
                item
                for item in self.document.inspection.all(KeyQuestion)
                if item.key_question == wanted.key_question
            )
            self._enter_text(page, ours.id, wanted.id, "summary")
            topics = {
                item.topic: item.id for item in self.document.inspection.children(ours.id, Topic)
            }
            for topic in self._wanted.children(wanted.id, Topic):
                if topic.topic not in topics:
                    self._join(page, wanted.key_question, topic.topic, topics)
                id_ = topics.pop(topic.topic)
                self._enter_lead(page, id_, topic.lead)
                self._enter_text(page, id_, topic.id, "topic")
            for left in topics.values():
                more = page.findChild(QToolButton, f"{left}.more")
                assert self.take_standard(more, _REMOVE)
                assert self.document.inspection.find(left) is None

    def _join(
        self, page: QWidget, question: str, topic: str, topics: MutableMapping[str, str]
    ) -> None:
        """Have one topic in place of several, by the menu of the first."""
        known = self.document.framework.find_key_question(question)
        assert known is not None
        first, *others = next(item.topics for item in known.joined if item.id == topic)
        more = page.findChild(QToolButton, f"{topics[first]}.more")
        assert self.take_standard(more, _JOIN)
        topics[topic] = topics.pop(first)
        for other in others:
            gone = topics.pop(other)
            assert self.document.inspection.find(gone) is None

    def _enter_lead(self, page: QWidget, topic: str, lead: str) -> None:
        if not lead:
            return
        if "lead" in self._typed:
            self.document.set_field(topic, "lead", lead, "Lead sentence")
            return
        self.write(page.findChild(QPlainTextEdit, f"{topic}.lead"), lead)
        self._typed.add("lead")

    def _enter_text(self, page: QWidget, ours: str, theirs: str, kind: str) -> None:
        """Enter the blocks of one text: in its widget, as long as it has a kind that is new."""
        blocks = list(self._wanted.children(theirs, Block))
        kinds = {f"{kind} text", *(f"{block.kind} {block.level}" for block in blocks)}
        linked = self._find_line_to_link(blocks)
        if linked is not None:
            kinds.add("link")
        # A photo that cannot be shown cannot be chosen, and what comes first has no line before it.
        simple = blocks and blocks[0].kind not in _EMBEDDED
        if simple and not kinds <= self._typed:
            editor = page.findChild(BlockEditor, f"{ours}.blocks")
            self._fill_gap(page, editor)
            self.write_blocks(editor, blocks)
            shown = list(self.document.inspection.children(ours, Block))
            assert [_describe(block) for block in shown] == [_describe(block) for block in blocks]
            if linked is not None and "link" not in self._typed:
                note = self.document.inspection.get(self._first_note, EvidenceNote)
                self.link_note(editor, linked, " ".join(note.text.split()[:_FEW]))
                made = self.document.inspection.get(shown[linked].id, Block)
                assert made.evidence == (self._first_note,)
            self._typed |= kinds
        self._complete(ours, blocks)

    def _find_line_to_link(self, blocks: Sequence[Block]) -> int | None:
        """Return the first line that stands on the first note; without notes, the first."""
        first = next(self._wanted.all(EvidenceNote), None)
        lines = [
            line
            for line, block in enumerate(blocks)
            if first is None or first.id in block.evidence[:1]
        ]
        return lines[0] if lines else None

    def _fill_gap(self, page: QWidget, editor: BlockEditor) -> None:
        """Take what the framework offers, fill a gap of it, and empty the text again."""
        button = page.findChild(QToolButton, f"{editor.objectName()}.standard")
        if button is None or "gap" in self._typed:
            return
        for entry in range(_MOST_STANDARD):
            if not self.take_standard(button, entry):
                return
            gaps = self.document.gaps.count()
            if gaps:
                self._typed.add("gap")
                before = editor.toPlainText()
                self.fill_gap(editor, "filled in")
                assert editor.toPlainText() != before
                assert "filled in" in editor.toPlainText()
            self.empty(editor)
            if gaps:
                return

    def _complete(self, ours: str, blocks: Sequence[Block]) -> None:
        """Bring a text to what is wanted, with the notes that its lines stand on."""
        draft = self.document.draft()
        there = [block.id for block in draft.result.children(ours, Block)]
        wanted = []
        for index, block in enumerate(blocks):
            notes = tuple(self._ids[id_] for id_ in block.evidence)
            id_ = there[index] if there else ""
            wanted.append(WantedBlock(block.kind, block.text, id_, block.level, notes, block))
        draft_blocks(draft, ours, wanted)
        self.document.apply_draft(draft, "Complete text")

    # -- conclusions

    def _enter_ratings(self) -> None:
        details = self._wanted.details
        names = {item.id: item.name for item in self.document.framework.key_questions}
        names["overall"] = "Overall"
        for question, value in {**details.ratings, **details.judgements}.items():
            self.rate(names[question], value)

    def _enter_actions(self) -> None:
        if not any(True for _ in self._wanted.all(Action)):
            return
        page = self.show_page("actions")
        for strength in ("must", "should"):
            for wanted in self._wanted.all(Action):
                if wanted.strength == strength:
                    self.write(page.findChild(ActionText, f"new_{strength}"), wanted.text)
                    made = [
                        item
                        for item in self.document.inspection.all(Action)
                        if item.strength == strength
                    ][-1]
                    assert made.text == wanted.text
                    question = wanted.key_question
                    if question:
                        combo = page.findChild(QComboBox, f"{made.id}.key_question")
                        self.choose_value(combo, made.id, "key_question", question)
                    notes = tuple(self._ids[id_] for id_ in wanted.evidence)
                    self.document.set_field(made.id, "evidence", notes, "Link notes")

    def _enter_notices(self) -> None:
        page = self.show_page("notices")
        assert isinstance(page, NoticesPage)
        for wanted in self._wanted.all(Notice):
            self.push(page.adding)
            form = page.form
            assert form is not None
            self._pick_regulation(form.regulation.line, wanted.regulation)
            for choice in (form.kind, form.question):
                value = getattr(wanted, choice.field)
                self.choose_value(choice.combo, form.notice, choice.field, value)
            for field, values in (
                (form.paragraphs, wanted.breached_paragraphs),
                (form.activities, wanted.activities),
            ):
                for value in values:
                    if value not in field.boxes:
                        self.write_suggested(field.line, value)
                    elif not field.boxes[value].isChecked():
                        self.push(field.boxes[value])
                notice = self.document.inspection.get(form.notice, Notice)
                assert getattr(notice, field.field) == values
            if wanted.must:
                self.write(form.must.text, wanted.must)
            if wanted.action:
                self.write(form.action.text, wanted.action)
            if wanted.deadline is not None:
                self.write(form.deadline.day_edit.line, f"{wanted.deadline:%d/%m/%Y}")
            if wanted.withheld:
                self.push(form.withheld.box)
            self._enter_text(page, form.notice, wanted.id, "notice")

    def _pick_regulation(self, line: QLineEdit, regulation: str) -> None:
        found = self.document.reference.regulations[regulation]
        self.write_suggested(line, f"{found.number} {' '.join(found.title.split()[:2])}")


def _describe(block: Block) -> tuple[object, ...]:
    written = (block.kind, block.level, block.text, block.header, block.rows, block.regulation)
    return (*written, block.attachment, block.caption, block.width)
