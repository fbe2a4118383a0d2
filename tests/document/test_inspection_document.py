from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.document.outside_copies import write_outside_copy
from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.errors import FileProblem, InspectionInUse, InspectorError
from inspector_app.frameworks.editions import start_with_edition
from inspector_app.pictures.cleaning import explain_unclean
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.reading import open_for_reading
from tests.report.making import bring_in, full_content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.content.importing import Imported


@pytest.fixture
def imported() -> Imported:
    return bring_in("rated", **full_content("rated"))


@pytest.fixture
def path(tmp_path: Path, imported: Imported) -> Path:
    path = tmp_path / "clinic.inspection"
    create_inspection_file(
        path,
        *start_with_edition(imported.change, imported.inspection),
        imported.attachments,
        tmp_path,
    )
    return path


@pytest.fixture
def document(path: Path, qtbot: QtBot) -> Iterator[InspectionDocument]:
    document = InspectionDocument(path, path.parent)
    yield document
    document.close()


def test_an_open_inspection_is_as_it_was_written(
    document: InspectionDocument, imported: Imported
) -> None:
    assert document.inspection == start_with_edition(imported.change, imported.inspection)[1]
    for sha256, data in imported.attachments.items():
        assert document.read_attachment(sha256) == data
    assert document.not_owned_reason == ""


def test_it_knows_its_file_by_any_name(document: InspectionDocument, path: Path) -> None:
    assert document.is_at(path)
    assert document.is_at(path.parent / "." / path.name)
    assert not document.is_at(path.with_name("other.inspection"))


def test_an_export_says_when_it_is_done(
    document: InspectionDocument, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "REPORT.DOCX"
    with qtbot.waitSignal(document.reports.exported) as signal:
        document.reports.export(target)
    assert signal.args == [target]
    assert zipfile.is_zipfile(target)


def test_an_export_of_an_unknown_kind_is_refused(
    document: InspectionDocument, tmp_path: Path, qtbot: QtBot
) -> None:
    with (
        qtbot.assertNotEmitted(document.reports.exported),
        pytest.raises(InspectorError, match=r"\.docx"),
    ):
        document.reports.export(tmp_path / "report.odt")
    assert not (tmp_path / "report.odt").exists()


def test_a_draft_can_be_asked_for(document: InspectionDocument) -> None:
    assert not document.reports.render().draft
    assert document.reports.render(draft=True).draft


def test_a_second_document_on_the_file_is_refused_in_this_process(
    document: InspectionDocument, path: Path
) -> None:
    with pytest.raises(InspectionInUse):
        InspectionDocument(path, path.parent)


def test_a_missing_file_is_a_problem_that_can_be_told(tmp_path: Path, qtbot: QtBot) -> None:
    with pytest.raises(FileProblem, match=r"nothing\.inspection"):
        InspectionDocument(tmp_path / "nothing.inspection", tmp_path)


def test_a_copy_for_outside_has_one_change_and_no_notes(
    document: InspectionDocument, tmp_path: Path
) -> None:
    target = tmp_path / "outside.inspection"
    write_outside_copy(document.inspection, target, document.read_attachment, tmp_path)
    with open_for_reading(target) as reader:
        assert len(list(reader.history())) == 1
        assert not list(reader.inspection.all(EvidenceNote))
        assert reader.inspection.details.location_name == (
            document.inspection.details.location_name
        )
        for attachment in reader.inspection.all(Attachment):
            # What is no picture prints as words, and its bytes stay at home.
            kept = reader.read_attachment(attachment.sha256)
            assert kept is None or explain_unclean(kept) == ""


def test_a_file_that_can_only_be_read_is_shown(
    path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, imported: Imported
) -> None:
    # What a write-protected folder says; whoever runs the tests may be above such things.
    monkeypatch.setattr(os, "access", lambda *_: False)
    document = InspectionDocument(path, path.parent)
    assert document.inspection == start_with_edition(imported.change, imported.inspection)[1]
    assert not document.can_edit
    assert "can only be read" in document.not_owned_reason
    document.close()
