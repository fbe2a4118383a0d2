"""What the help menu tells: the keys, and facts about this application."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion

from inspector_app import __version__
from inspector_app.assets import get_resource, get_templates_folder
from inspector_app.document.sqlite_version import get_sqlite_version
from inspector_app.settings import get_backups_folder, get_settings_file, get_state_folder
from inspector_app.ui.widgets.keys import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QAction, QKeySequence

HEADLINE = f"Inspector {__version__}"


def list_keys(actions: Iterable[QAction]) -> str:
    """Return the keys of actions, a line each: keys, a tab, what they do."""
    lines: dict[str, None] = {}
    for action in actions:
        keys = [name_key(key) for key in action.shortcuts() if _is_usual(key)]
        # “Undo” names the step that it would take.
        text, _, text_key = action.text().partition("\t")
        keys = keys or [text_key]
        name = text.replace("&&", "\0").replace("&", "").replace("\0", "&")
        if action.objectName() in {"action_undo", "action_redo"}:
            name = name.partition(":")[0]
        if any(keys):
            lines.setdefault(f"{', '.join(filter(None, keys))}\t{name.rstrip('…')}")
    return "\n".join(lines)


def _is_usual(sequence: QKeySequence) -> bool:
    """Tell whether usual keyboards have a key.

    Not F16, which old workstations copy with, and not keys that are called “Copy” or “Zoom In”.
    """
    # The stub does not know that a sequence has parts.
    key = Qt.Key(sequence[0].key()).value  # type: ignore[index]
    is_rare_function = Qt.Key.Key_F13.value <= key <= Qt.Key.Key_F35.value
    is_multimedia = Qt.Key.Key_Back.value <= key
    return not is_rare_function and not is_multimedia


def describe_application() -> str:
    """Return what a person may be asked for when they ask for help."""
    return "\n".join(
        (
            "For health and social care inspectors: from evidence notes to the Word report.",
            "Works offline. What you type is saved in files of your own.",
            "Licence: MIT. Qt is used under the LGPL, version 3.",
            "",
            f"Inspector\t{__version__}",
            f"Python\t{platform.python_version()}",
            f"Qt\t{qVersion()}",
            f"SQLite\t{get_sqlite_version()}",
            f"System\t{platform.platform()}",
            "",
            f"Preferences\t{get_settings_file()}",
            f"Backups\t{get_backups_folder()}",
            f"Working files\t{get_state_folder()}",
            f"Frameworks\t{get_resource('frameworks')}",
            f"Report templates\t{get_templates_folder()}",
        )
    )
