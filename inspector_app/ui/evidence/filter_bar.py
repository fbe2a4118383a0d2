"""Search and filters above the table of notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from inspector_app.texts import pluralise
from inspector_app.ui.evidence.note_labels import SOURCES, STANCES, list_topics
from inspector_app.ui.evidence.note_model import NoteFilter
from inspector_app.ui.widgets.buttons import add_clear_button, make_button
from inspector_app.ui.widgets.fields import ignore_wheel_until_focused
from inspector_app.ui.widgets.file_drops import leave_files
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column, make_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from inspector_app.document.inspection_document import InspectionDocument

_TO_LIST = {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_FEW_COLUMNS = 3
"""Filters on a row of a narrow page."""


class FilterBar(QWidget):
    """Says which notes to show."""

    filter_changed = Signal(object)
    """A person searched or filtered; carries the `NoteFilter`."""
    list_wanted = Signal()
    """A person wants to go on in the list."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build(document)
        self.search.textEdited.connect(self._on_edited)
        self.search.textChanged.connect(self._on_cleared)
        for combo in self._combos:
            combo.activated.connect(self._on_edited)
        self._clear.clicked.connect(self._on_clear)

    def _build(self, document: InspectionDocument) -> None:
        layout = make_column(self)
        self.search = QLineEdit(self, placeholderText="Search in text, source detail and tags")
        self.search.setObjectName("evidence_search")
        self.search.setAccessibleName("Search notes")
        self.search.setToolTip(
            "Shows the notes that have all these words. Down or Enter goes into the list"
        )
        self.search.installEventFilter(self)
        leave_files(self.search)
        add_clear_button(self.search)
        self._count = make_label("", "hint", self)
        self._count.setWordWrap(False)
        self._clear = make_button(
            "Show all",
            "evidence_show_all",
            "Clear the search and all filters",
            self,
            role="quiet",
            spoken="Show all notes",
        )
        self._unfold = make_button(
            "Fil&ters",
            "evidence_filters",
            "Show or hide the filters",
            self,
        )
        self._unfold.setCheckable(True)
        self._unfold.hide()
        line = make_row(None, (self.search, 1), self._count, self._clear, self._unfold)
        layout.addLayout(line)
        regime = document.inspection.details.regime
        topics = [
            (choice.id, f"    {choice.name}" if choice.group else choice.name)
            for choice in list_topics(document.framework, regime)
        ]
        # The word first, so that typing its first letter finds it.
        stances = [(id_, " ".join(reversed(text.split(" ", 1)))) for id_, text in STANCES.items()]
        self._filters = QWidget(self)
        self._grid = QGridLayout(self._filters)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(SPACE // 2)
        self._labels: list[QLabel] = []
        self._combos = [
            self._make_combo("Topic", "All topics", topics),
            self._make_combo("Stance", "Any", stances),
            self._make_combo("Source", "Any", list(SOURCES.items())),
            self._make_combo("In the report", "Any", [(True, "Used"), (False, "Unused")]),
            self._make_combo("Corroborated", "Any", [(True, "Corroborated"), (False, "Not yet")]),
        ]
        self._columns = 0
        self._lay_out(_FEW_COLUMNS)
        layout.addWidget(self._filters)
        self._unfold.toggled.connect(self._filters.setVisible)

    def set_low(self, low: bool) -> None:
        """Fold the filters away while there is little height, unless one of them is set."""
        if low == self._unfold.isHidden():
            self._unfold.setVisible(low)
            self._unfold.setChecked(low and any(combo.currentIndex() for combo in self._combos))
            self._filters.setVisible(not low or self._unfold.isChecked())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter lead from the search into the list."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _TO_LIST
        ):
            self.list_wanted.emit()
            return True
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """Return room for the filters on two rows."""
        return QSize(self._measure(_FEW_COLUMNS), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand on one row where there is room, else on two."""
        super().resizeEvent(event)
        one_row = len(self._combos)
        self._lay_out(one_row if self.width() >= self._measure(one_row) else _FEW_COLUMNS)

    def _measure(self, columns: int) -> int:
        widths = [0] * columns
        for at, pair in enumerate(zip(self._labels, self._combos, strict=True)):
            least = max(widget.minimumSizeHint().width() for widget in pair)
            widths[at % columns] = max(widths[at % columns], least)
        return sum(widths) + (columns - 1) * SPACE

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, (label, combo) in enumerate(zip(self._labels, self._combos, strict=True)):
            row, column = 2 * (at // columns), at % columns
            self._grid.addWidget(label, row, column)
            self._grid.addWidget(combo, row + 1, column)
        for column in range(len(self._combos)):
            # The topics have the longest names.
            share = 2 if column == 0 else 1
            self._grid.setColumnStretch(column, share if column < columns else 0)

    def _make_combo(
        self,
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
        combo.setMinimumContentsLength(3)
        ignore_wheel_until_focused(combo)
        label = make_label(name, "label", self)
        label.setBuddy(combo)
        self._labels.append(label)
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
        of = "" if shown == total else f"{shown:,} of "
        self._count.setText(f"{of}{pluralise(total, 'note')}")
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
        self._unfold.setChecked(bool(topic) and not self._unfold.isHidden())
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
