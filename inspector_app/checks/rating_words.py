"""A rating advice in words, for the panel, lists and reviewers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inspector_app.checks.rating_advice import Advice
    from inspector_app.domain.rating_rules import Principle, WhatIf
    from inspector_app.frameworks.model import Framework, Reference

_VERIFIED = {
    "yes": "",
    "derived": " (derived from the published principles)",
    "practice": " (practice, not a published rule)",
    "no": " (not verified)",
}


class AdviceWords(NamedTuple):
    """What is said of an advice.

    `headline` is the proposed rating's name, "" where none can be proposed yet; `because` the
    rules and circumstances, each a sentence; `changes` what would change it; `sources` where the
    rules are from.
    """

    headline: str
    because: tuple[str, ...]
    changes: tuple[str, ...]
    sources: tuple[str, ...]


def describe_advice(advice: Advice, framework: Framework, reference: Reference) -> AdviceWords:
    """Return an advice in words."""
    return _AdviceLabels(advice, framework, reference).describe()


class _AdviceLabels:
    def __init__(self, advice: Advice, framework: Framework, reference: Reference) -> None:
        self._advice = advice
        self._proposal = advice.proposal
        self._questions = {item.id: item.name for item in framework.key_questions}
        self._steps = len(reference.order)
        self._ratings = {item.id: item.name for item in reference.ratings.values()}

    def describe(self) -> AdviceWords:
        rules = self._advice.rules
        return AdviceWords(
            headline=self._ratings.get(self._proposal.rating, ""),
            because=(
                *self._say_missing(),
                *self._say_rules(),
                *self._say_circumstances(),
                *self._say_grid(),
            ),
            changes=tuple(self._say_changes()),
            sources=tuple(dict.fromkeys(rule.source for rule in rules)),
        )

    def _say_missing(self) -> Iterator[str]:
        missing, possible = self._proposal.missing, self._proposal.possible
        if not missing:
            return
        if len(missing) == len(self._questions):
            yield "An overall rating is proposed when the key questions are rated."
            return
        verb = "is" if len(missing) == 1 else "are"
        yield f"An overall rating is proposed when {self._join(missing)} {verb} rated."
        if len(possible) == 1:
            yield f"Whatever they become, it will be {self._ratings[possible[0]]}."
        elif possible and len(possible) < self._steps:
            yield f"It can still become {self._or(self._ratings[item] for item in possible)}."

    def _say_rules(self) -> Iterator[str]:
        if self._proposal.rule is not None:
            yield _cite(self._proposal.rule)
        if self._proposal.cap is not None:
            yield _cite(self._proposal.cap)

    def _say_circumstances(self) -> Iterator[str]:
        if self._advice.carried:
            names = self._join(self._advice.carried)
            yield f"Carried forward from the previous inspection: {names}."
        for item in self._advice.limited:
            yield (
                f"{self._questions[item.key_question]} counts as {self._ratings[item.maximum]} "
                f"({item.limiter.when})."
            )
        for question, scored in self._advice.scored.items():
            edge = f", {float(scored.exact):.1f} before rounding" if scored.on_edge else ""
            limit = ", limited by a low score" if scored.limit else ""
            yield (
                f"{self._questions[question]}: {scored.percent}%{edge}, "
                f"{self._ratings[scored.rating]}{limit}."
            )

    def _say_grid(self) -> Iterator[str]:
        grid = self._advice.grid
        if grid is None:
            return
        columns = {self._questions[key]: value for key, value in grid.columns.items()}
        parts = [(item.name, item.advice.proposal) for item in grid.services]
        parts += [*columns.items(), ("Location overall", grid.overall)]
        for name, proposal in parts:
            if proposal.rating:
                yield f"{name}: {self._ratings[proposal.rating]}."

    def _say_changes(self) -> Iterator[str]:
        if self._proposal.rating and not self._proposal.what_ifs:
            yield "No other rating of a single key question would."
        for what_if in self._proposal.what_ifs:
            yield self._say_what_if(what_if)

    def _say_what_if(self, what_if: WhatIf) -> str:
        outcome = self._ratings[what_if.outcome]
        if not what_if.questions:
            if self._advice.breach:
                return f"Without a breach it would be {outcome}."
            return f"A breach of regulations would make it {outcome}."
        rating = self._ratings[what_if.rating]
        return f"{self._say_which(what_if, rating)} makes it {outcome}."

    def _say_which(self, what_if: WhatIf, rating: str) -> str:
        count = len(what_if.questions)
        if count == 1:
            return f"{rating} for {self._questions[what_if.questions[0]]}"
        if count >= len(self._questions) - 1:
            # All that have it not yet: which one does not matter.
            more = "One more" if count < len(self._questions) else "One"
            return f"{more} {rating}"
        return f"{rating} for {self._or(self._questions[item] for item in what_if.questions)}"

    def _join(self, questions: Sequence[str]) -> str:
        return _list([self._questions[item] for item in questions], "and")

    def _or(self, names: Iterable[str]) -> str:
        return _list(list(names), "or")


def _cite(rule: Principle) -> str:
    return f"{rule.text}{_VERIFIED[rule.verified]}"


def _list(names: Sequence[str], word: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
