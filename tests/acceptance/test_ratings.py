"""The rules for ratings give what the examples beside the project and published ratings say."""

from __future__ import annotations

import csv
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from inspector_app.checks.rating_advice import advise
from inspector_app.cli import main
from inspector_app.domain.scoring import rate_scores
from inspector_app.frameworks.load import load_framework, load_reference
from tests.conftest import ACCEPTANCE
from tests.report.making import bring_in

if TYPE_CHECKING:
    from pathlib import Path

_DOMAIN = ACCEPTANCE.parent / "domain"
_DATA = tomllib.loads((_DOMAIN / "ratings.toml").read_text("utf-8"))
_QUESTIONS = ("safe", "effective", "caring", "responsive", "well_led")
_IDS = {"O": "outstanding", "G": "good", "RI": "requires_improvement", "I": "inadequate"}


def _ratings(letters: list[str]) -> dict[str, str]:
    pairs = zip(_QUESTIONS, letters, strict=True)
    return {question: _IDS[letter] for question, letter in pairs if letter != "-"}


@pytest.mark.parametrize("vector", _DATA["vector"], ids=lambda item: item["id"])
def test_every_vector(vector: dict[str, Any]) -> None:
    content: dict[str, Any] = {"limiters": vector.get("limiters", [])}
    content["ratings"] = _ratings(vector["kq"])
    if vector["breach"]:
        content["notices"] = [{"activities": [], "regulation": "RA2014-12"}]
    if "existing" in vector:
        content |= {"visit": {"type": "focused"}, "previous_ratings": _ratings(vector["existing"])}
    if vector.get("unrated"):
        content["ratings"] = {}
    inspection = bring_in("unrated" if vector.get("unrated") else "rated", **content).inspection
    advice = advise(inspection, load_framework("independent_health_2018"), load_reference())
    assert (advice.proposal.rating if advice else "none") == vector["expected"]
    if "expected_kq" in vector:
        assert advice is not None
        limited = {item.key_question: item.maximum for item in advice.limited}
        assert {**content["ratings"], **limited} == _ratings(vector["expected_kq"])


@pytest.mark.parametrize("vector", _DATA["score_vector"], ids=lambda item: item["id"])
def test_every_vector_of_scores(vector: dict[str, Any]) -> None:
    reference = load_reference()
    scoring = reference.scorings["quality_statements"]
    found = rate_scores(vector["scores"], scoring, reference.order)
    assert found is not None
    assert (found.rating, found.percent) == (vector["expected"], vector["percent"])


def test_published_ratings_agree(tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    assert main(["rate", str(_DOMAIN / "data" / "ratings_real.csv"), "-o", str(output)]) == 0
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (_DOMAIN / "data" / "ratings_real.csv").open(encoding="utf-8", newline="") as file:
        given = list(csv.DictReader(file))
    assert [{key: row[key] for key in given[0]} for row in rows] == given
    compared = [row for row in rows if row["agrees"]]
    assert len(compared) == 3251
    assert sum(row["agrees"] == "yes" for row in compared) >= 3240
    assert all(row["rule"].startswith("P") for row in compared)
