"""Faulty content: every fault is listed with its path, and nothing is imported."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.content.importing import import_content
from inspector_app.domain.entities import Block
from inspector_app.domain.ids import id_from
from inspector_app.errors import ContentFault
from tests.strategies import AWKWARD, FRAMEWORK, contents

HEAD = {"format": "inspection-content/1", "framework": FRAMEWORK, "regime": "rated"}


def find_faults(data: bytes | Any) -> list[str]:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(ContentFault) as caught:
        import_content(raw, "content.json", None)
    faults = [str(fault) for fault in caught.value.faults]
    total = len(faults) + caught.value.left_out
    count = "1 fault" if total == 1 else f"{total:,} faults"
    assert str(caught.value).splitlines() == [
        f"“content.json” cannot be imported; nothing was. It has {count}:",
        *(f"  {fault}" for fault in faults[:MOST_SHOWN]),
        *([f"  and {total - MOST_SHOWN:,} more"] if total > MOST_SHOWN else []),
    ]
    return faults


def section(*blocks: Any) -> dict[str, Any]:
    return {"sections": {"background": list(blocks)}}


def topics(*items: Any) -> dict[str, Any]:
    return {"key_questions": {"safe": {"topics": list(items)}}}


KNOWN_TOPIC = {"topic": "consent"}

CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "unknown key": (
        {"notice": []},
        ["$.notice: no such key 'notice'; did you mean 'notices'?"],
    ),
    "unknown key far from any": ({"zzzz": 1}, ["$.zzzz: no such key 'zzzz'"]),
    "unknown key further down": (
        section({"paragraph": "x", "evidnce": []}),
        [
            "$.sections.background[0].evidnce: no such key 'evidnce'; did you mean 'evidence'?",
        ],
    ),
    "key of no identifier": (
        {"a b": 1, "é": 2},
        ["$[\"a b\"]: no such key 'a b'", "$[\"é\"]: no such key 'é'"],
    ),
    "text for a list": (
        {"people": "Ann"},
        ["$.people: must be a list, not a text"],
    ),
    "number for a text": (
        {"provider": {"name": 3}},
        ["$.provider.name: must be a text, not a whole number"],
    ),
    "null for a text": (
        {"location": {"name": None}},
        ["$.location.name: must be a text, not null"],
    ),
    "text for a flag": (
        {"visit": {"announced": "yes", "short_notice": 1}},
        [
            "$.visit.announced: must be true or false or null, not a text",
            "$.visit.short_notice: must be true or false, not a whole number",
        ],
    ),
    "list for an object": (
        {"sections": []},
        ["$.sections: must be an object, not a list"],
    ),
    "object for a bullet's text": (
        section({"bullets": [{"text": {}}, 7, {"bullets": []}]}),
        [
            "$.sections.background[0].bullets[0].text: must be a text, not an object",
            "$.sections.background[0].bullets[1]: must be a text or an object, not a whole number",
            "$.sections.background[0].bullets[2]: is no bullet; it needs one of 'text', 'nested'",
        ],
    ),
    "bullets two levels below": (
        section({"bullets": [{"text": "a", "bullets": [{"text": "b", "bullets": []}]}]}),
        [
            "$.sections.background[0].bullets[0].bullets[0].bullets: no such key 'bullets'",
        ],
    ),
    "no block": (
        section({"paragrph": "x"}),
        [
            "$.sections.background[0]: is no block; it needs one of 'paragraph', 'bullets', "
            "'heading', 'table', 'breach', 'recommendation', 'image'; did you mean 'paragraph'?",
        ],
    ),
    "two blocks in one": (
        section({"paragraph": "x", "heading": "y"}),
        ["$.sections.background[0]: only one of 'paragraph', 'heading' may stand here"],
    ),
    "regulation of a paragraph": (
        section({"paragraph": "x", "regulation": "RA2014-12"}),
        ["$.sections.background[0].regulation: no such key 'regulation'"],
    ),
    "unknown section": (
        {"sections": {"backgrond": []}},
        ["$.sections.backgrond: no such section 'backgrond'; did you mean 'background'?"],
    ),
    "unknown key question": (
        {"key_questions": {"saef": {}}},
        ["$.key_questions.saef: no such key 'saef'; did you mean 'safe'?"],
    ),
    "unknown regulation": (
        {"notices": [{"regulation": "RA2014-112"}]},
        [
            "$.notices[0].regulation: no such regulation 'RA2014-112'; did you mean 'RA2014-12'?",
        ],
    ),
    "unknown rating": (
        {"ratings": {"safe": "god", "overall": "excellent!"}},
        [
            "$.ratings.safe: no such rating 'god'; did you mean 'good'?",
            "$.ratings.overall: no such rating 'excellent!'",
        ],
    ),
    "rating of no key question": (
        {"ratings": {"saf": "good"}},
        ["$.ratings.saf: no such key question 'saf'; did you mean 'safe'?"],
    ),
    "unknown limiter": (
        {"limiters": ["L9"]},
        ["$.limiters[0]: no such limiter 'L9'; known: 'L1', 'L2', 'L3', 'L4', 'L5'"],
    ),
    "unknown topic of a note": (
        {"evidence": [{"id": "e", "topics": ["safe", "safe.medicine"]}]},
        ["$.evidence[0].topics[1]: no such topic 'safe.medicine'; did you mean 'safe.medicines'?"],
    ),
    "unknown choices": (
        {
            "state": "finished",
            "visit": {"type": "focussed"},
            "notices": [{"kind": "warnings"}],
            "evidence": [{"source": "interviews", "stance": "bad"}],
            "judgements": {"safe": "notmet"},
        },
        [
            "$.state: no such state 'finished'; known: 'draft', 'in_review', 'factual_accuracy', "
            "'final', 'published'",
            "$.visit.type: no such type of visit 'focussed'; did you mean 'focused'?",
            "$.notices[0].kind: no such kind of notice 'warnings'; did you mean 'warning'?",
            "$.evidence[0].source: no such source 'interviews'; did you mean 'interview'?",
            "$.evidence[0].stance: no such stance 'bad'; known: 'strength', 'concern', 'neutral'",
            "$.judgements.safe: no such judgement 'notmet'; did you mean 'not_met'?",
        ],
    ),
    "score out of range": (
        {"scores": {"medicines": 5, "consent": 0, "kindness": 2.0, "zzz": 1, "privacy": True}},
        [
            "$.scores.medicines: must be 4 or less",
            "$.scores.consent: must be 1 or more",
            "$.scores.kindness: must be a whole number, not a decimal number",
            "$.scores.zzz: no such quality statement 'zzz'",
            "$.scores.privacy: must be a whole number, not true or false",
        ],
    ),
    "no dates": (
        {
            "visit": {"dates": ["2020-02-30", "9 January"], "from": "2020-1-9"},
            "evidence": [{"when": "2020-01-09 10:00"}],
        },
        [
            "$.visit.dates[0]: no such day in the calendar: '2020-02-30'",
            "$.visit.dates[1]: must be a date like 2026-11-22, not '9 January'",
            "$.visit.from: must be a date like 2026-11-22, not '2020-1-9'",
            "$.evidence[0].when: must be a date or a date and time like 2026-11-22T14:03, "
            "not '2020-01-09 10:00'",
        ],
    ),
    "repeated ids": (
        {
            "id": "a",
            "people": [{"id": "a"}, {"id": "P/1"}],
            **section({"paragraph": "x", "id": "P/1"}, {"bullets": [{"text": "x", "id": "a"}]}),
        },
        [
            "$.people[0].id: the id 'a' stands already at $",
            "$.sections.background[0].id: the id 'P/1' stands already at $.people[1]",
            "$.sections.background[1].bullets[0].id: the id 'a' stands already at $",
        ],
    ),
    "an id that a foreign one is kept under": (
        {"people": [{"id": "P/1"}, {"id": id_from("external:P/1")}]},
        [
            f"$.people[1].id: the id '{id_from('external:P/1')}' stands already at $.people[0]",
        ],
    ),
    "id too long": (
        {"people": [{"id": "x" * 201}]},
        ["$.people[0].id: must have at most 200 characters, not 201"],
    ),
    "links to nowhere": (
        {
            "evidence": [{"id": "note1", "text": "x"}],
            "people": [{"id": "p1"}],
            **section(
                {"paragraph": "x", "evidence": ["note1", "note2"]},
                {"bullets": [{"text": "x", "evidence": ["p1"]}]},
                {"image": "photo"},
            ),
            "actions": {"must": [{"text": "x", "evidence": [""]}]},
        },
        [
            "$.sections.background[0].evidence[1]: no such evidence note 'note2'; "
            "did you mean 'note1'?",
            "$.sections.background[1].bullets[0].evidence[0]: no such evidence note 'p1'; "
            "known: 'note1'",
            "$.sections.background[2].image: no such attachment 'photo'",
            "$.actions.must[0].evidence[0]: no such evidence note ''; known: 'note1'",
        ],
    ),
    "topic and title": (
        topics({"lead": "y"}, {"title": "z"}, {"topic": "no_more", "title": "x"}),
        ["$.key_questions.safe.topics[0]: needs 'topic' or 'title'"],
    ),
    "topic and title in a service": (
        {"services": [topics({})]},
        ["$.services[0].key_questions.safe.topics[0]: needs 'topic' or 'title'"],
    ),
    "topic of another key question": (
        topics(KNOWN_TOPIC),
        [
            "$.key_questions.safe.topics[0].topic: no such topic 'consent'; known: "
            "'safety_systems', 'risks_to_patients', 'information_safe_care', 'medicines', "
            "'track_record', 'lessons_learned'"
        ],
    ),
    "bad base64": (
        {"attachments": [{"name": "a", "bytes": "äöü"}, {"name": "b", "bytes": "A*AAA"}]},
        ["$.attachments[0].bytes: is not base64", "$.attachments[1].bytes: is not base64"],
    ),
    "wrong hash": (
        {"attachments": [{"name": "a", "bytes": "AAAA", "sha256": "0" * 64}]},
        ["$.attachments[0].sha256: is not the SHA-256 of the bytes"],
    ),
    "no hash": (
        {"attachments": [{"name": "a", "sha256": "0" * 63}]},
        [f"$.attachments[0].sha256: must be 64 small hexadecimal digits, not '{'0' * 39}…'"],
    ),
    "attachments without a name or with one twice": (
        {"attachments": [7, {"name": "a"}, {"name": "b"}, {"name": "a"}, {"name": ""}, {}]},
        [
            "$.attachments[0]: must be an object, not a whole number",
            "$.attachments[4].name: must not be empty",
            "$.attachments[5].name: is missing",
            "$.attachments[3].name: the name stands already at $.attachments[1]",
        ],
    ),
    "half of a character": (
        {"people": [{"name": "\ud83d"}], "\udc00": 1, "ratings": {"safe": "\ud83d"}},
        [
            "$[\"\ufffd\"]: no such key '\ufffd'",
            "$.people[0].name: must be Unicode text; it holds half of a character",
            "$.ratings.safe: no such rating '\ufffd'",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_faults(name: str) -> None:
    content, faults = CASES[name]
    assert find_faults({**HEAD, **content}) == faults


def test_the_fault_of_the_acceptance_list() -> None:
    content = topics({"topic": "risks_to_patients"}, {"title": "Own"}, {"topic": "medicine"})
    assert find_faults({**HEAD, **content}) == [
        "$.key_questions.safe.topics[2].topic: no such topic 'medicine'; did you mean 'medicines'?"
    ]


def test_all_faults_are_listed_at_once() -> None:
    """A fault of one kind hides none of another."""
    everything: dict[str, Any] = {**HEAD}
    wanted: list[str] = []
    for name in (
        "unknown key",
        "text for a flag",
        "unknown rating",
        "unknown limiter",
        "links to nowhere",
        "score out of range",
        "topic and title",
        "bad base64",
    ):
        content, faults = CASES[name]
        assert not content.keys() & everything.keys() - {"people"}, name
        everything |= content
        wanted += faults
    everything["services"] = [{"id": "p1", "colour": 1}]
    wanted += [
        "$.services[0].colour: no such key 'colour'",
        "$.services[0].id: the id 'p1' stands already at $.people[0]",
        "$.provider.name: stands twice in the same object",
    ]
    text = json.dumps(everything)[:-1] + ', "provider": {"name": "a", "name": "b"}}'
    assert sorted(find_faults(text.encode())) == sorted(wanted)


# ---- what is no content at all


@pytest.mark.parametrize(
    ("value", "faults"),
    [
        ([], ["$: must be an object, not a list"]),
        ([HEAD], ["$: must be an object, not a list"]),
        (None, ["$: must be an object, not null"]),
        (7, ["$: must be an object, not a whole number"]),
        ("inspection-content/1", ["$: must be an object, not a text"]),
        ({}, ["$.format: is missing", "$.framework: is missing", "$.regime: is missing"]),
        (
            {"format": 1, "framework": [], "regime": None},
            [
                "$.format: must be a text, not a whole number",
                "$.framework: must be a text, not a list",
                "$.regime: must be a text, not null",
            ],
        ),
    ],
)
def test_other_values(value: Any, faults: list[str]) -> None:
    assert find_faults(value) == faults


@pytest.mark.parametrize("number", ["inspection-content/2", "inspection-content/10", "x", ""])
def test_another_format_is_refused_by_both_names_and_for_nothing_else(number: str) -> None:
    assert find_faults({"format": number, "unknown": 1}) == [
        f"$.format: is “{number}”; this version of Inspector reads “inspection-content/1”"
    ]


def test_an_unknown_framework_does_not_hide_other_faults() -> None:
    content = {**HEAD, "framework": "independent_health_2081", "regime": "rate", "peple": []}
    assert find_faults(content) == [
        "$.framework: no such framework 'independent_health_2081'; "
        "did you mean 'independent_health_2018'?",
        "$.peple: no such key 'peple'; did you mean 'people'?",
        "$.regime: no such regime of this framework 'rate'; did you mean 'rated'?",
    ]


def test_a_regime_that_the_framework_does_not_allow() -> None:
    assert find_faults({**HEAD, "regime": "scored"}) == [
        "$.regime: no such regime of this framework 'scored'; known: 'rated', 'unrated'"
    ]


# ---- files that are no JSON

GOOD = json.dumps(
    {
        **HEAD,
        "visit": {"announced": True, "short_notice": False},
        "scores": {"medicines": 3},
        "previous_breaches": [{"now": None}],
        "provider": {"name": 'Ärzte \u2028 \\ " 👩'},
        "people": [{"name": "é\u0001"}, {}],
    },
    ensure_ascii=False,
).encode()
ESCAPED = json.dumps(json.loads(GOOD)).encode()


@pytest.mark.parametrize("whole", [GOOD, ESCAPED], ids=["plain", "escaped"])
def test_a_file_that_was_cut_off_says_so_wherever_the_cut_is(whole: bytes) -> None:
    import_content(whole, "x", None)
    for length in range(1, len(whole)):
        (fault,) = find_faults(whole[:length])
        assert ": the file ends in the middle" in fault, whole[:length]


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file(data: bytes) -> None:
    assert find_faults(data) == ["$: the file is empty"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (GOOD.decode().encode("latin-1", "replace"), "byte 235: is not UTF-8 text"),
        (GOOD.decode().encode("utf-16"), "byte 0: is not UTF-8 text"),
        (
            b'{"a": 1,}',
            (
                "line 1, column 9: is not well-formed JSON (Expecting property name",
                # As Python says from 3.13 on.
                "line 1, column 8: is not well-formed JSON (Illegal trailing comma",
            ),
        ),
        (b"{'a': 1}", "line 1, column 2: is not well-formed JSON (Expecting property name"),
        (b'{"a": 1} x', "line 1, column 10: is not well-formed JSON (Extra data)"),
        (b'{\n "a": truth}', "line 2, column 7: is not well-formed JSON (Expecting value)"),
        (b'{"a": "b\nc"}', "line 1, column 9: is not well-formed JSON (Invalid control character"),
        (b'{"a": NaN}', "$: has the number NaN, which JSON does not know"),
        (b'{"a": -Infinity}', "$: has the number -Infinity, which JSON does not know"),
        (b"[" * 100_000, "$: is nested too deeply"),
        (b"[" * 100_000 + b"]" * 100_000, "$: is nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "$: is nested too deeply"),
    ],
    ids=lambda value: repr(value[:12]) if isinstance(value, bytes) else None,
)
def test_files_that_are_no_json(data: bytes, fault: str | tuple[str, ...]) -> None:
    (found,) = find_faults(data)
    assert found.startswith(fault)


def test_nesting_that_json_can_still_read() -> None:
    nested: Any = "x"
    for _ in range(400):
        nested = {"bullets": [nested], "text": "x"}
    faults = find_faults({**HEAD, **section(nested)})
    assert len(faults) == 2  # a text and bullets are no block together; nothing is looked at below
    deep = json.dumps({**HEAD}).encode()[:-1] + b', "tags": ' + b"[" * 500 + b"]" * 500 + b"}"
    assert find_faults(deep) == ["$.tags: no such key 'tags'"]


def test_a_byte_order_mark_is_passed_over() -> None:
    assert import_content(b"\xef\xbb\xbf" + GOOD, "x", None).inspection.details.regime == "rated"


@pytest.mark.parametrize("digits", ["9" * 20, "9" * 5000, "-" + "9" * 100_000])
def test_huge_numbers(digits: str) -> None:
    text = json.dumps({**HEAD, "scores": {"medicines": "HERE"}, "id": "HERE"})
    limit = "1 or more" if digits.startswith("-") else "4 or less"
    assert find_faults(text.replace('"HERE"', digits).encode()) == [
        f"$.scores.medicines: must be {limit}",
        "$.id: must be a text, not a whole number",
    ]
    assert find_faults(text.replace('"HERE"', "1e999").encode())[0] == (
        "$.scores.medicines: must be a whole number, not a decimal number"
    )


def test_keys_that_stand_twice() -> None:
    text = json.dumps({**HEAD, "people": [{"name": "a"}], "provider": {}})
    text = text.replace('{"name": "a"}', '{"name": "a", "role": "b", "name": "c", "role": "d"}')
    text = text[:-1] + ', "regime": "rated"}'
    assert find_faults(text.encode()) == [
        "$.regime: stands twice in the same object",
        "$.people[0].name: stands twice in the same object",
        "$.people[0].role: stands twice in the same object",
    ]


def test_a_picture_that_nobody_has_chosen_yet_is_no_fault() -> None:
    content = json.dumps({**HEAD, **section({"image": "", "alt": "The front door"})})
    imported = import_content(content.encode(), "content.json", None)
    (block,) = [part for part in imported.inspection if isinstance(part, Block)]
    assert (block.attachment, block.text) == ("", "The front door")


# ---- many faults, and hostile ones


MOST_LISTED = 1000
MOST_SHOWN = 200


def test_thousands_of_wrong_links_come_to_an_end() -> None:
    notes = [{"id": f"note {number}", "text": "x"} for number in range(3000)]
    photos = [{"id": f"photo {number}", "name": f"{number}.jpg"} for number in range(3000)]
    blocks: list[dict[str, Any]] = []
    for number in range(3000):
        blocks.append({"paragraph": "x", "evidence": [f"nota {number}"]})
        blocks.append({"image": f"foto {number}"})
    faults = find_faults({**HEAD, "evidence": notes, "attachments": photos, **section(*blocks)})
    assert len(faults) == MOST_LISTED
    assert faults[0] == "$.sections.background[0].evidence[0]: no such evidence note 'nota 0'"
    assert faults[1] == "$.sections.background[1].image: no such attachment 'foto 0'"


def test_thousands_of_wrong_notes_come_to_an_end() -> None:
    notes = [
        {"id": "same", "attachments": [3], "txt": "x", "topics": ["saef"]} for _ in range(3000)
    ]
    assert len(find_faults({**HEAD, "evidence": notes})) == MOST_LISTED


def test_thousands_of_keys_that_stand_twice_come_to_an_end() -> None:
    people = ", ".join(['{"name": "a", "name": "b"}'] * 20_000)
    text = json.dumps({**HEAD, "people": []}).replace("[]", f"[{people}]")
    faults = find_faults(text.encode())
    assert len(faults) == MOST_LISTED
    assert faults[-1] == "$.people[999].name: stands twice in the same object"


def test_messages_quote_no_text_of_the_inspection() -> None:
    told = "Mrs Smith told us"
    content = {
        **HEAD,
        "people": [{"name": [told]}],
        "evidence": [{"id": "a", "text": {"x": told}}, {"id": "a", "text": told}],
        **section({"paragraph": told, "heading": told}),
    }
    assert not any(told in fault for fault in find_faults(content))


@settings(max_examples=60)
@given(contents(), st.data())
def test_damage_anywhere_ends_in_a_fault_or_not_at_all(
    content: dict[str, Any], data: st.DataObject
) -> None:
    """Whatever stands in a file, an import gives an inspection or a `ContentFault`."""
    places: list[tuple[Any, Any]] = []

    def collect(value: Any) -> None:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in pairs:
            places.append((value, key))
            if isinstance(part, dict | list):
                collect(part)

    collect(content)
    for _ in range(data.draw(st.integers(1, 3))):
        owner, key = data.draw(st.sampled_from(places))
        wrong = st.sampled_from([None, True, 0, 1.5, "", "x", [], {}, [[]], [{}], {"id": "x"}])
        owner[key] = data.draw(wrong | st.sampled_from(AWKWARD))
    try:
        imported = import_content(json.dumps(content).encode(), "x", None)
    except ContentFault as fault:
        assert fault.faults  # noqa: PT017
    else:
        assert imported.inspection.details.regime == content["regime"]


@settings(max_examples=200)
@given(st.binary(max_size=40))
def test_any_bytes_end_in_a_fault(data: bytes) -> None:
    assert find_faults(data)


def test_bytes_that_fit_their_hash_are_no_fault() -> None:
    data = b"\x00photo"
    item = {
        "name": "a",
        "bytes": base64.b64encode(data).decode(),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    imported = import_content(json.dumps({**HEAD, "attachments": [item]}).encode(), "x", None)
    assert imported.attachments == {item["sha256"]: data}
