"""A picture of the report: caption, width, and what it shows for those who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QWidget

from inspector_app.domain.entities import Attachment, Block
from inspector_app.errors import InspectorError
from inspector_app.ui.evidence.pictures import make_thumbnail
from inspector_app.ui.widgets.fields import ChoiceField, TextField
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column
from inspector_app.ui.widgets.sentence_field import SentenceField

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.entities import PictureWidth

_PICTURE = "image/"
_SIDE = 240
_HINT = (
    "The caption stands below the picture. The alternative text says what it shows, for people who "
    "have the report read to them: they hear nothing else of it."
)
_EXAMPLE = "What is to be seen, in a sentence: “The fire door is held open by a chair.”"
WIDTHS: Mapping[PictureWidth, str] = {
    "full": "Full width",
    "half": "Half the width",
    "third": "A third of the width",
    "pair": "Side by side with its neighbour",
}
"""What the widths of pictures are called."""
_PAIR_HINT = (
    "Give the picture before or after this one the same width, and the two stand side by side."
)


def list_pictures(document: InspectionDocument) -> Iterator[Attachment]:
    """Yield the pictures among the files of an inspection."""
    for item in document.inspection.all(Attachment):
        if item.media_type.startswith(_PICTURE):
            yield item


class PictureEditor(QDialog):
    """Alternative text, caption and width of one picture; all is in the inspection at once.

    It blocks nothing: show it by `open`.
    """

    def __init__(
        self, document: InspectionDocument, block: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Picture")
        self.setObjectName("picture_editor")
        self.resize(520, 600)
        self._document = document
        self._block = block
        self._build()
        document.changed.connect(self._on_document_changed)
        self.alternative.text.setFocus()

    def _build(self) -> None:
        layout = make_column(self, margins=(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE))
        picture = QLabel(self)
        picture.setTextFormat(Qt.TextFormat.PlainText)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setMinimumHeight(_SIDE * 3 // 4)
        picture.setAccessibleName("The picture")
        thumbnail = self._read_thumbnail()
        if thumbnail.isNull():
            picture.setText("The picture is missing.")
        else:
            picture.setPixmap(thumbnail)
        layout.addWidget(picture, 1)
        layout.addWidget(make_label(_HINT, "hint", self))
        self.alternative = TextField(self._document, self._block, "text", "Alternative text", self)
        self.alternative.text.set_lines(2, 5)
        self.alternative.text.setPlaceholderText(_EXAMPLE)
        layout.addWidget(self.alternative)
        self.caption = SentenceField(self._document, self._block, "caption", "Caption", self)
        layout.addWidget(self.caption)
        self.width_choice = ChoiceField(
            self._document, self._block, "width", "Width in the report", tuple(WIDTHS.items())
        )
        self.width_choice.set_hint(_PAIR_HINT)
        layout.addWidget(self.width_choice)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setToolTip("Back to the text (Escape)")
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _read_thumbnail(self) -> QPixmap:
        block = self._document.inspection.get(self._block, Block)
        found = self._document.inspection.find(block.attachment)
        if not isinstance(found, Attachment) or not found.sha256:
            return QPixmap()
        try:
            data = self._document.read_attachment(found.sha256)
        except InspectorError:
            data = None
        return make_thumbnail(data, _SIDE) if data else QPixmap()

    @Slot()
    def _on_document_changed(self) -> None:
        if self.isVisible() and self._document.inspection.find(self._block) is None:
            self.reject()
