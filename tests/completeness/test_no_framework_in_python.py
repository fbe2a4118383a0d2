"""No Python names a framework, sector, key question, rating or regulation: all of that is data."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

from inspector_app.assets import get_resource
from inspector_app.frameworks.load import list_frameworks, load_reference
from tests.python_process import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ON_PURPOSE: Mapping[tuple[str, str], str] = {
    ("ui/blocks/topic_card.py", "good"): "a lead's id: “good” for the satisfied sentence",
}
"""By module and text: what a word means there that is not what a framework means by it."""
SECTORS = re.compile(
    r"\b(?:independent health|adult social care|general practice|dental|dentist|hospitals?|"
    r"ambulance|care homes?|domiciliary)\b",
    re.IGNORECASE,
)


@cache
def list_names() -> frozenset[str]:
    """Return what must not stand in a text of the program, as a word of it."""
    return frozenset(filter(None, walk_names()))


def walk_names() -> Iterator[str]:
    reference = load_reference(get_resource())
    for framework in list_frameworks(get_resource()):
        yield from (framework.id, framework.name)
        for question in framework.key_questions:
            yield from (question.id, question.name, question.wording, question.heading)
            yield question.summary_heading
            yield from (topic.id for topic in question.topics if "_" in topic.id)
            yield from (topic.heading for topic in question.topics if " " in topic.heading)
    for rating in reference.ratings.values():
        yield from (rating.id, rating.name)
    for regulation in reference.regulations.values():
        yield from (regulation.id, regulation.label, regulation.title)
    for instrument in reference.instruments.values():
        yield from (instrument.id, instrument.name, instrument.short)


@cache
def list_texts() -> tuple[tuple[str, int, str], ...]:
    """Return module, line and text of every text in the code that is no docstring."""
    return tuple(walk_texts())


def walk_texts() -> Iterator[tuple[str, int, str]]:
    package = PROJECT / "inspector_app"
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and id(node) not in prose:
                yield path.relative_to(package).as_posix(), node.lineno, node.value


def test_no_text_of_the_program_names_what_a_framework_has() -> None:
    names = sorted(list_names(), key=len, reverse=True)
    exact = {name.casefold() for name in names}
    # One plain word may mean something else in a sentence; alone it is an id or a name.
    everything = "\n".join(text for _, _, text in list_texts()).casefold()
    telling = [name for name in names if re.search(r"[\W_\d]", name)]
    near = [re.escape(name) for name in telling if name.casefold() in everything]
    within = re.compile(rf"(?<![\w-])(?:{'|'.join(near) or '(?!)'})(?![\w-])", re.I)
    found = set()
    for module, line, text in list_texts():
        named = [match.group() for match in (within.search(text), SECTORS.search(text)) if match]
        if text.casefold() in exact:
            named.append(text)
        found |= {(module, line, name) for name in named}
    allowed = set(ON_PURPOSE)
    wrong = sorted(item for item in found if (item[0], item[2]) not in allowed)
    told = "\n".join(f"inspector_app/{module}:{line}: “{name}”" for module, line, name in wrong)
    assert not wrong, f"{told}\nMove it to resources/: a framework, ratings.toml, checks.toml, …"
    stale = allowed - {(module, name) for module, _, name in found}
    assert not stale, f"take out of ON_PURPOSE: {stale}"


def test_the_names_are_found() -> None:
    assert {"well_led", "Outstanding", "RA2014-12", "independent_health_2018"} <= list_names()
    assert len(list_texts()) > 3_000
