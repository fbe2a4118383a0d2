"""A picture of the report: caption, width, and what it shows for those who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from inspector_app.domain.entities import Attachment, Block
from inspector_app.ui.evidence.photo_button import PhotoButton
from inspector_app.ui.evidence.photo_viewer import show_photos
from inspector_app.ui.widgets.fields import ChoiceField, TextField
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column
from inspector_app.ui.widgets.sentence_field import SentenceField
from inspector_app.ui.widgets.window_sizes import fit_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.entities import PictureWidth

_SIZE = QSize(320, 240)
_HINT = (
    "The caption is printed below the picture. The alternative text says what the picture shows, "
    "for people who have the report read to them: they hear nothing else of it."
)
_EXAMPLE = "What the picture shows, in a sentence: “The fire door is held open by a chair.”"
WIDTHS: Mapping[PictureWidth, str] = {
    "full": "Full width",
    "half": "Half the width",
    "third": "A third of the width",
    "pair": "Side by side with the next picture",
}
"""What the widths of pictures are called."""
_PAIR_HINT = (
    "To put two pictures side by side, give the picture before or after this one the same width."
)


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
        self.resize(fit_size(self, 520, 600))
        self._document = document
        self._block = block
        self._build()
        document.changed.connect(self._on_document_changed)
        self.alternative.text.setFocus()

    def _build(self) -> None:
        layout = make_column(self, margins=(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE))
        block = self._document.inspection.get(self._block, Block)
        picture = PhotoButton(self._document, block.attachment, _SIZE, self)
        picture.clicked.connect(
            lambda: show_photos(self._document, [picture.file], picture.file, self)
        )
        layout.addWidget(picture, 1, Qt.AlignmentFlag.AlignCenter)
        found = self._document.inspection.find(block.attachment)
        if not isinstance(found, Attachment) or not found.sha256:
            layout.addWidget(make_label("The picture is missing.", "problem", self))
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

    @Slot()
    def _on_document_changed(self) -> None:
        if self.isVisible() and self._document.inspection.find(self._block) is None:
            self.reject()
