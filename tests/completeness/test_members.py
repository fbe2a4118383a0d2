"""Every member of every Literal is known to every list and every place that has to know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args, get_origin

from inspector_app.domain.entities import Block, BlockKind
from inspector_app.report.report import render_report
from tests.completeness.carrying import find_content_fault
from tests.completeness.holding import hold
from tests.completeness.on_purpose import LEFT_OUT_OF_TABLES, LOOKED_THROUGH
from tests.completeness.planting import (
    FILE,
    PLANTED,
    Field,
    list_fields,
    list_members,
    make_inspection,
    make_of_type,
    make_value,
    plant,
)
from tests.completeness.source import (
    Vocabulary,
    list_selections,
    list_tables,
    list_vocabularies,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.domain.inspection import Inspection

SHOWN = {"table": {"rows": ((PLANTED,),)}, "image": {"text": PLANTED, "attachment": FILE}}
"""How a block of a kind holds words where it does not hold them as its text."""


def test_each_literal_has_a_name_of_its_own() -> None:
    names = Counter(item.name for item in list_vocabularies())
    assert [name for name, count in names.items() if count > 1] == []


def test_tables_have_a_line_for_every_member() -> None:
    def list_faults() -> Iterator[str]:
        for item in list_vocabularies():
            for table in list_tables(item):
                left_out = LEFT_OUT_OF_TABLES.get((item.name, table.file), ())
                for member in item.members:
                    if member not in table.names and member not in left_out:
                        yield f"{item.name}: “{member}” is missing in inspector_app/{table.where}."

    hold(list_faults())


def test_somebody_has_looked_through_the_lists_that_choose_among_members() -> None:
    def list_faults() -> Iterator[str]:
        for item in list_vocabularies():
            selections = list_selections(item)
            tables = list_tables(item)
            if selections or not tables or item.name in LOOKED_THROUGH:
                yield from find_unseen(item, [each.where for each in selections])

    hold(list_faults())


def find_unseen(item: Vocabulary, places: list[str]) -> Iterator[str]:
    seen = LOOKED_THROUGH.get(item.name, ())
    where = (
        f"see whether it belongs in {', '.join(places)}"
        if places
        else f"no table names its members, so see where inspector_app/{item.file} tells them apart"
    )
    for member in item.members:
        if member not in seen:
            yield f"{item.name}: “{member}” is new; {where}; then add it to LOOKED_THROUGH."
    for member in seen:
        if member not in item.members:
            yield f"{item.name}: “{member}” is gone; take it out of LOOKED_THROUGH."


def test_what_is_left_out_on_purpose_is_still_there() -> None:
    vocabularies = {item.name: item for item in list_vocabularies()}
    assert set(LOOKED_THROUGH) <= set(vocabularies)
    for (name, file), left_out in LEFT_OUT_OF_TABLES.items():
        item = vocabularies[name]
        displays = [each for each in list_tables(item) + list_selections(item) if each.file == file]
        for member in left_out:
            assert any(member not in display.names for display in displays), (name, file, member)


def test_content_files_carry_every_member() -> None:
    def list_faults() -> Iterator[str]:
        for field in list_fields():
            for member in list_members(field):
                fault = find_content_fault(field, *plant_member(field, member))
                if fault:
                    yield f"{field}: “{member}”: {fault}."

    hold(list_faults())


def plant_member(field: Field, member: object) -> tuple[Inspection, Inspection]:
    """Return an inspection without a value in a field, and one with that member in it."""
    value: object = member
    if get_origin(field.type) is Mapping:
        by_member = {member: make_of_type(get_args(field.type)[1])}
        value = by_member if field.is_by_member else dict.fromkeys(make_value(field), member)
    if field.name == "kind" and field.kind is Block:
        shown = SHOWN.get(str(member), {"text": PLANTED})
        return make_inspection(Block, {}), make_inspection(Block, {**shown, "kind": member})
    return plant(field, value)


def test_reports_print_every_kind_of_block() -> None:
    def list_faults() -> Iterator[str]:
        for kind in get_args(BlockKind):
            values = SHOWN.get(kind, {"text": PLANTED})
            inspection = make_inspection(Block, {"kind": kind, **values})
            if PLANTED not in render_report(inspection).html:
                yield f"{kind}: report_templates/partials/blocks.html.j2 does not print it."

    hold(list_faults())
