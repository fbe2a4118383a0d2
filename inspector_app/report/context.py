"""What templates see: the inspection as plain values, in the order in which reports print it.

Every value is a text, a flag, or a list of such; nothing in here knows Word or HTML, but for the
placeholders of details that the framework requires and that are missing.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from markupsafe import Markup

from inspector_app.domain.entities import (
    Action,
    Attachment,
    Block,
    Details,
    KeyQuestion,
    Notice,
    PreviousBreach,
    Section,
    Service,
    Topic,
)
from inspector_app.domain.standing import find_standing, list_grid, list_inspected
from inspector_app.report.phrases import (
    DATE_STYLES,
    breached_paragraphs,
    clean,
    dates_phrase,
    long_date,
)
from inspector_app.report.values import (
    ActionValue,
    BlockValue,
    GridRowValue,
    NoticeValue,
    OutcomeValue,
    PreviousBreachValue,
    QuestionValue,
    RatingValue,
    ServiceValue,
    TopicValue,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from inspector_app.domain.entities import NoticeKind
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.standing import Standing
    from inspector_app.frameworks.key_questions import KeyQuestionSpec
    from inspector_app.frameworks.model import Framework, Reference
    from inspector_app.frameworks.report_forms import Regime

OVERALL = "overall"
_TEXT_KINDS = frozenset({"paragraph", "bullet", "heading", "breach", "recommendation"})


def build_context(
    inspection: Inspection, framework: Framework, reference: Reference, *, draft: bool
) -> dict[str, Any]:
    """Return the variables of the report templates.

    Args:
        inspection: What was typed.
        framework: Its framework.
        reference: Regulations, activities and ratings.
        draft: Whether the report says that it is a draft.
    """
    return _ContextBuilder(inspection, framework, reference).build(draft=draft)


class _Given(NamedTuple):
    """The ratings and judgements of the location, or of one of its services."""

    ratings: Mapping[str, str]
    previous: Mapping[str, str]
    judgements: Mapping[str, str]
    owner: str
    """Whose they are, and whose notices decide on outcomes."""
    is_asked_for: bool = True
    """Whether what is missing shows."""

    def fill(self, field_id: str) -> str:
        """Return the field whose absence shows, or ""."""
        return field_id if self.is_asked_for else ""


class _ContextBuilder:
    def __init__(self, inspection: Inspection, framework: Framework, reference: Reference) -> None:
        self.inspection = inspection
        self.framework = framework
        self.reference = reference
        self.details: Details = inspection.details
        self.regime: Regime = framework.get_regime(self.details.regime, self.details.form)
        details = self.details
        self.own = _Given(details.ratings, details.previous_ratings, details.judgements, details.id)
        self._write_date = DATE_STYLES[self.regime.dates]
        self.names = {item.id: item.name for item in framework.required_fields}

    def build(self, *, draft: bool) -> dict[str, Any]:
        details = self.details
        notices = [self._notice(item) for item in self.inspection.everywhere(Notice)]
        musts, shoulds = self._actions(details)
        services = [self._service(item) for item in list_inspected(self.inspection)]
        inspected = list(self.inspection.children(details.id, KeyQuestion))
        return {
            "draft": draft,
            "framework": {
                "name": self.framework.name,
                "people": self.framework.people_word,
                "service": next(iter(self.framework.service_words), "service"),
            },
            "contents": self.regime.contents,
            "texts": self.regime.texts,
            "provider": {
                "id": details.provider_id,
                "name": self._fill("provider_name", details.provider_name),
            },
            "location": {
                "id": details.location_id,
                "name": self._fill("location_name", details.location_name),
                "address": self._fill_address(),
                "telephone": details.telephone,
                "website": details.website,
                "service_type": details.service_type,
                "activities": list(details.registered_activities),
            },
            "visit": self._visit(),
            "publication_date": self._fill_date("publication_date", self._write_date),
            "publication_day": details.publication_date or self._placeholder("publication_date"),
            "overall": self._rating(details.ratings.get(OVERALL), "overall_rating"),
            "previous_overall": self._rating(details.previous_ratings.get(OVERALL), ""),
            "previous_day": details.previous_rating_date,
            "previous_rating_note": details.previous_rating_note,
            "signatory": {
                "name": self._fill("signatory_name", details.signatory_name),
                "title": self._fill("signatory_title", details.signatory_title),
            },
            "sections": self._sections(details.id),
            "all_key_questions": [
                self._question(item, self.own) for item in self.framework.key_questions
            ],
            "judged_key_questions": self._judged(inspected, self.own),
            "key_questions": self._questions(inspected, self.own),
            "services": [item for item in services if not item.group],
            "population_groups": [item for item in services if item.group],
            "rating_grid": [
                self._grid_row(service, standing)
                for service, standing in list_grid(self.inspection)
            ],
            "location_row": self._location_row(),
            "musts": musts,
            "shoulds": shoulds,
            "previous_breaches": [
                self._previous_breach(item) for item in self.inspection.all(PreviousBreach)
            ],
            "requirement_notices": [item for item in notices if not is_enforcement(item.kind)],
            "enforcement_notices": [item for item in notices if is_enforcement(item.kind)],
            "breached_regulations": len(
                {
                    item.regulation or item.id
                    for item in self.inspection.everywhere(Notice)
                    if not item.withheld
                }
            ),
        }

    # -- details

    def _fill(self, field_id: str, value: str) -> str:
        return value if value.strip() else self._placeholder(field_id)

    def _placeholder(self, field_id: str) -> str:
        if field_id not in self.regime.required:
            return ""
        name = self.names.get(field_id, field_id)
        return Markup('<span class="placeholder">[{}]</span>').format(name)

    def _fill_date(self, field_id: str, write: Callable[[date], str]) -> str:
        day: date | None = getattr(self.details, field_id)
        return write(day) if day else self._placeholder(field_id)

    def _fill_address(self) -> list[str]:
        lines = [line for line in self.details.address if line.strip()]
        missing = self._placeholder("address")
        return lines or ([missing] if missing else [])

    def _visit(self) -> dict[str, Any]:
        details = self.details
        days = dates_phrase(details.visit_dates, details.visit_from, details.visit_to)
        several = len(set(details.visit_dates)) > 1 or (
            not details.visit_dates
            and details.visit_from is not None
            and details.visit_to not in {None, details.visit_from}
        )
        found = self._list_days()
        missing = [self._placeholder("visit_dates")]
        return {
            "dates": self._fill("visit_dates", days),
            "days": found or missing,
            "lines": [self._write_date(day) for day in found] or missing,
            "several_dates": several,
            "type": details.visit_type or "",
            "type_word": type_word(details),
            "announced": details.announced is True,
            "unannounced": details.announced is False,
            "announced_word": announced_word(details),
            "short_notice": details.short_notice,
            "kind": f"{announced_word(details)} {type_word(details)}".strip(),
        }

    def _list_days(self) -> list[date]:
        """Return the days of the visit, or the first and the last of several."""
        details = self.details
        days = details.visit_dates or (details.visit_from, details.visit_to)
        return sorted({day for day in days if day is not None})

    # -- blocks

    def _sections(self, owner: str) -> dict[str, list[BlockValue]]:
        sections: dict[str, list[BlockValue]] = {item.id: [] for item in self.framework.sections}
        for item in self.inspection.children(owner, Section):
            if item.section in sections:
                sections[item.section] += self._blocks(item.id)
        for spec in self.framework.sections if owner == self.details.id else ():
            missing = self._placeholder(f"sections.{spec.id}")
            if missing and not sections[spec.id]:
                sections[spec.id] = [BlockValue("placeholder", text=missing)]
        return sections

    def _blocks(self, parent: str) -> list[BlockValue]:
        found: list[BlockValue] = []
        for block in self.inspection.children(parent, Block):
            if block.kind in _TEXT_KINDS and not clean(block.text).strip():
                continue  # a line that somebody has begun and not yet filled
            if block.kind != "bullet":
                found.append(value := self._block(block))
                _pair_up(found[-2:-1], value)
                continue
            if not found or found[-1].kind != "bullets":
                found.append(BlockValue("bullets"))
            bullets = found[-1].bullets
            if block.level:
                if not bullets:
                    # It goes on a list above a paragraph, and stays where the editor shows it.
                    bullets.append(BlockValue("bullet"))
                bullets = bullets[-1].bullets
            bullets.append(BlockValue("bullet", block.id, block.text))
        return found

    def _block(self, block: Block) -> BlockValue:
        value = BlockValue(block.kind, block.id, block.text, header=block.header, rows=block.rows)
        if block.kind == "image":
            found = self.inspection.find(block.attachment)
            if isinstance(found, Attachment):
                value.image = found.sha256
                value.caption = block.caption or found.caption
            value.width = block.width
        return value

    # -- ratings and judgements

    def _rating(self, rating: str | None, field_id: str) -> RatingValue:
        known = self.reference.ratings.get(rating or "")
        if known is None:
            return RatingValue("", self._placeholder(field_id), "none", is_rating=False)
        look = known.id if known.is_rating else "none"
        return RatingValue(known.id, known.name, look, known.is_rating, known.meaning)

    def _compare(self, before: str | None, now: str | None) -> str:
        order = self.reference.order
        if before is None or now is None or not {before, now} <= order.keys():
            return ""
        step = order[now] - order[before]
        return "improved" if step > 0 else "worse" if step else "same"

    def _judgement(self, judgement: str | None, field_id: str) -> RatingValue:
        if judgement is None:
            return RatingValue("", self._placeholder(field_id), "none", is_rating=False)
        return RatingValue(judgement, "", judgement, is_rating=True)

    def _outcome(self, key_question: str, given: _Given) -> OutcomeValue:
        """Return the last of the framework's outcomes that judgement and notices allow."""
        judgement = given.judgements.get(key_question)
        kinds = {
            notice.kind
            for notice in self.inspection.children(given.owner, Notice)
            if notice.key_question == key_question
        }
        value = OutcomeValue()
        for item in self.regime.outcomes if judgement else ():
            if item.judgement in {"", judgement} and (
                not item.notices or not kinds.isdisjoint(item.notices)
            ):
                value = OutcomeValue(item.id, item.name, item.symbol)
        return value

    def _question(self, question: KeyQuestionSpec, given: _Given) -> QuestionValue:
        rating, before = given.ratings.get(question.id), given.previous.get(question.id)
        return QuestionValue(
            id=question.id,
            name=question.name,
            wording=question.wording,
            heading=question.heading,
            short_heading=question.get_short_heading(),
            suffix=question.suffixes.get(self.details.regime, ""),
            word=question.word,
            phrase=question.phrase,
            rating=self._rating(rating, given.fill("key_question_ratings")),
            judgement=self._judgement(given.judgements.get(question.id), given.fill("judgements")),
            outcome=self._outcome(question.id, given),
            previous=self._rating(before, ""),
            change=self._compare(before, rating),
            meaning=question.meaning,
        )

    def _judged(self, inspected: Iterable[KeyQuestion], given: _Given) -> list[QuestionValue]:
        """Return the key questions for lists of judgements, in the framework's order.

        A focused inspection lists those it looked at and those that keep a rating; an inspection
        that has no text yet lists all.
        """
        wanted = {item.key_question for item in inspected}
        judged = self.regime.judged_by == "met"
        wanted |= (given.judgements if judged else given.ratings).keys()
        wanted &= {item.id for item in self.framework.key_questions}
        return [
            self._question(item, given)
            for item in self.framework.key_questions
            if not wanted or item.id in wanted
        ]

    def _find_question(self, key_question: str, owner: str) -> QuestionValue | None:
        """Return a key question as a notice or an action names it, without its texts."""
        found = self.framework.find_key_question(key_question)
        return self._question(found, self._get_given(owner)) if found else None

    def _get_given(self, owner: str) -> _Given:
        """Return what the location, or a service, was given."""
        service = self.inspection.find(owner)
        if not isinstance(service, Service):
            return self.own
        ratings = find_standing(self.inspection, service).ratings
        is_rated = self.framework.rates(service, ratings)
        return _Given(ratings, service.previous_ratings, service.judgements, owner, is_rated)

    def _questions(self, items: Iterable[KeyQuestion], given: _Given) -> list[QuestionValue]:
        by_id = {item.key_question: item for item in items}
        values = []
        for question in self.framework.key_questions:
            found = by_id.get(question.id)
            if found is None:
                continue
            value = self._question(question, given)
            value.summary = self._blocks(found.id)
            topics = (
                self._topic(question.id, topic)
                for topic in self.inspection.children(found.id, Topic)
            )
            value.topics = [topic for topic in topics if topic.lead.strip() or topic.blocks]
            values.append(value)
        return values

    def _topic(self, question: str, topic: Topic) -> TopicValue:
        known = self.framework.find_topic(question, topic.topic)
        heading = known.get_heading(self.details.regime) if known else topic.title
        return TopicValue(
            id=topic.id,
            topic=known.id if known else "",
            code=known.code if known else "",
            heading=heading,
            lead=topic.lead,
            blocks=self._blocks(topic.id),
            question=known.question if known else "",
            statement=known.statement if known else "",
        )

    # -- services

    def _service(self, service: Service) -> ServiceValue:
        standing = find_standing(self.inspection, service)
        given = self._get_given(service.id)
        musts, shoulds = self._actions(service)
        inspected = list(self.inspection.children(service.id, KeyQuestion))
        overall, before = given.ratings.get(OVERALL), given.previous.get(OVERALL)
        return ServiceValue(
            id=service.id,
            group=service.group,
            name=self.framework.name_service(service),
            overall=self._rating(overall, given.fill("overall_rating")),
            previous_overall=self._rating(before, ""),
            change=self._compare(before, overall),
            row=self._grid_row(service, standing),
            sections=self._sections(service.id),
            judged_key_questions=self._judged(inspected, given),
            key_questions=self._questions(inspected, given),
            musts=musts,
            shoulds=shoulds,
        )

    def _grid_row(self, service: Service, standing: Standing) -> GridRowValue:
        dates = standing.dates
        if self.framework.service_groups and not service.row_only:
            new = standing.ratings.keys() - standing.carried
            dates = {**dict.fromkeys(new, self._published), **dates}
        cells = self._cells(standing.ratings, dates)
        return GridRowValue(service.id, self.framework.name_service(service), cells)

    def _location_row(self) -> GridRowValue | None:
        """Return the location's row, where the framework knows the services of a location."""
        if not self.framework.service_groups:
            return None
        dates = dict.fromkeys(self.details.ratings, self._published)
        return GridRowValue("", "Overall", self._cells(self.details.ratings, dates))

    @property
    def _published(self) -> str:
        """The day that ratings of this inspection are of, in the grid of a location's services."""
        day = self.details.publication_date
        return day.isoformat() if day else ""

    def _cells(
        self, ratings: Mapping[str, str], dates: Mapping[str, str]
    ) -> list[tuple[RatingValue | None, str]]:
        cells = []
        for key in [*(item.id for item in self.framework.key_questions), OVERALL]:
            rating = ratings.get(key)
            value = self._rating(rating, "") if rating else None
            cells.append((value, _long_date_of(dates.get(key, ""))))
        return cells

    # -- actions and notices

    def _actions(self, owner: Details | Service) -> tuple[list[ActionValue], list[ActionValue]]:
        musts = [*self._notice_musts(owner.id)]
        shoulds: list[ActionValue] = []
        for action in self.inspection.children(owner.id, Action):
            if action.text.strip():
                target = musts if action.strength == "must" else shoulds
                question = self._find_question(action.key_question, owner.id)
                target.append(ActionValue(action.id, action.text, question))
        return musts, shoulds

    def _notice_musts(self, owner: str) -> Iterable[ActionValue]:
        """Yield the must line of each breach; a line that two breaches share stands once."""
        seen: set[str] = set()
        for notice in self.inspection.children(owner, Notice):
            regulation = self.reference.regulations.get(notice.regulation)
            text = notice.must or (regulation.must if regulation else "")
            if text and not notice.withheld and text not in seen:
                seen.add(text)
                question = self._find_question(notice.key_question, notice.parent)
                yield ActionValue(notice.id, text, question, self._breached(notice))

    def _notice(self, notice: Notice) -> NoticeValue:
        regulation = self.reference.regulations.get(notice.regulation)
        instrument = self.reference.instruments[regulation.instrument] if regulation else None
        return NoticeValue(
            id=notice.id,
            kind=notice.kind,
            activities=list(notice.activities),
            label=regulation.label if regulation else "",
            requirement=regulation.requirement if regulation else "",
            blocks=self._blocks(notice.id),
            breached=self._breached(notice),
            instrument=instrument.name if instrument else "",
            paragraphs=list(notice.breached_paragraphs),
            action=notice.action,
            deadline=long_date(notice.deadline) if notice.deadline else "",
            withheld=notice.withheld,
            number=regulation.number if regulation else "",
            title=regulation.title if regulation else "",
            deadline_day=notice.deadline,
            key_question=self._find_question(notice.key_question, notice.parent),
        )

    def _breached(self, notice: Notice) -> str:
        regulation = self.reference.regulations.get(notice.regulation)
        if regulation is None:
            return ""
        return breached_paragraphs(regulation.number, notice.breached_paragraphs)

    def _previous_breach(self, breach: PreviousBreach) -> PreviousBreachValue:
        regulation = self.reference.regulations.get(breach.regulation)
        return PreviousBreachValue(
            id=breach.id,
            number=regulation.number if regulation else "",
            title=regulation.title if regulation else "",
            text=breach.text,
            now=breach.now or "",
            answer=breach.answer,
            label=regulation.label if regulation else "",
            day=breach.date,
        )


def is_enforcement(kind: NoticeKind) -> bool:
    """Tell in which of the two tables of notices a kind prints."""
    match kind:
        case "requirement":
            return False
        case "warning" | "enforcement":
            return True
        case _:
            assert_never(kind)


def type_word(details: Details) -> str:
    """Return the type of a visit as reports name it; a visit without one is comprehensive."""
    return (details.visit_type or "comprehensive").replace("_", "-")


def announced_word(details: Details) -> str:
    """Return how a visit was announced, as in “We carried out an announced inspection”."""
    if details.short_notice:
        return "short notice announced"
    return {True: "announced", False: "unannounced", None: ""}[details.announced]


def _pair_up(before: Sequence[BlockValue], value: BlockValue) -> None:
    """Put a picture beside the one before it where both are of a pair."""
    if value.width != "pair":
        return
    # One without a neighbour is as wide as it would be beside one.
    value.width = "half"
    value.pairs = True
    if before and before[0].pairs and not before[0].side:
        before[0].side, value.side = "left", "right"
        before[0].width = value.width = "full"


def _long_date_of(text: str) -> str:
    """Return an ISO date as reports write it; any other text as it is."""
    try:
        return long_date(date.fromisoformat(text))
    except ValueError:
        return text
