"""What is judged by itself: the location, and each service and population group."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.checks.rating_advice import advise_service, has_breach
from inspector_app.checks.result import Location
from inspector_app.domain.entities import KeyQuestion, Notice, Topic
from inspector_app.domain.standing import find_standing, list_inspected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from inspector_app.checks.rating_advice import Advice
    from inspector_app.checks.subject import Subject
    from inspector_app.domain.entities import Details, Service


class Judged(NamedTuple):
    """The location, or one of its services, with what was given to it.

    `name` is empty for the location. `ratings` are those that stand.
    """

    subject: Subject
    part: Details | Service
    name: str
    ratings: Mapping[str, str]
    advice: Advice | None

    @property
    def given(self) -> Mapping[str, str]:
        """The judgements where the inspection does not rate, else the ratings."""
        return self.part.judgements if self.subject.is_judged_met else self.ratings

    @property
    def wording(self) -> str:
        """Which of a check's messages is about it."""
        return "service" if self.name else ""

    @property
    def notices(self) -> Sequence[Notice]:
        """The breaches that are its own."""
        return tuple(self.subject.inspection.children(self.part.id, Notice))

    @property
    def inspected_questions(self) -> Sequence[str]:
        """Ids of its key questions that this inspection looked at."""
        found = self.subject.inspection.children(self.part.id, KeyQuestion)
        return tuple(question.key_question for question in found)

    @property
    def written_questions(self) -> Mapping[str, None]:
        """Ids of its key questions that have a text."""
        inspection, by_part = self.subject.inspection, self.subject.by_part
        return {
            question.key_question: None
            for question in inspection.children(self.part.id, KeyQuestion)
            if by_part.get(question.id)
            or any(by_part.get(topic.id) for topic in inspection.children(question.id, Topic))
        }

    @property
    def has_breach(self) -> bool:
        """Whether a breach is reported in it; of the location, anywhere."""
        return has_breach(self.subject.inspection, self.part.id)

    def name_question(self, key_question: str) -> str:
        """Return what a key question is called: “Safe”, or “Safe (Surgery)”."""
        name = self.subject.name_question(key_question)
        return f"{name} ({self.name})" if self.name else name

    def at(self, field: str) -> Location:
        """Return the place of one of its fields."""
        return Location(self.part.id, field)

    def at_judgement(self, key_question: str) -> Location:
        """Return the place of a key question's rating or judgement."""
        field = "judgements" if self.subject.is_judged_met else "ratings"
        return self.at(f"{field}.{key_question}")


def list_judged(subject: Subject) -> Sequence[Judged]:
    """Return the location, and then what was inspected of it by itself."""
    return subject.once(_collect)


def _collect(subject: Subject) -> Sequence[Judged]:
    return tuple(_list_judged(subject))


def _list_judged(subject: Subject) -> Iterator[Judged]:
    details, framework = subject.details, subject.framework
    yield Judged(subject, details, "", details.ratings, subject.advice)
    for service in list_inspected(subject.inspection):
        ratings = find_standing(subject.inspection, service).ratings
        if framework.rates(service, ratings) or service.judgements:
            advice = advise_service(subject.inspection, service, framework, subject.reference)
            name = framework.name_service(service)
            yield Judged(subject, service, name, ratings, advice)
