"""What stands below a page and needs no answer: what became of the file, what does not work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.keys import Keys, name_key
from inspector_app.ui.widgets.layouts import add_all, make_column, make_row

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.document.saving import SaveState


_TEMPLATES = (
    "Your own report templates cannot be used, so reports are made with Inspector's: {problem}"
)
_MOVED = (
    "While it was open here, another program replaced “{old}” or changed it. Nothing was "
    "overwritten, and both are kept: that file stays as it is, and you continue in “{new}” in "
    "{folder}. Compare the two before you send a report."
)


class BannerLine(QLabel):
    """A line of text in the colours of a banner."""

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "banner")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setWordWrap(True)


class Banners(QWidget):
    """Says below the page why an inspection is read-only, and which templates are not used."""

    reopen_wanted = Signal()

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._read_only = QFrame(self)
        self._read_only.setProperty("role", "banner")
        self._reason = BannerLine("banner", self._read_only)
        tip = "Make this published inspection a draft again. You are asked first"
        self._reopen = make_button("&Reopen for changes", "reopen_button", tip, self._read_only)
        self._reopen.clicked.connect(self.reopen_wanted)
        row = QHBoxLayout(self._read_only)
        row.setContentsMargins(0, 0, 12, 0)
        add_all(row, (self._reason, 1), self._reopen)
        self._templates = BannerLine("templates_banner", self)
        make_column(self, self._read_only, self._templates, spacing=1)
        document.changed.connect(self.refresh)
        document.reports.templates_changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what holds now."""
        document = self._document
        # Who has the file open is told by a banner of its own.
        reason = "" if document.lock_watch is not None else document.read_only_reason
        self._reason.setText(reason)
        self._read_only.setVisible(bool(reason))
        self._reopen.setVisible(document.is_published and document.can_change_state)
        problem = document.reports.template_problem
        self._templates.setText(_TEMPLATES.format(problem=problem))
        self._templates.setVisible(bool(problem))


class BackupBanner(BannerLine):
    """Tells a backup's problem until one is made; typing goes on meanwhile."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__("backup_banner", parent)
        self._backups = document.backups
        if self._backups is not None:
            self._backups.changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        problem = self._backups.problem if self._backups is not None else ""
        self.setText(problem)
        self.setVisible(bool(problem))


class HolderBanner(QFrame):
    """Says whose the file is; once it can be written here, a button does it."""

    writing_wanted = Signal()
    """The person has read whose it is, and wants to write."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lock_watch = document.lock_watch
        self.setProperty("role", "banner")
        self._line = BannerLine("holder_banner", self)
        self._write = make_button(
            "&Open for editing here",
            "open_for_writing_button",
            "Open the file as it is now in this window, and continue with it",
            self,
            spoken="Open for editing here",
        )
        self._write.clicked.connect(self.writing_wanted)
        make_row(self, (self._line, 1), self._write, margins=(0, 0, 12, 0))
        if self._lock_watch is not None:
            self._lock_watch.changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        watch = self._lock_watch
        self.setVisible(watch is not None)
        if watch is not None:
            self._line.setText(watch.message)
            self._write.setVisible(watch.can_take_over)


class SavingBanners(QWidget):
    """Says why the file cannot be written and what is safe, without standing in the way."""

    copy_wanted = Signal()
    """The person wants to save a copy."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._name = document.path.name
        self._trouble, self._reason, row = _make_banner("saving_banner", self)
        tip = "Save everything in a file in another folder"
        copy = make_button("Save a &copy…", "save_copy_button", tip, self._trouble)
        copy.clicked.connect(self.copy_wanted)
        tip = f"Try to save the file now ({name_key(Keys.SAVE)}). Inspector keeps trying, too"
        again = make_button("&Try again", "try_again_button", tip, self._trouble)
        again.clicked.connect(lambda: document.save())
        add_all(row, copy, again)
        self._moved, self._where, row = _make_banner("moved_banner", self)
        seen = make_button("OK", "moved_seen_button", "Hide this message", self._moved)
        seen.clicked.connect(self._moved.hide)
        row.addWidget(seen)
        self._moved.hide()
        make_column(self, self._trouble, self._moved, spacing=1)
        document.save_state_changed.connect(self._on_save_state_changed)
        document.moved.connect(self._on_moved)
        self._on_save_state_changed(document.save_state)

    @Slot(object)
    def _on_save_state_changed(self, state: SaveState | None) -> None:
        failed = state is not None and state.kind == "failed"
        if state is not None and failed:
            self._reason.setText(describe_failure(self._name, state))
        self._trouble.setVisible(failed)

    @Slot(object)
    def _on_moved(self, path: Path) -> None:
        self._where.setText(_MOVED.format(old=self._name, new=path.name, folder=path.parent))
        self._name = path.name
        self._moved.show()


def describe_failure(name: str, state: SaveState) -> str:
    """Say in sentences why a file does not hold everything, what is safe, and what to do."""
    time = state.when.astimezone().strftime("%H:%M:%S")
    if state.copies:
        safe = "Your work is safe in the safety copy on this computer. You can go on typing."
    else:
        safe = (
            f"The safety copy on this computer cannot be saved either ({state.journal_message}): "
            "what you typed since is only in this window. Save a copy now."
        )
    return f"Not in “{name}” since {time}: {state.message}. {safe} {state.advice}"


def _make_banner(name: str, parent: QWidget) -> tuple[QFrame, QLabel, QHBoxLayout]:
    frame = QFrame(parent)
    frame.setProperty("role", "banner")
    line = BannerLine(name, frame)
    row = make_row(frame, margins=(0, 0, 12, 0))
    row.addWidget(line, 1)
    return frame, line, row
