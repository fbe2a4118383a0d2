"""Choosing one of the pictures of the inspection by its look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from inspector_app.document.photos import list_pictures
from inspector_app.texts import shorten
from inspector_app.ui.evidence.pictures import paint_thumbnail
from inspector_app.ui.widgets.buttons import add_clear_button, make_button
from inspector_app.ui.widgets.labels import SPACE, make_label, make_tip
from inspector_app.ui.widgets.layouts import make_column
from inspector_app.ui.widgets.theme import get_colour
from inspector_app.ui.widgets.window_sizes import fit_size

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.document.photos import Photos
    from inspector_app.domain.entities import Attachment

_NOWHERE = QModelIndex()
_PHOTO = QSize(168, 126)
_LINES = 2
_FILE = Qt.ItemDataRole.UserRole


class _PictureModel(QAbstractListModel):
    def __init__(self, pictures: list[Attachment], parent: QObject) -> None:
        super().__init__(parent)
        self._all = pictures
        self._shown = pictures

    def find(self, words: list[str]) -> None:
        """Show the pictures in whose name and caption all these words stand."""
        self.beginResetModel()
        self._shown = [
            picture
            for picture in self._all
            if all(word in f"{picture.caption}\n{picture.name}".casefold() for word in words)
        ]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid():
            return None
        picture = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return shorten(picture.caption or picture.name) or "No name"
            case Qt.ItemDataRole.ToolTipRole:
                return make_tip(f"{picture.name}\n{picture.caption}".strip())
            case Qt.ItemDataRole.UserRole:
                return picture
        return None


class _PictureDelegate(QStyledItemDelegate):
    def __init__(self, photos: Photos, parent: QObject) -> None:
        super().__init__(parent)
        self._photos = photos

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del index
        lines = _LINES * option.fontMetrics.height()
        return QSize(_PHOTO.width() + 2 * SPACE, _PHOTO.height() + lines + 3 * SPACE)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        picture: Attachment = index.data(_FILE)
        rect, state = option.rect, option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(get_colour("selection" if selected else "surface")))
        place = QRect(rect.topLeft(), _PHOTO).translated(SPACE, SPACE)
        side = round(_PHOTO.width() * painter.device().devicePixelRatioF())
        paint_thumbnail(painter, place, self._photos.find_thumbnail(picture.sha256, side))
        painter.setPen(QColor(get_colour("selection_text" if selected else "text")))
        below = QRect(place.left(), place.bottom() + SPACE, place.width(), rect.bottom())
        below.setBottom(rect.bottom() - SPACE)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
        painter.setClipRect(below)
        painter.drawText(below, int(flags), index.data())
        painter.setClipping(False)
        if selected:
            painter.setPen(QPen(QColor(get_colour("focus")), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()


class PicturePicker(QDialog):
    """The pictures of the inspection, the last one first; Enter or a double click picks.

    It blocks nothing: show it by `open`, and listen to `picked`.
    """

    picked = Signal(str)
    """Carries the id of the picture."""
    file_wanted = Signal()
    """None of them: the person wants to choose a file."""

    def __init__(
        self, document: InspectionDocument, parent: QWidget | None = None, *, has_files: bool = True
    ) -> None:
        """Make the dialog.

        Args:
            document: The open inspection.
            parent: See Qt.
            has_files: Whether a file can be chosen as well.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Insert picture")
        self.setObjectName("picture_picker")
        self.resize(fit_size(self, 820, 600))
        pictures = list(list_pictures(document.inspection))
        self._model = _PictureModel(pictures[::-1], self)
        self._build(document.photos, has_files=has_files)
        self._line.textChanged.connect(self._on_text_changed)
        self._line.installEventFilter(self)
        self._view.doubleClicked.connect(self.accept)
        document.photos.ready.connect(self._on_ready)
        self._on_text_changed("")

    def _build(self, photos: Photos, *, has_files: bool) -> None:
        label = make_label("Picture of this inspection", "label", self)
        self._line = QLineEdit(self, placeholderText="Search captions and file names")
        self._line.setObjectName("picture_search")
        self._line.setAccessibleName("Search pictures")
        self._line.setToolTip(
            "Shows the pictures that have all these words in their caption or name"
        )
        add_clear_button(self._line)
        label.setBuddy(self._line)
        self._view = QListView(self)
        self._view.setObjectName("picture_list")
        self._view.setAccessibleName("Pictures")
        self._view.setToolTip("Enter or double-click inserts a picture")
        self._view.setModel(self._model)
        self._view.setItemDelegate(_PictureDelegate(photos, self))
        self._view.setViewMode(QListView.ViewMode.IconMode)
        self._view.setMovement(QListView.Movement.Static)
        self._view.setResizeMode(QListView.ResizeMode.Adjust)
        self._view.setUniformItemSizes(True)
        self._view.setSpacing(SPACE // 2)
        self._view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._none = make_label("", "hint", self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._insert = make_button("Insert", "picture_insert", "", self, role="primary")
        self._insert.setDefault(True)
        buttons.addButton(self._insert, QDialogButtonBox.ButtonRole.AcceptRole)
        if has_files:
            file = make_button("&From a file…", "picture_file", "Choose a file on this computer")
            buttons.addButton(file, QDialogButtonBox.ButtonRole.ResetRole)
            file.clicked.connect(self._on_file)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        make_column(
            self,
            label,
            self._line,
            (self._view, 1),
            self._none,
            buttons,
            margins=(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE),
        )

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        words = text.casefold().split()
        self._model.find(words)
        self._view.setCurrentIndex(self._model.index(0))
        has_hits = self._model.rowCount() > 0
        self._none.setText(
            "No picture matches these words." if words else "No picture in this inspection yet."
        )
        self._none.setVisible(not has_hits)
        self._insert.setEnabled(has_hits)

    @Slot()
    def _on_ready(self) -> None:
        self._view.viewport().update()

    @Slot()
    def _on_file(self) -> None:
        super().reject()
        self.file_wanted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the search lead to the pictures."""
        if (
            watched is self._line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}
        ):
            self._view.setFocus()
            return True
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        """Pick what is current."""
        picture: Attachment | None = self._view.currentIndex().data(_FILE)
        if picture is not None:
            super().accept()
            self.picked.emit(picture.id)
