"""What a file is that cannot be opened as an inspection: by what it holds, not by its name."""

from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from inspector_app.files import open_regular
from inspector_app.storage.encryption import find_protection

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import BinaryIO

FileKind: TypeAlias = Literal[
    "inspection",
    "empty",
    "zeros",
    "content",
    "json",
    "word",
    "excel",
    "powerpoint",
    "zip",
    "pdf",
    "picture",
    "web page",
    "text",
    "database",
    "unknown",
]


class _StrangerMessages(NamedTuple):
    what: str
    """Goes on after the file's name."""
    advice: str


_CHUNK = 1 << 20
_START = 1 << 16
_BOM = b"\xef\xbb\xbf"
_MARK = b'{"entity":"'
"""Stands in every row of an inspection, so it is found wherever the rest is damaged."""
_SQLITE = b"SQLite format 3\0"
_CONTENT = b"inspection-content/"
_STARTS: Mapping[bytes, FileKind] = {
    b"%PDF-": "pdf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"RIFF": "picture",
    b"<!DOCTYPE html": "web page",
    b"<!doctype html": "web page",
    b"<html": "web page",
    # What Word and Excel wrote until 2007.
    b"\xd0\xcf\x11\xe0": "word",
}
_FOLDERS: Mapping[str, FileKind] = {"word/": "word", "xl/": "excel", "ppt/": "powerpoint"}
_NOT = "is not an inspection file, but "
_OTHER = "Inspection files end in “.inspection”."
_RENAMED = "It was probably renamed: give it back its own ending, and open it in its own program."
_WORDS: Mapping[FileKind, _StrangerMessages] = {
    "inspection": _StrangerMessages(
        (
            "is damaged: there is an inspection in it, but its beginning is not that of an "
            "inspection file"
        ),
        "You can recover what can be read into a new file.",
    ),
    "empty": _StrangerMessages(
        "is empty",
        "Perhaps it is still being copied or synced. If it stays empty, look for an earlier "
        "version where it is synced, or open a backup.",
    ),
    "zeros": _StrangerMessages(
        "has lost its content and kept only its size, as happens with sync programs and full disks",
        "Wait until syncing is done. If it stays like this, look for an earlier version where it "
        "is synced, or open a backup.",
    ),
    "content": _StrangerMessages(
        f"{_NOT}inspection content (JSON) with another ending",
        "You can open it with “Open content” in the menu File.",
    ),
    "json": _StrangerMessages(
        "is not an inspection file, but JSON of another kind",
        "Content for Inspector is opened with “Open content” in the menu File.",
    ),
    "word": _StrangerMessages(f"{_NOT}a Word document", _RENAMED),
    "excel": _StrangerMessages(f"{_NOT}an Excel workbook", _RENAMED),
    "powerpoint": _StrangerMessages(f"{_NOT}a presentation", _RENAMED),
    "zip": _StrangerMessages(
        f"{_NOT}a zip archive",
        "If an inspection was packed into it, unpack it first, and open that.",
    ),
    "pdf": _StrangerMessages(f"{_NOT}a PDF", _RENAMED),
    "picture": _StrangerMessages(f"{_NOT}a picture", _RENAMED),
    "web page": _StrangerMessages(
        f"{_NOT}a web page",
        "Perhaps a page to sign in was downloaded in its place: download the inspection again.",
    ),
    "text": _StrangerMessages(f"{_NOT}text", _OTHER),
    "database": _StrangerMessages(f"{_NOT}a database of another program", _OTHER),
    "unknown": _StrangerMessages("is not an inspection file", _OTHER),
}


def describe_stranger(path: Path, kind: FileKind) -> str:
    """Return what to tell a person about a file that cannot be opened as an inspection."""
    words = _WORDS[kind]
    return f"“{path.name}” {words.what}. It has not been changed. {words.advice}"


def recognise(path: Path) -> FileKind:
    """Return what a file is.

    Raises:
        OSError: It cannot be read.
    """
    with os.fdopen(open_regular(path, follow=True), "rb") as file:
        start = file.read(_START)
        if not start:
            return "empty"
        has_mark, only_zeros = _scan(file)
        if has_mark or find_protection(start.removeprefix(_BOM)) is not None:
            return "inspection"
        if only_zeros:
            return "zeros"
        return _judge_start(start, file)


def _scan(file: BinaryIO) -> tuple[bool, bool]:
    """Return whether parts of an inspection are in a file, and whether nothing but zeros is."""
    file.seek(0)
    only_zeros = True
    rest = b""
    while chunk := file.read(_CHUNK):
        if _MARK in rest + chunk:
            return True, False
        only_zeros = only_zeros and not chunk.strip(b"\0")
        rest = chunk[-len(_MARK) :]
    return False, only_zeros


def _judge_start(start: bytes, file: BinaryIO) -> FileKind:
    if start.startswith(_SQLITE):
        return "database"
    if start.startswith(b"PK\x03\x04"):
        return _look_into_archive(file)
    for sign, kind in _STARTS.items():
        if start.startswith(sign):
            return kind
    text = start.removeprefix(_BOM).lstrip()
    if text.startswith(b"{"):
        return "content" if _CONTENT in start else "json"
    if b"\0" in start:
        return "unknown"
    try:
        start.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        return "text" if error.end >= len(start) - 1 and len(start) == _START else "unknown"
    return "text"


def _look_into_archive(file: BinaryIO) -> FileKind:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "zip"
    for folder, kind in _FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return kind
    return "zip"
