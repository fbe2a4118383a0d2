"""One difference in full, word by word, and what can be restored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from inspector_app.domain.versions.restoring import is_restorable
from inspector_app.domain.versions.word_marks import mark_words
from inspector_app.texts import shorten
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import add_all, make_column, make_row
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from inspector_app.domain.versions.comparing import Difference
    from inspector_app.ui.versions.difference_labels import DifferenceWords
    from inspector_app.ui.versions.difference_model import PlacedDifference

_LONGEST_PLACE = 24


class DifferenceCard(QFrame):
    """Shows the difference that is selected."""

    restore_wanted = Signal()
    """The person wants this part as it was."""
    place_wanted = Signal()
    """The person wants all of this page as it was."""
    all_wanted = Signal()
    """The person wants everything as it was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setObjectName("difference_card")
        self._build()

    def _build(self) -> None:
        self._name = make_label("", "label", self, "difference_name")
        self.text = QTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setObjectName("difference_text")
        self.text.setAccessibleName("Then and now")
        self.text.setToolTip("Struck through: as it was then. Underlined: as it is now")
        self.text.setTabChangesFocus(True)
        self._name.setBuddy(self.text)
        legend = make_label("Struck through: then. Underlined: now.", "hint", self)
        self.one = make_button(
            "&Restore this", "restore_one", "Restore this part as it was then", role="primary"
        )
        self.place = make_button(
            "Restore this page",
            "restore_place",
            ("Restore all of this page as it was then. You are asked first"),
        )
        self.all = make_button(
            "Restore e&verything…",
            "restore_all",
            "Restore the whole inspection as it was then. You are asked first",
        )
        buttons = make_row()
        add_all(buttons, self.one, self.place, self.all)
        buttons.addStretch(1)
        layout = make_column(self, margins=(2 * SPACE, 12, 2 * SPACE, 12))
        add_all(layout, self._name, (self.text, 1), legend, buttons)
        self.one.clicked.connect(self.restore_wanted)
        self.place.clicked.connect(self.place_wanted)
        self.all.clicked.connect(self.all_wanted)

    def show_difference(
        self,
        placed: PlacedDifference | None,
        words: DifferenceWords | None,
        *,
        can_edit: bool,
        in_place: int,
        in_all: int,
    ) -> None:
        """Show a difference; None: nothing is selected.

        Args:
            placed: The difference.
            words: What names it.
            can_edit: Whether anything can be restored.
            in_place: How many differences of its page can be restored.
            in_all: How many can be restored in all.
        """
        self.setVisible(placed is not None)
        if placed is None or words is None:
            return
        difference = placed.difference
        self._name.setText(words.headline(difference))
        self.one.setText("&Remove this" if difference.kind == "added" else "&Restore this")
        self.one.setEnabled(can_edit and is_restorable(difference))
        place = shorten(placed.place, _LONGEST_PLACE)
        self.place.setText(f"Restore “{place.replace('&', '&&')}”…")
        self.place.setEnabled(can_edit and in_place > 0)
        self.all.setEnabled(can_edit and in_all > 0)
        self._write(difference, words)

    def _write(self, difference: Difference, words: DifferenceWords) -> None:
        self.text.clear()
        cursor = self.text.textCursor()
        spoken: list[str] = []
        if difference.kind in {"added", "removed"}:
            kind = "new" if difference.kind == "added" else "gone"
            text = words.summarise(difference.entity) or "(empty)"
            cursor.insertText(text, _make_format(kind))
            spoken.append(f"{'Now' if kind == 'new' else 'Then'}: {text}")
        for field in difference.fields:
            then, now = (words.write_value(field.field, value) for value in field[1:])
            self._write_name(cursor, words.name_field(difference.entity, field.field))
            for mark in mark_words(then, now):
                cursor.insertText(mark.text, _make_format(mark.kind))
            spoken.append(f"Then: {then or 'nothing'}. Now: {now or 'nothing'}")
        if difference.moved or difference.kind == "moved":
            self._write_name(cursor, "Moved")
            cursor.insertText(
                "It is somewhere else now.\n" + words.summarise(difference.entity),
                _make_format("same"),
            )
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.setAccessibleDescription("\n".join(spoken))

    def _write_name(self, cursor: QTextCursor, name: str) -> None:
        if not cursor.atStart():
            cursor.insertBlock()
        format_ = QTextCharFormat()
        format_.setForeground(QColor(get_colour("quiet_text")))
        cursor.insertText(name, format_)
        cursor.insertBlock()


def _make_format(kind: Any) -> QTextCharFormat:
    """Return how a piece looks; never by its colour alone."""
    format_ = QTextCharFormat()
    if kind == "gone":
        format_.setFontStrikeOut(True)
        format_.setForeground(QColor(get_colour("problem")))
    elif kind == "new":
        format_.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        format_.setForeground(QColor(get_colour("success")))
    else:
        format_.setForeground(QColor(get_colour("text")))
    return format_
