"""From scores of quality statements to the rating of a key question, by bands that are data."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from inspector_app.domain.rating_rules import Principle, limit_rating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.domain.rating_rules import Order


class ScoreBand(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The whole percents, both ends included, that make a rating."""

    rating: str
    lowest: int
    highest: int


class ScoreLimit(
    Principle, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Single low scores that hold down a key question whose percent is in a band."""

    band: str
    """The rating of the band."""
    scores: tuple[int, ...]
    """One of these is enough."""
    max: str


class Scoring(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """How scores make a rating.

    `from_rating` is the score that a statement without one takes from the previous rating of its
    key question; `filling` the rule that says so, at most one.
    """

    id: str
    name: str
    highest: int
    bands: tuple[ScoreBand, ...]
    limits: tuple[ScoreLimit, ...] = ()
    from_rating: Mapping[str, int] = {}
    filling: tuple[Principle, ...] = ()
    source: str


class ScoredRating(NamedTuple):
    """What scores make of a key question.

    `exact` is the percent before rounding: near the edge of a band rounding decides, and how the
    regulator rounds is not documented. `limit` held the rating down.
    """

    rating: str
    percent: int
    exact: Fraction
    limit: ScoreLimit | None = None

    @property
    def on_edge(self) -> bool:
        """Whether the percent was no whole one, and only rounding up reached the band."""
        return self.exact != self.percent and self.exact < self.percent


def rate_scores(scores: Sequence[int], scoring: Scoring, order: Order) -> ScoredRating | None:
    """Return the rating that scores make, half a percent rounded up; None without a score.

    Raises:
        ValueError: A score is off the scale.
    """
    if any(not 1 <= score <= scoring.highest for score in scores):
        raise ValueError(f"a score is not between 1 and {scoring.highest}")
    if not scores:
        return None
    exact = Fraction(100 * sum(scores), scoring.highest * len(scores))
    percent = int(exact + Fraction(1, 2))
    band = next((b for b in scoring.bands if b.lowest <= percent <= b.highest), None)
    if band is None:
        return None
    rating, used = band.rating, None
    for limit in scoring.limits:
        if limit.band == band.rating and any(score in limit.scores for score in scores):
            limited = limit_rating(rating, limit.max, order)
            if limited != rating:
                rating, used = limited, limit
    return ScoredRating(rating, percent, exact, used)
