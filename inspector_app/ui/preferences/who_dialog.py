"""The question that the first start asks, once: who is at the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from inspector_app.ui.preferences.sections import NameSection
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE
from inspector_app.ui.widgets.layouts import make_column, make_row
from inspector_app.ui.widgets.window_sizes import get_room

if TYPE_CHECKING:
    from inspector_app.ui.preferences.preferences import Preferences

_COLUMNS = 64
"""Characters that a line of text may have."""


class WhoDialog(QDialog):
    """Asks for name and initials; “Not now” leaves both empty, and is not asked again."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setObjectName("who_dialog")
        self.setWindowTitle("Welcome to Inspector")
        section = NameSection(preferences, self)
        buttons = QDialogButtonBox(self)
        keep = make_button(
            "&Save", "who_keep", "Save name and initials (Enter)", self, role="primary"
        )
        later = make_button("Not n&ow", "who_later", "Continue without a name (Esc)", self)
        buttons.addButton(later, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(keep, QDialogButtonBox.ButtonRole.AcceptRole)
        keep.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        make_column(
            self,
            (section, 1),
            make_row(None, buttons, margins=(0, 0, 3 * SPACE, 0)),
            margins=(0, SPACE, 0, 3 * SPACE),
        )
        self.finished.connect(preferences.note_asked_who)
        width = self.fontMetrics().averageCharWidth() * _COLUMNS
        self.resize(QSize(width, self.sizeHint().height()).boundedTo(get_room(self)))

    def reject(self) -> None:
        """Forget what was typed meanwhile."""
        self._preferences.inspector_name = self._preferences.initials = ""
        super().reject()
