"""Taking in files and pictures as evidence: chosen, pasted or dropped."""

from __future__ import annotations

import mimetypes
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from PySide6.QtGui import QImage

from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.domain.ids import new_id
from inspector_app.errors import InspectorError, PictureFault
from inspector_app.files import read_regular
from inspector_app.pictures.cleaning import clean_picture
from inspector_app.texts import pluralise, shorten
from inspector_app.ui.evidence.pictures import encode_picture
from inspector_app.ui.widgets.file_drops import find_paths, is_inspection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtCore import QMimeData

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.drafting import Draft
    from inspector_app.ui.prompts import Prompts

_LARGEST = 200_000_000
"""Bytes; a film of the visit belongs elsewhere."""


class LoadedFile(NamedTuple):
    """A file as it is kept."""

    name: str
    media_type: str
    data: bytes
    problem: str = ""
    """Why it could not be cleaned, as a clause; "": it was."""


def load_file(path: Path) -> LoadedFile:
    """Read a file from the disk; pictures lose what the camera wrote into them.

    Raises:
        OSError: It cannot be read.
        InspectorError: It is too large.
    """
    if path.stat().st_size > _LARGEST:
        raise InspectorError(f"“{path.name}” is larger than 200 MB.")
    data = read_regular(path, follow=True, most=_LARGEST)
    try:
        picture = clean_picture(data)
    except PictureFault as fault:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return LoadedFile(path.name, kind, data, str(fault))
    return LoadedFile(picture.rename(path.name), picture.media_type, picture.data)


def load_image(image: QImage) -> LoadedFile:
    """Return a picture of the clipboard as a file."""
    picture = encode_picture(image)
    return LoadedFile(f"Pasted picture{picture.ending}", picture.media_type, picture.data)


def make_attachment(document: InspectionDocument, file: LoadedFile) -> Attachment:
    """Store the bytes of a file, and return the part that shows them; it is not created yet.

    Raises:
        InspectorError: They could not be stored.
    """
    return Attachment(
        id=new_id(),
        parent=document.inspection.id,
        name=file.name,
        media_type=file.media_type,
        sha256=document.add_attachment(file.data),
    )


def take_paths(
    document: InspectionDocument, prompts: Prompts, paths: Sequence[Path]
) -> list[Attachment]:
    """Store files, tell what cannot be, and return their parts, which are not created yet."""
    made = []
    for path in paths:
        try:
            made.append(make_attachment(document, load_file(path)))
        except OSError as error:
            message = f"“{path.name}” could not be read: {error.strerror}."
            prompts.show_problem("The file was not added.", message)
        except InspectorError as error:
            prompts.show_problem("The file was not added.", str(error))
    return made


def take_mime(document: InspectionDocument, prompts: Prompts, mime: QMimeData) -> list[Attachment]:
    """Store the files or the picture that were pasted or dropped; see `take_paths`."""
    paths = [path for path in find_paths(mime) if not is_inspection(path)]
    image = QImage(mime.imageData()) if not paths and mime.hasImage() else QImage()
    if image.isNull():
        return take_paths(document, prompts, paths)
    try:
        return [make_attachment(document, load_image(image))]
    except PictureFault as fault:
        prompts.show_problem("The picture was not added.", f"It cannot be kept: {fault}.")
    except InspectorError as error:
        prompts.show_problem("The picture was not added.", str(error))
    return []


def add_to_note(
    document: InspectionDocument, note: str, files: Sequence[Attachment], merge_key: str = ""
) -> None:
    """Have a note show files that were taken in; `merge_key` as `InspectionDocument` has it."""
    entity = document.inspection.find(note)
    if not files or not isinstance(entity, EvidenceNote):
        return
    draft = document.draft()
    _draft_files(draft, files)
    draft.set(note, "attachments", (*entity.attachments, *(file.id for file in files)))
    document.apply_draft(draft, f"Add {pluralise(len(files), 'file')} to a note", merge_key)


def add_note(document: InspectionDocument, files: Sequence[Attachment]) -> str:
    """Make a note of files that were taken in, called after them, and return its id."""
    draft = document.draft()
    _draft_files(draft, files)
    root = document.inspection.id
    note = EvidenceNote(
        id=new_id(),
        parent=root,
        position=draft.position_at_end(root, EvidenceNote),
        text=name_files(files),
        source="document",
        when=datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M"),
        by=document.who,
        attachments=tuple(file.id for file in files),
    )
    draft.create(note)
    document.apply_draft(draft, "Add note")
    return note.id


def name_files(files: Sequence[Attachment]) -> str:
    """Return the names of files as the text of a note that says nothing else."""
    return shorten(", ".join(file.name for file in files))


def _draft_files(draft: Draft, files: Sequence[Attachment]) -> None:
    for file in files:
        position = draft.position_at_end(file.parent, Attachment)
        draft.create(msgspec.structs.replace(file, position=position))
