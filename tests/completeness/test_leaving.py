"""What leaves in copies and exports: no text that the report does not print.

Every text of every part gets a mark of its own. A mark may be found in what leaves only where the
report prints it, too.
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from inspector_app.document.export_kinds import get_kind, list_kinds
from inspector_app.document.exporting import make_evidence_index
from inspector_app.document.outside_copies import write_outside_copy
from inspector_app.document.pdf import write_pdf
from inspector_app.domain.change import to_plain
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Details, Entity, EvidenceNote, Notice
from inspector_app.report.report import (
    make_report_printer,
    render_report,
    write_docx,
    write_web_page,
)
from inspector_app.storage.reading import open_for_reading
from tests.completeness.planting import (
    FRAMEWORK,
    KINDS,
    NEEDED,
    PLACES,
    PLANTED,
    Field,
    list_fields,
    list_members,
    make_inspection,
    make_of_type,
)
from tests.document.reading_pdf import read_pdf
from tests.report.making import bring_in

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from inspector_app.domain.inspection import Inspection

LINKS = {"parent", "position", "id"}
PRINT = make_report_printer()
REGIMES = [regime.id for regime in FRAMEWORK.regimes]


def make_mark(field: Field) -> str:
    return f"Mark{field.kind.__name__}{field.name.title().replace('_', '')}End"


def mark(kind: type[Entity]) -> dict[str, Any]:
    """Return a marked value for each field that may hold any text."""
    values: dict[str, Any] = {}
    for field in list_fields():
        if field.kind is not kind or field.name in LINKS or field.name in NEEDED.get(kind, {}):
            continue
        plain = json.dumps(to_plain(make_of_type(field.type)))
        if PLANTED in plain and not list_members(field):
            text = plain.replace(PLANTED, make_mark(field))
            values[field.name] = msgspec.json.decode(text, type=field.type)
    return values


MARKS = {make_mark(field) for field in list_fields()}


def find_marks(data: bytes) -> set[str]:
    return {mark for mark in MARKS if mark.encode() in data or mark.encode("utf-16-le") in data}


def find_printed(inspection: Inspection) -> set[str]:
    """Return the marks that a reader of the report sees; footers are in Word only."""
    report = render_report(inspection)
    with zipfile.ZipFile(io.BytesIO(write_docx(report, lambda _: None))) as package:
        parts = [package.read(name) for name in package.namelist() if "footer" in name]
    texts = [text for part in parts for text in re.findall(rb"<w:t[ >].*?</w:t>", part)]
    return find_marks(html.unescape(report.html).encode() + b"".join(texts))


def unpack(word: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        return b"\n".join(package.read(name) + name.encode() for name in package.namelist())


def unpack_pdf(pdf: bytes, folder: Path) -> bytes:
    """Return a PDF as it is, its streams unpacked, and the text that is painted in it."""
    found = [pdf, "".join(read_pdf(pdf, folder, "-raw").split()).encode()]
    for part in pdf.split(b"stream\n")[1:]:
        try:
            found.append(zlib.decompressobj().decompress(part))
        except zlib.error:
            continue
    return b"\n".join(found)


def in_regime(inspection: Inspection, regime: str) -> Inspection:
    draft = Draft(inspection)
    draft.set(inspection.id, "regime", regime)
    return draft.result


def copy_outside(inspection: Inspection, folder: Path) -> tuple[Inspection, bytes]:
    """Return what a copy for people outside holds: as a value, and as the bytes of its file."""
    target = folder / "copy.inspection"
    write_outside_copy(inspection, target, lambda _: None, folder)
    with open_for_reading(target) as reader:
        assert len(list(reader.history())) == 1
        return reader.inspection, target.read_bytes()


def hold_what_leaves(inspection: Inspection, folder: Path) -> set[str]:
    """Fail where a mark leaves that is not printed; return those that are."""
    printed = find_printed(inspection)
    copy, data = copy_outside(inspection, folder)
    assert find_marks(data) == printed
    assert PRINT(copy) == PRINT(inspection)
    report = render_report(inspection)
    assert find_marks(unpack(write_docx(report, lambda _: None))) <= printed
    assert find_marks(write_web_page(report, lambda _: None)) <= printed
    for kind in list_kinds("index"):
        if kind.ending != ".pdf":
            index = make_evidence_index(copy, kind, lambda _: None)
            assert find_marks(index if kind.ending != ".docx" else unpack(index)) <= printed
    return printed


@pytest.mark.parametrize(
    ("kind", "parent"),
    [(Details, None), *PLACES],
    ids=lambda kind: kind.__name__ if kind else "",
)
def test_a_text_leaves_only_where_the_report_prints_it(
    kind: type[Entity], parent: type[Entity] | None, tmp_path: Path
) -> None:
    for regime in REGIMES:
        inspection = in_regime(make_inspection(kind, mark(kind), parent), regime)
        hold_what_leaves(inspection, tmp_path)


def test_the_marks_would_be_seen() -> None:
    printed = set()
    for kind in KINDS:
        printed |= find_printed(make_inspection(kind, mark(kind)))
    assert {"MarkTopicLeadEnd", "MarkNoticeMustEnd", "MarkDetailsWebsiteEnd"} <= printed
    assert "MarkPersonNameEnd" not in printed


def test_what_a_withheld_notice_is_about_leaves_in_no_way(tmp_path: Path) -> None:
    values = {**mark(Notice), "withheld": True, "regulation": "RA2014-17"}
    printed = hold_what_leaves(make_inspection(Notice, values), tmp_path)
    assert printed == {"MarkNoticeActivitiesEnd"}


def test_pdf_files_hold_no_mark_that_is_not_printed(qtbot: QtBot, tmp_path: Path) -> None:
    index = get_kind(Path("index.pdf"), "index")
    seen = set()
    for kind in KINDS:
        inspection = make_inspection(kind, mark(kind))
        printed = find_printed(inspection)
        report = write_pdf(render_report(inspection), lambda _: None)
        found = find_marks(unpack_pdf(report, tmp_path))
        copy, _ = copy_outside(inspection, tmp_path)
        copied = make_evidence_index(copy, index, lambda _: None)
        assert found | find_marks(unpack_pdf(copied, tmp_path)) <= printed
        seen |= found
    assert {"MarkTopicLeadEnd", "MarkNoticeMustEnd"} <= seen


def test_the_marks_of_notes_would_be_seen_in_an_evidence_index(
    qtbot: QtBot, tmp_path: Path
) -> None:
    inspection = make_inspection(EvidenceNote, mark(EvidenceNote))
    for kind in list_kinds("index"):
        data = make_evidence_index(inspection, kind, lambda _: None)
        if kind.ending == ".pdf":
            data = unpack_pdf(data, tmp_path)
        elif kind.ending == ".docx":
            data = unpack(data)
        assert "MarkEvidenceNoteTextEnd" in find_marks(data), kind.ending


def test_the_case_of_a_withheld_notice(tmp_path: Path) -> None:
    private = ["must", "action", "how", "departure", "breach", "answer", "person", "note", "by"]
    words = {name: f"Planted{name}words" for name in private}
    inspection = bring_in(
        "unrated",
        location={"name": "Elm"},
        notices=[
            {
                "kind": "warning",
                "regulation": "RA2014-17",
                "activities": ["Surgical procedures"],
                "must": words["must"],
                "action": words["action"],
                "withheld": True,
                "how_not_met": [{"paragraph": words["how"]}],
            }
        ],
        overall_departure_reason=words["departure"],
        previous_breaches=[
            {"regulation": "RA2014-12", "text": words["breach"], "answer": words["answer"]}
        ],
        people=[{"name": words["person"]}],
        evidence=[{"text": words["note"], "by": words["by"]}],
        key_questions={
            "safe": {"topics": [{"title": "Records", "body": [{"paragraph": "Printed."}]}]}
        },
    ).inspection
    copy, data = copy_outside(inspection, tmp_path)
    assert [word for word in words.values() if word.encode() in data] == []
    assert b"Printed." in data
    assert b"Surgical procedures" in data
    assert str(tmp_path).encode() not in data
    assert PRINT(copy) == PRINT(inspection)
