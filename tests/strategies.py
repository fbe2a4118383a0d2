"""Random inspection content for hypothesis: everything that format 1 allows, the awkward too."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from hypothesis import strategies as st

from inspector_app.frameworks.load import load_framework, load_reference

Content = dict[str, Any]

FRAMEWORK = "independent_health_2018"
_FRAMEWORK = load_framework(FRAMEWORK)
_REFERENCE = load_reference()
KEY_QUESTIONS = {item.id: [topic.id for topic in item.topics] for item in _FRAMEWORK.key_questions}
SECTIONS = [item.id for item in _FRAMEWORK.sections]
REGULATIONS = list(_REFERENCE.regulations)
RATINGS = list(_REFERENCE.ratings)
LIMITERS = list(_REFERENCE.limiters)

AWKWARD = (
    "",
    " ",
    " two  spaces ",
    "A & B <b>bold</b> </p>",
    "{{ provider.name }} {% if x %} {# y #}",
    "<5mg",
    "“Quoted” – it’s",
    "tab\tand\vvertical\fform feed",
    "two\nlines\r\nand more\r",
    "\x00\x01\x07\x1b[31m\x7f\x85",
    "line\u2028separator\u2029",
    "שלום עולם",
    "مرحبا \u202eback\u202c",
    "👩🏽‍⚕️ 🏥 e\u0301 \ufeff\ufffe",
    "\\ \" ' / \\u0041",
    "null",
    "../../etc/passwd",
    "-1",
    "regulation 12(2)(a)",
)

_CHARACTERS = st.characters(exclude_categories=["Cs"])


def texts(max_size: int = 12) -> st.SearchStrategy[str]:
    """Return any text that Unicode allows; awkward ones often."""
    return st.one_of(
        st.sampled_from(AWKWARD),
        st.text(_CHARACTERS, max_size=max_size),
        st.lists(st.sampled_from(AWKWARD), min_size=2, max_size=3).map("".join),
    )


def _some(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Content]:
    """Return objects with any of the keys; a trailing `_` is dropped from a name."""
    return st.fixed_dictionaries(
        {}, optional={key.rstrip("_"): value for key, value in optional.items()}
    )


def _lists(item: st.SearchStrategy[Any], max_size: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(item, max_size=max_size)


_DAYS = st.dates().map(lambda day: day.isoformat())
_MOMENTS = st.one_of(
    _DAYS,
    st.datetimes().map(lambda when: when.isoformat()),
    st.datetimes().map(lambda when: when.isoformat(timespec="minutes") + "Z"),
    st.datetimes().map(lambda when: when.isoformat(timespec="seconds") + "+01:00"),
)
_STATES = st.sampled_from(["draft", "in_review", "factual_accuracy", "final", "published"])
_JUDGEMENTS = st.sampled_from(["met", "not_met"])
_QUESTIONS = st.sampled_from(list(KEY_QUESTIONS))
_REGULATIONS = st.sampled_from(REGULATIONS)
_RATING_KEYS = st.sampled_from([*KEY_QUESTIONS, "overall"])
_RATINGS = st.dictionaries(_RATING_KEYS, st.sampled_from(RATINGS), max_size=6)
_EVIDENCE_TOPICS = st.sampled_from(
    [
        *KEY_QUESTIONS,
        *(f"{key}.{topic}" for key, topics in KEY_QUESTIONS.items() for topic in topics),
    ]
)

_DETAILS = _some(
    framework_version=texts(),
    state=_STATES,
    state_dates=st.dictionaries(_STATES, _DAYS, max_size=5),
    provider=_some(name=texts(), id=texts()),
    location=_some(
        name=texts(),
        id=texts(),
        service_type=texts(),
        address=_lists(texts()),
        telephone=texts(),
        website=texts(),
    ),
    registered_activities=_lists(texts()),
    visit=_some(
        type=st.sampled_from(["comprehensive", "focused", "follow_up", "desk_based"]),
        announced=st.sampled_from([True, False, None]),
        short_notice=st.booleans(),
        dates=_lists(_DAYS),
        from_=_DAYS,
        to=_DAYS,
        publication_date=_DAYS,
    ),
    previous_rating_note=texts(),
    previous_ratings=st.tuples(_RATINGS, _some(date=_DAYS)).map(lambda two: {**two[0], **two[1]}),
    limiters=_lists(st.sampled_from(LIMITERS)),
    ratings=_RATINGS,
    overall_departure_reason=texts(),
    judgements=st.dictionaries(_QUESTIONS, _JUDGEMENTS, max_size=5),
    signatory=_some(name=texts(), title=texts()),
    own_words=_lists(texts()),
)
_SERVICE = _some(
    left_out=st.booleans(),
    previous_ratings=_RATINGS,
    previous_dates=st.dictionaries(_RATING_KEYS, texts(), max_size=2),
    ratings=_RATINGS,
    dates=st.dictionaries(_RATING_KEYS, texts(), max_size=2),
    overall_departure_reason=texts(),
    judgements=st.dictionaries(_QUESTIONS, _JUDGEMENTS, max_size=5),
)


class _Maker:
    """Draws one content file and keeps its ids apart."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.count = 0
        self.notes: list[str] = []
        self.images: list[str] = []

    def id(self, kind: str, *, always: bool = False) -> Content:
        """Return no id, one of our form, or a foreign one."""
        forms = ["own", "foreign", "odd"] if always else ["none", "none", "own", "foreign", "odd"]
        form = self.draw(st.sampled_from(forms))
        if form == "none":
            return {}
        self.count += 1
        return {
            "id": {
                "own": f"{kind}{self.count}",
                "foreign": f"P-{self.count}/x",
                "odd": f" {kind.upper()} é{{{{👍\x0b {self.count}",
            }[form]
        }

    def links(self) -> Content:
        """Return links to evidence notes, or none."""
        if not self.notes or not self.draw(st.booleans()):
            return {}
        return {"evidence": self.draw(_lists(st.sampled_from(self.notes)))}

    def some(self, make: Any, most: int = 2) -> list[Any]:
        return [make() for _ in range(self.draw(st.integers(0, most)))]

    def bullet(self, level: int = 0) -> str | Content:
        text = self.draw(texts())
        if self.draw(st.booleans()):
            return text
        more: Content = {}
        if level == 0 and self.draw(st.booleans()):
            more["bullets"] = self.some(lambda: self.bullet(1))
        return {"text": text, **self.id("b"), **self.links(), **more}

    def block(self) -> Content:
        draw = self.draw
        kinds = ["paragraph", "bullets", "bullets", "heading", "table", "breach", "recommendation"]
        kind = draw(st.sampled_from([*kinds, "image"] if self.images else kinds))
        if kind == "bullets":
            nested = [self.bullet(1), *self.some(lambda: self.bullet(1))]
            first = [{"nested": nested}] if draw(st.booleans()) else []
            return {"bullets": [*first, *self.some(self.bullet, 3)]}
        content: Content
        if kind == "table":
            cells = _lists(texts())
            content = {"table": draw(_some(header=cells, rows=_lists(cells)))}
        elif kind == "image":
            content = {"image": draw(st.sampled_from(self.images))}
            content |= draw(_some(caption=texts(), alt=texts()))
        elif kind == "breach":
            content = {"breach": draw(texts()), **draw(_some(regulation=_REGULATIONS))}
        else:
            content = {kind: draw(texts())}
        return {**content, **self.id("k"), **self.links()}

    def blocks(self) -> list[Content]:
        return self.some(self.block, 3)

    def topic(self, topics: list[str]) -> Content:
        draw = self.draw
        heading = draw(
            st.one_of(
                st.sampled_from(topics).map(lambda id_: {"topic": id_}),
                texts().map(lambda title: {"title": title}),
            )
        )
        return {**self.id("t"), **heading, **draw(_some(lead=texts())), "body": self.blocks()}

    def key_questions(self) -> Content:
        questions = self.draw(st.lists(_QUESTIONS, unique=True, max_size=3))
        return {
            id_: {
                **self.id("q"),
                **({"summary": self.blocks()} if self.draw(st.booleans()) else {}),
                "topics": self.some(lambda id_=id_: self.topic(KEY_QUESTIONS[id_])),
                **self.draw(
                    _some(met_characteristics=st.lists(st.sampled_from("abc"), unique=True))
                ),
            }
            for id_ in questions
        }

    def action(self) -> str | Content:
        text = self.draw(texts())
        if self.draw(st.booleans()):
            return text
        more = self.draw(_some(key_question=_QUESTIONS))
        return {"text": text, **self.id("a"), **more, **self.links()}

    def actions(self) -> Content:
        return {key: self.some(self.action) for key in ("must", "should")}

    def service(self) -> Content:
        return {
            **self.id("s"),
            "service": self.draw(texts()),
            **self.draw(_SERVICE),
            **self.parts(),
        }

    def group(self) -> Content:
        group = {"group": self.draw(texts().filter(bool)), **self.draw(_some(name=texts()))}
        return {**self.id("o"), **group, **self.draw(_SERVICE), **self.parts()}

    def parts(self) -> Content:
        """Return what may stand below the inspection and below each of its services."""
        return {
            "sections": {
                id_: self.blocks()
                for id_ in self.draw(st.lists(st.sampled_from(SECTIONS), unique=True, max_size=3))
            },
            "key_questions": self.key_questions(),
            "actions": self.actions(),
            "notices": self.some(self.notice),
        }

    def notice(self) -> Content:
        more = _some(
            activities=_lists(texts()),
            regulation=_REGULATIONS,
            key_question=_QUESTIONS,
            must=texts(),
            breached_paragraphs=_lists(texts()),
            action=texts(),
            deadline=_DAYS,
            withheld=st.booleans(),
        )
        kind = self.draw(st.sampled_from(["requirement", "warning", "enforcement"]))
        return {
            **self.id("n"), "kind": kind, **self.draw(more), "how_not_met": self.blocks()
        }  # fmt: skip

    def attachment(self) -> Content:
        data = self.draw(st.one_of(st.none(), st.binary(max_size=8)))
        number = self.count
        suffix = self.draw(st.sampled_from([".jpg", "", " é.png", "\n.pdf"]))
        folder = self.draw(st.sampled_from(["", "../", "C:\\", "/"]))
        known = hashlib.sha256(data if data is not None else b"elsewhere").hexdigest()
        item = {
            **self.id("f", always=True),
            "name": f"{folder}photo {number}{suffix}",
            "sha256": known,
            **self.draw(_some(media_type=texts(), caption=texts())),
            **({"bytes": base64.b64encode(data).decode()} if data is not None else {}),
        }
        self.images.append(item["id"])
        return item

    def note(self, files: list[str]) -> Content:
        draw = self.draw
        sources = [
            "interview",
            "observation",
            "record",
            "document",
            "data",
            "feedback",
            "notification",
            "other",
        ]
        names = st.sampled_from([*files, "left at home.jpg", "photo"])
        item = {
            **self.id("e"),
            "text": draw(texts()),
            "source": draw(st.sampled_from(sources)),
            "stance": draw(st.sampled_from(["strength", "concern", "neutral"])),
            **draw(
                _some(
                    source_detail=texts(),
                    when=_MOMENTS,
                    by=texts(),
                    topics=_lists(_EVIDENCE_TOPICS),
                    regulations=_lists(_REGULATIONS),
                    tags=_lists(texts()),
                    category=texts(),
                    corroborated=st.booleans(),
                    confidential=st.booleans(),
                    attachments=st.lists(names, unique=True, max_size=4),
                )
            ),
        }
        if "id" in item:
            self.notes.append(item["id"])
        return item

    def content(self, regime: str) -> Content:
        draw = self.draw
        attachments = self.some(self.attachment)
        evidence = self.some(lambda: self.note([item["name"] for item in attachments]), 3)
        lists: Content = {
            "attachments": attachments,
            "evidence": evidence,
            **self.parts(),
            "services": self.some(self.service, 1),
            "population_groups": self.some(self.group, 1),
            "people": self.some(
                lambda: {**self.id("p"), **draw(_some(name=texts(), role=texts()))}
            ),
            "previous_breaches": self.some(
                lambda: {
                    **self.id("v"),
                    **draw(
                        _some(
                            regulation=_REGULATIONS,
                            text=texts(),
                            date=_DAYS,
                            now=st.one_of(st.none(), _JUDGEMENTS),
                            answer=texts(),
                        )
                    ),
                }
            ),
            "rating_grid": self.some(
                lambda: {
                    **self.id("g"),
                    "service": draw(texts()),
                    "ratings": draw(_RATINGS),
                    "dates": draw(st.dictionaries(_RATING_KEYS, texts(), max_size=2)),
                }
            ),
            "set_aside": self.some(
                lambda: {**self.id("c"), "check": draw(texts()), "place": draw(texts()),
                         "reason": draw(texts())}
            ),
        }  # fmt: skip
        left_out = draw(
            st.sets(st.sampled_from(sorted(lists.keys() - {"attachments", "evidence"})))
        )
        return {
            "format": "inspection-content/1",
            "framework": FRAMEWORK,
            "regime": regime,
            **self.id("i"),
            **draw(_DETAILS),
            **{key: value for key, value in lists.items() if key not in left_out},
        }


@st.composite
def contents(draw: st.DrawFn, regime: str | None = None) -> Content:
    """Return valid content, as plain data: all kinds of parts, with and without ids.

    Args:
        draw: Given by hypothesis.
        regime: "rated" or "unrated"; None for either.
    """
    return _Maker(draw).content(regime or draw(st.sampled_from(["rated", "unrated"])))
