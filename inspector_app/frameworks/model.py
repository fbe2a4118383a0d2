"""What a framework is: key questions, topics, sections, wordings, regulations, rating scale.

Every value comes from the TOML files under `resources/`; `inspector_app.frameworks.load` reads
them. Texts marked *Jinja* are small templates filled from the details of an inspection.
`verified` says whether the wording was seen in a source; what was not stays marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from inspector_app.domain.ids import id_from
from inspector_app.domain.rating_rules import RuleSet
from inspector_app.domain.scoring import Scoring
from inspector_app.errors import InspectorError
from inspector_app.frameworks.key_questions import (
    Characteristic,
    JoinedTopic,
    KeyQuestionSpec,
    TopicSpec,
)
from inspector_app.frameworks.law import Activity, Instrument, Regulation, fold_activity
from inspector_app.frameworks.rating_scale import Limiter, Rating, RatingShape
from inspector_app.frameworks.report_forms import (
    Form,
    Regime,
    RequiredField,
    SectionOwner,
    SectionSpec,
    StandardParagraph,
)
from inspector_app.frameworks.values import FrameworkValue
from inspector_app.shapes import make_printable

if TYPE_CHECKING:
    from inspector_app.domain.entities import Service

_MIDDLE_SHAPES: tuple[RatingShape, ...] = get_args(RatingShape)[2:-1]


class EvidenceCategory(FrameworkValue, frozen=True, kw_only=True):
    """A category of evidence that a framework asks for."""

    id: str
    name: str


class ServiceGroup(FrameworkValue, frozen=True, kw_only=True):
    """Services that get a row of their own in a ratings grid."""

    id: str
    name: str
    services: tuple[str, ...]
    note: str = ""
    verified: bool = False


class PopulationGroup(FrameworkValue, frozen=True, kw_only=True):
    """A group of the people who use a service, which is rated by itself."""

    id: str
    name: str
    note: str = ""
    verified: bool = False


class Framework(FrameworkValue, frozen=True, kw_only=True):
    """An assessment framework."""

    id: str
    version: str
    name: str
    source: str
    status: Literal["", "draft"] = ""
    in_use_from: str = ""
    """A year, month or day, as exactly as it is known: “2018-01”."""
    in_use_to: str = ""
    rated_from: str = ""
    """Since when services are rated under it; empty where they always or never were."""
    dates_verified: bool = False
    people_word: str
    """“patients” or “people”."""
    service_words: tuple[str, ...] = ()
    signatory_title: str = ""
    regimes: tuple[Regime, ...]
    forms: tuple[Form, ...] = ()
    """The forms of its reports; the first is taken where none is chosen. Empty: one a regime."""
    key_questions: tuple[KeyQuestionSpec, ...]
    key_question_standard: tuple[StandardParagraph, ...] = ()
    """Offered in the summary of every key question."""
    sections: tuple[SectionSpec, ...]
    required_fields: tuple[RequiredField, ...] = ()
    evidence_categories: tuple[EvidenceCategory, ...] = ()
    service_groups: tuple[ServiceGroup, ...] = ()
    population_groups: tuple[PopulationGroup, ...] = ()
    rating_rules: str = ""
    """Id of the rule set that proposes the overall rating; empty: none is proposed."""
    group_rules: str = ""
    """Id of the rule set that proposes the rating of a population group; empty: none is."""
    service_rules: tuple[str, ...] = ()
    """Ids of the rule sets for several services, those for few first."""
    scoring: str = ""
    """Id of what makes ratings of scores, where statements are scored."""
    ratings: tuple[Rating, ...] = ()
    """A rating scale of its own, with what can stand in place of a rating; empty: the common one.

    With one of its own, of the common rules that name ratings none applies.
    """
    limiters: tuple[Limiter, ...] = ()
    rule_sets: tuple[RuleSet, ...] = ()
    scorings: tuple[Scoring, ...] = ()
    """Rules of its own, beside those that all frameworks share."""
    instruments: tuple[Instrument, ...] = ()
    regulations: tuple[Regulation, ...] = ()
    activities: tuple[Activity, ...] = ()
    """Law and activities of its own, each in place of the common one; empty: that."""
    note: str = ""
    verified: bool = False

    def list_forms(self, regime: str) -> tuple[Form, ...]:
        """Return the forms that a regime's reports can have; none: there is nothing to choose."""
        return tuple(item for item in self.forms if not item.regimes or regime in item.regimes)

    def find_form(self, regime: str, form: str) -> Form | None:
        """Return a form of a regime, the first one for ""; None where there is none of that id."""
        forms = self.list_forms(regime)
        return next((item for item in forms if item.id == form or not form), None)

    def find_regime(self, regime: str, form: str = "") -> Regime | None:
        """Return the regime as it is in a form, or None where this framework has it not.

        Args:
            regime: Its id.
            form: Id of a form of the report; "": the first.
        """
        found = next((item for item in self.regimes if item.id == regime), None)
        chosen = self.find_form(regime, form)
        if found is None or (form and chosen is None):
            return None
        if chosen is None:
            return found
        return msgspec.structs.replace(
            found,
            template=chosen.template,
            texts={**found.texts, **chosen.texts},
            unverified_texts=(*found.unverified_texts, *chosen.unverified_texts),
            required=(*found.required, *chosen.required),
            not_printed=(*found.not_printed, *chosen.not_printed),
            dates=chosen.dates or found.dates,
            contents=chosen.contents or found.contents,
        )

    def get_regime(self, regime: str, form: str = "") -> Regime:
        """Return the regime as it is in a form; see `find_regime`.

        Raises:
            InspectorError: The framework has it not: the inspection is of another version.
        """
        found = self.find_regime(regime, form)
        if found is None:
            what, asked, known = "regime", regime, [str(item.id) for item in self.regimes]
            if regime in known:
                what, asked, known = "form", form, [item.id for item in self.list_forms(regime)]
            raise InspectorError(
                f"The inspection asks for the {what} “{make_printable(asked)}”, which the "
                f"framework {self.id} does not have here; it has: {', '.join(known) or 'none'}. "
                "Nothing was changed. Open it with the frameworks that it was made with."
            )
        return found

    def list_sections(
        self, regime: str, form: str, below: SectionOwner = "location"
    ) -> tuple[str, ...]:
        """Return the ids of the narrative parts that a report has of the location, or others."""
        return tuple(
            item.id
            for item in self.sections
            if item.below == below and self.is_offered(item, regime, form)
        )

    def list_topics(self, question: KeyQuestionSpec, regime: str, form: str) -> list[TopicSpec]:
        """Return the topics of a key question that a report has."""
        return [item for item in question.topics if self.is_offered(item, regime, form)]

    def list_characteristics(
        self, question: KeyQuestionSpec, regime: str, form: str
    ) -> list[Characteristic]:
        """Return the rating characteristics of a key question, those of the whole of it first."""
        holders = [("", question.characteristics)]
        holders += [
            (topic.id, topic.characteristics) for topic in self.list_topics(question, regime, form)
        ]
        return [
            Characteristic(
                id=id_from(f"{question.id}.{topic}.{rating}.{text}"),
                topic=topic,
                rating=rating,
                text=text,
            )
            for topic, by_rating in holders
            for rating, texts in by_rating.items()
            for text in texts
        ]

    def is_offered(
        self,
        item: SectionSpec | StandardParagraph | TopicSpec | JoinedTopic,
        regime: str,
        form: str,
    ) -> bool:
        """Tell whether something is for inspections of a regime whose report has a form."""
        if item.is_kept:
            return False
        if (
            not isinstance(item, TopicSpec | JoinedTopic)
            and item.regimes
            and regime not in item.regimes
        ):
            return False
        chosen = self.find_form(regime, form)
        return not item.forms or chosen is None or chosen.id in item.forms

    def find_key_question(self, key_question: str) -> KeyQuestionSpec | None:
        """Return the key question, or None."""
        return next((item for item in self.key_questions if item.id == key_question), None)

    def find_topic(self, key_question: str, topic: str) -> TopicSpec | None:
        """Return a topic of one key question, or None."""
        found = self.find_key_question(key_question)
        return found.find_topic(topic) if found else None

    def list_covered(self, key_question: str, topic: str) -> tuple[str, ...]:
        """Return the ids of the topics that one of a key question is made of: mostly its own."""
        found = self.find_key_question(key_question)
        return found.list_covered(topic) if found else (topic,)

    def list_joined(self, question: KeyQuestionSpec, regime: str, form: str) -> list[JoinedTopic]:
        """Return the joined topics of a key question that a report can have."""
        return [item for item in question.joined if self.is_offered(item, regime, form)]

    def has_leads(self, key_question: str, topic: str) -> bool:
        """Tell whether a topic opens with a lead sentence; one of its own does where others do."""
        found = self.find_topic(key_question, topic)
        if found is not None:
            return bool(found.leads)
        return any(item.leads for question in self.key_questions for item in question.topics)

    def find_group(self, group: str) -> PopulationGroup | None:
        """Return a population group, or None."""
        return next((item for item in self.population_groups if item.id == group), None)

    def name_service(self, service: Service) -> str:
        """Return what a service or population group is called."""
        known = self.find_group(service.group)
        return service.name or (known.name if known else service.group)

    def rates(self, service: Service, given: Mapping[str, str]) -> bool:
        """Tell whether a service is to have ratings.

        Content of before services had any does not say so by having them.
        """
        return bool(self.service_groups or service.group or given)

    def find_section(self, section: str) -> SectionSpec | None:
        """Return a section, or None."""
        return next((item for item in self.sections if item.id == section), None)


class Reference(FrameworkValue, frozen=True, kw_only=True):
    """What all frameworks share: the law, the activities, the rating scale."""

    instruments: Mapping[str, Instrument]
    regulations: Mapping[str, Regulation]
    activities: Mapping[str, Activity]
    ratings: Mapping[str, Rating]
    """Ratings and values in place of a rating, by id."""
    limiters: Mapping[str, Limiter]
    rule_sets: Mapping[str, RuleSet]
    """Rules that make ratings of ratings, by id."""
    scorings: Mapping[str, Scoring]
    """How scores make ratings, by id."""

    @property
    def order(self) -> Mapping[str, int]:
        """The rating scale: ids of ratings to their order; higher is better."""
        return {item.id: item.order for item in self.ratings.values() if item.is_rating}

    def for_framework(self, framework: Framework) -> Reference:
        """Return what a framework uses of this, in its words, with scale and rules of its own."""
        shared = framework.ratings == ()
        regulations = framework.regulations or self.regulations.values()
        return msgspec.structs.replace(
            self,
            instruments={item.id: item for item in framework.instruments} or self.instruments,
            regulations={item.id: item.for_people(framework.people_word) for item in regulations},
            activities={item.id: item for item in framework.activities} or self.activities,
            ratings={item.id: item for item in framework.ratings} or self.ratings,
            limiters={
                **(self.limiters if shared else {}),
                **{item.id: item for item in framework.limiters},
            },
            rule_sets={
                **(self.rule_sets if shared else {}),
                **{item.id: item for item in framework.rule_sets},
            },
            scorings={
                **(self.scorings if shared else {}),
                **{item.id: item for item in framework.scorings},
            },
        )

    def shape_of(self, rating: str) -> RatingShape:
        """Return the mark of a rating: its own, or by its place on the scale; "" for no rating."""
        found = self.ratings.get(rating)
        if found is None or not found.is_rating or found.shape:
            return found.shape if found else ""
        scale = sorted(self.order, key=lambda id_: -self.order[id_])
        place = scale.index(rating)
        if place == len(scale) - 1:
            return "triangle"
        return "star" if place == 0 else _MIDDLE_SHAPES[(place - 1) % len(_MIDDLE_SHAPES)]

    def find_activity(self, text: str) -> Activity | None:
        """Return the activity of that id or name, or None.

        Case, spaces, commas, a full stop at the end and “&” for “and” make no difference.
        """
        wanted = fold_activity(text)
        for item in self.activities.values():
            if text.strip() == item.id or wanted in map(
                fold_activity, (item.name, item.register_name)
            ):
                return item
        return None
