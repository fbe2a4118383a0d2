"""What checks look at: the inspection, its framework, and the texts that will be published."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar, cast

from inspector_app.checks.language import normalise, split_sentences
from inspector_app.checks.rating_advice import advise
from inspector_app.checks.result import Location
from inspector_app.domain.entities import (
    Action,
    Attachment,
    Block,
    Entity,
    EvidenceNote,
    KeyQuestion,
    Notice,
    Section,
    Service,
    Topic,
)
from inspector_app.domain.evidence import EvidenceIndex
from inspector_app.domain.search.folding import FoldedText, Span, fold, locate
from inspector_app.errors import TemplateFault
from inspector_app.report.standard import StandardTexts, list_prompts, list_unfilled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from inspector_app.checks.rating_advice import Advice
    from inspector_app.checks.result import Occurrence
    from inspector_app.domain.entities import AnyEntity, Details
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.rating_rules import RatingCap
    from inspector_app.frameworks.model import Framework, Reference
    from inspector_app.frameworks.report_forms import Regime

T = TypeVar("T")
E = TypeVar("E", bound=Entity)
_DIGIT = re.compile(r"\d")
_CACHED = 40_000


class PublishedText(NamedTuple):
    """One text that the report will print, and where it stands.

    `kind` is a block's kind, or "lead", "must", "should", "cell", "caption", "remark",
    "enforcement".
    `part` is the entity of the section, key question, topic or notice that it stands in ("" for
    actions), `section` the narrative section's id, `key_question` the id of the question.
    """

    text: str
    entity: str
    field: str
    kind: str
    part: str = ""
    section: str = ""
    key_question: str = ""

    def place(self, start: int = 0, end: int = 0) -> Location:
        """Return the place of a passage of this text; without one, of all of it."""
        return Location(self.entity, self.field, start, end)

    @property
    def folded(self) -> str:
        """The text as a search compares it, with its capitals.

        Names and numbers are looked for in it, so that no soft hyphen or ligature hides them.
        """
        return _fold(self.text).text

    def unfold(self, start: int, end: int) -> Span:
        """Return where a passage of the folded text stands in this text."""
        return locate(self.text, _fold(self.text), Span(start, end), match_case=True)


@lru_cache(_CACHED)
def _fold(text: str) -> FoldedText:
    return fold(text, match_case=True)


@lru_cache(_CACHED)
def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


class Subject:
    """An inspection as checks see it. What several of them need is worked out once, when asked for.

    Args:
        inspection: What was typed.
        framework: Its framework.
        reference: Regulations, activities, ratings.
        today: The day that the checks are run; None: today.
        templates: The folder of templates that reports are made from; None: our own.
    """

    def __init__(
        self,
        inspection: Inspection,
        framework: Framework,
        reference: Reference,
        today: date | None = None,
        templates: Path | None = None,
    ) -> None:
        self.templates = templates
        self.today = today or datetime.now().astimezone().date()
        self.inspection = inspection
        self.framework = framework
        self.reference = reference
        self.details: Details = inspection.details
        self._worked_out: dict[Callable[[Subject], Any], Any] = {}

    def once(self, work: Callable[[Subject], T]) -> T:
        """Return what a function makes of this subject; it is called the first time only."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        found: T = self._worked_out[work]
        return found

    def parts(self, kind: type[E]) -> Sequence[E]:
        """Return all parts of a kind, wherever they stand, in the order of the inspection."""
        return cast("Sequence[E]", self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> Mapping[type[Entity], Sequence[Entity]]:
        found: dict[type[Entity], list[Entity]] = {}
        for entity in self.inspection:
            found.setdefault(type(entity), []).append(entity)
        return found

    @cached_property
    def regime(self) -> Regime | None:
        """How the inspection judges."""
        return self.framework.find_regime(self.details.regime, self.details.form)

    @cached_property
    def notices(self) -> Sequence[Notice]:
        """The breaches."""
        return tuple(self.inspection.everywhere(Notice))

    @cached_property
    def notes(self) -> Sequence[EvidenceNote]:
        """The evidence notes."""
        return tuple(self.inspection.all(EvidenceNote))

    @cached_property
    def evidence(self) -> EvidenceIndex:
        """Which texts stand on which notes."""
        return EvidenceIndex(self.inspection)

    @cached_property
    def published(self) -> Sequence[PublishedText]:
        """Every typed text that the report will print, in the order of the inspection's parts."""
        return tuple(text for text in self._walk() if text.text.strip())

    @cached_property
    def with_digits(self) -> Sequence[PublishedText]:
        """Those of the published texts that hold a digit: few do."""
        return tuple(text for text in self.published if _has_digit(text.text))

    @cached_property
    def by_part(self) -> Mapping[str, Sequence[PublishedText]]:
        """The published texts by the section, key question, topic or notice they stand in."""
        parts: dict[str, list[PublishedText]] = {}
        for text in self.published:
            parts.setdefault(text.part, []).append(text)
        return parts

    @cached_property
    def standard_sentences(self) -> frozenset[str]:
        """The sentences of the framework's standard texts, filled, as `normalise` makes them."""
        sentences = (part.text for text in self._standard for part in split_sentences(text))
        return frozenset(normalise(sentence) for sentence in sentences)

    @cached_property
    def prompts(self) -> frozenset[str]:
        """What stands in square brackets in standard texts, in small letters: to be replaced."""
        return list_prompts(self.framework)

    @cached_property
    def _standard(self) -> Sequence[str]:
        texts = StandardTexts(self.inspection, self.framework, self.reference)
        offered = [
            *(
                item
                for section in self.framework.sections
                for item in texts.for_section(section.id)
            ),
            *texts.for_key_questions(),
        ]
        filled = [text for item in offered for text in (item.text, *item.bullets)]
        for question in self.framework.key_questions:
            for topic in question.topics:
                filled += [*(lead.text for lead in topic.leads), topic.inner_line]
        return filled

    def is_own_name(self, text: str, start: int, end: int) -> bool:
        """Tell whether a passage is within a name of the service, its provider or signatory."""
        for match in self._own_names.finditer(text) if self._own_names else ():
            if match.start() <= start and end <= match.end():
                return True
        return False

    @cached_property
    def _own_names(self) -> re.Pattern[str] | None:
        details = self.details
        names = (details.location_name, details.provider_name, details.signatory_name)
        known = [r"\W+".join(re.findall(r"\w+", name)) for name in names]
        joined = "|".join(sorted(filter(None, known), key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE) if joined else None

    def name_question(self, key_question: str) -> str:
        """Return what a key question is called: “Safe”."""
        found = self.framework.find_key_question(key_question)
        return found.name if found else key_question

    def name_section(self, section: str) -> str:
        """Return what a narrative part is called: “Background to The Clinic”."""
        found = self.framework.find_section(section)
        if found is None:
            return section
        try:
            texts = StandardTexts(self.inspection, self.framework, self.reference)
            return texts.fill(found.name, section)
        except TemplateFault:
            return section

    def name_topic(self, topic: Topic) -> str:
        """Return what a topic is called: the framework's heading, or one's own."""
        above = self.inspection.find(topic.parent)
        question = above.key_question if isinstance(above, KeyQuestion) else ""
        found = self.framework.find_topic(question, topic.topic)
        return found.get_heading(self.details.regime) if found else topic.title or topic.topic

    def name_regulation(self, regulation: str) -> str:
        """Return what a regulation is called: “regulation 12 (Safe care and treatment)”."""
        found = self.reference.regulations.get(regulation)
        return f"regulation {found.number} ({found.title})" if found else "a regulation"

    def at_details(self, field: str) -> Location:
        """Return the place of a field of the details."""
        return Location(self.details.id, field)

    @cached_property
    def visits(self) -> Sequence[date]:
        """The days of the visit, the first one first; of a span, its two ends."""
        ends = (self.details.visit_from, self.details.visit_to)
        return sorted({*self.details.visit_dates, *(day for day in ends if day)})

    @cached_property
    def inspected_questions(self) -> Sequence[str]:
        """Ids of the location's key questions that this inspection looked at."""
        found = self.inspection.children(self.details.id, KeyQuestion)
        return tuple(question.key_question for question in found)

    @property
    def is_judged_met(self) -> bool:
        """Whether key questions are judged met or not met, and get no rating."""
        return self.regime is not None and self.regime.judged_by == "met"

    def at_judgement(self, key_question: str) -> Location:
        """Return the place of a key question's rating or judgement."""
        field = "judgements" if self.is_judged_met else "ratings"
        return self.at_details(f"{field}.{key_question}")

    @cached_property
    def advice(self) -> Advice | None:
        """What the rules say of the ratings; None where the framework has none."""
        return advise(self.inspection, self.framework, self.reference)

    @property
    def rating_caps(self) -> Sequence[RatingCap]:
        """What limits the overall rating where a breach is reported."""
        rules = self.reference.rule_sets.get(self.framework.rating_rules)
        return rules.caps if rules is not None else ()

    def order_of(self, rating: str | None) -> int:
        """Return where a rating stands on the scale, higher is better; 0 where it is no rating."""
        found = self.reference.ratings.get(rating or "")
        return found.order if found else 0

    def name_rating(self, rating: str) -> str:
        """Return what a rating is called: “Requires improvement”."""
        found = self.reference.ratings.get(rating)
        return found.name if found else rating

    def name_good_judgement(self, key_question: str) -> str:
        """Return a good rating's name, or “met”, where a key question is judged so, else ""."""
        if self.is_judged_met:
            return "met" if self.details.judgements.get(key_question) == "met" else ""
        rating = self.details.ratings.get(key_question, "")
        found = self.reference.ratings.get(rating)
        return found.name if found is not None and found.is_good else ""

    @property
    def is_under_review(self) -> bool:
        """Whether the report has left the inspector's desk."""
        return self.details.state not in {None, "draft"}

    @property
    def is_final(self) -> bool:
        """Whether the report is final or published."""
        return self.details.state in {"final", "published"}

    def service_of(self, text: PublishedText) -> str:
        """Return the entity of the service that a text belongs to; "" for the whole location."""
        return self._services.get(text.part, "")

    @cached_property
    def _services(self) -> Mapping[str, str]:
        return {
            part.id: service.id
            for service in self.inspection.all(Service)
            for part in self.inspection.descendants(service.id)
        }

    @cached_property
    def standard_texts(self) -> frozenset[str]:
        """The framework's own sentences, word for word."""
        return frozenset(text.strip() for text in list_unfilled(self.framework) if text)

    # -- walking

    def _walk(self) -> Iterator[PublishedText]:
        root = self.details.id
        if note := self.details.previous_rating_note:
            yield PublishedText(note, root, "previous_rating_note", "remark")
        yield from self._walk_parts(root)
        for service in self.inspection.all(Service):
            kind = "cell" if service.row_only or service.left_out else "heading"
            yield PublishedText(service.name, service.id, "name", kind, service.id)
            if kind == "heading":
                yield from self._walk_parts(service.id)
        for notice in self.notices:
            question = notice.key_question
            for number, activity in enumerate(notice.activities):
                yield PublishedText(
                    activity, notice.id, f"activities.{number}", "cell", notice.id,
                    key_question=question,
                )  # fmt: skip
            if notice.must:
                yield PublishedText(
                    notice.must, notice.id, "must", "must", notice.id, key_question=question
                )
            yield from self._blocks(notice, key_question=question)
            if notice.action:
                yield PublishedText(
                    notice.action, notice.id, "action", "enforcement", notice.id,
                    key_question=question,
                )  # fmt: skip

    def _walk_parts(self, owner: str) -> Iterator[PublishedText]:
        """Yield the texts of the location, or of one service, but for its notices."""
        order = {section.id: index for index, section in enumerate(self.framework.sections)}
        sections = sorted(
            self.inspection.children(owner, Section),
            key=lambda part: order.get(part.section, len(order)),
        )
        for section in sections:
            yield from self._blocks(section, section=section.section)
        yield from self._walk_questions(owner)
        yield from self._walk_actions(owner)

    def _walk_questions(self, parent: str) -> Iterator[PublishedText]:
        for question in self.inspection.children(parent, KeyQuestion):
            id_ = question.key_question
            yield from self._blocks(question, key_question=id_)
            for topic in self.inspection.children(question.id, Topic):
                known = self.framework.find_topic(id_, topic.topic)
                if topic.title and (known is None or known.is_kept):
                    yield PublishedText(
                        topic.title, topic.id, "title", "heading", topic.id, key_question=id_
                    )
                if topic.lead:
                    yield PublishedText(
                        topic.lead, topic.id, "lead", "lead", topic.id, key_question=id_
                    )
                yield from self._blocks(topic, key_question=id_)

    def _walk_actions(self, parent: str) -> Iterator[PublishedText]:
        for action in self.inspection.children(parent, Action):
            yield PublishedText(
                action.text, action.id, "text", action.strength, key_question=action.key_question
            )

    def _blocks(
        self, part: AnyEntity, *, section: str = "", key_question: str = ""
    ) -> Iterator[PublishedText]:
        for block in self.inspection.children(part.id, Block):
            common = (part.id, section, key_question)
            if block.kind == "table":
                for column, cell in enumerate(block.header):
                    yield PublishedText(cell, block.id, f"header.{column}", "cell", *common)
                for row, cells in enumerate(block.rows):
                    for column, cell in enumerate(cells):
                        yield PublishedText(cell, block.id, f"rows.{row}.{column}", "cell", *common)
                continue
            if block.text:
                kind = "caption" if block.kind == "image" else block.kind
                yield PublishedText(block.text, block.id, "text", kind, *common)
            if block.caption:
                yield PublishedText(block.caption, block.id, "caption", "caption", *common)
            elif isinstance(file := self.inspection.find(block.attachment), Attachment):
                yield PublishedText(file.caption, file.id, "caption", "caption", *common)


CheckFunction: TypeAlias = "Callable[[Subject], Iterable[Occurrence]]"
"""A check: it looks at the subject and yields what a person should look at."""
