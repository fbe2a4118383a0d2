"""How a note looks in the panel beside the writing: origin, text, photos, use."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from inspector_app.ui.evidence.linking import name_note
from inspector_app.ui.evidence.pictures import paint_thumbnail
from inspector_app.ui.widgets.labels import SPACE
from inspector_app.ui.widgets.qt_text import skip_units
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from inspector_app.document.photos import Photos
    from inspector_app.domain.entities import Attachment, EvidenceNote
    from inspector_app.domain.part_notes import NoteGroup
    from inspector_app.ui.support.note_list_model import NoteListModel

_PAD = 3 * SPACE // 2
_GAP = SPACE // 2
_LINES = 3
"""Of the text of a note, until all of it is wanted."""
_PER_LINE = 240
"""Letters that are looked at for one line at most."""
_PHOTO = QSize(72, 54)
_MORE, _LESS = "More", "Less"


class CardPlace(NamedTuple):
    """What is at a place of a card: `part` is “more”, “photo” or "" for all else."""

    part: str = ""
    photo: str = ""


class _Card(NamedTuple):
    """Where the parts of a card are, from its upper left corner."""

    height: int
    head: QRect
    text: QRect
    is_cut: bool
    more: QRect
    photos: tuple[QRect, ...]
    foot: QRect


class NoteCardDelegate(QStyledItemDelegate):
    """Measures and paints notes and the heads of their groups."""

    def __init__(self, notes: NoteListModel, photos: Photos, parent: QObject) -> None:
        super().__init__(parent)
        self._notes = notes
        self._photos = photos
        self._whole: set[str] = set()
        """Ids of the notes whose text is shown to the end."""
        self._cards: dict[str, tuple[EvidenceNote, str, _Card]] = {}
        self._font = QFont()
        self._width = 0

    def toggle_text(self, note: str) -> None:
        """Show all of a note's text, or its first lines again."""
        self._whole ^= {note}
        self._cards.pop(note, None)

    def find_place(self, row: int, width: int, spot: QPoint) -> CardPlace:
        """Return what is at a spot, which counts from the upper left corner of a row."""
        note = self._notes.find_note(row)
        if note is None:
            return CardPlace()
        card = self._measure(note, width)
        if card.more.contains(spot):
            return CardPlace("more")
        for place, photo in zip(card.photos, self._notes.list_photos(note), strict=False):
            if place.contains(spot):
                return CardPlace("photo", photo.id)
        return CardPlace()

    def paint_line(self, words: str, where: QWidget) -> QPixmap:
        """Return a line that is carried beside the mouse."""
        metrics = QFontMetrics(self._font)
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, where.width())
        size = QSize(metrics.horizontalAdvance(words) + 2 * _PAD, metrics.height() + SPACE)
        ratio = where.devicePixelRatioF()
        line = QPixmap(size * ratio)
        line.setDevicePixelRatio(ratio)
        line.fill(QColor(get_colour("selection")))
        painter = QPainter(line)
        place = QRect(QPoint(), size).adjusted(_PAD, 0, 0, 0)
        self._paint_line(painter, place, words, "selection_text")
        painter.end()
        return line

    # -- measuring

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a row; all are as wide as the list."""
        self._follow_font(option.font)
        width = option.rect.width()
        note = self._notes.find_note(index.row())
        if note is None:
            is_head = not self._notes.get_id(index.row())
            remark = is_head and self._notes.get_head(self._notes.get_group(index.row())).remark
            lines = 2 if remark else 1
            return QSize(width, lines * QFontMetrics(self._font).height() + 2 * SPACE)
        return QSize(width, self._measure(note, width).height)

    def _follow_font(self, font: QFont) -> None:
        if font != self._font:
            self._font = QFont(font)
            self._cards.clear()

    def _measure(self, note: EvidenceNote, width: int) -> _Card:
        foot = self._notes.describe_use(note)
        if width != self._width:
            self._width = width
            self._cards.clear()
        known = self._cards.get(note.id)
        if known is not None and known[0] is note and known[1] == foot:
            return known[2]
        card = self._lay_out(note, width, foot)
        self._cards[note.id] = (note, foot, card)
        return card

    def _lay_out(self, note: EvidenceNote, width: int, foot: str) -> _Card:
        line = QFontMetrics(self._font).height()
        room = max(width - 2 * _PAD, line)
        head = QRect(_PAD, SPACE, room, line)
        whole = note.id in self._whole
        layout = self._make_text(note, room, None if whole else _LINES + 1)
        lines = layout.lineCount()
        shown = lines if whole else min(lines, _LINES)
        # All lines are as high, also where a letter of another script is higher.
        text = QRect(_PAD, head.bottom() + 1 + _GAP // 2, room, shown * line)
        bottom = text.bottom() + 1
        more = QRect()
        if lines > _LINES:
            words = QFontMetrics(self._font).horizontalAdvance(_MORE) + 2 * SPACE
            more = QRect(_PAD, bottom, words, line + _GAP)
            bottom = more.bottom() + 1
        photos = []
        for at in range(len(self._notes.list_photos(note))):
            left = _PAD + at * (_PHOTO.width() + _GAP)
            if at and left + _PHOTO.width() > width - _PAD:
                break
            photos.append(QRect(QPoint(left, bottom + _GAP), _PHOTO))
        bottom += (_PHOTO.height() + _GAP) if photos else 0
        below = QRect()
        if foot:
            below = QRect(_PAD, bottom + _GAP // 2, room, line)
            bottom = below.bottom() + 1
        return _Card(bottom + SPACE, head, text, lines > shown, more, tuple(photos), below)

    def _make_text(self, note: EvidenceNote, width: int, most: int | None) -> QTextLayout:
        text = note.text.strip()
        if most is not None:
            text = text[: most * _PER_LINE]
        layout = QTextLayout(text.replace("\n", "\u2028"), self._font)
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(wrap)
        layout.setCacheEnabled(True)
        height = QFontMetrics(self._font).height()
        layout.beginLayout()
        while most is None or layout.lineCount() < most:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, (layout.lineCount() - 1) * height))
        layout.endLayout()
        return layout

    # -- painting

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a row."""
        self._follow_font(option.font)
        painter.save()
        painter.translate(option.rect.topLeft())
        size = option.rect.size()
        note = self._notes.find_note(index.row())
        if note is not None:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_note(painter, note, size, selected=selected)
        elif not self._notes.get_id(index.row()):
            self._paint_head(painter, self._notes.get_group(index.row()), size)
        focus = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Active
        if option.state & focus == focus:
            painter.setPen(QPen(QColor(get_colour("focus")), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRect(QPoint(), size).adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_head(self, painter: QPainter, group: NoteGroup, size: QSize) -> None:
        head = self._notes.get_head(group)
        painter.fillRect(QRect(QPoint(), size), QColor(get_colour("raised")))
        line = QFontMetrics(self._font).height()
        place = QRect(_PAD, SPACE, size.width() - 2 * _PAD, line)
        mark = "▸" if self._notes.is_folded(group) else "▾"
        bold = QFont(self._font)
        bold.setBold(True)
        count = f"{head.size:,}"
        room = place.width() - QFontMetrics(bold).horizontalAdvance(f" {count}")
        words = QFontMetrics(bold).elidedText(
            f"{mark} {head.title}", Qt.TextElideMode.ElideRight, room
        )
        painter.setFont(bold)
        painter.setPen(QColor(get_colour("text")))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft), words)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignRight), count)
        if head.remark:
            self._paint_line(painter, place.translated(0, line), head.remark, "quiet_text")

    def _paint_note(
        self, painter: QPainter, note: EvidenceNote, size: QSize, *, selected: bool
    ) -> None:
        card = self._measure(note, size.width())
        ground = "selection" if selected else "surface"
        ink, quiet = ("selection_text", "selection_text") if selected else ("text", "quiet_text")
        painter.fillRect(QRect(QPoint(), size), QColor(get_colour(ground)))
        painter.setPen(QColor(get_colour("line")))
        painter.drawLine(0, size.height() - 1, size.width(), size.height() - 1)
        bold = QFont(self._font)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(get_colour(ink)))
        name = QFontMetrics(bold).elidedText(
            name_note(note), Qt.TextElideMode.ElideRight, card.head.width()
        )
        painter.drawText(card.head, int(Qt.AlignmentFlag.AlignLeft), name)
        self._paint_text(painter, note, card, ink)
        if not card.more.isNull():
            words = _LESS if note.id in self._whole else _MORE
            self._paint_line(painter, card.more, words, ink if selected else "accent", link=True)
        for place, photo in zip(card.photos, self._notes.list_photos(note), strict=False):
            self._paint_photo(painter, place, photo)
        hidden = len(self._notes.list_photos(note)) - len(card.photos)
        if hidden > 0 and card.photos:
            self._paint_count(painter, card.photos[-1], hidden)
        if not card.foot.isNull():
            self._paint_line(painter, card.foot, self._notes.describe_use(note), quiet)

    def _paint_text(self, painter: QPainter, note: EvidenceNote, card: _Card, ink: str) -> None:
        line = QFontMetrics(self._font).height()
        lines = max(1, card.text.height() // line)
        layout = self._make_text(note, card.text.width(), lines)
        painter.setFont(self._font)
        painter.setPen(QColor(get_colour(ink)))
        whole = lines - 1 if card.is_cut else layout.lineCount()
        for number in range(min(whole, layout.lineCount())):
            layout.lineAt(number).draw(painter, QPointF(card.text.topLeft()))
        if card.is_cut and layout.lineCount() == lines:
            start = layout.lineAt(lines - 1).textStart()
            rest = skip_units(layout.text(), start)[:_PER_LINE].replace("\u2028", " ")
            # Of a line that ends by itself something is left all the same.
            words = QFontMetrics(self._font).elidedText(
                f"{rest}…", Qt.TextElideMode.ElideRight, card.text.width()
            )
            place = QRect(card.text.left(), card.text.bottom() + 1 - line, card.text.width(), line)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft), words)

    def _paint_line(
        self, painter: QPainter, place: QRect, words: str, colour: str, *, link: bool = False
    ) -> None:
        font = QFont(self._font)
        font.setUnderline(link)
        painter.setFont(font)
        painter.setPen(QColor(get_colour(colour)))
        words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(middle), words)

    def _paint_photo(self, painter: QPainter, place: QRect, photo: Attachment) -> None:
        ratio = painter.device().devicePixelRatioF()
        side = round(max(place.width(), place.height()) * ratio)
        image = self._photos.find_thumbnail(photo.sha256, side)
        paint_thumbnail(painter, place, image)

    def _paint_count(self, painter: QPainter, place: QRect, hidden: int) -> None:
        painter.fillRect(place, QColor(0, 0, 0, 150))
        painter.setPen(Qt.GlobalColor.white)
        painter.setFont(self._font)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), f"+{hidden}")
