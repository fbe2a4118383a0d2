"""The support panel: the sentence, what stands on nothing, what is not used, the balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from inspector_app.domain.change import WHOLE
from inspector_app.domain.entities import EvidenceNote
from inspector_app.ui.evidence.words import SOURCES, describe_place, make_one_line
from inspector_app.ui.page import make_label
from inspector_app.ui.support.balance_chart import BalanceChart
from inspector_app.ui.support.line_list import LineList
from inspector_app.ui.support.line_model import Line, LineModel
from inspector_app.ui.support.sentence import SentenceSupport

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change

UNSUPPORTED, UNUSED = 1, 2


class SupportPanel(QWidget):
    """For a dock: follows the cursor, and lists what the trace of the inspection tells."""

    place_wanted = Signal(str)
    """The person wants to see a sentence or a note; carries its id."""
    topic_wanted = Signal(str)
    """The person wants to see the notes of a key question or topic."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._watched: QWidget | None = None
        self.setObjectName("support_panel")
        self.setAccessibleName("Support")
        self._build()
        document.changed.connect(self._on_document_changed)
        document.trace.changed.connect(self._on_trace_changed)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
            self._watch(application.focusWidget())
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
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self.chart)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("support_tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.addTab(self.sentence, "Sentence")
        self.tabs.addTab(_page(self.unsupported, "Findings that no note stands behind"), "")
        self.tabs.addTab(_page(self.unused, "Notes that no sentence stands on"), "")
        self.tabs.addTab(
            _page(area, "▼ concerns and ▲ strengths; hover for what is missing"), "Balance"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        for widget in (self.sentence.place_wanted, self.unsupported.wanted, self.unused.wanted):
            widget.connect(self.place_wanted)
        self.chart.topic_wanted.connect(self.topic_wanted)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to trace, if nobody has yet."""
        super().showEvent(event)
        self._document.trace.start()

    # -- following the cursor

    @Slot(object, object)
    def _on_focus_changed(self, _: QWidget | None, new: QWidget | None) -> None:
        # A click into this panel must not take away what it shows.
        if new is not None and not self.isAncestorOf(new):
            self._watch(new)

    def _watch(self, widget: QWidget | None) -> None:
        if widget is None or not hasattr(widget, "current_block"):
            return
        if self._watched is not widget:
            if self._watched is not None:
                self._watched.destroyed.disconnect(self._on_destroyed)
                signal = getattr(self._watched, "cursorPositionChanged", None)
                if signal is not None:
                    signal.disconnect(self._on_cursor_moved)
            self._watched = widget
            widget.destroyed.connect(self._on_destroyed)
            signal = getattr(widget, "cursorPositionChanged", None)
            if signal is not None:
                signal.connect(self._on_cursor_moved)
        self._on_cursor_moved()

    @Slot()
    def _on_destroyed(self) -> None:
        self._watched = None
        self.sentence.show_sentence("")

    @Slot()
    def _on_cursor_moved(self) -> None:
        block = str(getattr(self._watched, "current_block", ""))
        if block != self.sentence.sentence and self.isVisible():
            self.sentence.show_sentence(block)

    # -- following the document

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        shown = self.sentence.sentence
        find = self._document.inspection.find
        if self.isVisible() and any(
            edit.entity == shown
            or edit.field == WHOLE
            or isinstance(find(edit.entity), EvidenceNote)
            for edit in change.edits
        ):
            self.sentence.refresh()

    @Slot()
    def _on_trace_changed(self) -> None:
        trace = self._document.trace.answer
        unsupported = trace.unsupported if trace is not None else ()
        unused = trace.unused if trace is not None else ()
        self.unsupported.lines.show_ids(unsupported)
        self.unused.lines.show_ids(unused)
        self.chart.show_rows(trace.balances if trace is not None else ())
        self.tabs.setTabText(UNSUPPORTED, f"Unsupported {len(unsupported)}")
        self.tabs.setTabText(UNUSED, f"Unused {len(unused)}")

    def _describe_sentence(self, id_: str) -> Line:
        place = describe_place(self._document, id_)
        return Line(place.where, place.text) if place else Line("", "")

    def _describe_note(self, id_: str) -> Line:
        note = self._document.inspection.find(id_)
        if not isinstance(note, EvidenceNote):
            return Line("", "")
        return Line(SOURCES[note.source], make_one_line(note.text))


def _page(content: QWidget, hint: str) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(12, 12, 12, 12)
    layout.setSpacing(8)
    layout.addWidget(make_label(hint, "hint", page))
    layout.addWidget(content, 1)
    return page
