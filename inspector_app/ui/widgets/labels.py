"""The spacing scale, and labels in the roles that the window has."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

SPACE = 8
"""The step of the spacing scale: 4, 8, 12, 16, 24."""


def make_label(text: str, role: str, parent: QWidget) -> QLabel:
    """Return a label in one of the window's roles: title, heading, label, hint, problem."""
    label = QLabel(text, parent)
    label.setTextFormat(label.textFormat().PlainText)
    label.setProperty("role", role)
    label.setWordWrap(role in {"hint", "problem", "title", "heading"})
    if role in {"title", "heading", "problem"}:
        # A name without a space in it, or what is quoted from a field, is cut off rather than that
        # the page scrolls sideways.
        label.setMinimumWidth(1)
    return label
