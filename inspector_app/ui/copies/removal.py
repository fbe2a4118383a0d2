"""What goes and what stays, before anything is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from inspector_app.domain.local_copies import KINDS, describe_count, describe_size
from inspector_app.texts import pluralise, shorten
from inspector_app.ui.copies.copy_labels import name_inspection
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label, make_tip
from inspector_app.ui.widgets.layouts import STRETCH, add_all, discard, make_column, make_row

if TYPE_CHECKING:
    from inspector_app.domain.local_copies import Copy, InspectionCopies
    from inspector_app.ui.copies.copies_model import CopyRow

_LONGEST = 80


class RemovalPanel(QFrame):
    """Asks once, in plain words; the inspection file goes only where it is ticked."""

    wanted = Signal()
    """The person wants `chosen` removed."""
    unwanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("removal_panel")
        self.setProperty("role", "card")
        self._row: CopyRow | None = None
        self._build()

    def _build(self) -> None:
        self._headline = make_label("", "heading", self, "removal_headline")
        self._goes = make_label("", "hint", self, "removal_goes")
        self._warning = make_label("", "problem", self, "removal_warning")
        self._stays = make_label("", "hint", self, "removal_stays")
        self._files = QVBoxLayout()
        self._boxes: list[tuple[QCheckBox, Copy]] = []
        tip = "Remove what is listed above"
        self.remove_button = make_button("&Remove", "removal_remove", tip, self)
        self.keep_button = make_button(
            "&Keep everything", "removal_keep", "Remove nothing (Esc)", self, role="primary"
        )
        buttons = make_row(None, self.remove_button, self.keep_button, STRETCH)
        layout = make_column(self, margins=(2 * SPACE, 12, 2 * SPACE, 12))
        for label in (self._headline, self._goes):
            label.setMinimumWidth(1)
            layout.addWidget(label)
        add_all(layout, self._files, self._warning, self._stays, buttons)
        self.remove_button.clicked.connect(self.wanted)
        self.keep_button.clicked.connect(self.unwanted)

    @property
    def whole(self) -> InspectionCopies | None:
        """The inspection that is to be forgotten; None where only some copies of one go."""
        row = self._row
        return row.inspection if row is not None and row.is_whole else None

    @property
    def chosen(self) -> tuple[Copy, ...]:
        """What goes as the ticks are now."""
        if self._row is None:
            return ()
        ticked = [copy for box, copy in self._boxes if box.isChecked()]
        kept = [copy for _, copy in self._boxes if copy not in ticked]
        return tuple(copy for copy in self._row.copies if copy not in kept)

    def ask(self, row: CopyRow) -> None:
        """Ask about a line of the list; inspection files of a whole inspection are not ticked."""
        self._row = row
        for box, _ in self._boxes:
            discard(box)
        self._boxes.clear()
        if self.whole is not None and self.whole.id:
            for copy in row.copies:
                if copy.kind == "file":
                    self._add_box(copy)
        self._refresh()
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_box(self, copy: Copy) -> None:
        # An ampersand in a file name is no shortcut.
        name = shorten(copy.path.name, _LONGEST).replace("&", "&&")
        box = QCheckBox(f"Also move the inspection file “{name}” to the recycle bin", self)
        box.setObjectName("removal_file")
        box.setAccessibleDescription(str(copy.path))
        box.setToolTip(make_tip(str(copy.path)))
        box.toggled.connect(self._refresh)
        self._files.addWidget(box)
        self._boxes.append((box, copy))

    @Slot()
    def _refresh(self) -> None:
        row, chosen = self._row, self.chosen
        if row is None or row.inspection is None:
            return
        name = shorten(name_inspection(row.inspection), _LONGEST)
        if self.whole is not None and self.whole.id:
            self._headline.setText(f"Remove what this computer holds of “{name}”?")
        elif self.whole is not None:
            self._headline.setText(f"Remove all {name[0].lower()}{name[1:]}?")
        else:
            self._headline.setText(f"Remove {describe_count(row.copies)} of “{name}”?")
        self._goes.setText(_tell_goes(chosen, self.whole))
        warnings = _list_warnings(row.inspection, chosen)
        self._warning.setText("\n".join(warnings))
        self._warning.setVisible(bool(warnings))
        self._stays.setText(_tell_stays(row.inspection, chosen))
        self.remove_button.setEnabled(bool(chosen) or self.whole is not None)


def _tell_goes(chosen: tuple[Copy, ...], whole: InspectionCopies | None) -> str:
    by_kind = [[copy for copy in chosen if copy.kind == kind] for kind in KINDS]
    parts = [describe_count(copies) for copies in by_kind if copies]
    if whole is not None and whole.id:
        parts.append("its line among the recent inspections, and the place where you were in it")
    size = describe_size(sum(copy.size for copy in chosen))
    if not any(copy.kind == "file" for copy in chosen):
        return f"Removed permanently: {'; '.join(parts)} ({size})."
    return (
        f"Removed: {'; '.join(parts)} ({size}). Inspection files go to the recycle bin, the rest "
        "is removed permanently."
    )


def _list_warnings(inspection: InspectionCopies, chosen: tuple[Copy, ...]) -> list[str]:
    """Return what the person would miss that is nowhere else."""
    warnings = []
    journals = [copy for copy in chosen if copy.kind in {"left", "journal", "aside"}]
    if any(not copy.in_use for copy in journals):
        warnings.append("This includes changes that may not be in any file.")
    whole = inspection.list_kind("file", "rescued", "backup", "kept")
    if not inspection.id:
        return warnings
    if all(copy in chosen for copy in inspection.copies):
        warnings.append("Nothing of this inspection will be left on this computer.")
    elif whole and all(copy in chosen for copy in whole):
        warnings.append("No whole copy of this inspection will be left on this computer.")
    elif any(copy in chosen for copy in whole):
        files = inspection.list_kind("file")
        if not any(copy.readable and copy not in chosen for copy in files):
            warnings.append("The inspection file is not where it was, or cannot be read.")
    return warnings


def _tell_stays(inspection: InspectionCopies, chosen: tuple[Copy, ...]) -> str:
    files = [copy for copy in inspection.list_kind("file") if copy not in chosen]
    if files:
        where = "; ".join(str(copy.path) for copy in files)
        stays = f"Kept: the inspection itself, {where}"
    else:
        stays = "Kept"
    others = [copy for copy in inspection.copies if copy not in chosen and copy.kind != "file"]
    count = pluralise(len(others), "other copy", "other copies")
    rest = f"{count} here, and " if others else ""
    joint = ", and " if files else ": "
    return f"{stays}{joint}{rest}what you saved, sent or exported elsewhere."
