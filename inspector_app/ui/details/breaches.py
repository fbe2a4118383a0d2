"""Breaches of the previous inspection, and what this one found of each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.entities import PreviousBreach
from inspector_app.ui.details.field_grid import FieldGrid
from inspector_app.ui.details.item_rows import make_remove_button
from inspector_app.ui.details.remarks import find_breach_remark
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.date_fields import DateField
from inspector_app.ui.widgets.editor_row import EditorRow
from inspector_app.ui.widgets.entity_rows import EntityRows
from inspector_app.ui.widgets.fields import BoundField, ChoiceField, TextField
from inspector_app.ui.widgets.keys import Keys, add_key, name_key
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import add_all
from inspector_app.ui.widgets.regulation_field import RegulationField

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change

NOW = (("met", "Now met"), ("not_met", "Still not met"))


class BreachCard(EditorRow):
    """One breach of the previous inspection."""

    def __init__(self, document: InspectionDocument, entity: str, parent: QWidget) -> None:
        super().__init__(entity, parent)
        self._document = document
        layout = QVBoxLayout(self)
        self.setProperty("role", "card")
        layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(4)
        self.heading = make_label("", "label", self)
        self.remove = make_remove_button(
            add_key("Remove this previous breach", Keys.REMOVE_ROW), self
        )
        self.remove.clicked.connect(self.remove_wanted)
        top = QHBoxLayout()
        add_all(top, (self.heading, 1), self.remove)
        layout.addLayout(top)
        self.regulation = RegulationField(document, entity)
        self.date = DateField(document, entity, "date", "Found on")
        self.now = ChoiceField(document, entity, "now", "Now", NOW, none="Not looked at")
        self.text = TextField(document, entity, "text", "What had been found")
        self.answer = TextField(document, entity, "answer", "What this inspection found")
        grid = FieldGrid(self)
        grid.add(self.regulation, wide=True)
        grid.add(self.date)
        grid.add(self.now)
        grid.add(self.text, wide=True)
        grid.add(self.answer, wide=True)
        layout.addWidget(grid)
        self.fields: tuple[BoundField, ...] = (
            self.regulation, self.date, self.now, self.text, self.answer,
        )  # fmt: skip
        for field in self.fields:
            field.step = f"Change previous breach: {field.label_text.lower()}"
        self.now.set_hint("What this inspection found: met, still not met, or not looked at")
        next_one = f"({name_key(Keys.NEXT_ROW)}: next breach)"
        self.text.set_hint(f"What the previous report said of it {next_one}")
        self.answer.set_hint(f"Evidence that it is met or not met now {next_one}")

    @property
    def stops(self) -> list[QWidget]:
        return [
            self.regulation.line, self.date.day_edit.line, self.now.combo,
            self.text.text, self.answer.text,
        ]  # fmt: skip

    def show_remark(self) -> None:
        """Say below the date what does not go with the visit."""
        inspection = self._document.inspection
        found = inspection.find(self.key)
        if isinstance(found, PreviousBreach):
            today = datetime.now().astimezone().date()
            self.date.show_remark(find_breach_remark(found, inspection.details, today))

    def set_number(self, number: int, *, editable: bool) -> None:
        """Say which it is in the list."""
        self.heading.setText(f"Breach {number}")
        for field, stop in zip(self.fields, self.stops, strict=True):
            stop.setAccessibleName(f"{field.label_text}, breach {number}")
        self.date.day_edit.set_name(f"{self.date.label_text}, breach {number}")
        self.remove.setAccessibleName(f"Remove breach {number}")
        self.remove.setVisible(editable)


class BreachList(EntityRows[BreachCard, PreviousBreach]):
    """The previous breaches, and a button to add one."""

    def __init__(self, document: InspectionDocument) -> None:
        self.add_button = make_button(
            "Add previous breach",
            "add_previous_breach",
            add_key("Add a breach that the previous inspection found", Keys.NEXT_ROW),
        )
        super().__init__(document, PreviousBreach, "previous breach", tail=self.add_button)
        self.row_layout.setSpacing(SPACE)
        self.body.setSpacing(SPACE)
        self.empty = make_label(
            "None yet. Add each breach that the previous inspection found, and choose whether it "
            "is met now.",
            "hint",
            self,
        )
        self.body.insertWidget(0, self.empty)
        self.add_button.clicked.connect(self.add)
        self.start()

    def make_row(self, key: str) -> BreachCard:
        return BreachCard(self.document, key, self)

    def show_row(self, row: BreachCard, number: int) -> None:
        row.set_number(number, editable=self.can_edit)
        row.show_remark()

    def on_arranged(self) -> None:
        self.empty.setVisible(not self.rows)
        self.add_button.setVisible(self.can_edit)

    @Slot()
    def add(self) -> None:
        if self.can_edit:
            draft = self.document.draft()
            # Most were found on the day of the previous inspection.
            day = self.document.inspection.details.previous_rating_date
            id_ = self.draft_new(draft, date=day)
            self.document.apply_draft(draft, f"Add {self.noun}")
            self.show_key(id_)

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        super()._on_document_changed(change)
        if any(edit.entity == self.parent_id for edit in change.edits):
            for card in self.rows:
                card.show_remark()
