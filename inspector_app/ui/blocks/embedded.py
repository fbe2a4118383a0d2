"""Tables and pictures within a text, painted as what they are, small.

An embedded object is one character of its line, as Qt has it for inline objects. The cursor stands
in front of it or behind it. The height does not depend on what is in a picture, so that nothing
moves when a thumbnail comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtGui
from PySide6.QtCore import QPoint, QRect, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPalette,
    QPen,
    QPyTextObject,
    QTextFormat,
)

from inspector_app.domain.entities import Attachment, Block
from inspector_app.texts import clean_text, collapse_spaces, pluralise
from inspector_app.ui.blocks.lines import EMBEDDED_OBJECT, describe_embedded, is_embedded, line_id
from inspector_app.ui.blocks.picture_editor import WIDTHS
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextDocument
    from PySide6.QtWidgets import QTextEdit

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change

_MOST_ROWS = 7
"""Rows of a table that are painted, the header included."""
_MOST_COLUMNS = 12
_SMALL = 0.9
"""Of the size of the text."""
_PICTURE_LINES = 8
_SPACE = 6
_LEAST_WIDTH = 160
_LONGEST_CELL = 200
"""Letters of a cell that are looked at."""


class EmbeddedObjects(QPyTextObject):
    """Paints the tables and pictures of a text area, and says where they are.

    Args:
        document: The open inspection.
        area: The text area; its lines name the blocks.
    """

    def __init__(self, document: InspectionDocument, area: QTextEdit) -> None:
        super().__init__(area)
        self._document = document
        self._area = area
        self._told = ""
        area.document().documentLayout().registerHandler(EMBEDDED_OBJECT, self)
        area.cursorPositionChanged.connect(self._on_cursor_moved)
        document.photos.ready.connect(self._on_photo_ready)
        document.changed.connect(self._on_changed)

    # -- where they are

    def find_line_at(self, spot: QPoint) -> int | None:
        """Return the number of the line whose object is at a place of the viewport, or None."""
        line = self._area.cursorForPosition(spot).block()
        if not is_embedded(line) or line.layout().lineCount() == 0:
            return None
        first = line.layout().lineAt(0)
        rect = first.naturalTextRect().translated(line.layout().position())
        return line.blockNumber() if rect.contains(spot.toPointF()) else None

    # -- telling who does not see

    @Slot()
    def _on_cursor_moved(self) -> None:
        line = self._area.textCursor().block()
        here = line_id(line) if is_embedded(line) else ""
        if here and here != self._told and self._area.hasFocus():
            block = self._find(here)
            # A character stands for it, which says nothing; before Qt 6.8 nothing can be announced.
            announce = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
            if block is not None and announce is not None:
                QAccessible.updateAccessibility(announce(self._area, describe_embedded(block)))
        self._told = here

    # -- painting

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: A002, N803
        """Return how large an object is."""
        block = self._find(line_id(doc.findBlock(posInDocument)))
        shape = doc.rootFrame().frameFormat()
        width = doc.textWidth() - shape.leftMargin() - shape.rightMargin() - 2
        width = max(width, _LEAST_WIDTH)
        if block is None or block.kind != "table":
            return QSizeF(width, _PICTURE_LINES * QFontMetricsF(doc.defaultFont()).lineSpacing())
        rows, more = _list_rows(block)
        return QSizeF(width, (len(rows) + bool(more)) * _row_height(doc) + 2)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803
        format: QTextFormat,  # noqa: A002
    ) -> None:
        """Paint an object."""
        block = self._find(line_id(doc.findBlock(posInDocument)))
        if block is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        palette = self._area.palette()
        painter.fillRect(frame, palette.color(QPalette.ColorRole.Base))
        if block.kind == "table":
            self._draw_table(painter, frame, doc, block)
        else:
            self._draw_picture(painter, frame, doc, block)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        # Of what is selected, Qt gives the format the colours of the selection, and tints it.
        if format.hasProperty(QTextFormat.Property.BackgroundBrush):
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            frame.adjust(0.5, 0.5, -0.5, -0.5)
        painter.drawRect(frame)
        painter.restore()

    def _draw_table(
        self, painter: QPainter, frame: QRectF, doc: QTextDocument, table: Block
    ) -> None:
        rows, more = _list_rows(table)
        height = _row_height(doc)
        small = _small_font(doc)
        bold = QFont(small)
        bold.setBold(True)
        widths = _share_width([row[:_MOST_COLUMNS] for row in rows], bold, frame.width())
        palette = self._area.palette()
        line = palette.color(QPalette.ColorRole.Mid)
        text = palette.color(QPalette.ColorRole.Text)
        for number, row in enumerate(rows):
            top = frame.top() + number * height
            is_header = number == 0 and bool(table.header)
            painter.setFont(bold if is_header else small)
            metrics = QFontMetricsF(painter.font())
            if is_header:
                strip = QRectF(frame.left(), top, frame.width(), height)
                painter.fillRect(strip, QColor(get_colour("raised")))
            left = frame.left()
            field = "header" if is_header else "rows"
            for cell, width in zip(row, widths, strict=False):
                place = QRectF(left, top, width, height)
                has_gap = bool(self._document.gaps.find_in(cell, table.id, field))
                if has_gap:
                    painter.fillRect(place, QColor(get_colour("warning")))
                painter.setPen(QColor(get_colour("warning_text")) if has_gap else text)
                _draw_line(painter, place.adjusted(_SPACE, 0, -_SPACE, 0), cell, metrics)
                left += width
                painter.setPen(QPen(line, 1))
                painter.drawLine(place.topRight(), place.bottomRight())
            painter.setPen(QPen(line, 1))
            below = QRectF(frame.left(), top, frame.width(), height)
            painter.drawLine(below.bottomLeft(), below.bottomRight())
        if more or not rows:
            painter.setFont(small)
            painter.setPen(QColor(get_colour("quiet_text")))
            top = frame.top() + len(rows) * height
            place = QRectF(frame.left() + _SPACE, top, frame.width() - 2 * _SPACE, height)
            words = f"and {pluralise(more, 'more row')}" if rows else "Empty table"
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _draw_picture(
        self, painter: QPainter, frame: QRectF, doc: QTextDocument, picture: Block
    ) -> None:
        box = frame.adjusted(_SPACE, _SPACE, -_SPACE, -_SPACE)
        box.setWidth(min(box.height() * 1.5, box.width() / 2))
        file = self._document.inspection.find(picture.attachment)
        file = file if isinstance(file, Attachment) else None
        image = None
        if file is not None:
            side = int(max(box.width(), box.height()) * painter.device().devicePixelRatioF())
            image = self._document.photos.find_thumbnail(file.sha256, side)
        painter.fillRect(box, QColor(get_colour("raised")))
        if image is not None and not image.isNull():
            size = QSizeF(image.size()).scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(box.topLeft(), size)
            place.moveCenter(box.center())
            painter.drawImage(place, image)
        elif file is None or image is not None:
            painter.setFont(_small_font(doc))
            painter.setPen(QColor(get_colour("quiet_text")))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box, int(flags), "The picture is missing")
        self._write_beside(painter, frame, box, doc, picture, file)

    def _write_beside(
        self,
        painter: QPainter,
        frame: QRectF,
        box: QRectF,
        doc: QTextDocument,
        picture: Block,
        file: Attachment | None,
    ) -> None:
        """Write caption, width and what is missing to the right of a thumbnail."""
        place = frame.adjusted(box.width() + 3 * _SPACE, _SPACE, -_SPACE, -_SPACE)
        caption = clean_text(picture.caption or (file.caption if file else ""))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        painter.setFont(self._area.font())
        quiet = QColor(get_colour("quiet_text"))
        painter.setPen(self._area.palette().color(QPalette.ColorRole.Text) if caption else quiet)
        upper = QRectF(place)
        upper.setHeight(place.height() * 0.62)
        painter.save()
        painter.setClipRect(upper)
        painter.drawText(upper, flags, caption or "No caption")
        painter.restore()
        small = _small_font(doc)
        painter.setFont(small)
        painter.setPen(quiet)
        facts = [WIDTHS[picture.width], "" if picture.text.strip() else "no alternative text yet"]
        words = ", ".join(filter(None, facts))
        lower = QRectF(place)
        lower.setTop(place.bottom() - QFontMetricsF(small).lineSpacing())
        _draw_line(painter, lower, words, QFontMetricsF(small))

    def _find(self, id_: str) -> Block | None:
        found = self._document.inspection.find(id_)
        return found if isinstance(found, Block) else None

    # -- following

    @Slot(str)
    def _on_photo_ready(self, sha256: str) -> None:
        self._area.viewport().update()

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        # A picture's own file or caption: no line shows it in letters.
        if any(
            isinstance(self._document.inspection.find(edit.entity), Attachment)
            for edit in change.edits
        ):
            self._area.viewport().update()


def _list_rows(table: Block) -> tuple[list[Sequence[str]], int]:
    """Return the rows to be painted, and how many more there are."""
    rows: list[Sequence[str]] = [
        *([table.header] if table.header else []),
        *table.rows[:_MOST_ROWS],
    ]
    count = len(table.rows) + bool(table.header)
    # A line that says “and 1 more row” takes as much room as the row.
    shown = rows[: count if count <= _MOST_ROWS else _MOST_ROWS - 1]
    return shown, count - len(shown)


def _small_font(doc: QTextDocument) -> QFont:
    font = QFont(doc.defaultFont())
    font.setPointSizeF(font.pointSizeF() * _SMALL)
    return font


def _row_height(doc: QTextDocument) -> float:
    return QFontMetricsF(_small_font(doc)).lineSpacing() + _SPACE


def _share_width(rows: Sequence[Sequence[str]], font: QFont, width: float) -> list[float]:
    """Share a width among columns by the length of what stands in them."""
    metrics = QFontMetricsF(font)
    least = 2 * _SPACE + metrics.averageCharWidth() * 2
    wanted: list[float] = []
    for row in rows:
        wanted += [least] * (len(row) - len(wanted))
        for column, cell in enumerate(row):
            letters = collapse_spaces(cell[:_LONGEST_CELL])
            room = metrics.horizontalAdvance(letters) + 2 * _SPACE
            wanted[column] = max(wanted[column], min(room, width))
    # A long cell takes no room that short ones need.
    fair = width / max(len(wanted), 1)
    short = sum(room for room in wanted if room <= fair)
    long = sum(room for room in wanted if room > fair)
    if not long:
        return [room * width / short for room in wanted] if short else []
    return [room if room <= fair else room * (width - short) / long for room in wanted]


def _draw_line(painter: QPainter, place: QRectF, text: str, metrics: QFontMetricsF) -> None:
    line = collapse_spaces(clean_text(text[:_LONGEST_CELL]))
    shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, place.width())
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(place, int(flags), shown)
