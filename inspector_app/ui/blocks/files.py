"""Files and pictures that are pasted or dropped on a text, or chosen for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent, QImage

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Attachment, Block
from inspector_app.domain.order import position_between
from inspector_app.texts import pluralise, shorten
from inspector_app.ui.evidence.adding import NOT_ADDED, FileAdding
from inspector_app.ui.evidence.edits import add_note_of_files
from inspector_app.ui.widgets.file_drops import is_inspection
from inspector_app.ui.widgets.telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QTextEdit

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.operations import BlockOperations
    from inspector_app.ui.evidence.adding import LoadedFile
    from inspector_app.ui.prompts import Prompts

_WAYS = ("Put into the &text", "Add to a new &note")
_NOT_INSERTED = "The picture was not inserted."
_LONGEST_NAME = 60


@dataclass(eq=False)
class BlockFiles:
    """Takes files: pictures become blocks, other files go to a new note, inspections open."""

    _area: QTextEdit
    _document: InspectionDocument
    _operations: BlockOperations
    _prompts: Prompts | None
    """Asks where pictures go; without it they go into the text."""

    def __post_init__(self) -> None:
        self._adding = FileAdding(
            self._document, self._area, lambda problem: self._show_problem(NOT_ADDED, problem)
        )

    def take(self, paths: Sequence[Path]) -> None:
        """Take files that were pasted or dropped."""
        for path in paths:
            if is_inspection(path):
                # Once this event is over: opening may let go of the text area.
                event = QFileOpenEvent(QUrl.fromLocalFile(str(path)))
                QCoreApplication.postEvent(self._area.window(), event)
        files = self._adding.load([path for path in paths if not is_inspection(path)])
        pictures = [file for file in files if not file.problem]
        if pictures:
            where = self._ask_where(pictures)
            if where == 0:
                self._insert(pictures)
            if where != 1:
                files = [file for file in files if file not in pictures]
        if files:
            self._add_note(files)

    def insert_image(self, image: QImage) -> None:
        """Insert a picture of the clipboard, such as a screenshot."""
        self._insert(
            self._adding.read_image(
                image, lambda problem: self._show_problem(_NOT_INSERTED, problem)
            )
        )

    def insert_picture(self, picture: Attachment) -> None:
        """Insert a picture that the inspection has."""
        self._operations.add_blocks([_make_line(picture)], "Insert picture")

    def insert_picture_file(self, path: Path) -> bool:
        """Insert a picture from a file that was chosen for the text; return whether it could be."""
        files = self._adding.load(
            [path], lambda problem: self._show_problem(_NOT_INSERTED, problem)
        )
        if not files:
            return False
        (file,) = files
        if file.problem:
            self._show_problem(
                _NOT_INSERTED,
                f"“{path.name}” cannot be shown in a report: {file.problem}. Nothing was changed. "
                "Any file can be added to an evidence note.",
            )
            return False
        self._insert([file])
        return True

    def _ask_where(self, pictures: Sequence[LoadedFile]) -> int | None:
        """Return 0 for the text, 1 for a note, None for nowhere."""
        if self._prompts is None:
            return 0
        one = len(pictures) == 1
        names = shorten(", ".join(picture.name for picture in pictures))
        return self._prompts.choose(
            "Where should the picture go?" if one else "Where should the pictures go?",
            f"{names}\n\nIn the text it is printed with the report. On a note it is evidence.",
            _WAYS,
        )

    def _make_attachments(self, files: Sequence[LoadedFile]) -> list[Attachment]:
        draft = self._document.draft()
        position = ""
        made: list[Attachment] = []
        for new in self._adding.store(files):
            behind = draft.position_at_end(new.parent, Attachment)
            position = position_between(position) if position else behind
            made.append(msgspec.structs.replace(new, position=position))
        return made

    def _insert(self, files: Sequence[LoadedFile]) -> None:
        made = self._make_attachments(files)
        if not made:
            return
        label = "Insert picture" if len(made) == 1 else f"Insert {len(made)} pictures"
        self._operations.add_blocks([_make_line(picture) for picture in made], label, made)

    def _add_note(self, files: Sequence[LoadedFile]) -> None:
        made = self._make_attachments(files)
        if not made:
            return
        add_note_of_files(self._document, made)
        one = shorten(made[0].name, _LONGEST_NAME)
        what = f"“{one}” is" if len(made) == 1 else f"{pluralise(len(made), 'file')} are"
        tell(self._area, f"{what} on a new evidence note.")

    def _show_problem(self, headline: str, message: str) -> None:
        if self._prompts is not None:
            self._prompts.show_problem(headline, message)
        else:
            tell(self._area, message)


def _make_line(picture: Attachment) -> WantedBlock:
    block = Block(id="new", kind="image", attachment=picture.id, caption=picture.caption)
    return WantedBlock("image", "", like=block)
