"""What each rating looks like, beside the page of a key question: tick, see the balance, go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from inspector_app.domain.entities import EvidenceNote, KeyQuestion, Topic
from inspector_app.domain.part_notes import has_topic
from inspector_app.texts import pluralise
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.blocks.sentence_cursor import SentenceCursor
from inspector_app.ui.ratings.balance_bars import BalanceBars
from inspector_app.ui.ratings.characteristic_list import CharacteristicList, count_met
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.fields import ignore_wheel_until_focused
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import discard, make_column, make_row, make_scroll_area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.frameworks.key_questions import Characteristic

_NOWHERE = "Open a key question to see what each rating looks like."
_LEFT_OUT = "This key question is not part of the inspection, so nothing can be ticked."
_WHOLE = "The whole key question"


class CharacteristicsPanel(QWidget):
    """For a dock: follows the page and the cursor. The rating stays the inspector's own."""

    topic_wanted = Signal(str)
    """The person wants to see the notes of a key question or topic."""

    def __init__(self, document: InspectionDocument, window: QWidget) -> None:
        """Make the panel.

        Args:
            document: The open inspection.
            window: The window with its texts; another one may show another inspection.
        """
        super().__init__()
        self._document = document
        self._question = ""
        self._items: Sequence[Characteristic] = ()
        self._list: CharacteristicList | None = None
        self.setObjectName("characteristics_panel")
        self.setAccessibleName("Characteristics")
        self._build()
        self._topic.activated.connect(self._show_topic)
        self._notes.clicked.connect(lambda: self.topic_wanted.emit(self._get_note_topic()))
        document.changed.connect(self._on_document_changed)
        self._cursor = SentenceCursor(window, self)
        self._cursor.moved.connect(self._on_cursor_moved)
        self.show_question("")

    def _build(self) -> None:
        self._nowhere = make_label(_NOWHERE, "hint", self)
        self._nowhere.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._inside = QWidget(self)
        self._title = make_label("", "label", self._inside)
        self._balance = BalanceBars("characteristics_balance")
        self._left_out = make_label(_LEFT_OUT, "hint", self._inside)
        self._topic = QComboBox(self._inside)
        self._topic.setObjectName("characteristics_topic")
        self._topic.setAccessibleName("Characteristics of")
        self._topic.setToolTip("Follows the cursor from topic to topic")
        self._topic.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._topic.setMinimumContentsLength(8)
        ignore_wheel_until_focused(self._topic)
        self._notes = make_button(
            "", "characteristics_notes", "Go to the notes on this topic", self._inside
        )
        self._area = make_scroll_area(QWidget(), self._inside)
        make_column(
            self._inside,
            self._title,
            self._balance,
            self._left_out,
            make_row(None, (self._topic, 1), self._notes),
            (self._area, 1),
        )
        margins = (SPACE, SPACE, SPACE, 0)
        make_column(self, self._nowhere, (self._inside, 1), margins=margins)
        self.setFocusProxy(self._topic)

    # -- what is shown

    def show_question(self, key_question: str) -> None:
        """Show the characteristics of a key question; "": the page is another."""
        framework, details = self._document.framework, self._document.inspection.details
        known = framework.find_key_question(key_question)
        self._question = key_question
        self._items = (
            framework.list_characteristics(known, details.regime, details.form) if known else ()
        )
        self._nowhere.setVisible(not self._items)
        self._inside.setVisible(bool(self._items))
        if known is None or not self._items:
            self._discard_list()
            return
        self._title.setText(known.name)
        headings = {topic.id: topic.get_heading(details.regime) for topic in known.topics}
        with QSignalBlocker(self._topic):
            self._topic.clear()
            for topic in dict.fromkeys(item.topic for item in self._items):
                self._topic.addItem(headings.get(topic, _WHOLE), topic)
        self._follow_cursor()
        self._show_topic()

    def show_place(self, characteristic: str) -> bool:
        """Put the focus on the box of a characteristic; False: it has none here."""
        found = next((item for item in self._items if item.id == characteristic), None)
        if found is None:
            return False
        index = self._topic.findData(found.topic)
        if index != self._topic.currentIndex():
            self._topic.setCurrentIndex(index)
            self._show_topic()
        if self._list is not None:
            self._area.ensureWidgetVisible(self._list.focus_box(characteristic))
        return True

    @Slot()
    def _on_cursor_moved(self) -> None:
        if self._items and self._follow_cursor():
            self._show_topic()

    def _follow_cursor(self) -> bool:
        """Choose the topic with the cursor; False: it is chosen already, or there is none."""
        text, inspection = self._cursor.text, self._document.inspection
        found = inspection.find(text.parent_id) if isinstance(text, BlockEditor) else None
        owner = inspection.find(found.parent) if isinstance(found, Topic) else None
        if not isinstance(found, Topic) or not isinstance(owner, KeyQuestion):
            return False
        known = self._document.framework.find_key_question(self._question)
        if known is None or owner.key_question != self._question:
            return False
        # Several topics may be told together.
        offered = [self._topic.findData(topic) for topic in known.list_covered(found.topic)]
        offered = [index for index in offered if index >= 0]
        if not offered or self._topic.currentIndex() in offered:
            return False
        self._topic.setCurrentIndex(offered[0])
        return True

    @Slot()
    def _show_topic(self) -> None:
        """Show the characteristics of the topic that is chosen."""
        self._discard_list()
        topic = self._topic.currentData()
        items = [item for item in self._items if item.topic == topic]
        self._list = CharacteristicList(self._document, items, self._find(), self)
        self._area.setWidget(self._list)
        self._refresh()

    def _discard_list(self) -> None:
        if self._list is not None:
            discard(self._list)
            self._list = None

    def _find(self) -> KeyQuestion | None:
        """Return the part of the inspection that is shown; None: it is not inspected."""
        found = self._document.inspection.all(KeyQuestion)
        return next((item for item in found if item.key_question == self._question), None)

    # -- following the document

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if self._list is None:
            return
        question = self._find()
        if (question.id if question is not None else "") != self._list.question:
            # It was included, or removed.
            self._show_topic()
            return
        if any(edit.entity == self._list.question for edit in change.edits):
            self._list.show_ticks()
        self._refresh()

    def _refresh(self) -> None:
        """Show the balance, and how many notes there are."""
        question = self._find()
        self._left_out.setVisible(question is None)
        met = question.met_characteristics if question is not None else ()
        self._balance.show_counts(count_met(self._document, self._items, met), self._title.text())
        topic = self._get_note_topic()
        notes = sum(has_topic(note, topic) for note in self._document.inspection.all(EvidenceNote))
        self._notes.setText(f"Show {pluralise(notes, 'note')}" if notes else "No notes")
        self._notes.setEnabled(notes > 0)

    def _get_note_topic(self) -> str:
        """Return what notes on the topic that is chosen call it."""
        return f"{self._question}.{self._topic.currentData()}".rstrip(".")
