"""The notes panel: what to write from, what stands on nothing, the balance of the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from inspector_app.ui.blocks.sentence_cursor import SentenceCursor
from inspector_app.ui.evidence.note_labels import describe_sentence
from inspector_app.ui.support.balance_chart import BalanceChart
from inspector_app.ui.support.line_list import LineList
from inspector_app.ui.support.line_model import Line, LineModel
from inspector_app.ui.support.notes_in_hand import NotesInHand
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import add_all, make_column, make_scroll_area

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change

UNSUPPORTED = 1
_SOME, _NONE = "Findings with no note linked to them", "Every finding has a note linked to it."
_LOOKING = "Looking…"


class NotesPanel(QWidget):
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
        self.setObjectName("notes_panel")
        self.setAccessibleName("Notes")
        self._build()
        document.changed.connect(self._on_document_changed)
        document.trace.changed.connect(self._on_trace_changed)
        self._cursor = SentenceCursor(window, self)
        self._cursor.moved.connect(self._on_cursor_moved)
        self._on_trace_changed()

    def _build(self) -> None:
        document = self._document
        self.notes = NotesInHand(document, self)
        self.unsupported = LineList(
            LineModel(self._describe_sentence, self),
            "notes_unsupported",
            "Findings without evidence",
            self,
        )
        self.chart = BalanceChart()
        self.problem = make_label("", "problem", self, "notes_problem")
        self._hint = make_label("", "hint", self, "notes_unsupported_hint")
        area = make_scroll_area(self.chart, self)
        self.chart.current_moved.connect(lambda middle: area.ensureVisible(0, middle))
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("notes_tabs")
        self.tabs.tabBar().setAccessibleName("Notes")
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.addTab(self.notes, "Notes")
        self.tabs.addTab(_page(self._hint, self.unsupported), "")
        balance = make_label(
            "▼ concerns and ▲ strengths. Point at a bar to see what is missing", "hint", self
        )
        self.tabs.addTab(_page(balance, area), "Balance")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        add_all(layout, self.problem, self.tabs)
        self.notes.place_wanted.connect(self.place_wanted)
        self.unsupported.wanted.connect(self.place_wanted)
        self.chart.topic_wanted.connect(self.topic_wanted)

    def set_seen(self, seen: bool) -> None:
        """Follow inspection and cursor, or nothing while the panel stands behind another one.

        Qt calls panels behind others visible, so that the panel cannot know by itself.
        """
        self._on_cursor_moved()
        self.notes.set_seen(seen)
        if seen:
            self._document.trace.start()
        else:
            self._document.trace.stop()

    # -- following the cursor

    @Slot()
    def _on_cursor_moved(self) -> None:
        self.notes.follow(self._cursor.text)

    # -- following the document

    @Slot(object)
    def _on_document_changed(self, _: Change) -> None:
        # A line that was just begun has its sentence now, without that the cursor moved.
        self._on_cursor_moved()

    @Slot()
    def _on_trace_changed(self) -> None:
        problem, trace = self._document.trace.problem, self._document.trace.answer
        self.problem.setText(f"The lists could not be updated. {problem}")
        self.problem.setVisible(bool(problem))
        ids = trace.unsupported if trace is not None else ()
        self.unsupported.show_ids(ids)
        known = _NONE if trace is not None else _LOOKING
        self._hint.setText(_SOME if ids else known)
        count = f" {len(ids)}" if trace is not None else ""
        self.tabs.setTabText(UNSUPPORTED, f"Unsupported{count}")
        self.chart.show_rows(trace.balances if trace is not None else ())

    def _describe_sentence(self, id_: str) -> Line:
        place = describe_sentence(self._document, id_)
        return Line(place.where, place.text) if place else Line("", "")


def _page(hint: QWidget, content: QWidget) -> QWidget:
    page = QWidget()
    make_column(page, hint, (content, 1), margins=(12, 12, 12, 12))
    return page
