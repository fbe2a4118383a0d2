"""The report in the centre, as wide as it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from inspector_app.ui.pages.page import Page
from inspector_app.ui.preview.preview_panel import PreviewPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractScrollArea

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.prompts import Prompts


class ReportPage(Page):
    """The whole report as it stands."""

    def __init__(self, document: InspectionDocument, prompts: Prompts) -> None:
        super().__init__(document, prompts, "Report")
        self.setObjectName("report_page")
        self.preview = PreviewPanel(self)
        self.preview.view.setObjectName("report_page_view")
        self.preview.show_document(document)
        self.preview.place_clicked.connect(self.place_wanted)
        self.setFocusProxy(self.preview.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.preview)

    @property
    def scroll_area(self) -> QAbstractScrollArea:
        return self.preview.view

    def show_place(self, place: str) -> bool:
        return self.preview.view.show_place([place])
