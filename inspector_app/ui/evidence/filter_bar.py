"""Search and filters above the table of notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui.evidence.note_model import NoteFilter
from inspector_app.ui.evidence.words import SOURCES, STANCES, list_topics
from inspector_app.ui.fields import ignore_wheel_until_focused
from inspector_app.ui.page import SPACE, make_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.document.inspection_document import InspectionDocument


class FilterBar(QWidget):
    """Says which notes to show."""

    filter_changed = Signal(object)
    """A person searched or filtered; carries the `NoteFilter`."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build(document)
        self.search.textEdited.connect(self._on_edited)
        self.search.textChanged.connect(self._on_cleared)
        for combo in self._combos:
            combo.activated.connect(self._on_edited)
        self._clear.clicked.connect(self._on_clear)

    def _build(self, document: InspectionDocument) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        self.search = QLineEdit(self)
        self.search.setObjectName("evidence_search")
        self.search.setPlaceholderText("Search in text, source detail and tags")
        self.search.setAccessibleName("Search notes")
        self.search.setToolTip("Shows the notes in which all these words stand")
        self.search.setClearButtonEnabled(True)
        self._count = make_label("", "hint", self)
        self._count.setWordWrap(False)
        self._clear = QPushButton("Show all", self)
        self._clear.setObjectName("evidence_show_all")
        self._clear.setProperty("role", "quiet")
        self._clear.setAccessibleName("Show all notes")
        self._clear.setToolTip("Clear the search and all filters")
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        line.addWidget(self.search, 1)
        line.addWidget(self._count)
        line.addWidget(self._clear)
        layout.addLayout(line)
        regime = document.inspection.details.regime
        topics = [
            (choice.id, f"    {choice.name}" if choice.group else choice.name)
            for choice in list_topics(document.framework, regime)
        ]
        # The word first, so that typing its first letter finds it.
        stances = [(id_, " ".join(reversed(text.split(" ", 1)))) for id_, text in STANCES.items()]
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        self._combos = [
            self._add_combo(grid, 0, "Topic", "All topics", topics),
            self._add_combo(grid, 1, "Stance", "Any", stances),
            self._add_combo(grid, 2, "Source", "Any", list(SOURCES.items())),
            self._add_combo(grid, 3, "In the report", "Any", [(True, "Used"), (False, "Unused")]),
            self._add_combo(
                grid, 4, "Corroborated", "Any", [(True, "Corroborated"), (False, "Not yet")]
            ),
        ]
        grid.setColumnStretch(0, 2)
        for column in range(1, 5):
            grid.setColumnStretch(column, 1)
        layout.addLayout(grid)

    def _add_combo(
        self,
        grid: QGridLayout,
        column: int,
        name: str,
        none: str,
        choices: Sequence[tuple[Any, str]],
    ) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(f"filter.{name.lower().replace(' ', '_')}")
        combo.setAccessibleName(f"Filter: {name}")
        combo.setToolTip(f"Show only notes of this kind: {name.lower()}")
        combo.addItem(none, None)
        for value, text in choices:
            combo.addItem(text, value)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(4)
        ignore_wheel_until_focused(combo)
        label = make_label(name, "label", self)
        label.setBuddy(combo)
        grid.addWidget(label, 0, column)
        grid.addWidget(combo, 1, column)
        return combo

    @property
    def wanted(self) -> NoteFilter:
        """The filter as it is set."""
        topic, stance, source, used, corroborated = (combo.currentData() for combo in self._combos)
        return NoteFilter(
            words=tuple(self.search.text().casefold().split()),
            topic=topic or "",
            stance=stance or "",
            source=source or "",
            used=used,
            corroborated=corroborated,
        )

    def show_count(self, shown: int, total: int) -> None:
        """Say how many notes are shown."""
        text = f"{total} notes" if shown == total else f"{shown} of {total} notes"
        self._count.setText(text if total != 1 else text.replace("notes", "note"))
        self._clear.setVisible(self.wanted != NoteFilter())

    @Slot()
    def clear(self) -> None:
        """Show all notes."""
        self.choose_topic("")

    def choose_topic(self, topic: str) -> None:
        """Show the notes of a key question or topic, whatever their kind."""
        with QSignalBlocker(self.search):
            self.search.clear()
        for combo in self._combos:
            combo.setCurrentIndex(0)
        topics = self._combos[0]
        topics.setCurrentIndex(max(topics.findData(topic), 0))
        self.filter_changed.emit(self.wanted)

    @Slot()
    def _on_clear(self) -> None:
        self.clear()
        self.search.setFocus()

    @Slot()
    def _on_edited(self) -> None:
        self.filter_changed.emit(self.wanted)

    @Slot(str)
    def _on_cleared(self, text: str) -> None:
        # The line's own clear button tells nobody by `textEdited`.
        if not text:
            self.filter_changed.emit(self.wanted)
