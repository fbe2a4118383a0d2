"""Search and replace over whole inspections."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.content.importing import import_content
from inspector_app.domain.change import Change, Edit
from inspector_app.domain.entities import Attachment, Block, EvidenceNote, Person
from inspector_app.domain.search.folding import Span
from inspector_app.domain.search.ranking import rank_by_words, steps_by_words
from inspector_app.domain.search.replace import (
    Spot,
    draft_replacement,
    name_replacement,
    replace_spans,
)
from inspector_app.domain.search.search import Found, Query, SearchIndex
from tests.domain.search.plainly import compare_as, find_plainly
from tests.report.making import bring_in
from tests.strategies import REGULATIONS, contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector_app.domain.entities import Entity
    from inspector_app.domain.inspection import Inspection

CHOSEN = {
    *("id", "parent", "position", "external_id", "framework", "framework_version", "regime"),
    *("state", "visit_type", "limiters", "section", "key_question", "topic", "kind", "regulation"),
    *("attachment", "evidence", "strength", "breached_paragraphs", "source", "when", "by"),
    *("stance", "topics", "regulations", "tags", "category", "attachments", "media_type"),
    *("sha256", "role", "check", "place", "reason", "now", "own_words", "met_characteristics"),
    *("group",),
}
"""Fields whose texts nobody wrote as words of the inspection."""


LOG = {"text": "Fridge log", "id": "log", "evidence": ["note"]}
PHOTO = {"id": "photo", "name": "fridge.jpg", "sha256": "0" * 64, "caption": "fridge"}


def search(inspection: Inspection, text: str, **how: Any) -> list[Found]:
    return list(SearchIndex().search(inspection, Query(text, **how)))


def list_spots(found: Iterable[Found]) -> list[Spot]:
    return [
        Spot(item.entity, item.place.field, item.place.at, item.place.text, span)
        for item in found
        for span in item.spans
    ]


def make_clinic() -> Inspection:
    return bring_in(
        "rated",
        location={"name": "Fridge Lane Clinic", "address": ["1 Fridge Lane", "Leeds"]},
        signatory={"name": "A. Fridge"},
        key_questions={
            "safe": {
                "summary": [{"paragraph": "The fridge was warm.", "id": "summary"}],
                "topics": [
                    {
                        "title": "The fridge",
                        "lead": "A fridge is a fridge.",
                        "body": [
                            {"bullets": [LOG]},
                            {"table": {"header": ["Fridge"], "rows": [["8°C", "fridge 2"]]}},
                            {"image": "photo", "caption": "The fridge", "alt": "A white fridge"},
                        ],
                    }
                ],
            }
        },
        actions={"must": ["Mend the fridge."], "should": []},
        notices=[
            {
                "regulation": REGULATIONS[0],
                "must": "Mend every fridge.",
                "action": "No fridge may be used.",
                "activities": ["Fridge services"],
                "how_not_met": [{"paragraph": "One fridge was warm."}],
            }
        ],
        attachments=[PHOTO],
        evidence=[{"id": "note", "text": "The fridge hums.", "source_detail": "fridge log",
                   "tags": ["fridge"], "attachments": ["fridge.jpg"]}],
        previous_breaches=[{"text": "No fridge.", "answer": "A fridge was bought."}],
        people=[{"name": "Mr Fridge"}],
        rating_grid=[{"service": "Fridge care"}],
    ).inspection  # fmt: skip


def test_every_kind_of_text_is_found() -> None:
    inspection = make_clinic()
    found = search(inspection, "fridge")
    kinds = [(type(inspection.find(item.entity)).__name__, item.place.field) for item in found]
    assert kinds == [
        ("Details", "location_name"),
        ("Details", "address"),
        ("Details", "signatory_name"),
        ("PreviousBreach", "text"),
        ("PreviousBreach", "answer"),
        ("Block", "text"),
        ("Topic", "title"),
        ("Topic", "lead"),
        ("Block", "text"),
        ("Block", "header"),
        ("Block", "rows"),
        ("Block", "text"),
        ("Block", "caption"),
        ("Action", "text"),
        ("Service", "name"),
        ("Notice", "activities"),
        ("Notice", "must"),
        ("Notice", "action"),
        ("Block", "text"),
        ("EvidenceNote", "text"),
        ("EvidenceNote", "source_detail"),
        ("Attachment", "caption"),
    ]
    assert [item.place.at for item in found if item.place.at] == [(0,), (0,), (0, 1), (0,)]
    assert [item.hits for item in found if item.place.field == "lead"] == [2]


@pytest.mark.parametrize(
    ("scope", "kinds"),
    [("notes", {EvidenceNote, Attachment}), ("report", None), ("everything", None)],
)
def test_a_search_can_be_narrowed(scope: Any, kinds: set[type] | None) -> None:
    inspection = make_clinic()
    found = SearchIndex().search(inspection, Query("fridge"), scope)
    shown = {type(inspection.find(item.entity)) for item in found}
    if kinds is not None:
        assert shown == kinds
    else:
        assert (EvidenceNote in shown) == (Attachment in shown) == (scope == "everything")
        assert Block in shown


def test_the_report_has_no_reason_for_departing() -> None:
    inspection = bring_in(overall_departure_reason="The fridge was new.").inspection
    search = SearchIndex().search
    assert list(search(inspection, Query("fridge"), "report")) == []
    assert len(list(search(inspection, Query("fridge"), "everything"))) == 1


def test_only_wanted_parts_are_searched() -> None:
    inspection = make_clinic()
    index = SearchIndex()
    blocks = index.search(inspection, Query("fridge"), wanted=lambda part: isinstance(part, Block))
    assert {type(inspection.find(item.entity)) for item in blocks} == {Block}


def test_the_index_follows_changes_and_undo() -> None:
    first = make_clinic()
    index = SearchIndex()
    before = list(index.search(first, Query("fridge")))
    change = Change(
        label="",
        edits=(
            Edit(entity="log", field="text", before="Fridge log", after="Fridge, fridge, log"),
            Edit(entity="summary", before=msgspec.to_builtins(first.find("summary"))),
        ),
    )
    second = first.apply(change)
    after = list(index.search(second, Query("fridge")))
    assert "summary" not in [item.entity for item in after]
    assert [item.hits for item in after if item.entity == "log"] == [2]
    assert list(index.search(second.apply(change.inverse("")), Query("fridge"))) == before


# -- replacing


def test_replacing_all_is_one_change_that_keeps_links() -> None:
    before = make_clinic()
    spots = list_spots(search(before, "fridge"))
    drafted = draft_replacement(before, spots, "cooler")
    assert drafted.replaced == len(spots) == 23
    change = Change(label="", edits=drafted.edits)
    after = before.apply(change)
    assert not search(after, "fridge")
    assert len(search(after, "cooler")) == 22
    log = after.get("log", Block)
    assert (log.text, log.evidence) == ("cooler log", ("note",))
    assert [block.rows for block in after if isinstance(block, Block) and block.rows] == [
        (("8°C", "cooler 2"),)
    ]
    # The names that must not be printed stay the names that they are.
    assert [person.name for person in after.all(Person)] == ["Mr Fridge"]
    assert after.apply(change.inverse("")) == before


def test_a_text_that_changed_meanwhile_is_left_alone() -> None:
    before = make_clinic()
    spots = list_spots(search(before, "fridge"))
    edit = Edit(entity="log", field="text", before="Fridge log", after="A log of the fridge")
    now = before.apply(Change(label="", edits=(edit,)))
    drafted = draft_replacement(now, spots, "cooler")
    assert drafted.replaced == len(spots) - 1
    assert now.apply(Change(label="", edits=drafted.edits)).get("log", Block).text == edit.after


def test_entries_of_lists_that_become_empty_go() -> None:
    before = make_clinic()
    (spot,) = list_spots(search(before, "1 Fridge Lane"))
    drafted = draft_replacement(before, [spot], "")
    after = before.apply(Change(label="", edits=drafted.edits))
    assert after.details.address == ("Leeds",)
    cells = [spot for spot in list_spots(search(before, "8°C")) if spot.field == "rows"]
    edits = draft_replacement(before, cells, "").edits
    after = before.apply(Change(label="", edits=edits))
    assert [block.rows for block in after if isinstance(block, Block) and block.rows] == [
        (("", "fridge 2"),)
    ]


def test_the_step_says_what_it_does() -> None:
    assert name_replacement("fridge", "cooler", 14) == "Replace “fridge” by “cooler” in 14 places"
    assert name_replacement("a\nb", "", 1) == "Replace “a b” by “” in 1 place"
    assert len(name_replacement("x" * 999, "y" * 999, 2)) < 120


# -- any inspection


def list_written(inspection: Inspection) -> Iterator[tuple[str, str]]:
    """Yield part and text of all that was written, by leaving out what was not."""
    for entity in inspection:
        if isinstance(entity, Person) or type(entity).__name__ == "SetAside":
            continue
        for field in msgspec.structs.fields(entity):
            if field.name in CHOSEN or (field.name == "name" and isinstance(entity, Attachment)):
                continue
            if field.name == "text" and isinstance(entity, Block) and entity.kind == "table":
                continue
            yield from ((entity.id, text) for text in leaves(getattr(entity, field.name)))


def leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from leaves(item)
    else:
        # Mappings of ratings, numbers and dates.
        assert value is None or isinstance(value, bool | int | dict | date)


def identity(entity: Entity) -> tuple[Any, ...]:
    names = ("id", "parent", "position", "external_id", "evidence", "attachments", "kind", "level")
    return tuple(getattr(entity, name, None) for name in names)


@settings(max_examples=60)
@given(
    content=contents(),
    query=st.sampled_from(["a", "b", "o", " ", "<5mg", "it's", '"', "e", "ו", "{", "null", "two"]),
    match_case=st.booleans(),
    whole_words=st.booleans(),
    replacement=st.sampled_from(["", "x", "longer text", "{{ x }}"]),
)
def test_search_finds_what_stands_there_and_undo_brings_it_back(
    content: Any, query: str, match_case: bool, whole_words: bool, replacement: str
) -> None:
    before = import_content(json.dumps(content).encode(), "test.json", None).inspection
    found = search(before, query, match_case=match_case, whole_words=whole_words)
    assert sorted((item.entity, item.place.text, item.spans) for item in found) == sorted(
        (id_, text, tuple(spans))
        for id_, text in list_written(before)
        if (spans := find_plainly(text, query, match_case, whole_words))
    )
    assert all(item.hits == len(item.spans) for item in found)
    spots = list_spots(found)
    drafted = draft_replacement(before, reversed(spots), replacement)
    assert drafted.replaced == len(spots)
    change = Change(label="", edits=drafted.edits)
    after = before.apply(change)
    assert [identity(entity) for entity in after] == [identity(entity) for entity in before]
    assert after.apply(change.inverse("")) == before


@given(st.text("abc", max_size=12), st.text("abx", max_size=3))
def test_spans_are_replaced_as_texts_are(text: str, replacement: str) -> None:
    spans = find_plainly(text, "ab", True, False)
    assert replace_spans(text, spans[::-1], replacement) == text.replace("ab", replacement)


# -- by words


def test_words_are_found_in_any_order() -> None:
    inspection = make_clinic()
    index = SearchIndex()

    def find(text: str) -> list[str]:
        found = steps_by_words(index, inspection, text)
        return [item.place.text for item in found if item is not None]

    assert find("warm fridge") == ["The fridge was warm.", "One fridge was warm."]
    assert find("fridge was warm") == find("warm fridge")
    assert find("warm camel") == find(" ") == []
    (exact, *_) = [item for item in steps_by_words(index, inspection, "Fridge was") if item]
    assert [exact.place.text[start:end] for start, end in exact.spans] == ["fridge was"]


@pytest.mark.parametrize(
    ("shown", "typed", "rank"),
    [
        ("Actions", "act", 0),
        ("Élan", "elan", 0),
        ("View › Theme", "theme", 1),
        ("Redaction, an action", "act", 1),
        ("Redaction", "act", 2),
        ("View › Theme › Dark", "dark theme", 3),
        ("Details", "act", None),
    ],
)
def test_beginnings_fit_best(shown: str, typed: str, rank: int | None) -> None:
    assert rank_by_words(shown, typed) == rank


def test_the_plain_search_itself() -> None:
    assert find_plainly("A ß a", "a", False, False) == [Span(0, 1), Span(4, 5)]
    assert compare_as("É’s \n x", False) == "e's x"
