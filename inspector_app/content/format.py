"""The shape of inspection content, format 1; also the source of the published JSON Schema.

Absent and empty mean the same throughout. Everything that is an object may carry an `id`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from inspector_app.content.vocabulary import ANY
from inspector_app.domain import entities
from inspector_app.shapes import (
    Choice,
    Date,
    DateTime,
    Either,
    Flag,
    ListOf,
    MapOf,
    Nullable,
    OneOf,
    OrEmpty,
    Record,
    RecordField,
    Shape,
    Text,
    Whole,
    json_schema,
    need,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.content.vocabulary import Vocabulary

FORMAT = "inspection-content/1"
OVERALL = "overall"
SERVICES, GROUPS, GRID = "services", "population_groups", "rating_grid"
"""The lists of what is rated by itself within the location."""

# The domain's own words: one declaration for the values, the format and its schema.
STATES = get_args(entities.State)
VISIT_TYPES = get_args(entities.VisitType)
JUDGEMENTS = get_args(entities.Judgement)
SOURCES = get_args(entities.Source)
STANCES = get_args(entities.Stance)
NOTICE_KINDS = get_args(entities.NoticeKind)
PICTURE_WIDTHS = get_args(entities.PictureWidth)


def _or_empty(shape: Shape) -> Shape:
    return shape if shape is _TEXT else OrEmpty(shape)


_TEXT = Text()
_BYTES = Text(max_length=300_000_000)
_TEXTS = ListOf(_TEXT)
_DAY = Date()
_DATE = OrEmpty(_DAY, name="date")
_ID = Text(
    max_length=200,
    name="id",
    description=(
        "Of this part; unique in the file, over all kinds. Inspector's own are 1 to 32 of a-z and "
        "0-9; others are kept."
    ),
)
_SHA256 = OrEmpty(Text(pattern="[0-9a-f]{64}", pattern_name="64 small hexadecimal digits"))
_JUDGEMENT = OrEmpty(Choice(JUDGEMENTS, what="judgement"), name="judgement")


def build_shape(vocabulary: Vocabulary) -> Record:
    """Return the shape of content that uses a vocabulary."""
    return _Builder(vocabulary).build()


def build_json_schema() -> dict[str, Any]:
    """Return the JSON Schema that `docs/` publishes."""
    return json_schema(build_shape(ANY), title="Inspection content, format 1")


def _say(shape: Shape, description: str) -> RecordField:
    return RecordField(shape, description=description)


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
        self.evidence = _say(_TEXTS, "Ids of the evidence notes behind it.")
        self.cited = _say(_or_empty(self.regulation), "Id of a regulation: its law and number.")
        self.blocks = ListOf(self._block(), name="blocks", description="Running text, in order.")

    def _choice(self, what: str, options: Sequence[str] | None, least: int = 0) -> Choice | Text:
        """Return what one of some ids is; any text of a least length where there are none."""
        if options is None:
            return Text(min_length=least) if least else _TEXT
        return Choice(options, what=what)

    def build(self) -> Record:
        vocabulary = self.vocabulary
        key_questions = _say(
            self._key_questions(), "By id, in order; those that were not looked at are left out."
        )
        actions = self._actions()
        sections = _say(
            MapOf(self.blocks, keys=self._choice("section", vocabulary.sections)),
            "The narrative parts of the report, by the framework's ids.",
        )
        notices = _say(ListOf(self._notice()), "One for each breach that a notice is about.")
        judgements = _say(
            MapOf(_JUDGEMENT, keys=self.key_question),
            "By key question, where the inspection does not rate.",
        )
        scores = self._scores()
        ratings = MapOf(
            _or_empty(self.rating),
            keys=self.rating_key,
            name="ratings",
            description="By key question and “overall”: the id of a rating, or of what stands in "
            "its place.",
        )
        dates = _say(MapOf(_TEXT, keys=self.rating_key), "When a cell was rated, as it is printed.")
        group = {
            "group": need(
                # Without a group it would be a service.
                self._choice("population group", vocabulary.population_groups, least=1),
                "Id of a group that the framework lists.",
            ),
            "name": _say(_TEXT, "Left out: as the framework calls it."),
        }
        below: dict[str, RecordField | Shape] = {
            "left_out": _say(Flag(), "Not inspected this time: its previous ratings stand."),
            "previous_ratings": _say(ratings, "Before this inspection, as “ratings”."),
            "previous_dates": dates,
            "ratings": _say(ratings, "Of this inspection, where it rates."),
            "dates": dates,
            "overall_departure_reason": _say(
                _TEXT, "Why its overall rating is not what the published rules give."
            ),
            "judgements": judgements,
            "scores": scores,
            "sections": sections,
            "key_questions": key_questions,
            "actions": actions,
            "notices": notices,
        }
        framework = vocabulary.framework
        fields: dict[str, RecordField | Shape] = {
            "format": need(Choice((FORMAT,), what="format"), "This format and its number."),
            "framework": need(
                Choice((framework,), what="framework") if framework else _TEXT,
                "Id of the assessment framework.",
            ),
            "framework_version": _say(_TEXT, "Of the framework's data, when this was written."),
            "regime": need(
                Choice(vocabulary.regimes, what="regime of this framework"),
                "How the framework judges; it must allow this way.",
            ),
            "form": _say(
                _or_empty(self._choice("form of this framework's reports", vocabulary.forms)),
                "Of the report; else the framework's first.",
            ),
            "id": _say(_ID, "Of the inspection itself."),
            "state": _say(
                _or_empty(Choice(STATES, what="state")), "How far the inspection is; else a draft."
            ),
            "state_dates": _say(
                MapOf(_DATE, keys=Choice(STATES, what="state")),
                "The day on which each state was entered last.",
            ),
            "provider": Record({"name": _TEXT, "id": _say(_TEXT, "In the regulator's register.")}),
            "location": Record(
                {
                    "name": _TEXT,
                    "id": _say(_TEXT, "In the regulator's register."),
                    "service_type": _TEXT,
                    "address": _say(_TEXTS, "Line by line."),
                    "telephone": _TEXT,
                    "website": _TEXT,
                }
            ),
            "registered_activities": _say(
                _TEXTS, "The regulated activities that the location is registered for."
            ),
            "visit": self._visit(),
            "previous_rating_note": _say(_TEXT, "Printed in brackets after the overall rating."),
            "previous_ratings": self._previous_ratings(),
            "previous_breaches": _say(
                ListOf(self._previous_breach()), "What the previous inspection found broken."
            ),
            "limiters": _say(
                ListOf(self._choice("limiter", vocabulary.limiters)),
                "Ids of the circumstances that limit the ratings here.",
            ),
            "ratings": _say(ratings, "Of this inspection, where it rates."),
            "overall_departure_reason": _say(
                _TEXT, "Why the overall rating is not what the published rules give."
            ),
            "judgements": judgements,
            "scores": scores,
            GRID: _say(
                ListOf(self._grid_row(ratings)),
                "Rows of services that have nothing but their ratings.",
            ),
            SERVICES: _say(
                ListOf(
                    Record(
                        {"id": _ID, "service": _say(_TEXT, "Its name."), **below}, name="service"
                    )
                ),
                "Those that are rated by themselves, each with a section of its own in the report.",
            ),
            GROUPS: _say(
                ListOf(Record({"id": _ID, **group, **below}, name="population_group")),
                "Groups of the people who use the service, where the framework rates them.",
            ),
            "sections": sections,
            "former_headings": self._former_headings(),
            "key_questions": key_questions,
            "actions": actions,
            "notices": notices,
            "signatory": _say(Record({"name": _TEXT, "title": _TEXT}), "Who signs the report."),
            "people": _say(
                ListOf(self._person()), "Names that must not appear in the report: staff, patients."
            ),
            "own_words": _say(_TEXTS, "Words that spelling takes as right in this inspection."),
            "evidence": ListOf(self._evidence_note()),
            "attachments": _say(ListOf(self._attachment()), "Photos and files, each name once."),
            "set_aside": _say(ListOf(self._set_aside()), "Checks that the inspector set aside."),
        }
        return Record(
            fields,
            description="Everything an inspector typed into one inspection, and nothing that the "
            "report prints by itself. Absent and empty mean the same. Text is plain, without "
            "markup. Besides what stands here: ids are unique, links lead to parts of this file, "
            "and ids of topics, regulations and ratings are those of the framework.",
        )

    def _former_headings(self) -> RecordField:
        vocabulary = self.vocabulary
        sections = self._choice("section", vocabulary.sections)
        return _say(
            Record(
                {
                    "sections": MapOf(_TEXT, keys=sections),
                    "key_questions": MapOf(_TEXT, keys=self.key_question),
                }
            ),
            "By id: sections and key questions of an earlier version of the framework that still "
            "have text here, with the headings that they had.",
        )

    def _visit(self) -> Record:
        return Record(
            {
                "type": _or_empty(Choice(VISIT_TYPES, what="type of visit")),
                "announced": _say(Nullable(Flag()), "Left out or null: not known."),
                "short_notice": _say(Flag(), "Announced, but only shortly before."),
                "dates": _say(ListOf(_DAY), "The days of the visit; or “from” and “to”."),
                "from": _DATE,
                "to": _DATE,
                "publication_date": _say(_DATE, "Of the report."),
            }
        )

    def _previous_ratings(self) -> Shape:
        description = "By key question and “overall”; “date” is the day they were given."
        if self.topics is None:
            return MapOf(_TEXT, description=description)
        keys = [*self.topics, OVERALL]
        return Record({**dict.fromkeys(keys, _or_empty(self.rating)), "date": _DATE})

    def _previous_breach(self) -> Record:
        return Record(
            {
                "id": _ID,
                "regulation": self.cited,
                "text": _say(_TEXT, "What had been found."),
                "date": _say(_DATE, "When it was found."),
                "now": _say(Nullable(_JUDGEMENT), "Whether it is met now; null: not looked at."),
                "answer": _say(_TEXT, "What this inspection found of it."),
            },
            name="previous_breach",
        )

    def _scores(self) -> RecordField:
        topics = self.topics
        statements = None if topics is None else [id_ for ids in topics.values() for id_ in ids]
        scores = MapOf(
            Whole(minimum=1, maximum=4), keys=self._choice("quality statement", statements)
        )
        return _say(scores, "By quality statement, in the single assessment framework.")

    def _grid_row(self, ratings: Shape) -> Record:
        return Record(
            {
                "id": _ID,
                "service": _say(_TEXT, "The row's heading."),
                "ratings": _say(ratings, "A cell may be left out."),
                "dates": _say(
                    MapOf(_TEXT, keys=self.rating_key), "When a cell was rated, as it is printed."
                ),
            },
            name="grid_row",
        )

    def _block(self) -> OneOf:
        common: dict[str, RecordField | Shape] = {"id": _ID, "evidence": self.evidence}

        def variant(key: str, content: RecordField, **more: RecordField | Shape) -> Record:
            return Record({key: content, **common, **more}, name=key)

        text = need(_TEXT, "What the bullet says.")
        sub_bullet = Record({"text": text, **common}, name="sub_bullet")
        bullet = Record(
            {"text": text, **common, "bullets": ListOf(Either((_TEXT, sub_bullet)))},
            name="bullet",
            description="A bullet may also stand as its text alone.",
        )
        table = Record({"header": _TEXTS, "rows": ListOf(_TEXTS)}, name="cells")
        nested = Record(
            {"nested": need(ListOf(Either((_TEXT, sub_bullet))))},
            name="nested_bullets",
            description="Nested bullets below no other: they go on the list above a paragraph.",
        )
        item = OneOf({"text": bullet, "nested": nested}, what="bullet")
        bullets = Record(
            {"bullets": need(ListOf(Either((_TEXT, item))))},
            name="bullets",
            description="Two lists beside each other are one list.",
        )
        return OneOf(
            {
                "paragraph": variant("paragraph", need(_TEXT)),
                "bullets": bullets,
                "heading": variant("heading", need(_TEXT, "A heading inside a section.")),
                "table": variant("table", need(table)),
                "breach": variant(
                    "breach",
                    need(_TEXT, "A statement of a breach in the running text, printed bold."),
                    regulation=self.cited,
                ),
                "recommendation": variant(
                    "recommendation", need(_TEXT, "A recommendation, printed bold.")
                ),
                "image": variant(
                    "image",
                    need(_TEXT, "Id of an attachment; empty: none is chosen yet."),
                    caption=_TEXT,
                    alt=_say(_TEXT, "What it shows, for those who cannot see it."),
                    width=_say(
                        _or_empty(Choice(PICTURE_WIDTHS, what="width of a picture")),
                        "Share of the line; two neighbours of a pair share one; left out: full.",
                    ),
                ),
            },
            what="block",
            name="block",
        )

    def _topic(self, topics: Sequence[str] | None) -> Record:
        return Record(
            {
                "id": _ID,
                "topic": _say(
                    _or_empty(self._choice("topic", topics)),
                    "Id of a topic that the framework lists.",
                ),
                "title": _say(
                    _TEXT,
                    "A heading that the framework does not list; beside “topic” the one that it "
                    "had in an earlier version of the framework.",
                ),
                "lead": _say(_TEXT, "The sentence under the heading; left out: none is printed."),
                "body": self.blocks,
            },
            name="topic" if topics is None else "",
        )

    def _key_questions(self) -> Shape:
        def key_question(topics: Sequence[str] | None) -> Record:
            fields: dict[str, RecordField | Shape] = {
                "id": _ID,
                "summary": _say(self.blocks, "For the summary at the beginning of the report."),
                "topics": ListOf(self._topic(topics)),
                "met_characteristics": _say(
                    _TEXTS, "Ids of the framework's rating characteristics that were ticked as met."
                ),
            }
            return Record(fields, name="key_question" if topics is None else "")

        if self.topics is None:
            return MapOf(key_question(None))
        return Record({id_: key_question(topics) for id_, topics in self.topics.items()})

    def _actions(self) -> Record:
        action = Record(
            {
                "id": _ID,
                "text": need(_TEXT),
                "key_question": _or_empty(self.key_question),
                "evidence": self.evidence,
            },
            name="action",
        )
        lines = ListOf(Either((_TEXT, action)))
        return Record(
            {"must": _say(lines, "But for those of notices."), "should": lines},
            name="actions",
            description="What the provider must and should do; a line may stand as its text alone.",
        )

    def _notice(self) -> Record:
        return Record(
            {
                "id": _ID,
                "kind": _say(
                    _or_empty(Choice(NOTICE_KINDS, what="kind of notice")),
                    "Left out: a requirement notice.",
                ),
                "activities": _say(_TEXTS, "The regulated activities, as they are printed."),
                "regulation": self.cited,
                "key_question": _or_empty(self.key_question),
                "must": _say(_TEXT, "The line in the summary; left out: the regulation's own."),
                "how_not_met": self.blocks,
                "breached_paragraphs": _say(_TEXTS, "Of the regulation: “12(1)”."),
                "action": _say(_TEXT, "The enforcement action that was taken."),
                "deadline": _DATE,
                "withheld": _say(Flag(), "Not to be printed for now."),
            },
            name="notice",
        )

    def _person(self) -> Record:
        return Record({"id": _ID, "name": _TEXT, "role": _TEXT}, name="person")

    def _evidence_note(self) -> Record:
        topics = None
        if self.topics is not None:
            topics = [*self.topics]
            topics += [f"{id_}.{topic}" for id_, ids in self.topics.items() for topic in ids]
        category = self._choice("evidence category", self.vocabulary.evidence_categories)
        return Record(
            {
                "id": _ID,
                "text": _TEXT,
                "source": _say(_or_empty(Choice(SOURCES, what="source")), "Left out: other."),
                "source_detail": _say(_TEXT, "A role or a record, never a name."),
                "when": _say(_or_empty(DateTime()), "A day, or day and time, zone or none."),
                "by": _say(_TEXT, "Initials of the inspector."),
                "stance": _say(_or_empty(Choice(STANCES, what="stance")), "Left out: neutral."),
                "topics": _say(
                    ListOf(self._choice("topic", topics)),
                    "Ids of key questions, and of topics behind their question's and a full stop.",
                ),
                "regulations": _say(ListOf(self.regulation), "Ids of regulations it bears on."),
                "tags": _TEXTS,
                "category": _say(_or_empty(category), "An evidence category of the framework."),
                "corroborated": Flag(),
                "confidential": Flag(),
                "attachments": _say(_TEXTS, "Names of attachments; others did not come along."),
            },
            name="evidence_note",
            description="A note taken during the inspection.",
        )

    def _attachment(self) -> Record:
        return Record(
            {
                "id": _ID,
                "name": need(Text(min_length=1), "File name, without a folder."),
                "media_type": _say(_TEXT, "As in “image/jpeg”."),
                "sha256": _say(_SHA256, "Of the bytes."),
                "caption": _TEXT,
                "bytes": _say(_BYTES, "Base64; left out: a file of that name beside the JSON."),
            },
            name="attachment",
        )

    def _set_aside(self) -> Record:
        return Record(
            {
                "id": _ID,
                "check": _say(_TEXT, "Id of the check."),
                "place": _say(_TEXT, "What it was about."),
                "reason": _TEXT,
            },
            name="set_aside",
        )
