"""A page of fields below each other, which scrolls as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from inspector_app.ui.pages.page import Page
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column, make_scroll_area
from inspector_app.ui.widgets.text_zoom import USUAL_ZOOM, get_text_zoom
from inspector_app.ui.widgets.theme import get_text_scale

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.prompts import Prompts

WIDEST_TEXT = 820
"""Pixels: lines longer than this are hard to read."""
_NARROW = 88
"""Letters: below, the page has narrow margins, so that lines keep some words."""


class ScrollPage(Page):
    """A heading, and below it what the page adds to `body`."""

    def __init__(self, document: InspectionDocument, prompts: Prompts, title: str) -> None:
        super().__init__(document, prompts, title)
        self.content = QWidget(self)
        zoom = get_text_zoom()
        zoom.changed.connect(self._on_zoom)
        self._on_zoom(zoom.percent)
        self.body = make_column(
            self.content, margins=(3 * SPACE, 2 * SPACE, 3 * SPACE, 3 * SPACE), spacing=2 * SPACE
        )
        self.title = make_label(title, "title", self.content)
        self.body.addWidget(self.title)
        self._area = make_scroll_area(self.content, self)
        zoom.watch_wheel(self._area.viewport())
        make_column(self).addWidget(self._area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the text the room of the margins where there is little."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW * self.fontMetrics().horizontalAdvance("x")
        side = SPACE if is_narrow else 3 * SPACE
        self.body.setContentsMargins(side, 2 * SPACE, side, 3 * SPACE)

    @Slot(int)
    def _on_zoom(self, percent: int) -> None:
        """Let larger texts have lines as long as others."""
        scale = max(percent, USUAL_ZOOM) / USUAL_ZOOM * max(get_text_scale(), 1)
        self.content.setMaximumWidth(round(WIDEST_TEXT * scale))

    @property
    def scroll_area(self) -> QScrollArea:
        return self._area
