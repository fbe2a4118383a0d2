"""Rows that stand for parts of the inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Slot

from inspector_app.domain.ids import new_id
from inspector_app.ui.widgets.row_editor import Row, RowEditor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.entities import AnyEntity

E = TypeVar("E", bound="AnyEntity")


class EntityRows(RowEditor[Row], Generic[Row, E]):
    """A row for each part of one kind; its key is the part's id. Each edit is a step of undo.

    Args:
        noun: What undo and history call one of them.
        parent_id: Id of what they stand below; "" for the inspection.
        tail: See `RowEditor`.
        fields: What a new part has in its fields.
    """

    def __init__(
        self,
        document: InspectionDocument,
        kind: type[E],
        noun: str,
        parent: QWidget | None = None,
        *,
        parent_id: str = "",
        tail: QWidget | None = None,
        **fields: Any,
    ) -> None:
        super().__init__(parent, tail=tail)
        self.document = document
        self.kind = kind
        self.noun = noun
        self.parent_id = parent_id or document.inspection.id
        self._fields = fields
        document.changed.connect(self._on_document_changed)

    @property
    def can_edit(self) -> bool:
        return self.document.can_edit

    def list_entities(self) -> Iterable[E]:
        """Return the parts, in order."""
        return self.document.inspection.children(self.parent_id, self.kind)

    def list_keys(self) -> list[str]:
        return [item.id for item in self.list_entities()]

    def find_entity(self, row: Row) -> E | None:
        """Return what a row stands for; None: nothing yet."""
        found = self.document.inspection.find(row.key)
        return found if isinstance(found, self.kind) else None

    def draft_new(self, draft: Draft, before: str | None = None, **fields: Any) -> str:
        """Draft a new part in front of another (None: at the end), and return its id."""
        id_, position = new_id(), draft.position_at_end(self.parent_id, self.kind)
        fields = {**self._fields, **fields}
        draft.create(self.kind(id=id_, parent=self.parent_id, position=position, **fields))
        if before is not None:
            draft.move(id_, self.parent_id, before)
        return id_

    def type_in(self, row: Row, field: str, text: str, label: str) -> None:
        """Give a field of a row's part what was typed; with the first letter there is a part."""
        draft = self.document.draft()
        if row.key:
            draft.set(row.key, field, text)
        else:
            # The row is known first: the list is told of the change while it is made.
            row.key = self.draft_new(draft, self.key_behind(row), **{field: text})
            label = f"Add {self.noun}"
        self.document.apply_draft(draft, label, f"{row.key}.{field} {self.typing}")

    def delete_row(self, row: Row) -> None:
        draft = self.document.draft()
        draft.delete(row.key)
        self.document.apply_draft(draft, f"Remove {self.noun}")

    def move_key(self, key: str, before: str | None) -> None:
        draft = self.document.draft()
        draft.move(key, self.parent_id, before)
        self.document.apply_draft(draft, f"Move {self.noun}")

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        touched = {edit.entity for edit in change.edits}
        known = {*self.waiting, *(row.key for row in self.rows)}
        find = self.document.inspection.find
        if (
            touched & known
            or any(isinstance(find(id_), self.kind) for id_ in touched)
            or self.shows_editable != self.can_edit
        ):
            self.refresh(touched)
