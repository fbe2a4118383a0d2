"""One row of the ratings panel: what is rated, what it was before, and the choice."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QWidget

from inspector_app.ui.ratings.rating_choice import RatingChoice
from inspector_app.ui.ratings.rating_marks import NO_MARK, make_icon
from inspector_app.ui.widgets.buttons import open_menu
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import make_column, make_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from inspector_app.ui.ratings.rating_marks import ScaleStep


class RatingRow(QWidget):
    """The rating, or the judgement, of one key question or overall."""

    picked = Signal(object)
    """A person chose a value; None: cleared."""

    def __init__(
        self,
        name: str,
        options: Sequence[ScaleStep],
        more: Sequence[ScaleStep],
        *,
        parent: QWidget | None = None,
        label: str = "",
        prefix: str = "",
    ) -> None:
        """Make the row.

        Args:
            name: What is rated: “Safe”.
            options: The steps that have a button.
            more: Those in the menu.
            parent: Qt's parent.
            label: What stands above the choice; "": the name.
            prefix: What object names begin with, where the window has another row of that name.
        """
        super().__init__(parent)
        self._name = name
        self._steps = {step.value: step for step in (*options, *more)}
        self.choice = RatingChoice(name, options, self, prefix=prefix)
        self.previous: QLabel = make_label("", "hint", self)
        self.previous.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.label: QLabel = make_label(label or name, "label", self)
        self.label.setBuddy(self.choice)
        self.more = QToolButton(self)
        self.more.setProperty("role", "quiet")
        self.more.setText("⋯")
        self.more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.more.setObjectName(f"{prefix}{name}.more")
        self.more.setAccessibleName(f"{name}: more")
        self.more.setToolTip(f"More for {name} (Space opens)")
        menu = QMenu(self.more)
        for value, word, mark in more:
            action = menu.addAction(make_icon(mark), word)
            action.setData(value)
            action.triggered.connect(lambda _=False, chosen=value: self.picked.emit(chosen))
        if more:
            menu.addSeparator()
        self.clearing: QAction = menu.addAction("Clear")
        self.clearing.triggered.connect(lambda: self.picked.emit(None))
        open_menu(self.more, menu)
        self.choice.picked.connect(self.picked)
        head = make_row(None, self.label, (self.previous, 1))
        head.addStretch(0)
        head.addWidget(self.more)
        make_column(self, head, self.choice, spacing=4)
        self.setTabOrder(self.choice, self.more)

    def set_editable(self, editable: bool) -> None:
        """Let a person choose, or only read."""
        self.choice.setEnabled(editable)
        self.more.setEnabled(editable)

    def show_value(self, value: str | None, previous: str | None) -> None:
        """Show what is chosen now and what it was at the previous inspection."""
        word = self._name_value(value)
        self.choice.show_value(value, word)
        self.clearing.setEnabled(value is not None)
        chosen = f"{self._name}: {word}" if value else f"{self._name}: nothing chosen"
        self.choice.setAccessibleName(chosen)
        before = self._name_value(previous)
        step = self._steps.get(previous or "")
        self.previous.setVisible(bool(before))
        self.previous.setText(f"was {(step.mark if step else NO_MARK).symbol} {before}")
        self.previous.setAccessibleName(f"{self._name}: previous rating {before}")
        self.previous.setToolTip(f"<p>At the previous inspection: {html.escape(before)}</p>")

    def _name_value(self, value: str | None) -> str:
        step = self._steps.get(value or "")
        return step.word if step else value or ""
