"""The parts of an inspection: frozen values with stable ids.

Each part knows its parent and, where its siblings have an order, its position among them
(`inspector_app.domain.order`). The parents:

    details                           the inspection itself: service, visit, ratings
    ├── service                       what is rated by itself within the location; below it as here:
    ├── section                       a narrative part          └── block
    ├── key_question
    │   ├── block                     its summary
    │   └── topic                     └── block
    ├── action                        must, should
    ├── notice                        one breach                └── block (how it was not met)
    ├── evidence_note, attachment, person, previous_breach, set_aside (of the details only)
    └── edition                       the framework as it was when this was written

Neighbouring bullets make a list; `level` nests them. Text is plain Unicode, just as typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

import msgspec

ActionStrength: TypeAlias = Literal["must", "should"]
Judgement: TypeAlias = Literal["met", "not_met"]
BlockKind: TypeAlias = Literal[
    "paragraph", "bullet", "heading", "table", "breach", "recommendation", "image"
]
PictureWidth: TypeAlias = Literal["full", "half", "third", "pair"]
"""How much of the line a picture takes; two neighbours of a pair share one."""
State: TypeAlias = Literal["draft", "in_review", "factual_accuracy", "final", "published"]
VisitType: TypeAlias = Literal["comprehensive", "focused", "follow_up", "desk_based"]
Source: TypeAlias = Literal[
    "interview", "observation", "record", "document", "data", "feedback", "notification", "other"
]
NoticeKind: TypeAlias = Literal["requirement", "warning", "enforcement"]
Stance: TypeAlias = Literal["strength", "concern", "neutral"]


class Entity(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="entity",
    # They hold no rings, so that looking for garbage can pass them by.
    gc=False,
):
    """What all parts share.

    `external_id` is the id that came with imported content where it has not the form of ours.
    """

    id: str
    parent: str = ""
    position: str = ""
    external_id: str = ""


class Details(Entity, frozen=True, kw_only=True, tag="details"):
    """The inspection itself; the one part without a parent.

    `ratings`, `judgements`, `previous_ratings` map a key question's id (and "overall") to a rating
    id, a value in place of a rating, or met/not_met; `scores` a quality statement's id to 1..4.
    `state` is None where imported content said nothing: a draft; `state_dates` says when each state
    was entered last. `framework_version` is empty where it is not known with which version of the
    framework the content was written. `form` is that of the report; empty: the framework's first.
    `own_words` are those that spelling takes as right in this inspection.
    """

    framework: str
    framework_version: str = ""
    regime: str
    form: str = ""
    state: State | None = None
    state_dates: Mapping[State, date] = {}

    provider_name: str = ""
    provider_id: str = ""
    location_name: str = ""
    location_id: str = ""
    service_type: str = ""
    address: tuple[str, ...] = ()
    telephone: str = ""
    website: str = ""
    registered_activities: tuple[str, ...] = ()

    visit_type: VisitType | None = None
    announced: bool | None = None
    short_notice: bool = False
    visit_dates: tuple[date, ...] = ()
    visit_from: date | None = None
    visit_to: date | None = None
    publication_date: date | None = None

    previous_rating_note: str = ""
    previous_ratings: Mapping[str, str] = {}
    previous_rating_date: date | None = None
    ratings: Mapping[str, str] = {}
    overall_departure_reason: str = ""
    judgements: Mapping[str, Judgement] = {}
    scores: Mapping[str, int] = {}
    limiters: tuple[str, ...] = ()

    signatory_name: str = ""
    signatory_title: str = ""

    own_words: tuple[str, ...] = ()


class Edition(Entity, frozen=True, kw_only=True, tag="edition"):
    """The framework that the inspection is written with, and the law and ratings beside it.

    `data` is JSON (`inspector_app.frameworks.editions`). An inspection has one, or none yet where
    it was made before files carried it: the one that is installed is used then.
    """

    data: str


class Section(Entity, frozen=True, kw_only=True, tag="section"):
    """A narrative part of the report, in the framework's own id.

    `title` is the heading that it had, where the framework does not have it any more.
    """

    section: str
    title: str = ""


class Service(Entity, frozen=True, kw_only=True, tag="service"):
    """What is rated by itself within a location: a service, or a group of the people it serves.

    Its mappings are as those of `Details`; `dates` and `previous_dates` say when a cell was rated,
    as it is printed. One that is `left_out` of this inspection keeps its previous ratings, see
    `inspector_app.domain.standing`. `group` is the framework's id of a population group, empty for
    a service; `row_only` says that nothing but its row in the ratings grid is known of a service.
    """

    name: str = ""
    group: str = ""
    row_only: bool = False
    left_out: bool = False
    previous_ratings: Mapping[str, str] = {}
    previous_dates: Mapping[str, str] = {}
    ratings: Mapping[str, str] = {}
    dates: Mapping[str, str] = {}
    overall_departure_reason: str = ""
    judgements: Mapping[str, Judgement] = {}
    scores: Mapping[str, int] = {}


class KeyQuestion(Entity, frozen=True, kw_only=True, tag="key_question"):
    """A key question that this inspection looked at; a focused inspection has not all.

    `met_characteristics` are ids of the rating characteristics that were ticked as met: what the
    inspector weighs, never what gives the rating. `title` is as in `Section`.
    """

    key_question: str
    title: str = ""
    met_characteristics: tuple[str, ...] = ()


class Topic(Entity, frozen=True, kw_only=True, tag="topic"):
    """A topic under a key question: one of the framework's (`topic`) or of its own `title`.

    One that the framework does not have any more has both, with the heading that it had.
    """

    topic: str = ""
    title: str = ""
    lead: str = ""


class Block(Entity, frozen=True, kw_only=True, tag="block"):
    """One paragraph, bullet, sub-heading, table, statement or image.

    `text` is the text of all kinds but tables; for images it is the alternative text. `width` is
    an image's share of the line. `evidence` holds the ids of the evidence notes behind it.
    """

    kind: BlockKind
    text: str = ""
    level: Literal[0, 1] = 0
    regulation: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    attachment: str = ""
    caption: str = ""
    width: PictureWidth = "full"
    evidence: tuple[str, ...] = ()


class Action(Entity, frozen=True, kw_only=True, tag="action"):
    """Something the provider must or should do; a must of a notice stands in the notice."""

    strength: ActionStrength
    text: str = ""
    key_question: str = ""
    evidence: tuple[str, ...] = ()


class Notice(Entity, frozen=True, kw_only=True, tag="notice"):
    """One breach: it gives the must line, the row of the notice table and the breach line.

    `must` is empty where the regulation's own line is to be printed. `activities` are kept in the
    provider's own words.
    """

    kind: NoticeKind = "requirement"
    activities: tuple[str, ...] = ()
    regulation: str = ""
    key_question: str = ""
    must: str = ""
    breached_paragraphs: tuple[str, ...] = ()
    action: str = ""
    deadline: date | None = None
    withheld: bool = False


class EvidenceNote(Entity, frozen=True, kw_only=True, tag="evidence_note"):
    """A note taken during the inspection. `when` is an ISO date or date-time, as written.

    `attachments` are ids; `missing_attachments` names of files that did not come along, each with
    its index in the list of names that the note came with.
    """

    text: str = ""
    source: Source = "other"
    source_detail: str = ""
    when: str = ""
    by: str = ""
    stance: Stance = "neutral"
    topics: tuple[str, ...] = ()
    regulations: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    category: str = ""
    corroborated: bool = False
    confidential: bool = False
    attachments: tuple[str, ...] = ()
    missing_attachments: Mapping[str, int] = {}


class Attachment(Entity, frozen=True, kw_only=True, tag="attachment"):
    """A photo or file; its bytes are stored once, under `sha256` (lower-case hex)."""

    name: str
    media_type: str = ""
    sha256: str = ""
    caption: str = ""


class Person(Entity, frozen=True, kw_only=True, tag="person"):
    """Somebody whose name must not appear in the report."""

    name: str = ""
    role: str = ""


class PreviousBreach(Entity, frozen=True, kw_only=True, tag="previous_breach"):
    """A breach of the previous inspection, and what this one found of it."""

    regulation: str = ""
    text: str = ""
    date: date | None = None
    now: Judgement | None = None
    answer: str = ""


class SetAside(Entity, frozen=True, kw_only=True, tag="set_aside"):
    """A check that the inspector set aside, and why."""

    check: str = ""
    place: str = ""
    reason: str = ""


AnyEntity: TypeAlias = (
    Details
    | Section
    | Service
    | KeyQuestion
    | Topic
    | Block
    | Action
    | Notice
    | EvidenceNote
    | Attachment
    | Person
    | PreviousBreach
    | SetAside
    | Edition
)

PARENTS: Mapping[type[Entity], tuple[type[Entity], ...]] = {
    Details: (),
    Service: (Details,),
    Section: (Details, Service),
    KeyQuestion: (Details, Service),
    Topic: (KeyQuestion,),
    Block: (Section, KeyQuestion, Topic, Notice),
    Action: (Details, Service),
    Notice: (Details, Service),
    EvidenceNote: (Details,),
    Attachment: (Details,),
    Person: (Details,),
    PreviousBreach: (Details,),
    SetAside: (Details,),
    Edition: (Details,),
}
"""Which part may stand under which."""
BELOW: Mapping[type[Entity], tuple[type[Entity], ...]] = {
    parent: tuple(kind for kind, parents in PARENTS.items() if parent in parents)
    for parent in PARENTS
}
"""The kinds of parts that may stand under one."""
