"""Whether a text is one of the framework's standard texts, a changed one, or the inspector's own.

A reviewer must see where a standard text was changed. Forms mark it, checks list it.

Two texts are compared by their words in order. Their likeness is twice the number of words that
they share, divided by the number of words of both. From 0.75 on a text counts as a changed standard
text: of ten words, two may be replaced, five added or four left out. Another sentence on the same
matter shares two words in three and is the inspector's own (“The service was not involved in any
audit activity” beside “The service was actively involved in quality improvement activity”). So is a
text with much else around the standard text. Prompts in square brackets are there to be replaced,
so the words in their place are not counted.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

from inspector_app.domain.entities import KeyQuestion, Section, Topic
from inspector_app.report.standard import PROMPT
from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework
    from inspector_app.report.standard import StandardTexts

_ALIKE = 0.75
_FEWEST_WORDS = 5
"""Of shorter ones, every other sentence would be a changed one."""
_PROMPT_WORDS = 30
"""As much as a prompt can be replaced by: a list of treatments is long."""
_TOKEN = re.compile(r"\[[^\[\]]{1,200}\]|\w+(?:['’-]\w+)*")
_IS_PROMPT = "[]"
_SAME_LETTERS = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")


class StandardSentence(NamedTuple):
    """A standard text, filled from the details."""

    name: str
    text: str


class Verdict(NamedTuple):
    """What a text is, and the standard text that it is or was changed from."""

    kind: Literal["standard", "changed", "own"]
    standard: StandardSentence | None = None


_OWN = Verdict("own")


def list_standard_sentences(
    texts: StandardTexts, inspection: Inspection, framework: Framework, part: str
) -> Iterator[StandardSentence]:
    """Yield what the framework offers for the text of a section, key question or topic.

    Raises:
        TemplateFault: A text of the framework uses something that does not exist.
    """
    found = inspection.find(part)
    if isinstance(found, Topic):
        question = inspection.find(found.parent)
        known = (
            framework.find_topic(question.key_question, found.topic)
            if isinstance(question, KeyQuestion)
            else None
        )
        for lead in known.leads if known else ():
            yield StandardSentence("Lead sentence", lead.text)
        return
    offered = (
        texts.for_section(found.section)
        if isinstance(found, Section)
        else texts.for_key_question(found.key_question)
        if isinstance(found, KeyQuestion)
        else []
    )
    for item in offered:
        yield StandardSentence(item.name, item.text)
        for bullet in item.bullets:
            yield StandardSentence(item.name, bullet)


class StandardSentences:
    """The standard texts of one part, and what was found about texts already."""

    def __init__(self, sentences: Iterable[StandardSentence]) -> None:
        self._sentences = [_Measured(sentence) for sentence in sentences]
        self._verdicts: dict[str, Verdict] = {}

    def knows(self, text: str) -> bool:
        """Tell whether a text was judged before: asking again costs nothing."""
        return text in self._verdicts

    def judge(self, text: str) -> Verdict:
        """Return what a text is."""
        verdict = self._verdicts.get(text)
        if verdict is None:
            verdict = self._verdicts[text] = self._measure(text)
        return verdict

    def _measure(self, text: str) -> Verdict:
        plain = _plain(text)
        for measured in self._sentences:
            if measured.fits(plain):
                return Verdict("standard", measured.sentence)
        words = _words(text)
        bag = Counter(words)
        likeness, best = max(
            ((measured.compare(words, bag), measured) for measured in self._sentences),
            key=lambda item: item[0],
            default=(0.0, None),
        )
        return Verdict("changed", best.sentence) if best and likeness >= _ALIKE else _OWN


def restore(sentence: StandardSentence, text: str) -> str:
    """Return the standard text, with what was put in place of its prompts kept."""
    theirs = list(_TOKEN.finditer(text))
    matcher = SequenceMatcher(None, _words(text), _words(sentence.text), autojunk=False)
    ours = [token.group() for token in _TOKEN.finditer(sentence.text)]
    filled: dict[int, str] = {}
    for tag, start, end, at, behind in matcher.get_opcodes():
        is_prompt = behind - at == 1 and ours[at].startswith("[")
        if tag == "replace" and is_prompt and end - start <= _PROMPT_WORDS:
            first, last = theirs[start].start(), theirs[end - 1].end()
            if text[first - 1 : first] in {"£", "$", "€"}:
                first -= 1
            if text[last : last + 1] == "%":
                last += 1
            filled[at] = text[first:last]
    parts: list[str] = []
    done = 0
    for index, token in enumerate(_TOKEN.finditer(sentence.text)):
        if index in filled:
            parts += [sentence.text[done : token.start()], filled[index]]
            done = token.end()
    return "".join(parts) + sentence.text[done:]


class _Measured:
    """A standard text made ready to be compared with many texts."""

    def __init__(self, sentence: StandardSentence) -> None:
        self.sentence = sentence
        self._pieces = PROMPT.split(_plain(sentence.text))
        self._words = _words(sentence.text)
        self._bag = Counter(word for word in self._words if word != _IS_PROMPT)
        self._count = self._bag.total()
        self._doubles = self._count - len(self._bag)
        self._free = _PROMPT_WORDS * (len(self._pieces) - 1)
        # SequenceMatcher keeps an index of its second sequence.
        self._matcher = SequenceMatcher(None, (), self._words, autojunk=False)

    def fits(self, plain: str) -> bool:
        """Tell whether a text is this one, with something in place of each prompt."""
        first, *rest = self._pieces
        if not rest:
            return plain == first
        if not plain.startswith(first):
            return False
        place = len(first)
        for piece in rest[:-1]:
            found = plain.find(piece, place + 1) if piece else place + 1
            if found < 0 or len(plain[place:found].split()) > _PROMPT_WORDS:
                return False
            place = found + len(piece)
        last = len(plain) - len(rest[-1])
        return (
            last > place
            and plain.endswith(rest[-1])
            and len(plain[place:last].split()) <= _PROMPT_WORDS
        )

    def compare(self, words: Sequence[str], bag: Counter[str]) -> float:
        """Return how alike a text is: 0 to 1, or 0 where it cannot be alike enough."""
        if self._count < _FEWEST_WORDS:
            return 0.0
        # Cheap bounds first: nearly every sentence of a report is unlike any standard text.
        if not self._can_be_alike(len(self._bag.keys() & bag.keys()) + self._doubles, len(words)):
            return 0.0
        if not self._can_be_alike((self._bag & bag).total(), len(words)):
            return 0.0
        self._matcher.set_seq1(words)
        same = extra = 0
        for tag, start, end, at, behind in self._matcher.get_opcodes():
            prompts = self._words[at:behind].count(_IS_PROMPT)
            if tag == "equal":
                same += end - start - prompts
            else:
                extra += max(0, end - start - _PROMPT_WORDS * prompts)
        return 2 * same / (self._count + same + extra)

    def _can_be_alike(self, shared: int, words: int) -> bool:
        """Tell whether a text of so many words that shares no more than these may be alike."""
        extra = max(0, words - shared - self._free)
        return 2 * shared >= _ALIKE * (self._count + shared + extra)


def _words(text: str) -> list[str]:
    return [
        _IS_PROMPT if word.startswith("[") else word.replace("’", "'")
        for word in _TOKEN.findall(text.casefold())
    ]


def _plain(text: str) -> str:
    """Return a text without what Word changes while one types: curly quotes, dashes, spaces."""
    return collapse_spaces(text.translate(_SAME_LETTERS))
