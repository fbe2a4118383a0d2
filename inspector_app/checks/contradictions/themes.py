"""What sentences are about, and whether they say that it is well or lacking; read from data."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from inspector_app.checks.contradictions.framing import (
    NOT_WISHED,
    Framing,
    name_no_finder,
    tells_how,
)
from inspector_app.checks.contradictions.opposites import (
    DOUBLE_NEGATIVE,
    EXCEPTION,
    LONG_SINCE,
    PARTICIPLE,
    POINTS_BACK,
    find_limits,
    find_verbs,
)
from inspector_app.checks.contradictions.phrases import PHRASE, PhraseFinder
from inspector_app.checks.contradictions.statements import (
    ASPECT,
    Clause,
    Statement,
    without_aspects,
)
from inspector_app.checks.contradictions.theme_table import (
    THEMES,
    ThemeTable,
    WordFinder,
    compile_words,
    convert_themes,
)
from inspector_app.checks.language import match_words, read_number, split_sentences
from inspector_app.checks.own_lists import find_origin, read_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_CACHED = 40_000
_NEAR_BEFORE = 45
_NEAR_AFTER = 70
_MARK_NEAR = 50
_MARK_FAR = 90
_POLICIES = "policies"
_RECORDS = "records"
"""Gaps in them are gaps in what they are about: medicine charts tell of medicines."""
_ACTIONS = "actions"
_RECRUITMENT = "recruitment"
_RISK_ASSESSMENTS = "risk_assessments"
_HAD = frozenset({"training", "supervision", "induction", "risk_assessments", "audits", "meetings"})
"""Who has these has what is wanted: “nurses had an appraisal every year”."""
_KINDS = (
    r"(?:an? |the |their )?(?:(?:regular|annual|yearly|full|formal|monthly|weekly|individual"
    r"|up to date|appropriate|relevant|structured|planned|fire|safeguarding) ){0,2}"
)
_NO_MODIFIER = frozenset({_RECRUITMENT, _RECORDS})
"""These are told apart by their aspects, not by the word in front."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]{12,}’")
_ASIDE = re.compile(r"\([^)]*\)")
_SPLIT = re.compile(
    r";|, and (?=[^,]*\b(?:was|were|had|did|is|are)\b)"
    r"|,? so (?=(?!that)(?:[\w'’-]+ ){1,4}(?:had|was|were|did|could)\b)"
)
_AND = re.compile(
    r"(?<=[a-z]) and (?=(?:[\w'’-]+ ){1,6}(?:was|were|had|did)\b"
    r"|(?:could|did|had|was|were) (?:not|never)\b)"
)
_VERB = re.compile(r"\b(?:was|were|had|did|is|are)\b")
_NEGATION = re.compile(r"no|never|n[’']t")
_TAKES_BACK = re.compile(r"no|never|n[’']t|without|free|minimal|missed|shortfalls|inconsistent")
_IS_ABOUT = re.compile(
    r" (?:in|on|about|regarding|for|of) (?:the |their |an? )?(?P<what>[a-z-]{4,})\b"
)
_ABSENT = re.compile(r"\b(?:no|(?:not|never) (?:have|had) an?|without an?) (?:[\w-]+ ){0,3}$")
_INCLUDING = re.compile(r"\b(?:including|such as) [^,;.]*")
_TIME = re.compile(r"\b(?:when|because|before|after|since|until) [^,;.]*")
"""“Wore gloves when they gave care” is not about the giving."""
_OTHER_CLAUSE = re.compile(r"\b(?:as|because|since|when|so that)\b")
_NO_OBJECT = ("ed", "ly", "'s", "’s")
_OF = re.compile(r"\b(?P<some>[\w-]+) (?:out )?of (?:the |their |these )?(?P<all>[\w-]+)\b")
_ADJECTIVES = r"(?: (?!(?:of|for|to|from|about|that|in)\b)[\w-]+){0,2}?"
_NOT_ABOUT_THEM = (
    r"(?! (?:forms?|reports?|records?|logs?|books?|analys[ie]s|reviews?|polic(?:y|ies)|procedures?"
    r"|systems?|process(?:es)?|plans?|training|investigations?|response|handling|management"
    r"|register|files?|audits?|prevention|risk|referrals? (?:form|process)|alerts?)\b)"
)
"""“No incidents” is nothing; “no incident reports” is a lack."""
_COMPANY = re.compile(r"(?:[A-Z][\w'’-]* )+(?:Limited|Ltd)\b")
_FRACTION_SHORT = re.compile(
    r"\b(?:only|just|fewer than|less than) (?:[\w.]+%?|[\w.]+ per cent) (?:of|out of)\b"
    r"|\bsome (?:\w+ ){1,4}(?:had|have|were|was|did) (?:not|no) \w"
)


class Themes:
    """The lists, compiled."""

    def __init__(self, table: ThemeTable) -> None:
        words = table.polarity
        self._names: Mapping[str, str] = {
            row.id: row.name or row.id for row in (*table.artefacts, *table.subjects)
        }
        self._artefacts = WordFinder(table.artefacts)
        self._subjects = WordFinder(table.subjects)
        self._aspects = WordFinder(replace(row, id=ASPECT + row.id) for row in table.aspects)
        self._actors = WordFinder(table.actors)
        self._things = WordFinder(table.things)
        self._only_of = {
            **{row.id: frozenset(row.of) for row in table.things if row.of},
            **{ASPECT + row.id: frozenset(row.of) for row in table.aspects if row.of},
        }
        self._places = WordFinder(table.places)
        self._well = compile_words([*words.done, *words.well])
        missed = match_words({*words.done, *words.only_missed, *words.well, *words.undone})
        self._not_done = re.compile(
            rf"\b(?:not|never|cannot|[a-z]+n[’']t)\s+(?:{NOT_WISHED}[\w’'-]+\s+){{0,3}}?{missed}"
            rf"|\bno\s[^,;]{{0,45}}?\b(?:had|was|were)\s(?:been\s)?{missed}"
            rf"|\b(?:nobody|no one)\s(?:[\w’'-]+\s){{0,2}}?{missed}"
        )
        kept = match_words(
            word
            for row in table.artefacts
            if row.id in _HAD
            for word in row.words
            if not word.endswith("ed")
        )
        self._has = re.compile(rf"\b(?:had|has|have|received) {_KINDS}{kept}")
        self._not_passive = re.compile(
            rf"\bnot (?:been |being )(?:[a-z]+ly )?(?!{match_words(words.harmless)}){PARTICIPLE}"
        )
        self._told_apart = re.compile(
            rf"\b{match_words(words.served)} (?:who|that|whose [\w’'-]+) "
            rf"(?:(?:did|could|were|was|had|do|are) (?:not|never)|(?:were|was|are) unable)"
        )
        self._framing = Framing((*words.harms, *words.lapses), words.states, words.served)
        self._lacking = compile_words(words.lacking)
        self._no_lack = compile_words(words.no_lack)
        bad = (word for word in words.lacking if " " not in word)
        lapses = match_words({*words.lapses, *bad})
        self._no_lapse = re.compile(
            r"(?:\b(?:no|none|nothing|neither|nobody)\b[^,;]{0,45}?"
            r"\b(?:was|were|had|been|be|are|is) (?:ever |at all )?(?:been )?"
            r"|\b(?:not?|without|free from|free of) (?:been |any |[\w-]+ and |visible ){0,2}"
            r"|\bnever (?:[\w-]+ ){0,3}?"
            r"|\bno [^,;]{0,30}?\b(?:with|showing|that had|which had) (?:any |visible )?)"
            rf"{lapses}(?: (?:or|and) {lapses})*"
        )
        self._no_event = re.compile(
            rf"\b(?:no|none of the|(?:not|never|[a-z]+n[’']t) (?:[\w-]+ ){{0,2}}(?:any|an?))"
            rf"{_ADJECTIVES} {match_words(words.events)}{_NOT_ABOUT_THEM}"
        )
        self._no_lack_at_all = compile_words(words.no_lack_at_all)
        self._dated = compile_words(words.dated)
        self._dealt_with = re.compile(rf"(?<!\bno )\b{match_words(words.dealt_with)}")
        self._put_right = compile_words(words.put_right)
        self._ignored = compile_words(words.ignored)
        self._neutral = compile_words(words.neutral)
        self._weak = compile_words(words.weak)
        conditions = "|".join(map(re.escape, words.conditions))
        self._condition = re.compile(rf"(?:{conditions})\b")
        contrasts = match_words(words.contrasts)
        self._contrast = re.compile(rf"\b{contrasts},?\s*")
        self._yardstick = re.compile(
            rf"(?<!\bnot )\b{match_words(words.yardsticks)}(?:(?!{_AND.pattern})[^,.;])*"
        )
        self._plain = frozenset({*words.plain, *words.done, *words.only_missed})
        people = (part for row in table.actors for word in row.words for part in word.split())
        self._phrases = PhraseFinder(
            (*self._plain, *words.common, *words.served, *words.well, *words.lacking, *people)
        )
        self.clauses = lru_cache(_CACHED)(self._split)
        self.statements = lru_cache(_CACHED)(self._read)
        self.named = lru_cache(_CACHED)(self._read_named)

    def name(self, theme: str) -> str:
        """Return how a person calls a theme."""
        return self._names.get(theme) or theme.removeprefix(PHRASE)

    def is_weak(self, lead: str) -> bool:
        """Whether a lead sentence limits what it claims."""
        return self._weak.search(lead.casefold()) is not None

    def is_lacking(self, text: str) -> bool:
        """Whether a text reports something lacking."""
        return any(clause.lacking for clause in self.clauses(text))

    def _split(self, text: str) -> tuple[Clause, ...]:
        low = _blank_out(text)
        found: list[Clause] = []
        contrast = False
        for sentence in split_sentences(low):
            cut = _blank(self._yardstick, _blank(self._no_lack_at_all, sentence.text))
            if self._neutral.search(cut):
                contrast = False
                if self._put_right.search(sentence.text):
                    found = [clause._replace(put_right=True) for clause in found]
                continue
            if self._condition.match(sentence.text) or sentence.text.endswith("?"):
                continue
            dealt_with = self._dealt_with.search(cut) is not None
            conceded = cut.startswith(("although", "though", "whilst", "while", "despite"))
            for start, end, after in self._cut(cut, conceded=conceded):
                contrast = contrast or after
                clause = cut[start:end]
                if clause.strip(" ,.;"):
                    judged = self._judge(clause)
                    if judged[0] and dealt_with:
                        judged = (None, (), "")
                    left = sentence.start + start
                    found.append(
                        Clause(clause, left, left + len(clause), *judged, contrast, conceded)
                    )
        return tuple(found)

    def _cut(self, sentence: str, *, conceded: bool) -> Iterator[tuple[int, int, bool]]:
        """Yield the clauses of a sentence, and whether each stands after a word of contrast."""
        cuts = [(m.start(), m.end(), True) for m in self._contrast.finditer(sentence)]
        cuts += [(m.start(), m.end(), False) for m in _SPLIT.finditer(sentence)]
        cuts += [
            (m.start(), m.end(), False)
            for m in _AND.finditer(sentence)
            if _VERB.search(sentence, 0, m.start())
        ]
        if conceded and "," in sentence:
            cuts.append((sentence.index(","), sentence.index(",") + 1, True))
        start, after = 0, False
        for left, right, contrast in sorted(cuts):
            if left < start:
                continue
            yield start, left, after
            start, after = right, contrast
        yield start, len(sentence), after

    def _judge(self, clause: str) -> tuple[bool | None, tuple[tuple[int, int], ...], str]:
        """Return whether a clause reports a lack, the places of the words that say so, the rest."""
        taken_back: list[tuple[int, int]] = []
        rest = clause
        # Searches are dear, so each part is left out where the clause has none of its words.
        negated = _NEGATION.search(clause) is not None
        may_lack = self._lacking.search(clause) is not None
        if negated or may_lack or " be " in clause:
            for start, end in self._framing.find(clause):
                rest = f"{rest[:start]}{' ' * (end - start)}{rest[end:]}"
        for pattern in (DOUBLE_NEGATIVE, self._told_apart) if negated else ():
            # Two negatives are no lack; they claim no more than that.
            rest = _blank(pattern, rest)
        for pattern in (self._no_lack, self._no_lapse) if _TAKES_BACK.search(rest) else ():
            found = [match.span() for match in pattern.finditer(rest)]
            if found:
                taken_back += found
                rest = _blank(pattern, rest)
        eventful = rest
        if negated:
            rest = _blank(self._no_event, rest)
        lacks = [match.span() for match in self._lacking.finditer(rest)] if may_lack else []
        if negated:
            lacks += [match.span() for match in self._not_done.finditer(rest)]
            lacks += [match.span() for match in self._not_passive.finditer(rest)]
        for pattern in (_FRACTION_SHORT, LONG_SINCE):
            lacks += [match.span() for match in pattern.finditer(rest)]
        if lacks:
            return True, tuple(lacks), rest
        if rest != eventful or self._dated.search(rest):
            return None, (), ""
        parts = _OF.finditer(rest) if " of " in rest and " not " not in rest else ()
        if any(_is_part(match["some"], match["all"]) for match in parts):
            return None, (), ""
        well = taken_back + [match.span() for match in self._well.finditer(rest)]
        if "had " in rest or "received " in rest or "have " in rest:
            well += [match.span() for match in self._has.finditer(rest)]
        if tells_how(rest):
            return None, (), ""
        return (False if well else None), tuple(well), rest if well or not taken_back else ""

    def _read_named(self, text: str) -> tuple[Statement, ...]:
        """Return what a text calls satisfied of things that no list knows, by their own names."""
        return tuple(item for item in self._read(text, named=True) if item.theme.startswith(PHRASE))

    def _read(self, text: str, *, named: bool = False) -> tuple[Statement, ...]:
        found: list[Statement] = []
        clauses = self.clauses(text)
        for index, clause in enumerate(clauses):
            verbs = find_verbs(clause.plain)
            firm = clause.lacking is not None and not (clause.lacking is False and verbs.denies)
            lacking = verbs.denies if clause.lacking is None else clause.lacking or verbs.denies
            if (lacking and clause.put_right) or not (firm or (verbs.stems and clause.plain)):
                continue
            whole = clause.text
            said = _blank(self._ignored, whole)
            if not lacking and ("including" in said or "such as" in said):
                # “All of it, including the kitchen” limits nothing.
                said = _blank(_INCLUDING, said)
            marks = clause.marks or verbs.marks
            themes = self._themes(said, marks, lacking=lacking and firm)
            if not themes and clause.lacking and index and POINTS_BACK.match(said):
                # “We saw four policies. Two had not been reviewed.”
                before = _blank(self._ignored, clauses[index - 1].text)
                themes = [
                    (theme, without_aspects(what))
                    for theme, what in self._themes(before, [(0, len(before))])
                ]
                said, whole = f"{before} {said}", f"{before} {whole}"
                # “A policy was in place. It had no date”: the second sentence limits the first.
                found = [
                    item._replace(contrasted=True)
                    if item.start == clauses[index - 1].start
                    else item
                    for item in found
                ]
            if named if not lacking else not themes:
                themes += [
                    (theme, frozenset())
                    for theme, start, end in self._phrases.find(clause.text)
                    if _is_near(start, end, marks, _MARK_NEAR)
                ]
            if not themes:
                continue
            # Whom it is about may stand in what is no theme: “fire marshals were in place”.
            actors, things = self._actors.ids(whole), self._things.ids(said)
            places = self._places.ids(said) | find_limits(text[clause.start : clause.end])
            rest = (places, verbs.stems, firm, clause.start, clause.end, clause.conceded)
            found += [
                Statement(theme, lacking, objects, actors, self._belonging(things, theme), *rest)
                for theme, objects in themes
            ]
        lacks_after = any(clause.lacking and clause.after_contrast for clause in clauses)
        if not lacks_after and not EXCEPTION.search(text):
            return tuple(found)
        # “However” in the same text: it weighs both sides itself.
        return tuple(item if item.lacking else item._replace(contrasted=True) for item in found)

    def _belonging(self, things: frozenset[str], theme: str) -> frozenset[str]:
        """Return the things or sides that a theme has: criminal records are none of training."""
        if things.isdisjoint(self._only_of):
            return things
        return frozenset(id_ for id_ in things if theme in self._only_of.get(id_, (theme,)))

    def _themes(
        self, clause: str, marks: Sequence[tuple[int, int]], *, lacking: bool = False
    ) -> list[tuple[str, frozenset[str]]]:
        """Return the themes near the words of polarity; if there are none, those farther off."""
        clause = name_no_finder(clause)
        artefacts = list(self._artefacts.find(clause))
        subjects = list(self._subjects.find(clause))
        bare = subjects
        if any(id_ == _ACTIONS for id_, _, _ in artefacts):
            # “An action of the risk assessment had not been completed”: the assessment had.
            artefacts = [item for item in artefacts if item[0] != _RISK_ASSESSMENTS]
        if lacking and any(id_ == _POLICIES for id_, _, _ in artefacts):
            # “The policy for recruitment had not been reviewed”: recruitment may be well.
            artefacts = [item for item in artefacts if item[0] != _RECRUITMENT]
        if artefacts:
            told = lacking and any(id_ == _RECORDS for id_, _, _ in artefacts)
            bare = [item for item in subjects if told or _is_risk(clause, item, artefacts)]
        if not artefacts and not bare:
            return []
        aspects = self._aspects.ids(_blank(_TIME, clause) if _TIME.search(clause) else clause)
        sides = aspects
        if aspects and not lacking and self._says_more(clause, marks):
            sides = frozenset()
        for distance in (_MARK_NEAR, _MARK_FAR) if lacking else (_MARK_NEAR,):
            found = [
                (
                    id_,
                    self._objects(id_, clause, (start, end), subjects, sides)
                    | self._all_sides(id_, clause[:start], lacking=lacking),
                )
                for id_, start, end in artefacts
                if _is_near(start, end, marks, distance)
            ]
            near = (id_ for id_, start, end in bare if _is_near(start, end, marks, distance))
            found += [(id_, self._belonging(aspects, id_)) for id_ in dict.fromkeys(near)]
            if found:
                return found
        return []

    def _all_sides(self, artefact: str, before: str, *, lacking: bool) -> frozenset[str]:
        """Return every side of what is not there at all: “there was no policy for visitors”."""
        if not lacking or not _ABSENT.search(before):
            return frozenset()
        return frozenset(
            id_ for id_, of in self._only_of.items() if artefact in of and id_.startswith(ASPECT)
        )

    def _says_more(self, clause: str, marks: Sequence[tuple[int, int]]) -> bool:
        """Whether words of polarity say more than one side: “accessible and reviewed annually”."""
        words = [clause[start:end] for start, end in marks]
        return any(not word.endswith("ly") and not self._aspects.ids(word) for word in words)

    def _objects(
        self,
        artefact: str,
        clause: str,
        span: tuple[int, int],
        subjects: Sequence[tuple[str, int, int]],
        aspects: frozenset[str],
    ) -> frozenset[str]:
        """Return what a training, a policy, … is about; nothing where it is about all."""
        start, end = span
        stop = _OTHER_CLAUSE.search(clause, end)
        last = min(end + _NEAR_AFTER, stop.start() if stop else len(clause))
        near = {
            subject
            for subject, left, right in subjects
            if end - _NEAR_BEFORE <= left <= last and start - right <= _NEAR_BEFORE
        }
        if not near and artefact not in _NO_MODIFIER:
            after = _IS_ABOUT.match(clause, end)
            if after and after["what"] not in self._plain:
                near.add(after["what"])
        sides = self._belonging(aspects, artefact)
        if artefact in _NO_MODIFIER:
            return frozenset(near | sides)
        before = clause[:start].split()
        word = before[-1].strip(",.:") if before and not near else ""
        if (
            word
            and word not in self._plain
            and read_number(word) is None
            and not word.endswith(_NO_OBJECT)
        ):
            near.add(word)
        if artefact != _POLICIES:
            # Of others only the sides that are named as theirs.
            sides = frozenset(id_ for id_ in sides if id_ in self._only_of)
        return frozenset(near | sides)


def _is_near(start: int, end: int, marks: Sequence[tuple[int, int]], distance: int) -> bool:
    """Whether words of polarity stand near enough to be said of a theme."""
    return any(left - end <= distance and start - right <= distance for left, right in marks)


def _is_risk(
    clause: str, subject: tuple[str, int, int], artefacts: Sequence[tuple[str, int, int]]
) -> bool:
    """Whether a subject is the risk itself: “legionella risks were managed” speaks of both."""
    return any(
        clause.startswith("risks", start) and (start - subject[2] == 1 or 0 < subject[1] - end <= 4)
        for _, start, end in artefacts
    )


def _is_part(some: str, whole: str) -> bool:
    """Whether “three of five” names less than all."""
    one, other = read_number(some), read_number(whole)
    return one is not None and other is not None and one < other


def _blank_out(text: str) -> str:
    """Return a text in small letters, with what it does not say itself left blank."""
    # Looking for a letter first spares most texts the patterns.
    if "Ltd" in text or "Limited" in text:
        text = _blank(_COMPANY, text)
    text = _lower(text)
    if any(mark in text for mark in '“"‘'):
        text = _QUOTED.sub(_blank_quotation, text)
    return _blank(_ASIDE, text) if "(" in text else text


def _lower(text: str) -> str:
    # Letters whose small form has another length would move every place behind them.
    low = text.lower()
    return (
        low
        if len(low) == len(text)
        else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    )


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match.group()), text)


def _blank_quotation(match: re.Match[str]) -> str:
    """Leave the stop of a quotation: “I feel safe.” and what follows it are two sentences."""
    quoted = match.group()
    stop = quoted[-2] if quoted[-2] in ".!?" else " "
    return f"{' ' * (len(quoted) - 1)}{'.' if stop != ' ' else ' '}"


def load_themes() -> Themes:
    """Return the themes: ours, as the organisation changes them.

    Raises:
        ResourceFault: Our `themes.toml` is missing or faulty.
    """
    return _load(find_origin())


@cache
def _load(origin: str) -> Themes:
    return Themes(read_lists(THEMES, ThemeTable, convert_themes))
