"""Checking the wordings of a framework: standard texts, names of sections, labels of templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from inspector_app.errors import TemplateFault
from inspector_app.frameworks.load import find_framework_file
from inspector_app.report.rendering import get_renderer
from inspector_app.report.standard import make_text_environment
from inspector_app.report.template_source import find_jinja_faults, find_strange_names
from inspector_app.toml_files import read_toml_text
from inspector_app.toml_places import find_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from inspector_app.frameworks.model import Framework
    from inspector_app.frameworks.report_forms import StandardParagraph


def check_framework_texts(
    framework: Framework, known: Mapping[str, object], folder: Path
) -> Iterator[TemplateFault]:
    """Yield what is wrong with the wordings of a framework, each with its place in the file.

    Args:
        framework: The framework.
        known: The variables that its standard texts have.
        folder: The template folder, whose filters its labels have.
    """
    plain, rich = make_text_environment(), get_renderer(folder).environment
    for place, name, text in _list_standard(framework):
        if "{" not in text:
            continue
        try:
            tree = plain.parse(text)
        except TemplateSyntaxError:
            # Reading the file tells it.
            continue
        slips = [*find_jinja_faults(text, plain, ()), *find_strange_names(tree, known)]
        for _, message in slips:
            yield place_fault(framework.id, place, name, message)
    holders = [(f"$.regimes.{item.id}", item.texts) for item in framework.regimes]
    holders += [(f"$.forms[{number}]", item.texts) for number, item in enumerate(framework.forms)]
    for holder, texts in holders:
        for name, text in texts.items():
            for _, message in find_jinja_faults(text, rich, ()):
                yield place_fault(framework.id, f"{holder}.texts.{name}", f"text {name}", message)


def place_fault(framework: str, place: str, part: str, message: str) -> TemplateFault:
    """Return a fault of a framework's file.

    Args:
        framework: The framework's id.
        place: Where in the file, as `ValuePath` writes it.
        part: What it is about, in words.
        message: What is wrong.
    """
    path = find_framework_file(framework)
    line = None
    if path is not None:
        line = find_line(read_toml_text(path)[1], place)
    return TemplateFault(f"frameworks/{framework}.toml", line, part, message)


def _list_standard(framework: Framework) -> Iterator[tuple[str, str, str]]:
    """Yield place, name and text of what is filled from the details of an inspection."""
    for number, section in enumerate(framework.sections):
        yield f"$.sections[{number}].name", section.id, section.name
        yield from _list_paragraphs(f"$.sections[{number}].standard", section.standard)
    yield from _list_paragraphs("$.key_question_standard", framework.key_question_standard)


def _list_paragraphs(
    place: str, paragraphs: tuple[StandardParagraph, ...]
) -> Iterator[tuple[str, str, str]]:
    for number, item in enumerate(paragraphs):
        yield f"{place}[{number}].text", item.name, item.text
        for index, bullet in enumerate(item.bullets):
            yield f"{place}[{number}].bullets[{index}]", item.name, bullet
