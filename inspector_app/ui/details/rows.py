"""Rows that are edited in place: one item a row, and an empty row to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from inspector_app.ui.widgets.date_fields import DayEdit
from inspector_app.ui.widgets.fields import STAYS, BoundField, take_one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.widgets.lines import RowLine

ROW_KEYS = "Enter: next row. Ctrl+Delete: remove. Alt+Up, Alt+Down: move."


class TextItem:
    """A text in a row."""

    def __init__(self, line: RowLine) -> None:
        self.line = line
        self.widget: QWidget = line

    def read(self) -> str | None:
        """Return the item, or None where the row has none."""
        text = take_one_line(self.line)
        return text if text.strip() else None

    def show_item(self, item: str | None) -> None:
        """Show an item; None: nothing."""
        if self.line.text() != (item or ""):
            self.line.setText(item or "")
            self.line.setCursorPosition(0)

    def get_complaint(self) -> str:
        """Return what to say about a text that cannot be read."""
        return ""

    def set_editable(self, editable: bool) -> None:
        """Let the item be changed, or only be read."""
        self.line.setReadOnly(not editable)


class DayItem:
    """A day in a row. While its text cannot be read it stands for the day it was before."""

    def __init__(self) -> None:
        self.edit = DayEdit()
        self.line = self.edit.line
        self.widget: QWidget = self.edit
        self._before: Any = None
        self.edit.left.connect(self._on_left)

    def read(self) -> Any:
        """Return the item, or None where the row has none."""
        return self._before if self.edit.is_unread else self.edit.day

    def show_item(self, item: Any) -> None:
        """Show an item; None: nothing."""
        self._before = item
        self.edit.show_day(item)

    def get_complaint(self) -> str:
        """Return what to say about a text that cannot be read."""
        return self.edit.complaint

    def set_editable(self, editable: bool) -> None:
        """Let the item be changed, or only be read."""
        self.edit.set_editable(editable)

    def _on_left(self) -> None:
        self._before = self.read()


class FieldRow(QWidget):
    """An item and the button that removes it."""

    def __init__(self, item: TextItem | DayItem, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.remove = make_remove_button(f"Remove this {name} (Ctrl+Delete)", self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(item.widget, 1)
        layout.addWidget(self.remove)
        self.setFocusProxy(item.line)


class RowsField(BoundField):
    """A tuple of items, a row each, and an empty row behind them.

    Args:
        name: What one item is called: "day".
        make_item: Makes the editor of a row.
    """

    left = Signal()
    """A row was left."""

    def __init__(
        self,
        document: InspectionDocument,
        entity: str,
        field: str,
        label: str,
        name: str,
        make_item: Callable[[], TextItem | DayItem],
        parent: QWidget | None = None,
    ) -> None:
        self._name = name
        self._make_item = make_item
        self._rows: list[FieldRow] = []
        self._storing = False
        self._area = QWidget()
        self._layout = QVBoxLayout(self._area)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        super().__init__(document, entity, field, label, self._area, parent)
        self._area.setObjectName("")
        self.show_value()

    @property
    def lines(self) -> list[RowLine]:
        """The lines of the rows; the last one is empty, for the next item."""
        return [row.item.line for row in self._rows]

    def show_value(self) -> None:
        """See `BoundField.show_value`."""
        if self._storing:
            return
        wanted = list(self.value or ())
        shown = [item for item in (row.item.read() for row in self._rows) if item is not None]
        if shown != wanted:
            held = [index for index, row in enumerate(self._rows) if row.item.line.hasFocus()]
            full = [row for row in self._rows if row.item.read() is not None]
            for row in full[len(wanted) :]:
                self._drop(row)
            for row, item in zip(full, wanted, strict=False):
                row.item.show_item(item)
            for item in wanted[len(full) :]:
                self._insert(self._find_end()).item.show_item(item)
            if held and not any(line.hasFocus() for line in self.lines) and self._rows:
                self._rows[min(held[0], len(self._rows) - 1)].setFocus()
        self._tidy()
        self._tell()

    def set_editable(self, editable: bool) -> None:
        """See `BoundField.set_editable`."""
        for row in self._rows:
            row.item.set_editable(editable)
        if self._rows:
            self._tidy()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let an empty row go when it is left."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in STAYS:
            for row in self._rows[:-1]:
                if row.item.line is watched and not row.item.line.text():
                    self._drop(row)
                    self._tidy()
                    break
        return super().eventFilter(watched, event)

    def focus_end(self) -> None:
        """Go to the row for the next item."""
        self._rows[-1].setFocus()

    # -- rows

    def _find_end(self) -> int:
        """Return where the next item goes: in front of the empty row, if there is one."""
        last = self._rows[-1] if self._rows else None
        return len(self._rows) - (last is not None and not last.item.line.text())

    def _insert(self, index: int) -> FieldRow:
        item = self._make_item()
        row = FieldRow(item, self._name, self._area)
        item.set_editable(self.document.can_edit)
        line = item.line
        line.setToolTip(f"{line.toolTip()}\n{ROW_KEYS}".strip())
        line.setAccessibleDescription(line.toolTip())
        line.installEventFilter(self)
        if isinstance(item, DayItem):
            item.edit.edited.connect(lambda: self._on_edited(row))
            item.edit.left.connect(self._on_left)
        else:
            line.textEdited.connect(lambda: self._on_edited(row))
            line.editingFinished.connect(self._on_left)
            chosen = getattr(line, "chosen", None)
            if chosen is not None:
                chosen.connect(lambda: self._on_edited(row))
        line.enter_pressed.connect(lambda: self._on_enter(row))
        line.remove_wanted.connect(lambda: self._on_remove(row))
        line.move_wanted.connect(lambda step: self._on_move(row, step))
        row.remove.clicked.connect(lambda: self._on_remove(row))
        self._rows.insert(index, row)
        self._layout.insertWidget(index, row)
        # Shown at once: a row made while the page is visible must be able to take the focus.
        row.show()
        return row

    def _drop(self, row: FieldRow) -> None:
        self._rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.item.line.setObjectName("")
        row.deleteLater()

    def _tidy(self) -> None:
        """Keep one empty row at the end, number the rows and their names."""
        if not self._rows or self._rows[-1].item.line.text():
            self._insert(len(self._rows))
        for index, row in enumerate(self._rows, start=1):
            last = index == len(self._rows)
            line = row.item.line
            line.setAccessibleName(f"{self.label_text}, row {index}")
            line.setObjectName(f"{self.entity}.{self.field}[{index - 1}]")
            line.setPlaceholderText(f"Add a {self._name}" if last else "")
            row.remove.setVisible(self.document.can_edit)
            row.remove.setEnabled(not last)
            row.setVisible(not last or self.document.can_edit or index == 1)
            if index > 1:
                QWidget.setTabOrder(self._rows[index - 2].item.line, line)
        first = self._rows[0].item.line
        self.label.setBuddy(first)
        self.setFocusProxy(first)

    def _tell(self) -> None:
        complaints = (row.item.get_complaint() for row in self._rows)
        self.show_problem(next((text for text in complaints if text), ""))

    def _store_rows(self, step: str = "", *, typing: bool = False) -> None:
        items = tuple(item for item in (row.item.read() for row in self._rows) if item is not None)
        self._storing = True
        usual = self.step
        self.step = step or usual
        try:
            self.store(items, typing=typing)
        finally:
            self._storing = False
            self.step = usual
        self._tidy()

    # -- what the person does

    def _on_edited(self, row: FieldRow) -> None:
        if row in self._rows:
            self._store_rows(typing=True)
            if not row.item.get_complaint():
                self._tell()

    def _on_enter(self, row: FieldRow) -> None:
        index = self._rows.index(row) + 1
        if index == len(self._rows):
            return
        if self._rows[index].item.line.text():
            self._insert(index)
            self._tidy()
        self._rows[index].setFocus()

    def _on_remove(self, row: FieldRow) -> None:
        if row not in self._rows or row is self._rows[-1] or not self.document.can_edit:
            return
        index = self._rows.index(row)
        self._drop(row)
        self._rows[index].setFocus(Qt.FocusReason.OtherFocusReason)
        self._store_rows(f"Remove {self._name}")
        self._tell()

    def _on_move(self, row: FieldRow, step: int) -> None:
        index = self._rows.index(row)
        target = index + step
        if row is self._rows[-1] or not 0 <= target < len(self._rows) - 1:
            return
        self._rows.insert(target, self._rows.pop(index))
        self._layout.insertWidget(target, row)
        self._store_rows(f"Move {self._name}")
        row.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_left(self) -> None:
        self._tell()
        self.left.emit()


def make_remove_button(text: str, parent: QWidget) -> QToolButton:
    """Return the button with a cross that removes a row or a card."""
    button = QToolButton(parent)
    button.setText("✕")
    button.setProperty("role", "quiet")
    button.setToolTip(text)
    button.setAccessibleName(text.partition(" (")[0])
    # The keyboard has Ctrl+Delete; a stop behind every row would only slow it down.
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
