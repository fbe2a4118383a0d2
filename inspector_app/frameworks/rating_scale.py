"""The rating scale: its steps with their looks, what stands in their place, what limits them."""

from __future__ import annotations

from typing import Literal

from inspector_app.domain.rating_rules import Verified
from inspector_app.frameworks.values import FrameworkValue

RatingShape = Literal["", "star", "disc", "diamond", "half", "square", "triangle"]
"""The marks of ratings: none is told by its colour alone."""
_WHITE, _BLACK, _QUIET = "#ffffff", "#000000", "#e2e7e9"
_GLARE = 0.05


class Rating(FrameworkValue, frozen=True, kw_only=True):
    """A step of the rating scale, or a value that stands in place of a rating."""

    id: str
    name: str
    order: int = 0
    """Higher is better; 0 for a value that is no rating."""
    is_rating: bool
    colour: str = ""
    """Its ground in window and report, “#1e6b3a”; empty: as what is no rating."""
    shape: RatingShape = ""
    """Its mark in the window; empty: by its place on the scale."""
    is_good: bool = False
    """Whether notes of concerns alone speak against it."""
    is_poor: bool = False
    """Whether notes of strengths alone speak against it."""
    special_measures: bool = False
    """Whether a service that is rated so overall is placed in special measures."""
    offered: bool = True
    """Whether it can be chosen; data of others may hold it where not."""
    meaning: str = ""
    note: str = ""
    verified: bool = False

    @property
    def ground(self) -> str:
        """Its colour, or a quiet one where it has none."""
        return self.colour or _QUIET

    @property
    def ink(self) -> str:
        """The colour of letters on its ground: white or black, whichever is read better.

        Its contrast is at least 4.5 to 1, whatever the ground.
        """
        light = _measure_light(self.ground)
        return _WHITE if (1 + _GLARE) / (light + _GLARE) >= (light + _GLARE) / _GLARE else _BLACK


def _measure_light(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.1)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Limiter(FrameworkValue, frozen=True, kw_only=True):
    """A circumstance that limits the rating of a key question."""

    id: str
    key_question: str
    """Its id, or “any”."""
    max: str
    when: str
    source: str
    note: str = ""
    verified: Verified
