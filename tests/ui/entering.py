"""Hands that enter a whole inspection through the window, as somebody does who has it on paper.

Of every kind of field and text the first is clicked, typed, pasted and chosen in its widget; what
is of the same kind follows by the document's calls that the widgets themselves make.
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
from inspector_app.ui.evidence.capture import CaptureDialog
from inspector_app.ui.pages.details import DetailsPage
from inspector_app.ui.pages.notices import NoticesPage
from inspector_app.ui.ratings.rating_choice import RatingButton
from tests.ui.all_pages import show_page
from tests.ui.hands import CONTROL, SHIFT, Hands, Key, make_html
from tests.ui.pages.details_driver import Driver

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.content.importing import Imported
    from inspector_app.domain.inspection import Inspection
    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

_EASY_KINDS = {"paragraph", "bullet", "heading"}
_LINES = (
    *("location_id", "service_type", "telephone", "website", "provider_id"),
    *("previous_rating_note", "signatory_name", "signatory_title"),
)


class EnteringHands(Hands):
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

    # -- the inspection and its details

    def _start(self, path: Path, prompts: RecordingPrompts) -> None:
        details = self._wanted.details
        framework = load_framework(details.framework)
        prompts.new_inspection = path
        window = self.window
        self.qtbot.keyClick(window, Key.Key_N, CONTROL)
        self.choose(window.findChild(QComboBox, "new_framework"), framework.name)
        regime = framework.get_regime(details.regime)
        self.choose(window.findChild(QComboBox, "new_regime"), regime.name)
        self.click(window.findChild(QLineEdit, "new_location_name"))
        self.type(details.location_name)
        self.press(Key.Key_Return)
        self.type(details.provider_name)
        self.click(window.findChild(QPushButton, "new_create"))
        assert self.document.path == path

    def _enter_details(self) -> None:
        wanted = self._wanted.details
        page = show_page(self.window, "details")
        assert isinstance(page, DetailsPage)
        hands = Driver(self.qtbot, page)
        for name in _LINES:
            if value := getattr(wanted, name):
                hands.line(name, value)
        hands.focus(hands.find(QPlainTextEdit, "address"))
        for index, line in enumerate(wanted.address):
            if index:
                self.press(Key.Key_Return)
            self.type(line)
        for field in ("registered_activities", "visit_dates"):
            hands.focus(hands.rows(field).lines[0])
            for value in getattr(wanted, field):
                self.type(value if isinstance(value, str) else f"{value:%d/%m/%Y}")
                self.press(Key.Key_Return)
                self.come_back()
                # With a suggestion the first Enter took it.
                if not hands.rows(field).lines[-1].hasFocus():
                    self.press(Key.Key_Return)
        for name in ("visit_type", "announced", "state"):
            value = getattr(wanted, name)
            if value is not None:
                self.choose_value(hands.find(QComboBox, name), hands.root, name, value)
        if wanted.short_notice:
            hands.focus(hands.find(QCheckBox, "short_notice"))
            self.press(Key.Key_Space)
        for name in ("visit_from", "visit_to", "publication_date", "previous_rating_date"):
            if day := getattr(wanted, name):
                hands.line(name, f"{day.day} {day:%B %Y}")
                self.press(Key.Key_Return)
        for question, rating in wanted.previous_ratings.items():
            field = f"previous_ratings.{question}"
            self.choose_value(hands.find(QComboBox, field), hands.root, field, rating)

    def _enter_previous_breaches(self) -> None:
        page = show_page(self.window, "details")
        assert isinstance(page, DetailsPage)
        hands = Driver(self.qtbot, page)
        for wanted in self._wanted.all(PreviousBreach):
            self.click(page.breaches.add_button)
            card = page.breaches.rows[-1]
            self._pick_regulation(card.regulation.line, wanted.regulation)
            if wanted.date is not None:
                hands.type_into(card.date.day_edit.line, f"{wanted.date:%d/%m/%Y}")
            self.choose_value(card.now.combo, card.key, "now", wanted.now)
            hands.type_into(card.text.text, wanted.text)
            hands.type_into(card.answer.text, wanted.answer)

    def _enter_people(self) -> None:
        page = show_page(self.window, "details")
        for index, wanted in enumerate(self._wanted.all(Person)):
            page.findChild(QLineEdit, f"people[{index}].name").setFocus()
            self.type(wanted.name)
            self.press(Key.Key_Tab)
            self.type(wanted.role)
            self.press(Key.Key_Return)

    # -- notes

    def _enter_notes(self) -> None:
        notes = list(self._wanted.all(EvidenceNote))
        for item in self._wanted.all(Attachment):
            assert self.document.add_attachment(self._photos[item.sha256]) == item.sha256
            self._create(item)
        for note in notes:
            ours = msgspec.structs.replace(note, external_id="")
            if note is notes[0]:
                self._capture(ours)
                (made,) = self.document.inspection.all(EvidenceNote)
                self._ids[note.id] = made.id
                draft = self.document.draft()
                for field in ("when", "by", "topics", "regulations", "tags", "attachments"):
                    draft.set(made.id, field, getattr(ours, field))
                for field in ("corroborated", "confidential", "category"):
                    draft.set(made.id, field, getattr(ours, field))
                self.document.apply_draft(draft, "Complete note")
            else:
                self._ids[note.id] = new_id()
                self._create(msgspec.structs.replace(ours, id=self._ids[note.id]))

    def _capture(self, note: EvidenceNote) -> None:
        self.press(Key.Key_E, CONTROL)
        dialog = self.window.findChild(CaptureDialog)
        self.qtbot.waitUntil(dialog.isActiveWindow)
        self.type(note.text)
        self.click(dialog.findChild(QPushButton, f"stance.{note.stance}"))
        combo = dialog.findChild(QComboBox, "capture.source")
        self.choose(combo, combo.itemText(combo.findData(note.source)))
        dialog.findChild(QLineEdit, "capture.source_detail").setFocus()
        self.type(note.source_detail)
        self.press(Key.Key_Return, CONTROL)
        self.press(Key.Key_Escape)
        self.come_back()

    def _create(self, part: EvidenceNote | Attachment) -> None:
        draft = self.document.draft()
        root = draft.result.id
        place = draft.position_at_end(root, type(part))
        draft.create(msgspec.structs.replace(part, parent=root, position=place))
        self.document.apply_draft(draft, "Add note")

    # -- text

    def _enter_sections(self) -> None:
        for wanted in self._wanted.all(Section):
            page = show_page(self.window, f"section/{wanted.section}")
            self._enter_text(page, id_from(f"sections.{wanted.section}"), wanted.id, "section")

    def _enter_key_questions(self) -> None:
        for wanted in self._wanted.all(KeyQuestion):
            page = show_page(self.window, f"key_question/{wanted.key_question}")
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
                id_ = topics.pop(topic.topic)
                self._enter_lead(page, id_, topic.lead)
                self._enter_text(page, id_, topic.id, "topic")
            assert not topics

    def _enter_lead(self, page: QWidget, topic: str, lead: str) -> None:
        if "lead" in self._typed:
            self.document.set_field(topic, "lead", lead, "Lead sentence")
            return
        self.click(page.findChild(QPlainTextEdit, f"{topic}.lead"))
        self.type(lead)
        self._typed.add("lead")

    def _enter_text(self, page: QWidget, ours: str, theirs: str, kind: str) -> None:
        """Enter the blocks of one text: the first of a kind by keys, the second by a paste."""
        blocks = list(self._wanted.children(theirs, Block))
        easy = blocks and all(block.kind in _EASY_KINDS for block in blocks)
        editor = page.findChild(BlockEditor, f"{ours}.blocks")
        if easy and f"{kind} typed" not in self._typed:
            self._typed.add(f"{kind} typed")
            self._take_standard(page, editor)
            self._type_blocks(editor, blocks)
        elif easy and f"{kind} pasted" not in self._typed:
            self._typed.add(f"{kind} pasted")
            editor.setFocus()
            self.paste("\n".join(block.text for block in blocks), make_html(blocks))
        shown = list(self.document.inspection.children(ours, Block))
        if shown:
            assert [(block.kind, block.level, block.text) for block in shown] == [
                (block.kind, block.level, block.text) for block in blocks
            ]
        self._complete(ours, blocks)

    def _take_standard(self, page: QWidget, editor: BlockEditor) -> None:
        """Take what the framework offers, and write over it."""
        button = page.findChild(QToolButton, f"{editor.objectName()}.standard")
        editor.setFocus()
        if button is not None:
            menu = button.menu()
            menu.aboutToShow.emit()
            menu.actions()[0].trigger()
            assert editor.toPlainText()
            assert editor.hasFocus()
            self.press(Key.Key_A, CONTROL)
            self.press(Key.Key_Delete)

    def _type_blocks(self, editor: BlockEditor, blocks: Sequence[Block]) -> None:
        for index, wanted in enumerate(blocks):
            if index:
                self.press(Key.Key_Return)
            self.type(wanted.text)
            made = self.document.inspection.get(editor.current_block, Block)
            if "heading" in {made.kind, wanted.kind} and made.kind != wanted.kind:
                self.press(Key.Key_H, CONTROL | SHIFT)
            made = self.document.inspection.get(made.id, Block)
            if made.kind != wanted.kind:
                self.press(Key.Key_P, CONTROL | SHIFT)
            if made.level < wanted.level:
                self.press(Key.Key_Tab)
            elif made.level > wanted.level:
                self.press(Key.Key_Tab, SHIFT)

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
            self.click(self.window.findChild(RatingButton, f"{names[question]}.{value}"))

    def _enter_actions(self) -> None:
        page = show_page(self.window, "actions")
        for strength in ("must", "should"):
            for wanted in self._wanted.all(Action):
                if wanted.strength == strength:
                    page.findChild(ActionText, f"new_{strength}").setFocus()
                    self.type(wanted.text)
                    made = [
                        item
                        for item in self.document.inspection.all(Action)
                        if item.strength == strength
                    ][-1]
                    notes = tuple(self._ids[id_] for id_ in wanted.evidence)
                    self.document.set_field(made.id, "evidence", notes, "Link notes")
                    question = wanted.key_question
                    self.document.set_field(made.id, "key_question", question, "Link question")

    def _enter_notices(self) -> None:
        page = show_page(self.window, "notices")
        assert isinstance(page, NoticesPage)
        for wanted in self._wanted.all(Notice):
            self.click(page.adding)
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
                        field.line.setFocus()
                        self.type(value)
                        self.press(Key.Key_Return)
                        self.come_back()
                    elif not field.boxes[value].isChecked():
                        page.scroll_area.ensureWidgetVisible(field.boxes[value])
                        field.boxes[value].setFocus()
                        self.press(Key.Key_Space)
            if wanted.must:
                form.must.text.setFocus()
                self.type(wanted.must)
            self._enter_text(page, form.notice, wanted.id, "notice")

    def _pick_regulation(self, line: QLineEdit, regulation: str) -> None:
        found = self.document.reference.regulations[regulation]
        assert line.hasFocus()
        self.type(f"{found.number} {' '.join(found.title.split()[:2])}")
        self.press(Key.Key_Return)
        self.come_back()
