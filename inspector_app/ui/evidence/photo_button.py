"""A small photo that is clicked to see it large; of another file, what kind it is."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from inspector_app.document.photos import is_picture
from inspector_app.domain.entities import Attachment
from inspector_app.texts import shorten
from inspector_app.ui.evidence.pictures import paint_thumbnail
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from inspector_app.document.inspection_document import InspectionDocument

_LONGEST_NAME = 60
_LONGEST_KIND = 6


class PhotoButton(QAbstractButton):
    """Shows one file of the inspection, as it is now."""

    def __init__(
        self, document: InspectionDocument, file: str, size: QSize, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.file = file
        """Id of the file."""
        found = self._find()
        name = shorten(found.name, _LONGEST_NAME) if found else "The picture"
        self.setFixedSize(size)
        self.setObjectName(f"photo.{file}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if found is not None and is_picture(found):
            self.setAccessibleName(f"Show {name} large")
            self.setToolTip("Show it large")
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setAccessibleName(name)
            self.setEnabled(False)
        document.photos.ready.connect(self._on_ready)
        document.changed.connect(self._on_ready)

    def _find(self) -> Attachment | None:
        found = self._document.inspection.find(self.file)
        return found if isinstance(found, Attachment) else None

    @Slot()
    def _on_ready(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the photo, or the kind of the file."""
        del event
        painter = QPainter(self)
        found, place = self._find(), self.rect()
        if found is not None and is_picture(found):
            side = round(max(self.width(), self.height()) * self.devicePixelRatioF())
            image = self._document.photos.find_thumbnail(found.sha256, side)
            paint_thumbnail(painter, place, image)
        else:
            ending = PurePath(found.name).suffix.lstrip(".").upper() if found else ""
            painter.fillRect(place, QColor(get_colour("raised")))
            painter.setPen(QColor(get_colour("quiet_text")))
            words = (ending[:_LONGEST_KIND] or "File") if found else "Missing"
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), words)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(get_colour("focus" if self.hasFocus() else "edge")), 2))
            painter.drawRect(place.adjusted(1, 1, -1, -1))
        painter.end()
