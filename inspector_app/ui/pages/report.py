"""The report in the centre, as wide as it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.ui.preview.preview_panel import PreviewPanel

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.prompts import Prompts


class ReportPage(QWidget):
    """The whole report as it stands."""

    place_clicked = Signal(str)

    def __init__(
        self, document: InspectionDocument, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        del prompts
        self.setObjectName("report_page")
        self.setAccessibleName("Report")
        self.preview = PreviewPanel(self)
        self.preview.view.setObjectName("report_page_view")
        self.preview.show_document(document)
        self.preview.place_clicked.connect(self.place_clicked)
        self.setFocusProxy(self.preview.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.preview)

    def show_place(self, entity: str) -> bool:
        """Bring a part into view."""
        return self.preview.view.show_place([entity])
