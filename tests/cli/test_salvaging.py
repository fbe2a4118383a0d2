from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.helpers import Done, run
from tests.storage.helpers import edit_sql, make_file, read_all, snapshot

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    path = folder / "clinic.inspection"
    make_file(path)
    edit_sql(path, "DELETE FROM entity WHERE id = 'block2'; DELETE FROM attachment")
    return path


def _salvage(path: Path, target: str, *options: str, code: int) -> Done:
    return run("salvage", path.name, "-o", target, *options, folder=path.parent, code=code)


def test_what_can_be_read_is_written_and_what_cannot_is_listed(damaged: Path) -> None:
    before = snapshot(damaged.parent)
    done = run(
        "salvage", "clinic.inspection", "-o", "new.inspection", folder=damaged.parent, code=1
    )
    assert "13 parts are in the new file. Not everything could be read." in done.out
    assert "1 photo or file\n        “door.png”" in done.out
    assert "1 part with a damaged row is just as it was, from the history." in done.out
    assert "The history is whole: 1 change." in done.out
    assert "There is no backup" in done.out
    assert {**snapshot(damaged.parent), **before} == snapshot(damaged.parent)
    assert len(read_all(damaged.with_name("new.inspection"))[0]) == 13
    # A second time nothing is written over.
    again = run(
        "salvage", "clinic.inspection", "-o", "new.inspection", folder=damaged.parent, code=3
    )
    assert "is there already" in again.err


def test_the_list_as_json_and_a_whole_file(damaged: Path) -> None:
    make_file(damaged.with_name("whole.inspection"))
    done = run("salvage", "whole.inspection", "-o", "a.inspection", "--json", folder=damaged.parent)
    found = json.loads(done.out)
    assert found["format"] == "inspection-salvage/1"
    assert found["whole"] is True
    assert found["parts"] == 13
    done = run(
        "salvage",
        "clinic.inspection",
        "-o",
        "b.inspection",
        "--json",
        folder=damaged.parent,
        code=1,
    )
    assert json.loads(done.out)["lost"] == [
        {"id": "photo1", "kind": "attachment", "place": "", "text": "door.png"}
    ]


def test_nothing_to_salvage(tmp_path: Path) -> None:
    (tmp_path / "zeros.inspection").write_bytes(bytes(5000))
    done = run("salvage", "zeros.inspection", "-o", "new.inspection", folder=tmp_path, code=3)
    assert "Nothing of an inspection could be read" in done.err
    assert not (tmp_path / "new.inspection").exists()
