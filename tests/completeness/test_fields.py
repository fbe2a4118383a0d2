"""Every field of every part is known to every place that has to know it.

The fields come from the entities themselves, and a value is planted in each. A new field fails here
until each place knows it, or `on_purpose.py` says why one does not.
"""

from __future__ import annotations

import json
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import msgspec

from inspector_app.checks.evidence_index import render_evidence_index
from inspector_app.checks.subject import Subject
from inspector_app.content.importing import import_content
from inspector_app.content.writing import write_content
from inspector_app.domain.change import Change, to_plain
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import PARENTS, Entity
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.search.replace import Spot, draft_replacement
from inspector_app.domain.search.search import Query, SearchIndex
from inspector_app.domain.search.typed_texts import FIELDS, walk
from inspector_app.report.report import render_report
from inspector_app.spelling.places import list_texts
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.versions.difference_labels import DifferenceWords
from tests.completeness.carrying import find_content_fault
from tests.completeness.holding import hold, hold_against, read_names, read_reasons
from tests.completeness.on_purpose import EDITED_IN
from tests.completeness.planting import (
    FRAMEWORK,
    IDENTITY,
    KINDS,
    PLACE,
    PLACES,
    PLANTED,
    REFERENCE,
    Field,
    find_part,
    list_fields,
    list_members,
    make_inspection,
    make_of_type,
    make_value,
    make_whole,
    plant,
)
from tests.completeness.source import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LABELS = "ui/versions/difference_labels.py"
OTHER = "words in their place"


def test_every_kind_of_part_has_a_place() -> None:
    union = "Name it in AnyEntity and in PARENTS of domain/entities.py."
    assert set(Entity.__subclasses__()) == set(KINDS) == set(PARENTS), union


# -- content


def test_content_files_carry_every_field() -> None:
    hold_against(
        "NOT_IN_CONTENT",
        lambda field: find_content_fault(field, *plant(field)),
        lambda field: field.name not in PLACE,
    )


def test_content_files_carry_every_part_wherever_it_stands() -> None:
    def list_faults() -> Iterator[str]:
        left_out = read_reasons("NOT_IN_CONTENT")
        for kind, parent in PLACES:
            if f"{kind.__name__}.data" in left_out:
                continue
            data = write_content(make_inspection(kind, {}, parent), None)
            back = import_content(data, "x.json", None).inspection
            part = find_part(back, kind)
            if part is None or type(back.find(part.parent)) is not parent:
                yield (
                    f"{kind.__name__} below {parent.__name__}: a content file loses it; see "
                    "content/writing.py, format.py and building.py."
                )

    hold(list_faults())


# -- the file


def test_files_keep_every_field(tmp_path: Path) -> None:
    path, backups = tmp_path / "planted.inspection", tmp_path / "backups"
    draft = Draft(Inspection())
    draft.create_all([*make_whole()])
    whole = draft.result
    create_inspection_file(path, draft.finish("Begin"), whole, {}, backups)
    draft = Draft(whole)
    for field in list_fields():
        part = find_part(whole, field.kind)
        if part is not None and field.name not in PLACE:
            draft.set(part.id, field.name, make_value(field))
    with InspectionFile.open(path, backups) as file:
        file.commit(draft.finish("Plant"), draft.result)
    with open_for_reading(path) as reader:
        kept = reader.inspection

    def list_faults() -> Iterator[str]:
        for field in list_fields():
            before, after = find_part(draft.result, field.kind), find_part(kept, field.kind)
            if getattr(before, field.name) != getattr(after, field.name, None):
                yield f"{field}: the inspection file loses it; see storage/rows.py."

    hold(list_faults())


# -- search, replace, spelling


def plant_words(field: Field, words: str = PLANTED) -> Inspection:
    """Return an inspection with words in a field, whether they make sense there or not."""
    plain = json.dumps(to_plain(make_of_type(field.type))).replace(PLANTED, words)
    return plant(field, msgspec.json.decode(plain, type=field.type))[1]


def find_search_fault(field: Field) -> str:
    """Return what is wrong with searching and replacing the text of a field, or ""."""
    inspection = plant_words(field)
    part = find_part(inspection, field.kind)
    spots = [
        Spot(found.entity, found.place.field, found.place.at, found.place.text, span)
        for found in SearchIndex().search(inspection, Query(PLANTED))
        if part is not None and (found.entity, found.place.field) == (part.id, field.name)
        for span in found.spans
    ]
    if not spots:
        return (
            "the search does not find its text: name it in FIELDS of domain/search/typed_texts.py"
        )
    edits = draft_replacement(inspection, spots, OTHER).edits
    after = find_part(inspection.apply(Change(label="Replace", edits=edits)), field.kind)
    wanted = find_part(plant_words(field, OTHER), field.kind)
    if getattr(after, field.name) != getattr(wanted, field.name):
        return "its text is found and not replaced: domain/search/replace.py"
    return ""


def test_search_finds_and_replaces_every_text() -> None:
    hold_against(
        "NOT_SEARCHED",
        find_search_fault,
        lambda field: field.has_text and field.name not in IDENTITY,
    )


def test_search_reaches_every_part_wherever_it_stands() -> None:
    def list_faults() -> Iterator[str]:
        for kind, parent in PLACES:
            inspection = make_inspection(kind, {}, parent)
            if kind in FIELDS and find_part(inspection, kind) not in walk(inspection):
                yield (
                    f"{kind.__name__} below {parent.__name__}: the search does not get there; see "
                    "_ORDER of domain/search/typed_texts.py."
                )

    hold(list_faults())


def test_spelling_reads_every_typed_text() -> None:
    def find_fault(field: Field) -> str:
        read = ((place.field, text) for place, text in list_texts(plant_words(field)))
        known = (field.name, PLANTED) in read
        return (
            "" if known else "spelling does not read it: name it in _FIELDS of spelling/places.py"
        )

    hold_against("NOT_SPELT", find_fault, is_typed)


def is_typed(field: Field) -> bool:
    return field.name in FIELDS.get(field.kind, ())


# -- what is printed and checked


def print_all(inspection: Inspection) -> str:
    """Return the report and the evidence index, as HTML."""
    index = render_evidence_index(inspection, FRAMEWORK, REFERENCE)
    return render_report(inspection).html + index.html


@cache
def is_printed(field: Field) -> bool:
    """Tell whether a report of any kind is another one with a value in a field."""
    regimes = [{"regime": regime.id} for regime in FRAMEWORK.regimes]
    for details in regimes if field.name not in {"regime", "form"} else [{}]:
        bare, planted = (with_details(item, details) for item in plant(field))
        if print_all(bare) != print_all(planted):
            return True
    return False


def with_details(inspection: Inspection, values: dict[str, Any]) -> Inspection:
    draft = Draft(inspection)
    draft.set_all((inspection.id, name, value) for name, value in values.items())
    return draft.result


def test_reports_print_every_field() -> None:
    told = "no report or index prints it: report/context.py and report_templates/"
    hold_against(
        "NOT_PRINTED",
        lambda field: "" if is_printed(field) else told,
        lambda field: field.name not in IDENTITY,
    )


def test_checks_read_every_typed_text_that_is_printed() -> None:
    told = "checks do not read it: name it in Subject._walk of checks/subject.py"

    def find_fault(field: Field) -> str:
        texts = Subject(plant_words(field), FRAMEWORK, REFERENCE).published
        return "" if any(PLANTED in text.text for text in texts) else told

    hold_against("NOT_CHECKED", find_fault, lambda field: is_typed(field) and is_printed(field))


# -- words


def test_differences_are_told_in_words() -> None:
    def list_faults() -> Iterator[str]:
        for field in list_fields():
            if field.name in PLACE:
                continue
            bare, planted = plant(field)
            part = find_part(planted, field.kind)
            opened = SimpleNamespace(inspection=planted, framework=FRAMEWORK, reference=REFERENCE)
            words = DifferenceWords(opened, bare)
            try:
                words.name_part(part)
            except KeyError:
                yield f"{field.kind.__name__}: has no name in _KINDS of {LABELS}."
            try:
                name = words.name_field(part, field.name)
            except KeyError:
                yield f"{field}: has no name in _FIELDS of ui/find/field_names.py."
                continue
            other = names.setdefault((field.kind, name), field.name)
            if other != field.name:
                yield f"{field}: is called “{name}” as {other} is; see ui/find/field_names.py."
            for member in list_members(field):
                told = words.write_value(field.name, member)
                if field.is_by_member:
                    told = words.name_field(part, f"{field.name}.{member}").rpartition(" of ")[2]
                if told == member:
                    yield f"{field}: its value “{member}” has no word in _WORDS of {LABELS}."

    names: dict[tuple[type[Entity], str], str] = {}
    hold(list_faults())


# -- the window


def test_the_window_edits_every_field() -> None:
    edited = {field: file for file, fields in EDITED_IN.items() for field in read_names(fields)}

    def find_fault(field: Field) -> str:
        file = edited.get(str(field))
        if file is None:
            return "no page edits it: name the module that does in EDITED_IN of on_purpose.py"
        return "" if field.name in read_source(file) else f"{file} does not edit it after all"

    hold_against("NOT_EDITED", find_fault, lambda field: field.name not in IDENTITY)
