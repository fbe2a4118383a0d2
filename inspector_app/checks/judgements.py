"""Ratings and judgements against breaches, limiters and the notes they rest on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from inspector_app.checks.judged import list_judged
from inspector_app.checks.result import Location, Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from inspector_app.checks.judged import Judged
    from inspector_app.checks.subject import CheckFunction, Subject

_OVERALL = "overall"
_ANY = "any"
"""What a limiter of every key question names."""
_PLACED = re.compile(r"\b(?:placed|placing|place) (?:\w+ ){0,3}(?:in|into) special measures\b")
_MENTION = "special measures"
_NO_MENTION = re.compile(
    r"\b(?:no longer|taken out of|out of|not|removed from) .{0,20}special measures"
)


def find_overall_above_breach(subject: Subject) -> Iterator[Occurrence]:
    """Find an overall rating better than a breach of regulations allows (rule P1)."""
    for judged in list_judged(subject):
        yield from _find_above_breach(subject, judged)


def _find_above_breach(subject: Subject, judged: Judged) -> Iterator[Occurrence]:
    overall = judged.ratings.get(_OVERALL, "")
    for cap in subject.rating_caps:
        if subject.order_of(overall) > subject.order_of(cap.max) and judged.has_breach:
            values = {
                "rating": subject.name_rating(overall),
                "cap": subject.name_rating(cap.max),
                "service": judged.name,
            }
            place = judged.at(f"ratings.{_OVERALL}")
            yield Occurrence(place, values, overall, wording=judged.wording)


def find_departures(subject: Subject) -> Iterator[Occurrence]:
    """Find an overall rating that departs from the rules, with its reason, for the reviewer."""
    for judged in list_judged(subject):
        reason = judged.part.overall_departure_reason.strip()
        for occurrence in _find_departures(subject, judged) if reason else ():
            yield msgspec.structs.replace(occurrence, excerpt=reason)


def find_unexplained_departures(subject: Subject) -> Iterator[Occurrence]:
    """Find an overall rating that departs from the rules without a reason."""
    for judged in list_judged(subject):
        if not judged.part.overall_departure_reason.strip():
            yield from _find_departures(subject, judged)


def _find_departures(subject: Subject, judged: Judged) -> Iterator[Occurrence]:
    advice = judged.advice
    # What a breach forbids is told by a check of its own.
    if advice is None or not advice.departs or any(_find_above_breach(subject, judged)):
        return
    values = {
        "rating": subject.name_rating(advice.chosen),
        "proposed": subject.name_rating(advice.proposal.rating),
        "service": judged.name,
    }
    place = judged.at(f"ratings.{_OVERALL}")
    yield Occurrence(place, values, advice.chosen, wording=judged.wording)


def find_question_above_breach(subject: Subject) -> Iterator[Occurrence]:
    """Find key questions with a breach that are rated better than practice allows (L5)."""
    limits = [item for item in subject.reference.limiters.values() if item.key_question == _ANY]
    for judged in list_judged(subject):
        for question in dict.fromkeys(n.key_question for n in judged.notices if n.key_question):
            rating = judged.ratings.get(question, "")
            for limit in limits:
                if subject.order_of(rating) > subject.order_of(limit.max):
                    values = {
                        "question": judged.name_question(question),
                        "rating": subject.name_rating(rating),
                        "cap": subject.name_rating(limit.max),
                    }
                    yield Occurrence(judged.at(f"ratings.{question}"), values, rating)


def find_exceeded_limiters(subject: Subject) -> Iterator[Occurrence]:
    """Find key questions rated better than a limiter that was set allows."""
    for id_ in subject.details.limiters:
        limiter = subject.reference.limiters.get(id_)
        if limiter is None:
            continue
        rating = subject.details.ratings.get(limiter.key_question, "")
        if subject.order_of(rating) > subject.order_of(limiter.max):
            values = {
                "question": subject.name_question(limiter.key_question),
                "rating": subject.name_rating(rating),
                "cap": subject.name_rating(limiter.max),
                "limiter": limiter.when,
            }
            place = subject.at_details(f"ratings.{limiter.key_question}")
            yield Occurrence(place, values, f"{id_} {rating}")


def find_judgement_against_notes(subject: Subject) -> Iterator[Occurrence]:
    """Find good judgements on concerns alone, and poor ones on strengths alone."""
    stances: dict[str, set[str]] = {}
    places: dict[str, list[Location]] = {}
    for note in subject.notes:
        if note.stance == "neutral":
            continue
        for question in dict.fromkeys(topic.partition(".")[0] for topic in note.topics):
            stances.setdefault(question, set()).add(note.stance)
            places.setdefault(question, []).append(Location(note.id, "text"))
    for question, found in stances.items():
        judged, poor = subject.name_good_judgement(question), _name_poor(subject, question)
        if found == {"concern"} and judged:
            wording = "concerns"
        elif found == {"strength"} and poor:
            wording, judged = "strengths", poor
        else:
            continue
        values = {"question": subject.name_question(question), "judged": judged}
        related = tuple(places[question])
        yield Occurrence(subject.at_judgement(question), values, judged, related, wording)


def find_special_measures(subject: Subject) -> Iterator[Occurrence]:
    """Find special measures that the text does not name, or names without the rating for them."""
    overall = subject.details.ratings.get(_OVERALL, "")
    given = subject.reference.ratings.get(overall)
    if given is None:
        return
    place = subject.at_details(f"ratings.{_OVERALL}")
    mentioned = False
    for text in subject.published:
        low = text.text.casefold()
        if _MENTION not in low:
            continue
        mentioned = True
        placed = _PLACED.search(low)
        if placed and not given.special_measures and not _NO_MENTION.search(low):
            values = {"rating": subject.name_rating(overall)}
            yield Occurrence(
                text.place(*placed.span()), values, placed.group(), wording="not_inadequate"
            )
    if given.special_measures and not mentioned:
        yield Occurrence(place, {"rating": subject.name_rating(overall)}, overall)


def find_missing_ratings(subject: Subject) -> Iterator[Occurrence]:
    """Find ratings and judgements that are missing from a report in review, or a later one."""
    regime = subject.regime
    if not subject.is_under_review or regime is None:
        return
    for judged in list_judged(subject):
        if regime.judged_by == "rating" and not judged.given.get(_OVERALL):
            what = "The overall rating" + (f" of {judged.name}" if judged.name else "")
            yield Occurrence(judged.at(f"ratings.{_OVERALL}"), {"what": what})
        for question in _list_to_judge(subject, judged):
            if not judged.given.get(question):
                what = f"The judgement on {judged.name_question(question)}"
                yield Occurrence(judged.at_judgement(question), {"what": what})


def _list_to_judge(subject: Subject, judged: Judged) -> Iterable[str]:
    """Return what was looked at; a location is judged on what its services are."""
    grid = subject.advice.grid if subject.advice and not judged.name else None
    columns = grid.columns if grid and subject.framework.service_groups else {}
    rated = (question for question, proposal in columns.items() if proposal.rating)
    return dict.fromkeys([*judged.inspected_questions, *rated])


def _name_poor(subject: Subject, question: str) -> str:
    if subject.is_judged_met:
        return "not met" if subject.details.judgements.get(question) == "not_met" else ""
    rating = subject.details.ratings.get(question, "")
    found = subject.reference.ratings.get(rating)
    return found.name if found is not None and found.is_poor else ""


CHECKS: Mapping[str, CheckFunction] = {
    "overall_above_breach": find_overall_above_breach,
    "departure_without_reason": find_unexplained_departures,
    "departure": find_departures,
    "question_above_breach": find_question_above_breach,
    "limiter_exceeded": find_exceeded_limiters,
    "judgement_against_notes": find_judgement_against_notes,
    "special_measures": find_special_measures,
    "ratings_missing": find_missing_ratings,
}
