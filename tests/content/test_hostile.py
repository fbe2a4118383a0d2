"""Content of strangers: a message in seconds, and no longer than one can read."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspector_app.checks.running import run_checks
from inspector_app.content.importing import import_content
from inspector_app.content.samples import SAMPLES
from inspector_app.content.writing import write_content
from inspector_app.domain.dates import add_days
from inspector_app.errors import ContentFault, InspectorError, rebuild_error
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.report.report import render_report, write_docx
from tests.python_process import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = 60_000
HEAD: dict[str, Any] = {
    "format": "inspection-content/1",
    "framework": "independent_health_2018",
    "regime": "rated",
}
DAYS = ("0001-01-01", "0999-12-31", "9999-12-31")
FUZZED = 150


def read(content: object) -> str:
    """Read content that has faults, and return the message."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(ContentFault) as refused:
        import_content(data, "x.json", None)
    return str(refused.value)


def name_many(count: int = MANY) -> Iterator[str]:
    return (f"locaton{number}" for number in range(count))


HOSTILE: dict[str, object] = {
    "unknown keys": {**HEAD, **dict.fromkeys(name_many(), 1)},
    "unknown key questions": {**HEAD, "ratings": dict.fromkeys(name_many(), "good")},
    "wrong types": {**HEAD, "evidence": [1] * MANY},
    "strange objects": {**HEAD, "evidence": [{"texxt": ""}] * MANY},
    "strange blocks": {**HEAD, "sections": {"overall_summary": [{"paragraf": ""}] * MANY}},
    "links to nowhere": {
        **HEAD,
        "evidence": [{"id": f"note{number}", "text": ""} for number in range(200)],
        "sections": {"overall_summary": [{"paragraph": "", "evidence": [*name_many()]}]},
    },
    "the same id": {**HEAD, "evidence": [{"id": "one", "text": ""}] * MANY},
    "keys that stand twice": b"{"
    + b",".join(b'"k%d":1,"k%d":2' % (i, i) for i in range(MANY))
    + b"}",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_many_faults_are_counted_and_the_first_are_listed(content: object) -> None:
    message = read(content)
    lines = message.splitlines()
    assert len(lines) <= 202
    assert len(message) < 60_000
    assert lines[-1].strip().startswith("and ")
    assert lines[-1].endswith(" more")


def test_the_count_is_right() -> None:
    message = read({**HEAD, **dict.fromkeys(name_many(5000), 1)})
    assert "It has 5,000 faults:" in message
    assert message.endswith("and 4,800 more")


def test_the_count_survives_the_way_from_another_process() -> None:
    with pytest.raises(ContentFault) as refused:
        import_content(
            json.dumps({**HEAD, **dict.fromkeys(name_many(5000), 1)}).encode(), "x", None
        )
    error = refused.value
    assert str(rebuild_error("ContentFault", error.args)) == str(error)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 500_000,
        b'{"a":' * 500_000,
        b'{"format":' + b"9" * 2_000_000 + b"}",
        b'{"format":1e' + b"9" * 100_000 + b"}",
        b'{"format":NaN}',
        b'{"format":-Infinity}',
        b'{"\\ud800":"\\udfff"}',
        b'{"format":"inspection-content/1","framework":"\\ud800","regime":"rated"}',
        b'{"format":"inspection-content/1","format":"inspection-content/1"}',
        b'{"' + b"k" * 20_000_000 + b'":1}',
        b"\xff\xfe{\0}\0",
        b"\0" * 1000,
        b"null",
        b"1e400",
    ],
    ids=range(14),
)
def test_what_is_no_content(data: bytes) -> None:
    assert len(read(data)) < 2_000


def test_a_text_that_nobody_has_typed() -> None:
    text = "x" * 10_000_001
    assert "at most 10000000 characters" in read({**HEAD, "location": {"name": text}})


@pytest.mark.parametrize(
    "regime", ["", "wrong", "scored", "Rated", "rated ", "\ud800", 1, None, []]
)
def test_a_regime_that_the_framework_does_not_know(regime: object) -> None:
    assert "$.regime" in read({**HEAD, "regime": regime})


# -- the ends of the calendar


def list_dates(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in items:
        if isinstance(part, dict | list):
            yield from list_dates(part, (*place, key))
        elif isinstance(part, str) and part[:4].isdigit() and part[4:5] == "-":
            yield (*place, key)


def use_all(content: dict[str, Any]) -> None:
    inspection = import_content(json.dumps(content).encode(), "x.json", None).inspection
    framework = load_framework(inspection.details.framework)
    run_checks(inspection, framework, load_reference())
    write_content(inspection, None)
    for draft in (True, False):
        write_docx(render_report(inspection, draft=draft), lambda _: None)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", SAMPLES)
def test_days_at_the_ends_of_the_calendar(name: str, day: str) -> None:
    content = json.loads((PROJECT / "resources/samples" / f"{name}.json").read_bytes())
    visit = {"publication_date": day, "dates": [day]}
    content["visit"] = {**content.get("visit", {}), **visit}
    for *way, last in list_dates(content):
        part = content
        for key in way:
            part = part[key]
        part[last] = day
    use_all(content)


@pytest.mark.parametrize(("day", "days"), [(date.min, -1), (date.max, 1), (date.max, 10**12)])
def test_no_day_lies_outside_the_calendar(day: date, days: int) -> None:
    assert add_days(day, days) == day


# -- anything at all


def mutate(content: Any, chance: random.Random) -> None:
    """Put something strange somewhere."""
    part, key = content, chance.choice(list(content))
    while isinstance(part[key], dict | list) and part[key] and chance.random() < 0.9:
        part = part[key]
        key = chance.choice(list(part)) if isinstance(part, dict) else chance.randrange(len(part))
    strange: list[Any] = [
        None, True, -1, 10**400, 1.5, "", "\ud800", "\0", "x" * 5000, "9999-12-31", "0001-01-01",
        "{{ x }}", "<b>", [], {}, [[]], {"": ""}, [None], "../..", "con", "\u202e", "­",
    ]  # fmt: skip
    if isinstance(part, dict) and chance.random() < 0.2:
        part["".join(chance.choices("abc_ \ud800é", k=6))] = part.pop(key)
    elif isinstance(part, dict) and chance.random() < 0.2:
        del part[key]
    else:
        part[key] = chance.choice(strange)


@pytest.mark.parametrize("name", SAMPLES)
def test_content_with_anything_in_it_is_read_or_refused(name: str) -> None:
    data = (PROJECT / "resources/samples" / f"{name}.json").read_bytes()
    for seed in range(FUZZED):
        chance = random.Random(seed)  # noqa: S311
        content = json.loads(data)
        for _ in range(chance.randint(1, 4)):
            mutate(content, chance)
        try:
            use_all(content)
        except InspectorError as error:
            assert len(str(error)) < 60_000  # noqa: PT017 - either will do
