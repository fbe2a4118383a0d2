"""The page of what the provider must do and should do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector_app.domain.entities import Action, Notice, Service
from inspector_app.texts import collapse_spaces
from inspector_app.ui.actions.action_list import ActionList
from inspector_app.ui.actions.notice_musts import NoticeMusts
from inspector_app.ui.pages.page import Page
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import make_column

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.ui.prompts import Prompts

_HINTS = {
    "must": "Only for breaches of a regulation. Most come from a notice by themselves.",
    "should": "Everything else that would make the service better.",
}


class ActionsPage(Page):
    """Musts and shoulds of the inspection and of each service with a section of its own."""

    place_wanted = Signal(str)
    """A person wants to see another part; carries its id."""

    def __init__(
        self, document: InspectionDocument, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, prompts, "Actions", parent)
        self._lists: list[ActionList] = []
        self._owners: list[str] = []
        self._below = QWidget()
        self._build()

    def refresh(self, change: Change) -> None:
        """See `Page.refresh`."""
        if (
            self._list_owners() != self._owners
            or any(edit.entity in self._owners[1:] for edit in change.edits)
            or self._editable != self.document.can_edit
        ):
            self._below.hide()
            self._below.deleteLater()
            self._build()
            return
        inspection = self.document.inspection
        touched = {edit.entity for edit in change.edits}
        shown = {id_ for item in self._lists for id_ in item.shown}
        if touched & shown or any(isinstance(inspection.find(id_), Action) for id_ in touched):
            for item in self._lists:
                item.refresh(touched)
        if any(
            inspection.find(id_) is None or isinstance(inspection.find(id_), Notice)
            for id_ in touched
        ):
            self._notice_musts.refresh()

    @property
    def waiting(self) -> list[str]:
        """Ids of the lines that are still to be made."""
        return [id_ for item in self._lists for id_ in item.waiting]

    def show_everything(self) -> None:
        """Make what is still to be made."""
        for item in self._lists:
            item.show_everything()

    def show_place(self, entity: str) -> bool:
        """See `Page.show_place`."""
        for item in self._lists:
            if item.show_line(entity):
                self.ensureWidgetVisible(item.focusWidget())
                return True
        return False

    def _list_owners(self) -> list[str]:
        inspection = self.document.inspection
        return [inspection.id, *(service.id for service in inspection.all(Service))]

    def _build(self) -> None:
        self._owners = self._list_owners()
        self._editable = self.document.can_edit
        self._lists = []
        self._below = QWidget()
        layout = make_column(self._below)
        for owner in self._owners:
            service = self.document.inspection.find(owner)
            if isinstance(service, Service):
                layout.addSpacing(16)
                name = collapse_spaces(service.name) or "A service without a name"
                layout.addWidget(make_label(name, "heading", self._below))
            must = ActionList(self.document, owner, "must", self._below)
            should = ActionList(self.document, owner, "should", self._below)
            for item in (must, should):
                if item is should:
                    layout.addSpacing(16)
                title = make_label(f"The provider {item.strength}", "heading", self._below)
                title.setBuddy(item.empty)
                layout.addWidget(title)
                layout.addWidget(make_label(_HINTS[item.strength], "hint", self._below))
                if item is must and owner == self._owners[0]:
                    self._notice_musts = NoticeMusts(self.document, self._below)
                    self._notice_musts.place_wanted.connect(self.place_wanted)
                    layout.addWidget(self._notice_musts)
                layout.addWidget(item)
            must.edge_reached.connect(
                lambda id_, step, other=should: other.take_at_edge(id_) if step > 0 else None
            )
            should.edge_reached.connect(
                lambda id_, step, other=must: other.take(id_, None) if step < 0 else None
            )
            must.cursor_left.connect(
                lambda step, other=should: other.focus_edge(1) if step > 0 else None
            )
            should.cursor_left.connect(
                lambda step, other=must: other.focus_edge(-1) if step < 0 else None
            )
            self._lists += [must, should]
        layout.addStretch(1)
        self.body.addWidget(self._below, 1)
