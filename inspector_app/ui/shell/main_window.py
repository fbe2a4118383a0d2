"""The main window: outline, page and panels on one inspection; the start page without one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QTimer, Signal, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTabBar

from inspector_app.document.export_kinds import CONTENT
from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.document.jobs.job_context import JobCancelled
from inspector_app.document.opening import OpenedFile, open_document_file
from inspector_app.document.protecting import is_unlocked, unlock
from inspector_app.errors import InspectorError
from inspector_app.report.phrases import get_location_name
from inspector_app.texts import shorten
from inspector_app.ui.opening.closing import may_close, tell_rescued, wait_for_backup
from inspector_app.ui.opening.recent_files import (
    RecentFacts,
    add_recent_file,
    get_recent_facts,
    store_recent_facts,
)
from inspector_app.ui.opening.recent_menu import RecentMenu
from inspector_app.ui.opening.start_pages import StartPages
from inspector_app.ui.opening.unlocking import ask_key
from inspector_app.ui.outline.entries import CHECKS
from inspector_app.ui.preferences.preferences import get_preferences
from inspector_app.ui.prompts import Prompts
from inspector_app.ui.shell.actions import WindowActions
from inspector_app.ui.shell.capturing import Capturing
from inspector_app.ui.shell.clipboard_commands import ClipboardCommands
from inspector_app.ui.shell.commands import WindowParts
from inspector_app.ui.shell.copies_commands import CopiesCommands
from inspector_app.ui.shell.docks import Docks
from inspector_app.ui.shell.export_commands import ExportCommands
from inspector_app.ui.shell.fading_messages import FadingMessages
from inspector_app.ui.shell.file_commands import FileCommands
from inspector_app.ui.shell.find_commands import FindCommands
from inspector_app.ui.shell.gap_commands import GapCommands
from inspector_app.ui.shell.help_commands import HelpCommands
from inspector_app.ui.shell.inspection_commands import InspectionCommands
from inspector_app.ui.shell.inspection_view import InspectionView
from inspector_app.ui.shell.password_commands import PasswordCommands
from inspector_app.ui.shell.preference_commands import PreferenceCommands
from inspector_app.ui.shell.quiet_commands import QuietCommands
from inspector_app.ui.shell.read_only_keys import ReadOnlyKeys
from inspector_app.ui.shell.reviewing import Reviewing
from inspector_app.ui.shell.shortcuts import ShortcutGuard
from inspector_app.ui.shell.spelling import WindowSpelling
from inspector_app.ui.shell.status import InspectionStatus, describe_recent, describe_save_state
from inspector_app.ui.shell.undoing import Undoing
from inspector_app.ui.shell.weighing import Weighing
from inspector_app.ui.shell.zoom_commands import ZoomCommands
from inspector_app.ui.widgets.disk_waiting import SAVING, DiskWaiting
from inspector_app.ui.widgets.file_drops import find_paths, is_inspection
from inspector_app.ui.widgets.page_stack import PageStack

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QChildEvent, QEvent, QMimeData
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from inspector_app.document.protecting import Key
    from inspector_app.domain.change import Change
    from inspector_app.ui.opening.damaged_files import DamagedFiles
    from inspector_app.ui.shell.commands import Commands
    from inspector_app.ui.shell.going_anywhere import GoingAnywhere


_GEOMETRY = "main_window/geometry"
_LONGEST_TITLE = 120
_SIZE = (1280, 800)
_LEAST = (480, 360)
_TITLE_BAR = 40


class MainWindow(QMainWindow):
    """One window on one inspection, or on none yet."""

    inspection_opened = Signal()
    """An inspection was opened in this window, and is shown."""
    new_window_wanted = Signal()
    closed = Signal()

    def __init__(
        self,
        settings: QSettings,
        backups: Path,
        documents: Path,
        make_sample: Callable[[str], Path],
        prompts: Prompts | None = None,
        *,
        is_blank: bool = False,
    ) -> None:
        """Make a window with nothing open.

        Args:
            settings: Where layout and recent files are remembered.
            backups: Folder for copies of files that have to be migrated.
            documents: Folder that dialogs start in.
            make_sample: Gives the file of a sample inspection by the sample's name.
            prompts: What asks the person; None: real dialogs.
            is_blank: Do not show the start page yet: a file is opened next.
        """
        super().__init__()
        self._settings = settings
        self._preferences = get_preferences(settings)
        self._backups = backups
        self._folder = documents
        self._make_sample = make_sample
        self._prompts = prompts or Prompts(self)
        self._document: InspectionDocument | None = None
        self._is_closing = False
        """Whether an inspection is just being let go, which may take a while."""
        self._disk = DiskWaiting(self)
        self._build()
        self._connect()
        self._refresh()
        if not is_blank:
            self.show_start()

    def show_start(self) -> None:
        """Show the start page where nothing is open."""
        if self._document is None:
            self._start.show_welcome()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is open here."""
        return self._document is None and not self._is_closing and not self._disk.is_waiting

    @property
    def document(self) -> InspectionDocument | None:
        """The inspection that is open here, or None."""
        return self._document

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        # Else Qt makes the window as large as all panels together need, before they can fold.
        self.setMinimumSize(*_LEAST)
        self._actions = WindowActions(self)
        self._stack = PageStack(self)
        self.setCentralWidget(self._stack)
        parts = WindowParts(
            self,
            self._actions,
            self._prompts,
            self._settings,
            self._preferences,
            self._backups,
            self._folder,
        )
        self._start = StartPages(
            self._stack, self._settings, self._prompts, self._make_sample, self._disk
        )
        self._view = InspectionView(parts, self._stack)
        self._docks = Docks(self, self._stack, self._view.outline, self._view.preview)
        find = self._find = FindCommands(parts, self._view, self._docks)
        self._parts = parts
        self._going: GoingAnywhere | None = None
        reviewing = Reviewing(parts, self._view, self._docks, find)
        weighing = Weighing(parts, self._view, self._docks, reviewing)
        self._gaps = GapCommands(parts, self._view, find)
        ZoomCommands(parts, self._view.preview.view)
        QuietCommands(parts, self._view, self._docks, self._stack)
        spelling = WindowSpelling(parts, self._view)
        self._view.ratings_wanted.connect(self._docks.show_ratings)
        self._view.text_wanted.connect(self._docks.show_text)
        self._view.entry_shown.connect(self._docks.show_entry)
        self.statusBar().setAccessibleName("Status")
        FadingMessages(self.statusBar())
        status = InspectionStatus(self.statusBar(), self._actions.state_menu)
        capturing = Capturing(parts)
        self._view.capture_wanted.connect(capturing.capture)
        self._files = FileCommands(parts)
        recent = RecentMenu(self._actions.recent_menu, self._settings, self._is_open, self)
        recent.file_wanted.connect(self.open_file)
        self._damaged: DamagedFiles | None = None
        self._commands = InspectionCommands(parts)
        self._commands.about_to_change.connect(capturing.close)
        personal = PreferenceCommands(parts)
        HelpCommands(parts)
        ClipboardCommands(self._actions, self)
        self._copies = CopiesCommands(parts, self._view)
        self._copies.open_wanted.connect(self.open_file)
        self._copies.forgotten.connect(self._start.follow_recent)
        self._exports = ExportCommands(parts)
        self._passwords = PasswordCommands(parts)
        # In this order they let go of an inspection, and take the next.
        self._followers: list[Commands | InspectionStatus] = [
            capturing,
            spelling,
            personal,
            self._files,
            self._commands,
            status,
            self._exports,
            self._passwords,
            self._copies,
            Undoing(parts, self._view, reviewing, weighing),
            ReadOnlyKeys(parts),
        ]
        panels = [dock.toggleViewAction() for dock in self._docks.all]
        self._actions.build_menus(self.menuBar(), panels)
        self._guard = ShortcutGuard(self, self._actions.guarded())
        # With its title bar it must fit on a small screen, or nobody sees the bottom line.
        highest = self.screen().availableGeometry().height() - _TITLE_BAR
        self.resize(_SIZE[0], min(_SIZE[1], highest))
        geometry = self._settings.value(_GEOMETRY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    def _connect(self) -> None:
        actions = self._actions
        for action, slot in (
            (actions.new, self._on_new),
            (actions.open, self._on_open),
            (actions.new_window, self.new_window_wanted),
            (actions.save, self._on_save),
            (actions.close, self._on_close),
            (actions.quit, self.close),
            (actions.go_to, self._on_go_to),
            (actions.next_pane, lambda: self._docks.move_focus(1)),
            (actions.previous_pane, lambda: self._docks.move_focus(-1)),
            (actions.reset_layout, self._docks.reset),
        ):
            action.triggered.connect(slot)
        self._start.new_wanted.connect(actions.new.trigger)
        self._start.open_wanted.connect(actions.open.trigger)
        self._start.copies_wanted.connect(actions.copies.trigger)
        self._start.file_wanted.connect(self.open_file)
        self._start.inspection_wanted.connect(self._files.create)
        self._start.new_cancelled.connect(self._on_new_cancelled)
        self._files.open_wanted.connect(self.open_file)
        self._view.writing_wanted.connect(self._on_writing_wanted)
        self._view.reopen_wanted.connect(self._commands.reopen)
        self._exports.exported.connect(
            lambda path: self.statusBar().showMessage(f"Exported {path}")
        )
        self._passwords.changed.connect(self.statusBar().showMessage)
        self._exports.checks_wanted.connect(lambda: self._view.enter(CHECKS))
        self._exports.gaps_wanted.connect(self._gaps.go_on)

    def _refresh(self) -> None:
        """Show the inspection that is open, or the start page."""
        document = self._document
        for action in self._actions.for_inspections:
            action.setEnabled(document is not None)
        for follower in self._followers:
            follower.show_document(document)
        self.statusBar().clearMessage()
        if document is None:
            self._docks.hide()
            self._view.show_document(None)
            self._docks.set_ratings(None)
        else:
            self._view.show_document(document)
            self._show_ratings()
            self._docks.show(self._settings)
            self._view.go_to_last_place()
            document.changed.connect(self._on_document_changed)
            document.edition_changed.connect(self._show_ratings)
            document.moved.connect(lambda path: add_recent_file(self._settings, path))
            document.protection_changed.connect(self._store_facts)
        self._refresh_title()

    @Slot()
    def _show_ratings(self) -> None:
        from inspector_app.ui.ratings.ratings_panel import RatingsPanel

        if self._document is not None:
            self._docks.set_ratings(RatingsPanel(self._document))

    def _refresh_title(self) -> None:
        if self._document is None:
            self.setWindowTitle("Inspector")
            return
        name = get_location_name(self._document.inspection)
        title = shorten(f"{name}: inspection report", _LONGEST_TITLE)
        # Qt would put its own mark in place of "[*]", which a location may well be called.
        self.setWindowTitle(f"{title} – Inspector".replace("[*]", "[*][*]"))

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if any(edit.field == "location_name" for edit in change.edits):
            self._refresh_title()

    # -- files

    @Slot(object)
    @Slot(object, object)
    def open_file(self, path: Path, key: Key | None = None) -> None:
        """Open an inspection in this window, in place of the one that is open.

        Args:
            path: The file.
            key: The key of a protected one, where it is known; else the password is asked for.
        """
        if self._is_closing or self._disk.is_waiting or self._is_open(path):
            return
        if path.suffix.lower() == CONTENT:
            self._files.bring_in(path)
            return
        if not self._may_close():
            return
        self._open(path.absolute(), key)

    def _open(self, path: Path, key: Key | None, *, take_over: bool = False) -> None:
        wait = self._disk.wait
        try:
            if not wait(path, lambda _: is_unlocked(path, key)):
                key = ask_key(
                    path.name,
                    self._prompts,
                    lambda typed: wait(path, lambda _: unlock(path, typed)),
                )
                if key is None:
                    return
            opened = wait(
                path,
                lambda _: open_document_file(path, self._backups, key, take_over=take_over),
                OpenedFile.close,
            )
            document = InspectionDocument(path, self._backups, self, opened=opened)
            document.wait_for = lambda job: self._disk.follow(
                job, SAVING, f"“{document.path.name}”"
            )
        except JobCancelled:
            return
        except InspectorError as error:
            if self._document is None:
                self._start.show_welcome()
            known = get_recent_facts(self._settings, path).inspection
            self._get_damaged().offer(path, error, known, key)
            return
        self._let_go()
        self._document = document
        self._folder = self._files.folder = path.parent
        add_recent_file(self._settings, path)
        self._refresh()
        self.inspection_opened.emit()

    @Slot()
    def _on_go_to(self) -> None:
        if self._going is None:
            # The palette searches whatever there is, with much code that no start needs.
            from inspector_app.ui.shell.going_anywhere import GoingAnywhere

            self._going = GoingAnywhere(self._parts, self._view, self._find)
            self._going.file_wanted.connect(self.open_file)
            self._going.show_document(self._document)
        self._going.toggle_palette()

    def _get_damaged(self) -> DamagedFiles:
        if self._damaged is None:
            # Salvaging is much code that hardly any start needs.
            from inspector_app.ui.opening.damaged_files import DamagedFiles

            self._damaged = DamagedFiles(self._prompts, self._backups, self._disk, self)
            self._damaged.open_wanted.connect(self.open_file)
            self._damaged.content_wanted.connect(self._files.bring_in)
            self.closed.connect(self._damaged.stop)
        return self._damaged

    def _is_open(self, path: Path) -> bool:
        return self._document is not None and self._document.is_at(path)

    @Slot()
    def _on_writing_wanted(self) -> None:
        if self._document is not None:
            self._open(self._document.path, self._document.get_key(), take_over=True)

    @Slot()
    def _on_new(self) -> None:
        if self._start.start_new():
            self._docks.store(self._settings)
            self._docks.hide()

    @Slot()
    def _on_new_cancelled(self) -> None:
        if self._document is None:
            self._start.show_welcome()
        else:
            self._docks.show(self._settings)
            self._view.show_again()

    @Slot()
    def _on_open(self) -> None:
        path = self._prompts.ask_inspection(self._preferences.inspections_folder or self._folder)
        if path is not None:
            self.open_file(path)

    @Slot()
    def _on_save(self) -> None:
        document = self._document
        if document is None:
            return
        if not document.can_edit:
            self.statusBar().showMessage(f"Nothing to save: {document.read_only_reason}")
        elif document.save():
            when = describe_save_state(document.save_state)
            self.statusBar().showMessage(f"{when}: everything is in {document.path.absolute()}")
        else:
            self.statusBar().showMessage(describe_save_state(document.save_state))

    @Slot()
    def _on_close(self) -> None:
        if self._may_close():
            self._let_go()
            self._refresh()
            self.show_start()

    def _may_close(self) -> bool:
        return not self._passwords.is_running and may_close(self._document, self._prompts)

    def _let_go(self, *, in_haste: bool = False) -> None:
        """Write what waits, remember where the person was, and let the file go.

        In haste, no backup is made, and nobody is told where things are.
        """
        document = self._document
        if document is None:
            return
        self._docks.store(self._settings)
        self._view.remember()
        self._store_facts()
        self._view.show_document(None)
        self._docks.set_ratings(None)
        for follower in self._followers:
            follower.show_document(None)
        self._document = None
        self._is_closing = True
        try:
            rescued = document.close(
                lambda backup: wait_for_backup(backup, self), in_haste=in_haste
            )
        finally:
            self._is_closing = False
        if not in_haste:
            tell_rescued(document.path.name, rescued, self._prompts)
        document.deleteLater()

    def save_now(self) -> None:
        """File what is typed half, and write all of it."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()
        if self._document is not None:
            self._document.save(in_haste=True)

    def end(self) -> None:
        """Let the inspection go without asking or telling: nobody may be there any more."""
        if not self._is_closing:
            self._let_go(in_haste=True)
            self.close()

    @Slot()
    def _store_facts(self) -> None:
        """Have the recent files say what is in this one, but nothing of a protected one."""
        if (document := self._document) is not None:
            known = ("", "", "") if document.is_protected else describe_recent(document.inspection)
            facts = RecentFacts(*known, self._view.entry, document.inspection.id)
            store_recent_facts(self._settings, document.path, facts)
            # What was known before it was protected is gone at once.
            self._settings.sync()

    # -- Qt

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from control to control as they stand on the screen."""
        return self._docks.move_to_stop(1 if forward else -1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that can be opened."""
        if _find_opened(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that was dropped."""
        paths = _find_opened(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.open_file(paths[0])

    def childEvent(self, event: QChildEvent) -> None:
        """Name the tabs of panels, which Qt makes when some stand behind each other."""
        super().childEvent(event)
        tabs = event.child() if event.polished() else None
        if isinstance(tabs, QTabBar):
            tabs.setAccessibleName("Panels")

    def event(self, event: QEvent) -> bool:
        """Open a file that was pasted into a text."""
        if isinstance(event, QFileOpenEvent):
            self.open_file(Path(event.url().toLocalFile()))
            return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout and let the file go."""
        waiting = [disk for disk in self.findChildren(DiskWaiting) if disk.is_waiting]
        if waiting:
            for disk in waiting:
                disk.give_up()
            event.ignore()
            QTimer.singleShot(0, self, self.close)
            return
        if self._is_closing or not self._may_close():
            event.ignore()
            return
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        self._let_go()
        self._copies.close()
        super().closeEvent(event)
        self.closed.emit()


def _find_opened(mime: QMimeData) -> list[Path]:
    """Return the files that are carried and can be opened."""
    return [path for path in find_paths(mime) if is_inspection(path) or path.suffix == CONTENT]
