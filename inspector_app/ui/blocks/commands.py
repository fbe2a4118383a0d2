"""The commands of the block editor: one table for its keys, menus and toolbars.

A menu or toolbar needs nothing else. An entry says `text`, a button `button` beside an icon that is
named by `id`; its tooltip is `tool_tip`; it is enabled while `find_obstacle` is "", checked while
`is_on`; and it calls `run`. All take the parts of the editor that has the focus:
`BlockEditor.parts`. The answers may change with the cursor, the selection, the clipboard and the
document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from inspector_app.ui.blocks.lines import line_kind
from inspector_app.ui.widgets.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QTextEdit

    from inspector_app.domain.entities import BlockKind
    from inspector_app.ui.blocks.binding import BlockBinding
    from inspector_app.ui.blocks.boilerplate_marks import BoilerplateMarks
    from inspector_app.ui.blocks.clipboard import BlockClipboard
    from inspector_app.ui.blocks.cursor import BlockCursor
    from inspector_app.ui.blocks.dialogs import BlockDialogs
    from inspector_app.ui.blocks.moving import BlockMoves
    from inspector_app.ui.blocks.operations import BlockOperations

    Test = Callable[["BlockParts"], object]

_Key = QKeySequence.StandardKey
NO_TEXT = "Put the cursor into a text first."
"""Why no command can be done while no block editor has the focus."""


@dataclass(frozen=True, kw_only=True)
class BlockParts:
    """The parts of a block editor, for its commands."""

    area: QTextEdit
    binding: BlockBinding
    cursor: BlockCursor
    operations: BlockOperations
    moves: BlockMoves
    clipboard: BlockClipboard
    dialogs: BlockDialogs
    marks: BoilerplateMarks


@dataclass(frozen=True)
class BlockCommand:
    """Something that can be done to the blocks with the cursor.

    Args:
        id: Its name in code, for icons and object names.
        text: What a menu says, with the letter that leads to it behind “&”.
        run: Does it.
        needs: What must be so, and the sentence that says it is not; the first that fails counts.
        key: Its key, if any, or keys; the first one is shown.
        is_on: Tells whether the blocks are so already; None: it is no switch.
        changes: It changes the text, so it cannot be done where that is read-only.
        in_context_menu: Whether the context menu has it; "possible": only while it can be done.
        button: What its button on the toolbar says; "": the toolbar does not have it.
        is_quick: Whether its needs are tested in next to no time, so that it can be with each key.
    """

    id: str
    text: str
    run: Callable[[BlockParts], object]
    needs: tuple[tuple[Test, str], ...] = ()
    key: QKeySequence.StandardKey | str | tuple[str, ...] = ""
    is_on: Callable[[BlockParts], bool] | None = None
    changes: bool = True
    in_context_menu: Literal["always", "possible", "never"] = "always"
    button: str = ""
    is_quick: bool = True

    @property
    def name(self) -> str:
        """What it is called in running text."""
        return self.text.replace("&", "").rstrip("…")

    @property
    def keys(self) -> list[QKeySequence]:
        """Its keys, the one that is shown first."""
        if isinstance(self.key, str):
            return [QKeySequence(self.key)] if self.key else []
        if isinstance(self.key, tuple):
            return [QKeySequence(key) for key in self.key]
        return QKeySequence.keyBindings(self.key)

    @property
    def key_text(self) -> str:
        """Its key as this system writes it, or ""."""
        native = QKeySequence.SequenceFormat.NativeText
        return next((key.toString(native) for key in self.keys), "")

    def find_obstacle(self, parts: BlockParts | None, read_only_reason: str = "") -> str:
        """Return why it cannot be done now, as a sentence; "" where it can.

        Args:
            parts: Those of the editor that has the focus; None: no editor has it.
            read_only_reason: Why no text of the inspection can be changed; "" where one can.
        """
        if parts is None:
            return (read_only_reason if self.changes else "") or NO_TEXT
        if self.changes and parts.area.isReadOnly():
            return parts.binding.document.read_only_reason or "This text is read-only."
        return next((missing for test, missing in self.needs if not test(parts)), "")

    def tool_tip(self, obstacle: str = "") -> str:
        """Return the name and the key, and below them why it cannot be done now."""
        key = f" ({self.key_text})" if self.key_text else ""
        return f"{self.name}{key}\n{obstacle}".rstrip("\n")


def get_command(id_: str) -> BlockCommand:
    """Return the command of an id."""
    return next(command for command in _list_commands() if command.id == id_)


def find_commands(event: QKeyEvent) -> Sequence[BlockCommand]:
    """Return the commands of a key; no two of them can be done at the same time."""
    key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key == Qt.Key.Key_Backtab:
        key, modifiers = int(Qt.Key.Key_Tab), modifiers | Qt.KeyboardModifier.ShiftModifier
    elif key == Qt.Key.Key_Return:
        key = int(Qt.Key.Key_Enter)
    return _list_by_key().get(key | modifiers.value, ())


@cache
def _list_by_key() -> Mapping[int, Sequence[BlockCommand]]:
    found: dict[int, list[BlockCommand]] = {}
    for command in _list_commands():
        for key in command.keys:
            chord = key[0]  # type: ignore[index]
            found.setdefault(chord.toCombined(), []).append(command)
    return found


def _list_commands() -> Iterator[BlockCommand]:
    return chain.from_iterable(COMMANDS.values())


def _turn_into(kind: BlockKind, text: str, button: str, key: str = "") -> BlockCommand:
    return BlockCommand(
        kind,
        text,
        lambda it: it.operations.toggle(kind),
        key=key,
        is_on=lambda it: line_kind(it.cursor.line) == kind,
        button=button,
    )


def _edit(kind: BlockKind, text: str, name: str) -> BlockCommand:
    def is_there(it: BlockParts) -> bool:
        return it.cursor.embedded is not None and it.cursor.embedded.kind == kind

    return BlockCommand(
        f"edit_{kind}",
        text,
        lambda it: it.dialogs.edit_embedded(),
        ((is_there, f"Put the cursor on a {name} first."),),
        ("F2",),
        in_context_menu="possible",
    )


def _is_breach(parts: BlockParts) -> bool:
    return line_kind(parts.cursor.line) == "breach"


_SELECTION: tuple[Test, str] = (
    lambda it: it.area.textCursor().hasSelection(),
    "Select some text first.",
)
_BLOCK: tuple[Test, str] = (lambda it: it.cursor.block_id, "There is no text here yet.")

COMMANDS: Mapping[str, tuple[BlockCommand, ...]] = {
    "clipboard": (
        BlockCommand("cut", "Cu&t", lambda it: it.clipboard.cut(), (_SELECTION,), _Key.Cut),
        BlockCommand(
            "copy", "&Copy", lambda it: it.clipboard.copy(), (_SELECTION,), _Key.Copy, changes=False
        ),
        BlockCommand(
            "paste",
            "&Paste",
            lambda it: it.area.paste(),
            ((lambda it: it.area.canPaste(), "There is no text on the clipboard."),),
            _Key.Paste,
        ),
        BlockCommand(
            "all", "Select &all", lambda it: it.area.selectAll(), (), _Key.SelectAll, changes=False
        ),
    ),
    "kind": (
        _turn_into("bullet", "&Bullet", "Bullet", "Ctrl+Shift+P"),
        _turn_into("paragraph", "Para&graph", "Paragraph"),
        _turn_into("heading", "Sub-&heading", "Sub-heading", "Ctrl+Shift+H"),
    ),
    "level": (
        BlockCommand(
            "nest",
            "I&ncrease indent",
            lambda it: it.operations.nest(1),
            (
                (
                    lambda it: it.operations.can_nest(1),
                    "Only a bullet below another can be indented.",
                ),
            ),
            "Tab",
            in_context_menu="never",
            button="Indent",
        ),
        BlockCommand(
            "unnest",
            "&Decrease indent",
            lambda it: it.operations.nest(0),
            ((lambda it: it.operations.can_nest(0), "Only an indented bullet can be moved out."),),
            "Shift+Tab",
            in_context_menu="never",
            button="Outdent",
        ),
    ),
    "insert": (
        BlockCommand(
            "insert_table",
            "I&nsert table…",
            lambda it: it.dialogs.insert_table(),
            key="Ctrl+Shift+T",
            button="Table",
        ),
        BlockCommand(
            "insert_picture",
            "Insert p&icture…",
            lambda it: it.dialogs.ask_picture(),
            ((lambda it: it.dialogs.can_insert_picture(), "The inspection has no pictures."),),
            button="Picture",
        ),
        BlockCommand(
            "add_paragraph",
            "Paragraph belo&w",
            lambda it: it.operations.add_paragraph(),
            ((lambda it: it.cursor.embedded, "Put the cursor on a table or picture first."),),
            ("Enter", "Shift+Enter"),
            in_context_menu="never",
        ),
    ),
    "edit": (
        _edit("table", "&Edit table…", "table"),
        _edit("image", "Edit pi&cture…", "picture"),
        BlockCommand(
            "restore",
            "Restore the &standard text",
            lambda it: it.marks.restore(it.cursor.block_id),
            (
                (
                    lambda it: it.marks.find_standard_text(it.cursor.block_id),
                    "Only a standard text that was changed can be restored.",
                ),
            ),
            in_context_menu="possible",
            is_quick=False,
        ),
    ),
    "statement": (
        BlockCommand(
            "breach",
            "B&reach statement…",
            lambda it: it.dialogs.turn_into_breach(),
            is_on=_is_breach,
            button="Breach",
        ),
        BlockCommand(
            "regulation",
            "Regulation o&f the breach…",
            lambda it: it.dialogs.ask_regulation(),
            (_BLOCK, (_is_breach, "Put the cursor on a breach statement first.")),
            in_context_menu="possible",
        ),
        _turn_into("recommendation", "Reco&mmendation", "Recommendation"),
    ),
    "notes": (
        BlockCommand(
            "link_note",
            "&Link a note…",
            lambda it: it.dialogs.ask_note(),
            (_BLOCK, (lambda it: it.dialogs.has_notes(), "The inspection has no evidence notes.")),
            button="Link note",
        ),
    ),
    "move": (
        BlockCommand("move_up", "Move &up", lambda it: it.moves.move_block(-1), (), Keys.MOVE_UP),
        BlockCommand(
            "move_down", "Move do&wn", lambda it: it.moves.move_block(1), (), Keys.MOVE_DOWN
        ),
        BlockCommand(
            "move_to",
            "M&ove to…",
            lambda it: it.dialogs.ask_where_to_move(),
            (_BLOCK,),
            "Ctrl+Shift+M",
            button="Move to",
        ),
    ),
}
"""The commands by group, in the order of menus and toolbars."""
