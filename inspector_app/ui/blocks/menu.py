"""The context menu of the block editor: what can be done to the lines with the cursor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from inspector_app.ui.blocks.lines import line_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from inspector_app.domain.entities import BlockKind
    from inspector_app.ui.blocks.editor import BlockEditor

_KINDS: tuple[tuple[str, BlockKind], ...] = (
    ("&Bullet or paragraph\tCtrl+Shift+P", "bullet"),
    ("Sub-&heading\tCtrl+Shift+H", "heading"),
    ("B&reach statement", "breach"),
    ("Reco&mmendation", "recommendation"),
)


def make_block_menu(editor: BlockEditor) -> QMenu:
    """Return a menu for the lines with the cursor, made for being shown once."""
    menu = QMenu(editor)
    can_edit = not editor.isReadOnly()
    chosen = editor.textCursor().hasSelection()
    can_paste = can_edit and editor.canPaste()
    _add(menu, "Cu&t\tCtrl+X", editor.cut_blocks, enabled=can_edit and chosen)
    _add(menu, "&Copy\tCtrl+C", editor.copy_blocks, enabled=chosen)
    _add(menu, "&Paste\tCtrl+V", editor.paste, enabled=can_paste)
    _add(menu, "Select &all\tCtrl+A", editor.selectAll, enabled=True)
    menu.addSeparator()
    kind = line_kind(editor.textCursor().block())
    for text, wanted in _KINDS:
        action = _add(menu, text, partial(editor.toggle, wanted), enabled=can_edit)
        action.setCheckable(True)
        action.setChecked(kind == wanted)
    menu.addSeparator()
    if editor.is_on_embedded():
        what = "table" if kind == "table" else "picture"
        _add(menu, f"&Edit {what}…\tEnter", editor.edit_embedded, enabled=can_edit)
    _add(menu, "I&nsert table…\tCtrl+Shift+T", editor.insert_table, enabled=can_edit)
    has_pictures = can_edit and editor.can_insert_picture()
    _add(menu, "Insert p&icture…", editor.ask_picture, enabled=has_pictures)
    block = editor.current_block
    if editor.marks.find_standard_text(block) is not None:
        text = "Restore the &standard text"
        _add(menu, text, lambda: editor.marks.restore(block), enabled=can_edit)
    menu.addSeparator()
    here = can_edit and bool(block)
    _add(menu, "&Link a note…", editor.ask_note, enabled=here and editor.has_notes)
    menu.addSeparator()
    _add(menu, "Move &up\tAlt+Up", lambda: editor.move_block(-1), enabled=can_edit)
    _add(menu, "Move &down\tAlt+Down", lambda: editor.move_block(1), enabled=can_edit)
    _add(menu, "M&ove to…\tCtrl+Shift+M", editor.ask_where_to_move, enabled=here)
    return menu


def _add(menu: QMenu, text: str, act: Callable[[], object], *, enabled: bool) -> QAction:
    action = menu.addAction(text)
    action.setEnabled(enabled)
    action.triggered.connect(lambda: act())
    return action
