from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector_app.storage import database
from tests.storage.helpers import make_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for an owner who, in these tests, does not go."""
    monkeypatch.setattr(database, "_BUSY_MILLISECONDS", 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    place = tmp_path / "inspections"
    place.mkdir()
    return place


@pytest.fixture
def clinic(folder: Path) -> Path:
    """An inspection file that lies alone in its folder."""
    path = folder / "clinic.inspection"
    make_file(path, folder.parent / "unused")
    return path
