"""docs/frameworks.md names all that an author can write; what is new fails here."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector_app.assets import get_resource, get_templates_folder
from inspector_app.frameworks import REQUIRABLE, schema
from inspector_app.frameworks.load import list_frameworks, load_reference
from inspector_app.report.full_inspection import make_full_inspections
from inspector_app.report.rendering import Renderer
from inspector_app.report.report import build_report_context
from inspector_app.report.standard import build_text_context
from inspector_app.report.values import CONTEXT_VALUES
from inspector_app.shapes import ListOf, MapOf, Record
from tests.python_process import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from inspector_app.shapes import Shape

PAGE = PROJECT / "docs" / "frameworks.md"
TEXT = PAGE.read_text("utf-8")
IN_EVERY_TABLE = re.compile(r"note|verified|\w+_verified|unverified_texts")
TABLES = {
    "": "The beginning of the file",
    "regimes.*": "`[regimes.…]`",
    "regimes.*.outcomes": "`[[regimes.….outcomes]]`",
    "instruments.*": "`[instruments.…]`",
    "key_question_standard": "`[[sections.standard]]`",
    "rule_sets.rules.when": "`when`",
    "no_ratings": "`[[ratings]]`",
}
"""Headings of tables that are not called `[[name]]`."""
VALUES = {
    "RatingValue": "A rating",
    "OutcomeValue": "An outcome",
    "QuestionValue": "A key question",
    "TopicValue": "A topic",
    "BlockValue": "A block",
    "ActionValue": "An action",
    "NoticeValue": "A notice",
    "PreviousBreachValue": "A previous breach",
    "ServiceValue": "A service",
    "GridRowValue": "A row of the grid",
}


def get_part(heading: str) -> str:
    """Return what stands under a heading of the page."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"{PAGE.name} has no heading “{heading}”: write one, with a table of its keys"
    return found[1]


def list_named(part: str) -> set[str]:
    """Return what the first column of the tables of a part names."""
    cells = re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def walk(shape: Shape, place: str) -> Iterator[tuple[str, Record]]:
    """Yield each table of a file with its place."""
    if isinstance(shape, ListOf):
        yield from walk(shape.item, place)
    elif isinstance(shape, MapOf):
        yield from walk(shape.item, f"{place}.*")
    elif isinstance(shape, Record):
        yield place, shape
        for key, field in shape.all_fields.items():
            yield from walk(field.shape, f"{place}.{key}".lstrip("."))


FILES = (schema.FRAMEWORK, schema.REGULATIONS, schema.ACTIVITIES, schema.RATINGS)
PLACES = {
    place: table for file in (*FILES, schema.RATING_RULES) for place, table in walk(file, "")
} | {"": schema.FRAMEWORK}


@pytest.mark.parametrize("place", PLACES)
def test_every_key_is_on_the_page(place: str) -> None:
    table = PLACES[place]
    part = get_part(TABLES.get(place, f"`[[{place}]]`"))
    named = list_named(part)
    keys = {key for key in table.all_fields if not IN_EVERY_TABLE.fullmatch(key)}
    if not place:
        # The tables of the file have headings of their own; the text names all of them.
        named |= {re.sub(r"\W", "", name) for name in re.findall(r"`\[+[^`]+\]`", part)}
    missing = keys - named
    assert not missing, f"write these into the table under its heading in {PAGE.name}: {missing}"
    needed = {key for key in table.required_keys if key in keys}
    told = {key for key in keys if re.search(rf"^\| `{key}` \| needed", part, re.MULTILINE)}
    tables = {"regimes", "key_questions", "sections"} if not place else set()
    allowed = {"order"} if place == "no_ratings" else set()
    assert told - allowed == needed - tables, f"say in {PAGE.name} which keys of {place} are needed"
    other = {"no_ratings", "key_question_standard"}
    if place not in other and place:
        strange = {name for name in list_named(part) if re.fullmatch(r"\w+", name)}
        strange -= table.all_fields.keys()
        assert not strange, f"{PAGE.name} names keys that there are not: {strange}"


def test_what_every_table_may_have_is_on_the_page() -> None:
    keys = {key for table in PLACES.values() for key in table.all_fields}
    for key in sorted(key for key in keys if IN_EVERY_TABLE.fullmatch(key)):
        assert f"`{key}`" in get_part("The framework file"), key


def test_every_required_field_is_on_the_page() -> None:
    part = get_part("`[[required_fields]]`")
    assert [name for name in REQUIRABLE if f"`{name}`" not in part] == []


def test_every_part_that_can_be_left_out_is_on_the_page() -> None:
    shape = PLACES["regimes.*"].all_fields["not_printed"].shape
    assert isinstance(shape, ListOf)
    part = get_part("`[regimes.…]`")
    assert [name for name in getattr(shape.item, "options", ()) if f'`"{name}"`' not in part] == []


def test_every_filter_is_on_the_page() -> None:
    from jinja2.defaults import DEFAULT_FILTERS

    own = set(Renderer(get_templates_folder()).environment.filters) - set(DEFAULT_FILTERS)
    assert list_named(get_part("Filters")) == own, f"write them into {PAGE.name}, “Filters”"


def test_every_text_name_of_our_own_is_on_the_page() -> None:
    texts = {
        name
        for framework in list_frameworks(get_resource())
        for holder in (*framework.regimes, *framework.forms)
        for name in holder.texts
    }
    part = get_part("Texts")
    missing = {name for name in texts if f"`{name}`" not in part}
    assert not missing, f"write them into {PAGE.name}, “Texts”: {missing}"


def list_paths(values: Mapping[str, object]) -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, dict) and name not in {"sections", "texts"}:
            yield from (f"{name}.{key}" for key in value)
        else:
            yield name


def test_every_variable_of_templates_is_on_the_page() -> None:
    framework = list_frameworks(get_resource())[0]
    full = next(make_full_inspections(framework, load_reference(get_resource())))
    paths = set(list_paths(build_report_context(full, draft=True)))
    check_names("Variables", paths)
    texts = build_text_context(full, framework, load_reference(get_resource()))
    check_names("Variables of standard texts", set(list_paths(texts)))


@pytest.mark.parametrize("kind", CONTEXT_VALUES, ids=lambda kind: kind.__name__)
def test_every_detail_of_a_variable_is_on_the_page(kind: type) -> None:
    heading = VALUES.get(kind.__name__)
    assert heading, f"say here under which heading of {PAGE.name} {kind.__name__} stands"
    check_names(heading, {f".{field.name}" for field in fields(kind)})


def check_names(heading: str, names: Iterable[str]) -> None:
    named = list_named(get_part(heading))
    assert named == set(names), f"{PAGE.name}, “{heading}”: each with an example"


def test_every_variable_has_an_example() -> None:
    for heading in ("Variables", *VALUES.values()):
        for row in re.findall(r"^\| `.*", get_part(heading), re.MULTILINE):
            assert re.search(r"\| .*(`|\[|”|that|all|services|reg|per|what|how|as )", row), row


def test_the_files_that_the_page_names_are_ours() -> None:
    for name in re.findall(r"`(partials/[\w.]+|web/page[\w.]+|evidence_index/[\w.]+)`", TEXT):
        assert (get_templates_folder() / name).is_file(), name
    for example in re.findall(r"`(\[\{.*?\}\])`", TEXT):
        tomllib.loads(f"a = {example.replace('…', 'x')}")
    assert Path(get_resource("new_organisation", "words.txt")).is_file()
