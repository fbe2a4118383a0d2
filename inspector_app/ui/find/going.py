"""Showing a hit in its field: which widget holds it, and selecting it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from inspector_app.domain.entities import Block
from inspector_app.texts import collapse_spaces, count_units
from inspector_app.ui.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.search.replace import Spot
    from inspector_app.ui.ratings.ratings_panel import RatingsPanel

_ROOM = 48
"""Pixels that are left free above and below a field that is shown."""
_LONGEST_SELECTION = 200


def selected_text() -> str:
    """Return what is selected where the cursor is, as far as it is one line."""
    focus = QApplication.focusWidget()
    text = ""
    if isinstance(focus, QLineEdit):
        text = focus.selectedText()
    elif isinstance(focus, QTextEdit | QPlainTextEdit):
        # Qt's own separators: of paragraphs, and of lines within one.
        text = focus.textCursor().selectedText().strip("\u2029").partition("\u2029")[0]
    return collapse_spaces(text)[:_LONGEST_SELECTION]


def show_hit(holder: Page | RatingsPanel, inspection: Inspection, spot: Spot) -> QWidget | None:
    """Select a hit in the page's or the panel's field that holds it, and give it the cursor.

    Returns:
        The field; None where there is none for it.
    """
    if isinstance(holder, Page):
        # What is far down may not be made yet.
        holder.show_everything()
    entity = inspection.find(spot.entity)
    if isinstance(entity, Block):
        return _show_in_block(holder, entity, spot)
    for name in _list_names(spot):
        for field in holder.findChildren(QWidget, name):
            if field.isVisibleTo(holder):
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                _select(field, spot)
                _bring_into_view(holder, field)
                return field
    return None


def _show_in_block(holder: QWidget, block: Block, spot: Spot) -> QWidget | None:
    from inspector_app.ui.blocks.editor import BlockEditor

    for editor in holder.findChildren(BlockEditor, f"{block.parent}.blocks"):
        if editor.select_text(block.id, spot.span.start, spot.span.end):
            return editor
    return None


def _list_names(spot: Spot) -> Iterator[str]:
    """Yield the names that the field of a hit may have, the most particular first."""
    if spot.at:
        # A row of a list, or a box that is ticked.
        yield f"{spot.entity}.{spot.field}[{spot.at[0]}]"
        yield f"{spot.entity}.{spot.field}.{spot.text}"
    yield f"{spot.entity}.{spot.field}"
    # The fields of the note that is shown.
    yield f"note.{spot.field}"


def _select(field: QWidget, spot: Spot) -> None:
    start = count_units(spot.text[: spot.span.start])
    length = count_units(spot.text[spot.span.start : spot.span.end])
    if isinstance(field, QLineEdit):
        field.setSelection(start, length)
    elif isinstance(field, QPlainTextEdit):
        if spot.at:
            line = field.document().findBlockByNumber(spot.at[0])
            start += line.position()
        cursor = field.textCursor()
        last = field.document().characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(start + length, last), QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)


def _bring_into_view(holder: QWidget, field: QWidget) -> None:
    area = field.parentWidget()
    while area is not None:
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(field, 0, _ROOM)
        if area is holder:
            return
        area = area.parentWidget()
