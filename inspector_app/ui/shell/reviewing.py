"""Checks and the notes panel in a window: the count in the status bar, the ways from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QToolButton

from inspector_app.checks.counts import describe_open
from inspector_app.document.disk_thread import ask_disk
from inspector_app.ui.outline.entries import CHECKS, EVIDENCE, RATINGS
from inspector_app.ui.prompts import NOT_PROTECTED
from inspector_app.ui.shell.commands import Commands
from inspector_app.ui.widgets.painted import SOON, is_painted

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from inspector_app.checks.check_run import CheckRun
    from inspector_app.checks.result import Location
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.search.replace import Spot
    from inspector_app.errors import InspectorError
    from inspector_app.ui.shell.commands import WindowParts
    from inspector_app.ui.shell.docks import Docks
    from inspector_app.ui.shell.find_commands import FindCommands
    from inspector_app.ui.shell.inspection_view import InspectionView
    from inspector_app.ui.support.notes_panel import NotesPanel

_IN_RATINGS_PANEL = ("ratings", "judgements")
_SECTIONS = "sections"
"""The field that a result names where a narrative part is missing."""


class Reviewing(Commands):
    """Leads from what checks and trace found to where it is edited."""

    def __init__(
        self, parts: WindowParts, view: InspectionView, docks: Docks, find: FindCommands
    ) -> None:
        super().__init__(parts)
        self._view = view
        self._docks = docks
        self._find = find
        self._panel: NotesPanel | None = None
        self._is_panel_seen = False
        self.button = _CheckButton(parts.window)
        self.button.clicked.connect(lambda: view.enter(CHECKS))
        self._status = parts.window.statusBar()
        self._status.addPermanentWidget(self.button)
        parts.actions.evidence_index.triggered.connect(self._on_evidence_index)
        view.document_shown.connect(self._on_document_shown)
        view.passage_wanted.connect(self.show_passage)
        view.entry_shown.connect(self._on_entry_shown)
        docks.notes.visibilityChanged.connect(self._on_panel_visible)

    @Slot(object)
    def _on_document_shown(self, document: InspectionDocument | None) -> None:
        self._document = document
        self._panel = None
        self._docks.set_notes(None)
        self.button.show_run(None)
        self.button.setVisible(document is not None)
        if document is not None:
            document.checks.changed.connect(self._on_checks_changed)
            self._start_checks()
            if self._is_panel_seen:
                self._make_panel(document)

    @Slot()
    def _start_checks(self) -> None:
        """Have the inspection checked once its first page is painted, which need not wait."""
        if self._document is None:
            return
        if is_painted(self.button):
            self._document.checks.start()
        else:
            QTimer.singleShot(SOON, self, self._start_checks)

    @Slot(bool)
    def _on_panel_visible(self, visible: bool) -> None:
        self._is_panel_seen = visible
        if self._panel is not None:
            self._panel.set_seen(visible)
        elif visible and self._document is not None:
            self._make_panel(self._document)

    def _make_panel(self, document: InspectionDocument) -> None:
        from inspector_app.ui.support.notes_panel import NotesPanel

        self._panel = NotesPanel(document, self._window)
        self._panel.place_wanted.connect(self._view.go_to_part)
        self._panel.topic_wanted.connect(self.show_topic)
        self._docks.set_notes(self._panel)
        self._panel.set_seen(True)

    @Slot()
    def _on_checks_changed(self) -> None:
        document = self._document
        if document is not None and self.sender() is document.checks:
            self.button.show_run(document.checks.answer, document.checks.problem)

    # -- going

    @Slot(object)
    def show_passage(self, place: Location) -> None:
        """Show the place of a result, selected and with the cursor there."""
        if self._document is not None:
            self.show_field(place.field, make_spot(place, self._document.inspection))

    def show_field(self, field: str, spot: Spot) -> bool:
        """Show a passage in its field with the cursor there.

        Args:
            field: The field's name, with key or index where it has parts (“ratings.safe”).
            spot: The passage.

        Returns:
            False where it is in no field; its page is shown then.
        """
        name, _, key = field.partition(".")
        is_details = self._document is not None and spot.entity == self._document.inspection.id
        if is_details and name in _IN_RATINGS_PANEL:
            self._view.enter(RATINGS)
            ratings = self._docks.ratings_panel
            return ratings is not None and ratings.show_place(key)
        if name == _SECTIONS:
            self._view.enter(f"section/{key}")
            return True
        # A field without a text of its own: a list that is empty, a date.
        return self._find.show_spot(spot) or (
            is_details and self._view.show_place(f"{spot.entity}.{field}")
        )

    @Slot(str)
    def show_topic(self, topic: str) -> None:
        """Show the notes of a key question or topic."""
        self._view.go_to(EVIDENCE)
        if (page := self._view.page) is not None:
            page.show_topic(topic)

    @Slot(str)
    def _on_entry_shown(self, entry: str) -> None:
        """Bring the rating of the page's key question into view."""
        kind, _, question = entry.partition("/")
        panel = self._docks.ratings_panel
        if kind == "key_question" and panel is not None:
            panel.bring_into_view(question)

    # -- the evidence index

    @Slot()
    def _on_evidence_index(self) -> None:
        document = self._document
        if document is None:
            return
        proposed = document.path.with_name(f"{document.path.stem} – evidence index.docx")
        from inspector_app.document.exporting import export_evidence_index
        from inspector_app.document.written_files import choose_unclaimed

        free = ask_disk(choose_unclaimed, proposed, otherwise=proposed)
        target = self._prompts.ask_evidence_index(free)
        if target is None:
            return

        self._status.showMessage(f"Saving the evidence index to {target.name}…")
        document.reports.run_job(
            export_evidence_index,
            (str(target),),
            type(None),
            lambda _: self._on_index_written(target),
            self._on_index_failed,
        )

    def _on_index_written(self, target: Path) -> None:
        self._status.clearMessage()
        headline = (
            "The evidence index is saved. It holds evidence notes: keep it with the inspection, "
            "apart from the report."
        )
        if self._document is not None and self._document.is_protected:
            headline += f" {NOT_PROTECTED}"
        self._prompts.show_written(headline, target)

    def _on_index_failed(self, error: InspectorError) -> None:
        self._status.clearMessage()
        self._prompts.show_problem("The evidence index was not saved.", str(error))


def make_spot(place: Location, inspection: Inspection) -> Spot:
    """Return the place of a result as a hit of a search, which fields know how to select."""
    from inspector_app.domain.search.folding import Span
    from inspector_app.domain.search.replace import Spot
    from inspector_app.domain.search.typed_texts import read_text

    name, *parts = place.field.split(".")
    at = tuple(int(part) for part in parts if part.isdecimal())
    text = read_text(inspection.find(place.entity), name, at) or ""
    end = place.end or len(text)
    span = Span(min(place.start, len(text)), min(end, len(text)))
    return Spot(place.entity, name, at, text, span)


class _CheckButton(QToolButton):
    """Says in the status bar how many results are open; a click leads to them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("check_count")
        self.setProperty("role", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip("What the checks found. Select this to see it")
        self.hide()

    def show_run(self, run: CheckRun | None, problem: str = "") -> None:
        """Show the counts of a run, or that it could not be made; None: there is none yet."""
        self.setText("Checks could not be run" if problem else describe_open(run))
        self.setAccessibleName(f"Checks: {self.text()}")
