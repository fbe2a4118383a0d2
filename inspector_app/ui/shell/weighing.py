"""The rating characteristics in a window, where the framework of the inspection has any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from inspector_app.domain.entities import KeyQuestion, Topic
from inspector_app.ui.shell.commands import Commands

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Edit
    from inspector_app.ui.ratings.characteristics_panel import CharacteristicsPanel
    from inspector_app.ui.shell.commands import WindowParts
    from inspector_app.ui.shell.docks import Docks
    from inspector_app.ui.shell.inspection_view import InspectionView
    from inspector_app.ui.shell.reviewing import Reviewing


class Weighing(Commands):
    """Has the panel follow the page, as long as somebody sees it."""

    def __init__(
        self, parts: WindowParts, view: InspectionView, docks: Docks, reviewing: Reviewing
    ) -> None:
        super().__init__(parts)
        self._view = view
        self._docks = docks
        self._reviewing = reviewing
        self._panel: CharacteristicsPanel | None = None
        self._is_seen = False
        view.document_shown.connect(self._on_document_shown)
        view.entry_shown.connect(self._follow)
        docks.characteristics.visibilityChanged.connect(self._on_panel_visible)

    @Slot(object)
    def _on_document_shown(self, document: InspectionDocument | None) -> None:
        self._document = document
        if document is not None:
            document.editable_changed.connect(self._follow)
            document.edition_changed.connect(self._make_panel)
        self._make_panel()

    @Slot()
    def _make_panel(self) -> None:
        document = self._document
        self._panel = None
        if document is not None and _has_any(document):
            from inspector_app.ui.ratings.characteristics_panel import CharacteristicsPanel

            self._panel = CharacteristicsPanel(document, self._window)
            self._panel.topic_wanted.connect(self._reviewing.show_topic)
        self._docks.set_characteristics(self._panel)

    @Slot(bool)
    def _on_panel_visible(self, visible: bool) -> None:
        self._is_seen = visible
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Show what belongs to the page."""
        document = self._document
        if self._panel is None or document is None or not self._is_seen:
            return
        entry = self._view.entry
        found = document.inspection.find(entry)
        if isinstance(found, Topic):
            found = document.inspection.find(found.parent)
        if isinstance(found, KeyQuestion):
            self._panel.show_question(found.key_question)
        else:
            kind, _, question = entry.partition("/")
            self._panel.show_question(question if kind == "key_question" else "")

    def show_tick(self, edit: Edit) -> bool:
        """Show the box that an edit of the ticks was about; False: it is not there."""
        self._view.go_to_part(edit.entity)
        if self._panel is None:
            return False
        self._docks.characteristics.show()
        self._docks.characteristics.raise_()
        self._is_seen = True
        self._follow()
        before, after = (
            [*ticks] if isinstance(ticks, list) else [] for ticks in (edit.before, edit.after)
        )
        changed = [id_ for id_ in (*before, *after) if (id_ in before) != (id_ in after)]
        return any(self._panel.show_place(str(id_)) for id_ in changed)


def _has_any(document: InspectionDocument) -> bool:
    framework, details = document.framework, document.inspection.details
    return any(
        framework.list_characteristics(question, details.regime, details.form)
        for question in framework.key_questions
    )
