"""What a framework is: key questions, topics, sections, wordings, regulations, rating scale.

Every value here comes from the TOML files under `resources/`; `inspector_app.frameworks.load` reads
them. Texts marked *Jinja* are small templates filled from the details of an inspection.
`verified` says whether the wording was seen in a source; what was not stays marked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal, get_args

import msgspec

from inspector_app.domain.entities import NoticeKind
from inspector_app.domain.ids import id_from
from inspector_app.domain.rating_rules import RuleSet, Verified
from inspector_app.domain.scoring import Scoring
from inspector_app.errors import InspectorError
from inspector_app.shapes import make_printable

if TYPE_CHECKING:
    from inspector_app.domain.entities import Service

RegimeId = Literal["rated", "unrated", "scored"]
SectionOwner = Literal["location", "service", "group"]
RatingShape = Literal["", "star", "disc", "diamond", "half", "square", "triangle"]
"""The marks of ratings: none is told by its colour alone."""
PrintedPart = Literal[
    "telephone", "website", "previous_rating_note", "previous_breaches", "rating_grid", "services",
    "population_groups",
    "leads", "summaries", "musts", "shoulds", "signatory",
]  # fmt: skip
"""What some reports print of what is typed, and others do not."""
DateStyle = Literal["", "short", "long", "padded"]
"""How reports write a date that stands alone: 01/11/2018, 1 November 2018, 01 November 2018.

Where nothing is said, a form does as its regime, and a regime writes short ones.
"""
_PEOPLE = "{{ people }}"
"""Stands for the framework's word in what all frameworks share."""

_HEADINGS = "; "
"""Between the headings of topics that are told together."""
_WHITE, _BLACK, _QUIET = "#ffffff", "#000000", "#e2e7e9"
_GLARE = 0.05
_MIDDLE_SHAPES: tuple[RatingShape, ...] = get_args(RatingShape)[2:-1]


class _Value(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Base of the values below: immutable, made by keyword.

    Inspections carry them (`editions`), so a field that comes later has a default.
    """

    is_kept: ClassVar[bool] = False
    """Whether only an inspection has it, and its framework no more; see `kept_parts`."""


class Lead(_Value, frozen=True, kw_only=True):
    """A standard sentence under a topic's heading."""

    id: str
    """“good” for the satisfied form, “mixed” for a weaker one, “variant” for another wording."""
    text: str
    note: str = ""
    verified: bool = False


class TopicSpec(_Value, frozen=True, kw_only=True):
    """A heading under a key question (a key line of enquiry, a quality statement)."""

    id: str
    heading: str
    headings: Mapping[str, str] = {}
    """Other headings by regime."""
    code: str = ""
    """Its short sign in the framework: “S4”."""
    code_verified: bool = False
    question: str = ""
    question_verified: bool = False
    statement: str = ""
    """The “we statement” of a quality statement."""
    statement_verified: bool = False
    characteristics: Mapping[str, tuple[str, ...]] = {}
    """What each rating looks like, by rating; empty where the texts are not at hand."""
    characteristic_counts: Mapping[str, int] = {}
    """How many characteristics the source describes, by rating."""
    scope: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()
    inner_line: str = ""
    """A line that often opens a second list inside the topic."""
    forms: tuple[str, ...] = ()
    """Forms of the report that have this topic; empty: all."""
    note: str = ""
    verified: bool = False
    """Whether heading and leads were seen; the three parts above answer for themselves."""

    def get_heading(self, regime: str) -> str:
        """Return the heading as reports of this regime print it."""
        return self.headings.get(regime, self.heading)


class Characteristic(_Value, frozen=True, kw_only=True):
    """What a rating looks like: one sentence, which an inspection meets or not."""

    id: str
    """Made from the words: a tick never passes to other words than those it was set for."""
    topic: str
    """Empty where it is about the whole key question."""
    rating: str
    text: str


class JoinedTopic(_Value, frozen=True, kw_only=True):
    """One heading for several topics of a key question, where a report tells them together."""

    id: str
    topics: tuple[str, ...]
    """Their ids, in order."""
    heading: str = ""
    """Empty: their headings, joined by “; ”."""
    forms: tuple[str, ...] = ()
    """Forms of the report that have it; empty: all."""
    note: str = ""
    verified: bool = False


class KeyQuestionSpec(_Value, frozen=True, kw_only=True):
    """One of the questions that every inspection asks."""

    id: str
    name: str
    """“Safe”"""
    wording: str = ""
    """“Is it safe?”; empty where the framework asks no such question."""
    heading: str
    """“Are services safe?”, over the section."""
    summary_heading: str = ""
    """Shorter heading for lists and the ratings table; empty: as `heading`."""
    suffixes: Mapping[str, str] = {}
    """The line in brackets under the heading, by regime."""
    word: str
    """“safe”, as in “We rated safe as Good”."""
    phrase: str = ""
    """“safe care”, as in “was providing safe care”; empty where nothing is judged met."""
    meaning: str = ""
    """What it means for people: “You are protected from abuse and avoidable harm.”"""
    meaning_verified: bool = False
    i_statements: tuple[str, ...] = ()
    """What people who use the service would say where it goes well."""
    topics: tuple[TopicSpec, ...] = ()
    joined: tuple[JoinedTopic, ...] = ()
    """Which topics can be told together under one heading."""
    characteristics: Mapping[str, tuple[str, ...]] = {}
    """What each rating looks like, by rating, where that is not said topic by topic."""
    note: str = ""
    verified: bool = False

    def list_covered(self, topic: str) -> tuple[str, ...]:
        """Return the ids of the topics that one is made of: its own, but of a joined one."""
        return next((item.topics for item in self.joined if item.id == topic), (topic,))

    def find_topic(self, topic: str) -> TopicSpec | None:
        """Return a topic, or several joined in one; None: there is none of that id."""
        known = {item.id: item for item in self.topics}
        joined = next((item for item in self.joined if item.id == topic), None)
        if joined is None:
            return known.get(topic)
        parts = [known[part] for part in joined.topics if part in known]
        regimes = {regime for part in parts for regime in part.headings}
        return TopicSpec(
            id=joined.id,
            heading=joined.heading or _HEADINGS.join(part.heading for part in parts),
            headings={}
            if joined.heading
            else {
                regime: _HEADINGS.join(part.get_heading(regime) for part in parts)
                for regime in regimes
            },
            code=", ".join(part.code for part in parts if part.code),
            question=" ".join(part.question for part in parts if part.question),
            statement=" ".join(part.statement for part in parts if part.statement),
            leads=tuple(lead for part in parts for lead in part.leads),
            forms=joined.forms,
            verified=joined.verified,
        )

    def get_short_heading(self) -> str:
        """Return the heading for lists and tables: “Are services responsive?”."""
        return self.summary_heading or self.heading


class StandardParagraph(_Value, frozen=True, kw_only=True):
    """A sentence that the forms offer for a section; from then on it is the inspector's text."""

    id: str
    name: str
    """What the menu calls it."""
    kind: Literal["paragraph", "bullet", "heading"] = "paragraph"
    text: str
    """Jinja."""
    bullets: tuple[str, ...] = ()
    """Jinja: the list that the text introduces and that is put in with it."""
    regimes: tuple[str, ...] = ()
    """Regimes that it is offered in; empty: all."""
    forms: tuple[str, ...] = ()
    """Forms of the report that it is offered in; empty: all."""
    key_questions: tuple[str, ...] = ()
    """In the summary of a key question: those that it is for; empty: all."""
    ratings: tuple[str, ...] = ()
    """In the summary of a key question: the ratings that it is for; empty: all, and none."""
    verified: bool = False


class SectionSpec(_Value, frozen=True, kw_only=True):
    """A narrative part of the report."""

    id: str
    name: str
    """What forms and outline call it; Jinja, for “Background to {{ location.name }}”."""
    regimes: tuple[str, ...] = ()
    """Regimes that it is offered in; empty: all. Content of any regime may carry it."""
    forms: tuple[str, ...] = ()
    """Forms of the report that have it; empty: all. Content of any form may carry it."""
    standard: tuple[StandardParagraph, ...] = ()
    help: str = ""
    below: SectionOwner = "location"
    """What has it: the location, each of its services, or each population group."""
    kind: Literal["paragraph", "bullet"] = "paragraph"
    """What its text begins with."""


class OutcomeSpec(_Value, frozen=True, kw_only=True):
    """What stands beside a key question in place of a rating."""

    id: str
    name: str
    symbol: str = ""
    judgement: Literal["met", "not_met", ""] = ""
    """The judgement that it stands beside; empty: any."""
    notices: tuple[NoticeKind, ...] = ()
    """Kinds of notices on the key question that it needs one of; empty: none is needed."""
    verified: bool = False


class Regime(_Value, frozen=True, kw_only=True):
    """A way of judging within a framework."""

    id: RegimeId
    name: str
    judged_by: Literal["rating", "met", "score"]
    template: str = ""
    """Template below `report_templates/`; empty where each form has its own."""
    texts: Mapping[str, str] = {}
    """Jinja: wordings that the templates print, by name (`key_question_line`, `met`, …)."""
    unverified_texts: tuple[str, ...] = ()
    """Names of texts whose wording was not seen."""
    scores: Mapping[str, str] = {}
    """What each score says, by score: “4” to “Evidence shows an exceptional standard”."""
    outcomes: tuple[OutcomeSpec, ...] = ()
    required: tuple[str, ...] = ()
    """Ids of `RequiredField` whose absence prints a placeholder."""
    not_printed: tuple[PrintedPart, ...] = ()
    """What its report has no place for: the window does not offer it."""
    dates: DateStyle = ""
    """How it writes a date that stands alone, on the cover and in footers."""
    contents: bool = False
    """Whether it has a list of contents."""
    note: str = ""
    verified: bool = False

    def prints(self, part: PrintedPart) -> bool:
        """Tell whether its report has a place for a part."""
        return part not in self.not_printed


class Form(_Value, frozen=True, kw_only=True):
    """A form in which a framework's reports are printed: a short one, that of some years."""

    id: str
    name: str
    regimes: tuple[str, ...] = ()
    """Regimes that have it; empty: all."""
    in_use_from: str = ""
    in_use_to: str = ""
    """Years, months or days, as exactly as they are known."""
    template: str
    """Template below `report_templates/`."""
    texts: Mapping[str, str] = {}
    """Jinja: wordings of this form, beside or in place of those of the regime."""
    unverified_texts: tuple[str, ...] = ()
    """Names of texts whose wording was not seen."""
    required: tuple[str, ...] = ()
    """Ids of `RequiredField` that this form prints, beside those of the regime."""
    not_printed: tuple[PrintedPart, ...] = ()
    """What this form has no place for, beside that of the regime."""
    dates: DateStyle = ""
    """How this form writes a date that stands alone."""
    contents: bool = False
    """Whether it has a list of contents, even where the regime's reports have none."""
    note: str = ""
    verified: bool = False


class RequiredField(_Value, frozen=True, kw_only=True):
    """A detail whose absence shows in the report as “[name]”."""

    id: str
    """A field of the details (`publication_date`) or a section (`sections.background`)."""
    name: str


class EvidenceCategory(_Value, frozen=True, kw_only=True):
    """A category of evidence that a framework asks for."""

    id: str
    name: str


class ServiceGroup(_Value, frozen=True, kw_only=True):
    """Services that get a row of their own in a ratings grid."""

    id: str
    name: str
    services: tuple[str, ...]
    note: str = ""
    verified: bool = False


class PopulationGroup(_Value, frozen=True, kw_only=True):
    """A group of the people who use a service, which is rated by itself."""

    id: str
    name: str
    note: str = ""
    verified: bool = False


class Framework(_Value, frozen=True, kw_only=True):
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


class RegulationParagraph(_Value, frozen=True, kw_only=True):
    """A numbered part of a regulation, for the picker."""

    ref: str
    """“12(2)(a)”"""
    words: str
    """A short paraphrase, not the statutory text."""


class Instrument(_Value, frozen=True, kw_only=True):
    """A set of regulations."""

    id: str
    name: str
    short: str
    si: str = ""
    """Its number among the statutory instruments."""
    note: str = ""


class Regulation(_Value, frozen=True, kw_only=True):
    """A regulation that a notice can cite.

    Two instruments have a regulation 12: never use the number alone.
    """

    id: str
    """“RA2014-12”"""
    instrument: str
    number: str
    title: str
    label: str
    """First line of the notice's right-hand cell."""
    label_verified: bool = True
    requirement: str = ""
    """The statutory sentence; empty where the exact text was not read."""
    must: str = ""
    """The line in the summary; empty where no fixed phrase is known.

    As in its other texts, `{{ people }}` stands for the people word of the framework.
    """
    must_verified: bool = True
    other_musts: tuple[str, ...] = ()
    opening: str = ""
    """A sentence that often opens “How the regulation was not being met”."""
    citable_alone: bool = True
    prosecutable: Literal["", "direct", "qualified", "part", "no"] = ""
    prosecutable_parts: tuple[str, ...] = ()
    prosecutable_verified: bool = True
    fundamental_standard: bool = False
    key_questions: tuple[str, ...] = ()
    paragraphs: tuple[RegulationParagraph, ...] = ()
    paragraphs_verified: bool = True
    applies_to: str = ""
    rated_services_only: bool = False
    in_force_from: str = ""
    note: str = ""
    verified: bool = False

    def for_people(self, word: str) -> Regulation:
        """Return it as a framework words it that speaks of patients, or of people."""
        texts = (self.must, self.opening, *self.other_musts)
        if not any(_PEOPLE in text for text in texts):
            return self
        return msgspec.structs.replace(
            self,
            must=self.must.replace(_PEOPLE, word),
            opening=self.opening.replace(_PEOPLE, word),
            other_musts=tuple(text.replace(_PEOPLE, word) for text in self.other_musts),
        )


class Activity(_Value, frozen=True, kw_only=True):
    """A regulated activity."""

    id: str
    name: str
    register_name: str = ""
    code: str = ""
    code_verified: bool = True
    paragraph: int = 0
    """Paragraph of Schedule 1 (2014); 0 where it has none."""
    paragraph_verified: bool = False
    legacy: bool = False
    note: str = ""
    verified: bool = False


class Rating(_Value, frozen=True, kw_only=True):
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


class Limiter(_Value, frozen=True, kw_only=True):
    """A circumstance that limits the rating of a key question."""

    id: str
    key_question: str
    """Its id, or “any”."""
    max: str
    when: str
    source: str
    note: str = ""
    verified: Verified


def _fold_activity(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold().replace("&", " and ")))


class Reference(_Value, frozen=True, kw_only=True):
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
        wanted = _fold_activity(text)
        for item in self.activities.values():
            if text.strip() == item.id or wanted in map(
                _fold_activity, (item.name, item.register_name)
            ):
                return item
        return None
