from __future__ import annotations

import json
from typing import TYPE_CHECKING

from inspector_app.settings import get_journals_folder
from inspector_app.storage.recovery import take_left_changes
from tests.cli.helpers import run
from tests.storage.helpers import (
    change_name,
    leave_in_journal,
    make_file,
    own,
    owned_elsewhere,
)

if TYPE_CHECKING:
    from pathlib import Path


def dump_name(folder: Path, *options: str) -> tuple[str, str]:
    done = run("dump", "clinic.inspection", *options, folder=folder)
    return json.loads(done.out_bytes)["location"]["name"], done.err


def test_a_dump_gives_file_and_journal_when_asked(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    path = folder / "clinic.inspection"
    make_file(path)
    assert "nothing that is not in the file" in dump_name(folder, "--recover")[1]
    leave_in_journal(path, "Mill", "Lane")
    before = path.read_bytes()
    assert dump_name(folder) == ("Little Meadow Clinic", "")
    name, remarks = dump_name(folder, "--recover")
    assert name == "Lane"
    assert "2 changes" in remarks
    assert path.read_bytes() == before
    # Looking takes nothing away, and works while somebody has the file open.
    with owned_elsewhere(path):
        assert dump_name(folder, "--recover")[0] == "Lane"


def test_changes_that_do_not_fit_any_more_are_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "clinic.inspection"
    make_file(path)
    leave_in_journal(path, "Mill", "Lane")
    with own(path) as file:
        take_left_changes(get_journals_folder(), file.inspection.id, file.path, file.read_ids)
        file.commit(*change_name(file.inspection, "Meadow"))
    name, remarks = dump_name(tmp_path, "--recover")
    assert name == "Meadow"
    assert ": 0 changes." in remarks
    assert remarks.count("does not fit the file any more") == 2
