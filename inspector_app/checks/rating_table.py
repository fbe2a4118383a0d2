"""A table of ratings, a service a row: what the rules propose for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.domain.rating_rules import propose_overall

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from inspector_app.frameworks.model import Framework, Reference

PROPOSED, RULE, AGREES = "proposed_overall", "rule", "agrees"
ADDED = (PROPOSED, RULE, AGREES)
_OVERALL, _BREACH = "overall", "breach"
_YES = frozenset({"1", "y", "yes", "true", "t", "x"})
_NO_LETTER = re.compile(r"[\W\d_]+")


class RatedTable(NamedTuple):
    """The rows with what was added, and how the proposals compare.

    `compared` are the rows with a proposal and a rating to compare it with, `agreeing` those that
    are the same. `strange` counts the values that are neither a rating nor known to stand in place
    of one.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    compared: int
    agreeing: int
    strange: Mapping[str, int]


class MissingColumns(Exception):
    """Columns of key questions are not in the table; carries their names."""

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__(columns)
        self.columns = columns


def rate_table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    framework: Framework,
    reference: Reference,
) -> RatedTable:
    """Return a table with each row's proposed overall rating, its rules, and whether it agrees.

    A rating may be written in any case, with any marks between its words, or by its initials. Any
    other value is passed through, and its row gets no proposal: a rating that is not there is not
    guessed. Columns of these names that are there already are written anew.

    Args:
        header: Names of the columns, in any case; a column for each key question, and maybe
            “overall” and “breach”.
        rows: Cells; a row may be shorter than the header.
        framework: Gives key questions and rules.
        reference: The rating scale and the rules.

    Raises:
        MissingColumns: A key question has no column.
    """
    rules = reference.rule_sets[framework.rating_rules]
    names = _ColumnNames(reference)
    places = {_normalise(name): index for index, name in reversed(list(enumerate(header)))}
    questions = {
        question.id: places.get(_normalise(question.id)) for question in framework.key_questions
    }
    missing = [question for question, place in questions.items() if place is None]
    if missing:
        raise MissingColumns(missing)
    kept = [index for index, name in enumerate(header) if name.strip().casefold() not in ADDED]
    result: list[list[str]] = []
    compared = agreeing = 0
    for row in rows:
        ratings = {question: names.read(_cell(row, place)) for question, place in questions.items()}
        breach = _cell(row, places.get(_BREACH)).strip().casefold() in _YES
        proposal = propose_overall(ratings, rules, reference.order, breach=breach)
        published = names.read(_cell(row, places.get(_OVERALL)))
        agrees = ""
        if proposal.rating and published in reference.order:
            agrees = "yes" if proposal.rating == published else "no"
            compared += 1
            agreeing += agrees == "yes"
        name = reference.ratings[proposal.rating].name if proposal.rating else ""
        cells = [_cell(row, index) for index in kept]
        result.append([*cells, name, " ".join(proposal.rule_ids), agrees])
    return RatedTable(
        [*(header[index] for index in kept), *ADDED], result, compared, agreeing, names.strange
    )


class _ColumnNames:
    """Reads ratings as people and registers write them."""

    def __init__(self, reference: Reference) -> None:
        self._ratings: dict[str, str] = {}
        self._others: dict[str, str] = {"": ""}
        self.strange: dict[str, int] = {}
        for item in reference.ratings.values():
            spellings = {_normalise(item.name), _normalise(item.id)}
            if item.is_rating:
                initials = "".join(word[0] for word in item.id.split("_"))
                self._ratings |= dict.fromkeys({*spellings, initials}, item.id)
            else:
                self._others |= dict.fromkeys(spellings, item.id)

    def read(self, text: str) -> str:
        """Return the id of a rating, or of what stands in its place; of anything else ""."""
        name = _normalise(text)
        found = self._ratings.get(name, self._others.get(name))
        if found is None:
            self.strange[text.strip()] = self.strange.get(text.strip(), 0) + 1
        return found or ""


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _normalise(text: str) -> str:
    return _NO_LETTER.sub("", text.casefold())
