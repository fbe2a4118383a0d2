"""The list of what the provider must do, or of what it should do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.entities import Action
from inspector_app.spelling.places import TextPlace
from inspector_app.ui.actions.action_row import ActionRow
from inspector_app.ui.evidence.edits import link_to_sentence
from inspector_app.ui.evidence.note_model import read_note_mime
from inspector_app.ui.spelling.attaching import attach_spelling
from inspector_app.ui.widgets.entity_rows import EntityRows

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QTextCursor
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.entities import ActionStrength


class ActionList(EntityRows[ActionRow, Action]):
    """The lines of one strength."""

    def __init__(
        self,
        document: InspectionDocument,
        parent_id: str,
        strength: ActionStrength,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(document, Action, strength, parent, parent_id=parent_id, strength=strength)
        self.strength: ActionStrength = strength
        self._questions = [(item.id, item.name) for item in document.framework.key_questions]
        self._correcting = ""
        """What undo calls a change of a line while a word of it is corrected."""
        self.setObjectName(f"{strength}_list")
        self.start()

    def list_entities(self) -> list[Action]:
        return [item for item in super().list_entities() if item.strength == self.strength]

    def make_row(self, key: str) -> ActionRow:
        row = ActionRow(key, self.strength, self._questions, self)
        row.text.typed.connect(lambda text: self._on_typed(row, text))
        row.text.pasted.connect(lambda texts: self._on_pasted(row, texts))
        row.text.notes_dropped.connect(lambda mime: self._on_notes_dropped(row, mime))
        row.switch_wanted.connect(lambda: self._switch(row.key))
        row.question_chosen.connect(lambda question: self._set_question(row.key, question))
        attach_spelling(
            row.text,
            self.document,
            lambda _: TextPlace(row.key, "text") if row.key else None,
            replace=self._correct,
        )
        return row

    def show_row(self, row: ActionRow, number: int) -> None:
        row.show_action(self.find_entity(row), number, editable=self.can_edit)

    def on_arranged(self) -> None:
        """Take dropped lines while they can be moved."""
        self.setAcceptDrops(self.can_edit)

    def move_key(self, key: str, before: str | None) -> None:
        """Put a line, of this list or another, in front of one of this list; None: at the end."""
        action = self.document.inspection.find(key)
        if isinstance(action, Action):
            draft = self.document.draft()
            draft.set(key, "strength", self.strength)
            draft.move(key, self.parent_id, before)
            self.document.apply_draft(draft, f"Move {action.strength}")
            self.show_key(key)

    def _switch(self, id_: str) -> None:
        other = "should" if self.strength == "must" else "must"
        draft = self.document.draft()
        draft.set(id_, "strength", other)
        draft.move(id_, self.parent_id)
        self.document.apply_draft(draft, f"Move {self.strength} to {other}")

    def _set_question(self, id_: str, question: str) -> None:
        label = f"Change key question of {self.strength}"
        self.document.set_field(id_, "key_question", question, label)

    def _correct(self, cursor: QTextCursor, text: str, label: str) -> None:
        """Put a word in place of another, as a step of undo of its own."""
        self.typing += 1
        self._correcting = label
        cursor.insertText(text)
        self._correcting = ""
        self.typing += 1

    def _on_typed(self, row: ActionRow, text: str) -> None:
        if row.key or text.strip():
            label = self._correcting or f"Change what the provider {self.strength} do"
            self.type_in(row, "text", text, label)

    def _on_notes_dropped(self, row: ActionRow, mime: QMimeData) -> None:
        notes = read_note_mime(mime, self.document.inspection)
        link_to_sentence(self.document, row.key, [note.id for note in notes])

    def _on_pasted(self, row: ActionRow, texts: list[str]) -> None:
        """Put the lines of a paste behind the one that took the first of them."""
        before = self.key_behind(row)
        draft = self.document.draft()
        ids = [self.draft_new(draft, before, text=text) for text in texts]
        self.document.apply_draft(draft, f"Add {self.strength}")
        if last := self.show_key(ids[-1]):
            last.text.put_cursor(len(texts[-1]))
