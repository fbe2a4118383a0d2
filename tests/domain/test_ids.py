from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.ids import id_from, is_own_id, new_id


def test_new_ids_have_our_form_and_differ() -> None:
    made = [new_id() for _ in range(2000)]
    assert all(is_own_id(id_) and len(id_) == 13 for id_ in made)
    assert len(set(made)) == len(made)


@given(st.text(st.characters()))
def test_an_id_from_a_seed_has_our_form_whatever_the_seed(seed: str) -> None:
    made = id_from(seed)
    assert is_own_id(made)
    assert len(made) == 13
    assert id_from(seed) == made


def test_ids_from_seeds_never_change() -> None:
    """Dumps leave out ids that an import makes again, so old files hang on these."""
    assert id_from("sections.background") == "y31y7rbs5vi65"
    assert id_from("key_questions.safe.topics[0]") == "c3vl4fmrhm9qv"
    assert id_from("") == "azh7k7eisto4j"


@given(st.lists(st.text(), unique=True))
def test_different_seeds_give_different_ids(seeds: list[str]) -> None:
    assert len({id_from(seed) for seed in seeds}) == len(seeds)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("a", True),
        ("0", True),
        ("a" * 32, True),
        ("a" * 33, False),
        ("", False),
        ("A", False),
        ("a-b", False),
        ("a b", False),
        ("a\n", False),
        ("é", False),
        ("٣", False),
        ("P-1/x", False),
    ],
)
def test_the_form_of_ids(text: str, own: bool) -> None:
    assert is_own_id(text) is own
