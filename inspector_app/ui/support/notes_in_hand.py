"""The notes of the topic or section in hand, and those behind the sentence with the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from inspector_app.checks.evidence_index import SUPPORT_WORDS
from inspector_app.checks.tracing import describe_support
from inspector_app.domain.change import WHOLE
from inspector_app.domain.entities import Action, Block, EvidenceNote, KeyQuestion
from inspector_app.domain.evidence import EvidenceIndex
from inspector_app.domain.part_notes import (
    find_page_scope,
    find_scope,
    fold_note,
    group_notes,
    list_notes,
)
from inspector_app.texts import pluralise, shorten
from inspector_app.ui.blocks.clipboard import put_on_clipboard
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.evidence.edits import link_to_sentence
from inspector_app.ui.evidence.note_labels import SOURCES, describe_parent, describe_sentence
from inspector_app.ui.evidence.note_table import show_note_menu
from inspector_app.ui.evidence.photo_viewer import show_photos
from inspector_app.ui.support.note_list import NoteList
from inspector_app.ui.support.note_list_model import GroupHead, NoteListModel
from inspector_app.ui.widgets.buttons import add_clear_button, make_button
from inspector_app.ui.widgets.fields import ignore_wheel_until_focused
from inspector_app.ui.widgets.flow_layout import FlowLayout
from inspector_app.ui.widgets.keys import Keys, name_key
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column, make_row
from inspector_app.ui.widgets.telling import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector_app.checks.tracing import Support
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.domain.part_notes import NoteGroup, NoteScope
    from inspector_app.ui.actions.action_text import ActionText

_NONE = "Put the cursor into a text to see the notes for it."
_MARKS = {"none": "○", "one_source": "◔", "several": "◑", "corroborated": "●"}
_LONGEST_QUOTE = 140
_CONFIDENTIAL = "A note is marked confidential: check the wording before it goes into the report."
_PLACING = {"topics", "regulations", "when", "position", WHOLE}
"""Fields of a note that say where it stands in the list."""


class NotesInHand(QWidget):
    """Notes to write from: search, drag onto a sentence, write as bullets, link, unlink."""

    place_wanted = Signal(str)
    """The person wants to see a note; carries its id."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._text: BlockEditor | ActionText | None = None
        """The text with the cursor."""
        self._part = ""
        self._sentence = ""
        self._seen = False
        self._listed: list[str] = []
        """Ids of the notes of the scope, before the search."""
        self._folded: dict[str, str] = {}
        self._model = NoteListModel(document, EvidenceIndex(document.inspection), self)
        self._build()
        self._search.textChanged.connect(self._show_groups)
        self._scope.activated.connect(self._show_notes)
        self._list.bullets_wanted.connect(self._on_write)
        self._list.photo_wanted.connect(self._on_photo_wanted)
        self._list.menu_wanted.connect(self._on_menu_wanted)
        self._list.note_selected.connect(self._refresh_buttons)
        document.changed.connect(self._on_document_changed)

    def _build(self) -> None:
        self._nowhere = make_label(_NONE, "hint", self, "notes_nowhere")
        self._scope = QComboBox(self)
        self._scope.setObjectName("notes_scope")
        self._scope.setAccessibleName("Notes of")
        self._scope.setToolTip("Which notes are listed: of this topic or section, its page, or all")
        self._scope.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._scope.setMinimumContentsLength(8)
        ignore_wheel_until_focused(self._scope)
        self._search = QLineEdit(self, placeholderText="Search notes")
        add_clear_button(self._search)
        self._search.setObjectName("notes_search")
        self._search.setAccessibleName("Search notes")
        self._search.setToolTip("Shows the notes that have all these words")
        self._list = NoteList(self._model, self._document.photos, self)
        self._empty = make_label(
            f"No notes yet. Press {name_key(Keys.CAPTURE)} anywhere to take one.", "hint", self
        )
        self._write = make_button(
            "Write as &bullet",
            "notes_write",
            "Write the selected notes at the cursor, linked to them (Enter or double-click)",
            self,
        )
        self._link = make_button(
            "&Link", "notes_link", "Link the selected notes to the sentence with the cursor", self
        )
        self._unlink = make_button(
            "&Unlink",
            "notes_unlink",
            "Remove the links to the selected notes. The text and the notes stay",
            self,
        )
        self._show = make_button("&Show note", "notes_show", "Go to the note on its page", self)
        buttons = QWidget(self)
        flow = FlowLayout(buttons)
        for button, slot in (
            (self._write, self._on_write),
            (self._link, self._on_link),
            (self._unlink, self._on_unlink),
            (self._show, self._on_show),
        ):
            button.setProperty("role", "quiet")
            button.setAccessibleName(button.text().replace("&", ""))
            button.clicked.connect(slot)
            flow.addWidget(button)
        self.setFocusProxy(self._list)
        make_column(
            self,
            self._nowhere,
            make_row(None, (self._scope, 3), (self._search, 2)),
            self._empty,
            (self._list, 1),
            buttons,
            margins=(SPACE, SPACE, SPACE, SPACE),
        )

    # -- following the cursor

    def follow(self, text: BlockEditor | ActionText | None) -> None:
        """Show the notes for a text and its sentence with the cursor; None: for no text."""
        part = text.parent_id if isinstance(text, BlockEditor) else ""
        sentence = text.current_block if text is not None else ""
        is_other = (text, part) != (self._text, self._part)
        self._text, self._part = text, part
        if not self._seen:
            return
        if is_other:
            self._sentence = sentence
            self._show_scopes()
            self._show_notes()
        elif sentence != self._sentence:
            self._sentence = sentence
            self._show_groups()

    def set_seen(self, seen: bool) -> None:
        """Follow inspection and cursor, or nothing while nobody looks."""
        if seen and not self._seen:
            self._model.index_of_uses = EvidenceIndex(self._document.inspection)
            self._folded.clear()
            self._sentence = self._text.current_block if self._text is not None else ""
            self._seen = True
            self._show_scopes()
            self._show_notes()
        self._seen = seen

    # -- following the document

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if not self._seen:
            return
        find = self._document.inspection.find
        moved = self._model.index_of_uses.follow(change, self._document.inspection)
        notes: set[str] = set()
        is_other = bool(moved)
        for edit in change.edits:
            found = find(edit.entity)
            if isinstance(found, EvidenceNote):
                notes.add(found.id)
                is_other |= edit.field in _PLACING
            else:
                is_other |= edit.entity == self._part or edit.field in {WHOLE, "parent"}
        for note in notes:
            self._folded.pop(note, None)
        if is_other:
            self._show_notes()
        elif notes or any(edit.entity == self._sentence for edit in change.edits):
            self._show_sentence()
        self._model.touch(notes | moved)

    # -- showing

    def _show_scopes(self) -> None:
        """Offer the part, its page, and all notes; who chose one of these keeps it."""
        inspection = self._document.inspection
        chosen = self._scope.currentData() if self._scope.count() > 1 else "part"
        name = describe_parent(self._document, self._part)
        page, _, last = name.rpartition(" › ")
        choices = []
        if find_scope(inspection, self._part) is not None:
            is_whole = isinstance(inspection.find(self._part), KeyQuestion)
            choices.append((page if is_whole else last or name, "part"))
        if find_page_scope(inspection, self._part) is not None:
            choices.append((f"{page}: whole page", "page"))
        choices.append(("All notes", "all"))
        with QSignalBlocker(self._scope):
            self._scope.clear()
            for words, kind in choices:
                self._scope.addItem(words, kind)
            self._scope.setCurrentIndex(max(0, self._scope.findData(chosen)))

    def _find_scope(self) -> NoteScope | None:
        match self._scope.currentData():
            case "part":
                document = self._document
                covered = document.framework.list_covered
                return find_scope(document.inspection, self._part, covered)
            case "page":
                return find_page_scope(self._document.inspection, self._part)
        return None

    @Slot()
    def _show_notes(self) -> None:
        inspection = self._document.inspection
        notes = list_notes(inspection, self._model.index_of_uses, self._find_scope())
        self._listed = [note.id for note in notes]
        has_notes = bool(inspection.child_ids(inspection.id, EvidenceNote))
        self._empty.setVisible(not has_notes)
        self._show_groups()

    def _find_hits(self) -> list[str]:
        words = self._search.text().casefold().split()
        return [note for note in self._listed if self._fits(note, words)] if words else self._listed

    def _fits(self, note: str, words: Sequence[str]) -> bool:
        folded = self._folded.get(note)
        if folded is None:
            found = self._document.inspection.get(note, EvidenceNote)
            folded = self._folded[note] = fold_note(found)
        return all(word in folded for word in words)

    @Slot()
    def _show_groups(self) -> None:
        heads: dict[NoteGroup, GroupHead] = {}
        entity = self._document.inspection.find(self._sentence)
        behind: list[str] = []
        if isinstance(entity, Block | Action):
            support = describe_support(self._document.inspection, entity.evidence)
            behind = [note.id for note in support.notes]
            heads["behind"] = self._make_head(support)
        groups = group_notes(self._find_hits(), self._model.index_of_uses, behind)
        heads["unused"] = GroupHead("Not used yet", len(groups["unused"]))
        heads["used"] = GroupHead("Used", len(groups["used"]))
        selected = self._list.selected
        self._model.show_groups(groups, heads)
        if selected and not self._list.selected:
            self._list.select(selected)
        self._nowhere.setVisible(self._text is None)
        self._refresh_buttons()

    def _make_head(self, support: Support) -> GroupHead:
        place = describe_sentence(self._document, self._sentence)
        words = shorten(place.text, _LONGEST_QUOTE) if place is not None else ""
        title = f"Linked to “{words}”" if words else "Linked to this sentence"
        return GroupHead(title, len(support.notes), _describe_support(support))

    def _show_sentence(self) -> None:
        """Show the words of the sentence, which are just typed."""
        entity = self._document.inspection.find(self._sentence)
        if isinstance(entity, Block | Action):
            support = describe_support(self._document.inspection, entity.evidence)
            self._model.show_head("behind", self._make_head(support))

    @Slot()
    def _refresh_buttons(self) -> None:
        selected = set(self._list.selected)
        behind = set(self._model.index_of_uses.notes(self._sentence))
        can_edit = self._document.can_edit and bool(selected)
        self._write.setEnabled(can_edit and isinstance(self._text, BlockEditor))
        self._link.setEnabled(can_edit and bool(self._sentence) and bool(selected - behind))
        self._unlink.setEnabled(can_edit and bool(selected & behind))
        self._show.setEnabled(len(selected) == 1)

    # -- doing

    @Slot()
    def _on_write(self) -> None:
        inspection = self._document.inspection
        notes = [inspection.get(id_, EvidenceNote) for id_ in self._list.selected]
        if not self._document.can_edit:
            tell(self, self._document.read_only_reason)
        elif not isinstance(self._text, BlockEditor):
            tell(self, "Put the cursor into the topic or section that you want the note in.")
        elif notes:
            self._text.add_notes(notes)
            if any(note.confidential for note in notes):
                tell(self, _CONFIDENTIAL)

    @Slot()
    def _on_link(self) -> None:
        link_to_sentence(self._document, self._sentence, self._list.selected)

    @Slot()
    def _on_unlink(self) -> None:
        link_to_sentence(self._document, self._sentence, self._list.selected, linked=False)

    @Slot()
    def _on_show(self) -> None:
        if len(selected := self._list.selected) == 1:
            self.place_wanted.emit(selected[0])

    @Slot()
    def _on_copy(self) -> None:
        inspection = self._document.inspection
        mime = QMimeData()
        notes = [inspection.get(id_, EvidenceNote) for id_ in self._list.selected]
        mime.setText("\n".join(note.text for note in notes))
        put_on_clipboard(mime)

    @Slot(str, str)
    def _on_photo_wanted(self, note: str, photo: str) -> None:
        found = self._document.inspection.get(note, EvidenceNote)
        photos = [file.id for file in self._model.list_photos(found)]
        show_photos(self._document, photos, photo, self)

    @Slot(QPoint)
    def _on_menu_wanted(self, place: QPoint) -> None:
        commands: dict[str, tuple[Callable[[], None], bool]] = {
            "Write as &bullet\tEnter": (self._on_write, self._write.isEnabled()),
            "&Link to this sentence": (self._on_link, self._link.isEnabled()),
            "&Unlink from this sentence": (self._on_unlink, self._unlink.isEnabled()),
            "&Copy text": (self._on_copy, True),
            "&Show note": (self._on_show, self._show.isEnabled()),
        }
        possible = {text: act if can else None for text, (act, can) in commands.items()}
        show_note_menu(self._list, place, possible)


def _describe_support(support: Support) -> str:
    """Return “● Corroborated: interview and record”."""
    words = f"{_MARKS[support.strength]} {SUPPORT_WORDS[support.strength]}"
    if support.notes:
        words += ": " + " and ".join(SOURCES[source].lower() for source in support.sources)
    if support.missing:
        words += f"; {pluralise(support.missing, 'note')} no longer there"
    return words
