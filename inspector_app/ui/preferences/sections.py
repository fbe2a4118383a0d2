"""The sections of the preferences: the person, the look, the backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from inspector_app.texts import collapse_spaces
from inspector_app.ui.preferences.preferences import (
    KEEP_CHOICES,
    LARGEST_BACKUPS,
    LARGEST_TEXT,
    SMALLEST_BACKUPS,
    SMALLEST_TEXT,
    make_initials,
)
from inspector_app.ui.widgets.fields import ignore_wheel_until_focused
from inspector_app.ui.widgets.keys import Keys, name_key
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import STRETCH, add_all, make_column
from inspector_app.ui.widgets.theme import THEME_CHOICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.ui.preferences.preferences import Preferences
    from inspector_app.ui.widgets.theme import ThemeChoice

_THEME_NAMES: Mapping[ThemeChoice, str] = {
    "system": "Like the system",
    "light": "Light",
    "dark": "Dark",
}
_KEEP_NAMES = {0: "Always", 30: "30 days", 90: "90 days", 180: "180 days", 365: "365 days"}
_SIZE_STEP = 10
_WHAT_GOES = (
    "Inspector removes older ones automatically, but only if the inspection file or a later "
    "backup has everything that is in them. It never removes changes that wait for your decision, "
    "rescued copies or the inspections themselves. Files on this computer, in the menu File, "
    "lists what there is."
)


class PreferencesSection(QWidget):
    """A section: a heading, what it is for, and fields one below the other."""

    def __init__(self, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.column = make_column(
            self, margins=(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE), spacing=SPACE // 2
        )
        add_all(self.column, make_label(title, "heading", self), make_label(hint, "hint", self))

    def add(self, text: str, editor: QWidget, name: str, tip: str) -> None:
        """Put an editor below its label."""
        label = make_label(text, "label", self)
        label.setWordWrap(True)
        label.setBuddy(editor)
        editor.setObjectName(f"preference_{name}")
        editor.setAccessibleName(text.replace("&", ""))
        editor.setToolTip(tip)
        self.column.addSpacing(SPACE)
        add_all(self.column, label, editor)


class NameSection(PreferencesSection):
    """Who is at the keyboard."""

    title = "Your name and initials"
    hint = (
        "Your initials are shown beside your changes in the history, and on your notes. You can "
        "change them later in Edit, Preferences."
    )
    fields: tuple[tuple[str, str, str], ...] = (
        ("Your &name", "inspector_name", "Your own name"),
        ("Your &initials", "initials", "What the history and new notes call you: “AB”"),
    )
    """Label, name of the preference and tooltip of each line."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(self.title, self.hint, parent)
        self._preferences = preferences
        self._lines: dict[str, QLineEdit] = {}
        for text, name, tip in self.fields:
            line = QLineEdit(str(getattr(preferences, name)), self)
            line.setMaxLength(20 if name == "initials" else 200)
            self.add(text, line, name, tip)
            line.textEdited.connect(self._on_edited)
            self._lines[name] = line
        self.column.addStretch()
        self._refresh_initials()

    @Slot()
    def _on_edited(self) -> None:
        for name, line in self._lines.items():
            setattr(self._preferences, name, collapse_spaces(line.text()))
        self._refresh_initials()

    def _refresh_initials(self) -> None:
        name = self._preferences.inspector_name
        self._lines["initials"].setPlaceholderText(make_initials(name))


class PersonSection(NameSection):
    """Who is at the keyboard, and who signs."""

    title = "You and the signatory"
    hint = (
        "Your initials are shown in the history and on your notes. The signatory is filled into "
        "new inspections, and offered where one has none yet."
    )
    fields = (
        *NameSection.fields,
        ("&Signatory", "signatory_name", "Who usually signs your reports"),
        ("&Title of the signatory", "signatory_title", "Printed below the signatory's name"),
    )


class LookSection(PreferencesSection):
    """Theme and text size."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__("Look", "Changes apply at once, in all windows.")
        self._preferences = preferences
        self._theme = QComboBox(self)
        for choice in THEME_CHOICES:
            self._theme.addItem(_THEME_NAMES[choice], choice)
        ignore_wheel_until_focused(self._theme)
        self.add("&Theme", self._theme, "theme", "Light, dark, or as the system shows")
        self._size = _make_spin_box((SMALLEST_TEXT, LARGEST_TEXT), " %", self)
        self._size.setSingleStep(_SIZE_STEP)
        keys = f"{name_key(Keys.LARGER)} and {name_key(Keys.SMALLER)}"
        self.add("Te&xt size", self._size, "text_size", "Of all text in the window, 80 to 200 %")
        hint = f"The texts that you write have a size of their own: {keys}, or Ctrl and the wheel."
        self.column.addWidget(make_label(hint, "hint", self))
        self.column.addStretch()
        self._refresh()
        self._theme.activated.connect(self._on_theme)
        self._size.valueChanged.connect(self._on_size)
        preferences.changed.connect(self._refresh)

    @Slot()
    def _refresh(self) -> None:
        self._theme.setCurrentIndex(THEME_CHOICES.index(self._preferences.theme))
        self._size.setValue(self._preferences.text_size)

    @Slot()
    def _on_theme(self) -> None:
        self._preferences.theme = self._theme.currentData()

    @Slot(int)
    def _on_size(self, percent: int) -> None:
        self._preferences.text_size = percent


class BackupsSection(PreferencesSection):
    """How much room backups may take, and how long they stay."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__(
            "Backups",
            "Inspector makes a whole copy of an inspection when you open it, when you close it "
            "and every half hour while you work on it, in a folder of its own on this computer. "
            "It keeps fewer of the older copies, and always the latest of each inspection.",
        )
        self._preferences = preferences
        self._size = _make_spin_box((SMALLEST_BACKUPS, LARGEST_BACKUPS), " GB", self)
        self.add(
            "&Most room for backups",
            self._size,
            "backups_size",
            "For all inspections together. If it is not enough, the oldest backups are removed",
        )
        self._keep = QComboBox(self)
        for days in KEEP_CHOICES:
            self._keep.addItem(_KEEP_NAMES[days], days)
        ignore_wheel_until_focused(self._keep)
        self.add(
            "&Keep backups of inspections that are closed",
            self._keep,
            "keep_closed_days",
            "Counted from the day you last had the inspection open on this computer",
        )
        about = make_label(_WHAT_GOES, "hint", self)
        add_all(self.column, about, STRETCH)
        self._size.setValue(preferences.backups_size)
        self._keep.setCurrentIndex(KEEP_CHOICES.index(preferences.keep_closed_days))
        self._size.valueChanged.connect(self._on_size)
        self._keep.activated.connect(self._on_keep)

    @Slot(int)
    def _on_size(self, gigabytes: int) -> None:
        self._preferences.backups_size = gigabytes

    @Slot()
    def _on_keep(self) -> None:
        self._preferences.keep_closed_days = self._keep.currentData()


def _make_spin_box(bounds: tuple[int, int], unit: str, parent: QWidget) -> QSpinBox:
    box = QSpinBox(parent)
    box.setRange(*bounds)
    box.setSuffix(unit)
    # A style sheet gives the line in a spin box no padding.
    box.lineEdit().setTextMargins(SPACE, 0, 0, 0)
    # While “150” is being typed, “15” is no size.
    box.setKeyboardTracking(False)
    ignore_wheel_until_focused(box)
    return box
