"""The look: contrasts are computed, the choice is remembered, the style sheet is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QComboBox

from inspector_app.frameworks.load import load_reference
from inspector_app.frameworks.rating_scale import Rating
from inspector_app.ui.widgets.theme import (
    get_colour,
    get_judgement_colours,
    get_theme,
    is_dark,
    load_theme_choice,
    load_tokens,
    make_palette,
    make_style_sheet,
    store_theme_choice,
)

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

TEXTS = [
    ("text", "window"),
    ("text", "surface"),
    ("text", "raised"),
    ("text", "hover"),
    ("quiet_text", "window"),
    ("quiet_text", "surface"),
    ("quiet_text", "raised"),
    ("accent", "window"),
    ("accent", "surface"),
    ("accent_text", "accent"),
    ("accent_text", "accent_hover"),
    ("selection_text", "selection"),
    ("problem", "window"),
    ("problem", "surface"),
    ("problem", "raised"),
    ("success", "surface"),
    ("warning_text", "warning"),
    ("changed_text", "changed"),
]
EDGES = [
    ("edge", "surface"),
    ("edge", "window"),
    ("focus", "surface"),
    ("focus", "window"),
    ("misspelt", "surface"),
]
JUDGEMENTS = ["none", "met", "not_met"]


def _contrast(first: str, second: str) -> float:
    """Contrast as WCAG 2 computes it."""

    def light(name: str) -> float:
        parts = QColor(name).getRgbF()[:3]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted([light(first), light(second)], reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    tokens = load_tokens()[scheme]
    assert _contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_can_be_seen(scheme: str, edge: str, ground: str) -> None:
    tokens = load_tokens()[scheme]
    assert _contrast(tokens[edge], tokens[ground]) >= 3


@pytest.mark.parametrize("judgement", JUDGEMENTS)
def test_judgements_can_be_read(judgement: str) -> None:
    assert _contrast(*get_judgement_colours(judgement)) >= 4.5


def test_every_rating_of_the_scale_has_a_colour_and_a_shape_of_its_own() -> None:
    reference = load_reference()
    scale = [item for item in reference.ratings.values() if item.is_rating]
    assert all(item.colour for item in scale)
    assert len({reference.shape_of(item.id) for item in scale}) == len(scale)
    assert get_judgement_colours("never heard of") == get_judgement_colours("none")


@pytest.mark.parametrize("part", range(0, 256, 15))
def test_letters_can_be_read_on_any_colour_that_a_framework_gives(part: int) -> None:
    for other in range(0, 256, 51):
        for colour in (f"#{part:02x}{other:02x}80", f"#{part:02x}{part:02x}{other:02x}"):
            rating = Rating(id="any", name="Any", is_rating=True, colour=colour)
            assert _contrast(rating.ink, colour) >= 4.5


def test_both_schemes_have_the_same_tokens() -> None:
    assert load_tokens()["light"].keys() == load_tokens()["dark"].keys()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_style_sheet_is_whole(scheme: str, qapp: QApplication) -> None:
    text = make_style_sheet(load_tokens()[scheme], 10, 1.0, dark=scheme == "dark")
    assert "@" not in text
    assert text.count("{") == text.count("}")
    palette = make_palette(load_tokens()[scheme])
    assert palette.color(QPalette.ColorRole.Text).name() == load_tokens()[scheme]["text"]


def test_dark_and_light_again(qapp: QApplication, qtbot: QtBot) -> None:
    theme = get_theme(qapp)
    assert get_theme(qapp) is theme
    theme.apply("dark")
    assert is_dark()
    assert get_colour("text") == load_tokens()["dark"]["text"]
    assert qapp.palette().color(QPalette.ColorRole.Window).lightnessF() < 0.3
    assert load_tokens()["dark"]["window"] in qapp.styleSheet()
    theme.apply("light")
    assert not is_dark()
    assert qapp.palette().color(QPalette.ColorRole.Window).lightnessF() > 0.7


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("percent", [100, 200])
def test_a_list_that_drops_down_shows_all_of_its_lines(
    qapp: QApplication, qtbot: QtBot, percent: int
) -> None:
    theme = get_theme(qapp)
    theme.apply("light")
    theme.set_text_size(percent)
    box = QComboBox()
    box.addItems(["Not chosen", "Comprehensive", "Focused", "Follow-up", "Desk-based"])
    box.setCurrentIndex(2)
    qtbot.addWidget(box)
    box.show()
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    qapp.processEvents()
    for row in range(box.count()):
        place = view.visualRect(view.model().index(row, 0))
        assert view.viewport().rect().contains(place), row
    theme.set_text_size(100)


def test_the_choice_is_remembered(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert load_theme_choice(settings) == "system"
    store_theme_choice(settings, "dark")
    assert load_theme_choice(settings) == "dark"
    settings.setValue("preferences/theme", "nonsense")
    assert load_theme_choice(settings) == "system"
