"""What a file is that is no inspection, by what it holds."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from inspector_app.errors import NotAnInspection
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.recognising import recognise
from tests.storage.helpers import own, snapshot

if TYPE_CHECKING:
    from pathlib import Path


def _zip(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    return file.getvalue()


FILES = [
    (b"", "empty", "is empty"),
    (bytes(100_000), "zeros", "lost its content"),
    (b'{"format": "inspection-content/1"}', "content", "inspection content"),
    (b'\xef\xbb\xbf\n{"format": "inspection-content/1"}', "content", "inspection content"),
    (b'{"a": 1}', "json", "JSON of another kind"),
    (_zip("word/document.xml"), "word", "a Word document"),
    (_zip("xl/workbook.xml"), "excel", "an Excel workbook"),
    (_zip("ppt/presentation.xml"), "powerpoint", "a presentation"),
    (_zip("a.inspection"), "zip", "unpack it first"),
    (b"PK\x03\x04" + bytes(range(200)), "zip", "a zip archive"),
    (b"%PDF-1.7 and so on" * 20, "pdf", "a PDF"),
    (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture", "a picture"),
    (b"<!DOCTYPE html><title>Sign in</title>" * 9, "web page", "download the inspection again"),
    ("Dear inspector,\nœ\n".encode() * 9_000, "text", "but text"),
    (b"SQLite format 3\0" + bytes(range(256)), "database", "is a database"),
    (bytes(range(1, 256)), "unknown", "is not an inspection file"),
]


@pytest.mark.parametrize(("data", "kind", "words"), FILES, ids=[kind for _, kind, _ in FILES])
def test_it_is_told_in_words(folder: Path, data: bytes, kind: str, words: str) -> None:
    path = folder / "strange.inspection"
    path.write_bytes(data)
    assert recognise(path) == kind
    before = snapshot(folder)
    for attempt in (own, lambda path: open_for_reading(path).__enter__()):
        with pytest.raises(NotAnInspection, match=words) as told:
            attempt(path)
        assert "has not been changed" in str(told.value)
    assert snapshot(folder) == before


def test_what_is_left_of_an_inspection_is_known_behind_any_beginning(clinic: Path) -> None:
    data = clinic.read_bytes()
    for start in (b"\xef\xbb\xbf", bytes(1 << 20), b"Dear inspector, " * 65_536):
        clinic.write_bytes(start + data)
        assert recognise(clinic) == "inspection"
        with pytest.raises(NotAnInspection, match="is damaged"):
            own(clinic)
