"""Names that must not appear in the report: a row a person, and an empty row to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from inspector_app.domain.entities import Person
from inspector_app.ui.details.item_rows import ItemRow, TextItem
from inspector_app.ui.widgets.entity_rows import EntityRows
from inspector_app.ui.widgets.fields import take_one_line
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.lines import RowLine

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from inspector_app.document.inspection_document import InspectionDocument

_FIELDS = ("name", "role")


class PeopleList(EntityRows[ItemRow, Person]):
    """The people whose names must not appear in the report."""

    def __init__(self, document: InspectionDocument) -> None:
        super().__init__(document, Person, "name to keep out")
        self._heads_layout = QHBoxLayout()
        self._heads_layout.setSpacing(4)
        self._heads = [make_label(field.capitalize(), "label", self) for field in _FIELDS]
        for head in self._heads:
            self._heads_layout.addWidget(head, 1)
        self.body.insertLayout(0, self._heads_layout)
        self.start()

    def make_row(self, key: str) -> ItemRow:
        row = ItemRow(key, [TextItem(RowLine()) for _ in _FIELDS], "name", self)
        for field, item in zip(_FIELDS, row.items, strict=True):
            item.edited.connect(lambda _, field=field: self._on_edited(row, field))
        return row

    def show_row(self, row: ItemRow, number: int) -> None:
        person = self.find_entity(row)
        for field, item in zip(_FIELDS, row.items, strict=True):
            item.show_item(getattr(person, field, ""))
            item.line.setObjectName(f"people[{number - 1}].{field}")
            item.line.setPlaceholderText("" if person else f"Add a {field}")
        row.set_names([field.capitalize() for field in _FIELDS], number)
        row.show_buttons(removable=person is not None, editable=self.can_edit)

    def on_arranged(self) -> None:
        """Put the heads over their lines."""
        row = self.rows[0]
        for head, item in zip(self._heads, row.items, strict=True):
            head.setBuddy(item.line)
        # As wide as a remove button, which stands behind the lines.
        width = row.remove.sizeHint().width() + 4 if self.can_edit else 0
        self._heads_layout.setContentsMargins(0, 0, width, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Arrange the heads again: sizes are known only now."""
        super().showEvent(event)
        self.on_arranged()

    def _on_edited(self, row: ItemRow, field: str) -> None:
        text = take_one_line(row.items[_FIELDS.index(field)].line)
        self.type_in(row, field, text, f"Change {field} to keep out")
