"""Every framework, regime and form: begun, filled with all that there is, and exported to Word."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from openxml_audit import OpenXmlValidator

from inspector_app.content.importing import import_content
from inspector_app.content.writing import build_content
from inspector_app.document.creating import create_inspection
from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.domain.entities import (
    PARENTS,
    Attachment,
    Block,
    Details,
    KeyQuestion,
    Notice,
    Section,
    Topic,
)
from inspector_app.frameworks.load import list_frameworks, load_framework, load_reference
from inspector_app.report.full_inspection import make_full_inspections
from inspector_app.storage.reading import open_for_reading
from tests.report.making import WordFile, make_png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.inspection import Inspection
    from inspector_app.frameworks.model import Framework

USUAL = {"good", "met"}
BEGUN_WITH = (Section, KeyQuestion, Topic)
KEPT = {"id", "framework", "framework_version", "regime", "form"}


def list_forms() -> list[tuple[str, str, str]]:
    """Return the ids of each framework with those of its regimes and forms."""
    return [
        (framework.id, regime.id, form)
        for framework in list_frameworks()
        for regime in framework.regimes
        for form in [form.id for form in framework.list_forms(regime.id)] or [""]
    ]


def make_full(framework: Framework, regime: str, form: str) -> Inspection:
    """Return what is generated for a form, judged as most are."""
    for full in make_full_inspections(framework, load_reference()):
        details = full.details
        judged = {*details.ratings.values(), *details.judgements.values()}
        if (details.regime, details.form) == (regime, form) and judged <= USUAL:
            return full
    raise AssertionError(regime, form)


def walk(full: Inspection, parent: AnyEntity) -> Iterator[AnyEntity]:
    """Yield the parts below a part, each after the one that it stands below."""
    for kind, above in PARENTS.items():
        if type(parent) in above:
            for part in full.children(parent.id, kind):
                yield part
                yield from walk(full, part)


def fill(draft: Draft, full: Inspection, picture: str) -> dict[str, str]:
    """Bring everything into an inspection that has just begun; return its ids by those of full."""
    root = draft.result.id
    for field in Details.__struct_fields__:
        if field not in KEPT:
            draft.set(root, field, getattr(full.details, field))
    ids = {full.id: root}
    for part in walk(full, full.details):
        parent = ids[part.parent]
        there = find_there(draft.result, part, parent)
        ids[part.id] = there or part.id
        if there and isinstance(part, Topic):
            draft.set(there, "lead", part.lead)
        if not there:
            place = {"parent": parent, "position": draft.position_at_end(parent, type(part))}
            shown = {"sha256": picture} if isinstance(part, Attachment) else name_texts(part)
            draft.create(msgspec.structs.replace(part, **place, **shown))
    return ids


def name_texts(part: AnyEntity) -> dict[str, object]:
    """Return the texts of a block with its id, so that no two say the same."""
    if not isinstance(part, Block):
        return {}
    return {
        "text": f"{part.text} {part.id}",
        "caption": f"{part.caption} {part.id}",
        "header": tuple(f"{cell} {part.id}" for cell in part.header),
        "rows": tuple(tuple(f"{cell} {part.id}" for cell in row) for row in part.rows),
    }


def find_there(inspection: Inspection, part: AnyEntity, parent: str) -> str:
    """Return the id of the part that a new inspection has already, or ""."""
    if isinstance(part, BEGUN_WITH):
        for other in inspection.children(parent, type(part)):
            same = msgspec.structs.replace(
                part, id=other.id, parent=parent, position=other.position
            )
            if isinstance(same, Topic):
                same = msgspec.structs.replace(same, lead="")
            if same == other:
                return other.id
    return ""


def read_texts(inspection: Inspection, parent: str) -> list[str]:
    """Return the texts below a part in the order in which a report prints them."""
    texts: list[str] = []
    for block in inspection.children(parent, Block):
        if block.kind == "table":
            texts += [*block.header, *(cell for row in block.rows for cell in row)]
        else:
            texts.append(block.caption if block.kind == "image" else block.text)
    return texts


def find_run(texts: list[str], wanted: list[str], start: int = 0) -> int:
    """Return where some texts stand one after the other; -1: nowhere."""
    size = len(wanted)
    places = range(start, len(texts) - size + 1)
    return next((at for at in places if texts[at : at + size] == wanted), -1)


@pytest.mark.parametrize(("name", "regime", "form"), list_forms())
def test_begun_filled_and_exported(
    name: str, regime: str, form: str, tmp_path: Path, qtbot: QtBot
) -> None:
    path, target = tmp_path / "new.inspection", tmp_path / "report.docx"
    framework = load_framework(name)
    full = make_full(framework, regime, form)
    create_inspection(path, tmp_path, framework, regime, form=form)
    document = InspectionDocument(path, tmp_path)
    draft = document.draft()
    ids = fill(draft, full, document.add_attachment(make_png(40, 30)))
    document.apply_draft(draft, "Fill")
    document.reports.export(target)
    filled = document.inspection
    document.close()
    with open_for_reading(path) as reader:
        assert reader.inspection == filled
    # It began with all that this form has: nothing of the framework's had to be made.
    for part in full.children(full.id, Section):
        assert ids[part.id] != part.id, part
    for part in full.children(full.id, KeyQuestion):
        assert ids[part.id] != part.id, part
        known = framework.find_key_question(part.key_question)
        begun = {topic.id for topic in framework.list_topics(known, regime, form)}
        for topic in full.children(part.id, Topic):
            assert (ids[topic.id] != topic.id) is (topic.topic in begun), topic
    # Content carries it there and back.
    content = build_content(filled, None)
    back = import_content(json.dumps(content).encode(), "full.json", None)
    assert build_content(back.inspection, None) == content
    # Word has every text, in order.
    assert OpenXmlValidator().validate(str(target)).is_valid
    texts = [text for text in WordFile(target.read_bytes()).texts if text]
    printed = framework.get_regime(regime, form).prints
    for part in filled:
        is_shown = isinstance(part, Section | Topic) or (
            printed("summaries") if isinstance(part, KeyQuestion) else isinstance(part, Notice)
        )
        if is_shown and not getattr(part, "withheld", False):
            assert find_run(texts, read_texts(filled, part.id)) >= 0, part
    for question in filled.children(filled.id, KeyQuestion):
        place = 0
        for topic in filled.children(question.id, Topic):
            place = find_run(texts, read_texts(filled, topic.id), place)
            assert place >= 0, topic
