"""Names of the service and terms of the framework are known by themselves."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from inspector_app.assets import get_resource
from inspector_app.content.samples import SAMPLES, load_sample
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Action, Person, Service
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.spelling.checker import Checker
from inspector_app.spelling.known_words import (
    collect_framework_words,
    collect_inspection_words,
    touches_names,
)
from inspector_app.spelling.places import list_texts
from tests.report.making import FRAMEWORK, bring_in

if TYPE_CHECKING:
    from inspector_app.spelling.dictionary import Dictionary

NAMED = {
    "provider": {"name": "Zyxwell Care"},
    "location": {
        "name": "Oakhurzt-Rowen Clinic",
        "service_type": "Dermaplasty",
        "address": ["1 Quibbleton Lane", "Snorbury"],
        "website": "www.zyxwellderm.co.uk",
    },
    "registered_activities": ["Frobnication of disease"],
    "signatory": {"name": "Ann Ffoulkesby", "title": "Inspectrix"},
    "people": [{"name": "Bogdan Wrzos"}],
    "own_words": ["plibbing"],
}
KNOWN = (
    "Zyxwell Oakhurzt-Rowen Rowen Dermaplasty Quibbleton Snorbury zyxwellderm Frobnication "
    "Ffoulkesby’s Inspectrix Wrzos plibbing Plibbing"
)


@pytest.mark.parametrize("word", KNOWN.split())
def test_names_are_known(british: Dictionary, word: str) -> None:
    assert not Checker(british).knows(word)
    words = collect_inspection_words(bring_in(**NAMED).inspection)
    assert Checker(british, words).knows(word)


def test_terms_of_the_framework_are_known() -> None:
    words = collect_framework_words(load_framework(FRAMEWORK), load_reference())
    assert {"Inadequate", "Effective", "wellbeing", "SystmOne"} <= words
    assert not any("#" in word or not word.strip() for word in words)


def test_the_list_of_words_is_in_order_and_has_only_what_a_dictionary_lacks(
    british: Dictionary,
) -> None:
    text = get_resource("words.txt").read_text("utf-8")
    _, *lists = (part.split() for part in re.split(r"^(?:#.*\n)+", text, flags=re.MULTILINE))
    everywhere, on_windows, elsewhere = lists
    for listed in lists:
        assert listed == sorted(set(listed), key=str.casefold)
    assert len({*everywhere, *on_windows, *elsewhere}) == sum(map(len, lists))
    checker = Checker(british)
    lacking = everywhere + (on_windows if os.name == "nt" else elsewhere)
    assert [word for word in lacking if checker.knows(word)] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_spelt_right(british: Dictionary, name: str) -> None:
    inspection = load_sample(name).inspection
    framework = load_framework(inspection.details.framework)
    words = collect_framework_words(framework, load_reference())
    checker = Checker(british, words | collect_inspection_words(inspection))
    texts = [text for _, text in list_texts(inspection)]
    assert len(texts) > 10
    assert [found.word for text in texts for found in checker.find(text)] == []


def test_changes_of_names_are_noticed_and_others_are_not() -> None:
    more = {"actions": {"must": ["Do it."]}, "services": [{"service": "Snorbury"}]}
    inspection = bring_in(**NAMED, **more).inspection
    root = inspection.id
    person = next(inspection.all(Person))
    for id_, field, value, expected in (
        (root, "location_name", "Other", True),
        (root, "own_words", ["x"], True),
        (root, "ratings.safe", "good", False),
        (person.id, "name", "Ann", True),
        (next(inspection.all(Action)).id, "text", "Else", False),
    ):
        draft = Draft(inspection)
        draft.set(id_, field, value)
        assert touches_names(draft.finish("Set"), draft.result) is expected, field
    for id_, expected in (
        (person.id, True),
        (next(inspection.all(Service)).id, True),
        (next(inspection.all(Action)).id, False),
    ):
        draft = Draft(inspection)
        draft.delete(id_)
        assert touches_names(draft.finish("Delete"), draft.result) is expected
