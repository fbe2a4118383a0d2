"""The report on screen, as it will print: always dark on paper, whatever the theme."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QPalette, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QFrame, QTextBrowser

from inspector_app.document.slices import Slices
from inspector_app.report.pieces import apply_hunks, compare_pieces
from inspector_app.ui.preview.report_text import ReportText
from inspector_app.ui.widgets.qt_text import choose_wrapping
from inspector_app.ui.widgets.theme import get_text_scale

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from PySide6.QtGui import QMouseEvent, QResizeEvent, QTextBlock
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.report.pictures import PrintedPictures
    from inspector_app.report.pieces import Hunk, Piece
    from inspector_app.report.report import Report

_PAPER = "#ffffff"
_INK = "#1f2a30"
_DESK = "#dfe5e7"
_WIDEST_PICTURE = 560
_TALLEST_PICTURE = 560
_SHEET_WIDTH = 820
_MARGIN = 48
_NARROW_MARGIN = 20
_NARROW = 680
"""Pixels: below, the sheet has narrow margins, so that lines keep some words."""
_STYLE_SHEET = "preview.css"
_ZOOMS = (0.7, 0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
_INDENT = 40
_FIT_DELAY = 120
_POINTS = re.compile(r"(\d+(?:\.\d+)?)pt\b")
_SMALL = 600
"""Pieces: a report of no more is drawn at once, a larger one in slices between the keys."""
_SLICE = 5
"""Milliseconds that drawing takes before whatever the person does has its turn."""
_BATCH = 8


class ReportView(QTextBrowser):
    """Shows a rendered report. Pictures come from the inspection; nothing else is loaded.

    Raises, where it shows a report: `TemplateFault` when the style sheet is missing.
    """

    place_clicked = Signal(str)
    """The person clicked on a sentence; carries the id of the part that it comes from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: InspectionDocument | None = None
        self._style = ""
        self._pieces: list[Piece] = []
        """The report as it is wanted; what is not drawn yet of it waits in the next two."""
        self._unfilled: deque[Piece] = deque()
        self._hunks: deque[Hunk] = deque()
        self._awaited: tuple[str, ...] = ()
        self._text = ReportText(self.document(), self._name_pictures)
        self._slices = Slices(_SLICE, self)
        self._headings: Mapping[str, str] = {}
        self._places: tuple[list[int], list[str]] | None = None
        self._pressed: QPoint | None = None
        self._top: tuple[QTextCursor, int] | None = None
        """What stands at the top, and how far below the edge, as long as nobody scrolls."""
        self._is_keeping_place = False
        self._widest_picture = _WIDEST_PICTURE
        self._pictures: PrintedPictures | None = None
        self._fit_timer = QTimer(self, singleShot=True, interval=_FIT_DELAY)
        self._fit_timer.timeout.connect(self._show_in_place)
        self._zoom = _ZOOMS.index(1.0)
        self._drawn_scale = 1.0
        self.setObjectName("report_view")
        self.setProperty("role", "paper")
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
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_report(
        self,
        source: InspectionDocument,
        report: Report,
        headings: Mapping[str, str] | None = None,
    ) -> None:
        """Show a report from its top.

        Args:
            source: Gives the pictures.
            report: The report.
            headings: Parts that begin with a heading of the template, by the heading's text.
        """
        from inspector_app.report.report import load_report_style
        from inspector_app.report.splitting import split_report

        style = load_report_style(report, _STYLE_SHEET)
        self.show_pieces(source, style, split_report(report.html), headings or {})

    def show_pieces(
        self,
        source: InspectionDocument,
        style: str,
        pieces: Sequence[Piece],
        headings: Mapping[str, str],
    ) -> None:
        """Show a report that is in pieces already; see `show_report`."""
        if source is not self._source:
            self._leave_source()
            source.photos.came.connect(self._on_pictures_came)
        self._source = source
        self._pictures = None
        self._style = style
        self._pieces = list(pieces)
        self._headings = headings
        self._show()
        self.verticalScrollBar().setValue(0)

    def update_report(self, report: Report, headings: Mapping[str, str]) -> None:
        """Show a newer report; what stands at the top of the view stays there."""
        from inspector_app.report.report import load_report_style
        from inspector_app.report.splitting import split_report

        pieces = split_report(report.html)
        style = load_report_style(report, _STYLE_SHEET)
        if style == self._style:
            self.update_pieces(compare_pieces(self._pieces, pieces), headings)
            return
        self._style = style
        self._pieces = pieces
        self._headings = headings
        self._show_in_place()

    def update_pieces(self, hunks: Sequence[Hunk], headings: Mapping[str, str]) -> None:
        """Show a newer report by what changed of the one that was asked for last."""
        self._headings = headings
        self._places = None
        if not hunks:
            return
        shown = self._pieces
        self._pieces = apply_hunks(shown, hunks)
        choose_wrapping(self, (piece.html for piece in (*shown, *self._pieces)))
        # From the end: what comes before keeps its number.
        self._hunks.extend(reversed(hunks))
        self._draw()

    @Slot()
    def _show_in_place(self) -> None:
        place = self._find_place(self.cursorForPosition(QPoint(1, 1)).position())
        bar = self.verticalScrollBar()
        value = bar.value()
        before = self._find_top(place)
        self._show()
        after = self._find_top(place)
        if self.is_drawing:
            self._awaited = (place,)
        bar.setValue(value if before is None or after is None else value + after - before)

    def clear_report(self) -> None:
        """Show nothing."""
        self._leave_source()
        self._style = ""
        self._pieces = []
        self._forget_work()
        self._text.clear("")

    # -- drawing

    @property
    def style_sheet(self) -> str:
        """The style sheet that the report is shown with; "": nothing is shown."""
        return self._style

    @property
    def pieces(self) -> Sequence[Piece]:
        """The report that is shown, or will be as soon as it is drawn."""
        return self._pieces

    @property
    def is_drawing(self) -> bool:
        """Whether a part of what is to be shown is still to be drawn."""
        return bool(self._unfilled or self._hunks)

    def _show(self) -> None:
        self._fit_timer.stop()
        if self._source is None:
            return
        # Qt's own zoom leaves sizes of the style sheet as they are.
        zoom = self._scale
        font = self.font()
        # Headings take their size from it, whatever the style sheet says.
        font.setPointSizeF(QApplication.font().pointSizeF() * _ZOOMS[self._zoom])
        self.document().setDefaultFont(font)
        style = _POINTS.sub(lambda found: f"{float(found[1]) * zoom:.1f}pt", self._style)
        self._forget_work()
        self._drawn_scale = zoom
        self._text.clear(style)
        choose_wrapping(self, (piece.html for piece in self._pieces))
        self._unfilled.extend(self._pieces)
        self._draw()

    def _forget_work(self) -> None:
        self._slices.stop()
        self._unfilled.clear()
        self._hunks.clear()
        self._awaited = ()
        self._places = None
        self._top = None

    def _draw(self) -> None:
        """Draw what waits: a small report at once, a large one in slices."""
        small = len(self._pieces) <= _SMALL
        self._slices.start(self._draw_in_steps(_SMALL if small else _BATCH))
        if small:
            self._slices.finish()

    def _draw_in_steps(self, batch: int) -> Generator[None, None, None]:
        while self.is_drawing:
            self._draw_step(batch)
            yield
        choose_wrapping(self, (piece.html for piece in self._pieces))
        # Laid out to the end: otherwise there is no scrolling yet to where the view was.
        self.document().pageCount()
        if self._awaited:
            awaited, self._awaited = self._awaited, ()
            self.show_place(awaited)

    def _draw_step(self, batch: int) -> None:
        self._places = None
        if self._unfilled:
            count = min(batch, len(self._unfilled))
            self._text.append([self._unfilled.popleft() for _ in range(count)])
            return
        hunk = self._hunks.popleft()
        top = self.cursorForPosition(QPoint(1, 1))
        before = self.cursorRect(top).top()
        if not self._text.replace(hunk):
            self._show_in_place()
            return
        moved = self.cursorRect(top).top() - before
        if moved:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + moved)

    # -- where the parts stand

    def show_place(self, ids: Iterable[str]) -> bool:
        """Bring the first of some parts that the report prints to the top of the view.

        Returns:
            Whether one was found; while the report is still being drawn, it is looked for again.
        """
        ids = tuple(ids)
        for id_ in ids:
            top = self._find_top(id_)
            if top is not None:
                self.verticalScrollBar().setValue(max(0, top - _NARROW_MARGIN))
                return True
        self._awaited = ids if self.is_drawing else ()
        return False

    def keep_in_middle(self, id_: str) -> bool:
        """Scroll as little as brings a part into the middle third of the view.

        Returns:
            Whether the report prints it.
        """
        block = self._find_block(id_)
        if block is None:
            return False
        place = self.document().documentLayout().blockBoundingRect(block)
        bar = self.verticalScrollBar()
        third = self.viewport().height() / 3
        highest, lowest = place.top() - third, place.bottom() - 2 * third
        # Of what is higher than a third its beginning is seen.
        bar.setValue(round(min(max(bar.value(), lowest), highest)))
        return True

    @contextmanager
    def _keeping_place(self) -> Iterator[None]:
        """Have what stands at the top of the view stay there, however lines are broken anew."""
        if self._is_keeping_place or self.is_drawing or self.document().isEmpty():
            yield
            return
        if self._top is None:
            top = self.cursorForPosition(QPoint(1, 1))
            self._top = (top, self.cursorRect(top).top())
        self._is_keeping_place = True
        yield
        top, before = self._top
        # Laid out to the end: otherwise there is no scrolling yet to where the view was.
        self.document().pageCount()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(top).top() - before)
        self._is_keeping_place = False

    @Slot()
    def _on_scrolled(self) -> None:
        if not self._is_keeping_place:
            self._top = None

    def _list_places(self) -> tuple[list[int], list[str]]:
        """Return where parts begin, and their ids."""
        if self._places is None:
            starts: list[int] = []
            ids: list[str] = []
            block = self.document().begin()
            while block.isValid():
                found = ""
                text = block.begin()
                if not text.atEnd() and (names := text.fragment().charFormat().anchorNames()):
                    # The anchor of a part without text falls on the next: the last is its own.
                    found = names[-1]
                elif block.blockFormat().headingLevel():
                    found = self._headings.get(block.text(), "")
                elif not starts:
                    found = self._headings.get("", "")
                if found:
                    starts.append(block.position())
                    ids.append(found)
                block = block.next()
            self._places = (starts, ids)
        return self._places

    def _find_place(self, position: int) -> str:
        starts, ids = self._list_places()
        index = bisect_right(starts, position) - 1
        return ids[index] if index >= 0 else ""

    def _find_top(self, id_: str) -> int | None:
        block = self._find_block(id_)
        if block is None:
            return None
        return round(self.document().documentLayout().blockBoundingRect(block).top())

    def _find_block(self, id_: str) -> QTextBlock | None:
        """Return where a part begins: of its headings the largest; a summary may have one, too."""
        starts, ids = self._list_places()
        places = (start for start, found in zip(starts, ids, strict=True) if found == id_)
        blocks = map(self.document().findBlock, places)
        return min(blocks, key=lambda block: block.blockFormat().headingLevel(), default=None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click, not a drag over text, goes to where a sentence comes from."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        here = event.position().toPoint()
        if (
            event.button() == Qt.MouseButton.LeftButton
            and pressed is not None
            and (here - pressed).manhattanLength() < 4
            and not self.anchorAt(here)
            and (place := self._find_place(self.cursorForPosition(here).position()))
        ):
            self.place_clicked.emit(place)

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
        self._show_in_place()
        with self._keeping_place():
            self._centre_sheet()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture of the inspection; files and the network are never asked."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        from inspector_app.document.pictures import get_picture_of_report

        return get_picture_of_report(QUrl(name), self._get_pictures())

    def _name_pictures(self, html: str) -> str:
        if "<img " not in html:
            return html
        from inspector_app.document.pictures import name_pictures

        return name_pictures(html, self._get_pictures())

    def _get_pictures(self) -> PrintedPictures:
        if self._pictures is None:
            from inspector_app.report.pictures import SCREEN_PIXELS_PER_INCH, PrintedPictures, Room

            room = Room(self._widest_picture, _TALLEST_PICTURE)
            inches = Room(*(side / SCREEN_PIXELS_PER_INCH for side in room))
            self._pictures = PrintedPictures(self._read_attachment, inches)
        return self._pictures

    def _read_attachment(self, attachment: str) -> bytes | None:
        return None if self._source is None else self._source.photos.read(attachment)

    @Slot()
    def _on_pictures_came(self) -> None:
        """Show pictures whose folder took its time."""
        self._pictures = None
        self._show_in_place()

    def _leave_source(self) -> None:
        if self._source is not None:
            self._source.photos.came.disconnect(self._on_pictures_came)
            self._source = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read: a sheet in the middle of the desk."""
        with self._keeping_place():
            self._centre_sheet()
            super().resizeEvent(event)
        self._fit_pictures()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the window's text; stay at the same place."""
        with self._keeping_place():
            super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._drawn_scale != self._scale:
            self._show_in_place()
            self._centre_sheet()

    @property
    def _scale(self) -> float:
        """How many times larger than on paper the report is shown."""
        return _ZOOMS[self._zoom] * get_text_scale()

    def _fit_pictures(self) -> None:
        # Not the viewport's width, which changes as scroll bars come and go.
        sheet = min(self.width() - _INDENT, round(_SHEET_WIDTH * self._scale))
        room = sheet - 2 * round(self.document().documentMargin())
        widest = min(_WIDEST_PICTURE, max(room, _INDENT))
        if widest != self._widest_picture:
            self._widest_picture = widest
            self._pictures = None
            if any("<img " in piece.html for piece in self._pieces):
                self._fit_timer.start()

    def _centre_sheet(self) -> None:
        spare = self.width() - self.verticalScrollBar().sizeHint().width()
        margin = _MARGIN if self.width() >= _NARROW else _NARROW_MARGIN
        if self.document().documentMargin() != margin:
            self.document().setDocumentMargin(margin)
        side = max(0, (spare - round(_SHEET_WIDTH * self._scale)) // 2)
        self.setViewportMargins(side, 0, side, 0)

    @Slot(QUrl)
    def _on_anchor_clicked(self, url: QUrl) -> None:
        if url.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(url)
