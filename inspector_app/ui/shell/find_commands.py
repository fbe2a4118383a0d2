"""Find and replace in a window: its keys, its panel, and the way to a hit and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication

from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.ui.outline.entries import DETAILS
from inspector_app.ui.shell.commands import Commands

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDockWidget, QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.search.replace import Spot
    from inspector_app.ui.find.find_panel import FindPanel
    from inspector_app.ui.pages.page import Page
    from inspector_app.ui.ratings.ratings_panel import RatingsPanel
    from inspector_app.ui.shell.commands import WindowParts
    from inspector_app.ui.shell.docks import Docks
    from inspector_app.ui.shell.inspection_view import InspectionView

_HEIGHT = 330
"""Pixels that the panel begins with: the fields and a few hits."""
IN_RATINGS_PANEL = {"overall_departure_reason", "limiters"}
"""Fields of the details that are edited beside the page."""


class FindCommands(Commands):
    """Opens the panel, shows hits in their fields, and gives the cursor back."""

    def __init__(self, parts: WindowParts, view: InspectionView, docks: Docks) -> None:
        super().__init__(parts)
        self._view = view
        self._docks = docks
        self._panel: FindPanel | None = None
        self._back: QWidget | None = None
        parts.actions.find.triggered.connect(lambda: self._open(replacing=False))
        parts.actions.replace.triggered.connect(lambda: self._open(replacing=True))
        parts.actions.find_next.triggered.connect(lambda: self._step(1))
        parts.actions.find_previous.triggered.connect(lambda: self._step(-1))
        view.document_shown.connect(self._on_document_shown)
        view.entry_shown.connect(self._on_entry_shown)
        self._dock.visibilityChanged.connect(self._on_visibility_changed)

    @property
    def _dock(self) -> QDockWidget:
        return self._docks.find

    @Slot(object)
    def _on_document_shown(self, document: InspectionDocument | None) -> None:
        self._document = document
        self._panel = None
        self._back = None
        self._docks.set_find(None)
        self._dock.hide()

    def _get_panel(self, document: InspectionDocument) -> FindPanel:
        """Return the panel of the open inspection, made when it is first asked for."""
        if self._panel is None:
            from inspector_app.ui.find.find_panel import FindPanel
            from inspector_app.ui.find.titles import PlaceTitles

            view = self._view
            titles = PlaceTitles(lambda: view.outline.entries, lambda: view.entry)
            panel = FindPanel(document, titles, view.index, self._settings)
            panel.hit_wanted.connect(self._on_hit_wanted)
            panel.left.connect(self._on_left)
            self._docks.set_find(panel)
            self._panel = panel
            if self._dock.height() < _HEIGHT and not self._dock.isFloating():
                self._window.resizeDocks([self._dock], [_HEIGHT], Qt.Orientation.Vertical)
        return self._panel

    # -- opening and leaving

    def _open(self, *, replacing: bool) -> None:
        if self._document is None:
            return
        from inspector_app.ui.find.going import selected_text

        panel = self._get_panel(self._document)
        focus = QApplication.focusWidget()
        if focus is not None and not self._dock.isAncestorOf(focus):
            self._back = focus
        text = selected_text()
        self._dock.show()
        self._dock.raise_()
        panel.start(text, replacing=replacing)

    @Slot()
    def _on_left(self) -> None:
        self._dock.hide()
        back, page = self._back, self._view.page
        # Pages that were rebuilt since have other fields.
        there = QApplication.allWidgets() if back is not None else []
        if back is not None and any(back is widget for widget in there) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _on_visibility_changed(self, visible: bool) -> None:
        # The View menu shows the panel too.
        if visible and self._document is not None and self._panel is None:
            self._get_panel(self._document).start("", replacing=False)

    @Slot()
    def _on_entry_shown(self) -> None:
        if self._panel is not None:
            self._panel.follow_page()

    # -- going

    def _step(self, step: int) -> None:
        if self._panel is not None and self._panel.has_text:
            self._panel.step(step)
        else:
            self._open(replacing=False)

    @Slot(object, bool)
    def _on_hit_wanted(self, spot: Spot, focus: bool) -> None:
        before = QApplication.focusWidget()
        self.show_spot(spot)
        if not focus and before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_spot(self, spot: Spot) -> bool:
        """Show a hit where it is edited, selected and with the cursor there; False: in no field."""
        shown = self._show(spot)
        if shown is not None:
            self._back = shown
        return shown is not None

    def _show(self, spot: Spot) -> QWidget | None:
        """Show a hit and return its field; None where it is in none."""
        document, view = self._document, self._view
        if document is None:
            return None
        from inspector_app.ui.find.going import show_hit

        inspection = document.inspection
        holder: Page | RatingsPanel | None
        if spot.field in IN_RATINGS_PANEL:
            view.ratings_wanted.emit(True)
            holder = self._docks.ratings_panel
        else:
            if spot.entity == inspection.id:
                view.go_to(DETAILS)
            else:
                view.go_to_part(self._find_owner(spot.entity))
            holder = view.page
        return show_hit(holder, inspection, spot) if holder is not None else None

    def _find_owner(self, entity: str) -> str:
        """Return the part to go to: of a file, the note that it belongs to."""
        inspection = self._document.inspection if self._document is not None else None
        if inspection is not None and isinstance(inspection.find(entity), Attachment):
            for note in inspection.all(EvidenceNote):
                if entity in note.attachments:
                    return note.id
        return entity
