"""The line that is selected, in full, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from inspector_app.ui.copies.copies_model import CopyColumn
from inspector_app.ui.copies.copy_labels import describe_copy, describe_inspection
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.flow_layout import FlowLayout
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.domain.local_copies import Copy
    from inspector_app.ui.copies.copies_model import CopyRow

_WHOLE = {"file", "backup", "kept", "rescued"}
_NOTHING = "Choose an inspection or a copy above."
_OTHER = "It holds nothing that you typed, and no text of an inspection."


class CopyCard(QFrame):
    """Shows a line of the list, and offers what fits it."""

    show_wanted = Signal(object)
    """The person wants to see where it lies; carries the path."""
    open_wanted = Signal()
    save_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copy_card")
        self.setProperty("role", "card")
        self._path: Path | None = None
        self._build()

    def _build(self) -> None:
        self.name = make_label("", "label", self, "copy_name")
        self.name.setWordWrap(True)
        self.about = make_label(_NOTHING, "hint", self, "copy_about")
        self.where = make_label("", "hint", self, "copy_path")
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_button = make_button(
            "Show in &folder", "copy_show", "Show the folder that it is in", self
        )
        self.open_button = make_button("&Open", "copy_open", "", self)
        self.save_button = make_button(
            "&Save a copy…", "copy_save", "Save a copy of it in a folder that you choose", self
        )
        self.remove_button = make_button(
            "&Remove…",
            "copy_remove",
            ("Shows what is removed and what stays, and asks you first"),
            self,
        )
        buttons = FlowLayout(None, SPACE)
        for button in (self.show_button, self.open_button, self.save_button, self.remove_button):
            buttons.addWidget(button)
        layout = make_column(self, margins=(2 * SPACE, 12, 2 * SPACE, 12), spacing=SPACE // 2)
        for label in (self.name, self.about, self.where):
            label.setMinimumWidth(1)
            layout.addWidget(label)
        layout.addSpacing(SPACE)
        layout.addLayout(buttons)
        self.show_button.clicked.connect(lambda: self.show_wanted.emit(self._path))
        self.open_button.clicked.connect(self.open_wanted)
        self.save_button.clicked.connect(self.save_wanted)
        self.remove_button.clicked.connect(self.remove_wanted)

    def show_row(self, row: CopyRow | None, *, busy: bool = False) -> None:
        """Show a line; None: nothing is selected.

        Args:
            row: The line.
            busy: Whether something is under way, so that nothing else can be begun.
        """
        copy = get_opened_copy(row)
        self._path = _get_path(row)
        self.name.setText(row.cells[CopyColumn.WHAT] if row is not None else "")
        self.about.setText(_describe(row))
        self.where.setText(str(self._path or ""))
        self.where.setVisible(self._path is not None)
        self.show_button.setEnabled(self._path is not None)
        is_file = copy is not None and copy.kind == "file"
        self.open_button.setText("&Open" if is_file else "&Open a copy…")
        self.open_button.setToolTip(
            "Open the inspection"
            if is_file
            else "Save a copy of it in a file of its own, and open that. This one stays as it is"
        )
        self.open_button.setEnabled(copy is not None and not busy)
        self.save_button.setEnabled(copy is not None and not busy)
        self.remove_button.setEnabled(row is not None and bool(row.copies) and not busy)
        what = "everything of this inspection" if row and row.is_whole else "this"
        self.remove_button.setAccessibleDescription(f"Remove {what}")


def get_opened_copy(row: CopyRow | None) -> Copy | None:
    """Return the whole copy that a line stands for: of an inspection, its file."""
    if row is None:
        return None
    if row.is_whole and row.inspection is not None and row.inspection.id:
        return next(iter(row.inspection.list_kind("file")), None)
    if len(row.copies) == 1 and row.copies[0].kind in _WHOLE:
        return row.copies[0]
    return None


def _get_path(row: CopyRow | None) -> Path | None:
    if row is None:
        return None
    if row.other is not None:
        return row.other.path
    return row.copies[0].path if row.copies else None


def _describe(row: CopyRow | None) -> str:
    if row is None:
        return _NOTHING
    if row.is_whole and row.inspection is not None:
        return describe_inspection(row.inspection)
    if row.copies:
        return describe_copy(row.copies[0])
    return _OTHER
