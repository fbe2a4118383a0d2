from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.helpers import run
from tests.storage.helpers import leave_in_journal, make_file, owned_elsewhere

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
