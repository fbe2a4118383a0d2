"""What can be done to blocks in a dialog: tables, pictures, notes, moving by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from inspector_app.document.photos import list_pictures
from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Attachment, Block, EvidenceNote
from inspector_app.ui.blocks.moving import list_targets, move_to
from inspector_app.ui.blocks.picture_editor import PictureEditor
from inspector_app.ui.blocks.table_editor import TableEditor
from inspector_app.ui.evidence.linking import ask_note_to_link
from inspector_app.ui.evidence.picture_picker import PicturePicker
from inspector_app.ui.notices.breach_regulation import ask_breach_regulation, make_breach_dialog
from inspector_app.ui.widgets.pick_dialog import Option, PickDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QTextEdit

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.cursor import BlockCursor
    from inspector_app.ui.blocks.files import BlockFiles
    from inspector_app.ui.blocks.moving import BlockMoves, Target
    from inspector_app.ui.blocks.operations import BlockOperations
    from inspector_app.ui.prompts import Prompts

_NEW_TABLE = Block(id="new", kind="table", header=("", ""), rows=(("", ""), ("", "")))


@dataclass(eq=False)
class BlockDialogs:
    """Opens the dialogs for the blocks that the cursor is on; then the text has the focus again."""

    _area: QTextEdit
    _document: InspectionDocument
    _cursor: BlockCursor
    _operations: BlockOperations
    _moves: BlockMoves
    _files: BlockFiles
    _prompts: Prompts | None
    """Asks for files; without it pictures come from the inspection only."""

    # -- tables and pictures

    def edit_embedded(self) -> bool:
        """Open the table or picture with the cursor; False: it is neither."""
        block = self._cursor.embedded
        if block is None or self._area.isReadOnly():
            return False
        editor = TableEditor if block.kind == "table" else PictureEditor
        self._open(editor(self._document, block.id, self._area.window()))
        return True

    def insert_table(self) -> None:
        """Insert a table below the line with the cursor, and open it."""
        self._operations.add_blocks([WantedBlock("table", "", like=_NEW_TABLE)], "Insert table")
        self.edit_embedded()

    def ask_picture(self) -> None:
        """Ask for a picture to insert below the line with the cursor."""
        window, has_files = self._area.window(), self._prompts is not None
        dialog = PicturePicker(self._document, window, has_files=has_files)
        dialog.picked.connect(self._on_picture_picked)
        dialog.file_wanted.connect(self._on_file_wanted)
        self._open(dialog)

    def can_insert_picture(self) -> bool:
        """Tell whether there is a picture to insert, or a way to choose a file."""
        return self._prompts is not None or any(
            True for _ in list_pictures(self._document.inspection)
        )

    def _on_file_wanted(self) -> None:
        if self._prompts is not None:
            inserted = [self._files.insert_picture_file(path) for path in self._prompts.ask_files()]
            if inserted == [True]:
                self.edit_embedded()

    def _on_picture_picked(self, picked: str) -> None:
        found = self._document.inspection.find(picked)
        if isinstance(found, Attachment):
            self._files.insert_picture(found)
            self.edit_embedded()

    def _open(self, dialog: QDialog) -> None:
        self._give_back_focus(dialog)
        dialog.open()

    def _give_back_focus(self, dialog: QDialog) -> None:
        dialog.finished.connect(lambda _: self._area.setFocus(Qt.FocusReason.PopupFocusReason))

    # -- notes

    def has_notes(self) -> bool:
        """Tell whether there is a note that a block could be linked to."""
        return any(True for _ in self._document.inspection.all(EvidenceNote))

    def ask_note(self) -> None:
        """Ask for a note that the block with the cursor stands on."""
        if self._cursor.block_id:
            ask_note_to_link(self._document, self._cursor.block_id, self._area)

    # -- breach statements

    def turn_into_breach(self) -> None:
        """Ask what breach it is, and make the selected blocks statements of it; or paragraphs."""
        if self._operations.are_all("breach"):
            self._operations.toggle("breach")
            return
        dialog = make_breach_dialog(self._document, "Make breach statement", self._area.window())
        dialog.picked.connect(self._operations.turn_into_breach)
        self._open(dialog)

    def ask_regulation(self) -> None:
        """Ask what notice or regulation the breach statement with the cursor is about."""
        dialog = ask_breach_regulation(self._document, self._cursor.block_id, self._area.window())
        self._give_back_focus(dialog)

    # -- moving by name

    def ask_where_to_move(self) -> None:
        """Ask for the topic or section that the selected blocks are to go to."""
        ids = self._moves.selected_ids()
        if not ids:
            return
        here = self._document.inspection.get(ids[0], Block).parent
        targets = {item.id: item for item in list_targets(self._document) if item.id != here}
        options = [Option(target.id, target.name) for target in targets.values()]
        window = self._area.window()
        dialog = PickDialog("Move to", "Topic or section", "Move", options, window)
        dialog.picked.connect(lambda id_: self._move_to(ids, targets[id_]))
        self._open(dialog)

    def _move_to(self, ids: list[str], target: Target) -> None:
        here = [id_ for id_ in ids if self._document.inspection.find(id_) is not None]
        if here:
            move_to(self._document, here, target, self._moves.name_blocks(here))
