"""When the visit was: single days, or from a day to a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from inspector_app.ui.details.field_grid import FieldGrid
from inspector_app.ui.details.item_rows import DayItem, RowsField
from inspector_app.ui.widgets.date_fields import DateField
from inspector_app.ui.widgets.fields import ignore_wheel_until_focused
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import add_all, make_column

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change

_DAYS, _RANGE = 0, 1
_FIELDS = {"visit_dates", "visit_from", "visit_to", ""}


class VisitDates(QWidget):
    """The dates of the visit. Changing from days to a range takes the dates along."""

    def __init__(self, document: InspectionDocument) -> None:
        super().__init__()
        self._document = document
        root = document.inspection.id
        self.mode = QComboBox(self)
        self.mode.addItems(["One or several days", "From a day to a day"])
        self.mode.setObjectName(f"{root}.visit_mode")
        self.mode.setAccessibleName("Dates of the visit given as")
        self.mode.setToolTip("Single days, or the first and last day")
        ignore_wheel_until_focused(self.mode)
        label = make_label("Dates of the visit", "label", self)
        label.setBuddy(self.mode)
        self.days = RowsField(document, root, "visit_dates", "Days of the visit", "day", DayItem)
        self.first = DateField(document, root, "visit_from", "First day")
        self.last = DateField(document, root, "visit_to", "Last day")
        self._range = FieldGrid(self)
        self._range.add(self.first)
        self._range.add(self.last)
        layout = make_column(self, spacing=4)
        add_all(layout, label, self.mode, self.days, self._range)
        self.days.label.hide()
        self.days.keep_room()
        self.setFocusProxy(self.mode)
        self.mode.activated.connect(self._on_mode_activated)
        document.changed.connect(self._on_document_changed)
        self._refresh()

    def _refresh(self) -> None:
        """Show what is filled in; where nothing is, leave what the person chose."""
        details = self._document.inspection.details
        has_range = bool(details.visit_from or details.visit_to)
        if details.visit_dates or has_range:
            mode = _DAYS if details.visit_dates else _RANGE
        else:
            mode = self.mode.currentIndex()
        with QSignalBlocker(self.mode):
            self.mode.setCurrentIndex(mode)
        self.mode.setEnabled(self._document.can_edit)
        self.days.setVisible(mode == _DAYS)
        # Both came with imported content: both are shown, or one could not be mended.
        self._range.setVisible(mode == _RANGE or has_range)

    @Slot(int)
    def _on_mode_activated(self, mode: int) -> None:
        root = self._document.inspection.id
        details = self._document.inspection.details
        draft = self._document.draft()
        if mode == _RANGE:
            days = sorted(details.visit_dates)
            if days:
                draft.set(root, "visit_from", days[0])
                draft.set(root, "visit_to", days[-1])
            draft.set(root, "visit_dates", ())
        else:
            ends = dict.fromkeys(day for day in (details.visit_from, details.visit_to) if day)
            draft.set(root, "visit_dates", details.visit_dates or tuple(ends))
            draft.set(root, "visit_from", None)
            draft.set(root, "visit_to", None)
        label = "Change visit to a range" if mode == _RANGE else "Change visit to single days"
        self._document.apply_draft(draft, label)
        self._refresh()

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        root = self._document.inspection.id
        if any(edit.entity == root and edit.field in _FIELDS for edit in change.edits):
            # Emptying the last date keeps the kind of dates that was shown.
            self._refresh()
        self.mode.setEnabled(self._document.can_edit)
