"""What a person chooses once for all inspections: the only place that knows the keys of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from inspector_app.texts import collapse_spaces
from inspector_app.ui.widgets.text_zoom import USUAL_ZOOM, ZOOMS
from inspector_app.ui.widgets.theme import load_theme_choice, store_theme_choice

if TYPE_CHECKING:
    from inspector_app.ui.widgets.theme import ThemeChoice

SMALLEST_TEXT, USUAL_TEXT, LARGEST_TEXT = 80, 100, 200
"""Per cent of the system's text size."""
SMALLEST_BACKUPS, USUAL_BACKUPS, LARGEST_BACKUPS = 1, 2, 1_000
"""Gigabytes that automatic backups may take."""
KEEP_CHOICES, USUAL_KEEP = (0, 30, 90, 180, 365), 365
"""Days after which backups of closed inspections go; 0: never."""
_MOST_INITIALS = 6
_LONGEST = 1_000
"""Characters of a text that are believed: a settings file may have been written by anybody."""


class Preferences(QObject):
    """The preferences of all windows that share settings; each is stored as soon as it is set."""

    changed = Signal(str)
    """A preference has another value; carries its name."""

    def __init__(self, settings: QSettings) -> None:
        """Read preferences from settings, and belong to them."""
        super().__init__(settings)
        self._settings = settings

    @property
    def inspector_name(self) -> str:
        """Name of the person at the keyboard."""
        return self._get_text("inspector_name")

    @inspector_name.setter
    def inspector_name(self, name: str) -> None:
        self._set("inspector_name", name)

    @property
    def initials(self) -> str:
        """Initials of that person, for the history and for notes."""
        return self._get_text("initials")

    @initials.setter
    def initials(self, initials: str) -> None:
        self._set("initials", initials)

    @property
    def who(self) -> str:
        """What the history and notes call the person: the initials, or those of the name."""
        return self.initials or make_initials(self.inspector_name)

    @property
    def should_ask_who(self) -> bool:
        """Whether the person is still to be asked who they are: once, and they may leave it."""
        return not self.who and not self._get_text("asked_who")

    def note_asked_who(self) -> None:
        """Remember that the person was asked."""
        self._set("asked_who", "yes")

    @property
    def signatory_name(self) -> str:
        """Who usually signs."""
        return self._get_text("signatory_name")

    @signatory_name.setter
    def signatory_name(self, name: str) -> None:
        self._set("signatory_name", name)

    @property
    def signatory_title(self) -> str:
        """The title of who usually signs."""
        return self._get_text("signatory_title")

    @signatory_title.setter
    def signatory_title(self, title: str) -> None:
        self._set("signatory_title", title)

    @property
    def theme(self) -> ThemeChoice:
        """Light, dark, or as the system shows."""
        return load_theme_choice(self._settings)

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        if choice != self.theme:
            store_theme_choice(self._settings, choice)
            self.changed.emit("theme")

    @property
    def text_size(self) -> int:
        """Size of the window's text, in per cent of the system's."""
        text = self._get_text("text_size")
        size = int(text) if text.isascii() and text.isdigit() else USUAL_TEXT
        return max(SMALLEST_TEXT, min(size, LARGEST_TEXT))

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._set("text_size", str(percent))

    @property
    def text_zoom(self) -> int:
        """Size of the texts that are written, in per cent of the window's text."""
        text = self._get_text("text_zoom")
        return next((zoom for zoom in ZOOMS if text == str(zoom)), USUAL_ZOOM)

    @text_zoom.setter
    def text_zoom(self, percent: int) -> None:
        self._set("text_zoom", str(percent))

    @property
    def inspections_folder(self) -> Path | None:
        """Where inspections lie; None: the computer's folder of documents."""
        return self._get_folder("inspections_folder")

    @inspections_folder.setter
    def inspections_folder(self, folder: Path | None) -> None:
        self._set("inspections_folder", str(folder or ""))

    @property
    def reports_folder(self) -> Path | None:
        """Where exported reports go; None: beside the inspection."""
        return self._get_folder("reports_folder")

    @reports_folder.setter
    def reports_folder(self, folder: Path | None) -> None:
        self._set("reports_folder", str(folder or ""))

    @property
    def organisation_folder(self) -> Path | None:
        """Frameworks, templates and words of an organisation; None: the usual folder, if any."""
        return self._get_folder("organisation_folder")

    @organisation_folder.setter
    def organisation_folder(self, folder: Path | None) -> None:
        self._set("organisation_folder", str(folder or ""))

    @property
    def templates_folder(self) -> Path | None:
        """The report templates of one's own; None: the application's."""
        return self._get_folder("templates_folder")

    @templates_folder.setter
    def templates_folder(self, folder: Path | None) -> None:
        self._set("templates_folder", str(folder or ""))

    @property
    def backups_size(self) -> int:
        """Gigabytes that the automatic backups of all inspections may take."""
        text = self._get_text("backups_size")
        size = int(text) if text.isascii() and text.isdigit() else USUAL_BACKUPS
        return max(SMALLEST_BACKUPS, min(size, LARGEST_BACKUPS))

    @backups_size.setter
    def backups_size(self, gigabytes: int) -> None:
        self._set("backups_size", str(gigabytes))

    @property
    def keep_closed_days(self) -> int:
        """Days that backups of an inspection stay once it is closed; 0: they always do."""
        text = self._get_text("keep_closed_days")
        return next((days for days in KEEP_CHOICES if text == str(days)), USUAL_KEEP)

    @keep_closed_days.setter
    def keep_closed_days(self, days: int) -> None:
        self._set("keep_closed_days", str(days))

    def _get_text(self, name: str) -> str:
        stored = self._settings.value(_key(name))
        # An INI file gives a text with a comma back as a list where somebody typed it in.
        if isinstance(stored, list):
            stored = ", ".join(map(str, stored))
        return collapse_spaces(str(stored if stored is not None else "")[:_LONGEST])

    def _get_folder(self, name: str) -> Path | None:
        stored = self._settings.value(_key(name))
        return Path(stored) if isinstance(stored, str) and stored.strip() else None

    def _set(self, name: str, value: str) -> None:
        if value != (self._settings.value(_key(name)) or ""):
            self._settings.setValue(_key(name), value)
            self.changed.emit(name)


def make_initials(name: str) -> str:
    """Return the first letters of a name's words: “AB” of “Ann Bell”."""
    return "".join(word[0] for word in name.split()).upper()[:_MOST_INITIALS]


def _key(name: str) -> str:
    return f"preferences/{name}"


def get_preferences(settings: QSettings) -> Preferences:
    """Return the preferences kept in settings, made when they are first asked for."""
    return settings.findChild(Preferences) or Preferences(settings)
