"""The page of what the provider must do and should do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.domain.entities import Notice, Service
from inspector_app.domain.standing import list_inspected
from inspector_app.texts import collapse_spaces
from inspector_app.ui.actions.action_list import ActionList
from inspector_app.ui.actions.notice_musts import NoticeMusts
from inspector_app.ui.pages.scroll_page import ScrollPage
from inspector_app.ui.widgets.fields import NOT_PRINTED
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import add_all, discard, make_column

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.frameworks.report_forms import PrintedPart
    from inspector_app.ui.prompts import Prompts

_HINTS = {
    "must": "Only for breaches of a regulation. A notice adds its own must automatically.",
    "should": "Everything else that would make the service better.",
}


class ActionsPage(ScrollPage):
    """Musts and shoulds of the inspection and of each service with a section of its own."""

    def __init__(self, document: InspectionDocument, prompts: Prompts) -> None:
        super().__init__(document, prompts, "Actions")
        self._lists: list[ActionList] = []
        self._owners: list[str] = []
        self._not_offered: list[ActionList] = []
        """Those that the report has no place for, as long as nothing is in them."""
        self._notice_musts: NoticeMusts | None = None
        self._below = QWidget()
        self._build()

    def refresh(self, change: Change) -> None:
        if (
            self._list_owners() != self._owners
            or any(item.list_entities() for item in self._not_offered)
            or any(
                edit.entity in self._owners[1:]
                or (edit.entity == self._owners[0] and edit.field == "form")
                for edit in change.edits
            )
        ):
            discard(self._below)
            self._build()
            return
        inspection = self.document.inspection
        touched = {edit.entity for edit in change.edits}
        if self._notice_musts is not None and any(
            inspection.find(id_) is None or isinstance(inspection.find(id_), Notice)
            for id_ in touched
        ):
            self._notice_musts.refresh()

    @property
    def waiting(self) -> list[str]:
        """Ids of the lines that are still to be made."""
        return [id_ for item in self._lists for id_ in item.waiting]

    def show_everything(self) -> None:
        for item in self._lists:
            item.show_everything()

    def show_place(self, place: str) -> bool:
        for item in self._lists:
            if item.show_key(place):
                self.scroll_area.ensureWidgetVisible(item.focusWidget())
                return True
        return False

    def _list_owners(self) -> list[str]:
        inspection = self.document.inspection
        inspected = (service for service in list_inspected(inspection) if not service.group)
        return [inspection.id, *(service.id for service in inspected)]

    def _build(self) -> None:
        self._owners = self._list_owners()
        self._lists = []
        self._not_offered = []
        self._notice_musts = None
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
                part: PrintedPart = "musts" if item is must else "shoulds"
                printed = self.document.regime.prints(
                    part if owner == self._owners[0] else "services"
                )
                if not printed and not item.list_entities():
                    item.hide()
                    self._not_offered.append(item)
                    continue
                if item is should:
                    layout.addSpacing(16)
                title = make_label(f"The provider {item.strength}", "heading", self._below)
                title.setBuddy(item.rows[-1].text)
                hint = _HINTS[item.strength] if printed else NOT_PRINTED
                add_all(layout, title, make_label(hint, "hint", self._below))
                if item is must and owner == self._owners[0]:
                    self._notice_musts = NoticeMusts(self.document, self._below)
                    self._notice_musts.place_wanted.connect(self.place_wanted)
                    layout.addWidget(self._notice_musts)
                layout.addWidget(item)
            for item, other, way in ((must, should, 1), (should, must, -1)):
                self._join(item, other, way)
            self._lists += [must, should]
        layout.addStretch(1)
        self.body.addWidget(self._below, 1)

    def _join(self, item: ActionList, other: ActionList, way: int) -> None:
        """Let lines and the cursor go on from one list to the other, down (1) or up (-1)."""
        item.edge_reached.connect(
            lambda id_, step: other.take_at_edge(id_, step) if step == way else None
        )
        item.cursor_left.connect(lambda step: other.enter(step) if step == way else None)
