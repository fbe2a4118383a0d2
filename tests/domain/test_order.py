from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.order import (
    longest_rising,
    position_between,
    positions_between,
    positions_for,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

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


@pytest.mark.parametrize(
    ("before", "after", "length"), [("", "", 1), ("A", "C", 1), ("A", "B", 2), ("AV", "B1", 2)]
)
def test_a_position_is_as_short_as_it_can_be(before: str, after: str, length: int) -> None:
    assert len(position_between(before, after)) == length


def test_thousands_of_positions_between_two_are_short() -> None:
    assert max(map(len, positions_between("V", "W", 5000))) < 10


@given(st.lists(st.none() | st.integers(0, 9), max_size=8))
def test_the_longest_rising_choice(values: list[int | None]) -> None:
    chosen = sorted(longest_rising(values))
    assert _rises([values[index] for index in chosen])
    longer = combinations(values, len(chosen) + 1)
    assert not any(_rises(choice) for choice in longer)


def _rises(values: Sequence[int | None]) -> bool:
    return None not in values and all(low < high for low, high in pairwise(values))
