"""New inspection files take the place of older ones, which are kept, and of nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from inspector_app.errors import FileProblem, InspectionInUse, NotAnInspection
from inspector_app.storage.new_files import create_inspection_file
from tests.storage.helpers import (
    change_name,
    make_file,
    make_inspection,
    own,
    owned_elsewhere,
    read_all,
    snapshot,
)
from tests.systems import held_open

if TYPE_CHECKING:
    from pathlib import Path

BACKUPS = "backups"


def test_a_replaced_inspection_is_kept(clinic: Path, tmp_path: Path) -> None:
    with own(clinic) as file:
        change, old = change_name(file.inspection, "The old one")
        file.commit(change, old)
    new = make_file(clinic, tmp_path / BACKUPS)
    assert read_all(clinic)[0] == new
    (copy,) = (tmp_path / BACKUPS).iterdir()
    assert copy.name.startswith("clinic (replaced ")
    assert copy.suffix == ".inspection"
    assert read_all(copy)[0] == old
    assert list(read_all(copy)[1]) == [make_inspection()[0], change]
    assert [path.name for path in clinic.parent.iterdir()] == ["clinic.inspection"]


def test_replacing_often_keeps_every_copy(clinic: Path, tmp_path: Path) -> None:
    for number in range(4):
        with own(clinic) as file:
            file.commit(*change_name(file.inspection, f"Number {number}"))
        make_file(clinic, tmp_path / BACKUPS)
    names = {read_all(path)[0].details.location_name for path in (tmp_path / BACKUPS).iterdir()}
    assert names == {f"Number {number}" for number in range(4)}


def test_an_open_inspection_is_not_replaced(clinic: Path, tmp_path: Path) -> None:
    with owned_elsewhere(clinic) as owner:
        before = snapshot(clinic.parent)
        with pytest.raises(InspectionInUse, match=f"process {owner.process.pid}"):
            make_file(clinic, tmp_path / BACKUPS)
        assert snapshot(clinic.parent) == before
    assert not (tmp_path / BACKUPS).exists()


@held_open
def test_nobody_opens_what_is_being_replaced(
    clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The name of the backups, the copy there and its name are flushed, then the new file; the old
    # one is replaced next.
    WRITTEN = 4  # noqa: N806
    tried: list[bool] = []
    real = os.fsync

    def try_to_open(descriptor: int) -> None:
        real(descriptor)
        tried.append(True)
        if len(tried) != WRITTEN:
            return
        with pytest.raises(AssertionError), owned_elsewhere(clinic):
            pytest.fail("another process would edit a file that is gone a moment later")

    monkeypatch.setattr(os, "fsync", try_to_open)
    make_file(clinic, tmp_path / BACKUPS)
    assert len(tried) == WRITTEN + 1


@pytest.mark.parametrize("content", [b"some text", b"PK\x03\x04" + bytes(2000), b"{}"])
def test_something_else_is_not_replaced(folder: Path, content: bytes) -> None:
    path = folder / "precious.inspection"
    path.write_bytes(content)
    with pytest.raises(NotAnInspection):
        make_file(path)
    assert snapshot(folder).keys() == {"precious.inspection"}
    assert path.read_bytes() == content


def test_a_folder_is_not_replaced(folder: Path) -> None:
    (folder / "x.inspection").mkdir()
    with pytest.raises(FileProblem, match="folder"):
        make_file(folder / "x.inspection")
    with pytest.raises(FileProblem, match="there is no folder"):
        make_file(folder / "gone" / "x.inspection")
    with pytest.raises(FileProblem, match="could not be saved"):
        make_file(folder / ("n" * 300))


def test_an_empty_file_may_be_replaced(folder: Path) -> None:
    path = folder / "x.inspection"
    path.touch()
    inspection = make_file(path)
    assert read_all(path)[0] == inspection
    assert not (folder / BACKUPS).exists()


def test_a_failure_in_the_middle_leaves_the_old_one(clinic: Path, tmp_path: Path) -> None:
    before = snapshot(clinic.parent)
    change, inspection = make_inspection()
    with pytest.raises(TypeError):
        create_inspection_file(
            clinic,
            change,
            inspection,
            {"0" * 64: 3.5},
            tmp_path / BACKUPS,  # type: ignore[dict-item]
        )
    assert snapshot(clinic.parent) == before


def test_a_copy_that_cannot_be_kept_leaves_the_old_one(clinic: Path, tmp_path: Path) -> None:
    before = snapshot(clinic.parent)
    (tmp_path / BACKUPS).write_bytes(b"a file where the folder should be")
    with pytest.raises(FileProblem):
        make_file(clinic, tmp_path / BACKUPS)
    assert snapshot(clinic.parent) == before


def test_the_journal_of_a_file_that_is_gone_is_not_played_back(clinic: Path) -> None:
    with owned_elsewhere(clinic) as owner:
        owner.tell("name Something longer")
        owner.tell("spill")
        owner.kill()
    clinic.unlink()
    inspection = make_file(clinic)
    assert read_all(clinic)[0] == inspection
    with own(clinic) as file:
        assert file.inspection == inspection
