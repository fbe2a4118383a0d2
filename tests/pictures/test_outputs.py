"""No output holds what was written into a picture, however the picture got into the inspection."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from inspector_app.checks.evidence_index import render_evidence_index
from inspector_app.content.importing import import_content
from inspector_app.document.outside_copies import write_outside_copy
from inspector_app.document.pdf import write_pdf
from inspector_app.domain.entities import Attachment
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.pictures.cleaning import explain_unclean
from inspector_app.report.report import render_report, write_docx, write_web_page
from inspector_app.storage.reading import open_for_reading
from tests.conftest import PROJECT
from tests.pictures.making import KINDS, MARKER
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.domain.inspection import Inspection

WORDS = "cannot be shown"
CASE = PROJECT / "tests" / "pictures" / "data" / "pictures.json"


def read_word(data: bytes) -> bytes:
    """Return a Word file with its parts unpacked, names included."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        return "\n".join(names).encode() + b"".join(archive.read(name) for name in names)


def read_web_page(data: bytes) -> bytes:
    """Return a web page with its pictures as bytes."""
    coded = re.findall(rb"base64,([A-Za-z0-9+/=]+)", data)
    return data + b"".join(map(base64.b64decode, coded))


def read_pdf(data: bytes) -> bytes:
    """Return a PDF with its streams unpacked."""
    unpacked = [data]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        with contextlib.suppress(zlib.error):
            unpacked.append(zlib.decompress(stream))
    return b"".join(unpacked)


def write_all(inspection: Inspection, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return every output of an inspection, as it is searched for what must not be in it."""
    framework = load_framework(inspection.details.framework)
    outputs = {}
    for name, report in (
        ("report", render_report(inspection)),
        ("index", render_evidence_index(inspection, framework, load_reference())),
    ):
        outputs[f"{name}.docx"] = read_word(write_docx(report, files.get))
        outputs[f"{name}.pdf"] = read_pdf(write_pdf(report, files.get))
        outputs[f"{name}.html"] = read_web_page(write_web_page(report, files.get))
    return outputs


def show(*names: str) -> tuple[Inspection, dict[str, str]]:
    """Return an inspection that shows a picture of each name, and their SHA-256."""
    hashes = {name: hashlib.sha256(KINDS[name]()).hexdigest() for name in names}
    attachments = [
        {"id": name, "name": f"{MARKER} {name}", "sha256": sha256}
        for name, sha256 in hashes.items()
    ]
    blocks = [{"image": name, "width": "half"} for name in names]
    note = {"text": "Seen.", "attachments": [item["name"] for item in attachments]}
    imported = bring_in(sections={"background": blocks}, attachments=attachments, evidence=[note])
    return imported.inspection, hashes


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_that_were_kept_before_photos_were_cleaned(kind: str, qtbot: QtBot) -> None:
    inspection, hashes = show(kind)
    files = {hashes[kind]: KINDS[kind]()}
    for name, data in write_all(inspection, files).items():
        # The index is for the inspector, who calls files by their names.
        if not name.startswith("index"):
            assert MARKER.encode() not in data, name
        assert WORDS.encode() not in data, name


def test_pictures_of_a_content_file(qtbot: QtBot) -> None:
    imported = import_content(CASE.read_bytes(), "pictures.json", None)
    assert len(imported.remarks) == 1
    assert "iphone.heic" in imported.remarks[0]
    outputs = write_all(imported.inspection, imported.attachments)
    for name, data in outputs.items():
        assert b"GPSMARK" not in data, name
        assert b"CAMERAMAKER" not in data, name
    # The one that only calls itself a HEIC is words.
    assert outputs["report.html"].count(WORDS.encode()) == 1
    assert outputs["report.docx"].count(WORDS.encode()) == 1
    assert outputs["report.html"].count(b"data:image/") == 6
    assert outputs["report.docx"].count(b"<pic:pic>") == 6
    turned = b'width="80" height="120"'
    assert turned in outputs["report.html"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_for_sending_has_clean_pictures_whenever_they_were_kept(
    kind: str, tmp_path: Path
) -> None:
    inspection, hashes = show(kind)
    files = {hashes[kind]: KINDS[kind]()}
    target = tmp_path / "copy.inspection"
    write_outside_copy(inspection, target, files.get, tmp_path)
    assert MARKER.encode() not in target.read_bytes()
    with open_for_reading(target) as reader:
        (picture,) = reader.inspection.all(Attachment)
        kept = reader.read_attachment(picture.sha256)
    assert kept is not None
    assert explain_unclean(kept) == ""
