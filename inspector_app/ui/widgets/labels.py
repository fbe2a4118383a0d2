"""The spacing scale, and labels in the roles that the window has."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

SPACE = 8
"""The step of the spacing scale: 4, 8, 12, 16, 24."""
_LONGEST_TIP = 600


def make_tip(text: str) -> str:
    """Return a tooltip of what somebody typed: what looks like markup would be read as markup."""
    return text[:_LONGEST_TIP].replace("<", "‹")


def make_label(text: str, role: str, parent: QWidget, name: str = "") -> QLabel:
    """Return a label in one of the window's roles: title, heading, label, hint, problem."""
    label = QLabel(text, parent)
    label.setObjectName(name)
    label.setTextFormat(label.textFormat().PlainText)
    label.setProperty("role", role)
    label.setWordWrap(role in {"hint", "problem", "title", "heading"})
    if role in {"title", "heading", "problem"}:
        # A name without a space in it, or what is quoted from a field, is cut off rather than that
        # the page scrolls sideways.
        label.setMinimumWidth(1)
    return label
