from __future__ import annotations

import copy
import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from inspector_app.errors import Fault
from inspector_app.shapes import (
    MAX_DEPTH,
    Choice,
    Date,
    DateTime,
    Either,
    Flag,
    ListOf,
    MapOf,
    Nullable,
    OneOf,
    Record,
    RecordField,
    Ref,
    Shape,
    Text,
    ValuePath,
    Whole,
    check,
    did_you_mean,
    json_schema,
    make_printable,
    no_such,
)

ID = Text(min_length=1, max_length=4, pattern="[a-z0-9]+", pattern_name="small letters and digits")
TOPIC = Choice(("safe", "medicines", "caring"), what="topic")
BULLET: Record = Record(
    {
        "text": RecordField(Text(), required=True, description="What the bullet says."),
        "bullets": ListOf(Ref(lambda: BULLET)),
    },
    name="bullet",
    description="A bullet with bullets below it.",
)
BLOCK = OneOf(
    {
        "paragraph": Record(
            {"paragraph": RecordField(Text(min_length=1), required=True), "id": ID}
        ),
        "bullets": Record(
            {"bullets": RecordField(ListOf(Either((Text(), BULLET))), required=True)}
        ),
    },
    what="block",
    name="block",
)
BOOK = Record(
    {
        "id": RecordField(ID, required=True),
        "state": RecordField(Choice(("draft", "final"), what="state"), required=True),
        "announced": Nullable(Flag()),
        "day": Date(),
        "when": DateTime(),
        "scores": MapOf(Whole(1, 4), TOPIC),
        "pages": ListOf(BLOCK, min_items=1, max_items=3),
        "odd key": Text(),
    },
    name="book",
)


@pytest.mark.parametrize(
    ("shape", "value", "faults"),
    [
        (Text(), "", []),
        (Text(), 3, ["$: must be a text, not a whole number"]),
        (Text(), None, ["$: must be a text, not null"]),
        (Text(), 1.5, ["$: must be a text, not a decimal number"]),
        (Text(), [], ["$: must be a text, not a list"]),
        (Text(), {}, ["$: must be a text, not an object"]),
        (
            Text(),
            datetime.date(2026, 1, 2),
            ["$: must be a text, not a date without quotation marks"],
        ),
        (Text(), object(), ["$: must be a text, not something else"]),
        (Text(min_length=1), "", ["$: must not be empty"]),
        (Text(min_length=3), "ab", ["$: must have at least 3 characters, not 2"]),
        (Text(max_length=3), "abcd", ["$: must have at most 3 characters, not 4"]),
        (Text(), "caf\u00e9 \U0001f600", []),
        (Text(), "\ud83d", ["$: must be Unicode text; it holds half of a character"]),
        (ID, "a1", []),
        (ID, "A1", ["$: must be small letters and digits, not 'A1'"]),
        (ID, "a1\n", ["$: must be small letters and digits, not 'a1\ufffd'"]),
        (Text(pattern=r"\d+"), "٣", ["$: must be written as expected, not '٣'"]),
        (Whole(1, 4), 4, []),
        (Whole(1, 4), 0, ["$: must be 1 or more"]),
        (Whole(1, 4), 5, ["$: must be 4 or less"]),
        (Whole(), True, ["$: must be a whole number, not true or false"]),
        (Whole(), 1.0, ["$: must be a whole number, not a decimal number"]),
        (Flag(), False, []),
        (Flag(), 0, ["$: must be true or false, not a whole number"]),
        (TOPIC, "medicine", ["$: no such topic 'medicine'; did you mean 'medicines'?"]),
        (TOPIC, "xyz", ["$: no such topic 'xyz'; known: 'safe', 'medicines', 'caring'"]),
        (TOPIC, True, ["$: must be a text, not true or false"]),
        (Date(), "2024-02-29", []),
        (Date(), "2023-02-29", ["$: no such day in the calendar: '2023-02-29'"]),
        (Date(), "0000-01-01", ["$: no such day in the calendar: '0000-01-01'"]),
        (Date(), "20240229", ["$: must be a date like 2026-11-22, not '20240229'"]),
        (Date(), "2024-02-29T10:00", ["$: must be a date like 2026-11-22, not '2024-02-29T10:00'"]),
        (DateTime(), "2024-02-29", []),
        (DateTime(), "2024-02-29T10:00", []),
        (DateTime(), "2024-02-29T10:00:59.123Z", []),
        (DateTime(), "2024-02-29T10:00+01:00", []),
        (DateTime(), "2024-02-30T10:00", ["$: no such day in the calendar: '2024-02-30T10:00'"]),
        (
            DateTime(),
            "yesterday",
            ["$: must be a date or a date and time like 2026-11-22T14:03, not 'yesterday'"],
        ),
        (Nullable(Text()), None, []),
        (Nullable(Text(min_length=1)), "", ["$: must not be empty"]),
        (Nullable(Text()), 1, ["$: must be a text or null, not a whole number"]),
        (ListOf(Text()), "abc", ["$: must be a list, not a text"]),
        (ListOf(Text(), min_items=1), [], ["$: must not be empty"]),
        (ListOf(Text(), min_items=2), ["a"], ["$: must have at least 2 items, not 1"]),
        (ListOf(Text(), max_items=1), ["a", "b"], ["$: must have at most 1 items, not 2"]),
        (MapOf(Text()), [], ["$: must be an object, not a list"]),
        (
            MapOf(Whole(), TOPIC),
            {"saef": "x"},
            [
                "$.saef: no such topic 'saef'; did you mean 'safe'?",
                "$.saef: must be a whole number, not a text",
            ],
        ),
        (Record({"a": Text()}), "a", ["$: must be an object, not a text"]),
        (BLOCK, {"paragraph": "x", "id": "p1"}, []),
        (BLOCK, {"bullets": ["a", {"text": "b", "bullets": [{"text": "c"}]}]}, []),
        (BLOCK, [], ["$: must be an object, not a list"]),
        (
            BLOCK,
            {"bullets": [1]},
            ["$.bullets[0]: must be a text or an object, not a whole number"],
        ),
        (
            BLOCK,
            {"bullets": [], "paragraph": ""},
            ["$: only one of 'paragraph', 'bullets' may stand here"],
        ),
        (BLOCK, {}, ["$: is no block; it needs one of 'paragraph', 'bullets'"]),
        (
            BLOCK,
            {"bulets": []},
            ["$: is no block; it needs one of 'paragraph', 'bullets'; did you mean 'bullets'?"],
        ),
        (
            BLOCK,
            {"bullets": [{"text": "b", "bullets": [{}]}]},
            ["$.bullets[0].bullets[0].text: is missing"],
        ),
    ],
)
def test_every_kind_of_fault(shape: Shape, value: object, faults: list[str]) -> None:
    assert [str(fault) for fault in check(shape, value)] == faults


def test_a_key_that_is_there_already_was_not_meant() -> None:
    person = Record({"name": Text(), "born": Date()})
    (fault,) = check(person, {"name": "Ann", "nmae": "Ann"})
    assert fault.message == "no such key 'nmae'"
    (fault,) = check(person, {"nmae": "Ann"})
    assert fault.message == "no such key 'nmae'; did you mean 'name'?"


def test_all_faults_are_found_at_once_in_the_order_of_the_data() -> None:
    value = {
        "id": "A",
        "stat": "draft",
        "scores": {"safe": 9, "medicine": 2},
        "pages": [{"paragraph": "x"}, {"bullets": ["a", {"txt": "b"}]}],
        "odd key": 1,
    }
    assert [str(fault) for fault in check(BOOK, value)] == [
        "$.stat: no such key 'stat'; did you mean 'state'?",
        "$.state: is missing",
        "$.id: must be small letters and digits, not 'A'",
        "$.scores.safe: must be 4 or less",
        "$.scores.medicine: no such topic 'medicine'; did you mean 'medicines'?",
        "$.pages[1].bullets[1].txt: no such key 'txt'; did you mean 'text'?",
        "$.pages[1].bullets[1].text: is missing",
        '$["odd key"]: must be a text, not a whole number',
    ]


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("topic", "$.topic"),
        (2, "$[2]"),
        ("two words", '$["two words"]'),
        ('quote"d', '$["quote\\"d"]'),
        ("2nd", '$["2nd"]'),
        ("café", '$["café"]'),
        ("", '$[""]'),
        ("line\nbreak", '$["line\ufffdbreak"]'),
        ("k" * 500, '$["' + "k" * 39 + '…"]'),
    ],
)
def test_places_are_written_like_json_path(key: str | int, written: str) -> None:
    assert str(ValuePath(ValuePath(), key)) == written


def test_long_texts_are_never_quoted_whole() -> None:
    secret = "x" * 10_000
    shape = Record({"a": ID, "b": TOPIC, "c": Date(), "d": Text(pattern="y")})
    value = {"a": secret[:4] + "!", "b": secret, "c": secret, "d": secret, secret: secret}
    faults = check(shape, value)
    assert len(faults) == 5
    assert all(len(str(fault)) < 160 for fault in faults)


def test_numbers_too_long_to_write_out_are_faults() -> None:
    assert check(Whole(1, 4), 10**5000) == [Fault("$", "must be 4 or less")]


def test_names_are_cut_short_and_without_control_characters() -> None:
    assert make_printable("medicines") == "medicines"
    assert make_printable("\x1b[31mred\u202e") == "\ufffd[31mred\ufffd"
    assert len(make_printable("x" * 1000)) == 40


def test_near_names_are_offered() -> None:
    assert did_you_mean("medicine", ["staffing", "medicines"]) == "; did you mean 'medicines'?"
    assert did_you_mean("Medicines", iter(["medicines"])) == "; did you mean 'medicines'?"
    # Of two that differ in case only, the first.
    assert did_you_mean("medicine", ["Medicines", "medicines"]) == "; did you mean 'Medicines'?"
    assert did_you_mean("MEDICINE", ["medicines", "Medicines"]) == "; did you mean 'medicines'?"
    assert did_you_mean("x" * 1_000_000, ["x" * 1_000_000]) == ""
    assert did_you_mean("zzz", ["medicines"]) == ""
    assert no_such("topic", "zzz", []) == "no such topic 'zzz'"
    assert no_such("topic", "zzz", [f"t{index}" for index in range(50)]) == "no such topic 'zzz'"


def test_hostile_nesting_is_a_fault() -> None:
    value: dict[str, Any] = {"text": "deep"}
    for _ in range(20_000):
        value = {"text": "x", "bullets": [value]}
    faults = check(BULLET, value)
    assert {fault.message for fault in faults} == {f"is nested more than {MAX_DEPTH} levels deep"}


@pytest.mark.parametrize(("levels", "count"), [(MAX_DEPTH, 0), (MAX_DEPTH + 1, 1)])
def test_nesting_is_followed_so_far_and_no_further(levels: int, count: int) -> None:
    nest = ListOf(Ref(lambda: nest), name="nest")
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    assert len(check(nest, value)) == count


def test_a_place_is_written_out_only_where_a_fault_is(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[ValuePath] = []
    monkeypatch.setattr(ValuePath, "__str__", lambda place: written.append(place) or "there")
    records = ListOf(Record({key: Text() for key in "abcdefghij"}))
    value: list[dict[str, Any]] = [dict.fromkeys("abcdefghij", "x") for _ in range(100)]
    assert check(records, value) == []
    assert written == []
    value[50]["c"] = 3
    assert [fault.path for fault in check(records, value)] == ["there"]
    assert len(written) == 1


def test_the_schema_writes_named_shapes_once() -> None:
    schema = json_schema(BOOK, title="A book", id_="https://example.org/book.json")
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == "A book"
    assert schema["$id"] == "https://example.org/book.json"
    assert list(schema["$defs"]) == ["block", "bullet"]
    bullet = schema["$defs"]["bullet"]
    assert bullet["description"] == "A bullet with bullets below it."
    assert bullet["properties"]["text"]["description"] == "What the bullet says."
    assert bullet["properties"]["bullets"]["items"] == {"$ref": "#/$defs/bullet"}
    assert json.loads(json.dumps(schema)) == schema


def test_a_pattern_holds_for_the_whole_text_in_the_schema_too() -> None:
    shape = Text(pattern="ab|cd")
    schema = Draft202012Validator(json_schema(shape))
    for text in ("ab", "cd", "abx", "xcd", ""):
        assert schema.is_valid(text) is (check(shape, text) == [])
        assert schema.is_valid(text) is (text in {"ab", "cd"})


def test_shapes_that_cannot_work_are_refused() -> None:
    with pytest.raises(ValueError, match="two shapes are called"):
        json_schema(ListOf(Record({"a": Text(name="x"), "b": Text(name="x")})))
    nameless: Record = Record({"again": Ref(lambda: nameless)})
    with pytest.raises(ValueError, match="needs a name"):
        json_schema(nameless)
    with pytest.raises(ValueError, match="share a type"):
        Either((Text(), Date()))
    with pytest.raises(ValueError, match="does not tell"):
        OneOf({"a": Record({"a": Text()})})
    with pytest.raises(ValueError, match="does not tell"):
        OneOf(
            {
                "a": Record({"a": RecordField(Text(), required=True)}),
                "b": Record({"b": RecordField(Text(), required=True), "a": Text()}),
            }
        )


# -- check and the JSON Schema say the same

# What only check can say stays out: line breaks (Python's "$" is not that of JSON Schema), decimal
# numbers without decimals, and days that no calendar has (but for Date, which has a format).
_texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=6)
_names = [*BOOK.fields, *BULLET.fields, *BLOCK.variants, *TOPIC.options]
_values = ["draft", "final", "2024-02-29", "2023-02-29", "2024-02-29T10:00", "a1", ""]
_known = st.sampled_from([*_names, *_values])
_words = _texts | _known
_junk = st.recursive(
    _words | st.integers(-2, 6) | st.booleans() | st.none() | st.just(1.5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
    max_leaves=6,
)
_ids = st.from_regex(r"\A[a-z0-9]{1,4}\Z")
_bullets = st.recursive(
    st.fixed_dictionaries({"text": _texts}),
    lambda inner: st.fixed_dictionaries({"text": _texts, "bullets": st.lists(inner, max_size=2)}),
    max_leaves=4,
)
_blocks = st.fixed_dictionaries(
    {"paragraph": _texts.filter(bool)}, optional={"id": _ids}
) | st.fixed_dictionaries({"bullets": st.lists(_texts | _bullets, max_size=3)})
_books = st.fixed_dictionaries(
    {"id": _ids, "state": st.sampled_from(["draft", "final"])},
    optional={
        "announced": st.none() | st.booleans(),
        "day": st.dates().map(str),
        "when": st.datetimes().map(lambda moment: moment.isoformat(timespec="minutes")),
        "scores": st.dictionaries(st.sampled_from(TOPIC.options), st.integers(1, 4)),
        "pages": st.lists(_blocks, min_size=1, max_size=3),
        "odd key": _texts,
    },
)


@st.composite
def _spoilt(draw: st.DrawFn) -> Any:
    """Return a book with one of its values replaced, left out or added."""
    book = copy.deepcopy(draw(_books))
    containers: list[Any] = [book]
    for item in containers:
        parts = item.values() if isinstance(item, dict) else item
        containers += [part for part in parts if isinstance(part, dict | list)]
    target = draw(st.sampled_from(containers))
    if isinstance(target, list):
        target.insert(draw(st.integers(0, len(target))), draw(_junk))
    elif target and draw(st.booleans()):
        del target[draw(st.sampled_from(sorted(target)))]
    else:
        target[draw(_words | st.sampled_from([*sorted(target), "id"]))] = draw(_junk)
    return book


_validators = {
    id(shape): Draft202012Validator(
        json_schema(shape), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    for shape in (BOOK, BLOCK)
}


@given(_books)
def test_good_values_have_no_faults(value: Any) -> None:
    assert check(BOOK, value) == []
    assert _validators[id(BOOK)].is_valid(value)


@given(_spoilt())
def test_check_and_schema_agree_on_spoilt_values(value: Any) -> None:
    faults = check(BOOK, value)
    if not any("calendar" in fault.message and fault.path == "$.when" for fault in faults):
        assert _validators[id(BOOK)].is_valid(value) == (not faults), faults


@given(_blocks | _junk)
def test_check_and_schema_agree_on_anything(value: Any) -> None:
    assert _validators[id(BLOCK)].is_valid(value) == (not check(BLOCK, value))


@given(_junk)
def test_faults_are_plain(value: Any) -> None:
    for fault in check(BOOK, value):
        assert isinstance(fault, Fault)
        assert fault.path.startswith("$")
        assert str(fault).isprintable()
