"""What tells a file from another one at its path, and from itself before it was written."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from inspector_app.storage.footprint import compare, take_footprint

_NUMBERS = ("st_dev", "st_ino", "st_size", "st_mtime_ns")


@pytest.mark.parametrize(
    ("differs", "presence"),
    [
        ("st_dev", "other"),
        ("st_ino", "other"),
        ("st_size", "touched"),
        ("st_mtime_ns", "touched"),
        ("", "here"),
    ],
)
def test_each_number_tells(
    clinic: Path, monkeypatch: pytest.MonkeyPatch, differs: str, presence: str
) -> None:
    left = take_footprint(clinic)
    found = clinic.stat()
    now = SimpleNamespace(**{name: getattr(found, name) + (name == differs) for name in _NUMBERS})
    monkeypatch.setattr(Path, "stat", lambda _: now)
    assert compare(left, clinic) == presence


def test_what_was_never_there_is_another_file(clinic: Path) -> None:
    assert compare(None, clinic) == "other"


def test_a_file_that_nobody_finds_is_gone(clinic: Path) -> None:
    left = take_footprint(clinic)
    clinic.unlink()
    assert compare(left, clinic) == "gone"
