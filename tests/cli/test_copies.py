"""Listing and forgetting from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings

from inspector_app.settings import get_backups_folder, get_opened_folder, get_settings_file
from inspector_app.storage.automatic import list_backups, make_backup_path
from inspector_app.storage.opened import note_opened
from inspector_app.storage.reading import open_for_reading
from tests.cli.helpers import run
from tests.storage.helpers import WHEN, leave_in_journal, owned_elsewhere

ID = "clinic1"


@pytest.fixture
def backup(clinic: Path) -> Path:
    """A backup of the clinic, which was open in the window once."""
    with open_for_reading(clinic) as reader:
        head = reader.head
    path = make_backup_path(get_backups_folder(), ID, head, WHEN)
    path.parent.mkdir(parents=True)
    shutil.copy(clinic, path)
    note_opened(get_opened_folder(), ID, clinic)
    return path


def list_copies(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("copies", "--json", folder=folder).out_bytes)
    return found


def test_a_new_computer_holds_nothing(folder: Path) -> None:
    assert list_copies(folder)["inspections"] == []
    assert run("copies", folder=folder).out == "0 kB in all.\n"


def test_what_there_is_is_listed(folder: Path, clinic: Path, backup: Path) -> None:
    done = run("copies", folder=folder)
    assert f"{ID}  Little Meadow Clinic" in done.out
    assert str(backup) in done.out
    assert str(clinic) in done.out
    (inspection,) = list_copies(folder)["inspections"]
    assert inspection["id"] == ID
    assert inspection["title"] == "Little Meadow Clinic"
    kinds = {copy["kind"]: Path(copy["path"]) for copy in inspection["copies"]}
    assert kinds == {"file": clinic, "backup": backup}
    assert all(
        copy["size"] > 0 and copy["when"].endswith("+00:00") for copy in inspection["copies"]
    )


@pytest.mark.parametrize("by", ["id", "file"])
def test_forgetting_asks_and_leaves_the_file(
    folder: Path, clinic: Path, backup: Path, by: str
) -> None:
    wanted = ID if by == "id" else clinic.name
    for answer in (b"", b"n\n"):
        done = run("forget", wanted, folder=folder, data=answer, code=1)
        assert "1 backup" in done.err
        assert f"Stays: {clinic}" in done.err
        assert "Nothing was removed" in done.err
        assert backup.exists()
    before = clinic.read_bytes()
    done = run("forget", wanted, folder=folder, data=b"y\n")
    assert done.out.startswith("Removed 1 copy")
    assert clinic.read_bytes() == before
    assert list_backups(get_backups_folder(), ID) == []
    assert list_copies(folder)["inspections"] == []


def test_the_file_goes_when_it_is_said(folder: Path, clinic: Path, backup: Path) -> None:
    done = run("forget", ID, "--file", "--yes", folder=folder)
    assert done.err == ""
    assert done.out.startswith("Removed 2 copies")
    assert not clinic.exists()
    assert not backup.exists()


def test_what_waits_for_a_decision_is_named(folder: Path, clinic: Path, backup: Path) -> None:
    leave_in_journal(clinic, "Mill")
    assert "waits for your decision" in run("copies", folder=folder).out
    done = run("forget", ID, folder=folder, code=1)
    assert "may be in no file" in done.err


def test_what_is_open_is_refused(folder: Path, clinic: Path, backup: Path) -> None:
    with owned_elsewhere(clinic):
        done = run("forget", clinic.name, "--yes", folder=folder, code=3)
        assert "Nothing was removed" in done.err
        assert "process" in done.err
    assert backup.exists()


@pytest.mark.parametrize("wanted", ["nosuchid", "no such.inspection", "../x", ""])
def test_what_there_is_not(folder: Path, backup: Path, wanted: str) -> None:
    done = run("forget", wanted, "--yes", folder=folder, code=3)
    assert "inspector-app copies" in done.err
    assert backup.exists()


def test_the_window_forgets_it_too(folder: Path, clinic: Path, backup: Path) -> None:
    place = get_settings_file()
    place.parent.mkdir(parents=True, exist_ok=True)
    settings = QSettings(str(place), QSettings.Format.IniFormat)
    settings.setValue("recent_files", str(clinic))
    facts = json.dumps({str(clinic): ["Little Meadow Clinic", "", "", "details"]})
    settings.setValue("recent_facts", facts)
    settings.setValue("other", "kept")
    settings.sync()
    run("forget", ID, "--yes", folder=folder)
    text = place.read_text("utf-8")
    assert "Little Meadow" not in text
    assert clinic.name not in text
    assert "other=kept" in text
