"""The block editor: one text area for the blocks of one part, driven by keys as Word is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSizeF, Qt, Slot
from PySide6.QtGui import (
    QDragLeaveEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from inspector_app.ui.blocks.binding import BlockBinding
from inspector_app.ui.blocks.block_keys import BlockKeys, edits_text, is_for_window
from inspector_app.ui.blocks.boilerplate_marks import BoilerplateMarks
from inspector_app.ui.blocks.clipboard import BlockClipboard, can_read
from inspector_app.ui.blocks.commands import BlockParts, get_command
from inspector_app.ui.blocks.cursor import BlockCursor
from inspector_app.ui.blocks.dialogs import BlockDialogs
from inspector_app.ui.blocks.embedded import EmbeddedObjects
from inspector_app.ui.blocks.files import BlockFiles
from inspector_app.ui.blocks.grip import BlockGrip
from inspector_app.ui.blocks.lines import is_embedded, line_kind, place_of_line
from inspector_app.ui.blocks.margin import MARGIN, BlockMargin
from inspector_app.ui.blocks.menu import make_block_menu
from inspector_app.ui.blocks.moving import BlockMoves
from inspector_app.ui.blocks.names import KIND_NAMES
from inspector_app.ui.blocks.note_drops import NoteDrops
from inspector_app.ui.blocks.operations import BlockOperations
from inspector_app.ui.notices.breach_regulation import describe_breach
from inspector_app.ui.spelling.attaching import attach_spelling
from inspector_app.ui.widgets.file_drops import find_paths, is_inspection
from inspector_app.ui.widgets.text_zoom import ZoomedFont
from inspector_app.ui.widgets.tips import show_tip_of_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragMoveEvent,
        QDropEvent,
        QFocusEvent,
        QInputMethodEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )
    from PySide6.QtWidgets import QMenu, QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.block_edits import WantedBlock
    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.entities import BlockKind, EvidenceNote
    from inspector_app.ui.prompts import Prompts

_FEWEST_LINES = 2


class BlockEditor(QTextEdit):
    """A text area for the paragraphs, bullets, sub-headings and statements below one part.

    It is as high as its text. Undo is the document's: an edit here is a change of the document, and
    the text follows every other change. What can be done here is in `commands`; this class only
    hands Qt's events to its parts.

    Args:
        document: The open inspection.
        parent_id: The topic, section, key question or notice.
        first_kind: What the first line of an empty part is.
        name: What the part is called; None: after the part.
        make_parent: Drafts the part where it does not exist yet.
        prompts: Asks for the files of pictures; None: they come from the inspection only.
    """

    def __init__(
        self,
        document: InspectionDocument,
        parent_id: str,
        parent: QWidget | None = None,
        *,
        first_kind: BlockKind = "paragraph",
        name: str | None = None,
        make_parent: Callable[[Draft], None] | None = None,
        prompts: Prompts | None = None,
    ) -> None:
        super().__init__(parent)
        self.parent_id = parent_id
        self._set_look()
        self.zoom = ZoomedFont(self)
        self.margin = BlockMargin(self)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self._on_size_changed(self.document().size())
        self.embedded = EmbeddedObjects(document, self)
        binding = BlockBinding(document, parent_id, self, first_kind, name, make_parent)
        self.parts = self._make_parts(binding, prompts)
        """What the commands of a menu or toolbar work on."""
        self._keys = BlockKeys(self.parts)
        self.note_drops = NoteDrops(
            self, binding, self.parts.cursor, self.parts.operations, self.margin
        )
        self.setObjectName(f"{parent_id}.blocks")
        self.setAccessibleName(f"Text of {binding.part_name}")
        self.setToolTip(_describe_keys())
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if document.can_edit:
            self.grip = BlockGrip(self, f"{parent_id}.grip", self.parts.moves, self.margin)
        else:
            self.setReadOnly(True)
            self.setCursorWidth(0)
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.cursorPositionChanged.connect(self._on_cursor_position_changed)
        attach_spelling(
            self,
            document,
            place_of_line,
            replace=self.parts.operations.replace_word,
            make_menu=self.make_menu,
        )

    def _set_look(self) -> None:
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.document().setDocumentMargin(0)

    def _make_parts(self, binding: BlockBinding, prompts: Prompts | None) -> BlockParts:
        document = binding.document
        cursor = BlockCursor(self, binding)
        operations = BlockOperations(self, binding, cursor)
        moves = BlockMoves(self, binding, cursor)
        files = BlockFiles(self, document, operations, prompts)
        return BlockParts(
            area=self,
            binding=binding,
            cursor=cursor,
            operations=operations,
            moves=moves,
            clipboard=BlockClipboard(self, document, operations, files, prompts),
            dialogs=BlockDialogs(self, document, cursor, operations, moves, files, prompts),
            marks=BoilerplateMarks(document, binding.parent_id, self.margin),
        )

    # -- for the page

    @property
    def current_block(self) -> str:
        """Id of the block with the cursor, or ""."""
        return self.parts.cursor.block_id

    def show_block(self, block: str) -> bool:
        """See `BlockCursor.show_block`."""
        return self.parts.cursor.show_block(block)

    def select_text(self, block: str, start: int, end: int) -> bool:
        """See `BlockCursor.select_text`."""
        return self.parts.cursor.select_text(block, start, end)

    def add_blocks(self, blocks: Sequence[WantedBlock], label: str) -> None:
        """See `BlockOperations.add_blocks`."""
        self.parts.operations.add_blocks(blocks, label)

    def add_notes(self, notes: Sequence[EvidenceNote]) -> None:
        """See `BlockOperations.add_notes`."""
        self.parts.operations.add_notes(notes)

    def set_hint(self, text: str) -> None:
        """See `BlockMargin.set_hint`."""
        self.margin.set_hint(text)

    # -- size and place

    @Slot(QSizeF)
    def _on_size_changed(self, size: QSizeF) -> None:
        least = _FEWEST_LINES * QFontMetricsF(self.font()).lineSpacing() + 2 * MARGIN
        self.setFixedHeight(int(max(size.height(), least)) + 2 * self.frameWidth() + 1)

    @Slot()
    def _on_cursor_position_changed(self) -> None:
        if self.hasFocus():
            self.parts.cursor.bring_into_view()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the text out anew where it has another width; Qt does so for each line it grows."""
        if event.size().width() != event.oldSize().width():
            super().resizeEvent(event)
        else:
            self.verticalScrollBar().setRange(0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: there is nothing to scroll in here."""
        event.ignore()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then what stands beside it."""
        super().paintEvent(event)
        self.margin.paint(event.rect())

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the tooltip of the place under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            show_tip_of_text(self, event, self.tip_at(event.pos()))
            return True
        return super().viewportEvent(event)

    def tip_at(self, spot: QPoint) -> str:
        """Return what the tooltip at a place of the viewport says, or ""."""
        tip = self.margin.tip_at(spot)
        line = self.cursorForPosition(spot).block()
        if tip is None and line_kind(line) == "breach" and self.parts.binding.blocks:
            block = self.parts.binding.blocks[line.blockNumber()]
            return describe_breach(self.parts.binding.document, block)
        if tip is not None or self.isReadOnly() or not is_embedded(line):
            return tip or ""
        kind = line_kind(line)
        edit, below = get_command(f"edit_{kind}").key_text, get_command("add_paragraph").key_text
        return f"{edit} or double-click: edit the {KIND_NAMES[kind]}. {below}: write below it."

    # -- keys and typing

    def event(self, event: QEvent) -> bool:
        """Let the window have its shortcuts, undo and redo above all."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._keys.claims(event):
                event.accept()
                return True
            if is_for_window(event):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key is for; what is left is typing, and moving the cursor."""
        if self._keys.take(event):
            return
        if edits_text(event):
            with self.parts.binding.typing():
                super().keyPressEvent(event)
            if event.text() == " ":
                self.parts.operations.begin_bullet()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take composed characters as typing."""
        if not event.commitString():
            super().inputMethodEvent(event)
        elif self.parts.operations.type_over(event.commitString()):
            event.accept()
        else:
            with self.parts.binding.typing():
                super().inputMethodEvent(event)
            if event.commitString() == " ":
                self.parts.operations.begin_bullet()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note that a person chose the cursor's place."""
        self.parts.cursor.is_placed = True
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the run of typing."""
        self.parts.binding.end_run()
        super().focusOutEvent(event)

    # -- mouse and menu

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the table or picture that is clicked."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        number = self.embedded.find_line_at(event.position().toPoint()) if plain else None
        if number is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        else:
            self.parts.cursor.select_object(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a table or picture."""
        number = self.embedded.find_line_at(event.position().toPoint())
        if number is not None:
            self.parts.cursor.select_object(number)
        if number is None or not self.parts.dialogs.edit_embedded():
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the commands for the blocks that were clicked, or have the cursor."""
        if event.reason() == event.Reason.Mouse:
            self._go_where_clicked(event)
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _go_where_clicked(self, event: QContextMenuEvent) -> None:
        # Qt leaves the cursor where it was; the commands would change a line out of sight.
        there = self.cursorForPosition(self.viewport().mapFromGlobal(event.globalPos()))
        chosen = self.textCursor()
        if not chosen.selectionStart() <= there.position() <= chosen.selectionEnd():
            self.setTextCursor(there)

    def make_menu(self) -> QMenu:
        """Return the context menu."""
        return make_block_menu(self.parts, self)

    # -- clipboard and dropping: a drop is a paste, and takes nothing from where it comes

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selected blocks for the clipboard."""
        return self.parts.clipboard.read_selection()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Accept text, files and pictures."""
        return can_read(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste clean blocks, whatever program they come from."""
        self.parts.clipboard.insert(source)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept text of other programs and parts."""
        if self.note_drops.takes(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            return
        paths = find_paths(event.mimeData())
        if paths and all(map(is_inspection, paths)):
            # The window opens it.
            event.ignore()
            return
        super().dragEnterEvent(event)
        _make_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        if self.note_drops.takes(event.mimeData()):
            self.note_drops.show(event.position().toPoint())
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            return
        super().dragMoveEvent(event)
        _make_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show no drop any more."""
        self.note_drops.clear()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Paste what is dropped; notes go where `NoteDrops` says."""
        mime = event.mimeData()
        if self.isReadOnly() or not self.canInsertFromMimeData(mime):
            event.ignore()
            return
        # What is typed next belongs where the drop went, not into what is selected elsewhere.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.note_drops.takes(mime):
            self.note_drops.take(mime, event.position().toPoint())
            event.accept()
        else:
            self.setTextCursor(self.cursorForPosition(event.position().toPoint()))
            self.parts.cursor.is_placed = True
            # Qt's own drop would hide the caret that showed where it goes.
            super().dragLeaveEvent(QDragLeaveEvent())
            self.insertFromMimeData(mime)
        _make_copy(event)


def _make_copy(event: QDropEvent) -> None:
    if event.isAccepted():
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()


def _describe_keys() -> str:
    nest, bullet, up, down = map(get_command, ("nest", "bullet", "move_up", "move_down"))
    return (
        f"Enter: next line. {nest.key_text}: indent a bullet. Ctrl+{nest.key_text}: leave. "
        f"{bullet.key_text}: {bullet.name.lower()}. {up.key_text}, {down.key_text}: move."
    )
