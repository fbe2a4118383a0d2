"""Which ratings of a service stand: its own, those carried forward, those of a row by its name."""

from __future__ import annotations

import pytest

from inspector_app.domain.entities import Details, Service
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.standing import find_standing, list_grid, list_inspected

_BEFORE = {"safe": "good", "caring": "good"}
_SURGERY = {
    "previous_ratings": _BEFORE,
    "previous_dates": {"safe": "2018-05-01", "caring": "2018-05-01"},
    "ratings": {"safe": "inadequate"},
    "dates": {"safe": "2020-01-14"},
}


def _inspect(*services: Service, visit: str = "comprehensive") -> Inspection:
    details = Details(id="root", framework="f", regime="rated", visit_type=visit)  # type: ignore[arg-type]
    return Inspection([details, *services])


@pytest.mark.parametrize(
    ("visit", "left_out", "carried"),
    [
        ("comprehensive", False, set()),
        ("focused", False, {"caring"}),
        ("follow_up", False, {"caring"}),
        ("comprehensive", True, {"caring"}),
    ],
)
def test_ratings_that_were_not_given_anew(visit: str, left_out: bool, carried: set[str]) -> None:
    surgery = Service(id="s", parent="root", name="Surgery", left_out=left_out, **_SURGERY)
    found = find_standing(_inspect(surgery, visit=visit), surgery)
    assert found.carried == carried
    assert found.ratings == {"safe": "inadequate", **dict.fromkeys(carried, "good")}
    assert found.dates == {"safe": "2020-01-14", **dict.fromkeys(carried, "2018-05-01")}


def test_a_row_rates_the_service_of_its_name_that_has_no_ratings() -> None:
    row = Service(id="r", parent="root", position="A", name="Day surgery", row_only=True,
                  ratings=_BEFORE)  # fmt: skip
    bare = Service(id="s", parent="root", position="B", name="day  Surgery")
    rated = Service(id="t", parent="root", position="C", name="Day surgery",
                    ratings={"safe": "outstanding"})  # fmt: skip
    group = Service(id="g", parent="root", position="D", group="older", ratings=_BEFORE)
    inspection = _inspect(row, bare, rated, group)
    assert find_standing(inspection, bare).ratings == _BEFORE
    assert find_standing(inspection, rated).ratings == {"safe": "outstanding"}
    assert [service.id for service, _ in list_grid(inspection)] == ["r", "t"]
    assert [service.id for service in list_inspected(inspection)] == ["s", "t", "g"]
