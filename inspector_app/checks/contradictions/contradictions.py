"""Sentences that cannot both stand: one says all is well, another that the same is lacking."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.checks.contradictions.phrases import PHRASE
from inspector_app.checks.contradictions.themes import load_themes
from inspector_app.checks.language import get_vocabulary, split_sentences, split_words
from inspector_app.checks.result import Occurrence
from inspector_app.domain.entities import KeyQuestion, Topic
from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from inspector_app.checks.contradictions.statements import Statement
    from inspector_app.checks.language import Passage
    from inspector_app.checks.result import Location
    from inspector_app.checks.subject import CheckFunction, PublishedText, Subject

_READ = frozenset({"paragraph", "bullet", "breach", "lead"})
_RELATED = 8
_ANY_ALL = frozenset({"all", "every", "each"})
_ALL = re.compile(r"\b(?:all|every|each) (?:of )?(?:the )?(?P<who>[\w’'-]+)", re.IGNORECASE)
_NOT_ALL = re.compile(r"\bnot (?:all|every|each) (?:of )?(?:the )?(?P<who>[\w’'-]+)", re.IGNORECASE)
_NEGATIVE = re.compile(r"\b(?:not|no|never|however|except)\b|n[’']t\b", re.IGNORECASE)
_SHORT_WORD = 4
"""Words up to this length tell little of what a sentence is about."""
_MANY_LACKS = 3
_LEAD_SHARE = 3
"""A lead is looked at when one in so many findings below it reports a lack."""


class _StatementInText(NamedTuple):
    text: PublishedText
    statement: Statement

    def place(self) -> Location:
        return self.text.place(self.statement.start, self.statement.end)

    def quote(self) -> str:
        words = self.text.text[self.statement.start : self.statement.end]
        return collapse_spaces(words).strip(" ,;.")


def find_contradictions(subject: Subject) -> Iterator[Occurrence]:
    """Find themes that one sentence calls satisfied and another lacking."""
    themes = load_themes()
    said: dict[tuple[str, str], tuple[list[_StatementInText], list[_StatementInText]]] = {}
    texts = [
        text
        for text in subject.published
        if text.kind in _READ and not (text.kind == "lead" and themes.is_weak(text.text))
    ]
    for text in texts:
        service = subject.service_of(text)
        for statement in themes.statements(text.text):
            both = said.setdefault((service, statement.theme), ([], []))
            both[statement.lacking].append(_StatementInText(text, statement))
    named = {theme.removeprefix(PHRASE).split()[0] for _, theme in said if theme.startswith(PHRASE)}
    for text in texts if named else ():
        if not any(word in text.text.lower() for word in named):
            continue
        service = subject.service_of(text)
        for statement in themes.named(text.text):
            if not statement.lacking and (service, statement.theme) in said:
                said[service, statement.theme][0].append(_StatementInText(text, statement))
    told: set[Location] = set()
    # What the lists know comes first: a lack that they tell of is not told again by its own words.
    for (_, theme), (satisfied, lacks) in sorted(said.items(), key=_is_named_by_itself):
        if not satisfied or not lacks:
            continue
        for occurrence in _pair(themes.name(theme), satisfied, lacks):
            if not theme.startswith(PHRASE) or occurrence.related[0] not in told:
                told.update(occurrence.related)
                yield occurrence


def _is_named_by_itself(item: tuple[tuple[str, str], object]) -> bool:
    return item[0][1].startswith(PHRASE)


def _pair(
    name: str, satisfied: Sequence[_StatementInText], lacks: Sequence[_StatementInText]
) -> Iterator[Occurrence]:
    """Yield one occurrence for each topic whose satisfied sentence meets a lack."""
    by_facets: dict[tuple[object, ...], list[_StatementInText]] = {}
    for lack in lacks:
        by_facets.setdefault(lack.statement[2:8], []).append(lack)
    best: dict[str, tuple[int, Occurrence]] = {}
    for item in satisfied:
        if item.statement.contrasted:
            continue
        against = [
            lack
            for same in by_facets.values()
            if item.statement.clashes_with(same[0].statement)
            for lack in same
            if not _is_own_topic(item.text, lack.text)
        ]
        if not against:
            continue
        against.sort(key=lambda lack: (_distance(item.text, lack.text), -_likeness(item, lack)))
        likeness = max(_likeness(item, lack) for lack in against)
        if item.text.part in best and likeness <= best[item.text.part][0]:
            continue
        values = {"theme": name, "satisfied": item.quote(), "lacking": against[0].quote()}
        related = tuple(lack.place() for lack in against[:_RELATED])
        excerpt = f"{values['satisfied']} / {values['lacking']}"
        best[item.text.part] = likeness, Occurrence(item.place(), values, excerpt, related)
    for _, occurrence in best.values():
        yield occurrence


def _likeness(satisfied: _StatementInText, lack: _StatementInText) -> int:
    """How much two statements speak of the same: the most alike of a topic are quoted."""
    one, other = satisfied.statement, lack.statement
    return 2 * len(one.objects & other.objects) + len(one.verbs & other.verbs)


def _is_own_topic(satisfied: PublishedText, lack: PublishedText) -> bool:
    """Whether a lead meets a bullet of its own topic: another check weighs these."""
    return satisfied.kind == "lead" and satisfied.part == lack.part


def _distance(one: PublishedText, other: PublishedText) -> int:
    if one.part == other.part:
        return 0
    if one.key_question and one.key_question == other.key_question:
        return 1
    return 3 if other.section else 2


def find_lead_contradictions(subject: Subject) -> Iterator[Occurrence]:
    """Find leads that claim that all is well over findings of which many report a lack."""
    themes = load_themes()
    for part, texts in subject.by_part.items():
        if not isinstance(subject.inspection.find(part), Topic):
            continue
        lead = next((text for text in texts if text.kind == "lead"), None)
        if lead is None or themes.is_weak(lead.text) or themes.is_lacking(lead.text):
            continue
        findings = [text for text in texts if text.kind in {"bullet", "paragraph", "breach"}]
        lacks = [text for text in findings if themes.is_lacking(text.text)]
        if lacks and len(lacks) >= ceil(len(findings) / _LEAD_SHARE):
            values = {
                "lead": lead.text.strip(),
                "lacks": str(len(lacks)),
                "findings": str(len(findings)),
            }
            related = tuple(text.place() for text in lacks[:_RELATED])
            yield Occurrence(lead.place(), values, lead.text, related)


def find_all_and_not_all(subject: Subject) -> Iterator[Occurrence]:
    """Find “all staff” beside “not all staff” of the same thing in one part of the report."""
    for texts in subject.by_part.values():
        every: dict[str, list[tuple[PublishedText, Passage]]] = {}
        part: dict[str, list[tuple[PublishedText, Passage]]] = {}
        for text in texts:
            if text.kind not in _READ or _ANY_ALL.isdisjoint(get_vocabulary(text.text)):
                continue
            for sentence in split_sentences(text.text):
                some = _NOT_ALL.search(sentence.text)
                whole = None if some else _ALL.search(sentence.text)
                if some:
                    part.setdefault(some["who"].casefold(), []).append((text, sentence))
                elif whole and not _NEGATIVE.search(sentence.text):
                    every.setdefault(whole["who"].casefold(), []).append((text, sentence))
        for who, wholes in every.items():
            by_word: dict[str, int] = {}
            parts = part.get(who, [])
            for index, (_, second) in enumerate(parts):
                for word in _content(second.text, who):
                    by_word.setdefault(word, index)
            for one, first in wholes if parts else ():
                met = [by_word[word] for word in _content(first.text, who) if word in by_word]
                if met:
                    other, second = parts[min(met)]
                    values = {"who": who, "satisfied": first.text, "lacking": second.text}
                    related = (other.place(second.start, second.end),)
                    excerpt = f"{first.text} / {second.text}"
                    yield Occurrence(one.place(first.start, first.end), values, excerpt, related)
                    break


def _content(sentence: str, who: str) -> set[str]:
    words = {word.text.casefold() for word in split_words(sentence)}
    return {word for word in words if len(word) > _SHORT_WORD and word != who}


def find_judgement_contradictions(subject: Subject) -> Iterator[Occurrence]:
    """Find key questions judged good or met of whose findings most report a lack."""
    themes = load_themes()
    for question in subject.inspection.children(subject.details.id, KeyQuestion):
        id_ = question.key_question
        judged = subject.name_good_judgement(id_)
        if not judged:
            continue
        texts = [
            text
            for topic in subject.inspection.children(question.id, Topic)
            for text in subject.by_part.get(topic.id, ())
            if text.kind in {"bullet", "paragraph", "breach"}
        ]
        lacks = [text for text in texts if themes.is_lacking(text.text)]
        if len(lacks) >= _MANY_LACKS and 2 * len(lacks) >= len(texts):
            values = {
                "question": subject.name_question(id_),
                "judged": judged,
                "lacks": str(len(lacks)),
                "findings": str(len(texts)),
            }
            related = tuple(text.place() for text in lacks[:_RELATED])
            yield Occurrence(subject.at_judgement(id_), values, judged, related)


CHECKS: Mapping[str, CheckFunction] = {
    "tension": find_contradictions,
    "all_and_not_all": find_all_and_not_all,
    "lead_tension": find_lead_contradictions,
    "judgement_tension": find_judgement_contradictions,
}
