"""What can be written as what, and where window and command line write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.checks.evidence_index import write_evidence_csv
from inspector_app.content.samples import load_sample
from inspector_app.document.export_kinds import (
    Export,
    ExportKind,
    find_kind,
    get_kind,
    list_endings,
    list_kinds,
)
from inspector_app.document.exporting import propose_name, write_evidence_index, write_report
from inspector_app.domain.drafting import Draft
from inspector_app.errors import InspectorError
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.report.report import render_report
from tests.typed_names import TYPED_NAMES

STARTS = {".docx": b"PK", ".pdf": b"%PDF", ".html": b"<!DOCTYPE html>"}


@pytest.mark.parametrize("kind", list_kinds("report"), ids=lambda kind: kind.ending)
def test_each_kind_of_report_is_what_its_ending_says(
    kind: ExportKind, tmp_path: Path, qapp: object
) -> None:
    del qapp
    sample = load_sample("rated")
    for draft in (True, False):
        target = tmp_path / f"report{kind.ending.upper()}"
        read = sample.attachments.get
        assert write_report(sample.inspection, target, read, draft=draft) is draft
        assert target.read_bytes().startswith(STARTS[kind.ending])


def test_what_is_written_is_told_and_can_be_stopped(tmp_path: Path) -> None:
    sample, told = load_sample("rated"), []

    def stop(text: str, _share: float | None) -> None:
        told.append(text)
        if text == "Saving the file":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_report(sample.inspection, tmp_path / "report.html", sample.attachments.get, tell=stop)
    assert told == ["Filling in the template", "Making a web page", "Saving the file"]
    assert not (tmp_path / "report.html").exists()


def test_the_index_is_a_table_or_a_report(tmp_path: Path) -> None:
    sample = load_sample("rated")
    framework = load_framework(sample.inspection.details.framework)
    for ending in (".csv", ".docx"):
        target = tmp_path / f"index{ending}"
        write_evidence_index(sample.inspection, target, sample.attachments.get)
    table = write_evidence_csv(sample.inspection, framework, load_reference())
    assert (tmp_path / "index.csv").read_bytes() == table
    assert (tmp_path / "index.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("export", "endings"),
    [
        ("report", ".docx, .pdf or .html"),
        ("index", ".docx, .pdf, .html or .csv"),
        ("copy", ".inspection or .json"),
        ("inspection", ".inspection"),
    ],
)
@pytest.mark.parametrize("name", ["report", "report.txt", "Dr. Lee", ".docx", "a.docx.bak"])
def test_an_ending_that_says_nothing_is_refused_with_those_that_do(
    export: Export, endings: str, name: str
) -> None:
    assert list_endings(export) == endings
    assert find_kind(Path(name), export) is None
    with pytest.raises(InspectorError, match=f"is not a name for an? .*: end it in {endings}"):
        get_kind(Path(name), export)


def test_a_table_is_not_made_of_a_report() -> None:
    report = render_report(load_sample("rated").inspection)
    with pytest.raises(TypeError, match="a table"):
        get_kind(Path("index.csv"), "index").make(report, {}.get, lambda _text, _share: None)


@pytest.mark.parametrize(("typed", "name"), TYPED_NAMES.items())
def test_a_report_is_called_by_what_was_typed(typed: str, name: str | None) -> None:
    inspection = load_sample("rated").inspection
    draft = Draft(inspection)
    draft.set(inspection.id, "location_name", typed)
    named = inspection.apply(draft.finish("Rename"))
    assert propose_name(named, draft=False).startswith(f"{name or 'Inspection'} inspection report")
