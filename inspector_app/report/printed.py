"""What of the typed texts a report prints, and what its template has no place for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from inspector_app.domain.entities import (
    Action,
    Block,
    Details,
    Entity,
    EvidenceNote,
    KeyQuestion,
    Notice,
    PreviousBreach,
    Section,
    Service,
    Topic,
)
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.marking import MarkedInspection, TypedValue, find_printed_ids
from inspector_app.domain.search.typed_texts import list_texts
from inspector_app.errors import TemplateFault
from inspector_app.frameworks.report_forms import PrintedPart
from inspector_app.report.full_inspection import make_full_inspections
from inspector_app.report.report import render_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from inspector_app.frameworks.model import Framework, Reference

_PARTS: Mapping[type[Entity], Mapping[str, str]] = {
    Details: {
        "telephone": "telephone",
        "website": "website",
        "previous_rating_note": "previous_rating_note",
        "signatory_name": "signatory",
        "signatory_title": "signatory",
    },
    Service: {"name": "services"},
    Topic: {"title": "topics", "lead": "leads"},
    Notice: {"activities": "notices", "must": "musts", "action": "notices"},
    PreviousBreach: {"text": "previous_breaches", "answer": "previous_breaches"},
}
"""The typed texts that are there to be printed, by the part that reports may lack.

Names, addresses and numbers of the register also go into standard texts and names of files, and
notes are printed in the evidence index only.
"""
SECTIONS = "sections."
_BLOCKS_OF: Mapping[type[Entity], str] = {
    Section: SECTIONS,
    KeyQuestion: "summaries",
    Topic: "topics",
    Notice: "notices",
}


def list_typed(inspection: Inspection) -> Iterator[tuple[TypedValue, str]]:
    """Yield the texts that are there to be printed, each with the part of the report it is for.

    The part is a `PrintedPart`, “sections.” and an id, “topics” or “notices”. A block is one text;
    its field is the place of its first words. What a notice withholds is left out.
    """
    in_services = {
        part.id: part_of
        for service in inspection.all(Service)
        for part_of in ["population_groups" if service.group else "services"]
        for part in inspection.descendants(service.id)
    }
    for item in inspection:
        if isinstance(item, Block):
            above = inspection.find(item.parent)
            if above is None or not _is_written(item):
                continue
            if isinstance(above, Notice) and above.withheld:
                continue
            part = _BLOCKS_OF[type(above)]
            if isinstance(above, Section):
                part += above.section
            yield TypedValue(item.id, _find_first(item)), _of(item, part, in_services)
        elif isinstance(item, Action):
            if item.text.strip():
                yield TypedValue(item.id, "text"), _of(item, f"{item.strength}s", in_services)
        elif isinstance(item, Notice) and item.withheld:
            continue
        else:
            if isinstance(item, Service) and (item.row_only or item.left_out):
                in_services[item.id] = "rating_grid"
            for field, known in _PARTS.get(type(item), {}).items():
                value = getattr(item, field)
                if any(text.strip() for text in ((value,) if isinstance(value, str) else value)):
                    yield TypedValue(item.id, field), _of(item, known, in_services)


def _of(item: Entity, part: str, in_services: Mapping[str, str]) -> str:
    # The notices of a service stand among all notices.
    return part if part == "notices" else in_services.get(item.id, part)


def _is_written(block: Block) -> bool:
    if block.kind != "table":
        return bool(block.attachment or block.text.strip() or block.caption.strip())
    return any(text.text.strip() for text in list_texts(block))


def _find_first(block: Block) -> str:
    """Return the place of the first words of a block: “rows.0.1” of a table."""
    if block.kind != "table" and block.text.strip():
        return "text"
    found = next((item for item in list_texts(block) if item.text.strip()), None)
    if found is None:
        return "text"
    return ".".join((found.field, *map(str, found.at)))


def find_unprinted(
    inspection: Inspection, folder: Path | None = None
) -> list[tuple[TypedValue, str]]:
    """Return those of `list_typed` that the report does not print, tried with its own template.

    Raises:
        TemplateFault: The template is faulty.
        InspectorError: The framework has no such regime or form.
    """
    marked = MarkedInspection(_shorten(inspection))
    html = render_report(marked.inspection, folder=folder).html
    printed = {(value.entity, value.field) for value in marked.find(html)}
    ids = {entity for entity, _ in printed} | find_printed_ids(html)
    kinds = {
        _kind_of(item) for item in marked.inspection if isinstance(item, Block) and item.id in ids
    }
    unprinted: list[tuple[TypedValue, str]] = []
    for value, part in list_typed(inspection):
        item = inspection.find(value.entity)
        if isinstance(item, Block):
            is_printed = _kind_of(item) in kinds
        else:
            is_printed = (value.entity, value.field) in printed
        if not is_printed:
            unprinted.append((value, part))
    return unprinted


def _kind_of(block: Block) -> tuple[str, str, int]:
    """Return what a template can tell a block by: those alike are printed alike."""
    return block.parent, block.kind, block.level


def _shorten(inspection: Inspection) -> Inspection:
    """Return an inspection with one block of each kind in each place, which renders sooner."""
    firsts: dict[tuple[str, str, int], str] = {}
    for item in inspection:
        if isinstance(item, Block) and _is_written(item):
            firsts.setdefault(_kind_of(item), item.id)
    kept = set(firsts.values())
    return Inspection(
        item for item in inspection if item.id in kept or not isinstance(item, Block | EvidenceNote)
    )


def find_disagreements(
    framework: Framework, reference: Reference, folder: Path
) -> Iterator[TemplateFault]:
    """Yield where a framework says that a report has a part, and its template prints none.

    And the reverse: what is said to be not printed would not be offered.
    """
    tried: set[tuple[str, str]] = set()
    for inspection in make_full_inspections(framework, reference):
        details = inspection.details
        regime = framework.get_regime(details.regime, details.form)
        if (regime.id, details.form) in tried:
            continue
        tried.add((regime.id, details.form))
        typed = Counter(part for _, part in list_typed(inspection))
        lost = Counter(part for _, part in find_unprinted(inspection, folder))
        where = f"the form “{details.form}”" if details.form else f"the regime “{regime.id}”"
        for part, count in sorted(typed.items()):
            message = ""
            if part in regime.not_printed:
                if lost[part] < count:
                    message = f"{part} is printed: take it out of not_printed"
            elif lost[part]:
                message = f"prints {'no' if lost[part] == count else 'not all of'} {part}"
                if part in get_args(PrintedPart):
                    message += ": print it, or write it into not_printed"
                elif part.startswith(SECTIONS):
                    message += ": print it, or take the section out"
            if message:
                message += f" ({where} of the framework {framework.id})"
                yield TemplateFault(regime.template, None, "", message)
