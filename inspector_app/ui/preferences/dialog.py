"""The dialog of preferences: sections at the left, the chosen one beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui.preferences.folders import FoldersSection
from inspector_app.ui.preferences.sections import BackupsSection, LookSection, PersonSection
from inspector_app.ui.spelling.own_words_list import OwnWordsList
from inspector_app.ui.widgets.labels import SPACE
from inspector_app.ui.widgets.layouts import add_all, make_row, make_scroll_area
from inspector_app.ui.widgets.panes import focus_next_stop
from inspector_app.ui.widgets.window_sizes import get_room

if TYPE_CHECKING:
    from inspector_app.ui.preferences.preferences import Preferences
    from inspector_app.ui.prompts import Prompts

_LETTERS, _LINES = 126, 34
"""What there is room for, as far as the screen has it."""


class PreferencesDialog(QDialog):
    """What is changed here holds at once; there is nothing to confirm."""

    def __init__(
        self, preferences: Preferences, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preferences_dialog")
        self.setWindowTitle("Preferences")
        self._list = QListWidget(self)
        self._list.setObjectName("preferences_sections")
        self._list.setAccessibleName("Sections")
        self._list.setToolTip("Sections of the preferences (Up and Down)")
        self._stack = QStackedWidget(self)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        button = close.button(QDialogButtonBox.StandardButton.Close)
        button.setObjectName("preferences_close")
        button.setToolTip("Close (Esc). Your changes are saved already")
        # Enter belongs to the field that the person is in.
        button.setAutoDefault(False)
        close.rejected.connect(self.reject)
        row = make_row(None, self._list, (self._stack, 1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        add_all(layout, (row, 1), close)
        self._list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.add_section(PersonSection.title, PersonSection(preferences))
        self.add_section("Look", LookSection(preferences))
        folders = FoldersSection(preferences, prompts)
        self.add_section("Folders", folders)
        self.finished.connect(folders.leave)
        self.add_section("Backups", BackupsSection(preferences))
        self.add_section(OwnWordsList.title, OwnWordsList())
        self._list.setCurrentRow(0)
        metrics = self.fontMetrics()
        wanted = QSize(_LETTERS * metrics.averageCharWidth(), _LINES * metrics.height())
        self.resize(wanted.boundedTo(get_room(self)))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from the list through the section in sight to the button, and on."""
        return focus_next_stop([self], 1 if forward else -1)

    def add_section(self, title: str, section: QWidget) -> None:
        """Put a section behind the others."""
        self._stack.addWidget(make_scroll_area(section, self._stack))
        self._list.addItem(title)
        self._list.setFixedWidth(self._list.sizeHintForColumn(0) + 4 * SPACE)
