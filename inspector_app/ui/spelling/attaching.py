"""Spelling and gaps for any text area, in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.ui.spelling.gap_clicks import GapClicks
from inspector_app.ui.spelling.spelling_marks import SpellingMarks
from inspector_app.ui.spelling.suggestions import SuggestionsMenu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QTextCursor
    from PySide6.QtWidgets import QMenu

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.spelling.spelling_marks import PlaceOf, TextArea
    from inspector_app.ui.spelling.suggestions import Replace


def attach_spelling(
    editor: TextArea,
    document: InspectionDocument,
    place_of: PlaceOf,
    *,
    replace: Replace | None = None,
    make_menu: Callable[[], QMenu] | None = None,
) -> SpellingMarks:
    """Mark misspelt words and gaps of a text area; offer suggestions, and select a clicked gap.

    Args:
        editor: The text area.
        document: The open inspection.
        place_of: Gives the field of the inspection that a line shows; None: not to be checked.
        replace: Puts a word in as one step of undo of a name; None: as if it were typed.
        make_menu: Gives the text area's own menu; None: Qt's.
    """
    marks = SpellingMarks(editor, document, place_of)
    SuggestionsMenu(marks, make_menu or editor.createStandardContextMenu, replace or _type_over)
    GapClicks(marks)
    return marks


def _type_over(cursor: QTextCursor, text: str, label: str) -> None:
    cursor.insertText(text)
