"""What a clause affirms or denies by its verbs, and whom or which place it limits itself to.

Words of polarity are lists (`themes.toml`). Behind them stands the grammar of English: “not” denies
the verb that follows it, whichever verb that is, and the same verb without “not” affirms it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PARTICIPLES = (
    r"[a-z]{2,}ed|taken|given|kept|held|known|made|done|worn|shown|told|sent|written|sought"
    r"|taught|met|led|felt|understood|spoken|chosen|drawn|built|begun|seen|found"
)
PARTICIPLE = rf"(?:{_PARTICIPLES})\b"
_AFFIRMED = re.compile(rf"\b(?:took|gave|knew|wore|wrote|spoke|{_PARTICIPLES})\b")
_DENIED = re.compile(
    r"(?:\b(?:did|had|has|have|was|were|do|does|is|are|could|been) (?:not|never)|\b[a-z]+n[’']t"
    r"|\bunable to|\bfailed to|\brarely"
    r"|\bno\b[^,;.]{2,45}?\b(?:had|has|have|was|were|been))\s(?P<words>(?:[\w’'-]+ ?){1,4})"
)
_DENIES = re.compile(r"\bno|never|n[’']t|unable|failed|rarely|without|neither")
_VERB_OF = re.compile(
    r"\b(?!(?:been|being|be|yet|also|all|able|to|had|have|any|the|always|ever|\w+ly)\b)"
    r"[\w’'-]+(?: (?:or|and) [\w’'-]+)?"
)
"""Of “did not always record or report”, the verbs."""
_NAMES_DOING = re.compile(r"\b\w{4,}(?:tion|ment|ance|sal)\b")
_SCOPE = re.compile(r"(?:\w+ )?any\b|need|want|wish|like|choose")
"""“Did not hold any controlled drugs” says what a service does, not how well."""
_SUBORDINATE = re.compile(r"\W*(?:when|where|who|which|that|as|so that|after|before)\b")
_WORD = re.compile(r"[a-z]{3,}")
_ENDING = re.compile(r"(?:ing|ied|ed|en|es|e|s|y)$")
_STEM = 5
_TELLS_NOTHING = frozenset(
    {
        "been",
        "have",
        "had",
        "any",
        "the",
        "with",
        "for",
        "that",
        "they",
        "need",
        "needed",
        "based",
        "registered",
        "required",
        "related",
        "associated",
        "concerned",
        "named",
        "carried",
        "carry",
    }
)
_IRREGULAR = {
    "took": "taken",
    "gave": "given",
    "knew": "known",
    "wore": "worn",
    "wrote": "written",
    "make": "made",
    "hold": "held",
    "keep": "kept",
    "give": "given",
    "seek": "sought",
    "tell": "told",
    "send": "sent",
    "teach": "taught",
    "meet": "met",
    "lead": "led",
    "feel": "felt",
    "understand": "understood",
    "speak": "spoken",
    "spoke": "spoken",
    "choose": "chosen",
    "show": "shown",
    "wear": "worn",
}
DOUBLE_NEGATIVE = re.compile(
    r"\b(?:who|that|which) (?:had|have|was|were|did) not [^,;.]{2,60}?"
    r"\b(?:did|could|was|were) not\b[^,;.]*"
    r"|\b(?:no|not|never|nobody) [^,;.]{3,60}?"
    r"\b(?:without|until|unless"
    r"|(?:that|who|which) (?:they )?(?:had|was|were|did|could|should) not)\b[^,;.]*"
)
"""“Nobody used the hoist without training”: two negatives that make a good thing."""
EXCEPTION = re.compile(r"\b(?:except|apart from|with the exception|other than)\b")
LONG_SINCE = re.compile(
    r"\b(?:had|has|have) (?:not|never)\b[^,;.]{3,70}?\b(?:since (?:[a-z]+ )?\d{4}"
    r"|(?:for|in) (?:the (?:past|last|previous) )?(?:(?:over|more than|at least|nearly|almost) )?"
    r"[\w-]+ (?:hours|days|weeks|months|years)"
    r"|for (?:over |more than )?a year)\b"
)
"""“Had not been refreshed since 2017” is a lack, whichever verb it is."""
POINTS_BACK = re.compile(
    r"\W*(?:no action|nothing|(?:only )?(?:it|they|these|those|some|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|\d+|both|many|most|several|none|not all|neither)"
    r"(?: of (?:them|these|those))?)"
    r" (?:had|has|have|was|were|did|could)\b"
)
"""“Two had not been reviewed” speaks of what the words before it name."""
_PLACE = re.compile(
    r"\b(?P<name>[A-Z][\w’'-]+) "
    r"(?:[Uu]nit|[Ww]ard|[Cc]linic|[Bb]ranch|[Ss]ite|[Ww]ing|[Ss]urgery)\b"
)
_NO_NAMES = frozenset(
    {"The", "This", "That", "Each", "Every", "Our", "One", "Both", "Some", "Most", "No", "Another"}
)
_GROUP = re.compile(
    r"\b(?:for|of|with|to) (?:people|patients|those|children|women|residents|adults|clients|staff) "
    r"(?P<who>who|with|under|over|aged|living with) "
    r"(?!(?:did|do|had|have|was|were|are|could|need|needed|need|want|wanted|required|the|their)\b)"
    r"(?P<what>[\w-]+)"
)


class Verbs(NamedTuple):
    """Stems of the verbs of a clause, and where they stand."""

    denies: bool
    stems: frozenset[str]
    marks: tuple[tuple[int, int], ...]


_NONE = Verbs(False, frozenset(), ())


def find_verbs(clause: str) -> Verbs:
    """Return what a clause in small letters denies; if it denies nothing, what it affirms."""
    if _DENIES.search(clause):
        denied = [found for found in _DENIED.finditer(clause) if not _SCOPE.match(found["words"])]
        if not denied:
            return _NONE
        verbs = (_VERB_OF.search(found["words"]) for found in denied)
        words = " ".join([*(verb.group() for verb in verbs if verb), *_NAMES_DOING.findall(clause)])
        return Verbs(True, _stems(words), tuple(match.span() for match in denied))
    if _SUBORDINATE.match(clause):
        return _NONE
    affirmed = list(_AFFIRMED.finditer(clause))
    if not affirmed:
        return _NONE
    stems = _stems(" ".join(match.group() for match in affirmed))
    return Verbs(False, stems, tuple(match.span() for match in affirmed))


def _stems(words: str) -> frozenset[str]:
    found = (word for word in _WORD.findall(words) if word not in _TELLS_NOTHING)
    return frozenset(_ENDING.sub("", _IRREGULAR.get(word, word))[:_STEM] for word in found)


def find_limits(clause: str) -> frozenset[str]:
    """Return the wards, units and groups that a clause, in the letters typed, limits itself to."""
    names = {match["name"].lower() for match in _PLACE.finditer(clause)} - {
        name.lower() for name in _NO_NAMES
    }
    groups = {f"{match['who']} {match['what']}".lower() for match in _GROUP.finditer(clause)}
    return frozenset(names | groups)
