"""What stands above a page while the file does not hold everything, or was replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from inspector_app.ui.banners.banners import make_banner_line
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.keys import Keys, name_key
from inspector_app.ui.widgets.layouts import add_all, make_column, make_row

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QLabel

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.document.saving import SaveState

_MOVED = (
    "While it was open here, another program replaced “{old}” or wrote into it. Nothing was "
    "overwritten, and both are kept: that file stays as it is, and what you have here goes on in "
    "“{new}” in {folder}. Compare the two before you send a report."
)


class SavingBanners(QWidget):
    """Says why the file cannot be written and what is safe, without standing in the way."""

    copy_wanted = Signal()
    """The person wants to save a copy."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._name = document.path.name
        self._trouble, self._reason, row = _make_banner("saving_banner", self)
        tip = "Write everything into a file in another folder"
        copy = make_button("Save a &copy…", "save_copy_button", tip, self._trouble)
        copy.clicked.connect(self.copy_wanted)
        tip = f"Try now to write the file ({name_key(Keys.SAVE)}); Inspector also does so by itself"
        again = make_button("&Try again", "try_again_button", tip, self._trouble)
        again.clicked.connect(lambda: document.save())
        add_all(row, copy, again)
        self._moved, self._where, row = _make_banner("moved_banner", self)
        seen = make_button("Understood", "moved_seen_button", "Put this message away", self._moved)
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
        safe = "Your work is safe in the journal on this computer; go on typing."
    else:
        safe = (
            f"The journal on this computer cannot be written either ({state.journal_message}): "
            "what you typed since is only in this window. Save a copy now."
        )
    return f"Not in “{name}” since {time}: {state.message}. {safe} {state.advice}"


def _make_banner(name: str, parent: QWidget) -> tuple[QFrame, QLabel, QHBoxLayout]:
    frame = QFrame(parent)
    frame.setProperty("role", "banner")
    line = make_banner_line(name, frame)
    row = make_row(frame, margins=(0, 0, 12, 0))
    row.addWidget(line, 1)
    return frame, line, row
