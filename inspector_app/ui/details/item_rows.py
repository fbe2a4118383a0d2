"""Rows that are edited in place: one item a row, and an empty row to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from inspector_app.domain.ids import new_id
from inspector_app.ui.widgets.date_fields import DayEdit
from inspector_app.ui.widgets.editor_row import EditorRow
from inspector_app.ui.widgets.fields import BoundField, take_one_line
from inspector_app.ui.widgets.keys import Keys, add_key, describe_row_keys
from inspector_app.ui.widgets.layouts import make_row
from inspector_app.ui.widgets.lines import SuggestingLine
from inspector_app.ui.widgets.row_editor import RowEditor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.widgets.lines import RowLine


class TextItem:
    """A text in a row."""

    def __init__(self, line: RowLine) -> None:
        self.line = line
        self.widget: QWidget = line
        self.edited, self.left = line.textEdited, line.editingFinished
        self.set_name = line.setAccessibleName

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
        self.edited, self.left = self.edit.edited, self.edit.left
        self.set_name = self.edit.set_name
        self.left.connect(self._on_left)

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


class ItemRow(EditorRow):
    """Items side by side, and the button that removes the row."""

    def __init__(
        self, key: str, items: Sequence[TextItem | DayItem], name: str, parent: QWidget
    ) -> None:
        super().__init__(key, parent)
        self.items = items
        self._name = name
        self.remove = make_remove_button(add_key(f"Remove this {name}", Keys.REMOVE_ROW), self)
        self.remove.clicked.connect(self.remove_wanted)
        layout = make_row(self, spacing=4)
        for item in items:
            line = item.line
            line.enter_pressed.connect(self.next_wanted)
            line.setToolTip(f"{line.toolTip()}\n{describe_row_keys('row')}".strip())
            line.setAccessibleDescription(line.toolTip())
            self.lines.append(line)
            layout.addWidget(item.widget, 1)
        layout.addWidget(self.remove)

    @property
    def is_empty(self) -> bool:
        return not any(item.line.text().strip() for item in self.items)

    def set_names(self, names: Sequence[str], number: int) -> None:
        """Name the items and the button, for those who do not see where they stand."""
        for item, name in zip(self.items, names, strict=True):
            item.set_name(f"{name}, row {number}")
        self.remove.setAccessibleName(f"Remove {self._name} {number}")

    def show_buttons(self, *, removable: bool, editable: bool) -> None:
        """Let the row be changed and removed, or only be read."""
        self.remove.setVisible(editable)
        self.remove.setEnabled(removable)
        for item in self.items:
            item.set_editable(editable)


class _ItemRows(RowEditor[ItemRow]):
    """The rows of a field. Items are nothing but values: their keys are made up, one an item."""

    def __init__(self, field: RowsField) -> None:
        super().__init__()
        self._field = field
        self._keys: list[str] = []
        self._is_storing = False

    @property
    def can_edit(self) -> bool:
        return self._field.document.can_edit

    def list_keys(self) -> list[str]:
        """Return as many keys as there are items."""
        count = len(self._field.value or ())
        del self._keys[count:]
        self._keys += [new_id() for _ in range(count - len(self._keys))]
        return list(self._keys)

    def make_row(self, key: str) -> ItemRow:
        item = self._field.make_item()
        row = ItemRow(key, [item], self._field.name, self)
        item.edited.connect(lambda: self._on_edited(row))
        item.left.connect(self._tell)
        if isinstance(item.line, SuggestingLine):
            item.line.chosen.connect(lambda: self._on_edited(row))
        return row

    def show_row(self, row: ItemRow, number: int) -> None:
        field, line = self._field, row.items[0].line
        if row.key:
            value = field.value[self._keys.index(row.key)]
            # What is typed just now, or cannot be read yet, stays as it is typed.
            if row.items[0].read() != value:
                row.items[0].show_item(value)
        last = row is self.rows[-1]
        row.set_names([field.label_text], number)
        line.setObjectName(f"{field.entity}.{field.field}[{number - 1}]")
        line.setPlaceholderText(f"Add a {field.name}" if last else "")
        row.show_buttons(removable=not last, editable=self.can_edit)

    def on_arranged(self) -> None:
        self.setFocusProxy(self.rows[0].lines[0])

    def show_value(self) -> None:
        """Follow a change that was made elsewhere."""
        if not self._is_storing:
            self.refresh()
            self._tell()

    @Slot()
    def _tell(self) -> None:
        """Say below the rows what cannot be read."""
        complaints = (row.items[0].get_complaint() for row in self.rows)
        self._field.show_problem(next((text for text in complaints if text), ""))

    def delete_row(self, row: ItemRow) -> None:
        if row.key:
            self._keys.remove(row.key)
            self._store(f"Remove {self._field.name}")
        self._tell()

    def _put(self, key: str, before: str | None) -> None:
        self._keys.insert(self._keys.index(before) if before else len(self._keys), key)

    def move_key(self, key: str, before: str | None) -> None:
        self._keys.remove(key)
        self._put(key, before)
        self._store(f"Move {self._field.name}")

    def _on_edited(self, row: ItemRow) -> None:
        has_item = row.items[0].read() is not None
        if row.key and not has_item:
            self._keys.remove(row.key)
            row.key = ""
        elif has_item and not row.key:
            row.key = new_id()
            self._put(row.key, self.key_behind(row))
        self._store(typing=True)
        if not row.items[0].get_complaint():
            self._tell()

    def _store(self, step: str = "", *, typing: bool = False) -> None:
        items = {row.key: row.items[0].read() for row in self.rows}
        field = self._field
        usual, field.step = field.step, step or field.step
        self._is_storing = True
        try:
            field.store(tuple(items[key] for key in self._keys), typing=typing)
        finally:
            self._is_storing = False
            field.step = usual
        self.refresh(())


class RowsField(BoundField):
    """A tuple of items, a row each, and an empty row behind them.

    Args:
        name: What one item is called: "day".
        make_item: Makes the editor of a row.
    """

    def __init__(
        self,
        document: InspectionDocument,
        entity: str,
        field: str,
        label: str,
        name: str,
        make_item: Callable[[], TextItem | DayItem],
    ) -> None:
        self.name = name
        self.make_item = make_item
        super().__init__(document, entity, field, label)

    def make_editor(self) -> QWidget:
        self._rows = _ItemRows(self)
        return self._rows

    def set_up(self) -> None:
        self._rows.setObjectName("")
        self._rows.start()

    @property
    def lines(self) -> list[RowLine]:
        """The lines of the rows; the last one is empty, for the next item."""
        return [row.items[0].line for row in self._rows.rows]

    def show_value(self) -> None:
        self._rows.show_value()

    def set_editable(self, editable: bool) -> None:
        if self._rows.rows:
            self._rows.refresh()


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
