"""The text of PDF files, read by another program."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def read_pdf(data: bytes, tmp_path: Path, *options: str) -> str:
    """Return the text of a PDF, as another program finds it there."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not here")
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    command = ["pdftotext", *options, str(path), "-"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)  # noqa: S603
    # Some fonts have one glyph for "ff" and "fi", and the text then one character.
    return unicodedata.normalize("NFKC", done.stdout)
