"""Looking into an inspection file, whoever has it, changes nothing and leaves nothing."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from typing import TYPE_CHECKING

import apsw
import pytest

from inspector_app.errors import FileProblem, InspectionInUse, NotAnInspection
from inspector_app.storage import private_copy
from inspector_app.storage.reading import open_for_reading
from tests.storage.helpers import (
    PHOTO,
    PHOTO_SHA256,
    change_name,
    edit_sql,
    make_inspection,
    own,
    owned_elsewhere,
    read_all,
    snapshot,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that private copies go to."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_looking_changes_nothing(clinic: Path, temporary: Path) -> None:
    os.utime(clinic, ns=(10**18, 10**18))
    before = snapshot(clinic.parent)
    change, inspection = make_inspection()
    with open_for_reading(clinic) as reader:
        assert reader.inspection == inspection
        assert list(reader.history()) == [change]
        assert reader.read_attachment(PHOTO_SHA256) == PHOTO
        assert reader.read_attachment("0" * 64) is None
        assert snapshot(clinic.parent) == before
        assert not list(temporary.iterdir()), "a file that nobody owns is read where it lies"
    assert snapshot(clinic.parent) == before


def test_many_may_look_at_once_and_nobody_writes_meanwhile(clinic: Path) -> None:
    with open_for_reading(clinic) as one, open_for_reading(clinic) as other:
        assert one.inspection == other.inspection
        with pytest.raises(InspectionInUse):
            own(clinic)
    with own(clinic) as file:
        assert file.inspection == one.inspection


def test_a_file_in_a_folder_that_can_only_be_read(clinic: Path) -> None:
    clinic.chmod(0o444)
    clinic.parent.chmod(0o555)
    try:
        assert read_all(clinic)[0] == make_inspection()[1]
    finally:
        clinic.parent.chmod(0o755)


def test_looking_while_another_process_owns_it(clinic: Path, temporary: Path) -> None:
    with owned_elsewhere(clinic) as owner:
        before = snapshot(clinic.parent)
        assert read_all(clinic)[0] == make_inspection()[1], "nothing committed yet"
        assert snapshot(clinic.parent) == before
        for name in ("First", "Second – Łódź"):
            owner.tell(f"name {name}")
            before = snapshot(clinic.parent)
            inspection, history, photo = read_all(clinic)
            assert inspection.details.location_name == name
            assert history[-1].label == "Change name"
            assert photo == PHOTO
            assert snapshot(clinic.parent) == before
    assert not list(temporary.iterdir()), "private copies are removed"


def test_looking_while_a_change_is_half_written(clinic: Path, temporary: Path) -> None:
    with owned_elsewhere(clinic) as owner:
        owner.tell("name Last committed")
        committed = clinic.read_bytes()
        owner.tell("spill")
        before = snapshot(clinic.parent)
        assert before[clinic.name][0] != committed, "some pages are written already"
        assert b"Spilled" in before[clinic.name][0] or len(before[clinic.name][0]) > len(committed)
        assert read_all(clinic)[0].details.location_name == "Last committed"
        assert snapshot(clinic.parent) == before
    assert not list(temporary.iterdir())


def test_after_a_kill_in_the_middle_of_a_change(clinic: Path, temporary: Path) -> None:
    with owned_elsewhere(clinic) as owner:
        owner.tell("name Last committed")
        committed = clinic.read_bytes()
        owner.tell("spill")
        owner.kill()
    before = snapshot(clinic.parent)
    journal = before["clinic.inspection-journal"][0]
    assert journal[:8] == bytes.fromhex("d9d505f920a163d7"), "a hot journal"
    assert before[clinic.name][0] != committed

    inspection, history, photo = read_all(clinic)
    assert inspection.details.location_name == "Last committed"
    assert len(history) == 2
    assert photo == PHOTO
    assert snapshot(clinic.parent) == before, "file and journal are as they were"
    assert not list(temporary.iterdir())

    with own(clinic) as file:
        assert file.inspection == inspection
        assert list(file.history()) == history
        change, after = change_name(file.inspection, "And on")
        file.commit(change, after)
    assert [path.name for path in clinic.parent.iterdir()] == ["clinic.inspection"]
    assert read_all(clinic)[:2] == (after, [*history, change])


def test_a_journal_that_holds_nothing_is_no_reason_for_a_copy(
    clinic: Path, temporary: Path
) -> None:
    with owned_elsewhere(clinic) as owner:
        owner.tell("name Last committed")
        owner.kill()
    before = snapshot(clinic.parent)
    assert set(before) == {
        "clinic.inspection",
        "clinic.inspection-journal",
        ".clinic.inspection.holder",
    }
    with open_for_reading(clinic) as reader:
        assert reader.inspection.details.location_name == "Last committed"
        assert not list(temporary.iterdir())
    assert snapshot(clinic.parent) == before


def test_a_copy_that_came_out_damaged_is_not_believed(clinic: Path, temporary: Path) -> None:
    connection = apsw.Connection(str(clinic))
    find = "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_change_1'"
    ((page,),) = connection.execute(find)
    connection.close()
    data = bytearray(clinic.read_bytes())
    # Empty the index, so that it does not fit its table.
    data[4096 * (page - 1) : 4096 * page] = b"\x0a" + bytes(4095)
    with owned_elsewhere(clinic):
        clinic.write_bytes(data)
        with pytest.raises(NotAnInspection, match="damaged"):
            read_all(clinic)
    assert not list(temporary.iterdir())


def test_a_file_that_never_rests(
    clinic: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.copyfile

    def copy_and_touch(source: Path, target: Path) -> None:
        real(source, target)
        before = source.stat().st_mtime_ns
        os.utime(source, ns=(before + 1_000_000, before + 1_000_000))

    monkeypatch.setattr(shutil, "copyfile", copy_and_touch)
    monkeypatch.setattr(private_copy, "_QUIET_SECONDS", 0.0)
    with owned_elsewhere(clinic), pytest.raises(FileProblem, match="all the time"):
        read_all(clinic)
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("step", ["mkdtemp", "copyfile"])
def test_no_room_for_a_private_copy(
    clinic: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile if step == "mkdtemp" else shutil, step, fail)
    with owned_elsewhere(clinic), pytest.raises(FileProblem, match="No space left"):
        read_all(clinic)
    assert not list(temporary.iterdir())


def test_attachments_are_read_when_they_are_asked_for(clinic: Path) -> None:
    edit_sql(clinic, "UPDATE attachment SET bytes = x'00'")
    with open_for_reading(clinic) as reader:
        assert reader.inspection == make_inspection()[1]
        with pytest.raises(NotAnInspection, match="damaged"):
            reader.read_attachment(PHOTO_SHA256)


def test_a_missing_file_and_a_folder(folder: Path) -> None:
    for path, words in [
        (folder / "gone.inspection", "There is no file"),
        (folder, "is a folder"),
        (folder / ("n" * 300), "could not be read|There is no file"),
    ]:
        with pytest.raises(FileProblem, match=words), open_for_reading(path):
            pytest.fail("there is nothing to read")
