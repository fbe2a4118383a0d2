"""Sentences that stand twice, and standard texts that were changed."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.checks.language import normalise, split_sentences
from inspector_app.checks.result import Occurrence
from inspector_app.checks.word_lists import WordingWords, load_words
from inspector_app.domain.entities import Topic
from inspector_app.report.boilerplate import (
    StandardSentence,
    StandardSentences,
    list_standard_sentences,
)
from inspector_app.report.standard import PROMPT, StandardTexts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from inspector_app.checks.language import Passage
    from inspector_app.checks.result import Location
    from inspector_app.checks.subject import CheckFunction, PublishedText, Subject

_FEWEST_WORDS = 8
_MOST_SLIPPED = 3
_PROMPT_WORD = "[]"
_NEGATIONS = frozenset({"not", "no", "never", "none", "without", "nor"})


class _Passage(NamedTuple):
    """Where a sentence stands."""

    text: PublishedText
    sentence: Passage
    in_topic: bool

    def place(self) -> Location:
        return self.text.place(self.sentence.start, self.sentence.end)


def find_repeats(subject: Subject) -> Iterator[Occurrence]:
    """Find sentences that stand twice among the findings, or twice in the summaries."""
    for passages in subject.once(_group_sentences):
        for wanted in (True, False):
            same = [item for item in passages if item.in_topic is wanted]
            if len(same) > 1:
                yield _make_occurrence(same)


def find_repeats_of_summary(subject: Subject) -> Iterator[Occurrence]:
    """Find findings that a summary repeats word by word."""
    for passages in subject.once(_group_sentences):
        kinds = [item.in_topic for item in passages]
        if kinds.count(True) == 1 and kinds.count(False) == 1:
            yield _make_occurrence(passages)


def find_changed_boilerplate(subject: Subject) -> Iterator[Occurrence]:
    """Find texts that are nearly, but not quite, one of the framework's standard texts."""
    texts = StandardTexts(subject.inspection, subject.framework, subject.reference)
    for part, published in subject.by_part.items():
        known = _get_sentences(
            tuple(list_standard_sentences(texts, subject.inspection, subject.framework, part))
        )
        for text in published:
            if text.kind not in {"paragraph", "bullet", "lead"}:
                continue
            verdict = known.judge(text.text)
            if verdict.kind != "changed" or not verdict.standard:
                continue
            if _is_slip(text.text, verdict.standard.text, subject.framework.service_words):
                values = {"standard": verdict.standard.text}
                yield Occurrence(text.place(), values, text.text)


@lru_cache(200)
def _get_sentences(sentences: tuple[StandardSentence, ...]) -> StandardSentences:
    """Return what compares texts with these; the same one every time, for what it remembers."""
    return StandardSentences(sentences)


@lru_cache(10_000)
def _is_slip(text: str, standard: str, service_words: tuple[str, ...]) -> bool:
    """Tell whether a text differs from the standard one by a word or three, as a slip does.

    Who says “not”, writes half of it anew, or words it to what stands in place of a prompt, meant
    it. So did who puts more sentences around it, and who says “clinic” for “service”.
    """

    def plain(part: str) -> list[str]:
        words = [word.removesuffix("'s") for word in normalise(part).split()]
        return ["service" if word in service_words else word for word in words]

    theirs = plain(text)
    ours: list[str] = []
    for number, piece in enumerate(PROMPT.split(standard)):
        ours += [*([_PROMPT_WORD] if number else []), *plain(piece)]
    changed = 0
    for tag, start, end, at, behind in SequenceMatcher(None, theirs, ours, False).get_opcodes():
        around = start in {0, len(theirs)} or end == len(theirs)
        if tag == "equal" or (tag == "delete" and around and end - start > _MOST_SLIPPED):
            continue
        if _PROMPT_WORD in ours[max(0, at - 1) : behind + 1]:
            continue
        if not _NEGATIONS.isdisjoint((*theirs[start:end], *ours[at:behind])):
            return False
        changed += max(end - start, behind - at)
    return 0 < changed <= _MOST_SLIPPED


def _group_sentences(subject: Subject) -> list[list[_Passage]]:
    """Return every sentence that stands more than once."""
    fixed = subject.standard_sentences
    repeating = tuple(normalise(start) for start in load_words(WordingWords).repeating)
    found: dict[str, list[_Passage]] = {}
    for text in subject.published:
        if text.kind not in {"paragraph", "bullet", "recommendation"}:
            continue
        in_topic = _is_in_topic(subject, text)
        for sentence in split_sentences(text.text):
            plain = normalise(sentence.text)
            if plain.count(" ") + 1 >= _FEWEST_WORDS and plain not in fixed:
                found.setdefault(plain, []).append(_Passage(text, sentence, in_topic))
    return [
        passages
        for plain, passages in found.items()
        if len(passages) > 1 and not plain.startswith(repeating)
    ]


def _is_in_topic(subject: Subject, text: PublishedText) -> bool:
    return isinstance(subject.inspection.find(text.part), Topic)


def _make_occurrence(passages: Sequence[_Passage]) -> Occurrence:
    first, *others = passages
    values = {"count": str(len(passages))}
    return Occurrence(
        first.place(), values, first.sentence.text, tuple(item.place() for item in others)
    )


CHECKS: Mapping[str, CheckFunction] = {
    "repeat": find_repeats,
    "repeat_of_summary": find_repeats_of_summary,
    "changed_formula": find_changed_boilerplate,
}
