"""How a line of “Go to anything” looks: where it leads, its key, and what kind of thing it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inspector_app.ui.widgets.labels import SPACE
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

KIND = Qt.ItemDataRole.UserRole + 1
KEY = Qt.ItemDataRole.UserRole + 2
_Index = QModelIndex | QPersistentModelIndex


class GoToRow(QStyledItemDelegate):
    """Paints kind and key at the right, and what is left of the text before them."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a line."""
        self.initStyleOption(option, index)
        text = option.text
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setFont(option.font)
        box = option.rect.adjusted(SPACE, 0, -SPACE, 0)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        quiet = get_colour("selection_text" if is_chosen else "quiet_text")
        painter.setPen(quiet)
        middle = Qt.AlignmentFlag.AlignVCenter
        for part in (str(index.data(KIND) or ""), str(index.data(KEY) or "")):
            width = option.fontMetrics.horizontalAdvance(part)
            if part and width < box.width() // 2:
                painter.drawText(box, int(middle | Qt.AlignmentFlag.AlignRight), part)
                box.adjust(0, 0, -width - 3 * SPACE, 0)
        if not is_chosen:
            painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(middle | Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return room for a line of text."""
        return QSize(1, option.fontMetrics.height() + SPACE + SPACE // 2)
