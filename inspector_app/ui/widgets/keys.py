"""The keys that are told in several places, and how they are told."""

from __future__ import annotations

import re
from typing import TypeAlias

from PySide6.QtGui import QAction, QKeySequence

AnyKey: TypeAlias = QAction | QKeySequence | QKeySequence.StandardKey | str


class Keys:
    """The keys of actions that tooltips and hints tell, too."""

    NEW = "Ctrl+N"
    OPEN = QKeySequence.StandardKey.Open
    SAVE = "Ctrl+S"
    UNDO = "Ctrl+Z"
    EXPORT = "Ctrl+Shift+E"
    PRINT = "Ctrl+P"
    CAPTURE = "Ctrl+E"
    FIND_NEXT = "F3"
    FIND_PREVIOUS = "Shift+F3"
    NEXT_PANE = "F6"
    NEXT_GAP = "F8"
    MOVE_UP = "Alt+Up"
    MOVE_DOWN = "Alt+Down"
    REMOVE_ROW = "Ctrl+Delete"
    NEXT_ROW = "Ctrl+Enter"
    CALENDAR = "F4"
    QUIET = "F11"
    PASTE = QKeySequence.StandardKey.Paste
    LARGER = QKeySequence.StandardKey.ZoomIn
    SMALLER = QKeySequence.StandardKey.ZoomOut


def name_key(key: AnyKey) -> str:
    """Return a key, or that of an action, as this system writes it; "" for none.

    The key of an action may be one that a text takes, which is only named behind its text.
    """
    if isinstance(key, QAction) and key.shortcut().isEmpty():
        return key.text().partition("\t")[2]
    keys = key.shortcut() if isinstance(key, QAction) else QKeySequence(key)
    name = keys.toString(QKeySequence.SequenceFormat.NativeText)
    # Qt shortens it; keyboards and Word do not.
    return re.sub(r"\bDel\b", "Delete", name)


def add_key(tip: str, key: AnyKey) -> str:
    """Return a tooltip that ends with a key, where there is one: “Find the next match (F3)”."""
    name = name_key(key)
    return f"{tip} ({name})" if name else tip


def add_letter(tip: str, text: str) -> str:
    """Return a tooltip that ends with the letter behind the ampersand in a text, if there is."""
    return add_key(tip, QKeySequence.mnemonic(text))


def describe_row_keys(noun: str) -> str:
    """Return what the keys do in a list of rows; `noun` is what a row is called there."""
    move = f"{name_key(Keys.MOVE_UP)}, {name_key(Keys.MOVE_DOWN)}"
    return f"Enter: next {noun}. {move}: move. {name_key(Keys.REMOVE_ROW)}: remove."
