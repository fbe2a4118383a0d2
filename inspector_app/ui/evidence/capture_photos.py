"""The photos and files of the note that is just taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from inspector_app.document.photos import is_picture
from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.ui.evidence.photo_button import PhotoButton
from inspector_app.ui.evidence.photo_viewer import show_photos
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.flow_layout import FlowLayout
from inspector_app.ui.widgets.keys import Keys, name_key
from inspector_app.ui.widgets.labels import SPACE
from inspector_app.ui.widgets.layouts import STRETCH, clear_layout, make_column, make_row

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument

_SIZE = QSize(88, 66)
_REMOVING = QSize(20, 20)


class CapturePhotos(QWidget):
    """Buttons that add some, and what was added so far: small, and large by a click."""

    add_wanted = Signal()
    """Files are to be chosen."""
    paste_wanted = Signal()
    """What is on the clipboard is to be added."""
    remove_wanted = Signal(str)
    """A file is to go from the note; carries its id."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._files: tuple[str, ...] = ()
        self._add = make_button(
            "Add &photos…", "capture_photos", "Add photos and files; they can be dropped here", self
        )
        self._paste = make_button(
            "Paste p&hoto",
            "capture_paste",
            "Add the picture or the files on the clipboard. "
            f"{name_key(Keys.PASTE)} in the note does the same",
            self,
        )
        self._add.clicked.connect(self.add_wanted)
        self._paste.clicked.connect(self.paste_wanted)
        self._shown = QWidget(self)
        self._shown.hide()
        self._flow = FlowLayout(self._shown, SPACE // 2)
        make_column(
            self, self._shown, make_row(None, self._add, self._paste, STRETCH), spacing=SPACE // 2
        )
        self.setFocusProxy(self._add)

    @property
    def stops(self) -> tuple[QWidget, QWidget]:
        """The buttons, in the order of Tab."""
        return self._add, self._paste

    def show_note(self, note: EvidenceNote | None) -> None:
        """Show the files of a note, or of none yet."""
        files = note.attachments if note is not None else ()
        if files == self._files:
            return
        self._files = files
        clear_layout(self._flow)
        for file in files:
            cell = self._make_cell(file)
            self._flow.addWidget(cell)
            cell.show()
        self._shown.setVisible(bool(files))

    def _make_cell(self, file: str) -> QWidget:
        """Return a file with a button in its corner that takes it off again."""
        cell = QWidget(self._shown)
        cell.setFixedSize(_SIZE)
        photo = PhotoButton(self._document, file, _SIZE, cell)
        photo.clicked.connect(lambda: self._show_large(file))
        removing = QToolButton(cell)
        removing.setText("✕")
        removing.setObjectName(f"remove.{file}")
        removing.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        removing.setAccessibleName("Remove this file from the note")
        removing.setToolTip("Take it off this note")
        removing.setStyleSheet("padding: 0")
        removing.setFixedSize(_REMOVING)
        removing.move(_SIZE.width() - _REMOVING.width(), 0)
        removing.clicked.connect(lambda: self.remove_wanted.emit(file))
        return cell

    def _show_large(self, file: str) -> None:
        inspection = self._document.inspection
        found = [item for id_ in self._files if (item := inspection.find(id_)) is not None]
        photos = [item.id for item in found if isinstance(item, Attachment) and is_picture(item)]
        show_photos(self._document, photos, file, self)
