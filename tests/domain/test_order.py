from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.order import position_between, positions_between, positions_for

DIGITS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def check_places(places: list[str]) -> None:
    assert all(low < high for low, high in pairwise(places))
    assert all(DIGITS.issuperset(place) for place in places)
    # Nothing fits below a position that ends in a zero.
    assert not any(place.endswith("0") or not place for place in places)


@given(start=st.integers(0, 70), where=st.lists(st.floats(0, 1), max_size=60))
def test_insertions_anywhere_keep_the_order(start: int, where: list[float]) -> None:
    places = list(positions_for(start))
    for share in where:
        index = round(share * len(places))
        before = places[index - 1] if index else ""
        after = places[index] if index < len(places) else ""
        places.insert(index, position_between(before, after))
        check_places(places)


@pytest.mark.parametrize("index", [0, 1, -1], ids=["front", "second", "before the last"])
def test_insertions_at_one_place_never_run_out_of_room(index: int) -> None:
    places = list(positions_for(3))
    for _ in range(300):
        at = index % len(places)
        places.insert(at, position_between(places[at - 1] if at else "", places[at]))
    check_places(places)
    assert max(map(len, places)) < 80


def test_a_list_that_grows_at_its_end_keeps_short_positions() -> None:
    places = [position_between()]
    for _ in range(2000):
        places.append(position_between(places[-1]))
    check_places(places)
    assert max(map(len, places)) < 80


@given(st.integers(0, 5000))
def test_many_positions_at_once(count: int) -> None:
    places = list(positions_for(count))
    assert len(places) == count
    check_places(places)
    assert all(len(place) <= 3 for place in places)


@given(st.integers(0, 12), st.data(), st.integers(0, 300))
def test_many_positions_between_two(start: int, data: st.DataObject, count: int) -> None:
    places = list(positions_for(start))
    index = data.draw(st.integers(0, start))
    before = places[index - 1] if index else ""
    after = places[index] if index < start else ""
    made = positions_between(before, after, count)
    assert len(made) == count
    check_places([*places[:index], *made, *places[index:]])


@pytest.mark.parametrize(("before", "after"), [("V", "V"), ("W", "V"), ("Va", "V")])
def test_there_is_nothing_between_what_is_not_in_order(before: str, after: str) -> None:
    with pytest.raises(ValueError, match="does not come before"):
        position_between(before, after)
