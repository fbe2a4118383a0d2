from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from inspector_app.checks.contradictions.themes import load_themes
from inspector_app.checks.list_faults import find_list_faults
from inspector_app.checks.own_lists import read_lists
from inspector_app.checks.word_lists import (
    PrivacyWords,
    StyleWords,
    WordingWords,
    convert_words,
    load_words,
)
from inspector_app.organisation import VARIABLE
from tests.checks.trying import find, in_topic

if TYPE_CHECKING:
    from pathlib import Path

_NUMBERS = itertools.count()


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # What was read stays in memory for each folder, so each test has one of its own name.
    folder = tmp_path / f"organisation{next(_NUMBERS)}" / "checks"
    folder.mkdir(parents=True)
    monkeypatch.setenv(VARIABLE, str(folder.parent))
    return folder


def test_lists_are_replaced_added_to_and_taken_from(lists: Path) -> None:
    (lists / "style.toml").write_text(
        'vague = ["oodles of"]\n[also]\nknown_abbreviations = ["PAT"]\n'
        '[without]\nfeelings = ["believe"]\n'
    )
    (lists / "wording.toml").write_text('[also.slips]\n"the trustees board" = "the board"\n')
    words = load_words(StyleWords)
    assert words.vague == ("oodles of",)
    assert {"PAT", "CQC"} <= words.known_abbreviations
    assert "believe" not in words.feelings
    assert load_words(WordingWords).slips["the trustees board"] == "the board"
    assert len(load_words(WordingWords).slips) > 1
    assert load_words(PrivacyWords).titles
    assert find_list_faults(lists.parent) == []
    found = find(
        "vague_quantity", **in_topic("Oodles of staff were late.", "Some staff were late.")
    )
    assert [result.excerpt for result in found] == ["Oodles of staff were late."]


def test_a_theme_of_an_organisation_and_more_words_for_one_of_ours(lists: Path) -> None:
    pool = in_topic("The pool was safe.", "The pool was cloudy.")
    (lists / "themes.toml").write_text(
        '[[also.subjects]]\nid = "pool"\nname = "the swimming pool"\nwords = ["pool"]\n'
        '[[also.subjects]]\nid = "premises"\nwords = ["jetty"]\n'
        '[also.polarity]\nlacking = ["cloudy"]\n'
    )
    (result,) = find("tension", **pool)
    assert "the swimming pool" in result.message
    jetty, kitchen = (
        load_themes().statements(f"The {place} was clean.") for place in ("jetty", "bathroom")
    )
    assert jetty[0].theme == kitchen[0].theme == "premises"


_FAULTS = [
    ("style.toml", "vague = [", "checks/style.toml"),
    ("style.toml", "vague = []", "checks/style.toml: $.vague"),
    ("style.toml", "[also]\nvage = ['some']", "$.vage"),
    ("style.toml", "also = 1", "$.also: is no table"),
    ("wording.toml", "prompts = ['name']", "$.prompts: is the same everywhere"),
    ("wording.toml", "slips = ['a']", "$.slips"),
    ("privacy.toml", "titles = 'Mr'", "$.titles"),
    ("themes.toml", "[polarity]\nlacking = []", "polarity.lacking"),
    ("themes.toml", "[[also.subjects]]\nid = 1\nwords = ['a']", "subjects"),
    ("checks.toml", "", "checks/checks.toml: is none of"),
]


@pytest.mark.parametrize(("name", "text", "fault"), _FAULTS)
def test_a_faulty_file_is_named_and_stops_nothing(
    lists: Path, name: str, text: str, fault: str
) -> None:
    (lists / name).write_text(text)
    assert any(fault in str(found) for found in find_list_faults(lists.parent))
    assert load_words(StyleWords).vague
    assert load_words(WordingWords).slips
    assert load_words(PrivacyWords).titles
    assert load_themes().statements("Medicines were stored safely.")


def test_the_last_sound_state_of_a_file_is_used(lists: Path) -> None:
    def read() -> StyleWords:
        return read_lists("style.toml", StyleWords, lambda found: convert_words(StyleWords, found))

    (lists / "style.toml").write_text('vague = ["oodles of"]')
    assert read().vague == ("oodles of",)
    (lists / "style.toml").write_text("vague = [")
    assert find_list_faults(lists.parent)
    assert read().vague == ("oodles of",)
    (lists / "style.toml").write_text('vague = ["heaps of"]')
    assert read().vague == ("heaps of",)
