"""The list of hits: each with the words around it on one line, below the name of its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from inspector_app.domain.search.excerpt import Excerpt
from inspector_app.texts import count_units
from inspector_app.ui.find.hit_model import COUNT, EXCERPT, FIELD
from inspector_app.ui.widgets.labels import SPACE
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from inspector_app.ui.find.hit_model import HitModel

_Index = QModelIndex | QPersistentModelIndex
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_ELLIPSIS = "…"


class HitList(QTableView):
    """Enter or a click goes to a hit; Space or its box leaves it out of a replacement."""

    hit_wanted = Signal(int)
    """The person wants to see a hit; carries its row."""

    def __init__(self, results: HitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_results")
        self.setAccessibleName("What was found")
        self.setModel(results)
        self.setItemDelegate(_HitDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        # All alike, or each of thousands of rows would be measured.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + SPACE)
        self.setMinimumHeight(3 * rows.defaultSectionSize())

    def select_row(self, row: int) -> None:
        """Make a row the current one and bring it into view with its heading."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        if row > 0:
            self.scrollTo(self.model().index(row - 1, 0))
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the hit."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.hit_wanted.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the hit, unless the click ticked its box."""
        index = self.indexAt(event.position().toPoint())
        role = Qt.ItemDataRole.CheckStateRole
        before = index.data(role)
        super().mouseReleaseEvent(event)
        if (
            event.button() == Qt.MouseButton.LeftButton
            and index.isValid()
            and index == self.currentIndex()
            and index.data(role) == before
        ):
            self.hit_wanted.emit(index.row())


class _HitDelegate(QStyledItemDelegate):
    """Paints plain text only, whatever was typed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a heading or a hit."""
        excerpt = index.data(EXCERPT)
        painter.save()
        if isinstance(excerpt, Excerpt):
            self._paint_hit(painter, option, index, excerpt)
        else:
            _paint_heading(painter, option, index)
        painter.restore()

    def _paint_hit(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, excerpt: Excerpt
    ) -> None:
        shape = QStyleOptionViewItem(option)
        self.initStyleOption(shape, index)
        widget = option.widget
        style = widget.style()
        rect = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, shape, widget)
        shape.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shape, painter, widget)
        selected = bool(shape.state & QStyle.StateFlag.State_Selected)
        group = QPalette.ColorGroup.Active
        role = QPalette.ColorRole.Text
        colour = shape.palette.color(group, role)
        if selected:
            colour = QColor(get_colour("selection_text"))
        quiet = colour if selected else QColor(get_colour("quiet_text"))
        field = str(index.data(FIELD) or "")
        _paint_line(painter, shape.font, rect.adjusted(2, 0, -4, 0), field, excerpt, colour, quiet)


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
    rect = option.rect
    painter.fillRect(rect, QColor(get_colour("raised")))
    font = QFont(option.font)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(get_colour("text")))
    inside = rect.adjusted(SPACE, 0, -SPACE, 0)
    count = str(index.data(COUNT) or "")
    metrics = painter.fontMetrics()
    room = inside.width() - metrics.horizontalAdvance(count) - SPACE
    title = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(inside, int(middle | Qt.AlignmentFlag.AlignLeft), title)
    painter.setPen(QColor(get_colour("quiet_text")))
    painter.drawText(inside, int(middle | Qt.AlignmentFlag.AlignRight), count)


def _paint_line(
    painter: QPainter,
    font: QFont,
    rect: QRect,
    field: str,
    excerpt: Excerpt,
    colour: QColor,
    quiet: QColor,
) -> None:
    """Paint the field's name quietly, the words around the hit, and the hit in bold."""
    name = f"{field}: " if field else ""
    text = f"{name}{excerpt.text}"
    start = count_units(name + excerpt.before)
    formats = [
        _format(0, count_units(name), quiet),
        _format(start, count_units(excerpt.hit), colour, bold=True),
    ]
    layout = _lay_out(text, font, formats)
    if layout.lineAt(0).naturalTextWidth() > rect.width():
        room = rect.width() - QFontMetricsF(font).horizontalAdvance(_ELLIPSIS)
        cut = layout.lineAt(0).xToCursor(max(room, 0.0))
        shown = text.encode("utf-16-le", "surrogatepass")[: 2 * cut].decode("utf-16-le", "ignore")
        layout = _lay_out(shown + _ELLIPSIS, font, formats)
    painter.setClipRect(rect)
    painter.setPen(colour)
    top = rect.top() + (rect.height() - layout.lineAt(0).height()) / 2
    layout.draw(painter, QPointF(rect.left(), top))


def _format(
    start: int, length: int, colour: QColor, *, bold: bool = False
) -> QTextLayout.FormatRange:
    letters = QTextCharFormat()
    letters.setForeground(colour)
    if bold:
        letters.setFontWeight(QFont.Weight.Bold)
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, length, letters
    return found


def _lay_out(text: str, font: QFont, formats: list[QTextLayout.FormatRange]) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.beginLayout()
    layout.createLine().setLineWidth(float(2**20))
    layout.endLayout()
    return layout
