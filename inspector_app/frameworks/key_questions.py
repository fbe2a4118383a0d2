"""Key questions with their topics: lead sentences, characteristics of ratings, joined topics."""

from __future__ import annotations

from collections.abc import Mapping

from inspector_app.frameworks.values import FrameworkValue

_HEADINGS = "; "
"""Between the headings of topics that are told together."""


class Lead(FrameworkValue, frozen=True, kw_only=True):
    """A standard sentence under a topic's heading."""

    id: str
    """“good” for the satisfied form, “mixed” for a weaker one, “variant” for another wording."""
    text: str
    note: str = ""
    verified: bool = False


class TopicSpec(FrameworkValue, frozen=True, kw_only=True):
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


class Characteristic(FrameworkValue, frozen=True, kw_only=True):
    """What a rating looks like: one sentence, which an inspection meets or not."""

    id: str
    """Made from the words: a tick never passes to other words than those it was set for."""
    topic: str
    """Empty where it is about the whole key question."""
    rating: str
    text: str


class JoinedTopic(FrameworkValue, frozen=True, kw_only=True):
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


class KeyQuestionSpec(FrameworkValue, frozen=True, kw_only=True):
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
