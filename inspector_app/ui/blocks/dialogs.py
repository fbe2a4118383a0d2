"""What can be done to blocks in a window of its own: tables, pictures, moving by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Attachment, Block
from inspector_app.errors import InspectorError
from inspector_app.ui.blocks.commands import BlockCommands
from inspector_app.ui.blocks.lines import EMBEDDED_KINDS, line_kind
from inspector_app.ui.blocks.moving import list_targets, move_to
from inspector_app.ui.blocks.picture_editor import PICTURE_TYPES, PictureEditor, list_pictures
from inspector_app.ui.blocks.table_editor import TableEditor
from inspector_app.ui.evidence.note_files import load_file, make_attachment
from inspector_app.ui.widgets.pick_dialog import Option, PickDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QDialog

    from inspector_app.ui.blocks.moving import Target
    from inspector_app.ui.prompts import Prompts

_FROM_FILE = "file"
_NEW_TABLE = Block(id="new", kind="table", header=("", ""), rows=(("", ""), ("", "")))


class BlockDialogs(BlockCommands):
    """The commands that open a window; see `BlockEditor`."""

    prompts: Prompts | None = None
    """Asks for files; without it pictures come from the inspection only."""

    # -- tables and pictures

    def edit_embedded(self) -> bool:
        """Open the table or picture with the cursor; False: it is neither."""
        block = self._document.inspection.find(self.current_block)
        if not isinstance(block, Block) or block.kind not in EMBEDDED_KINDS or self.isReadOnly():
            return False
        if block.kind == "table":
            self._open(TableEditor(self._document, block.id, self.window()))
        else:
            self._open(PictureEditor(self._document, block.id, self.window()))
        return True

    def insert_table(self) -> None:
        """Put a table in behind the line with the cursor, and open it."""
        if self.isReadOnly():
            return
        self.add_blocks([WantedBlock("table", "", like=_NEW_TABLE)], "Insert table")
        self.edit_embedded()

    def ask_picture(self) -> None:
        """Ask for a picture to put in behind the line with the cursor."""
        if self.isReadOnly():
            return
        options = [
            Option(item.id, f"{item.caption or item.name}".strip() or item.id)
            for item in list_pictures(self._document)
        ]
        if self.prompts is not None:
            options.insert(0, Option(_FROM_FILE, "From a file…"))
        dialog = PickDialog(
            "Insert picture", "Picture of this inspection", "Insert", options, self.window()
        )
        dialog.picked.connect(self._on_picture_picked)
        self._open(dialog)

    def can_insert_picture(self) -> bool:
        """Tell whether there is a picture to be had."""
        return self.prompts is not None or any(True for _ in list_pictures(self._document))

    def _on_picture_picked(self, picked: str) -> None:
        if picked == _FROM_FILE:
            if self.prompts is not None:
                for path in self.prompts.ask_files():
                    self._insert_file(path, self.prompts)
            return
        found = self._document.inspection.find(picked)
        if isinstance(found, Attachment):
            self._insert_picture(found)
            self.edit_embedded()

    def _insert_file(self, path: Path, prompts: Prompts) -> None:
        try:
            file = load_file(path)
            if file.media_type not in PICTURE_TYPES:
                raise InspectorError(
                    f"“{path.name}” is no picture that a report can show. Nothing was changed. "
                    "Other files can be added to an evidence note."
                )
            new = make_attachment(self._document, file)
        except OSError as error:
            message = f"“{path.name}” could not be read: {error.strerror}."
            prompts.show_problem("The picture was not inserted.", message)
        except InspectorError as error:
            prompts.show_problem("The picture was not inserted.", str(error))
        else:
            draft = self._document.draft()
            position = draft.position_at_end(new.parent, Attachment)
            self._insert_picture(msgspec.structs.replace(new, position=position), is_new=True)

    def _insert_picture(self, picture: Attachment, *, is_new: bool = False) -> None:
        block = Block(id="new", kind="image", attachment=picture.id, caption=picture.caption)
        line = WantedBlock("image", "", like=block)
        self.add_blocks([line], "Insert picture", [picture] if is_new else [])

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(lambda _: self.setFocus(Qt.FocusReason.PopupFocusReason))
        dialog.open()

    # -- moving by name

    def ask_where_to_move(self) -> None:
        """Ask for the topic or section that the selected blocks are to go to."""
        ids = self.selected_ids()
        if not ids or self.isReadOnly():
            return
        targets = {
            target.id: target
            for target in list_targets(self._document)
            if target.id != self.parent_id
        }
        options = [Option(target.id, target.name) for target in targets.values()]
        dialog = PickDialog("Move to", "Topic or section", "Move", options, self.window())
        dialog.picked.connect(lambda id_: self._move_to(ids, targets[id_]))
        self._open(dialog)

    def _move_to(self, ids: list[str], target: Target) -> None:
        here = [id_ for id_ in ids if self._document.inspection.find(id_) is not None]
        if here:
            move_to(self._document, here, target, self.name_blocks(here))

    def is_on_embedded(self) -> bool:
        """Tell whether the cursor is on a table or picture."""
        return bool(self.current_block) and line_kind(self.textCursor().block()) in EMBEDDED_KINDS
