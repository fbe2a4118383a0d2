"""Photos and files of a note: chosen, dropped or pasted; each with thumbnail and caption."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from PySide6.QtCore import QMimeData, Qt, Slot
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from inspector_app.domain.change import Change
from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.domain.evidence import remove_file
from inspector_app.errors import InspectorError, PictureFault
from inspector_app.pictures.cleaning import explain_unclean
from inspector_app.texts import pluralise, shorten
from inspector_app.ui.evidence.adding import FileAdding, load_image
from inspector_app.ui.evidence.pictures import make_thumbnail
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column, make_row
from inspector_app.ui.widgets.sentence_field import SentenceField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.prompts import Prompts

_NOT_ADDED = "The file was not added."
_SIDE = 96
_HINT = (
    "Photos are kept without what the camera wrote into them: place, time, camera. What cannot be "
    "cleaned so says it."
)
_NOT_CLEAN = (
    "Kept as it is, with whatever was written into it: {problem}. It is evidence; no report takes "
    "it as it is."
)


class _Look(NamedTuple):
    """What a row shows of its file."""

    thumbnail: QPixmap
    problem: str
    """Why it is not clean; "": it is."""


class NoteFiles(QWidget):
    """The files of one note."""

    def __init__(
        self, document: InspectionDocument, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._prompts = prompts
        self._adding = FileAdding(
            document, self, lambda problem: prompts.show_problem(_NOT_ADDED, problem)
        )
        self._note = ""
        self._shown: tuple[str, ...] = ()
        self._looks: dict[str, _Look] = {}
        self._build()
        self._add.clicked.connect(self._on_add)
        self._paste.clicked.connect(self._on_paste)

    def _build(self) -> None:
        self.setAcceptDrops(self._document.can_edit)
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
        self._missing.setText(f"Did not come along: {shorten(', '.join(names))}")
        self._missing.setVisible(bool(names))
        self._shown = files
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
            or any(edit.entity in self._shown and edit.field == "" for edit in change.edits)
        ):
            self.show_note(self._note)

    def _make_row(self, file: Attachment) -> QWidget:
        row = QWidget(self)
        row.setObjectName(f"file.{file.id}")
        line = make_row(row, spacing=3 * SPACE // 2)
        picture = QLabel(row)
        picture.setFixedSize(_SIDE, _SIDE * 3 // 4)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setTextFormat(Qt.TextFormat.PlainText)
        thumbnail, problem = self._look_at(file.sha256)
        name = shorten(file.name, 60)
        if thumbnail.isNull():
            picture.setText(Path(name).suffix.lstrip(".").upper()[:6] or "File")
        else:
            picture.setPixmap(thumbnail)
        picture.setAccessibleName(f"Thumbnail of {name}")
        caption = SentenceField(self._document, file.id, "caption", f"Caption of {name}", row)
        remove = make_button(
            "Remove",
            f"remove.{file.id}",
            "Take this file off the note; undo brings it back",
            row,
            role="quiet",
            spoken=f"Remove {name}",
        )
        remove.setEnabled(self._document.can_edit)
        remove.clicked.connect(lambda: self._remove(file.id))
        line.addWidget(picture)
        texts = make_column()
        texts.addWidget(caption)
        if problem:
            said = make_label(_NOT_CLEAN.format(problem=problem), "hint", row)
            said.setObjectName(f"problem.{file.id}")
            texts.addWidget(said)
        line.addLayout(texts, 1)
        line.addWidget(remove)
        return row

    def _look_at(self, sha256: str) -> _Look:
        found = self._looks.get(sha256)
        if found is None:
            try:
                data = self._document.read_attachment(sha256) if sha256 else None
            except InspectorError:
                data = None
            found = _Look(QPixmap(), "")
            if data:
                found = _Look(make_thumbnail(data, _SIDE * 3 // 4), explain_unclean(data))
            self._looks[sha256] = found
        return found

    # -- changing

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Add files from the disk; pictures lose what the camera wrote into them."""
        self._show_on_note(self._adding.store(self._adding.load(paths)))

    def _add_image(self, image: QImage) -> None:
        try:
            self._show_on_note(self._adding.store([load_image(image)]))
        except PictureFault as fault:
            self._prompts.show_problem("The picture was not added.", f"It cannot be kept: {fault}.")

    def _show_on_note(self, files: Sequence[Attachment]) -> None:
        entity = self._document.inspection.find(self._note)
        if not files or not isinstance(entity, EvidenceNote):
            return
        draft = self._document.draft()
        for file in files:
            position = draft.position_at_end(file.parent, Attachment)
            draft.create(msgspec.structs.replace(file, position=position))
        draft.set(self._note, "attachments", (*entity.attachments, *(file.id for file in files)))
        what = pluralise(len(files), "file")
        self._document.apply_draft(draft, f"Add {what} to a note")

    def _remove(self, file: str) -> None:
        edits = remove_file(self._document.inspection, self._note, file)
        change = Change(label="Remove a file from a note", who=self._document.who, edits=edits)
        self._document.apply(change)

    @Slot()
    def _on_add(self) -> None:
        self.add_paths(self._prompts.ask_files())

    @Slot()
    def _on_paste(self) -> None:
        self._take(QGuiApplication.clipboard().mimeData())

    def _take(self, data: QMimeData) -> bool:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.add_paths(paths)
            return True
        image = QImage(data.imageData()) if data.hasImage() else QImage()
        if not image.isNull():
            self._add_image(image)
            return True
        return False

    # -- Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures."""
        data = event.mimeData()
        if data.hasImage() or any(url.isLocalFile() for url in data.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        if self._take(event.mimeData()):
            event.acceptProposedAction()
