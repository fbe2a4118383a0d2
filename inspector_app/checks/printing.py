"""What was typed for the report, and does not print in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from inspector_app.checks.result import Location, Occurrence
from inspector_app.domain.entities import Block, Notice, Section, Topic
from inspector_app.domain.search.typed_texts import read_text
from inspector_app.errors import InspectorError
from inspector_app.frameworks.report_forms import PrintedPart
from inspector_app.report.printed import SECTIONS, find_unprinted, list_typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.checks.subject import CheckFunction, Subject
    from inspector_app.domain.marking import TypedValue

_NAMES: Mapping[str, str] = {
    "telephone": "the telephone number",
    "website": "the website",
    "previous_rating_note": "the note on the previous rating",
    "previous_breaches": "breaches of the previous inspection",
    "rating_grid": "the ratings of services",
    "services": "what was found of services",
    "population_groups": "what was found of population groups",
    "leads": "lead sentences of topics",
    "summaries": "summaries of key questions",
    "musts": "what the provider must do",
    "shoulds": "what the provider should do",
    "signatory": "the signatory",
}
_RECORDS = frozenset({"previous_breaches"})
"""What is kept for the checks, and for the text that answers it, where it does not print."""


def find_typed_not_printed(subject: Subject) -> Iterator[Occurrence]:
    """Find texts that the report has no place for: once for each part of it."""
    try:
        unprinted = find_unprinted(subject.inspection, subject.templates)
    except InspectorError:
        # The preview and every export tell what is wrong with a template.
        return
    groups: dict[tuple[str, str], list[TypedValue]] = {}
    for value, part in unprinted:
        if part not in _RECORDS:
            groups.setdefault((_name_group(subject, value, part), part), []).append(value)
    if not groups:
        return
    typed = [_name_group(subject, *item) for item in list_typed(subject.inspection)]
    for (name, part), values in groups.items():
        first = values[0]
        form = _find_other_form(subject, part)
        field, *at = first.field.split(".")
        found = subject.inspection.find(first.entity)
        text = read_text(found, field, tuple(map(int, at))) or ""
        what = name if len(values) == typed.count(name) else f"some of {name}"
        yield Occurrence(
            Location(first.entity, first.field),
            {"what": what, "form": form},
            text,
            wording="form" if form else "",
        )


def _find_other_form(subject: Subject, part: str) -> str:
    """Return the name of a form of the report that has a place for a part, or ""."""
    regime = subject.details.regime
    for form in subject.framework.list_forms(regime):
        found = subject.framework.get_regime(regime, form.id)
        sections = subject.framework.list_sections(regime, form.id)
        has_it = part in get_args(PrintedPart) and part not in found.not_printed
        if has_it or part in {f"{SECTIONS}{section}" for section in sections}:
            return form.name
    return ""


def _name_group(subject: Subject, value: TypedValue, part: str) -> str:
    """Return what is told of together: a part that reports may lack, else one part of the text."""
    if part in _NAMES:
        return _NAMES[part]
    item = subject.inspection.find(value.entity)
    if isinstance(item, Block):
        item = subject.inspection.find(item.parent)
    if isinstance(item, Section):
        return f"“{subject.name_section(item.section)}”"
    if isinstance(item, Topic):
        return f"“{subject.name_topic(item)}”"
    if isinstance(item, Notice):
        return f"the notice on {subject.name_regulation(item.regulation)}"
    return "a text"


CHECKS: Mapping[str, CheckFunction] = {"typed_not_printed": find_typed_not_printed}
