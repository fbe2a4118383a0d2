"""The live preview: the report as it stands, beside the page that is being written."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from inspector_app.document.jobs.preview import ReportUpdate, render_update
from inspector_app.errors import InspectorError
from inspector_app.report.pieces import compare_pieces
from inspector_app.ui.preview.report_view import ReportView
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import make_column
from inspector_app.ui.widgets.painted import SOON, is_painted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from PySide6.QtGui import QShowEvent

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.document.jobs.worker_process import Job

_DELAY = 300
"""Milliseconds without a change before the preview follows."""
_PATIENCE = 6
"""A preview that takes long waits this many times longer: typing comes first."""
_SMALL = 2_000
"""Parts: the report of an inspection of no more is rendered here, of a larger one in the worker."""


class PreviewPanel(QWidget):
    """Shows the report of the inspection, a moment after the last change, while it is visible."""

    place_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: InspectionDocument | None = None
        self._headings: Mapping[str, str] = {}
        self._is_fresh = False
        self._followed: tuple[str, ...] = ()
        self._is_place_due = False
        """Whether another place is wanted since the report was seen last."""
        self._is_held = False
        self._sentence = ""
        self._job: Job[ReportUpdate] | None = None
        self._revision = 0
        self.setObjectName("preview_panel")
        self.view = ReportView(self)
        self.view.setAccessibleName("Preview of the report")
        self.view.setToolTip("Select a sentence to edit it")
        self.view.setMinimumWidth(160)
        self._problem = make_label("", "problem", self)
        self._problem.setContentsMargins(12, 8, 12, 8)
        self._problem.hide()
        make_column(self, self.view, self._problem, spacing=0)
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self._refresh)
        self.view.place_clicked.connect(self.place_clicked)

    def show_document(self, document: InspectionDocument | None) -> None:
        """Follow an inspection, or none."""
        self._document = document
        self._timer.stop()
        self._timer.setInterval(_DELAY)
        self._is_fresh = False
        self._drop_job()
        self._revision = 0
        self._followed = ()
        self._sentence = ""
        self.view.clear_report()
        self._problem.hide()
        if document is not None:
            document.changed.connect(self._on_changed)
            document.reports.templates_changed.connect(self._on_templates_changed)

    def set_headings(self, headings: Mapping[str, str]) -> None:
        """Say which parts begin with which heading of the report."""
        self._headings = headings

    def follow(self, ids: Iterable[str]) -> None:
        """Show the first of some parts that the report prints: those of the page being shown."""
        self._followed = tuple(ids)
        self._sentence = ""
        self._show_place()

    def follow_sentence(self, id_: str) -> None:
        """Keep a sentence that is being written in the middle of the view."""
        if id_ != self._sentence:
            self._sentence = id_
            self._show_place()

    @contextmanager
    def holding_still(self) -> Iterator[None]:
        """Do not scroll, whatever is shown meanwhile."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False

    def _show_place(self) -> None:
        if self._is_held:
            return
        self._is_place_due = not (self._is_fresh and self.isVisible())
        if self._is_place_due:
            return
        if not self._sentence or not self.view.keep_in_middle(self._sentence):
            self.view.show_place(self._followed)

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while nobody looked is made good."""
        super().showEvent(event)
        self._catch_up()
        # A panel that floats from now on is shown anew, and stays where it was.
        if self._is_place_due:
            self._show_place()

    @Slot()
    def _catch_up(self) -> None:
        if self._is_fresh or not self.isVisible():
            return
        if is_painted(self):
            self._refresh()
        else:
            # The page comes first, what stands beside it then.
            QTimer.singleShot(SOON, self, self._catch_up)

    @Slot()
    def _on_changed(self) -> None:
        if self.sender() is self._document:
            self._is_fresh = False
            if self.isVisible():
                self._timer.start()

    @Slot()
    def _on_templates_changed(self) -> None:
        if self._document is not None and self.sender() is self._document.reports:
            self._drop_job()
            self._revision = 0
            self._is_fresh = False
            if self.isVisible():
                self._timer.start()

    @Slot()
    def _refresh(self) -> None:
        document = self._document
        if document is None:
            return
        # Templates and texts of others may do anything: they are not rendered in this process.
        is_foreign = document.edition.is_other or document.reports.templates is not None
        if is_foreign or len(document.inspection) > _SMALL:
            self._ask_worker(document)
            return
        started = time.perf_counter()
        try:
            report = document.reports.render()
            if not self.view.document().isEmpty():
                self.view.update_report(report, self._headings)
            else:
                self.view.show_report(document, report, self._headings)
                self._is_place_due = True
        except InspectorError as error:
            self._show_problem(error)
            return
        self._problem.hide()
        self._is_fresh = True
        # It holds what no answer of the worker was told of.
        self._revision = 0
        self._catch_up_place()
        took = round((time.perf_counter() - started) * 1000)
        self._timer.setInterval(max(_DELAY, took * _PATIENCE))

    def _catch_up_place(self) -> None:
        """Show what is wanted in the report that has just been drawn."""
        if self._is_place_due:
            self._show_place()
        elif self._sentence:
            # What was typed has pushed it on.
            self.view.keep_in_middle(self._sentence)

    def _ask_worker(self, document: InspectionDocument) -> None:
        if self._job is not None or self.view.is_drawing:
            # One at a time: this is the latest of whatever was typed meanwhile.
            self._timer.start()
            return
        # What changes from now on is for the next time.
        self._is_fresh = True
        self._job = document.reports.run_job(
            render_update,
            (f"preview {id(self)}", self._revision),
            ReportUpdate,
            self._on_rendered,
            self._on_failed,
        )

    def _on_rendered(self, update: ReportUpdate) -> None:
        self._job = None
        document = self._document
        if document is None:
            return
        try:
            if not update.whole:
                self.view.update_pieces(update.hunks, self._headings)
            elif self.view.style_sheet == update.style:
                # A new worker: what the view shows may be nearly the same.
                hunks = compare_pieces(self.view.pieces, update.hunks[0].pieces)
                self.view.update_pieces(hunks, self._headings)
            else:
                pieces = update.hunks[0].pieces
                self.view.show_pieces(document, update.style, pieces, self._headings)
                self._is_place_due = True
        except InspectorError as error:
            self._on_failed(error)
            return
        self._revision = update.revision
        self._problem.hide()
        self._catch_up_place()

    def _on_failed(self, error: InspectorError) -> None:
        self._job = None
        self._is_fresh = False
        self._show_problem(error)

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.drop()
            self._job = None

    def _show_problem(self, error: InspectorError) -> None:
        self._problem.setText(f"The report cannot be shown. {error}")
        self._problem.show()
