"""Breaches of the previous inspection, and what this one found of each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from inspector_app.domain.entities import PreviousBreach
from inspector_app.domain.ids import new_id
from inspector_app.ui.details.field_grid import FieldGrid
from inspector_app.ui.details.remarks import find_breach_remark
from inspector_app.ui.details.rows import make_remove_button
from inspector_app.ui.widgets.date_fields import DateField
from inspector_app.ui.widgets.fields import BoundField, ChoiceField, TextField
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.regulation_field import RegulationField

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change

NOW = (("met", "Now met"), ("not_met", "Still not met"))
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class BreachCard(QFrame):
    """One breach of the previous inspection."""

    def __init__(self, document: InspectionDocument, entity: str, parent: BreachList) -> None:
        super().__init__(parent)
        self.entity = entity
        self._document = document
        self._list = parent
        layout = QVBoxLayout(self)
        self.setProperty("role", "card")
        layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(4)
        self.heading = make_label("", "label", self)
        self.remove = make_remove_button("Remove this previous breach (Ctrl+Delete)", self)
        self.remove.clicked.connect(lambda: parent.remove_breach(self))
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.remove)
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
        self.text.set_hint("What the previous report said of it (Ctrl+Enter: next breach)")
        self.answer.set_hint("Evidence that it is met or not met now (Ctrl+Enter: next breach)")
        self.parts: tuple[QWidget, ...] = (
            self.regulation.line, self.date.day_edit.line, self.now.combo,
            self.text.text, self.answer.text,
        )  # fmt: skip
        for widget in self.parts:
            widget.installEventFilter(self)
        self.setFocusProxy(self.regulation.line)
        self.show_remark()

    def show_remark(self) -> None:
        """Say below the date what does not go with the visit."""
        inspection = self._document.inspection
        found = inspection.find(self.entity)
        if isinstance(found, PreviousBreach):
            today = datetime.now().astimezone().date()
            self.date.show_remark(find_breach_remark(found, inspection.details, today))

    def set_number(self, number: int, *, editable: bool) -> None:
        """Say which it is in the list."""
        self.heading.setText(f"Breach {number}")
        for field, part in zip(self.fields, self.parts, strict=True):
            part.setAccessibleName(f"{field.label_text}, breach {number}")
        self.remove.setVisible(editable)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter goes to the next breach; Ctrl+Delete in a field that is no text removes it."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and self._document.can_edit
            and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            == Qt.KeyboardModifier.ControlModifier
        ):
            if event.key() in _ENTER:
                self._list.go_behind(self)
                return True
            # In a long text Ctrl+Delete deletes a word, as everywhere.
            if event.key() == Qt.Key.Key_Delete and watched not in {
                self.text.text,
                self.answer.text,
            }:
                self._list.remove_breach(self)
                return True
        return super().eventFilter(watched, event)


class BreachList(QWidget):
    """The previous breaches, and a button to add one."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._cards: list[BreachCard] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        self.empty = make_label(
            "None so far. Add what the previous inspection found broken, and say for each whether "
            "it is met now.",
            "hint",
            self,
        )
        layout.addWidget(self.empty)
        self._layout = QVBoxLayout()
        self._layout.setSpacing(SPACE)
        layout.addLayout(self._layout)
        self.add_button = QPushButton("Add previous breach", self)
        self.add_button.setObjectName("add_previous_breach")
        self.add_button.setToolTip("Add a breach that the previous inspection found (Ctrl+Enter)")
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button.clicked.connect(self._on_add)
        document.changed.connect(self._on_document_changed)
        self._refresh()

    @property
    def cards(self) -> list[BreachCard]:
        """The cards, in order."""
        return list(self._cards)

    def show_place(self, entity: str) -> QWidget | None:
        """Go to a breach; None: there is none of that id here."""
        card = next((card for card in self._cards if card.entity == entity), None)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        return card

    def go_behind(self, card: BreachCard) -> None:
        """Go to the breach behind one; behind the last, add one."""
        index = self._cards.index(card) + 1
        if index < len(self._cards):
            self._cards[index].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._on_add()

    def remove_breach(self, card: BreachCard) -> None:
        """Remove a breach and go to the one that takes its place."""
        if card not in self._cards or not self._document.can_edit:
            return
        index = self._cards.index(card)
        rest = [other for other in self._cards if other is not card]
        target = rest[min(index, len(rest) - 1)] if rest else self.add_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        draft = self._document.draft()
        draft.delete(card.entity)
        self._document.apply_draft(draft, "Remove previous breach")

    def _refresh(self) -> None:
        wanted = [item.id for item in self._document.inspection.all(PreviousBreach)]
        by_id = {card.entity: card for card in self._cards}
        for id_, card in by_id.items():
            if id_ not in wanted:
                if any(part.hasFocus() for part in card.parts):
                    self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
                self._cards.remove(card)
                self._layout.removeWidget(card)
                card.hide()
                card.deleteLater()
        for index, id_ in enumerate(wanted):
            card = by_id.get(id_) or BreachCard(self._document, id_, self)
            if card not in self._cards or self._cards.index(card) != index:
                if card in self._cards:
                    self._cards.remove(card)
                self._cards.insert(index, card)
                self._layout.insertWidget(index, card)
                card.show()
        editable = self._document.can_edit
        for number, card in enumerate(self._cards, start=1):
            card.set_number(number, editable=editable)
        self.empty.setVisible(not self._cards)
        self.add_button.setVisible(editable)
        if self.isVisible():
            self._order_tabs()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the fields in their order, which Qt forgets when parents are given."""
        super().showEvent(event)
        self._order_tabs()

    def _order_tabs(self) -> None:
        before: QWidget = self
        while True:
            found = before.previousInFocusChain()
            before = self if found is None else found
            if before is self or (
                not self.isAncestorOf(before)
                and before.focusPolicy() & Qt.FocusPolicy.TabFocus
                and before.focusProxy() is None
            ):
                break
        for widget in [*(part for card in self._cards for part in card.parts), self.add_button]:
            QWidget.setTabOrder(before, widget)
            before = widget

    @Slot()
    def _on_add(self) -> None:
        if not self._document.can_edit:
            return
        draft = self._document.draft()
        root = self._document.inspection.id
        position = draft.position_at_end(root, PreviousBreach)
        details = self._document.inspection.details
        # Most were found on the day of the previous inspection.
        day = details.previous_rating_date
        breach = PreviousBreach(id=new_id(), parent=root, position=position, date=day)
        draft.create(breach)
        self._document.apply_draft(draft, "Add previous breach")
        self.show_place(breach.id)

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        inspection = self._document.inspection
        known = {card.entity for card in self._cards}
        touched = {edit.entity for edit in change.edits}
        if (
            self.add_button.isHidden() == self._document.can_edit
            or any(isinstance(inspection.find(id_), PreviousBreach) for id_ in touched)
            or touched & known
        ):
            self._refresh()
        if touched & (known | {inspection.id}):
            for card in self._cards:
                card.show_remark()
