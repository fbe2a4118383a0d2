"""The report in the centre, as wide as it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.ui.pages.page import Page
from inspector_app.ui.preview.preview_panel import PreviewPanel
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.keys import Keys, add_key
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column, make_row

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
        tip = add_key("Save the report as a Word document, a PDF or a web page", Keys.EXPORT)
        export = make_button("&Export report…", "report_export", tip, self, role="primary")
        export.clicked.connect(self.export_wanted)
        paper = make_button("Print…", "report_print", add_key("Print the report", Keys.PRINT), self)
        paper.clicked.connect(self.print_wanted)
        title = make_label("Report", "title", self)
        head = make_row(
            None, (title, 1), paper, export, margins=(3 * SPACE, 2 * SPACE, 2 * SPACE, SPACE)
        )
        make_column(self, head, (self.preview, 1), spacing=0)

    @property
    def scroll_area(self) -> QAbstractScrollArea:
        return self.preview.view

    def show_place(self, place: str) -> bool:
        return self.preview.view.show_place([place])
