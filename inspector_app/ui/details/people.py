"""Names that must not appear in the report: a row a person, and an empty row to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.entities import Person
from inspector_app.domain.ids import new_id
from inspector_app.ui.details.rows import ROW_KEYS, make_remove_button
from inspector_app.ui.widgets.fields import STAYS, take_one_line
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.lines import RowLine

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change

_FIELDS = {"name": "Name", "role": "Role"}


class PersonRow(QWidget):
    """A person's name and role; `entity` is "" in the empty row."""

    def __init__(self, entity: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.entity = entity
        self.typing = 0
        self.lines = {field: RowLine(self) for field in _FIELDS}
        self.remove = make_remove_button("Remove this name (Ctrl+Delete)", self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for line in self.lines.values():
            line.setToolTip(ROW_KEYS)
            line.setAccessibleDescription(ROW_KEYS)
            line.installEventFilter(self)
            layout.addWidget(line, 1)
        layout.addWidget(self.remove)
        self.setFocusProxy(self.lines["name"])

    @property
    def held(self) -> RowLine | None:
        """The line that has the focus."""
        return next((line for line in self.lines.values() if line.hasFocus()), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End a piece of typing when a line is left."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in STAYS:
            self.typing += 1
        return super().eventFilter(watched, event)

    def show_person(self, person: Person | None) -> None:
        """Show a person, or nobody."""
        for field, line in self.lines.items():
            text = getattr(person, field) if person else ""
            if line.text() != text:
                line.setText(text)


class PeopleList(QWidget):
    """The people whose names must not appear in the report."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._rows: list[PersonRow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        heads = QHBoxLayout()
        heads.setSpacing(4)
        self._heads = [make_label(text, "label", self) for text in _FIELDS.values()]
        for head in self._heads:
            heads.addWidget(head, 1)
        layout.addLayout(heads)
        self._heads_layout = heads
        self._layout = QVBoxLayout()
        self._layout.setSpacing(4)
        layout.addLayout(self._layout)
        document.changed.connect(self._on_document_changed)
        self._refresh()

    def show_place(self, entity: str) -> QWidget | None:
        """Go to a person; None: there is nobody of that id here."""
        row = next((row for row in self._rows if row.entity == entity and entity), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
        return row

    # -- showing

    def _refresh(self) -> None:
        inspection = self._document.inspection
        people = list(inspection.all(Person))
        held = next((index for index, row in enumerate(self._rows) if row.held), None)
        by_id = {row.entity: row for row in self._rows if row.entity}
        for id_ in set(by_id) - {person.id for person in people}:
            self._drop(by_id.pop(id_))
        for index, person in enumerate(people):
            row = by_id.get(person.id) or self._insert(index, person.id)
            if self._rows.index(row) != index:
                self._rows.remove(row)
                self._rows.insert(index, row)
                self._layout.insertWidget(index, row)
            row.show_person(person)
        if not self._rows or self._rows[-1].entity:
            self._insert(len(self._rows), "")
        self._number()
        if held is not None and not any(row.held for row in self._rows):
            self._rows[min(held, len(self._rows) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _insert(self, index: int, entity: str) -> PersonRow:
        row = PersonRow(entity, self)
        for field, line in row.lines.items():
            line.textEdited.connect(lambda _, field=field: self._on_edited(row, field))
            line.enter_pressed.connect(lambda field=field: self._on_enter(row, field))
            line.remove_wanted.connect(lambda: self._on_remove(row))
            line.move_wanted.connect(lambda step: self._on_move(row, step))
        row.remove.clicked.connect(lambda: self._on_remove(row))
        self._rows.insert(index, row)
        self._layout.insertWidget(index, row)
        row.show()
        return row

    def _drop(self, row: PersonRow) -> None:
        self._rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        for line in row.lines.values():
            line.setObjectName("")
        row.deleteLater()

    def _number(self) -> None:
        editable = self._document.can_edit
        before: QWidget | None = None
        for number, row in enumerate(self._rows, start=1):
            for field, line in row.lines.items():
                line.setReadOnly(not editable)
                line.setAccessibleName(f"{_FIELDS[field]}, row {number}")
                line.setObjectName(f"people[{number - 1}].{field}")
                line.setPlaceholderText("" if row.entity else f"Add a {field}")
                if before is not None:
                    QWidget.setTabOrder(before, line)
                before = line
            row.remove.setEnabled(bool(row.entity))
            row.remove.setVisible(editable)
            row.setVisible(bool(row.entity) or editable or number == 1)
        self._align_heads()
        for head, line in zip(self._heads, self._rows[0].lines.values(), strict=True):
            head.setBuddy(line)
        self.setFocusProxy(self._rows[0])

    def showEvent(self, event: QShowEvent) -> None:
        """Put the heads over their lines; sizes are known only now."""
        super().showEvent(event)
        self._align_heads()

    def _align_heads(self) -> None:
        # As wide as a remove button, which stands behind the lines.
        width = self._rows[0].remove.sizeHint().width() + 4 if self._document.can_edit else 0
        self._heads_layout.setContentsMargins(0, 0, width, 0)

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        inspection = self._document.inspection
        known = {row.entity for row in self._rows}
        editable = self._document.can_edit
        if editable == self._rows[0].lines["name"].isReadOnly() or any(
            edit.entity in known or isinstance(inspection.find(edit.entity), Person)
            for edit in change.edits
        ):
            self._refresh()

    # -- what the person does

    def _on_edited(self, row: PersonRow, field: str) -> None:
        text = take_one_line(row.lines[field])
        document = self._document
        draft = document.draft()
        if not row.entity:
            # The row is known first: the list is told of the change while it is made.
            row.entity = new_id()
            root = document.inspection.id
            position = draft.position_at_end(root, Person)
            person = Person(id=row.entity, parent=root, position=position)
            draft.create(person)
        draft.set(row.entity, field, text)
        label = f"Change {_FIELDS[field].lower()} to keep out"
        document.apply_draft(draft, label, f"{row.entity}.{field} {row.typing}")

    def _on_enter(self, row: PersonRow, field: str) -> None:
        index = self._rows.index(row) + 1
        if index < len(self._rows):
            self._rows[index].lines["name"].setFocus(Qt.FocusReason.TabFocusReason)
        elif field == "name":
            row.lines["role"].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_remove(self, row: PersonRow) -> None:
        if row.entity and row in self._rows and self._document.can_edit:
            index = self._rows.index(row)
            self._rows[index + 1].setFocus(Qt.FocusReason.OtherFocusReason)
            draft = self._document.draft()
            draft.delete(row.entity)
            self._document.apply_draft(draft, "Remove name to keep out")

    def _on_move(self, row: PersonRow, step: int) -> None:
        ids = [other.entity for other in self._rows if other.entity]
        if row.entity not in ids:
            return
        target = ids.index(row.entity) + step
        if 0 <= target < len(ids):
            # A step down puts it in front of the one after the next.
            front = target if step < 0 else target + 1
            behind = ids[front] if front < len(ids) else None
            draft = self._document.draft()
            draft.move(row.entity, self._document.inspection.id, behind)
            self._document.apply_draft(draft, "Move name to keep out")
            row.setFocus(Qt.FocusReason.OtherFocusReason)
