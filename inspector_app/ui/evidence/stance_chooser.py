"""Strength, concern or neutral: three buttons with word and shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from inspector_app.ui.evidence.note_labels import STANCES
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.keys import add_key
from inspector_app.ui.widgets.layouts import make_row

if TYPE_CHECKING:
    from inspector_app.domain.entities import Stance

_KEYS: dict[Stance, str] = {"strength": "Alt+S", "concern": "Alt+C", "neutral": "Alt+N"}


class StanceChooser(QWidget):
    """The stance of a note, always one of three."""

    edited = Signal(str)
    """A person chose; carries the stance."""

    def __init__(self, *, keys: bool = False, parent: QWidget | None = None) -> None:
        """Make the buttons; `keys` gives each a key of its own."""
        super().__init__(parent)
        layout = make_row(self, spacing=4)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for index, (stance, text) in enumerate(STANCES.items()):
            word = text.partition(" ")[2]
            tip = add_key(word, _KEYS[stance]) if keys else word
            button = make_button(
                text, f"stance.{stance}", tip, self, role="choice", spoken=f"Stance: {word}"
            )
            button.setCheckable(True)
            # The group sees to it; screen readers are told that it is one of several.
            button.setAutoExclusive(True)
            if keys:
                # Not the button's own shortcut, which clicks a tenth of a second later.
                QShortcut(QKeySequence(_KEYS[stance]), self, button.click)
            self._group.addButton(button, index)
            self._buttons[stance] = button
            layout.addWidget(button)
        layout.addStretch(1)
        self._group.idClicked.connect(lambda index: self.edited.emit(tuple(STANCES)[index]))
        self.setFocusProxy(next(iter(self._buttons.values())))

    @property
    def stance(self) -> Stance | None:
        """What is chosen; None while nothing is."""
        index = self._group.checkedId()
        return tuple(STANCES)[index] if index >= 0 else None

    def show_stance(self, stance: str | None) -> None:
        """Show a stance, or none; nobody is told."""
        if stance in self._buttons:
            self._buttons[stance].setChecked(True)
            self.setFocusProxy(self._buttons[stance])
            return
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)
