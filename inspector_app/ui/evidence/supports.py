"""The sentences that a note supports: jump there, link another, unlink, add to the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from inspector_app.domain.entities import EvidenceNote, KeyQuestion, Topic
from inspector_app.ui.evidence.edits import add_to_report, link_to_sentence
from inspector_app.ui.evidence.note_labels import (
    describe_sentence,
    iterate_sentences,
    iterate_topic_sentences,
)
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import add_all, make_column, make_row
from inspector_app.ui.widgets.pick_dialog import Option, PickDialog

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.evidence import EvidenceIndex

_ROWS = 5


class _PlaceList(QListWidget):
    wanted = Signal(QListWidgetItem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter jumps, as a click does."""
        item = self.currentItem()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self.wanted.emit(item)
            return
        super().keyPressEvent(event)


class Supports(QWidget):
    """The sentences that stand on one note."""

    place_wanted = Signal(str)
    """A person wants to see a sentence; carries its id."""

    def __init__(
        self, document: InspectionDocument, index: EvidenceIndex, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._index = index
        self._note = ""
        self._build()
        self._list.itemClicked.connect(self._on_wanted)
        self._list.wanted.connect(self._on_wanted)
        self._list.currentRowChanged.connect(self._on_row_changed)
        self._add.clicked.connect(self.ask_topic)
        self._link.clicked.connect(self.ask_sentence)
        self._unlink.clicked.connect(self._on_unlink)

    def _build(self) -> None:
        layout = make_column(self, spacing=SPACE // 2)
        self._label = make_label("", "label", self)
        self._list = _PlaceList(self)
        self._list.setObjectName("supports_list")
        self._list.setAccessibleName("Sentences that this note supports")
        self._list.setToolTip("Select a sentence or press Enter to see it in its place")
        self._list.setAlternatingRowColors(True)
        self._list.setWordWrap(False)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._label.setBuddy(self._list)
        self._confidential = make_label(
            "This note is marked confidential: check the wording before it goes into the report.",
            "problem",
            self,
        )
        row = make_row()
        self._add = make_button(
            "Add to report…",
            "add_to_report",
            "Make this note a bullet of a topic, linked to it",
            role="primary",
        )
        self._link = make_button(
            "Link to a sentence…", "link_button", "Choose a sentence that this note supports"
        )
        self._unlink = make_button(
            "Unlink",
            "unlink_button",
            "Remove the link to the selected sentence. The note and the sentence stay",
            spoken="Unlink the selected sentence",
            role="quiet",
        )
        add_all(row, self._add, self._link, self._unlink)
        row.addStretch(1)
        add_all(layout, self._label, self._list, self._confidential, row)

    def show_note(self, note: str) -> None:
        """Show the sentences of a note."""
        self._note = note
        self._list.clear()
        for place in self._index.places(note):
            found = describe_sentence(self._document, place)
            if found is None:
                continue
            item = QListWidgetItem(f"{found.where}: {found.text or '(no text yet)'}", self._list)
            item.setData(Qt.ItemDataRole.UserRole, place)
        count = self._list.count()
        self._label.setText(
            f"Supports {count} sentence{'s' if count > 1 else ''} of the report"
            if count
            else "Supports no sentence of the report yet"
        )
        height = self._list.sizeHintForRow(0) if count else 0
        self._list.setFixedHeight(min(count, _ROWS) * height + 2 * self._list.frameWidth() + 2)
        self._list.setVisible(count > 0)
        self._unlink.setVisible(count > 0)
        entity = self._document.inspection.find(note)
        confidential = isinstance(entity, EvidenceNote) and entity.confidential
        self._confidential.setVisible(confidential)
        editable = self._document.can_edit
        has_text = isinstance(entity, EvidenceNote) and bool(entity.text.strip())
        self._add.setEnabled(editable and has_text)
        self._link.setEnabled(editable)
        self._on_row_changed()

    @Slot()
    def _on_row_changed(self) -> None:
        self._unlink.setEnabled(self._document.can_edit and self._list.currentItem() is not None)

    @Slot(QListWidgetItem)
    def _on_wanted(self, item: QListWidgetItem) -> None:
        self.place_wanted.emit(item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def ask_topic(self) -> None:
        """Ask for the topic that gets the note as a bullet."""
        note = self._note
        own = self._document.inspection.get(note, EvidenceNote).topics
        options = [
            Option(choice.id, choice.name) for choice in iterate_topic_sentences(self._document)
        ]
        # The note's own topics first: mostly it is one of them.
        options.sort(key=lambda option: self._name_topic(option.id) not in own)
        dialog = PickDialog(
            "Add to report", "Topic that gets the bullet", "Add bullet", options, self
        )
        dialog.setObjectName("add_dialog")
        dialog.picked.connect(lambda topic: add_to_report(self._document, [note], topic))
        dialog.open()

    def _name_topic(self, id_: str) -> str:
        topic = self._document.inspection.get(id_, Topic)
        owner = self._document.inspection.get(topic.parent, KeyQuestion)
        return f"{owner.key_question}.{topic.topic}"

    @Slot()
    def ask_sentence(self) -> None:
        """Ask for a sentence that the note supports."""
        note = self._note
        linked = set(self._index.places(note))
        options = [
            Option(place.id, f"{place.where}: {place.text}")
            for place in iterate_sentences(self._document)
            if place.id not in linked and place.text
        ]
        dialog = PickDialog(
            "Link to a sentence", "Sentence that this note supports", "Link", options, self
        )
        dialog.setObjectName("link_dialog")
        dialog.picked.connect(lambda place: link_to_sentence(self._document, place, [note]))
        dialog.open()

    @Slot()
    def _on_unlink(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            place = item.data(Qt.ItemDataRole.UserRole)
            link_to_sentence(self._document, place, [self._note], linked=False)
