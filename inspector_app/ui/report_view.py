"""The report on screen, as it will print: always dark on paper, whatever the theme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QUrl, Slot
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QPalette,
    QTextDocument,
    QTextFrame,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser

from inspector_app.report.report import load_style_sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.report.report import Report

_PAPER = "#ffffff"
_INK = "#1f2a30"
_DESK = "#dfe5e7"
_WIDEST_PICTURE = 560
_SHEET_WIDTH = 820
_MARGIN = 48
_ZOOMS = (0.7, 0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
_POINTS = re.compile(r"(\d+(?:\.\d+)?)pt\b")


class ReportView(QTextBrowser):
    """Shows a rendered report. Pictures come from the inspection; nothing else is loaded.

    Raises, where it shows a report: `TemplateFault` when the style sheet is missing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: InspectionDocument | None = None
        self._report: Report | None = None
        self._zoom = _ZOOMS.index(1.0)
        self.setObjectName("report_view")
        self.setAccessibleName("Report")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        palette = self.palette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Base, _PAPER)
            palette.setColor(group, QPalette.ColorRole.Text, _INK)
            palette.setColor(group, QPalette.ColorRole.Window, _DESK)
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.document().setDocumentMargin(_MARGIN)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_report(self, source: InspectionDocument, report: Report) -> None:
        """Show a report; `source` gives its pictures."""
        self._source = source
        self._report = report
        self._show()
        self.verticalScrollBar().setValue(0)

    @Slot()
    def enlarge(self) -> None:
        """Show the text larger."""
        self._set_zoom(self._zoom + 1)

    @Slot()
    def reduce(self) -> None:
        """Show the text smaller."""
        self._set_zoom(self._zoom - 1)

    def _set_zoom(self, zoom: int) -> None:
        self._zoom = min(max(zoom, 0), len(_ZOOMS) - 1)
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self._show()
        self._centre_sheet()
        bar.setValue(round(share * bar.maximum()))

    def _show(self) -> None:
        if self._report is None:
            return
        style = load_style_sheet(self._report.folder, "preview.css")
        # Qt's own zoom leaves sizes of the style sheet as they are.
        zoom = _ZOOMS[self._zoom]
        style = _POINTS.sub(lambda found: f"{float(found[1]) * zoom:.1f}pt", style)
        self.document().setDefaultStyleSheet(style)
        self.setHtml(self._report.html)
        _widen_tables(self.document().rootFrame())

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture of the inspection; files and the network are never asked."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        url = QUrl(name)
        image = QImage()
        if url.scheme() == "attachment" and self._source is not None:
            image = QImage.fromData(self._source.read_attachment(url.path()) or b"")
        if image.isNull():
            # Given nothing, Qt would look for a file of that name by itself.
            image = QImage(1, 1, QImage.Format.Format_ARGB32)
            image.fill(Qt.GlobalColor.transparent)
        if image.width() > _WIDEST_PICTURE:
            image = image.scaledToWidth(_WIDEST_PICTURE, Qt.TransformationMode.SmoothTransformation)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read: a sheet in the middle of the desk."""
        self._centre_sheet()
        super().resizeEvent(event)

    def _centre_sheet(self) -> None:
        spare = self.width() - self.verticalScrollBar().sizeHint().width()
        side = max(0, (spare - round(_SHEET_WIDTH * _ZOOMS[self._zoom])) // 2)
        self.setViewportMargins(side, 0, side, 0)

    @Slot(QUrl)
    def _on_anchor_clicked(self, url: QUrl) -> None:
        if url.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(url)


def _widen_tables(frame: QTextFrame) -> None:
    """Give tables the whole width, as in print."""
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            shape = child.format()
            shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            child.setFormat(shape)
        _widen_tables(child)
