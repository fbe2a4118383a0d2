"""What the pages of the window have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from inspector_app.ui.widgets.labels import SPACE, make_label

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.ui.prompts import Prompts

WIDEST_TEXT = 820
"""Pixels: lines longer than this are hard to read."""


class Page(QScrollArea):
    """A page in the centre of the window: a heading, and below it what the page adds to `body`.

    A page reads the document's current value and redraws what a change touched. It is made when it
    is first shown.
    """

    def __init__(
        self,
        document: InspectionDocument,
        prompts: Prompts,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.prompts = prompts
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        content = QWidget(self)
        content.setMaximumWidth(WIDEST_TEXT)
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 3 * SPACE)
        self.body.setSpacing(2 * SPACE)
        self.title = make_label(title, "title", content)
        self.body.addWidget(self.title)
        self.setWidget(content)
        self.setAccessibleName(title)
        document.changed.connect(self._on_document_changed)

    def refresh(self, change: Change) -> None:
        """Redraw what a change touched; pages that show more than bound fields override this."""

    def show_place(self, entity: str) -> bool:
        """Bring the field of an entity into view with the cursor in it; False: not on this page."""
        del entity
        return False

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        self.refresh(change)
