from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.helpers import make_content, run, write_json

if TYPE_CHECKING:
    from pathlib import Path

CLINIC = make_content(
    id="clinic1",
    location={"name": "Little Meadow Clinic"},
    provider={"name": "Meadow Care Limited – Łódź"},
    sections={"overall_summary": [{"paragraph": "Patients were safe & well."}]},
    attachments=[{"name": "door.png", "media_type": "image/png", "bytes": "iVBORw0KGgo="}],
    evidence=[{"id": "n1", "text": "The door was open.", "attachments": ["door.png"]}],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that commands run in."""
    place = tmp_path / "work"
    place.mkdir()
    return place


@pytest.fixture
def clinic_json(folder: Path) -> Path:
    path = folder / "clinic.json"
    write_json(path, CLINIC)
    return path


@pytest.fixture
def clinic(folder: Path, clinic_json: Path) -> Path:
    """An inspection file."""
    run("import", clinic_json.name, folder=folder)
    clinic_json.unlink()
    return folder / "clinic.inspection"
