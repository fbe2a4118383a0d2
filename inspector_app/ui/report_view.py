"""The report on screen, as it will print: always dark on paper, whatever the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QPalette, QTextDocument
from PySide6.QtWidgets import QTextBrowser

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.report.report import Report

_PAPER = "#ffffff"
_INK = "#1f2a30"
_WIDEST_PICTURE = 560


class ReportView(QTextBrowser):
    """Shows a rendered report. Pictures come from the inspection; nothing else is loaded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: InspectionDocument | None = None
        self.setObjectName("report_view")
        self.setAccessibleName("Report")
        self.setOpenLinks(False)
        palette = self.palette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Base, _PAPER)
            palette.setColor(group, QPalette.ColorRole.Text, _INK)
        self.setPalette(palette)
        self.document().setDocumentMargin(32)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_report(self, source: InspectionDocument, report: Report) -> None:
        """Show a report; `source` gives its pictures."""
        self._source = source
        style = (report.folder / "web" / "preview.css").read_text("utf-8")
        self.document().setDefaultStyleSheet(style)
        self.setHtml(report.html)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture of the inspection; files and the network are never asked."""
        url = QUrl(name)
        if (
            kind != QTextDocument.ResourceType.ImageResource.value
            or url.scheme() != "attachment"
            or self._source is None
        ):
            return QByteArray()
        data = self._source.read_attachment(url.path())
        image = QImage.fromData(data or b"")
        if image.width() > _WIDEST_PICTURE:
            image = image.scaledToWidth(_WIDEST_PICTURE)
        return image

    @Slot(QUrl)
    def _on_anchor_clicked(self, url: QUrl) -> None:
        if url.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(url)
