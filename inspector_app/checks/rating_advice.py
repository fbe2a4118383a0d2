"""What the rules say of an inspection's ratings: the proposal, its rules, what would change it.

The inspector decides; this proposes. Nothing here alters a rating.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.domain.entities import Block, KeyQuestion, Notice
from inspector_app.domain.rating_rules import (
    Principle,
    Proposal,
    limit_rating,
    propose_for_services,
    propose_overall,
)
from inspector_app.domain.scoring import ScoredRating, rate_scores
from inspector_app.domain.standing import PARTIAL_VISITS, find_standing, list_grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from inspector_app.domain.entities import Details, Service
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.rating_rules import RuleSet
    from inspector_app.domain.standing import Standing
    from inspector_app.frameworks.model import Framework, Reference
    from inspector_app.frameworks.rating_scale import Limiter
    from inspector_app.frameworks.report_forms import Regime

OVERALL = "overall"


class LimitedRating(NamedTuple):
    """A rating that a circumstance holds down for the purpose of the overall rating."""

    key_question: str
    rating: str
    maximum: str
    limiter: Limiter


class Advice(NamedTuple):
    """The proposed overall rating of an inspection, and on what it stands.

    `carried` are key questions whose rating is an earlier inspection's; `scored` what scores make
    of a key question; `chosen` is the overall rating that the inspector gave, `departs` whether it
    is another than the proposed one.
    """

    proposal: Proposal
    breach: bool
    limited: tuple[LimitedRating, ...] = ()
    carried: tuple[str, ...] = ()
    carry_rule: Principle | None = None
    scored: Mapping[str, ScoredRating] = {}
    grid: GridAdvice | None = None
    chosen: str = ""
    reason: str = ""
    """Why the chosen one is another than the proposed one."""

    @property
    def departs(self) -> bool:
        """Whether the chosen overall rating is another than the proposed one."""
        return bool(self.chosen and self.proposal.rating and self.chosen != self.proposal.rating)

    @property
    def rules(self) -> Sequence[Principle]:
        """The principles that decided, as they are to be cited."""
        parts = (
            self.carry_rule if self.carried else None,
            self.proposal.rule,
            self.proposal.cap,
        )
        return tuple(part for part in parts if part is not None)


class ServiceAdvice(NamedTuple):
    """What the rules say of one service or population group."""

    service: Service
    name: str
    advice: Advice


class GridAdvice(NamedTuple):
    """What the rules make of a ratings grid.

    `services` are its rows; `columns` the ratings of all services for each key question, `overall`
    that of the location, which come of what stands in the rows.
    """

    services: Sequence[ServiceAdvice]
    columns: Mapping[str, Proposal]
    overall: Proposal


def advise(inspection: Inspection, framework: Framework, reference: Reference) -> Advice | None:
    """Return what the framework's rules say of the ratings; None where it has no rules for them.

    Args:
        inspection: What was typed.
        framework: Its framework.
        reference: The rating scale, the rules and the limiters.
    """
    details = inspection.details
    regime = framework.find_regime(details.regime)
    rules = reference.rule_sets.get(framework.rating_rules)
    if rules is None or regime is None or regime.judged_by == "met":
        return None
    order = reference.order
    scored = _rate_scores(inspection, details, framework, reference, regime)
    grid = _advise_grid(inspection, framework, reference, rules)
    ratings = {
        question.id: details.ratings.get(question.id)
        or (scored[question.id].rating if question.id in scored else None)
        or (grid.columns[question.id].rating if grid else None)
        for question in framework.key_questions
    }
    carried = _carry(inspection, ratings, order) if rules.carry_forward else {}
    limited = tuple(_limit({**ratings, **carried}, details, reference))
    taking_part = {**ratings, **carried} | {item.key_question: item.maximum for item in limited}
    breach = has_breach(inspection, details.id)
    return Advice(
        proposal=propose_overall(taking_part, rules, order, breach=breach),
        breach=breach,
        limited=limited,
        carried=tuple(carried),
        carry_rule=next(iter(rules.carry_forward), None),
        scored=scored,
        grid=grid,
        chosen=_get_rating(details.ratings, order),
        reason=details.overall_departure_reason,
    )


def advise_service(
    inspection: Inspection, service: Service, framework: Framework, reference: Reference
) -> Advice | None:
    """Return what the framework's rules say of a service or population group, as `advise`."""
    regime = framework.find_regime(inspection.details.regime)
    rules = reference.rule_sets.get(
        framework.group_rules if service.group else framework.rating_rules
    )
    if rules is None or regime is None or regime.judged_by == "met":
        return None
    standing = find_standing(inspection, service)
    return _advise_service(inspection, service, standing, rules, framework, reference, regime)


def has_breach(inspection: Inspection, owner: str) -> bool:
    """Tell whether a breach is reported, by a notice or a statement in the text.

    Args:
        inspection: What was typed.
        owner: Id of the service that it is asked of; that of the inspection: anywhere.
    """
    return any(
        isinstance(entity, Notice) or (isinstance(entity, Block) and entity.kind == "breach")
        for entity in inspection.descendants(owner)
    )


def _advise_service(
    inspection: Inspection,
    service: Service,
    standing: Standing,
    rules: RuleSet,
    framework: Framework,
    reference: Reference,
    regime: Regime,
) -> Advice:
    order = reference.order
    scored = _rate_scores(inspection, service, framework, reference, regime)
    ratings = {
        question.id: standing.ratings.get(question.id)
        or (scored[question.id].rating if question.id in scored else None)
        for question in framework.key_questions
    }
    breach = has_breach(inspection, service.id)
    return Advice(
        proposal=propose_overall(ratings, rules, order, breach=breach),
        breach=breach,
        carried=tuple(question for question in ratings if question in standing.carried),
        carry_rule=next(iter(rules.carry_forward), None),
        scored=scored,
        chosen=_get_rating(standing.ratings, order),
        reason=service.overall_departure_reason,
    )


def _get_rating(ratings: Mapping[str, str], order: Mapping[str, int]) -> str:
    chosen = ratings.get(OVERALL, "")
    return chosen if chosen in order else ""


def _carry(
    inspection: Inspection, ratings: Mapping[str, str | None], order: Mapping[str, int]
) -> dict[str, str]:
    """Return the earlier ratings of key questions that a partial inspection did not look at."""
    details = inspection.details
    if details.visit_type not in PARTIAL_VISITS:
        return {}
    previous = details.previous_ratings
    return {
        question: previous[question]
        for question, rating in ratings.items()
        if rating not in order and previous.get(question) in order
    }


def _limit(
    ratings: Mapping[str, str | None], details: Details, reference: Reference
) -> Iterable[LimitedRating]:
    """Yield the ratings that a circumstance holds down; habits are no rules and limit nothing."""
    order = reference.order
    for id_ in details.limiters:
        limiter = reference.limiters.get(id_)
        if limiter is None or limiter.verified == "practice":
            continue
        rating = ratings.get(limiter.key_question)
        if rating in order and limit_rating(rating or "", limiter.max, order) != rating:
            yield LimitedRating(limiter.key_question, rating or "", limiter.max, limiter)
            # A second circumstance of the same kind says no more.
            ratings = {**ratings, limiter.key_question: limiter.max}


def _rate_scores(
    inspection: Inspection,
    owner: Details | Service,
    framework: Framework,
    reference: Reference,
    regime: Regime,
) -> dict[str, ScoredRating]:
    """Return what the scores make of each key question that has one, where it is scored.

    A statement without a score takes the one that belongs to the previous rating of its key
    question, where there is one and the question is being scored.
    """
    scoring = reference.scorings.get(framework.scoring)
    if scoring is None or regime.judged_by != "score":
        return {}
    looked_at = {item.key_question for item in inspection.children(owner.id, KeyQuestion)}
    found: dict[str, ScoredRating] = {}
    for question in framework.key_questions:
        own = [owner.scores[topic.id] for topic in question.topics if topic.id in owner.scores]
        if not own or (looked_at and question.id not in looked_at):
            continue
        kept = scoring.from_rating.get(owner.previous_ratings.get(question.id, ""))
        filled = [kept] * (len(question.topics) - len(own)) if kept and scoring.filling else []
        rated = rate_scores([*own, *filled], scoring, reference.order)
        if rated is not None:
            found[question.id] = rated
    return found


def _advise_grid(
    inspection: Inspection, framework: Framework, reference: Reference, rules: RuleSet
) -> GridAdvice | None:
    rows = list(list_grid(inspection))
    sets = [
        reference.rule_sets[id_] for id_ in framework.service_rules if id_ in reference.rule_sets
    ]
    regime = framework.find_regime(inspection.details.regime)
    if not rows or not sets or regime is None:
        return None
    order = reference.order
    services = [
        ServiceAdvice(
            service,
            framework.name_service(service),
            _advise_service(inspection, service, standing, rules, framework, reference, regime),
        )
        for service, standing in rows
    ]
    columns = {
        question.id: propose_for_services(
            [standing.ratings.get(question.id, "") for _, standing in rows], sets, order
        )
        for question in framework.key_questions
    }
    overall = propose_for_services([proposal.rating for proposal in columns.values()], sets, order)
    return GridAdvice(services, columns, overall)
