"""Printing the report: the pages of the PDF, seen first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QToolBar

from inspector_app.document.pdf import PrintedReport
from inspector_app.errors import InspectorError
from inspector_app.ui.widgets.window_sizes import share_size

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.printable import PrintableReport

_RESOLUTION = 600
_LEAST = (1100, 480)
"""As wide as the dialog's buttons, where the screen has room for them."""


def ensure_printing() -> None:
    """See that printing is possible here.

    Raises:
        InspectorError: It is not.
    """
    try:
        import PySide6.QtPrintSupport  # noqa: F401
    except ImportError as error:
        raise InspectorError(
            f"Printing needs a part of the system that is missing on this computer ({error}). "
            "Everything else works: export the report as PDF and print that, or ask whoever looks "
            "after this computer to install the missing part."
        ) from error


def make_print_preview(report: PrintableReport, parent: QWidget) -> QPrintPreviewDialog:
    """Return the dialog that shows the pages of a report and prints them."""
    from PySide6.QtPrintSupport import QPrintPreviewDialog

    pages = PrintedReport(report)
    dialog = QPrintPreviewDialog(parent)
    printer = dialog.printer()
    printer.setResolution(_RESOLUTION)
    printer.setDocName(report.title)
    printer.setCreator("Inspector")
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    printer.setFullPage(True)
    dialog.setObjectName("print_preview")
    dialog.setWindowTitle("Print the report")
    dialog.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
    dialog.resize(share_size(dialog, parent, QSize(*_LEAST)))
    bar = dialog.findChild(QToolBar)
    if isinstance(bar, QToolBar) and len(bar.actions()) > 1:
        # Qt's last button prints; in a narrow window nobody would find it.
        first, prints = bar.actions()[0], bar.actions()[-1]
        bar.insertAction(first, prints)
        bar.insertSeparator(first)
    dialog.paintRequested.connect(lambda target: print_pages(pages, target))
    return dialog


def print_pages(pages: PrintedReport, printer: QPrinter) -> None:
    """Paint the pages on a printer: those that the person chose, as large as its paper allows."""
    first = printer.fromPage() or 1
    last = min(printer.toPage() or pages.count, pages.count)
    paper = QSizeF(printer.paperRect(printer.Unit.DevicePixel).size())
    scale = min(paper.width() / pages.size.width(), paper.height() / pages.size.height())
    painter = QPainter(printer)
    painter.scale(scale, scale)
    for page in range(first - 1, last):
        if page >= first:
            printer.newPage()
        pages.paint(painter, page)
    painter.end()
