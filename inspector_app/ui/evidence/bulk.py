"""What can be done to several notes at once, each as one change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QPushButton,
    QWidget,
)

from inspector_app.domain.entities import EvidenceNote
from inspector_app.texts import pluralise
from inspector_app.ui.evidence.edits import add_to_report, change_notes
from inspector_app.ui.evidence.note_fields import make_source_combo
from inspector_app.ui.evidence.note_labels import iterate_topic_sentences, list_topics
from inspector_app.ui.evidence.stance_chooser import StanceChooser
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.fields import ignore_wheel_until_focused
from inspector_app.ui.widgets.flow_layout import FlowLayout
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import STRETCH, add_all, make_column, make_row
from inspector_app.ui.widgets.pick_dialog import Option, PickDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector_app.document.inspection_document import InspectionDocument

    _Then = Callable[[str, tuple[str, ...]], object]


class BulkEditor(QWidget):
    """Stance, source, topics and corroboration of all selected notes."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._notes: tuple[str, ...] = ()
        self._build()
        self._stance.edited.connect(lambda stance: self._set("stance", stance, "Set stance"))
        self._source.activated.connect(self._on_source)
        self._corroborated.activated.connect(self._on_corroborated)
        self._add_topic.clicked.connect(self._on_add_topic)
        self._remove_topic.clicked.connect(self._on_remove_topic)
        self._add.clicked.connect(self.ask_topic)

    def _build(self) -> None:
        layout = make_column(self, margins=(0, SPACE, SPACE, SPACE), spacing=3 * SPACE // 2)
        self._title = make_label("", "heading", self)
        layout.addWidget(self._title)
        layout.addWidget(
            make_label("What you choose here is set for all of them, in one step.", "hint", self)
        )
        self._controls = QWidget(self)
        add_all(layout, self._controls, STRETCH)
        # Side by side where there is room, else one below the other.
        flow = FlowLayout(self._controls, 2 * SPACE)
        self._stance = StanceChooser(parent=self._controls)
        self._stance.setObjectName("bulk_stance")
        self._source = make_source_combo(self._controls)
        self._source.insertItem(0, "As they are", None)
        self._source.setObjectName("bulk_source")
        self._corroborated = QComboBox(self._controls)
        self._corroborated.setObjectName("bulk_corroborated")
        for text, value in (("As they are", None), ("Corroborated", True), ("Not yet", False)):
            self._corroborated.addItem(text, value)
        ignore_wheel_until_focused(self._corroborated)
        self._add_topic = self._make_button("Add a topic…", "bulk_add_topic")
        self._remove_topic = self._make_button("Remove a topic…", "bulk_remove_topic")
        topics = QWidget(self._controls)
        make_row(topics, self._add_topic, self._remove_topic, STRETCH)
        topics.setFocusProxy(self._add_topic)
        self._add = self._make_button("Add all to report…", "bulk_add_to_report")
        self._add.setToolTip("Make each note a bullet of a topic, linked to it")
        cells: tuple[tuple[str, QWidget], ...] = (
            ("Stance", self._stance),
            ("Topics", topics),
            ("Source", self._source),
            ("Corroborated", self._corroborated),
        )
        for name, widget in cells:
            box = QWidget(self._controls)
            label = make_label(name, "label", box)
            label.setBuddy(widget)
            widget.setAccessibleName(f"{name} of all selected notes")
            make_column(box, label, widget, spacing=SPACE // 2)
            flow.addWidget(box)
        layout.insertWidget(layout.count() - 1, self._add, 0, Qt.AlignmentFlag.AlignLeft)
        for controls in (self._controls, self._add):
            controls.setEnabled(self._document.can_edit)
        self.setFocusProxy(self._stance)

    def _make_button(self, text: str, name: str) -> QPushButton:
        return make_button(text, name, "", self, spoken=f"{text.rstrip('…')}, all selected notes")

    def show_notes(self, notes: Sequence[str]) -> None:
        """Show what the selected notes have in common."""
        self._notes = tuple(notes)
        self._title.setText(f"{pluralise(len(notes), 'note')} selected")
        # While many are deleted, rows go one by one after the notes have gone all at once.
        found = [
            note
            for note in map(self._document.inspection.find, notes)
            if isinstance(note, EvidenceNote)
        ]
        stances = {note.stance for note in found}
        self._stance.show_stance(stances.pop() if len(stances) == 1 else None)
        sources = {note.source for note in found}
        values = {note.corroborated for note in found}
        _show_in(self._source, sources.pop() if len(sources) == 1 else None)
        _show_in(self._corroborated, values.pop() if len(values) == 1 else None)
        self._remove_topic.setEnabled(any(note.topics for note in found))

    def _set(self, field: str, value: object, label: str) -> None:
        change_notes(self._document, self._notes, field, lambda _: value, label)

    @Slot(int)
    def _on_source(self, index: int) -> None:
        source = self._source.itemData(index)
        if source is not None:
            self._set("source", source, "Set source")

    @Slot(int)
    def _on_corroborated(self, index: int) -> None:
        value = self._corroborated.itemData(index)
        if value is not None:
            self._set("corroborated", value, "Set corroboration")

    @Slot()
    def _on_add_topic(self) -> None:
        document = self._document
        regime = document.inspection.details.regime
        options = [
            Option(choice.id, choice.full_name)
            for choice in list_topics(document.framework, regime)
        ]
        self._pick(
            "Add a topic",
            options,
            lambda topic, notes: change_notes(
                document,
                notes,
                "topics",
                lambda note: tuple(dict.fromkeys((*note.topics, topic))),
                "Add a topic",
            ),
        )

    @Slot()
    def _on_remove_topic(self) -> None:
        document = self._document
        regime = document.inspection.details.regime
        names = {choice.id: choice.full_name for choice in list_topics(document.framework, regime)}
        inspection = document.inspection
        had = dict.fromkeys(
            topic for id_ in self._notes for topic in inspection.get(id_, EvidenceNote).topics
        )
        self._pick(
            "Remove a topic",
            [Option(topic, names.get(topic, topic)) for topic in had],
            lambda topic, notes: change_notes(
                document,
                notes,
                "topics",
                lambda note: tuple(other for other in note.topics if other != topic),
                "Remove a topic",
            ),
        )

    @Slot()
    def ask_topic(self) -> None:
        """Ask for the topic that gets each note as a bullet."""
        document = self._document
        options = [Option(choice.id, choice.name) for choice in iterate_topic_sentences(document)]
        self._pick(
            "Add to report", options, lambda topic, notes: add_to_report(document, notes, topic)
        )

    def _pick(self, title: str, options: Sequence[Option], then: _Then) -> None:
        notes = self._notes
        dialog = PickDialog(
            title, f"Topic, for {pluralise(len(notes), 'note')}", title, options, self
        )
        dialog.setObjectName("bulk_dialog")
        dialog.picked.connect(lambda topic: then(topic, notes))
        dialog.open()


def _show_in(combo: QComboBox, value: object) -> None:
    with QSignalBlocker(combo):
        combo.setCurrentIndex(max(0, combo.findData(value)) if value is not None else 0)
