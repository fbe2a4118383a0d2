"""Text on coloured grounds can be read: a contrast of 4.5 to 1, in Word, PDF, preview and web."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from inspector_app.assets import get_templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOKS = ("outstanding", "good", "requires_improvement", "inadequate", "none")
LEAST = 4.5


def _measure_light(colour: str) -> float:
    """Return the relative luminance of a colour such as “3b2f85” (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measure_contrast(one: str, other: str) -> float:
    lights = sorted((_measure_light(one), _measure_light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _find(style: Any, path: str, name: str) -> str:
    """Return what a style or the one that it is based on says."""
    while style is not None:
        found = style.element.find(path, style.element.nsmap)
        if found is not None and found.get(qn(name)):
            return str(found.get(qn(name)))
        style = style.base_style
    return ""


@pytest.mark.parametrize("kind", ["Rating", "Grid"])
def test_ratings_in_word_can_be_read(kind: str) -> None:
    styles = Document(str(get_templates_folder() / "house_style.docx")).styles
    for look in LOOKS:
        style = styles[f"{kind} {look.replace('_', ' ').title()}"]
        ground = _find(style, "w:pPr/w:shd", "w:fill")
        ink = _find(style, "w:rPr/w:color", "w:val")
        assert measure_contrast(ink, ground) >= LEAST, style.name


def _colours(css: str, pattern: str, property_: str) -> Iterator[tuple[str, str]]:
    """Yield look and colour of the rules whose selectors fit."""
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        found = re.search(rf"(?<![-\w]){property_}:\s*#([0-9a-f]{{6}})", body)
        for selector in selectors.split(",") if found else ():
            if fits := re.fullmatch(pattern, selector.strip()):
                yield fits[1], found[1]


@pytest.mark.parametrize("sheet", ["print.css", "preview.css", "report.css"])
@pytest.mark.parametrize("kind", ["rating", "grid"])
def test_ratings_on_screen_and_in_pdf_can_be_read(sheet: str, kind: str) -> None:
    css = (get_templates_folder() / "web" / sheet).read_text("utf-8")
    grounds = dict(_colours(css, r"td\.rating-(\w+)", "background(?:-color)?"))
    # The web page colours the cell, the others the paragraph in it.
    where = r"td\.rating-(\w+)" if sheet == "report.css" else rf"p\.{kind}-(\w+)"
    inks = dict(_colours(css, where, "color"))
    for look in LOOKS:
        assert measure_contrast(inks[look], grounds[look]) >= LEAST, look
