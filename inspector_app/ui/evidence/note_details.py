"""One note with all its fields, and the sentences it supports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from inspector_app.domain.entities import EvidenceNote
from inspector_app.ui.evidence.note_fields import (
    ManyField,
    StanceField,
    TagsField,
    TimeField,
)
from inspector_app.ui.evidence.note_files import NoteFiles
from inspector_app.ui.evidence.note_labels import SOURCES, list_regulations, list_topics
from inspector_app.ui.evidence.supports import Supports
from inspector_app.ui.widgets.fields import BoundField, ChoiceField, FlagField, LineField, TextField
from inspector_app.ui.widgets.file_drops import FileDrops
from inspector_app.ui.widgets.labels import SPACE
from inspector_app.ui.widgets.layouts import STRETCH, add_all, make_column, set_up_scroll_area

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QSize
    from PySide6.QtGui import QResizeEvent

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.domain.evidence import EvidenceIndex
    from inspector_app.ui.prompts import Prompts


_WIDE = 110
"""Letters of a line from which source, detail, time and author stand side by side."""
_MOST_LINES = 200
_TOP = Qt.AlignmentFlag.AlignTop


class NoteDetails(QScrollArea):
    """The fields of one note. They are made once and bound to the note that is shown."""

    place_wanted = Signal(str)
    """A person wants to see a sentence; carries its id."""

    def __init__(
        self,
        document: InspectionDocument,
        prompts: Prompts,
        index: EvidenceIndex,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._prompts = prompts
        self._document = document
        self._note = ""
        self._is_whole = False
        set_up_scroll_area(self)
        self._build(index)
        self.supports.place_wanted.connect(self.place_wanted)

    def _build(self, index: EvidenceIndex) -> None:
        document = self._document
        regime = document.inspection.details.regime
        content = QWidget(self)
        layout = make_column(content, margins=(0, SPACE, SPACE, SPACE), spacing=3 * SPACE // 2)
        text = TextField(document, "", "text", "Note")
        # Read whole: the pane scrolls, not the text in it.
        text.text.set_lines(3, _MOST_LINES)
        detail = LineField(document, "", "source_detail", "Source detail")
        detail.line.setPlaceholderText("Role or record, never a name")
        when = TimeField(document, "")
        by = LineField(document, "", "by", "By")
        by.line.setPlaceholderText("Initials")
        topics = ManyField(
            document, "", "topics", "Topics", list_topics(document.framework, regime), "topic"
        )
        regulations = ManyField(
            document,
            "",
            "regulations",
            "Regulations",
            list_regulations(document.reference),
            "regulation",
        )
        corroborated = FlagField(document, "", "corroborated", "Corroborated")
        corroborated.set_hint("Another source confirms it")
        confidential = FlagField(document, "", "confidential", "Confidential")
        confidential.set_hint("Not to be shared outside the team")
        source = ChoiceField(document, "", "source", "Source", list(SOURCES.items()), none=None)
        stance, tags = StanceField(document, ""), TagsField(document, "")
        self._fields: list[BoundField] = [
            text, stance, source, detail, when, by, topics, tags, regulations, corroborated,
            confidential,
        ]  # fmt: skip
        for field in self._fields:
            field.editor.setObjectName(f"note.{field.field}")
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * SPACE // 2)
        grid.setVerticalSpacing(3 * SPACE // 2)
        self._origin, self._origin_fields = grid, (source, detail, when, by)
        self._lay_out_origin(wide=False)
        pair = QGridLayout()
        pair.setHorizontalSpacing(3 * SPACE // 2)
        pair.setVerticalSpacing(3 * SPACE // 2)
        pair.setColumnStretch(0, 1)
        pair.setColumnStretch(1, 1)
        pair.addWidget(topics, 0, 0, _TOP)
        pair.addWidget(regulations, 0, 1, _TOP)
        pair.addWidget(tags, 1, 0, _TOP)
        boxes = QGridLayout()
        boxes.addWidget(corroborated, 0, 0)
        boxes.addWidget(confidential, 0, 1)
        pair.addLayout(boxes, 1, 1)
        self.supports = Supports(document, index, content)
        add_all(layout, text, stance, grid, pair)
        self._files = NoteFiles(document, self._prompts, content)
        if document.can_edit:
            FileDrops(self, self._files.take)
        add_all(layout, self.supports, self._files, STRETCH)
        self.setWidget(content)
        self.setFocusProxy(text)
        previous: QWidget = text.editor
        for field in self._fields[1:]:
            QWidget.setTabOrder(previous, field.editor)
            previous = field.editor

    def set_whole(self, whole: bool) -> None:
        """Be as high as all fields, so that what is around scrolls and not this."""
        if whole != self._is_whole:
            self._is_whole = whole
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return the height of all fields where they are to be seen whole."""
        least = super().minimumSizeHint()
        if self._is_whole and (content := self.widget()) is not None:
            least.setHeight(content.sizeHint().height() + 2 * self.frameWidth())
        return least

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the height of the fields."""
        if self._is_whole and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put source, time and author on one line where each can be read in full."""
        super().resizeEvent(event)
        self._lay_out_origin(wide=self.width() >= _WIDE * self.fontMetrics().averageCharWidth())

    def _lay_out_origin(self, *, wide: bool) -> None:
        columns, stretches = (4, (2, 3, 2, 1)) if wide else (2, (2, 3, 0, 0))
        for at, field in enumerate(self._origin_fields):
            self._origin.addWidget(field, at // columns, at % columns, _TOP)
        for column, stretch in enumerate(stretches):
            self._origin.setColumnStretch(column, stretch)

    @property
    def note(self) -> str:
        """Id of the note that is shown; empty for none."""
        return self._note

    def show_note(self, note: str) -> None:
        """Show a note and edit it from here on."""
        if note == self._note:
            return
        self._note = note
        for field in self._fields:
            field.entity = note
            field.show_value()
        self.supports.show_note(note)
        self._files.show_note(note)
        self.verticalScrollBar().setValue(0)

    def show_uses(self) -> None:
        """Show anew which sentences the note supports."""
        if isinstance(self._document.inspection.find(self._note), EvidenceNote):
            self.supports.show_note(self._note)

    def refresh(self, change: Change, index: EvidenceIndex) -> None:
        """Redraw what a change touched: the fields follow by themselves, the sentences here."""
        self._files.refresh(change)
        places = {self._note, *index.places(self._note)}
        if self._note and any(edit.entity in places for edit in change.edits):
            self.show_uses()
