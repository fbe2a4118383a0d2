"""The support panel: the sentence, what stands on nothing, what is not used, the balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from inspector_app.domain.change import WHOLE
from inspector_app.domain.entities import EvidenceNote
from inspector_app.texts import shorten
from inspector_app.ui.blocks.sentence_cursor import SentenceCursor
from inspector_app.ui.evidence.note_labels import SOURCES, describe_sentence
from inspector_app.ui.support.balance_chart import BalanceChart
from inspector_app.ui.support.line_list import LineList
from inspector_app.ui.support.line_model import Line, LineModel
from inspector_app.ui.support.sentence import SentenceSupport
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import add_all, make_column, make_scroll_area

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change

UNSUPPORTED, UNUSED = 1, 2
_HINTS = {
    "unsupported": (
        "Findings that no note stands behind",
        "A note stands behind every finding.",
    ),
    "unused": ("Notes that no sentence stands on", "Every note is behind a sentence."),
}
"""What is said above a list that has lines, and above one that has none."""
_LOOKING = "Looking…"


class SupportPanel(QWidget):
    """For a dock: follows the cursor, and lists what the trace of the inspection tells."""

    place_wanted = Signal(str)
    """The person wants to see a sentence or a note; carries its id."""
    topic_wanted = Signal(str)
    """The person wants to see the notes of a key question or topic."""

    def __init__(
        self, document: InspectionDocument, window: QWidget, parent: QWidget | None = None
    ) -> None:
        """Make the panel.

        Args:
            document: The open inspection.
            window: The window with its texts; another one may show another inspection.
            parent: See Qt.
        """
        super().__init__(parent)
        self._document = document
        self._seen = False
        self.setObjectName("support_panel")
        self.setAccessibleName("Support")
        self._build()
        document.changed.connect(self._on_document_changed)
        document.trace.changed.connect(self._on_trace_changed)
        self._cursor = SentenceCursor(window, self)
        self._cursor.moved.connect(self._on_cursor_moved)
        self._on_trace_changed()

    def _build(self) -> None:
        document = self._document
        self.sentence = SentenceSupport(document, self)
        self.unsupported = LineList(
            LineModel(self._describe_sentence, self),
            "support_unsupported",
            "Findings without evidence",
            self,
        )
        self.unused = LineList(
            LineModel(self._describe_note, self), "support_unused", "Notes not used", self
        )
        self.chart = BalanceChart()
        self.problem = make_label("", "problem", self, "support_problem")
        self._hints = {name: make_label("", "hint", self) for name in _HINTS}
        for name, label in self._hints.items():
            label.setObjectName(f"support_{name}_hint")
        area = make_scroll_area(self.chart, self)
        self.chart.current_moved.connect(lambda middle: area.ensureVisible(0, middle))
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("support_tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.addTab(self.sentence, "Sentence")
        self.tabs.addTab(_page(self._hints["unsupported"], self.unsupported), "")
        self.tabs.addTab(_page(self._hints["unused"], self.unused), "")
        balance = make_label("▼ concerns and ▲ strengths; hover for what is missing", "hint", self)
        self.tabs.addTab(_page(balance, area), "Balance")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        add_all(layout, self.problem, self.tabs)
        for widget in (self.sentence.place_wanted, self.unsupported.wanted, self.unused.wanted):
            widget.connect(self.place_wanted)
        self.chart.topic_wanted.connect(self.topic_wanted)

    def set_seen(self, seen: bool) -> None:
        """Follow inspection and cursor, or nothing while the panel stands behind another one.

        Qt calls panels behind others visible, so that the panel cannot know by itself.
        """
        self._seen = seen
        if seen:
            self._document.trace.start()
            self._on_cursor_moved()
            self.sentence.refresh()
        else:
            self._document.trace.stop()

    # -- following the cursor

    @Slot()
    def _on_cursor_moved(self) -> None:
        sentence = self._cursor.sentence
        if sentence != self.sentence.sentence and self._seen:
            self.sentence.show_sentence(sentence)

    # -- following the document

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if not self._seen:
            return
        # A line that was just begun has its sentence now, without that the cursor moved.
        self._on_cursor_moved()
        shown = self.sentence.sentence
        find = self._document.inspection.find
        if any(
            edit.entity == shown
            or edit.field == WHOLE
            or isinstance(find(edit.entity), EvidenceNote)
            for edit in change.edits
        ):
            self.sentence.refresh()

    @Slot()
    def _on_trace_changed(self) -> None:
        problem, trace = self._document.trace.problem, self._document.trace.answer
        self.problem.setText(f"The lists could not be made anew. {problem}")
        self.problem.setVisible(bool(problem))
        found = {
            "unsupported": trace.unsupported if trace is not None else (),
            "unused": trace.unused if trace is not None else (),
        }
        for name, tab, shown in (
            ("unsupported", UNSUPPORTED, self.unsupported),
            ("unused", UNUSED, self.unused),
        ):
            some, none = _HINTS[name]
            ids = found[name]
            shown.show_ids(ids)
            known = none if trace is not None else _LOOKING
            self._hints[name].setText(some if ids else known)
            count = f" {len(ids)}" if trace is not None else ""
            self.tabs.setTabText(tab, f"{name.capitalize()}{count}")
        self.chart.show_rows(trace.balances if trace is not None else ())

    def _describe_sentence(self, id_: str) -> Line:
        place = describe_sentence(self._document, id_)
        return Line(place.where, place.text) if place else Line("", "")

    def _describe_note(self, id_: str) -> Line:
        note = self._document.inspection.find(id_)
        if not isinstance(note, EvidenceNote):
            return Line("", "")
        return Line(SOURCES[note.source], shorten(note.text))


def _page(hint: QWidget, content: QWidget) -> QWidget:
    page = QWidget()
    make_column(page, hint, (content, 1), margins=(12, 12, 12, 12))
    return page
