"""From the ratings of key questions to an overall rating, by rules that are data.

A rule set is a list of rules; the first whose counts hold gives the rating, and caps then hold it
down. A rule says "normally": what comes out is a proposal, which names its rule and what would
change it. Values that stand in place of a rating never take part.

Source: each rule carries its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Verified: TypeAlias = Literal["yes", "no", "practice", "derived"]
"""Seen in a source, not seen, a habit that a source describes, or derived from what was seen."""
NO_LIMIT = 1000
_MOST_TRIED = 5
"""Ratings that may be missing for the possible outcomes to be worked out."""


class Principle(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A published rule, or what fills a gap between published rules."""

    id: str
    text: str
    source: str
    verified: Verified


class Count(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """How many of the ratings must be among some."""

    of: tuple[str, ...]
    at_least: int = 0
    at_most: int = NO_LIMIT


class RatingRule(Principle, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Gives a rating where all its counts hold."""

    gives: str
    when: tuple[Count, ...]


class RatingCap(Principle, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The best overall rating where a breach of regulations is reported."""

    max: str


class RuleSet(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Rules in the order in which they are tried."""

    id: str
    name: str
    most: int = NO_LIMIT
    """How many ratings it is made for; of several sets the first that is large enough is used."""
    passes_over: bool = False
    """Whether what stands in place of a rating is passed over, and not waited for."""
    rules: tuple[RatingRule, ...]
    caps: tuple[RatingCap, ...] = ()
    carry_forward: tuple[Principle, ...] = ()
    """Why ratings of an earlier inspection take part; at most one."""


class WhatIf(NamedTuple):
    """Another rating for one of some key questions, and the overall rating that would come of it.

    `rating` is "" and `questions` empty where the breach is what would be different.
    """

    rating: str
    questions: tuple[str, ...]
    outcome: str
    rule: str


class Proposal(NamedTuple):
    """The overall rating that a rule set gives.

    `rating` is "" while it cannot be said: `missing` then names the ratings that are not there,
    and `possible` what may still come out. `rule` gave the rating, `cap` held it down from
    `uncapped`.
    """

    rating: str = ""
    rule: RatingRule | None = None
    cap: RatingCap | None = None
    uncapped: str = ""
    missing: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    what_ifs: tuple[WhatIf, ...] = ()

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """Ids of the rules that decided."""
        return tuple(item.id for item in (self.rule, self.cap) if item is not None)


Order: TypeAlias = Mapping[str, int]
"""The rating scale: ids of ratings to their order; higher is better."""


def propose_overall(
    ratings: Mapping[str, str | None], rules: RuleSet, order: Order, *, breach: bool
) -> Proposal:
    """Return the overall rating that comes of the ratings, and why.

    Args:
        ratings: One entry for each key question that takes part; None, or a value that is no
            rating of the scale, where it has none.
        rules: The rules.
        order: The scale.
        breach: Whether a breach of regulations is reported.
    """
    given = {question: rating for question, rating in ratings.items() if rating in order}
    missing = tuple(
        question
        for question, rating in ratings.items()
        if question not in given and not (rating and rules.passes_over)
    )
    values = [rating for rating in given.values() if rating]
    if not values or missing:
        possible = _list_possible(values, len(missing), rules, order, breach=breach)
        return Proposal(missing=missing, possible=possible)
    found = _apply(values, rules, order, breach=breach)
    return found._replace(what_ifs=tuple(_list_what_ifs(given, rules, order, breach, found)))


def propose_for_services(
    ratings: Sequence[str], rule_sets: Sequence[RuleSet], order: Order
) -> Proposal:
    """Return the rating that comes of several services' ratings of one thing.

    Args:
        ratings: Of each service; what is no rating does not take part.
        rule_sets: Sets for few and for many services.
        order: The scale.
    """
    values = [rating for rating in ratings if rating in order]
    rules = next((item for item in rule_sets if len(values) <= item.most), None)
    if not values or rules is None:
        return Proposal()
    return _apply(values, rules, order, breach=False)


def limit_rating(rating: str, maximum: str, order: Order) -> str:
    """Return the rating, or the best that is allowed where that is worse."""
    if rating in order and order[rating] > order[maximum]:
        return maximum
    return rating


def find_rule(values: Sequence[str], rules: RuleSet) -> RatingRule | None:
    """Return the first rule whose counts hold, or None."""
    return next((rule for rule in rules.rules if _holds(rule, values)), None)


def _holds(rule: RatingRule, values: Sequence[str]) -> bool:
    return all(
        count.at_least <= sum(value in count.of for value in values) <= count.at_most
        for count in rule.when
    )


def _apply(values: Sequence[str], rules: RuleSet, order: Order, *, breach: bool) -> Proposal:
    rule = find_rule(values, rules)
    if rule is None:
        return Proposal()
    rating, used = rule.gives, None
    for cap in rules.caps if breach else ():
        limited = limit_rating(rating, cap.max, order)
        if limited != rating:
            rating, used = limited, cap
    return Proposal(rating=rating, rule=rule, cap=used, uncapped=rule.gives if used else "")


def _list_possible(
    values: Sequence[str], missing: int, rules: RuleSet, order: Order, *, breach: bool
) -> tuple[str, ...]:
    """Return what may come out whatever the missing ratings are, the best first."""
    if not missing or missing > _MOST_TRIED:
        return ()
    found = {
        _apply([*values, *more], rules, order, breach=breach).rating
        for more in product(order, repeat=missing)
    }
    return tuple(sorted(found - {""}, key=lambda rating: -order[rating]))


def _list_what_ifs(
    given: Mapping[str, str | None], rules: RuleSet, order: Order, breach: bool, now: Proposal
) -> Iterable[WhatIf]:
    other = _apply([rating for rating in given.values() if rating], rules, order, breach=not breach)
    if other.rating != now.rating:
        yield WhatIf("", (), other.rating, other.rule_ids[-1])
    groups: dict[tuple[str, str, str], list[str]] = {}
    for question, current in given.items():
        nearest: dict[str, tuple[int, str, str]] = {}
        for rating in order:
            if rating == current:
                continue
            values = [rating if key == question else value or "" for key, value in given.items()]
            found = _apply(values, rules, order, breach=breach)
            step = abs(order[rating] - order[current or ""])
            best = nearest.get(found.rating)
            if found.rating not in {now.rating, ""} and (best is None or step < best[0]):
                nearest[found.rating] = (step, rating, found.rule_ids[-1])
        for outcome, (_, rating, rule) in nearest.items():
            groups.setdefault((rating, outcome, rule), []).append(question)
    for (rating, outcome, rule), questions in groups.items():
        yield WhatIf(rating, tuple(questions), outcome, rule)
