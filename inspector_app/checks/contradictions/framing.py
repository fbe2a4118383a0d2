"""Words that are in a sentence and yet say nothing of what was found.

“Staff knew what to do when medicines were missed” reports no missed medicine; nor does “an alarm
told the office of gaps”, nor “we found no evidence that people were at risk”. Such parts are left
blank before a clause is judged. What governs them is grammar; which words are bad in them is data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector_app.checks.language import match_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REST = r"[^;.]*"
_PART = (
    r"(?:(?! (?:was|were|had|has|did|is|are)\b)[^,;.])*"
    r"(?:,? (?:such as|including|for example) (?:(?! (?:was|were|had|has|did|is|are)\b)[^;.])*)?"
)
"""Up to the verb of the sentence: “systems to prevent abuse were not in place” is a lack."""
_WISHES = r"(?:like|wish|want|need|choose|chose|prefer|have to|hesitate|mind)\b"
NOT_WISHED = rf"(?!{_WISHES})"
"""“Did not like to be checked”: what somebody does not want is no lack."""
_KNOWN = re.compile(
    r"\b(?:kn[eo]w|understood|understand|aware|clear|(?:could|able to) (?:explain|describe|tell us)"
    r"|trained|training|guidance|guidelines|instructions?|protocols?|information|advice)"
    r" (?:of |on |in |about |for (?:staff|nurses) (?:on |about )?)?"
    rf"(?:how|what|when|where|who|whether|why)\b(?P<left> to {_PART}|(?! to ){_REST})"
)
_KNOWN_DUTY = re.compile(
    r"\b(?:kn[eo]w|understood|aware|told us|said|explained|confident|confirmed) (?:that )?"
    r"(?P<left>[^;.]*?\b(?:they|it|he|she|staff|people|patients|anyone|someone|nobody)\b[^,;.]{0,20}?"
    r" (?:should|would|could|might|must|may)\b[^;.]*)"
)
_MIGHT = re.compile(rf"\b(?:how|what|whether|when|if) [^,;.]*?\b(?:could|might|may) (?!not){_PART}")
_PREVENTED = re.compile(
    r"(?:\bto (?:help )?(?:prevent|avoid|reduce|minimise|lessen|identify|detect|spot|check for"
    r"|look for)"
    r"|\b(?:preventing|avoiding|reducing|minimising|detecting)"
    r"|\balert(?:s|ed)? [^,;.]{0,40}?\b(?:to|of|if|when|where)"
    r"|\bflag(?:s|ged)?(?: up)?"
    r"|\b(?:identif(?:y|ies|ied)|report(?:ed)?|note[sd]?|pick(?:ed)? up) any"
    r"|\b(?:monitor(?:ed)?|check(?:ed)?|watch(?:ed)?|look(?:ed)?)(?: out)? for"
    r"|\bin case of|\brather than|\binstead of|\bin the event of"
    r"|\bprotect(?:ed|s)? [^,;.]{0,30}?from"
    r"|\bimpact of|\beffects? of|\bconsequences of|\brisks? of|\blikelihood of|\bdue to their)"
    rf"\b(?P<left>{_PART})"
)
_SO_THAT = re.compile(
    r"\b(?:so that|so|in order that|(?:to )?(?:make|made|making) sure(?: that)?"
    r"|(?:to )?ensur(?:e|ed|ing)(?: that)?)"
    r" (?P<left>(?:[\w’'-]+ ){0,6}?"
    r"(?:(?:could|would|did|do|does|need|are|is|were|was) not|no|nobody|no one|nothing|never)\b"
    r"[^,;.]*)"
)
_ANY_NEGATION = re.compile(r"\b(?:not|no|never|nobody|without)\b|n[’']t\b")
_NO_SIGN = (
    r"\b(?:(?:no|little|without) "
    r"(?:evidence|signs?|indications?|suggestion|reason|reports?|examples?)"
    r"|(?:did|do|have|had) not (?:see|find|seen|found|identify|identified) (?:any )?"
    r"(?:evidence|signs?|indications?|examples?))"
    r"[^,;.]{{0,60}}?\b(?:that|of|to suggest|to indicate|to think|where)\b[^;.]*?\b{bad}[^;.]*"
)
_CHOSEN = re.compile(
    r"\b(?:chose|choose|chosen|decided|preferred|prefer|wished|wish|opted|asked|asks|decision)"
    rf" not to {_PART}"
)
_NOT_OURS = re.compile(
    r"\b(?:we|cqc|the commission|inspectors?) (?:did|do|does|have|had) not "
    r"(?:inspect|regulate|rate|visit|speak|look|assess|review|report|check|meet)\b[^;.]*"
    r"|\b(?:did|does) not (?:treat|admit|accept|see|care for) (?:any )?"
    r"(?:patients|people|children|adults|anyone|women|men)"
    r"(?= (?:under|over|aged|who|whose)\b|[,.;]|$)"
)
"""What we did not inspect, and whom a service is not for, are no lacks."""
_NOT_ABLE = (
    r"\b{served} (?:who |that )?(?:(?:was|were|is|are) (?:unable to|not able to)|(?:could|can) not)"
    r" (?:give|speak|communicate|express|tell us|tell staff|read|hear|see|walk|stand|move|consent"
    r"|understand|make decisions|make a decision)\b[^,;.]{{0,30}}"
)
"""What people cannot do themselves is no lack of the service."""
_OF_THOSE_THAT = re.compile(
    r"\b(?:for|of|about|with|to|when|where|any|some|other) (?:[\w’'-]+ ){1,3}"
    r"(?P<left>(?:that|which|who) (?:were|was|are|is|did|do|does|could) not [^,;.]*)"
)
"""“Instructions for medicines that were not taken daily” tells which medicines."""
_DUTY = re.compile(r"\b(?:needs?|needed|has|have|had|ought|required|should|must)(?: to)? be \w+")
"""“Medicines that needed to be kept cool” does not say that they were."""
_NEVER_SO_GOOD = re.compile(
    rf"\b(?:never|not|no) (?:[\w’'-]+ ){{0,4}}?(?:such|so|better|as) "
    rf"(?:good|well|kind|happy|safe|clean|nice|much|easy|helpful){_PART}|\bcould not be better\b"
)
"""“Had never known such good training” is praise."""
_WOULD_NOT = re.compile(rf"\b(?:would|will) (?:not|never)\b{_PART}")
_FOUND_BY = re.compile(
    r"\b(?:audits?|surveys?|questionnaires?)(?= [^,;.]{0,30}?\b(?:found|identified|showed|shown"
    r"|highlighted|noted|revealed)\b)"
)
"""“An audit found that care plans were out of date” speaks of care plans, not of audits."""
_SHOWED_HOW = re.compile(r"\b(?:showed|told|explained|described)(?: us)? (?:how|what)\b")
_NONE_TO_SPEAK_OF = re.compile(
    r"\b(?:as|because|since) (?:none|there (?:were|was|had been) no|no)\b"
)
_NOBODY = (
    r"(?:\b(?P<whole>as|because|since) |\b)(?:there (?:were|was|had been) )?"
    r"(?:no (?:other |one )?{served}|none of the {served}|no one|nobody|no-one)"
    r"(?: (?:(?:who|that) [^,;.]*?|(?:at|in|using|living|on) [^,;.]*?|we [a-z]+ (?:with |to )?))?"
    r" (?:(?:had|has|have) (?:been )?|was |were |is |are )?(?:currently )?{states}[^,;.]*"
)
_TOLD_APART_BY_DEED = re.compile(
    r"\b(?:staff|employees|workers|nurses|doctors|applicants|candidates|volunteers|those|anyone)"
    r" (?P<left>(?:who|that) (?:did|could|were|was|had|do|are|have) (?:not|yet) [^,;.]*?"
    r"(?:(?= (?:completed|attended|undertook|received|worked (?:under|alongside|with)"
    r"|were (?:given|offered|supported|followed|sent|booked|supervised|told|asked)"
    r"|was (?:given|offered|supervised))\b)"
    r"| (?:were|was|did|could) (?:not|never) [^,;.]*))"
)


class Framing:
    """The patterns that need words of the lists."""

    def __init__(self, harms: Iterable[str], states: Iterable[str], served: Iterable[str]) -> None:
        words = {"bad": match_words(harms), "served": match_words(served)}
        self._no_sign = re.compile(_NO_SIGN.format(**words))
        self._nobody = re.compile(_NOBODY.format(**words, states=match_words(states)))
        self._not_able = re.compile(_NOT_ABLE.format(**words))

    def find(self, clause: str) -> Iterator[tuple[int, int]]:
        """Yield the parts of a clause in small letters that tell nothing of what was found."""
        for pattern in (_KNOWN, _PREVENTED):
            yield from (match.span("left") for match in pattern.finditer(clause))
        for pattern in (_DUTY, _MIGHT):
            yield from (match.span() for match in pattern.finditer(clause))
        for match in _KNOWN_DUTY.finditer(clause):
            # What somebody knows they must do is no finding; what could not be done is one.
            if not re.search(r"(?:could|would) not\b", match["left"]):
                yield match.span("left")
        if not _ANY_NEGATION.search(clause):
            return
        for match in _SO_THAT.finditer(clause):
            if not _ANY_NEGATION.search(clause, 0, match.start()):
                yield match.span("left")
        if _NONE_TO_SPEAK_OF.search(clause):
            yield 0, len(clause)
        for pattern in (
            self._no_sign,
            self._not_able,
            _CHOSEN,
            _NOT_OURS,
            _WOULD_NOT,
            _NEVER_SO_GOOD,
        ):
            yield from (match.span() for match in pattern.finditer(clause))
        for match in self._nobody.finditer(clause):
            # “Staff did not weigh people, as nobody was at risk”: the reason explains all of it.
            yield (0, len(clause)) if match["whole"] else match.span()
        for pattern in (_TOLD_APART_BY_DEED, _OF_THOSE_THAT):
            yield from (match.span("left") for match in pattern.finditer(clause))


def name_no_finder(clause: str) -> str:
    """Return a clause without the audit or survey that found what it tells of."""
    if "audit" not in clause and "survey" not in clause and "questionnaire" not in clause:
        return clause
    return _FOUND_BY.sub(lambda match: " " * len(match.group()), clause)


def tells_how(clause: str) -> bool:
    """Whether a clause tells how something is done: that does not say that it is well."""
    return _SHOWED_HOW.search(clause) is not None
