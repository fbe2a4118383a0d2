"""The shape of inspection content, format 1; also the source of the published JSON Schema.

Absent and empty mean the same throughout. Everything that is an object may carry an `id`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from inspector_app.shapes import (
    Choice,
    Date,
    DateTime,
    Either,
    Field,
    Flag,
    ListOf,
    MapOf,
    Nullable,
    OneOf,
    Record,
    Shape,
    Text,
    Whole,
    json_schema,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspector_app.frameworks.model import Framework, Reference

FORMAT = "inspection-content/1"
OVERALL = "overall"

STATES = ("draft", "in_review", "factual_accuracy", "final", "published")
VISIT_TYPES = ("comprehensive", "focused", "follow_up", "desk_based")
JUDGEMENTS = ("met", "not_met")
SOURCES = (
    "interview",
    "observation",
    "record",
    "document",
    "data",
    "feedback",
    "notification",
    "other",
)
STANCES = ("strength", "concern", "neutral")
NOTICE_KINDS = ("requirement", "warning", "enforcement")
REGIMES = ("rated", "unrated", "scored")

_TEXT = Text()
_TEXTS = ListOf(_TEXT)
_ID = Text(min_length=1, max_length=200, description="Unique in the file, over all kinds.")
_SHA256 = Text(pattern="[0-9a-f]{64}", pattern_name="64 small hexadecimal digits")


class Vocabulary(NamedTuple):
    """The ids that content may use; None where any text passes."""

    framework: str | None = None
    regimes: Sequence[str] = REGIMES
    topics: Mapping[str, Sequence[str]] | None = None
    """The framework's topics by key question."""
    sections: Sequence[str] | None = None
    evidence_categories: Sequence[str] | None = None
    regulations: Sequence[str] | None = None
    ratings: Sequence[str] | None = None
    limiters: Sequence[str] | None = None

    @classmethod
    def of(cls, framework: Framework, reference: Reference) -> Vocabulary:
        """Return the vocabulary of a framework."""
        return cls(
            framework=framework.id,
            regimes=[item.id for item in framework.regimes],
            topics={
                question.id: [topic.id for topic in question.topics]
                for question in framework.key_questions
            },
            sections=[item.id for item in framework.sections],
            # A framework without categories of its own leaves them to the inspector.
            evidence_categories=[item.id for item in framework.evidence_categories] or None,
            regulations=list(reference.regulations),
            ratings=list(reference.ratings),
            limiters=list(reference.limiters),
        )


ANY = Vocabulary()
"""Any text passes where an id stands: for the published schema, and for unknown frameworks."""


def build_shape(vocabulary: Vocabulary) -> Record:
    """Return the shape of content that uses a vocabulary."""
    return _Builder(vocabulary).build()


def build_json_schema() -> dict[str, Any]:
    """Return the JSON Schema that `docs/` publishes."""
    return json_schema(build_shape(ANY), title="Inspection content, format 1")


class _Builder:
    """Builds the shape once for one vocabulary, so that named parts are shared."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.topics = vocabulary.topics
        questions = None if self.topics is None else list(self.topics)
        rating_keys = None if questions is None else [*questions, OVERALL]
        self.regulation = self._choice("regulation", vocabulary.regulations)
        self.rating = self._choice("rating", vocabulary.ratings)
        self.key_question = self._choice("key question", questions)
        self.rating_key = self._choice("key question", rating_keys)
        self.blocks = ListOf(self._block())

    def _choice(self, what: str, options: Sequence[str] | None) -> Choice | Text:
        return _TEXT if options is None else Choice(options, what=what)

    def build(self) -> Record:
        vocabulary, topics = self.vocabulary, self.topics
        key_questions = self._key_questions()
        actions = self._actions()
        ratings = MapOf(self.rating, keys=self.rating_key)
        statements = None if topics is None else [id_ for ids in topics.values() for id_ in ids]
        framework = vocabulary.framework
        fields: dict[str, Field | Shape] = {
            "format": Field(Choice((FORMAT,), what="format"), required=True),
            "framework": Field(
                Choice((framework,), what="framework") if framework else _TEXT,
                required=True,
                description="Id of an assessment framework.",
            ),
            "framework_version": _TEXT,
            "regime": Field(
                Choice(vocabulary.regimes, what="regime of this framework"), required=True
            ),
            "id": _ID,
            "state": Choice(STATES, what="state"),
            "provider": Record({"name": _TEXT, "id": _TEXT}),
            "location": Record(
                {
                    "name": _TEXT,
                    "id": _TEXT,
                    "service_type": _TEXT,
                    "address": _TEXTS,
                    "telephone": _TEXT,
                    "website": _TEXT,
                }
            ),
            "registered_activities": _TEXTS,
            "visit": Record(
                {
                    "type": Choice(VISIT_TYPES, what="type of visit"),
                    "announced": Nullable(Flag(), description="Left out or null: unknown."),
                    "short_notice": Flag(),
                    "dates": ListOf(Date()),
                    "from": Date(),
                    "to": Date(),
                    "publication_date": Date(),
                }
            ),
            "previous_rating_note": Text(
                description="Printed in brackets after the overall rating."
            ),
            "previous_ratings": self._previous_ratings(),
            "previous_breaches": ListOf(
                Record(
                    {
                        "id": _ID,
                        "regulation": self.regulation,
                        "text": _TEXT,
                        "date": Date(),
                        "now": Nullable(Choice(JUDGEMENTS, what="judgement")),
                        "answer": _TEXT,
                    },
                    name="previous_breach",
                )
            ),
            "limiters": ListOf(self._choice("limiter", vocabulary.limiters)),
            "ratings": ratings,
            "overall_departure_reason": _TEXT,
            "judgements": MapOf(Choice(JUDGEMENTS, what="judgement"), keys=self.key_question),
            "scores": MapOf(
                Whole(minimum=1, maximum=4), keys=self._choice("quality statement", statements)
            ),
            "rating_grid": ListOf(
                Record(
                    {
                        "id": _ID,
                        "service": _TEXT,
                        "ratings": ratings,
                        "dates": MapOf(_TEXT, keys=self.rating_key),
                    },
                    name="grid_row",
                )
            ),
            "services": ListOf(
                Record(
                    {
                        "id": _ID,
                        "service": _TEXT,
                        "key_questions": key_questions,
                        "actions": actions,
                    },
                    name="service",
                )
            ),
            "sections": MapOf(
                self.blocks,
                keys=self._choice("section", vocabulary.sections),
            ),
            "key_questions": key_questions,
            "actions": actions,
            "notices": ListOf(self._notice()),
            "signatory": Record({"name": _TEXT, "title": _TEXT}),
            "people": ListOf(Record({"id": _ID, "name": _TEXT, "role": _TEXT}, name="person")),
            "evidence": ListOf(self._evidence_note()),
            "attachments": ListOf(self._attachment()),
            "set_aside": ListOf(
                Record(
                    {"id": _ID, "check": _TEXT, "place": _TEXT, "reason": _TEXT}, name="set_aside"
                )
            ),
        }
        return Record(
            fields, description="Everything an inspector typed into one inspection, and no more."
        )

    def _previous_ratings(self) -> Shape:
        if self.topics is None:
            return MapOf(_TEXT, description="A rating by key question, “overall”, and “date”.")
        return Record({**dict.fromkeys([*self.topics, OVERALL], self.rating), "date": Date()})

    def _block(self) -> OneOf:
        common: dict[str, Field | Shape] = {"id": _ID, "evidence": _TEXTS}

        def variant(key: str, shape: Shape, **more: Field | Shape) -> Record:
            return Record({key: Field(shape, required=True), **common, **more}, name=key)

        sub_bullet = Record({"text": Field(_TEXT, required=True), **common}, name="sub_bullet")
        bullet = Record(
            {
                "text": Field(_TEXT, required=True),
                **common,
                "bullets": ListOf(Either((_TEXT, sub_bullet))),
            },
            name="bullet",
        )
        table = Record({"header": _TEXTS, "rows": ListOf(_TEXTS)}, name="cells")
        bullets = Record(
            {"bullets": Field(ListOf(Either((_TEXT, bullet))), required=True)}, name="bullets"
        )
        return OneOf(
            {
                "paragraph": variant("paragraph", _TEXT),
                "bullets": bullets,
                "heading": variant("heading", _TEXT),
                "table": variant("table", table),
                "breach": variant("breach", _TEXT, regulation=self.regulation),
                "recommendation": variant("recommendation", _TEXT),
                "image": variant("image", _TEXT, caption=_TEXT, alt=_TEXT),
            },
            what="block",
            name="block",
        )

    def _topic(self, topics: Sequence[str] | None) -> Record:
        return Record(
            {
                "id": _ID,
                "topic": self._choice("topic", topics),
                "title": Text(description="For a heading that the framework does not list."),
                "lead": _TEXT,
                "body": self.blocks,
            },
            name="topic" if topics is None else "",
        )

    def _key_questions(self) -> Shape:
        def key_question(topics: Sequence[str] | None) -> Record:
            fields = {"id": _ID, "summary": self.blocks, "topics": ListOf(self._topic(topics))}
            return Record(fields, name="key_question" if topics is None else "")

        if self.topics is None:
            return MapOf(key_question(None))
        return Record({id_: key_question(topics) for id_, topics in self.topics.items()})

    def _action(self) -> Either:
        record = Record(
            {
                "id": _ID,
                "text": Field(_TEXT, required=True),
                "key_question": self.key_question,
                "evidence": _TEXTS,
            },
            name="action",
        )
        return Either((_TEXT, record))

    def _actions(self) -> Record:
        lines = ListOf(self._action())
        return Record({"must": lines, "should": lines})

    def _notice(self) -> Record:
        return Record(
            {
                "id": _ID,
                "kind": Choice(NOTICE_KINDS, what="kind of notice"),
                "activities": _TEXTS,
                "regulation": self.regulation,
                "key_question": self.key_question,
                "must": Text(description="Left out: the regulation's own line."),
                "how_not_met": self.blocks,
                "breached_paragraphs": _TEXTS,
                "action": _TEXT,
                "deadline": Date(),
                "withheld": Flag(),
            },
            name="notice",
        )

    def _evidence_note(self) -> Record:
        topics = None
        if self.topics is not None:
            topics = [*self.topics]
            topics += [f"{id_}.{topic}" for id_, ids in self.topics.items() for topic in ids]
        return Record(
            {
                "id": _ID,
                "text": _TEXT,
                "source": Choice(SOURCES, what="source"),
                "source_detail": Text(description="A role or a record, never a name."),
                "when": DateTime(),
                "by": _TEXT,
                "stance": Choice(STANCES, what="stance"),
                "topics": ListOf(self._choice("topic", topics)),
                "regulations": ListOf(self.regulation),
                "tags": _TEXTS,
                "category": self._choice("evidence category", self.vocabulary.evidence_categories),
                "corroborated": Flag(),
                "confidential": Flag(),
                "attachments": ListOf(_TEXT, description="Names of attachments."),
            },
            name="evidence_note",
        )

    def _attachment(self) -> Record:
        return Record(
            {
                "id": _ID,
                "name": Field(Text(min_length=1), required=True),
                "media_type": _TEXT,
                "sha256": _SHA256,
                "caption": _TEXT,
                "bytes": Text(description="Base64; left out: a file of that name beside the JSON."),
            },
            name="attachment",
        )
