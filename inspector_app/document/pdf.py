"""The report as PDF, painted by Qt: the one export that loads Qt."""

from __future__ import annotations

import re
import sys
import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QHashSeed,
    QIODevice,
    QMarginsF,
    QRectF,
    QSizeF,
    Qt,
    QUrl,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextTable,
)

from inspector_app.document.pictures import get_picture_of_report
from inspector_app.document.printable import gather_printable
from inspector_app.report.pictures import TALLEST_SHARE, Room
from inspector_app.report.report import get_publication_line, get_report_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QTextFrame

    from inspector_app.document.printable import PrintableReport
    from inspector_app.report.report import Report

# The page at 96 dots an inch, in which the style sheet measures.
_DPI = 96
_DATE = re.compile(
    rb"(/(?:CreationDate|ModDate) \(D:|xmp:(?:CreateDate|ModifyDate|MetadataDate)=\")"
    rb"(\d{14}|[\d-]{10}T[\d:]{8})([^)\"]*)"
)
_PAGE = QSizeF(793.7, 1122.5)
_SIDE, _TOP, _BOTTOM = 87.0, 96.0, 91.0
_TEXT = QSizeF(_PAGE.width() - 2 * _SIDE, _PAGE.height() - _TOP - _BOTTOM)
PICTURE_ROOM = Room(_TEXT.width() / _DPI, _TEXT.height() * TALLEST_SHARE / _DPI)
_ID = re.compile(rb'DocumentID="uuid:([0-9a-f-]{36})"')
_RESOLUTION = 1200
_BAND = QColor("#12505b")
_STRIPE = QColor("#a8481f")
_QUIET = QColor("#4d5b62")
_WATERMARK = QColor(212, 217, 220, 110)


def write_pdf(
    report: Report,
    read_attachment: Callable[[str], bytes | None],
    tell: Callable[[str, float | None], None] | None = None,
) -> bytes:
    """Return a report as a PDF file.

    Args:
        report: The report.
        read_attachment: Gives its photos.
        tell: Hears after each page how far it is, and may raise to stop it.

    Raises:
        TemplateFault: The style sheet `web/print.css` is missing.
    """
    # The order of the fonts in the file would be another one each time.
    QHashSeed.setDeterministicGlobalSeed()
    try:
        pdf = _paint_pdf(report, read_attachment, tell)
    finally:
        QHashSeed.resetRandomGlobalSeed()
    pdf = _set_dates(pdf, get_report_date(report))
    return _set_id(pdf, f"{report.html}{get_publication_line(report)}")


def _paint_pdf(
    report: Report,
    read_attachment: Callable[[str], bytes | None],
    tell: Callable[[str, float | None], None] | None,
) -> bytes:
    _ensure_application()
    pages = PrintedReport(gather_printable(report, read_attachment, PICTURE_ROOM))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    writer.setTitle(report.title)
    writer.setCreator("Inspector")
    painter = QPainter(writer)
    scale = _RESOLUTION / _DPI
    painter.scale(scale, scale)
    try:
        for page in range(pages.count):
            if tell is not None:
                tell(f"Page {page + 1} of {pages.count}", page / pages.count)
            if page:
                writer.newPage()
            pages.paint(painter, page)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def _set_id(pdf: bytes, seed: str) -> bytes:
    """Give the file an id that goes with what is printed: Qt's own is another one each time."""
    if (found := _ID.search(pdf)) is None:
        return pdf
    old, new = found[1], str(uuid.uuid5(uuid.NAMESPACE_OID, seed)).encode()
    return pdf.replace(old, new).replace(old.hex().encode(), new.hex().encode())


def _set_dates(pdf: bytes, day: date | None) -> bytes:
    """Put the report's day in the place of when the file was made, which Qt takes from the clock.

    Nothing may grow or shrink, since a PDF file finds its parts by their places.
    """
    day = day if day is not None and day.year >= 1000 else date(2000, 1, 1)

    def replace(found: re.Match[bytes]) -> bytes:
        form = "%Y-%m-%dT00:00:00" if b"-" in found[2][:8] else "%Y%m%d000000"
        zone = re.sub(rb"\d", b"0", found[3]).replace(b"-", b"+")
        return found[1] + day.strftime(form).encode() + zone

    return _DATE.sub(replace, pdf)


class PrintedReport:
    """The pages of a report, to be painted on anything."""

    size = _PAGE
    """Width and height of a page, at 96 dots an inch."""

    def __init__(self, report: PrintableReport) -> None:
        self._report = report
        self._document = _PrintDocument(report)
        self._document.setDefaultStyleSheet(report.style_sheet)
        self._document.setHtml(report.html)
        self._document.lay_out()
        self.count = self._document.pageCount()

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a page, 0 for the first; the painter's unit is 1/96 inch from the paper's edge."""
        _paint_furniture(painter, self._report, page, self.count)
        _paint_text(painter, self._document, page)


def _ensure_application() -> None:
    """Qt needs an application for its fonts; it need not have a screen, which might not answer."""
    if QGuiApplication.instance() is None:
        screenless = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
        # Kept by the class: an application that is collected takes its fonts along.
        _PrintDocument.application = QGuiApplication(["inspector-app", *screenless])


class _PrintDocument(QTextDocument):
    """The report laid out for pages. Pictures come from the inspection, nothing else is loaded."""

    application: QGuiApplication | None = None

    def __init__(self, report: PrintableReport) -> None:
        super().__init__()
        self._report = report
        self.setDocumentMargin(0)
        self.setUseDesignMetrics(True)
        self.setDefaultFont(QFont("Arial", 10))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture of the inspection."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        return get_picture_of_report(QUrl(name), self._report)

    def lay_out(self) -> None:
        """Set the page size, widen tables, and keep what introduces with what it introduces."""
        _widen_tables(self.rootFrame())
        self.setPageSize(_TEXT)
        # Each one that moves to the next page may bring another to the end of one.
        for _ in range(self.blockCount()):
            lonely = self._find_lonely_block()
            if lonely is None:
                return
            shape = lonely.blockFormat()
            shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(lonely).setBlockFormat(shape)
            # Laid out from the changed block on, Qt leaves text behind it unpainted.
            self.markContentsDirty(0, self.characterCount())

    def _find_lonely_block(self) -> QTextBlock | None:
        """Return the first of some introducing blocks that end a page by themselves."""
        layout = self.documentLayout()
        tables = [
            range(frame.firstPosition(), frame.lastPosition() + 1)
            for frame in self.rootFrame().childFrames()
        ]
        first: QTextBlock | None = None
        block = self.begin()
        while block.isValid():
            following = block.next()
            # Within a table, rows decide where pages end.
            if any(block.position() in table for table in tables) or not _introduces(block):
                first = None
            elif following.isValid():
                first = first or block
                here = _get_page(layout, block)
                if _get_page(layout, following) > here and _get_page(layout, first) == here:
                    breaks = following.blockFormat().pageBreakPolicy()
                    if not breaks & QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore:
                        return first
            block = following
        return None


def _introduces(block: QTextBlock) -> bool:
    """Tell whether a block belongs to the one after it: a heading, its judgement, a list's line."""
    shape = block.blockFormat()
    return bool(
        shape.headingLevel()
        or shape.hasProperty(QTextFormat.Property.BackgroundBrush)
        or (not _is_in_list(block) and _is_in_list(block.next()))
    )


def _is_in_list(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().objectIndex() != -1


def _get_page(layout: QAbstractTextDocumentLayout, block: QTextBlock) -> int:
    top = layout.blockBoundingRect(block).top()
    # A first line that has no room below the gap above it stands on the next page by itself.
    first = block.layout().lineAt(0)
    return int((top + (first.y() if first.isValid() else 0)) // _TEXT.height())


def _widen_tables(frame: QTextFrame) -> None:
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            shape = child.format()
            shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            child.setFormat(shape)
        _widen_tables(child)


def _paint_text(painter: QPainter, document: QTextDocument, page: int) -> None:
    top = page * _TEXT.height()
    painter.save()
    painter.translate(_SIDE, _TOP - top)
    context = QAbstractTextDocumentLayout.PaintContext()
    # A hair less than the page: what only touches its edge belongs to the next one.
    context.clip = QRectF(0, top + 0.5, _TEXT.width(), _TEXT.height() - 1)
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _paint_furniture(painter: QPainter, report: PrintableReport, page: int, pages: int) -> None:
    """Paint what stands around the text: band or header, footer, watermark."""
    right = _PAGE.width() - _SIDE
    painter.save()
    font = QFont("Arial")
    font.setPixelSize(11)
    painter.setFont(font)
    if report.draft:
        _paint_watermark(painter)
    if page == 0:
        painter.fillRect(QRectF(0, 0, _PAGE.width(), 76), _BAND)
        painter.fillRect(QRectF(0, 76, _PAGE.width(), 5), _STRIPE)
    painter.setPen(_QUIET)
    metrics = QFontMetricsF(font)
    if page:
        kind = report.kind[:1].upper() + report.kind[1:]
        room = right - _SIDE - metrics.horizontalAdvance(kind) - 24
        name = metrics.elidedText(report.location_name, Qt.TextElideMode.ElideRight, room)
        _paint_line(painter, 52, name, kind)
    footer = f"Page {page + 1} of {pages}" if page else ""
    _paint_line(painter, _PAGE.height() - 52, report.publication_line, footer)
    painter.restore()


def _paint_line(painter: QPainter, top: float, left: str, right: str) -> None:
    box = QRectF(_SIDE, top - 8, _TEXT.width(), 20)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), left)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), right)


def _paint_watermark(painter: QPainter) -> None:
    painter.save()
    font = QFont("Arial")
    font.setPixelSize(190)
    painter.setFont(font)
    painter.setPen(_WATERMARK)
    painter.translate(_PAGE.width() / 2, _PAGE.height() / 2)
    painter.rotate(-45)
    painter.drawText(QRectF(-500, -150, 1000, 300), int(Qt.AlignmentFlag.AlignCenter), "DRAFT")
    painter.restore()
