from __future__ import annotations

import pytest

from inspector_app.checks.rating_table import MissingColumns, RatedTable, rate_table
from inspector_app.frameworks.load import load_framework, load_reference

_HEADER = ["name", "Safe", "effective", "caring", "responsive", "Well-led", "overall", "breach"]


def _rate(
    header: list[str], *rows: list[str], framework: str = "independent_health_2018"
) -> RatedTable:
    found = load_framework(framework)
    return rate_table(header, rows, found, load_reference().for_framework(found))


@pytest.mark.parametrize(
    "spelling",
    ["Requires Improvement", "requires_improvement", "REQUIRES-IMPROVEMENT", " RI ", "ri"],
)
def test_ratings_in_any_spelling(spelling: str) -> None:
    table = _rate(_HEADER, ["A", spelling, "Good", "GOOD", "good ", spelling, "good", ""])
    assert table.rows[0][-3:] == ["Requires improvement", "P5", "no"]


@pytest.mark.parametrize(("breach", "rule"), [("yes", "P4 P1"), ("TRUE", "P4 P1"), ("no", "P4")])
def test_a_breach_caps(breach: str, rule: str) -> None:
    table = _rate(_HEADER, ["A", *["Good"] * 5, "", breach])
    assert table.rows[0][-2] == rule


@pytest.mark.parametrize("value", ["Inspected but not rated", "", "-", "Compliance action"])
def test_other_values_pass_through_and_give_no_proposal(value: str) -> None:
    table = _rate(_HEADER, ["A", value, *["Good"] * 5, ""])
    assert table.rows[0] == ["A", value, *["Good"] * 5, "", "", "", ""]
    assert list(table.strange) == ([value] if value == "Compliance action" else [])


def test_services_of_a_hospital_are_rated_without_what_is_not_rated() -> None:
    table = _rate(
        _HEADER,
        ["Outpatients", "Good", "Not rated", "Good", "RI", "RI", "Requires improvement", ""],
        ["Maternity", "O", "Good", "O", "Good", "Good", "Outstanding", "yes"],
        ["Surgery", "Good", "", "Good", "Good", "Good", "Good", ""],
        ["Overall", "RI", "Good", "O", "Good", "Good", "Not rated", ""],
        framework="hospital_core_services",
    )
    assert [row[-3:] for row in table.rows] == [
        ["Requires improvement", "H2", "yes"],
        # The principle on breaches is published for adult social care.
        ["Outstanding", "H4", "yes"],
        ["", "", ""],
        ["Good", "H5", ""],
    ]


def test_columns_that_were_added_before_are_written_anew() -> None:
    first = _rate(_HEADER, ["A", *["Good"] * 6, ""])
    again = _rate(list(first.header), list(first.rows[0]))
    assert again == first


def test_short_rows_and_rows_to_compare_are_counted() -> None:
    table = _rate(_HEADER, ["A", *["Good"] * 6], ["B", *["Good"] * 5, "Outstanding"], ["C"])
    assert (table.compared, table.agreeing) == (2, 1)
    assert [row[-1] for row in table.rows] == ["yes", "no", ""]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(MissingColumns) as caught:
        _rate(["safe", "effective", "caring"])
    assert caught.value.columns == ["responsive", "well_led"]
