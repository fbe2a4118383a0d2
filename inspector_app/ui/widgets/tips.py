"""Tooltips over a text that is being written: they leave the line with the cursor in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

if TYPE_CHECKING:
    from PySide6.QtGui import QHelpEvent

_BELOW_MOUSE = 16
"""Pixels between the mouse and the tooltip that Qt shows below it."""


def show_tip_of_text(area: QTextEdit | QPlainTextEdit, event: QHelpEvent, tip: str) -> None:
    """Show a tooltip of a place in a text, or of all of it.

    Args:
        area: The text.
        event: Qt's request for a tooltip.
        tip: What it says of the place; "": only what is said of all of the text, which nobody needs
            who is writing in it.
    """
    is_written = area.hasFocus() and not area.isReadOnly()
    text = tip or ("" if is_written else area.toolTip())
    place = event.globalPos()
    if is_written and text:
        line = area.cursorRect()
        bottom = area.viewport().mapToGlobal(QPoint(0, line.bottom())).y()
        top = bottom - line.height()
        height = _measure_height(area, text)
        if place.y() + _BELOW_MOUSE <= bottom and place.y() + _BELOW_MOUSE + height >= top:
            place.setY(bottom)
    if text:
        QToolTip.showText(place, text, area.viewport(), QRect())
    else:
        QToolTip.hideText()


def _measure_height(area: QTextEdit | QPlainTextEdit, text: str) -> int:
    """Return more than a tooltip is high."""
    if "<" in text:
        return area.height()
    return (text.count("\n") + 3) * area.fontMetrics().lineSpacing()
