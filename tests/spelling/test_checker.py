"""British words are right, American ones are not, and what was taught is right too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.spelling.checker import MOST_SUGGESTIONS, Checker
from inspector_app.spelling.dictionary import explain_missing, is_british, load_dictionary

if TYPE_CHECKING:
    from inspector_app.spelling.dictionary import Dictionary

BRITISH = (
    "behaviour centre colour organise organised paediatric anaesthetic programme labour "
    "practise licence immunisation safeguarding follow-up twenty-one don't isn’t manager’s"
)
AMERICAN = "behavior center color pediatric labor analyze aluminum counselor fulfill"
WRONG = "recieve abuot teh safegaurding medecines replyed"


class FakeDictionary:
    """Knows a few words, and counts how often it is asked."""

    def __init__(self, *words: str) -> None:
        self.words = set(words)
        self.asked: list[str] = []

    def check(self, word: str) -> bool:
        assert word
        self.asked.append(word)
        return word in self.words

    def suggest(self, word: str) -> list[str]:
        return [f"{word[0]}{number}'s" for number in range(20)] + [f"{word[0]}0's"]


@pytest.fixture
def checker(british: Dictionary) -> Checker:
    return Checker(british)


@pytest.mark.parametrize("word", BRITISH.split())
def test_british_words_are_right(checker: Checker, word: str) -> None:
    assert checker.find(word) == []


@pytest.mark.parametrize("word", [*AMERICAN.split(), *WRONG.split()])
def test_american_and_misspelt_words_are_not(checker: Checker, word: str) -> None:
    assert [found.word for found in checker.find(f"The {word}, and so on.")] == [word]


def test_the_word_that_was_meant_is_suggested(checker: Checker) -> None:
    assert checker.suggest("recieve")[0] == "receive"
    assert "behaviour" in checker.suggest("behavior")
    assert len(checker.suggest("medecines")) <= MOST_SUGGESTIONS


@pytest.mark.parametrize(
    ("taught", "right", "wrong"),
    [
        ("metformin", ["metformin", "Metformin", "METFORMIN", "metformin's"], ["metforminn"]),
        (
            "Oakhurst",
            ["Oakhurst", "OAKHURST", "Oakhurst’s", "Oakhurst-Rowan"],
            ["oakhurst", "Oakhurs"],
        ),
        ("O’Neil", ["O'Neil", "O’Neil"], ["ONeil"]),
        ("cafe\u0301s", ["cafés"], []),
    ],
)
def test_taught_words_are_right_as_they_are_meant(
    taught: str, right: list[str], wrong: list[str]
) -> None:
    checker = Checker(FakeDictionary("Rowan"), [taught])
    assert [word for word in right if not checker.knows(word)] == []
    assert [word for word in wrong if checker.knows(word)] == []


def test_other_words_are_told_apart_from_the_same() -> None:
    checker = Checker(FakeDictionary(), ["one"])
    assert not checker.knows("two")
    assert checker.set_words(["one", "two"])
    assert checker.knows("two")
    assert not checker.set_words(["two", "one"])


def test_a_word_is_looked_up_once() -> None:
    dictionary = FakeDictionary("kind")
    checker = Checker(dictionary)
    for _ in range(3):
        assert [found.word for found in checker.find("kind kidn kind kidn")] == ["kidn", "kidn"]
    assert dictionary.asked == ["kind", "kidn"]


def test_suggestions_are_few_different_and_keep_the_apostrophe() -> None:
    checker = Checker(FakeDictionary())
    assert checker.suggest("x's") == [f"x{number}'s" for number in range(MOST_SUGGESTIONS)]
    assert checker.suggest("x’s")[0] == "x0’s"
    assert checker.suggest("x" * 1000) == []


def test_places_are_counted_as_qt_does(checker: Checker) -> None:
    text = "👍 teh 👩‍⚕️ nurse 👍👍 abuot"
    units = text.encode("utf-16-le")
    for found in checker.find(text):
        assert units[2 * found.start : 2 * found.end].decode("utf-16-le") == found.word
    assert [found.word for found in checker.find(text)] == ["teh", "abuot"]


@given(st.text())
def test_any_text_is_checked_and_every_place_is_right(text: str) -> None:
    checker = Checker(FakeDictionary("a"))
    units = text.encode("utf-16-le", "surrogatepass")
    for found in checker.find(text):
        word = units[2 * found.start : 2 * found.end].decode("utf-16-le", "surrogatepass")
        assert word == found.word


def test_the_dictionary_takes_any_text(british: Dictionary) -> None:
    checker = Checker(british)

    @given(st.text() | st.text(st.sampled_from("aé'’-ß'ŉ\u0301\u0000 ")))
    def check(text: str) -> None:
        for found in checker.find(text):
            checker.suggest(found.word)

    check()
    assert not checker.knows("x" * 10_000)


def test_an_american_dictionary_does_not_pass_for_a_british_one(british: Dictionary) -> None:
    assert is_british(british)
    assert not is_british(FakeDictionary("color", "center"))
    assert not is_british(FakeDictionary("color", "center", "colour", "centre"))


def test_without_the_library_there_is_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "enchant", None)
    assert load_dictionary() is None


@pytest.mark.parametrize(
    ("system", "debian", "remedy"),
    [
        ("win32", None, "set Inspector up again"),
        ("darwin", None, "to install Enchant"),
        ("linux", True, "libenchant-2-2 and hunspell-en-gb"),
        ("linux", False, "Hunspell's British English dictionary (en_GB)"),
    ],
)
def test_every_system_is_told_how_to_add_one(system: str, debian: bool | None, remedy: str) -> None:
    assert remedy in explain_missing(system, debian=debian)
