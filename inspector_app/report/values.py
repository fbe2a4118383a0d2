"""The kinds of values that templates see: plain, with the names that templates use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspector_app.domain.entities import NoticeKind


@dataclass(slots=True)
class BlockValue:
    """A block as templates see it; neighbouring bullets are one block of kind “bullets”."""

    kind: str
    id: str = ""
    text: str = ""
    bullets: list[BlockValue] = field(default_factory=list)
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    image: str = ""
    caption: str = ""
    width: str = ""
    """Of a picture: “full”, “half” or “third” of the line, or of its side of a pair."""
    pairs: bool = False
    """Whether a picture stands beside its neighbour, if that does, too."""
    side: str = ""
    """“left” or “right” of two pictures beside each other."""


@dataclass(slots=True)
class RatingValue:
    """A rating, a judgement or a missing one: what it is called, and the class of its look."""

    id: str
    name: str
    look: str
    is_rating: bool
    meaning: str = ""
    """What the rating scale says of it."""


@dataclass(slots=True)
class OutcomeValue:
    """What stands beside a key question in place of a rating; "" where that is not known yet."""

    id: str = ""
    name: str = ""
    symbol: str = ""


@dataclass(slots=True)
class TopicValue:
    """A topic of a key question that has something to print."""

    id: str
    topic: str
    """Its id in the framework; "" for one that the inspector named."""
    code: str
    """Its short sign in the framework, or ""."""
    heading: str
    lead: str
    blocks: list[BlockValue]
    question: str = ""
    statement: str = ""
    """What the framework asks, or states, under it."""


@dataclass(slots=True)
class QuestionValue:
    """A key question: its names from the framework and what was found."""

    id: str
    name: str
    wording: str
    heading: str
    short_heading: str
    suffix: str
    word: str
    phrase: str
    rating: RatingValue
    judgement: RatingValue
    outcome: OutcomeValue
    previous: RatingValue
    """How it was rated at the previous inspection; without an id where that is not known."""
    change: str
    """“improved”, “same” or “worse” than then; "" where one of the two is no rating."""
    meaning: str
    """What the framework says that the question means."""
    summary: list[BlockValue] = field(default_factory=list)
    topics: list[TopicValue] = field(default_factory=list)


@dataclass(slots=True)
class ActionValue:
    """A line of the must or should list; `id` is that of its action or notice."""

    id: str
    text: str
    key_question: QuestionValue | None = None
    """The one that it is reported under, if any."""
    breached: str = ""
    """Regulation and paragraphs of a must that comes from a breach: “12 (1) and (2)(a)”."""


@dataclass(slots=True)
class NoticeValue:
    """A row of a notice table."""

    id: str
    kind: NoticeKind
    activities: list[str]
    label: str
    requirement: str
    blocks: list[BlockValue]
    breached: str
    paragraphs: list[str]
    """The breached paragraphs, as they were written: “12(2)(a)”."""
    instrument: str
    action: str
    deadline: str
    """As a long date; "" where there is none."""
    withheld: bool
    number: str = ""
    title: str = ""
    """Of the regulation; "" where none is chosen."""
    deadline_day: date | None = None
    key_question: QuestionValue | None = None
    """The one that it is reported under, if any."""


@dataclass(slots=True)
class PreviousBreachValue:
    """A breach of the previous inspection, and what this one found of it."""

    id: str
    number: str
    """Of the regulation; "" where it is not known."""
    title: str
    text: str
    now: str
    """“met”, “not_met”, or "" where this inspection did not say."""
    answer: str
    label: str = ""
    """What notices call the regulation."""
    day: date | None = None
    """When it was found."""


@dataclass(slots=True)
class GridRowValue:
    """A row of the ratings grid: one cell a key question and one for overall."""

    id: str
    service: str
    cells: list[tuple[RatingValue | None, str]]


@dataclass(slots=True)
class ServiceValue:
    """A service or population group that was inspected: its own ratings, and what was found."""

    id: str
    group: str
    """The framework's id of a population group; "" for a service."""
    name: str
    overall: RatingValue
    previous_overall: RatingValue
    change: str
    """Of the overall rating, as that of a key question."""
    row: GridRowValue
    sections: dict[str, list[BlockValue]]
    judged_key_questions: list[QuestionValue]
    key_questions: list[QuestionValue]
    musts: list[ActionValue]
    """Those of its notices first."""
    shoulds: list[ActionValue]


CONTEXT_VALUES = (
    BlockValue,
    RatingValue,
    TopicValue,
    QuestionValue,
    ActionValue,
    NoticeValue,
    PreviousBreachValue,
    GridRowValue,
    ServiceValue,
)
"""The kinds of values with attributes that templates see."""
