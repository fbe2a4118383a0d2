from __future__ import annotations

from typing import Any

import pytest

from inspector_app.checks.rating_advice import advise
from inspector_app.checks.rating_words import AdviceWords, describe_advice
from inspector_app.frameworks.load import load_framework, load_reference
from tests.report.making import bring_in

_QUESTIONS = ("safe", "effective", "caring", "responsive", "well_led")
_LETTERS = {"O": "outstanding", "G": "good", "R": "requires_improvement", "I": "inadequate"}
_NOTICE = {"activities": ["Surgical procedures"], "regulation": "RA2014-12"}


def _say(letters: str, **content: Any) -> AdviceWords:
    ratings = {
        question: _LETTERS[letter]
        for question, letter in zip(_QUESTIONS, letters, strict=False)
        if letter in _LETTERS
    }
    inspection = bring_in(ratings=ratings, **content).inspection
    framework, reference = load_framework(inspection.details.framework), load_reference()
    advice = advise(inspection, framework, reference)
    assert advice is not None
    return describe_advice(advice, framework, reference)


@pytest.mark.parametrize(
    ("letters", "change"),
    [
        ("RGGGG", "One more Requires improvement makes it Requires improvement."),
        ("GGGGG", "One Inadequate makes it Requires improvement."),
        ("OGGOG", "Good for Safe or Responsive makes it Good."),
        ("RGGGG", "Inadequate for Safe makes it Requires improvement."),
        ("GGGGG", "A breach of regulations would make it Requires improvement."),
        ("IIRII", "No other rating of a single key question would."),
    ],
)
def test_what_would_change_it(letters: str, change: str) -> None:
    assert change in _say(letters).changes


@pytest.mark.parametrize(
    ("letters", "because"),
    [
        ("", "An overall rating is proposed when the key questions are rated."),
        ("GGG", "An overall rating is proposed when Responsive and Well-led are rated."),
        ("GGGG", "It can still become Good or Requires improvement."),
        ("II-GG", "Whatever they become, it will be Inadequate."),
        (
            "IGGGG",
            "One key question is inadequate and no other is weak: Good is excluded and "
            "Inadequate needs two, so Requires improvement. (derived from the published "
            "principles)",
        ),
    ],
)
def test_why(letters: str, because: str) -> None:
    assert because in _say(letters).because


def test_a_breach_and_its_absence() -> None:
    words = _say("GGGGG", notices=[_NOTICE])
    assert words.headline == "Requires improvement"
    assert words.changes == ("Without a breach it would be Good.",)
    assert all(source.startswith("cqc.org.uk, rating principles") for source in words.sources)


def test_carried_ratings_and_limits_are_named() -> None:
    previous = dict.fromkeys(_QUESTIONS, "good")
    words = _say("R---G", visit={"type": "focused"}, previous_ratings=previous, limiters=["L3"])
    assert (
        "Carried forward from the previous inspection: Effective, Caring and Responsive."
        in words.because
    )
    assert any(
        text.startswith("Well-led counts as Requires improvement (") for text in words.because
    )


def test_a_grid_is_told_row_by_row_and_column_by_column() -> None:
    ratings = dict.fromkeys(_QUESTIONS, "good")
    words = _say("GGGGG", rating_grid=[{"service": "Surgery {0}", "ratings": ratings}])
    assert "Surgery {0}: Good." in words.because
    assert "Safe: Good." in words.because
    assert "Location overall: Good." in words.because
