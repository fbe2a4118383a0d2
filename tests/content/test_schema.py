"""The published JSON Schema is the one that the code checks with."""

from __future__ import annotations

import copy
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from inspector_app.content.format import build_json_schema
from inspector_app.content.samples import SAMPLES
from tests.content.comparing import dump, load
from tests.content.test_faults import CASES, HEAD
from tests.content.test_round_trip import EMPTY_TEXTS
from tests.python_process import PROJECT
from tests.strategies import contents

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLISHED = PROJECT / "docs" / "inspection-content-1.schema.json"
VALIDATOR = Draft202012Validator(build_json_schema())


def test_the_published_schema_is_up_to_date() -> None:
    """`INSPECTOR_REWRITE=1 pytest tests/content/test_schema.py` writes it anew."""
    text = json.dumps(build_json_schema(), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("INSPECTOR_REWRITE"):
        PUBLISHED.write_bytes(text.encode())
    assert PUBLISHED.read_bytes().decode() == text


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(build_json_schema())


@settings(max_examples=60)
@given(contents())
def test_content_fits_the_schema_before_and_after(content: dict[str, Any]) -> None:
    VALIDATOR.validate(content)
    VALIDATOR.validate(dump(load(content)))


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_fit_the_schema(name: str) -> None:
    VALIDATOR.validate(json.loads((PROJECT / "resources/samples" / f"{name}.json").read_bytes()))


def test_empty_texts_fit_the_schema() -> None:
    VALIDATOR.validate({**HEAD, **EMPTY_TEXTS})


# The schema knows no framework, no links and no calendar.
SCHEMA_CANNOT_SAY = {
    "unknown section",
    "unknown key question",
    "unknown regulation",
    "unknown rating",
    "rating of no key question",
    "unknown limiter",
    "unknown topic of a note",
    "repeated ids",
    "an id that a foreign one is kept under",
    "links to nowhere",
    "topic and title",
    "topic and title in a service",
    "topic of another key question",
    "bad base64",
    "wrong hash",
}


@pytest.mark.parametrize("name", CASES)
def test_what_has_not_the_shape_does_not_fit_the_schema(name: str) -> None:
    content = {**HEAD, **CASES[name][0]}
    assert VALIDATOR.is_valid(content) is (name in SCHEMA_CANNOT_SAY)


@pytest.mark.parametrize("key", HEAD)
def test_the_head_is_needed(key: str) -> None:
    content = copy.deepcopy(HEAD)
    VALIDATOR.validate(content)
    del content[key]
    assert not VALIDATOR.is_valid(content)


def find_properties(schema: Any, path: str = "$") -> Iterator[tuple[str, Any]]:
    if isinstance(schema, dict):
        for name, part in schema.get("properties", {}).items():
            yield f"{path}.{name}", part
        for key, part in schema.items():
            yield from find_properties(part, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, part in enumerate(schema):
            yield from find_properties(part, f"{path}[{index}]")


def test_the_schema_says_what_each_key_at_the_top_means() -> None:
    schema = build_json_schema()
    plain = {"provider", "location", "visit", "actions", "evidence"}  # their parts say it
    for name, part in schema["properties"].items():
        assert name in plain or part.get("description"), name
    described = [path for path, part in find_properties(schema) if part.get("description")]
    assert len(described) > 60
