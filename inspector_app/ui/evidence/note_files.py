"""Photos and files of a note: chosen, dropped or pasted; each with thumbnail and caption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Slot
from PySide6.QtWidgets import QLabel, QWidget

from inspector_app.document.photos import is_picture
from inspector_app.domain.change import WHOLE, Change
from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.domain.evidence import remove_file
from inspector_app.texts import shorten
from inspector_app.ui.evidence.adding import NOT_ADDED, FileAdding
from inspector_app.ui.evidence.edits import add_files
from inspector_app.ui.evidence.photo_button import PhotoButton
from inspector_app.ui.evidence.photo_viewer import show_photos
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.file_drops import FileDrops, find_evidence
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column, make_row
from inspector_app.ui.widgets.sentence_field import SentenceField
from inspector_app.ui.widgets.telling import tell

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.prompts import Prompts

_SIZE = QSize(96, 72)
_LOOK = {WHOLE, "sha256"}
"""Fields of a file that its row shows."""
_HINT = (
    "Photos are kept without what the camera wrote into them: place, time, camera. A photo that "
    "cannot be cleaned like this is marked."
)
_NOT_CLEAN = (
    "Kept as it is, with everything that was in the file: {problem}. It is evidence, and no "
    "report uses it as it is."
)


class NoteFiles(QWidget):
    """The files of one note."""

    def __init__(
        self, document: InspectionDocument, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._prompts = prompts
        self._adding = FileAdding(
            document, self, lambda problem: prompts.show_problem(NOT_ADDED, problem)
        )
        self._note = ""
        self._shown: tuple[str, ...] = ()
        self._problems: dict[str, QLabel] = {}
        """What is said of files that are not clean, by their hash."""
        self._build()
        self._add.clicked.connect(self._on_add)
        self._paste.clicked.connect(self._on_paste)
        self._document.photos.ready.connect(self._show_problem)

    def _build(self) -> None:
        if self._document.can_edit:
            FileDrops(self, self.take)
        layout = make_column(self)
        layout.addWidget(make_label("Photos and files", "label", self))
        self._rows = make_column()
        layout.addLayout(self._rows)
        self._missing = make_label("", "hint", self)
        layout.addWidget(self._missing)
        line = make_row()
        self._add = make_button(
            "Add files…", "add_files", "Add photos and files; they can also be dropped here", self
        )
        self._paste = make_button(
            "Paste",
            "paste_files",
            "Add the picture or the files on the clipboard",
            self,
            spoken="Paste a picture or files",
        )
        for button in (self._add, self._paste):
            button.setEnabled(self._document.can_edit)
            line.addWidget(button)
        line.addWidget(make_label(_HINT, "hint", self), 1)
        layout.addLayout(line)

    # -- showing

    def show_note(self, note: str) -> None:
        """Show the files of a note."""
        self._note = note
        entity = self._document.inspection.find(note)
        files = entity.attachments if isinstance(entity, EvidenceNote) else ()
        names = list(entity.missing_attachments) if isinstance(entity, EvidenceNote) else []
        self._missing.setText(f"Not included: {shorten(', '.join(names))}")
        self._missing.setVisible(bool(names))
        self._shown = files
        self._problems.clear()
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for file in files:
            found = self._document.inspection.find(file)
            if isinstance(found, Attachment):
                self._rows.addWidget(self._make_row(found))

    def refresh(self, change: Change) -> None:
        """Follow a change to the files of the note that is shown."""
        entity = self._document.inspection.find(self._note)
        if isinstance(entity, EvidenceNote) and (
            entity.attachments != self._shown
            or any(edit.entity in self._shown and edit.field in _LOOK for edit in change.edits)
        ):
            self.show_note(self._note)

    def _make_row(self, file: Attachment) -> QWidget:
        row = QWidget(self)
        row.setObjectName(f"file.{file.id}")
        line = make_row(row, spacing=3 * SPACE // 2)
        name = shorten(file.name, 60)
        picture = PhotoButton(self._document, file.id, _SIZE, row)
        picture.clicked.connect(lambda: self._show_large(file.id))
        caption = SentenceField(self._document, file.id, "caption", f"Caption of {name}", row)
        remove = make_button(
            "Remove",
            f"remove.{file.id}",
            "Take this file off the note. You can undo this",
            row,
            role="quiet",
            spoken=f"Remove {name}",
        )
        remove.setEnabled(self._document.can_edit)
        remove.clicked.connect(lambda: self._remove(file.id))
        line.addWidget(picture)
        texts = make_column()
        texts.addWidget(caption)
        said = make_label("", "hint", row, f"problem.{file.id}")
        said.hide()
        texts.addWidget(said)
        self._problems[file.sha256] = said
        self._show_problem(file.sha256)
        line.addLayout(texts, 1)
        line.addWidget(remove)
        return row

    @Slot(str)
    def _show_problem(self, sha256: str) -> None:
        said = self._problems.get(sha256)
        problem = self._document.photos.find_problem(sha256) if said is not None else None
        if said is not None and problem:
            said.setText(_NOT_CLEAN.format(problem=problem))
            said.show()

    def _show_large(self, file: str) -> None:
        inspection = self._document.inspection
        found = [item for id_ in self._shown if (item := inspection.find(id_)) is not None]
        photos = [item.id for item in found if isinstance(item, Attachment) and is_picture(item)]
        show_photos(self._document, photos, file, self)

    # -- changing

    def take(self, mime: QMimeData) -> None:
        """Add the files or the picture that were pasted or dropped."""
        add_files(self._document, self._note, self._adding.take(mime))

    def _remove(self, file: str) -> None:
        edits = remove_file(self._document.inspection, self._note, file)
        change = Change(label="Remove a file from a note", who=self._document.who, edits=edits)
        self._document.apply(change)

    @Slot()
    def _on_add(self) -> None:
        files = self._adding.store(self._adding.load(self._prompts.ask_files()))
        add_files(self._document, self._note, files)

    @Slot()
    def _on_paste(self) -> None:
        if (mime := find_evidence()) is not None:
            self.take(mime)
        else:
            tell(self, "There is no picture or file on the clipboard.")
