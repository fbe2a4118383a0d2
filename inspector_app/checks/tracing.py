"""From sentences to the notes behind them, and from notes to what they say about each topic."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from inspector_app.domain.entities import EvidenceNote, Source, Stance, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inspector_app.checks.subject import PublishedText, Subject
    from inspector_app.domain.inspection import Inspection

Strength: TypeAlias = Literal["none", "one_source", "several", "corroborated"]
"""How well a sentence stands: on nothing, on one source only, on notes of several sources, or on a
note that the inspector marked as corroborated."""
SOURCES: tuple[Source, ...] = get_args(Source)
STANCES: tuple[Stance, ...] = get_args(Stance)
FINDING_KINDS = frozenset({"paragraph", "bullet", "breach", "recommendation", "must", "should"})
"""Kinds of published text that should stand on evidence."""


class Support(NamedTuple):
    """The notes behind a sentence.

    `missing` counts links to notes that are not there any more. `stances` counts the notes by what
    they say.
    """

    strength: Strength
    notes: tuple[EvidenceNote, ...]
    sources: tuple[Source, ...]
    stances: Mapping[str, int]
    missing: int = 0


class Balance(NamedTuple):
    """The evidence for a key question or topic, at a glance.

    `counts` has the number of notes by source and stance; a note counts in each of its topics.
    `topic` is "" for a key question as a whole; `findings` counts its sentences in the report.
    """

    key_question: str
    topic: str
    name: str
    counts: Mapping[tuple[Source, Stance], int]
    findings: int

    @property
    def total(self) -> int:
        """How many notes there are."""
        return sum(self.counts.values())

    @property
    def unused_sources(self) -> tuple[Source, ...]:
        """Sources that have not been looked at yet."""
        used = {source for source, _ in self.counts}
        return tuple(source for source in SOURCES if source not in used and source != "other")

    def count_notes(self, *, source: str = "", stance: str = "") -> int:
        """Return how many notes are of a source, of a stance, or of both."""
        return sum(
            number
            for (of_source, of_stance), number in self.counts.items()
            if source in {"", of_source} and stance in {"", of_stance}
        )


def describe_support(inspection: Inspection, notes: Iterable[str]) -> Support:
    """Return what stands behind a sentence.

    Args:
        inspection: Where the notes are.
        notes: The ids that the sentence holds as its evidence.
    """
    ids = list(dict.fromkeys(notes))
    there = [note for id_ in ids if isinstance(note := inspection.find(id_), EvidenceNote)]
    sources = tuple(dict.fromkeys(note.source for note in there))
    strength: Strength = "none"
    if any(note.corroborated for note in there):
        strength = "corroborated"
    elif len({(note.source, note.source_detail.casefold().strip()) for note in there}) > 1:
        strength = "several"
    elif there:
        strength = "one_source"
    stances = Counter(str(note.stance) for note in there)
    return Support(strength, tuple(there), sources, stances, len(ids) - len(there))


def list_unsupported(subject: Subject) -> Iterator[PublishedText]:
    """Yield the findings that no note stands behind; nothing while there are no notes at all.

    Findings are what topics and notices report, and actions; sections and summaries repeat them.
    """
    if not subject.notes:
        return
    for text in subject.published:
        if text.kind not in FINDING_KINDS or text.section or text.field != "text":
            continue
        part = subject.inspection.find(text.part)
        in_place = isinstance(part, Topic) or text.kind in {"must", "should"}
        if in_place and not subject.evidence.notes(text.entity):
            yield text


def list_unused(subject: Subject) -> Iterator[EvidenceNote]:
    """Yield the notes that no sentence stands on."""
    for note in subject.notes:
        if not subject.evidence.count(note.id):
            yield note


def measure_balance(subject: Subject) -> Sequence[Balance]:
    """Return the evidence of each key question, followed by that of each of its topics.

    Topics of the framework are there even where nothing was looked at; topics with a title of
    their own have no notes, since notes name topics of the framework.
    """
    counts: dict[str, Counter[tuple[Source, Stance]]] = {}
    for note in subject.notes:
        questions = {topic.partition(".")[0] for topic in note.topics}
        for key in {*note.topics, *questions}:
            counts.setdefault(key, Counter())[note.source, note.stance] += 1
    findings = _count_findings(subject)
    found: list[Balance] = []
    for question in subject.framework.key_questions:
        keys = [(question.id, "", question.name)]
        regime = subject.details.regime
        keys += [
            (f"{question.id}.{topic.id}", topic.id, topic.get_heading(regime))
            for topic in question.topics
        ]
        found += [
            Balance(question.id, topic, name, counts.get(key, {}), findings.get(key, 0))
            for key, topic, name in keys
        ]
    return found


def _count_findings(subject: Subject) -> Mapping[str, int]:
    """Return how many sentences the report has for each key question and topic."""
    found: Counter[str] = Counter()
    for text in subject.published:
        part = subject.inspection.find(text.part)
        if text.kind in FINDING_KINDS and isinstance(part, Topic):
            found[text.key_question] += 1
            for topic in subject.framework.list_covered(text.key_question, part.topic):
                found[f"{text.key_question}.{topic}"] += 1
    return found
