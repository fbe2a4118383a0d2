"""Colours and sizes of the window: tokens for light and dark, one style sheet made from them.

Widgets name what they are (`role`), the style sheet says how that looks; what paints itself takes
colours from its palette, from `get_colour`, or for judgements from `get_judgement_colours`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from PySide6.QtCore import QDir, QObject, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from inspector_app.assets import get_resource
from inspector_app.ui.widgets.text_zoom import get_text_zoom

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QSettings

ThemeChoice: TypeAlias = Literal["system", "light", "dark"]
THEME_CHOICES: tuple[ThemeChoice, ...] = ("system", "light", "dark")

_KEY = "preferences/theme"
_TOKEN = re.compile(r"@([a-z_]+)")
_TITLE_SCALE = 1.7
_HEADING_SCALE = 1.2


@cache
def load_tokens() -> Mapping[str, Any]:
    """Return the tokens: colours by name for "light" and "dark", pairs for "judgements"."""
    return tomllib.loads(get_resource("theme", "tokens.toml").read_text("utf-8"))


def get_judgement_colours(judgement: str) -> tuple[str, str]:
    """Return ground and text colour of a judgement; of anything else, those of no rating."""
    pairs = load_tokens()["judgements"]
    ground, text = pairs.get(judgement, pairs["none"])
    return ground, text


def get_colour(name: str) -> str:
    """Return a colour token of the scheme that is shown now.

    Raises:
        KeyError: There is no token of that name.
    """
    return cast("str", load_tokens()["dark" if is_dark() else "light"][name])


def is_dark() -> bool:
    """Tell whether the window is dark now."""
    application = QApplication.instance()
    theme = application.findChild(Theme) if application is not None else None
    return theme.dark if theme is not None else _system_is_dark()


def get_text_scale() -> float:
    """Return how many times larger than usual the window's text is."""
    application = QApplication.instance()
    theme = application.findChild(Theme) if application is not None else None
    return theme.text_scale if theme is not None else 1.0


def get_theme(application: QApplication) -> Theme:
    """Return the application's theme, made when it is first asked for."""
    return application.findChild(Theme) or Theme(application)


def load_theme_choice(settings: QSettings) -> ThemeChoice:
    """Return what the person chose."""
    stored = settings.value(_KEY)
    return next((choice for choice in THEME_CHOICES if choice == stored), "system")


def store_theme_choice(settings: QSettings, choice: ThemeChoice) -> None:
    """Remember what the person chose."""
    settings.setValue(_KEY, choice)


class Theme(QObject):
    """The look of the whole application: the person's choice, or what the system shows."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._applied: tuple[bool, float] | None = None
        self._usual_size = application.font().pointSizeF()
        self.choice: ThemeChoice = "system"
        self.dark = False
        QDir.setSearchPaths("icons", [str(get_resource("icons"))])
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    def apply(self, choice: ThemeChoice) -> None:
        """Show the application in a theme."""
        self.choice = choice
        self.dark = choice == "dark" or (choice == "system" and _system_is_dark())
        size = self._application.font().pointSizeF()
        if self._applied == (self.dark, size):
            return
        self._applied = (self.dark, size)
        self._application.setStyle("Fusion")
        tokens = load_tokens()["dark" if self.dark else "light"]
        self._application.setPalette(make_palette(tokens))
        self._application.setStyleSheet(
            make_style_sheet(tokens, size, self.text_scale, dark=self.dark)
        )
        # A new style sheet gives widgets back the font that they had under the one before.
        get_text_zoom().refresh()

    def set_text_size(self, percent: int) -> None:
        """Show all text of the window larger or smaller than the system's usual size."""
        font = self._application.font()
        size = self._usual_size * percent / 100
        if self._usual_size > 0 and font.pointSizeF() != size:
            font.setPointSizeF(size)
            self._application.setFont(font)
        self.apply(self.choice)

    @property
    def text_scale(self) -> float:
        """How many times larger than the system's usual size all text is."""
        size = self._application.font().pointSizeF()
        return size / self._usual_size if self._usual_size > 0 else 1.0

    @Slot()
    def _on_system_changed(self) -> None:
        if self.choice == "system":
            self.apply("system")


def make_palette(tokens: Mapping[str, str]) -> QPalette:
    """Return the palette of a scheme."""
    role = QPalette.ColorRole
    palette = QPalette()
    for name, token in {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "window",
        role.Text: "text",
        role.Button: "raised",
        role.ButtonText: "text",
        role.BrightText: "problem",
        role.Highlight: "accent",
        role.HighlightedText: "accent_text",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.PlaceholderText: "quiet_text",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "surface",
        role.Midlight: "hover",
        role.Mid: "line",
        role.Dark: "edge",
        role.Shadow: "edge",
    }.items():
        palette.setColor(name, QColor(tokens[token]))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens["disabled_text"]))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tokens["line"]))
    palette.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, QColor(tokens["text"]))
    return palette


def make_style_sheet(tokens: Mapping[str, str], size: float, scale: float, *, dark: bool) -> str:
    """Return the style sheet of a scheme.

    Args:
        tokens: Its colours by name.
        size: The usual text size, in points.
        scale: How many times larger than the system's that is: boxes, dots and arrows follow it.
        dark: Whether pictures are those of the dark scheme.
    """
    values = {
        **tokens,
        "scheme": "dark" if dark else "light",
        "title_size": f"{size * _TITLE_SCALE:.1f}pt",
        "heading_size": f"{size * _HEADING_SCALE:.1f}pt",
        **{name: f"{pixels}px" for name, pixels in _measure_signs(scale).items()},
    }
    text = get_resource("theme", "window.qss").read_text("utf-8")
    return _TOKEN.sub(lambda found: values[found[1]], text)


def _measure_signs(scale: float) -> dict[str, int]:
    """Return the lengths, in pixels, of what stands beside text and grows with it."""
    box, arrow = round(14 * scale), round(12 * scale)
    menu_arrow = round(10 * scale)
    radio, dot = 2 * round(6 * scale), 2 * round(2 * scale)
    return {
        "box": box,
        "box_focus": box - 2,
        "radio": radio,
        "radio_curve": radio // 2 + 1,
        "dot": dot,
        "dot_ring": (radio - dot) // 2 + 1,
        "arrow": arrow,
        "arrow_room": 2 * arrow,
        "arrow_room_focus": 2 * arrow - 1,
        "menu_arrow": menu_arrow,
        "menu_room": menu_arrow - 2,
        "menu_room_focus": menu_arrow - 3,
        "icon": round(16 * scale),
        "dock_icon": round(16 * scale),
        "dock_button": round(20 * scale),
        "dock_room": round(20 * scale) + 6,
    }


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
