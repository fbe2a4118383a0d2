from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.rating_rules import WhatIf, propose_for_services, propose_overall
from inspector_app.domain.scoring import rate_scores
from inspector_app.frameworks.load import load_reference

REFERENCE = load_reference()
RULES = REFERENCE.rule_sets["five_key_questions"]
SERVICES = [REFERENCE.rule_sets[f"services_{name}"] for name in ("to_3", "to_8", "from_9")]
SCORING = REFERENCE.scorings["quality_statements"]
ORDER = REFERENCE.order
QUESTIONS = ("safe", "effective", "caring", "responsive", "well_led")
LETTERS = {
    "O": "outstanding",
    "G": "good",
    "R": "requires_improvement",
    "I": "inadequate",
    "-": "not_rated",
    " ": None,
}


def ratings(letters: str) -> dict[str, str | None]:
    return {question: LETTERS[letter] for question, letter in zip(QUESTIONS, letters, strict=True)}


@pytest.mark.parametrize(
    ("letters", "breach", "expected", "rules"),
    [
        ("GGGGG", False, "good", ("P4",)),
        ("RGGGG", False, "good", ("P4",)),
        ("GGOOR", False, "good", ("P4",)),
        ("GGOGG", False, "good", ("P4",)),
        ("OGGOG", False, "outstanding", ("P3",)),
        ("OOOOO", False, "outstanding", ("P3",)),
        ("RGGGR", False, "requires_improvement", ("P5",)),
        ("IGGGG", True, "requires_improvement", ("P7",)),
        ("IRGGR", True, "requires_improvement", ("P5",)),
        ("IRGRI", True, "inadequate", ("P6",)),
        ("RGGGG", True, "requires_improvement", ("P4", "P1")),
        ("OGGOG", True, "requires_improvement", ("P3", "P1")),
    ],
)
def test_the_principles(letters: str, breach: bool, expected: str, rules: tuple[str, ...]) -> None:
    proposal = propose_overall(ratings(letters), RULES, ORDER, breach=breach)
    assert (proposal.rating, proposal.rule_ids) == (expected, rules)


@pytest.mark.parametrize(
    ("letters", "missing", "possible"),
    [
        ("GGGG-", ("well_led",), ("good", "requires_improvement")),
        ("II GG", ("caring",), ("inadequate",)),
        ("     ", QUESTIONS, tuple(ORDER)),
        ("OOGG ", ("well_led",), ("outstanding", "good", "requires_improvement")),
    ],
)
def test_a_missing_rating_is_never_guessed(
    letters: str, missing: tuple[str, ...], possible: tuple[str, ...]
) -> None:
    proposal = propose_overall(ratings(letters), RULES, ORDER, breach=False)
    assert (proposal.rating, proposal.missing, proposal.possible) == ("", missing, possible)


def test_it_says_what_would_change_the_proposal() -> None:
    found = propose_overall(ratings("RGGGG"), RULES, ORDER, breach=False).what_ifs
    others = ("effective", "caring", "responsive", "well_led")
    assert WhatIf("requires_improvement", others, "requires_improvement", "P5") in found
    assert WhatIf("", (), "requires_improvement", "P1") in found
    assert WhatIf("inadequate", ("safe",), "requires_improvement", "P7") in found
    assert len(found) == 3


@given(st.lists(st.sampled_from("OGRI"), min_size=5, max_size=5), st.booleans())
def test_what_would_change_it_does_change_it(letters: list[str], breach: bool) -> None:
    given_ratings = ratings("".join(letters))
    proposal = propose_overall(given_ratings, RULES, ORDER, breach=breach)
    assert proposal.rating
    assert not (breach and ORDER[proposal.rating] > ORDER["requires_improvement"])
    for what_if in proposal.what_ifs:
        assert what_if.outcome != proposal.rating
        for question in what_if.questions or ("",):
            changed = {**given_ratings, question: what_if.rating} if question else given_ratings
            other = breach if question else not breach
            again = propose_overall(changed, RULES, ORDER, breach=other)
            assert (again.rating, again.rule_ids[-1]) == (what_if.outcome, what_if.rule)


@given(st.lists(st.sampled_from("OGRI"), min_size=5, max_size=5), st.integers(0, 4))
def test_a_better_rating_never_makes_the_overall_worse(letters: list[str], place: int) -> None:
    scale = "IRGO"
    better = letters.copy()
    better[place] = scale[min(scale.index(letters[place]) + 1, 3)]
    before, after = (
        propose_overall(ratings("".join(item)), RULES, ORDER, breach=False).rating
        for item in (letters, better)
    )
    assert ORDER[after] >= ORDER[before]


@pytest.mark.parametrize(
    ("letters", "expected", "rule"),
    [
        ("OG", "outstanding", "M3"),
        ("RGG", "requires_improvement", "M2"),
        ("GIO", "inadequate", "M1"),
        ("RGGG", "good", "M9"),
        ("RRGG", "requires_improvement", "M6"),
        ("IGGG", "requires_improvement", "M7"),
        ("IIGGO", "inadequate", "M5"),
        ("OOGGGG", "outstanding", "M8"),
        ("RRGGGGGGG", "good", "M14"),
        ("IRRGGGGGG", "requires_improvement", "M11"),
        ("GG--", "good", "M4"),
    ],
)
def test_several_services(letters: str, expected: str, rule: str) -> None:
    values = [LETTERS[letter] or "" for letter in letters]
    proposal = propose_for_services(values, SERVICES, ORDER)
    assert (proposal.rating, proposal.rule_ids) == (expected, (rule,))


def test_services_without_a_rating_give_none() -> None:
    assert propose_for_services(["not_rated", ""], SERVICES, ORDER).rating == ""


@pytest.mark.parametrize(
    ("scores", "percent", "expected", "limit"),
    [
        ([3] * 8, 75, "good", None),
        ([3, 3, 3, 3, 2, 3, 3, 3], 72, "good", None),
        ([2, 2, 3, 2, 3, 2], 58, "requires_improvement", None),
        ([3, 3, 3, 3, 1, 3, 3], 68, "requires_improvement", "SC1"),
        ([4, 4, 4, 4, 2, 4, 4, 4], 94, "good", "SC2"),
        ([4, 4, 3, 4, 3], 90, "outstanding", None),
        ([1, 1, 2, 1, 2], 35, "inadequate", None),
        ([3, 2], 63, "good", None),
    ],
)
def test_scores(scores: list[int], percent: int, expected: str, limit: str | None) -> None:
    found = rate_scores(scores, SCORING, ORDER)
    assert found is not None
    assert (found.percent, found.rating) == (percent, expected)
    assert (found.limit.id if found.limit else None) == limit
    assert found.exact == Fraction(100 * sum(scores), 4 * len(scores))


def test_a_percent_that_only_rounding_lifts_into_a_band_is_shown_as_such() -> None:
    edge, clear = rate_scores([3, 2], SCORING, ORDER), rate_scores([3, 3], SCORING, ORDER)
    assert edge is not None
    assert clear is not None
    assert (edge.on_edge, clear.on_edge) == (True, False)


def test_no_score_gives_no_rating_and_a_wrong_one_is_refused() -> None:
    assert rate_scores([], SCORING, ORDER) is None
    with pytest.raises(ValueError, match="between 1 and 4"):
        rate_scores([5], SCORING, ORDER)
