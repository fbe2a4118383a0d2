"""Adding photos and files: read, cleaned and stored in a thread, in order, while it is said."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtGui import QImage

from inspector_app.document.jobs.job_context import JobCancelled
from inspector_app.domain.entities import Attachment
from inspector_app.domain.ids import new_id
from inspector_app.errors import InspectorError, PictureFault
from inspector_app.files import read_regular
from inspector_app.pictures.cleaning import clean_picture
from inspector_app.texts import pluralise
from inspector_app.ui.evidence.pictures import encode_picture
from inspector_app.ui.widgets.disk_waiting import DiskWaiting, WaitingTexts
from inspector_app.ui.widgets.file_drops import find_paths, is_inspection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.disk_thread import TellShare
    from inspector_app.document.inspection_document import InspectionDocument

T = TypeVar("T")
NOT_ADDED = "The file was not added."
"""The usual headline of a problem."""
_LARGEST = 200_000_000
"""Bytes; a film of the visit belongs elsewhere."""
_ADDING = WaitingTexts(
    "Adding",
    "Photos are turned upright, and what the camera wrote into them is removed.",
    "Nothing is added.",
    "Add nothing (Esc)",
)


class LoadedFile(NamedTuple):
    """A file as it is kept."""

    name: str
    media_type: str
    data: bytes
    problem: str = ""
    """Why it could not be cleaned, as a clause; "": it was."""


class FileAdding:
    """Adds files for a widget, whose window waits; problems are told one by one."""

    def __init__(
        self, document: InspectionDocument, widget: QWidget, tell_problem: Callable[[str], None]
    ) -> None:
        """Make it.

        Args:
            document: The open inspection.
            widget: What files are added in.
            tell_problem: Called with why a file was not added.
        """
        self._document = document
        self._disk = DiskWaiting(widget)
        self._tell_problem = tell_problem

    def load(
        self, paths: Sequence[Path], tell_problem: Callable[[str], None] | None = None
    ) -> list[LoadedFile]:
        """Return files of the disk that can be added; none where the person cancels.

        Args:
            paths: Where they are.
            tell_problem: Called in the place of the usual one.
        """

        def load(tell: TellShare) -> tuple[list[LoadedFile], list[str]]:
            files, problems = [], []
            for number, path in enumerate(paths, start=1):
                try:
                    files.append(load_file(path))
                except OSError as error:
                    problems.append(f"“{path.name}” could not be read: {error.strerror}.")
                except InspectorError as error:
                    problems.append(str(error))
                tell(number / len(paths))
            return files, problems

        tell_problem = tell_problem or self._tell_problem
        return self._wait(paths[0], load, len(paths), tell_problem) if paths else []

    def store(self, files: Sequence[LoadedFile]) -> list[Attachment]:
        """Store the bytes of files, and return the parts that show them; none is created yet."""
        document = self._document

        def store(_: TellShare) -> tuple[list[Attachment], list[str]]:
            made, problems = [], []
            for file in files:
                try:
                    made.append(_make_attachment(document, file))
                except InspectorError as error:
                    problems.append(str(error))
            return made, problems

        return self._wait(document.path, store, len(files), self._tell_problem) if files else []

    def take(self, mime: QMimeData) -> list[Attachment]:
        """Store the files or the picture that were pasted or dropped; see `store`."""
        paths = [path for path in find_paths(mime) if not is_inspection(path)]
        image = QImage(mime.imageData()) if not paths and mime.hasImage() else QImage()
        return self.store(self.load(paths) if image.isNull() else self.read_image(image))

    def read_image(
        self, image: QImage, tell_problem: Callable[[str], None] | None = None
    ) -> list[LoadedFile]:
        """Return a picture of the clipboard as a file; none where it cannot be one.

        Args:
            image: The picture; packing a large one takes seconds.
            tell_problem: Called in the place of the usual one.
        """

        def read(_: TellShare) -> tuple[list[LoadedFile], list[str]]:
            try:
                return [load_image(image)], []
            except PictureFault as fault:
                return [], [f"The picture cannot be kept: {fault}."]

        return self._wait(self._document.path, read, 1, tell_problem or self._tell_problem)

    def _wait(
        self,
        path: Path,
        work: Callable[[TellShare], tuple[list[T], list[str]]],
        count: int,
        tell_problem: Callable[[str], None],
    ) -> list[T]:
        try:
            found, problems = self._disk.wait(
                path, work, texts=_ADDING, name=pluralise(count, "file")
            )
        except JobCancelled:
            return []
        except InspectorError as error:
            found, problems = [], [str(error)]
        for problem in problems:
            tell_problem(problem)
        return found


def load_file(path: Path) -> LoadedFile:
    """Read a file from the disk; pictures lose what the camera wrote into them.

    Raises:
        OSError: It cannot be read.
        InspectorError: It is too large, or a folder.
    """
    if path.is_dir():
        raise InspectorError(f"“{path.name}” is not a file. Add the files in it one by one.")
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
    """Return a picture of the clipboard as a file; in a thread, for it may be large."""
    picture = encode_picture(image)
    return LoadedFile(f"Pasted picture{picture.ending}", picture.media_type, picture.data)


def _make_attachment(document: InspectionDocument, file: LoadedFile) -> Attachment:
    return Attachment(
        id=new_id(),
        parent=document.inspection.id,
        name=file.name,
        media_type=file.media_type,
        sha256=document.add_attachment(file.data),
    )
