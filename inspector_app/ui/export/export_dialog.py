"""Exporting the report: what kind, draft or final, where; then how far it is."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inspector_app.document.disk_question import DiskQuestion
from inspector_app.document.export_kinds import find_kind, get_kind, list_kinds
from inspector_app.document.exporting import (
    export_report,
    find_missing,
    propose_name,
)
from inspector_app.document.written_files import look_at_target
from inspector_app.domain.states import is_finished
from inspector_app.ui.export.export_checks import OpenChecks
from inspector_app.ui.export.export_pages import (
    ProgressPage,
    ResultPage,
    add_choice,
    check_choice,
    get_choice,
    make_button_row,
)
from inspector_app.ui.prompts import NOT_PROTECTED
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.keys import add_letter
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column
from inspector_app.ui.widgets.window_sizes import fit_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QSettings

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.document.jobs.worker_process import Job
    from inspector_app.document.written_files import TargetLook
    from inspector_app.errors import InspectorError
    from inspector_app.ui.prompts import Prompts

_KIND = "export/kind"
_FOLDER = "export/folder"
_SIZE = (600, 480)
"""Room for a message of some lines, so that nothing moves when one comes."""
_MOST_MISSING = 8
_SILENT = (
    "The folder does not answer. It may be on a network or drive that is out of reach. Choose "
    "another folder, or wait."
)


class ExportDialog(QDialog):
    """Writes the report in the background while the dialog shows how far it is."""

    exported = Signal(object)
    """A report was written; carries its path."""

    checks_wanted = Signal()
    """The person closed the dialog to see what the checks found."""
    gaps_wanted = Signal()
    """The person closed the dialog to fill gaps in."""

    def __init__(
        self,
        document: InspectionDocument,
        settings: QSettings,
        folder: Path,
        prompts: Prompts,
        parent: QWidget | None = None,
        *,
        preferred: Path | None = None,
    ) -> None:
        """Make the dialog with the choices of the last time.

        Args:
            document: The inspection.
            settings: Where choices are remembered.
            folder: Where reports lie as long as nothing is remembered.
            prompts: What asks for a place.
            parent: See Qt.
            preferred: Where reports are always to lie; None: where the last one does.
        """
        super().__init__(parent)
        self._document = document
        self._settings = settings
        self._prompts = prompts
        self._job: Job[None] | None = None
        self._missing_job: Job[list[str]] | None = None
        self._proposed = ""
        """The name that stands in the field if the person has not typed another."""
        self._target = Path()
        self._question = DiskQuestion(self)
        self.setObjectName("export_dialog")
        self.setWindowTitle("Export the report")
        self._build()
        self._connect()
        self._start(folder, preferred)

    def _build(self) -> None:
        self._pages = QStackedWidget(self)
        self._options = self._build_options()
        self._progress = ProgressPage(self)
        self._result = ResultPage(self)
        for page in (self._options, self._progress, self._result):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        layout.addWidget(self._pages)
        self.setMinimumSize(fit_size(self, *_SIZE))

    def _build_options(self) -> QWidget:
        page = QWidget(self)
        layout = make_column(page, spacing=SPACE // 2)
        layout.addWidget(make_label("Kind of file", "label", page))
        self._kinds = add_choice(
            layout,
            page,
            [(kind.ending, kind.label, kind.tip) for kind in list_kinds("report")],
            "export_kind",
        )
        layout.addSpacing(SPACE)
        layout.addWidget(make_label("Marked as", "label", page))
        self._marks = add_choice(
            layout,
            page,
            [
                ("draft", "D&raft", "Every page says that it is a draft"),
                ("final", "&Final", "No page says that it is a draft"),
            ],
            "export_mark",
        )
        layout.addSpacing(SPACE)
        label = make_label("&Save as", "label", page)
        layout.addWidget(label)
        row = QHBoxLayout()
        self._path = QLineEdit(page)
        self._path.setObjectName("export_path")
        self._path.setAccessibleName("Save as")
        self._path.setToolTip(add_letter("Folder and name of the file", label.text()))
        label.setBuddy(self._path)
        self._browse = make_button("&Browse…", "export_browse", "Choose folder and name", page)
        row.addWidget(self._path, 1)
        row.addWidget(self._browse)
        layout.addLayout(row)
        self._note = make_label("", "hint", page, "export_note")
        self._replace = make_button(
            "Re&place that file", "export_replace", "What is in it now is lost then", page
        )
        # Enter goes to the button that exports, which replaces nothing of somebody else.
        self._replace.setAutoDefault(False)
        layout.addWidget(self._note)
        layout.addWidget(self._replace, alignment=Qt.AlignmentFlag.AlignLeft)
        self._problem = make_label("", "problem", page, "export_problem")
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self._problem)
        layout.addSpacing(SPACE)
        self._missing = make_label("", "hint", page, "export_missing")
        self._missing.setAccessibleName("Still to be filled in")
        layout.addWidget(self._missing)
        layout.addSpacing(SPACE)
        self._checks = OpenChecks(self._document, page)
        layout.addWidget(self._checks)
        layout.addStretch()
        self._cancel = make_button(
            "Cancel",
            "export_cancel",
            "Go back without exporting (Esc)",
            page,
            role="quiet",
        )
        self._export = make_button(
            "&Export", "export_start", "Export the report (Enter)", page, role="primary"
        )
        self._export.setDefault(True)
        layout.addLayout(make_button_row(self._cancel, self._export))
        return page

    def _connect(self) -> None:
        self._kinds.idClicked.connect(self._on_kind_clicked)
        self._marks.idClicked.connect(self._on_mark_clicked)
        self._path.textEdited.connect(self._on_path_edited)
        self._path.editingFinished.connect(self._on_path_finished)
        self._browse.clicked.connect(self._on_browse)
        self._export.clicked.connect(self._on_export)
        self._replace.clicked.connect(self._on_replace)
        self._cancel.clicked.connect(self.reject)
        self._checks.checks_wanted.connect(self._on_checks_wanted)
        self._question.silent.connect(self._on_silent)
        self._checks.gaps_wanted.connect(self._on_gaps_wanted)
        self._progress.cancelled.connect(self.reject)
        self._result.closed.connect(self.accept)

    def _start(self, folder: Path, preferred: Path | None) -> None:
        stored = self._settings.value(_FOLDER)
        known = [preferred] if preferred is not None else []
        if isinstance(stored, str) and stored:
            known.append(Path(stored))
        folders = [*known, folder, self._document.path.parent]
        self._kinds.buttons()[0].setChecked(True)
        check_choice(self._kinds, self._settings.value(_KIND))
        check_choice(
            self._marks, "final" if is_finished(self._document.inspection.details) else "draft"
        )
        self._proposed = self._propose()
        self._path.setText(str(folders[0] / self._proposed))
        self._look(self._take_proposal, [other / self._proposed for other in folders])
        self._problem.hide()
        self._ask_missing()
        self._path.setFocus()

    # -- options

    @property
    def _kind(self) -> str:
        return get_choice(self._kinds)

    @property
    def _draft(self) -> bool:
        return get_choice(self._marks) == "draft"

    def _propose(self) -> str:
        return propose_name(self._document.inspection, draft=self._draft) + self._kind

    def _get_path(self) -> Path:
        """Return what was typed as a path; the disk is not asked what lies there."""
        text = "".join(c for c in self._path.text().strip() if c.isprintable())
        # "~" is the person's own folder; of somebody unknown it is a name like any other.
        with contextlib.suppress(RuntimeError):
            return self._document.path.parent / Path(text).expanduser()
        return self._document.path.parent / text

    def _set_path(self, path: Path) -> None:
        self._path.setText(str(path))
        self._look(self._show_target)

    def _look(
        self, on_answer: Callable[[TargetLook], None], paths: Sequence[Path] | None = None
    ) -> None:
        """Ask what lies where the report is to lie; a folder that hangs is not waited for."""
        places = paths or [self._get_path()]
        name = self._proposed if self._proposed.endswith(self._kind) else self._propose()
        self._note.hide()
        self._replace.hide()
        self._question.ask(places[0].parent, lambda: look_at_target(places, name), on_answer)

    def _take_proposal(self, target: TargetLook) -> None:
        """Put a name into the field under which nothing is lost."""
        self._proposed = target.free.name
        self._set_path(target.free)

    def _show_target(self, target: TargetLook) -> None:
        if target.is_foreign:
            note = (
                "There is a file of that name that was changed after Inspector saved it, or that "
                "is not from Inspector. It is kept: Export uses another name."
            )
        else:
            note = (
                "The file that Inspector saved there before is replaced." if target.is_there else ""
            )
        self._show_note(note)
        self._replace.setVisible(target.is_foreign)

    def _show_note(self, note: str) -> None:
        self._note.setText(note)
        self._note.setVisible(bool(note))

    @Slot()
    def _on_silent(self) -> None:
        self._show_note(_SILENT)

    @Slot()
    def _on_kind_clicked(self) -> None:
        path = Path(self._path.text())
        if find_kind(path, "report"):
            path = path.with_suffix(self._kind)
        self._rename(path)

    @Slot()
    def _on_mark_clicked(self) -> None:
        self._rename(Path(self._path.text()))
        self._ask_missing()

    def _rename(self, path: Path) -> None:
        """Keep a name that the person typed; otherwise let it say kind and draft."""
        typed = path.stem != Path(self._proposed).stem
        self._proposed = self._propose()
        if typed:
            self._set_path(path)
        else:
            self._path.setText(str(path.parent / self._proposed))
            self._look(self._take_proposal)

    @Slot()
    def _on_path_edited(self) -> None:
        self._problem.hide()
        self._look(self._show_target)

    @Slot()
    def _on_path_finished(self) -> None:
        self._take_kind(Path(self._path.text()))

    def _take_kind(self, path: Path) -> None:
        """Whoever writes “.pdf” wants a PDF."""
        kind = find_kind(path, "report")
        if kind and kind.ending != self._kind:
            check_choice(self._kinds, kind.ending)
            self._look(self._show_target)

    @Slot()
    def _on_browse(self) -> None:
        path = self._get_path()
        named = path if find_kind(path, "report") else path.with_name(f"{path.name}{self._kind}")
        chosen = self._prompts.ask_report(named)
        if chosen is not None:
            self._take_kind(chosen)
            self._problem.hide()
            self._set_path(chosen)

    def _ask_missing(self) -> None:
        if self._missing_job is not None:
            self._missing_job.drop()
        self._missing_job = self._document.reports.run_job(
            find_missing,
            (self._draft,),
            list[str],
            self._show_missing,
            # What keeps the report from being made is told when it is to be made.
            lambda _: self._show_missing([]),
        )

    def _show_missing(self, missing: list[str]) -> None:
        self._missing_job = None
        named = ", ".join(missing[:_MOST_MISSING])
        more = len(missing) - _MOST_MISSING
        if more > 0:
            named += f" and {more} more"
        self._missing.setText(f"Still to be filled in: {named}" if missing else "")

    @Slot()
    def _on_checks_wanted(self) -> None:
        self.reject()
        self.checks_wanted.emit()

    @Slot()
    def _on_gaps_wanted(self) -> None:
        self.reject()
        self.gaps_wanted.emit()

    # -- writing

    @Slot()
    def _on_export(self) -> None:
        self._on_path_finished()
        self._look(self._export_to)

    def _export_to(self, target: TargetLook) -> None:
        if target.is_foreign:
            self._path.setText(str(target.free))
            self._show_note(f"“{target.path.name}” is kept. The new file is “{target.free.name}”.")
            self._path.setFocus()
        else:
            self._write(target.path, replace=False)

    @Slot()
    def _on_replace(self) -> None:
        self._on_path_finished()
        self._look(lambda target: self._write(target.path, replace=True))

    def _write(self, target: Path, *, replace: bool) -> None:
        self._target = target
        self._problem.hide()
        self._progress.start()
        self._pages.setCurrentWidget(self._progress)
        self._progress.setFocus()
        self._job = self._document.reports.run_job(
            export_report,
            (str(self._target), self._draft, replace),
            type(None),
            self._on_done,
            self._on_error,
            self._progress.show_step,
            self._on_cancelled,
        )

    def _on_done(self, _: None) -> None:
        self._job = None
        self._settings.setValue(_KIND, self._kind)
        self._settings.setValue(_FOLDER, str(self._target.parent))
        mark = "draft" if self._draft else "final report"
        headline = f"The {mark} is saved as {get_kind(self._target, 'report').described}."
        if self._document.is_protected:
            headline += f" {NOT_PROTECTED}"
        self._result.show_file(self._target, headline)
        self._pages.setCurrentWidget(self._result)
        self._result.setFocus()
        self.exported.emit(self._target)

    def _on_error(self, error: InspectorError) -> None:
        self._back_to_options(str(error))

    def _on_cancelled(self) -> None:
        self._back_to_options("Cancelled. No file was saved.")

    def _back_to_options(self, message: str) -> None:
        self._job = None
        self._problem.setText(message)
        self._problem.show()
        self._pages.setCurrentWidget(self._options)
        self._export.setDefault(True)
        self._look(self._show_target)
        self._path.setFocus()

    # -- Qt

    def event(self, event: QEvent) -> bool:
        """Grow where what is said needs more lines: Qt would squeeze them into one another."""
        if event.type() != QEvent.Type.LayoutRequest:
            return super().event(event)
        done = super().event(event)
        layout = self.layout()
        needed = layout.totalHeightForWidth(self.width()) if layout is not None else 0
        if self.height() < needed:
            highest = self.screen().availableGeometry().height()
            self.resize(self.width(), min(needed, highest))
        return done

    def reject(self) -> None:
        """Stop what is under way first, and close only then."""
        if self._job is not None:
            self._progress.show_stopping()
            self._job.cancel()
            return
        super().reject()

    def done(self, result: int) -> None:
        """Hear no more of what was asked."""
        for job in (self._job, self._missing_job):
            if job is not None:
                job.drop()
        self._job = self._missing_job = None
        self._question.close()
        super().done(result)
