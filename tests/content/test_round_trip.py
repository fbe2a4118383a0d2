"""What is imported comes out again the same."""

from __future__ import annotations

import copy
import hashlib
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from inspector_app.content.importing import Imported
from inspector_app.content.samples import SAMPLES, load_sample
from inspector_app.content.writing import build_content, write_content
from inspector_app.domain.change import Change
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import (
    Attachment,
    Block,
    EvidenceNote,
    KeyQuestion,
    Section,
    Topic,
)
from inspector_app.domain.ids import id_from, is_own_id
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.starting import start_inspection
from inspector_app.frameworks.load import load_framework
from tests.content.comparing import assert_same, dump, load
from tests.strategies import FRAMEWORK, KEY_QUESTIONS, SECTIONS, contents

HEAD = {"format": "inspection-content/1", "framework": FRAMEWORK, "regime": "rated"}


def reload(imported: Imported) -> Imported:
    return load(dump(imported))


def changed(imported: Imported, draft: Draft) -> Imported:
    return imported._replace(inspection=draft.result)


def find_ids(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["id"]} if value.get("id") else set()
        parts = (part for key, part in value.items() if key not in {"provider", "location"})
        return own.union(*map(find_ids, parts))
    return set().union(*map(find_ids, value)) if isinstance(value, list) else set()


@settings(max_examples=250)
@given(contents())
def test_content_comes_back_the_same(content: dict[str, Any]) -> None:
    for key in content:
        event(key)
    given_content = copy.deepcopy(content)
    first = load(content)
    assert content == given_content
    written = dump(first)
    assert_same(written, content)

    again = load(written)
    assert dump(again) == written
    assert again.inspection.id == first.inspection.id
    # Sections are the one kind without a place for an id, and the empty ones of a key question go.
    assert {part.id for part in again.inspection} == {part.id for part in first.inspection}
    assert again.attachments == first.attachments
    assert find_ids(content) <= find_ids(written)
    assert all(is_own_id(part.id) for part in first.inspection)


@settings(max_examples=60)
@given(contents())
def test_an_import_is_one_change_from_nothing(content: dict[str, Any]) -> None:
    imported = load(content, who="AB")
    change = imported.change
    assert (change.label, change.who) == ("Import content.json", "AB")
    assert Inspection().apply(change) == imported.inspection
    assert imported.inspection.apply(change.inverse("Undo")) == Inspection()


@settings(max_examples=60)
@given(contents())
def test_a_second_import_gives_the_same_parts(content: dict[str, Any]) -> None:
    one, two = load(content).inspection, load(content).inspection
    if content.get("id"):
        assert one == two
    else:
        # The inspection itself is another one.
        assert one.id != two.id
        assert {part.id for part in one} - {one.id} == {part.id for part in two} - {two.id}
        assert [part.position for part in one] == [part.position for part in two]


@settings(max_examples=60)
@given(contents(), st.data())
def test_ids_stay_when_the_order_changes(content: dict[str, Any], data: st.DataObject) -> None:
    """Ids that an import makes from places are written out once their parts stand elsewhere."""
    first = load(content)
    parts = [part for part in first.inspection if part.id != first.inspection.id]
    movable = [part for part in parts if not isinstance(part, Section)]
    if not movable:
        return
    draft = Draft(first.inspection)
    part = data.draw(st.sampled_from(movable))
    if data.draw(st.booleans()):
        draft.delete(part.id)
    else:
        siblings = draft.result.child_ids(part.parent, type(part))
        draft.move(part.id, part.parent, data.draw(st.sampled_from([None, *siblings])))
    after = changed(first, draft)
    again = reload(after)
    assert dump(again) == dump(after)
    assert {item.id for item in again.inspection} == {item.id for item in draft.result}


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_come_back_the_same(name: str) -> None:
    imported = load_sample(name)
    assert imported.remarks == ()
    again = reload(imported)
    assert dump(again) == dump(imported)
    assert again.inspection == imported.inspection


# ---- inspections that start in the application


@pytest.mark.parametrize("regime", ["rated", "unrated"])
def test_a_new_inspection_comes_back_whole(regime: str) -> None:
    framework = load_framework(FRAMEWORK)
    change, inspection = start_inspection(
        {"framework": framework.id, "framework_version": framework.version, "regime": regime},
        SECTIONS,
        KEY_QUESTIONS,
    )
    again = load(dump(Imported(inspection, change, {}, ()))).inspection
    assert again == inspection


def test_writing_leaves_the_first_bytes_to_the_head() -> None:
    imported = load({**HEAD, "id": "x", "provider": {"name": "Ä & B"}})
    data = write_content(imported.inspection, None)
    assert data.startswith(b'{\n "format": "inspection-content/1",\n "framework"')
    assert "Ä & B".encode() in data
    assert data.endswith(b"\n}\n")
    assert json.loads(data) == {**HEAD, "id": "x", "provider": {"name": "Ä & B"}}


# ---- fidelity, one thing at a time


def there_and_back(**content: Any) -> dict[str, Any]:
    return dump(load({**HEAD, **content}))


@pytest.mark.parametrize("announced", [True, False, None])
def test_announced_has_three_values(announced: bool | None) -> None:
    written = there_and_back(visit={"announced": announced})
    if announced is None:
        assert "visit" not in written
    else:
        assert written["visit"] == {"announced": announced}
    assert load({**HEAD, "visit": {"announced": announced}}).inspection.details.announced is (
        announced
    )


def test_left_out_announced_is_unknown() -> None:
    assert load({**HEAD, "visit": {}}).inspection.details.announced is None


def test_a_key_question_without_anything_was_still_looked_at() -> None:
    written = there_and_back(key_questions={"caring": {}, "safe": {"topics": []}})
    assert list(written["key_questions"]) == ["caring", "safe"]


def test_key_questions_and_topics_keep_their_order() -> None:
    topics = [{"title": "Own"}, {"topic": "medicines"}, {"topic": "track_record"}, {"title": "B"}]
    written = there_and_back(key_questions={"well_led": {}, "safe": {"topics": topics}})
    assert list(written["key_questions"]) == ["well_led", "safe"]
    found = written["key_questions"]["safe"]["topics"]
    assert [{key: topic[key] for key in topic if key != "body"} for topic in found] == topics


def test_set_aside_checks_and_state_come_back() -> None:
    aside = [{"check": "c1", "place": "p", "reason": "r"}, {"id": "P/1", "check": "c2"}]
    written = there_and_back(set_aside=aside, state="published", framework_version="2018-01-01")
    assert written["set_aside"] == aside
    assert (written["state"], written["framework_version"]) == ("published", "2018-01-01")


def test_the_days_of_the_states_come_back() -> None:
    days = {"draft": "2026-11-02", "published": "2026-11-22"}
    written = there_and_back(state="published", state_dates={**days, "in_review": ""})
    assert written["state_dates"] == days
    assert "state_dates" not in there_and_back(state="published", state_dates={})


EMPTY_TEXTS = {
    "id": "",
    "state": "",
    "provider": {"name": "", "id": ""},
    "visit": {"type": "", "from": "", "to": "", "publication_date": ""},
    "previous_ratings": {"safe": "", "overall": "", "date": ""},
    "previous_breaches": [{"id": "", "regulation": "", "date": "", "now": ""}, {"now": None}],
    "ratings": {"safe": "", "overall": ""},
    "judgements": {"safe": ""},
    "rating_grid": [{"id": "", "ratings": {"safe": ""}}],
    "key_questions": {
        "safe": {
            "id": "",
            "topics": [
                {"topic": "medicines", "title": "", "lead": ""},
                {"topic": "", "title": "Own"},
                {"title": ""},
            ],
            "summary": [
                {"breach": "b", "regulation": "", "id": ""},
                {"image": "", "caption": "", "alt": ""},
                {"bullets": [{"text": "x", "id": ""}]},
            ],
        }
    },
    "actions": {"must": [{"text": "a", "id": "", "key_question": ""}]},
    "notices": [{"id": "", "kind": "", "regulation": "", "key_question": "", "deadline": ""}],
    "evidence": [{"id": "", "source": "", "stance": "", "when": "", "category": ""}],
    "attachments": [{"id": "", "name": "a.jpg", "sha256": "", "bytes": "", "media_type": ""}],
}


def test_absent_and_empty_mean_the_same() -> None:
    written = there_and_back(**EMPTY_TEXTS)
    for key in ("state", "provider", "visit", "previous_ratings", "ratings", "judgements"):
        assert key not in written
    safe = written["key_questions"]["safe"]
    assert [topic.get("topic") or topic["title"] for topic in safe["topics"]] == [
        "medicines",
        "Own",
        "",
    ]
    assert written["actions"] == {"must": ["a"]}
    assert written["notices"] == [{"kind": "requirement"}]
    assert load(written).inspection == load(written).inspection
    assert dump(load(written)) == written


def test_foreign_ids_are_kept_and_links_follow_them() -> None:
    note = {"id": "P-1/x", "text": "n", "source": "data", "stance": "neutral"}
    photo = {"id": "photo 1", "name": "a.jpg", "sha256": "0" * 64}
    blocks = [
        {"bullets": [{"text": "b", "id": "B/1", "evidence": ["P-1/x"]}]},
        {"image": "photo 1", "id": "ok1"},
    ]
    content = {"evidence": [note], "attachments": [photo], "sections": {"background": blocks}}
    imported = load({**HEAD, "id": "Inspection №1", **content})
    written = dump(imported)
    assert written["id"] == "Inspection №1"
    assert {key: written[key] for key in content} == content
    bullet = imported.inspection.get(id_from("external:B/1"), Block)
    assert bullet.external_id == "B/1"
    assert bullet.evidence == (id_from("external:P-1/x"),)
    assert imported.inspection.find("ok1") is not None


def test_an_id_that_looks_like_one_made_from_a_place_disturbs_nothing() -> None:
    """Ids are taken from the whole file before any is made."""
    made = [id_from(f"sections.background[{index}]") for index in range(3)]
    blocks = [{"paragraph": "a"}, {"paragraph": "b", "id": made[0]}, {"paragraph": "c"}]
    written = there_and_back(sections={"background": blocks})
    found = written["sections"]["background"]
    assert [block["paragraph"] for block in found] == ["a", "b", "c"]
    assert (found[1]["id"], found[2]["id"]) == (made[0], made[2])
    assert found[0]["id"] not in made
    assert dump(load(written)) == written


def test_neighbouring_lists_are_one_and_others_are_not() -> None:
    blocks = [
        {"bullets": ["a", {"text": "b", "bullets": ["c"]}]},
        {"bullets": []},
        {"bullets": ["d"]},
        {"paragraph": "p"},
        {"bullets": ["e"]},
    ]
    found = there_and_back(sections={"background": blocks})["sections"]["background"]
    texts = [[bullet["text"] for bullet in block.get("bullets", [])] for block in found]
    assert texts == [["a", "b", "d"], [], ["e"]]
    assert [bullet["text"] for bullet in found[0]["bullets"][1]["bullets"]] == ["c"]


def test_files_of_a_note_keep_their_order_whether_they_came_or_not() -> None:
    files = ["left.jpg", "a.jpg", "lost.pdf", "b.jpg", "gone"]
    attachments = [{"id": f"f{n}", "name": f"{n}.jpg", "sha256": n * 64} for n in "ab"]
    notes = [{"id": "n1", "text": "", "attachments": files}]
    imported = load({**HEAD, "attachments": attachments, "evidence": notes})
    note = imported.inspection.get("n1", EvidenceNote)
    assert note.attachments == ("fa", "fb")
    assert list(note.missing_attachments) == ["left.jpg", "lost.pdf", "gone"]
    assert dump(imported)["evidence"][0]["attachments"] == files


def test_an_attachment_without_a_single_byte_comes_back() -> None:
    nothing = hashlib.sha256(b"").hexdigest()
    imported = load({**HEAD, "attachments": [{"id": "f", "name": "a.txt", "sha256": nothing}]})
    assert imported.attachments == {nothing: b""}
    assert imported.remarks == ()
    again = reload(imported)
    assert again.attachments == {nothing: b""}


# ---- what only the application can make still comes out, and can come in again


def test_two_sections_or_key_questions_of_one_id_lose_nothing() -> None:
    imported = load(
        {
            **HEAD,
            "sections": {"background": [{"paragraph": "one"}]},
            "key_questions": {
                "safe": {
                    "summary": [{"paragraph": "one"}],
                    "topics": [{"topic": "medicines", "body": [{"paragraph": "one"}]}],
                }
            },
        }
    )
    root = imported.inspection.id
    draft = Draft(imported.inspection)
    draft.create(Section(id="zz1", parent=root, section="background"))
    draft.create(KeyQuestion(id="zz2", parent=root, position="z", key_question="safe"))
    draft.create(Topic(id="zz3", parent="zz2", position="V", title="two"))
    for parent in ("zz1", "zz2", "zz3"):
        block = Block(id=f"b{parent}", parent=parent, position="V", kind="paragraph", text="two")
        draft.create(block)
    written = dump(changed(imported, draft))

    def texts(blocks: list[dict[str, Any]]) -> list[str]:
        return [block["paragraph"] for block in blocks]

    assert sorted(texts(written["sections"]["background"])) == ["one", "two"]
    safe = written["key_questions"]["safe"]
    assert texts(safe["summary"]) == ["one", "two"]
    assert [texts(topic["body"]) for topic in safe["topics"]] == [["one"], ["two"]]
    assert dump(load(written)) == written


def test_links_to_what_was_deleted_are_left_out() -> None:
    imported = load(
        {
            **HEAD,
            "evidence": [{"id": "n1", "text": "x", "attachments": ["a.jpg"]}, {"id": "n2"}],
            "attachments": [{"id": "f1", "name": "a.jpg", "sha256": "0" * 64}],
            "sections": {
                "background": [
                    {"paragraph": "p", "id": "p1", "evidence": ["n2", "n1"]},
                    {"image": "f1", "id": "i1", "caption": "c"},
                ]
            },
        }
    )
    draft = Draft(imported.inspection)
    draft.delete("n2")
    draft.delete("f1")
    written = dump(changed(imported, draft))
    assert written["sections"]["background"] == [
        {"paragraph": "p", "id": "p1", "evidence": ["n1"]},
        {"image": "", "id": "i1", "caption": "c"},
    ]
    assert written["evidence"] == [
        {"id": "n1", "text": "x", "source": "other", "stance": "neutral"}
    ]
    assert dump(load(written)) == written


def test_a_breach_that_became_a_paragraph_can_come_in_again() -> None:
    imported = load(
        {
            **HEAD,
            "sections": {
                "background": [{"breach": "b", "regulation": "RA2014-12", "id": "b1"}],
            },
        }
    )
    draft = Draft(imported.inspection)
    draft.set("b1", "kind", "paragraph")
    written = dump(changed(imported, draft))
    assert written["sections"]["background"] == [{"paragraph": "b", "id": "b1"}]
    assert dump(load(written)) == written


def test_two_photos_of_one_name_come_out_with_two_names() -> None:
    imported = load({**HEAD, "id": "x"})
    draft = Draft(imported.inspection)
    for number, name in enumerate(
        ["a.jpg", "a.jpg", "a (2).jpg", "a.jpg", "", ".x", ".x", "n", "n"]
    ):
        position = draft.position_at_end("x", Attachment)
        draft.create(Attachment(id=f"f{number}", parent="x", position=position, name=name))
    draft.create(EvidenceNote(id="n1", parent="x", attachments=("f3", "f0", "f4")))
    written = dump(changed(imported, draft))
    names = [item["name"] for item in written["attachments"]]
    assert names == [
        "a.jpg",
        "a (2).jpg",
        "a (2) (2).jpg",
        "a (3).jpg",
        "f4",
        ".x",
        " (2).x",
        "n",
        "n (2)",
    ]
    assert written["evidence"][0]["attachments"] == ["a (3).jpg", "a.jpg", "f4"]
    again = load(written)
    assert again.inspection.get("n1", EvidenceNote).attachments == ("f3", "f0", "f4")


def test_a_nested_bullet_without_one_above_it_stays_nested() -> None:
    imported = load({**HEAD, "id": "x", "sections": {"background": []}})
    section = next(imported.inspection.all(Section)).id
    draft = Draft(imported.inspection)
    for number, level in enumerate((1, 1, 0, 1)):
        draft.create(
            Block(id=f"b{number}", parent=section, position=f"{number + 1}", kind="bullet",
                  level=level, text=str(number))
        )  # fmt: skip
    written = build_content(draft.result, None)
    assert written["sections"]["background"] == [
        {
            "bullets": [
                {"nested": [{"text": "0", "id": "b0"}, {"text": "1", "id": "b1"}]},
                {"text": "2", "id": "b2", "bullets": [{"text": "3", "id": "b3"}]},
            ]
        }
    ]
    again = load(written).inspection
    assert [block.level for block in again.children(section, Block)] == [1, 1, 0, 1]


def test_bytes_stay_out_where_nobody_reads_them() -> None:
    imported = load({**HEAD, "attachments": [{"id": "f", "name": "a", "bytes": "AAAA"}]})
    (sha256,) = imported.attachments
    item = {"id": "f", "name": "a", "sha256": sha256}
    assert build_content(imported.inspection, None)["attachments"] == [item]
    assert dump(imported)["attachments"] == [{**item, "bytes": "AAAA"}]


def test_details_are_read_as_what_they_are() -> None:
    details = load(
        {
            **HEAD,
            "visit": {
                "type": "focused",
                "dates": ["2020-01-09", "2020-01-08"],
                "from": "2020-01-01",
            },
            "previous_ratings": {"safe": "good", "date": "2019-05-01"},
        }
    ).inspection.details
    assert details.visit_dates == (date(2020, 1, 9), date(2020, 1, 8))
    assert details.visit_from == date(2020, 1, 1)
    assert details.previous_ratings == {"safe": "good"}
    assert details.previous_rating_date == date(2019, 5, 1)
    assert details.state is None


def test_a_change_made_by_hand_is_not_needed_to_dump() -> None:
    """An inspection without its history is written just the same."""
    imported = load({**HEAD, "people": [{"name": "A"}, {}]})
    rebuilt = Inspection(imported.inspection)
    nothing = Change(label="", edits=())
    assert dump(Imported(rebuilt, nothing, {}, ())) == dump(imported)
