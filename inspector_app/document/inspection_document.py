"""`InspectionDocument`: one open inspection, and the file that follows it."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from inspector_app.document.backing_up import AutomaticBackups
from inspector_app.document.disk_thread import DiskThread, ask_disk
from inspector_app.document.gaps import Gaps
from inspector_app.document.jobs.worker_process import WorkerProcess
from inspector_app.document.lock_watch import LockWatch
from inspector_app.document.opening import open_document_file
from inspector_app.document.photos import Photos
from inspector_app.document.recovering import Recovery
from inspector_app.document.reports import Reports
from inspector_app.document.saving import FileSaver, SaveState
from inspector_app.document.undo import ChangeCommand
from inspector_app.document.versions import Versions
from inspector_app.document.watching import Watch, load_checks, load_trace
from inspector_app.domain.change import WHOLE
from inspector_app.domain.drafting import Draft
from inspector_app.domain.states import REOPENED, STATE_NAMES, enter_state, is_published
from inspector_app.errors import InspectorError
from inspector_app.files import exists
from inspector_app.frameworks.editions import draft_edition, find_carried, load_edition
from inspector_app.report.phrases import long_date
from inspector_app.settings import get_journals_folder, get_opened_folder, get_rescue_folder
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.opened import note_opened
from inspector_app.storage.trouble import SILENT, FileSilent
from inspector_app.storage.two_copies import TwoCopies

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector_app.checks.check_run import CheckRun
    from inspector_app.document.disk_thread import DiskJob, TellShare, WaitFor
    from inspector_app.document.jobs.checking import Trace
    from inspector_app.document.opening import OpenedFile
    from inspector_app.domain.change import Change, Edit
    from inspector_app.domain.entities import State
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.editions import LoadedEdition
    from inspector_app.frameworks.model import Framework, Reference
    from inspector_app.frameworks.report_forms import Regime
    from inspector_app.storage.encryption import Key

T = TypeVar("T")
_MOMENT = 0.2
"""Seconds that nobody notices."""
_PATIENCE = 8
"""Seconds that a folder is waited for where nobody looks on."""
_OF_FRAMEWORK = frozenset({"edition", "data", "section", "key_question", "topic"})
"""Parts, and fields of them, that say what of the framework an inspection has."""


class Signatory(NamedTuple):
    """Who signs a report."""

    name: str = ""
    title: str = ""


class InspectionDocument(QObject):
    """An open inspection: the current value, undo, and the file that follows every change.

    Widgets read `inspection`, make edits through `draft` and `apply`, and redraw on `changed`; they
    never talk to each other. The file is owned while the document is open. One that somebody else
    owns, or that can only be read, is shown and cannot be edited; `not_owned_reason` then says why.
    Neither can one that is published, until it is reopened on purpose; `read_only_reason` says so.
    """

    changed = Signal(object)
    """The inspection has a new value; carries the `Change` that made it, undo and redo included."""
    save_state_changed = Signal(object)
    """The file caught up, fell behind or failed; carries the `SaveState`."""
    protection_changed = Signal()
    """The file has another password, or none any more."""
    editable_changed = Signal()
    """`can_edit` is another: the inspection was published, or reopened."""
    edition_changed = Signal()
    """The inspection is written with another edition of its framework, just before `changed`."""
    moved = Signal(object)
    """Another file lies at the path: the inspection goes on in one beside it; carries that path."""

    def __init__(
        self,
        path: Path,
        backups: Path,
        parent: QObject | None = None,
        *,
        key: Key | None = None,
        take_over: bool = False,
        opened: OpenedFile | None = None,
    ) -> None:
        """Open an inspection file.

        Args:
            path: The file.
            backups: Folder for its backups.
            parent: Qt's parent.
            key: The key of a file that is protected with a password; see `protecting`.
            take_over: Whether it is written although it was left open on another computer; see
                `LockWatch`.
            opened: The file, where a thread has opened it by now; None: it is opened here.

        Raises:
            PasswordNeeded: It is protected, and this is not its key.
            FileProblem: It cannot be opened; the message says why.
            InspectionInUse: It is open in this process already.
        """
        super().__init__(parent)
        self.path = path
        self.not_owned_reason = ""
        self.lock_watch: LockWatch | None = None
        """Who owns the file; None where it is ours, or can only be read."""
        self.who = ""
        """Initials of the person at the keyboard, for the history."""
        self.usual_signatory = Signatory()
        """Who usually signs, to be offered where nobody does yet."""
        self.undo_stack = QUndoStack(self)
        self._saver: FileSaver | None = None
        self._asking = DiskThread("asking-file", self)
        self._wait_for: WaitFor = lambda job: job.wait(_PATIENCE)
        self.backups: AutomaticBackups | None = None
        """What backs the file up; None where it is not ours."""
        self.versions: Versions
        """Its earlier states."""
        self._resources = contextlib.ExitStack()
        self._read_attachment: Callable[[str], bytes | None]
        self._add_attachment: Callable[[bytes], str] | None = None
        self._write_copy: Callable[[Path, Path], Path | None]
        self._tried: Inspection | None = None
        """What the change that is about to be made leads to."""
        self.copies: TwoCopies | None = None
        """File and journal, for who rewrites them; None where the file is not ours."""
        opened = opened or open_document_file(path, backups, key, take_over=take_over)
        source = opened.source
        self._inspection = source.inspection
        self._resources.enter_context(opened.resources)
        if not isinstance(source, InspectionFile):
            self.not_owned_reason = opened.not_owned_reason
            if opened.lock is not None:
                self.lock_watch = LockWatch(path, opened.lock, self)
            self._read_attachment = source.read_attachment
            self.get_key: Callable[[], Key | None] = lambda: source.key
            """Gives the key of a protected file, None where it is not protected."""
            self._write_copy = source.write_copy
            self.versions = Versions(self, lambda: source, None, self._commit_mark, self)
        else:
            copies = self.copies = TwoCopies(source, get_journals_folder(), backups)
            self._resources.callback(copies.close)
            self._read_attachment = copies.read_attachment
            self.get_key = lambda: copies.key
            self._add_attachment = copies.add_attachment
            self._write_copy = copies.write_copy
            self._saver = FileSaver(copies, get_rescue_folder(), self)
            self._saver.state_changed.connect(self.save_state_changed)
            self._saver.moved.connect(self._on_moved)
            self.backups = AutomaticBackups(lambda: copies.file, backups, self._inspection.id, self)
            self.versions = Versions(
                self, lambda: copies.file, self.backups, self._commit_mark, self
            )
        try:
            details = self._inspection.details
            self.edition: LoadedEdition = load_edition(self._inspection)
            """The framework that the inspection is written with, and how it came by it."""
            self.framework.get_regime(details.regime, details.form)
            self.recovery = Recovery(self, opened.left, self)
            """What a session that broke off has left, to be brought back or not."""
        except InspectorError:
            if self.lock_watch is not None:
                self.lock_watch.close()
            self._resources.close()
            raise
        self.reports = Reports(
            lambda: self._inspection, self.read_attachment, lambda: self.worker, self
        )
        """What makes reports, and from which templates."""
        self.worker = WorkerProcess(lambda: self._inspection, self.read_attachment, self)
        """Where what takes long is computed; the process starts with the first job."""
        self.photos = Photos(self, self)
        """Reads photos for the screen."""
        self.checks: Watch[CheckRun] = Watch(self.reports, load_checks)
        """What the checks find; asked for as long as somebody has started it."""
        self.trace: Watch[Trace] = Watch(self.worker, load_trace)
        """Which sentences stand on what; likewise."""
        self.gaps = Gaps(lambda: self._inspection, lambda: self.framework, self)
        """What in square brackets is still to be replaced."""
        follow: Callable[..., None]
        for follow in (
            self.worker.follow,
            self.checks.follow,
            self.trace.follow,
            self.gaps.follow,
        ):
            self.changed.connect(follow)
        self.edition_changed.connect(self.gaps.look_again)
        self.reports.templates_changed.connect(self.checks.follow)

    @property
    def inspection(self) -> Inspection:
        """The current value."""
        return self._inspection

    @property
    def framework(self) -> Framework:
        """The framework that the inspection is written with."""
        return self.edition.framework

    @property
    def reference(self) -> Reference:
        """Law, activities and ratings that it is written with."""
        return self.edition.reference

    @property
    def regime(self) -> Regime:
        """How the inspection judges, and what the form of its report prints."""
        details = self._inspection.details
        return self.framework.get_regime(details.regime, details.form)

    @property
    def is_protected(self) -> bool:
        """Whether the file is protected with a password."""
        return self.get_key() is not None

    @property
    def can_edit(self) -> bool:
        """Whether changes can be made: not once published, nor where the file is not ours."""
        return self._saver is not None and not self.is_published

    @property
    def is_published(self) -> bool:
        """Whether the inspection is published: only `reopen` changes it then."""
        return is_published(self._inspection.details)

    @property
    def can_change_state(self) -> bool:
        """Whether the inspection can get another state, reopening included."""
        return self._saver is not None

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be changed here, or ""."""
        if self.not_owned_reason or not self.is_published:
            return self.not_owned_reason
        day = self._inspection.details.state_dates.get("published")
        when = f" on {long_date(day)}" if day else ""
        return f"Published{when}: read-only."

    @property
    def save_state(self) -> SaveState | None:
        """Whether everything is in the file; None where nothing can be edited."""
        return self._saver.state if self._saver else None

    # -- editing

    def draft(self) -> Draft:
        """Return a draft of a change to the current value, for `apply_draft`."""
        return Draft(self._inspection)

    def apply_draft(self, draft: Draft, label: str, merge_key: str = "") -> None:
        """Make the change that was drafted; one without edits does nothing.

        Args:
            draft: From `draft`, with nothing applied since.
            label: What undo and history call it: “Change rating of Safe”.
            merge_key: Typing in one place: changes in a row with the same key are one undo step.
        """
        change = draft.finish(label, self.who)
        if change.edits:
            # What the draft has tried need not be tried again: that copies a table of all parts.
            tried = draft.result if draft.start is self._inspection else None
            self._push(change, merge_key, tried)

    def set_field(
        self, entity: str, field: str, value: object, label: str, merge_key: str = ""
    ) -> None:
        """Give one field, or one key of a mapping field ("ratings.safe"), a new value."""
        draft = self.draft()
        draft.set(entity, field, value)
        self.apply_draft(draft, label, merge_key)

    def apply(self, change: Change, merge_key: str = "") -> None:
        """Make a change, as a step that can be undone.

        Raises:
            InspectorError: The inspection cannot be edited here.
            ChangeConflict: The change does not fit the current value.
        """
        self._push(change, merge_key, None)

    def _push(self, change: Change, merge_key: str, tried: Inspection | None) -> None:
        if self._saver is None:
            raise InspectorError(self.not_owned_reason)
        if self.is_published:
            raise InspectorError(
                f"{self.read_only_reason} Nothing was changed. Reopen the inspection first."
            )
        if find_carried(self._inspection) is None:
            self._carry_edition()
            tried = None
        # Tried first: a step that fails must not be on the stack.
        self._tried = tried or self._inspection.apply(change)
        if is_published(self._tried.details):
            self._cross(change)
        else:
            self.undo_stack.push(ChangeCommand(change, merge_key, self._do))

    def change_state(self, state: State) -> None:
        """Put the inspection into another state, entered today; not out of “published”.

        Raises:
            InspectorError: The inspection cannot be edited here.
        """
        draft = self.draft()
        enter_state(draft, state, datetime.now().astimezone().date())
        self.apply_draft(draft, f"Change state to {STATE_NAMES[state]}")

    def reopen(self) -> None:
        """Make a published inspection a draft again; the history says when and who.

        Raises:
            InspectorError: The file is not ours.
        """
        if self._saver is None:
            raise InspectorError(self.not_owned_reason)
        if self.is_published:
            draft = self.draft()
            enter_state(draft, REOPENED, datetime.now().astimezone().date())
            self._cross(draft.finish("Reopen the published inspection", self.who))

    def _cross(self, change: Change) -> None:
        """Publish or reopen. No undo leads across: what is published changes on purpose only."""
        self._do(change, "")
        self.undo_stack.clear()
        self.editable_changed.emit()

    def _do(self, change: Change, merge_key: str) -> None:
        self._inspection = self._tried or self._inspection.apply(change)
        self._tried = None
        if self._saver is not None and change.edits:
            self._saver.add(change, self._inspection, merge_key)
        if any(_may_concern_edition(edit) for edit in change.edits):
            self._take_edition()
        self.changed.emit(change)

    def _carry_edition(self) -> None:
        """Have a file of an earlier version carry its framework: before its first change, no step.

        No undo leads back to where it did not.
        """
        draft = self.draft()
        draft_edition(draft, self.edition)
        self._do(draft.finish("Keep the framework with the inspection", self.who), "")

    def _take_edition(self) -> None:
        before, self.edition = self.edition, load_edition(self._inspection)
        # The first change of an older file carries what is used anyway.
        if self.edition != before:
            self.edition_changed.emit()

    def _commit_mark(self, mark: Change) -> bool:
        """Write a change without edits, which is no step, and tell whether it is in the file."""
        if self._saver is None:
            raise InspectorError(self.not_owned_reason)
        self._saver.add(mark, self._inspection, "")
        return self._saver.flush()

    def add_attachment(self, data: bytes) -> str:
        """Store the bytes of a photo or file, and return the SHA-256 that finds them again.

        They are in the file at once, before the change that shows them; undo leaves them there.

        Raises:
            InspectorError: The inspection cannot be edited here.
            FileProblem: They could not be written.
        """
        if not self.can_edit or self._add_attachment is None:
            raise InspectorError(self.read_only_reason)
        return self._add_attachment(data)

    def save(self, *, in_haste: bool = False) -> bool:
        """Write what waits to the file now, and return whether the file holds everything.

        Args:
            in_haste: Whether the window has no time to stay alive meanwhile: it may be going.
        """
        return self._saver is None or self._saver.flush(in_haste=in_haste)

    # -- reading

    @property
    def wait_for(self) -> WaitFor:
        """How the folder of the file is waited for where somebody looks on."""
        return self._wait_for

    @wait_for.setter
    def wait_for(self, wait_for: WaitFor) -> None:
        self._wait_for = wait_for
        if self._saver is not None:
            self._saver.wait_for = wait_for

    def ask_file(self, function: Callable[[], T]) -> T:
        """Have a thread call what reads or writes the file, and wait for it; see `wait_for`.

        Raises:
            FileSilent: The folder does not answer, or the person has given up.
        """
        is_silent = self._saver is not None and self._saver.is_silent
        if not is_silent and not self._asking.is_busy:
            job = self._asking.run_job(lambda _: function())
            if job.wait(_MOMENT) or self._wait_for(job):
                self._asking.forget_job(job)
                return job.get_result()
        raise FileSilent(f"“{self.path.name}” cannot be read now: {SILENT.reason}.")

    def is_at(self, path: Path) -> bool:
        """Tell whether this is the inspection in that file, by whatever name."""
        own = self.path
        return path == own or ask_disk(lambda other: _is_same_file(other, own), path, False)

    def read_attachment(self, sha256: str) -> bytes | None:
        """Return the bytes of a photo or file, or None."""
        return self._read_attachment(sha256)

    def save_copy(self, target: Path, backups: Path) -> None:
        """Write a copy of the whole file: notes, names, photos and history included.

        That works also while the file itself cannot be written. A thread may do it; whoever calls
        it has called `save`.

        Raises:
            InspectorError: The copy cannot be written.
        """
        # A folder that hangs does so here, where nobody waits for what is held.
        exists(target)
        self._write_copy(target, backups)

    def close(
        self,
        wait_for: Callable[[DiskJob[bool]], None] | None = None,
        *,
        in_haste: bool = False,
    ) -> Path | None:
        """Write what waits, end the work in the background and let the file go.

        Args:
            wait_for: Waits for the last backup, and keeps the window alive meanwhile.
            in_haste: Whether there is no time for that backup, nor to keep the window alive.

        Returns:
            A file with everything, made since the own one could not be written; else None.
        """
        if self.backups is not None:
            # The last backup holds everything, and needs the file.
            self.save(in_haste=in_haste)
            if self._saver is not None and self._saver.is_silent:
                self.backups.leave()
            elif in_haste:
                self.backups.suspend()
            if not self.backups.close(wait_for) and self._saver is not None:
                self._saver.give_up()
        rescued = self._saver.finish(in_haste=in_haste) if self._saver is not None else None
        for watch in (self.checks, self.trace):
            watch.stop()
        self.worker.close()
        self.photos.close(wait=self._saver is not None and not self._saver.is_silent)
        self.versions.close()
        self._asking.close(wait=False)
        if self.lock_watch is not None:
            self.lock_watch.close()
        if self._saver is None or not self._saver.is_silent:
            self._let_go()
        self._saver = None
        return rescued

    def _let_go(self) -> None:
        """Let the file of a look go, and note when it was open; a thread waits if need be."""
        resources, path = self._resources.pop_all(), self.path

        def let_go(_: TellShare) -> None:
            resources.close()
            note_opened(get_opened_folder(), self._inspection.id, path)

        thread = DiskThread("letting-go", self)
        thread.run_job(let_go).wait(_MOMENT)
        thread.close(wait=False)

    @Slot(object)
    def _on_moved(self, path: Path) -> None:
        self.path = path
        self.moved.emit(path)


def _may_concern_edition(edit: Edit) -> bool:
    """Tell whether another edition may be in use after an edit, or other parts kept with it."""
    if edit.field != WHOLE:
        return edit.field in _OF_FRAMEWORK
    part = edit.after or edit.before
    return isinstance(part, dict) and part.get("entity") in _OF_FRAMEWORK


def _is_same_file(one: Path, other: Path) -> bool:
    with contextlib.suppress(OSError):
        return one.samefile(other)
    return False
