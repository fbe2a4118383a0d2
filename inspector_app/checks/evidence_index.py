"""The evidence index: every sentence of the report with the notes behind it, and the balance.

It is for the regulator's own use and is kept apart from the report that is published.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector_app.assets import get_templates_folder
from inspector_app.checks.subject import Subject
from inspector_app.checks.tracing import (
    FINDING_KINDS,
    STANCES,
    describe_support,
    list_unused,
    measure_balance,
)
from inspector_app.domain.entities import EvidenceNote, KeyQuestion, Notice, Section, Service, Topic
from inspector_app.domain.evidence import SOURCE_NAMES, STANCE_MARKS
from inspector_app.report.phrases import get_location_name, long_date
from inspector_app.report.rendering import get_renderer
from inspector_app.report.report import Report
from inspector_app.report.standard import StandardTexts
from inspector_app.spreadsheets import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from inspector_app.checks.subject import PublishedText
    from inspector_app.checks.tracing import Balance, Strength
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework, Reference

TEMPLATE = "evidence_index/index.html.j2"
KIND = "evidence index"
_FOOTER = "For the regulator's own use"
SUPPORT_WORDS: Mapping[Strength, str] = {
    "none": "No evidence linked",
    "one_source": "One source",
    "several": "Several sources",
    "corroborated": "Corroborated",
}
_MOST_MARKS = 20
"""Notes that are drawn one by one; more are counted."""
_CSV_HEAD = (
    *("part", "topic", "sentence_id", "sentence", "support"),
    *("note", "when", "source", "source_detail", "by", "stance", "note_text"),
    *("corroborated", "confidential"),
)


class IndexedSentence(NamedTuple):
    """A sentence of the report and what stands behind it; `notes` are their numbers.

    `is_finding` is False in narrative parts, which need no evidence.
    """

    part: str
    topic: str
    entity: str
    text: str
    is_finding: bool
    strength: Strength
    notes: tuple[str, ...]


class SentenceIndex(NamedTuple):
    """The whole index. `numbers` gives each note its number, “N12”, by the note's id."""

    sentences: Sequence[IndexedSentence]
    unused: Sequence[EvidenceNote]
    balances: Sequence[Balance]
    numbers: Mapping[str, str]


def build_evidence_index(
    inspection: Inspection, framework: Framework, reference: Reference
) -> SentenceIndex:
    """Return the index of an inspection, in the order of the inspection's parts."""
    subject = Subject(inspection, framework, reference)
    numbers = {note.id: f"N{number}" for number, note in enumerate(subject.notes, start=1)}
    names = _IndexNames(subject)
    sentences = []
    for text in subject.published:
        if text.kind not in FINDING_KINDS or text.field not in {"text", "must"}:
            continue
        linked = subject.evidence.notes(text.entity) if text.field == "text" else ()
        part, topic = names.of(text)
        support = describe_support(inspection, linked)
        notes = tuple(numbers[note.id] for note in support.notes)
        sentences.append(
            IndexedSentence(
                part, topic, text.entity, text.text, not text.section, support.strength, notes
            )
        )
    unused = tuple(list_unused(subject))
    return SentenceIndex(sentences, unused, measure_balance(subject), numbers)


def render_evidence_index(
    inspection: Inspection,
    framework: Framework,
    reference: Reference,
    folder: Path | None = None,
) -> Report:
    """Render the index with a template folder; it is written like any report.

    Raises:
        TemplateFault: The template is missing or faulty.
    """
    folder = folder or get_templates_folder()
    context = build_index_context(inspection, framework, reference)
    html = get_renderer(folder).render(TEMPLATE, context)
    return Report(inspection, folder, TEMPLATE, False, context, html, KIND, _FOOTER)


def build_index_context(
    inspection: Inspection, framework: Framework, reference: Reference
) -> dict[str, Any]:
    """Return the variables of the index's template: plain values, in reading order."""
    index = build_evidence_index(inspection, framework, reference)
    notes = {index.numbers[note.id]: note for note in inspection.all(EvidenceNote)}
    return {
        "location": {"name": get_location_name(inspection)},
        "balances": [
            {
                "name": item.name,
                "is_question": not item.topic,
                "findings": item.findings,
                "total": item.total,
                "chart": _draw(item),
                "missing": [SOURCE_NAMES[source].lower() for source in item.unused_sources],
            }
            for item in index.balances
        ],
        "parts": [
            {
                "name": part,
                "topics": [
                    {
                        "name": topic,
                        "sentences": [
                            {
                                "id": sentence.entity,
                                "text": sentence.text,
                                "support": _say_support(sentence),
                                "notes": [
                                    _describe(number, notes[number]) for number in sentence.notes
                                ],
                            }
                            for sentence in sentences
                        ],
                    }
                    for topic, sentences in topics.items()
                ],
            }
            for part, topics in _group(index.sentences).items()
        ],
        "unused": [_describe(index.numbers[note.id], note) for note in index.unused],
    }


def write_evidence_csv(inspection: Inspection, framework: Framework, reference: Reference) -> bytes:
    """Return the index as a table: a row for each sentence and note, UTF-8 with its mark.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; see
    `inspector_app.spreadsheets`.
    """
    rows = _list_rows(inspection, build_evidence_index(inspection, framework, reference))
    return write_csv([_CSV_HEAD, *rows]).encode("utf-8-sig", "backslashreplace")


def _list_rows(inspection: Inspection, index: SentenceIndex) -> Iterator[tuple[str, ...]]:
    notes = {number: inspection.find(id_) for id_, number in index.numbers.items()}
    for sentence in index.sentences:
        start = (
            *(sentence.part, sentence.topic, sentence.entity, sentence.text),
            SUPPORT_WORDS[sentence.strength],
        )
        for number in sentence.notes or ("",):
            yield (*start, *_list_cells(number, notes.get(number)))
    for note in index.unused:
        start = ("", "", "", "", "Not used in the report")
        yield (*start, *_list_cells(index.numbers[note.id], note))


def _list_cells(number: str, note: Any) -> Iterable[str]:
    if note is None:
        return ("",) * 9
    return (
        *(number, note.when, SOURCE_NAMES[note.source], note.source_detail, note.by),
        *(note.stance, note.text, _say(yes=note.corroborated), _say(yes=note.confidential)),
    )


def _say(*, yes: bool) -> str:
    return "yes" if yes else ""


def _group(
    sentences: Iterable[IndexedSentence],
) -> Mapping[str, Mapping[str, Sequence[IndexedSentence]]]:
    parts: dict[str, dict[str, list[IndexedSentence]]] = {}
    for sentence in sentences:
        parts.setdefault(sentence.part, {}).setdefault(sentence.topic, []).append(sentence)
    return parts


def _describe(number: str, note: EvidenceNote) -> dict[str, Any]:
    source = SOURCE_NAMES[note.source]
    facts = [f"{source}: {note.source_detail}" if note.source_detail else source]
    facts += [fact for fact in (_say_when(note.when), note.by) if fact]
    if note.corroborated:
        facts.append("corroborated")
    if note.confidential:
        facts.append("confidential")
    return {
        "number": number,
        "mark": STANCE_MARKS[note.stance],
        "stance": note.stance,
        "facts": ", ".join(facts),
        "text": note.text,
    }


def _say_support(sentence: IndexedSentence) -> str:
    """Return how a sentence stands; narrative parts need not stand on notes."""
    if sentence.strength == "none" and not sentence.is_finding:
        return "–"
    return SUPPORT_WORDS[sentence.strength]


def _say_when(when: str) -> str:
    """Return the time of a note as the window shows it; what is no ISO time as it is."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return when
    day = long_date(moment.date())
    return f"{day}, {moment:%H:%M}" if "T" in when else day


def _draw(balance: Balance) -> str:
    """Return a row of marks, one for each note: strengths, concerns, neutral ones."""
    if balance.total > _MOST_MARKS:
        counts = ((STANCE_MARKS[stance], balance.count_notes(stance=stance)) for stance in STANCES)
        return "  ".join(f"{mark} {count}" for mark, count in counts if count)
    return "".join(STANCE_MARKS[stance] * balance.count_notes(stance=stance) for stance in STANCES)


class _IndexNames:
    """What the parts of the report are called."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._texts = StandardTexts(subject.inspection, subject.framework, subject.reference)
        services = {
            part.id: subject.framework.name_service(service)
            for service in subject.inspection.all(Service)
            for part in subject.inspection.descendants(service.id)
        }
        self._known = {
            id_: (f"{services[id_]}: {part}" if id_ in services else part, topic)
            for id_, (part, topic) in self._list_names()
        }

    def of(self, text: PublishedText) -> tuple[str, str]:
        """Return part and topic that a text stands in."""
        if text.part:
            return self._known.get(text.part, ("", ""))
        return ("Actions", "Must" if text.kind == "must" else "Should")

    def _list_names(self) -> Iterator[tuple[str, tuple[str, str]]]:
        framework, inspection = self._subject.framework, self._subject.inspection
        for entity in inspection:
            if isinstance(entity, Section):
                section = framework.find_section(entity.section)
                name = self._texts.fill(section.name, section.id) if section else entity.section
                yield entity.id, (name, "")
            elif isinstance(entity, KeyQuestion):
                yield entity.id, (self._subject.name_question(entity.key_question), "Summary")
            elif isinstance(entity, Topic):
                parent = inspection.find(entity.parent)
                question = parent.key_question if isinstance(parent, KeyQuestion) else ""
                topic = framework.find_topic(question, entity.topic)
                heading = topic.get_heading(self._subject.details.regime) if topic else ""
                yield entity.id, (self._subject.name_question(question), heading or entity.title)
            elif isinstance(entity, Notice):
                name = self._subject.name_regulation(entity.regulation)
                yield entity.id, ("Notices", name[:1].upper() + name[1:])
