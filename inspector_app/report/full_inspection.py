"""Inspections with everything filled, made for a framework: what templates are tried with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from msgspec.structs import replace

from inspector_app.domain.entities import (
    Action,
    ActionStrength,
    Attachment,
    Block,
    BlockKind,
    Details,
    EvidenceNote,
    KeyQuestion,
    Notice,
    NoticeKind,
    PictureWidth,
    PreviousBreach,
    Section,
    Service,
    Source,
    Stance,
    Topic,
    VisitType,
)
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.order import positions_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.frameworks.key_questions import KeyQuestionSpec
    from inspector_app.frameworks.model import Framework, Reference
    from inspector_app.frameworks.report_forms import Regime, SectionOwner

_OVERALL = "overall"
_DAY = date(2026, 1, 2)
_LATER = date(2026, 1, 3)
_PICTURE = "picture"
_NOTE = "note"
_JUDGEMENTS = ("met", "not_met")
_ANNOUNCED = (True, False, None)
_ONE = ("full",)
_WIDTHS = (*get_args(PictureWidth), "pair")
"""Two of a pair stand beside each other."""


def make_full_inspections(framework: Framework, reference: Reference) -> Iterator[Inspection]:
    """Yield an inspection for each regime, form, and value that a key question can be given."""
    for regime in framework.regimes:
        for form in framework.list_forms(regime.id) or (None,):
            values = _JUDGEMENTS if regime.judged_by == "met" else tuple(reference.ratings)
            for number, value in enumerate(values):
                # What it was before is something else each time.
                before = values[number - 1]
                maker = _Maker(framework, reference, regime, form.id if form else "")
                yield maker.make(number, value, before)


class _Maker:
    """Makes the parts; texts say what they are."""

    def __init__(
        self, framework: Framework, reference: Reference, regime: Regime, form: str
    ) -> None:
        self._framework = framework
        self._reference = reference
        self._regime = regime
        self._form = form
        self._parts: list[AnyEntity] = []

    def make(self, number: int, value: str, before: str) -> Inspection:
        self._add_details(number, value, before)
        given = self._make_ratings(value, before)
        self._add_parts("root", "location")
        self._add_parts(self._add(Service, "root", name="A service", **given), "service")
        for group in self._framework.population_groups:
            part = self._add(Service, "root", group=group.id, **given)
            self._add_parts(part, "group")
        self._add(Attachment, "root", id=_PICTURE, name="picture.png", sha256="0" * 64)
        self._add_notes()
        self._add(
            PreviousBreach,
            "root",
            regulation=next(iter(self._reference.regulations), ""),
            text="What was found",
            date=_DAY,
            now="met",
            answer="What is there now",
        )
        self._add(PreviousBreach, "root", regulation="", now="not_met")
        if ratings := given["ratings"]:
            dates = dict.fromkeys(ratings, _DAY.isoformat())
            self._add(
                Service,
                "root",
                name="Another service",
                left_out=True,
                previous_ratings=ratings,
                previous_dates=dates,
            )
            self._add(Service, "root", name="A row of the grid", row_only=True, ratings=ratings)
        return Inspection(self._place())

    def _make_ratings(self, value: str, before: str) -> dict[str, Any]:
        """Return the ratings or judgements, as the location and its services have them."""
        ids = [item.id for item in self._framework.key_questions]
        topics = [topic.id for item in self._framework.key_questions for topic in item.topics]
        is_met = self._regime.judged_by == "met"
        return {
            "previous_ratings": {} if is_met else dict.fromkeys([*ids, _OVERALL], before),
            "ratings": {} if is_met else dict.fromkeys([*ids, _OVERALL], value),
            "judgements": dict.fromkeys(ids, value) if is_met else {},
            "scores": dict.fromkeys(topics, 1) if self._regime.judged_by == "score" else {},
        }

    def _add_details(self, number: int, value: str, before: str) -> None:
        self._parts.append(
            Details(
                id="root",
                framework=self._framework.id,
                regime=self._regime.id,
                form=self._form,
                provider_name="A provider",
                location_name="A location",
                service_type="A kind of service",
                address=("A street", "A town"),
                telephone="01632 960000",
                website="www.example.org",
                registered_activities=tuple(
                    item.name for item in self._reference.activities.values()
                )[:2],
                visit_type=get_args(VisitType)[number % len(get_args(VisitType))],
                announced=_ANNOUNCED[number % len(_ANNOUNCED)],
                short_notice=number == len(_ANNOUNCED),
                visit_dates=(_DAY, _LATER),
                publication_date=_LATER,
                previous_rating_note="a note on the previous rating",
                previous_rating_date=_DAY,
                **self._make_ratings(value, before),
                signatory_name="A name",
                signatory_title="A title",
            )
        )

    def _add_parts(self, owner: str, kind: SectionOwner) -> None:
        """Add what may stand below the location, below a service, and below a group."""
        widths = _WIDTHS
        for section in self._framework.list_sections(self._regime.id, self._form, kind):
            spec = self._framework.find_section(section)
            part = self._add(Section, owner, section=section)
            self._add_blocks(part, spec.name if spec else section, widths)
            widths = _ONE
        if kind == "group":
            return
        self._add_questions(owner)
        for strength in get_args(ActionStrength):
            self._add(Action, owner, strength=strength, text=f"What the provider {strength}")
        self._add_notices(owner)

    def _add_questions(self, parent: str) -> None:
        for question in self._framework.key_questions:
            part = self._add(KeyQuestion, parent, key_question=question.id)
            self._add_blocks(part, f"Summary of {question.name}")
            self._add_topics(part, question)

    def _add_topics(self, parent: str, question: KeyQuestionSpec) -> None:
        joined = self._framework.list_joined(question, self._regime.id, self._form)
        for spec in (
            *self._framework.list_topics(question, self._regime.id, self._form),
            *filter(None, (question.find_topic(item.id) for item in joined)),
        ):
            lead = spec.leads[0].text if spec.leads else "A lead sentence."
            self._add_blocks(self._add(Topic, parent, topic=spec.id, lead=lead), spec.heading)
        self._add_blocks(self._add(Topic, parent, title="A topic of one's own"), "Own")

    def _add_notices(self, owner: str) -> None:
        regulations = list(self._reference.regulations)
        questions = [item.id for item in self._framework.key_questions]
        for number, kind in enumerate(get_args(NoticeKind)):
            for withheld in (False, True):
                notice = self._add(
                    Notice,
                    owner,
                    kind=kind,
                    activities=("An activity",),
                    regulation=regulations[number % len(regulations)],
                    key_question=questions[number % len(questions)] if questions else "",
                    must="What must be done",
                    breached_paragraphs=("1",),
                    action="What was done",
                    deadline=_LATER,
                    withheld=withheld,
                )
                self._add_blocks(notice, "How it was not met")
        self._add(Notice, owner, kind="requirement")

    def _add_notes(self) -> None:
        """Add a note of each source and stance; two stand behind bullets."""
        for number, source in enumerate(get_args(Source)):
            stances = get_args(Stance)
            self._add(
                EvidenceNote,
                "root",
                id=f"{_NOTE}{number}",
                text=f"A note: {source}",
                source=source,
                source_detail="A role",
                when=_DAY.isoformat(),
                by="AB",
                stance=stances[number % len(stances)],
                topics=tuple(
                    f"{question.id}.{topic.id}"
                    for question in self._framework.key_questions
                    for topic in question.topics[:1]
                ),
                corroborated=not number,
                confidential=number == 1,
            )

    def _add_blocks(self, parent: str, text: str, widths: Sequence[str] = _ONE) -> None:
        """Add a block of every kind, bullets of both levels among them."""
        for kind in get_args(BlockKind):
            values: dict[str, Any] = {"kind": kind, "text": f"{text}: {kind}"}
            if kind == "table":
                values = {"kind": kind, "header": ("A", "B"), "rows": (("1", "2"),)}
            elif kind == "bullet":
                values["evidence"] = (f"{_NOTE}0", f"{_NOTE}1")
            elif kind == "image":
                values |= {"attachment": _PICTURE, "caption": "A caption"}
                for width in widths[1:]:
                    self._add(Block, parent, **values, width=width)
            self._add(Block, parent, **values)
            if kind == "bullet":
                self._add(Block, parent, kind=kind, level=1, text=f"{text}: nested")

    def _add(self, entity: type[Any], parent: str, /, **values: Any) -> str:
        id_ = values.pop("id", f"p{len(self._parts)}")
        self._parts.append(entity(id=id_, parent=parent, **values))
        return str(id_)

    def _place(self) -> Sequence[AnyEntity]:
        """Return the parts, in the order in which they were made."""
        positions = positions_for(len(self._parts))
        return [
            part if isinstance(part, Details) else replace(part, position=position)
            for part, position in zip(self._parts, positions, strict=True)
        ]
