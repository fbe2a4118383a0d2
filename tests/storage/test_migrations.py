"""Older files are copied, then lifted; files of every released format open."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import pytest

from inspector_app.content.writing import write_content
from inspector_app.domain.entities import Service
from inspector_app.errors import FileProblem, NewerInspection
from inspector_app.storage import inspection_file, new_files, reading, schema
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.reading import open_for_reading
from tests.content.comparing import assert_same
from tests.storage.helpers import (
    change_name,
    dump_plain,
    make_file,
    make_inspection,
    own,
    owned_elsewhere,
    read_all,
    snapshot,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Lift = Callable[[Callable[[apsw.Connection], None]], None]

DATA = Path(__file__).parent / "data"
FORMATS = range(1, schema.FORMAT + 1)
NEXT = schema.FORMAT + 1


def rewrite_fixtures() -> None:
    """Make the fixture of the newest format, once, before it is released.

    Run from the project's folder:
    python -c "from tests.storage.test_migrations import rewrite_fixtures as r; r()"
    """
    path = DATA / f"format-{schema.FORMAT}.inspection"
    path.unlink(missing_ok=True)
    make_file(path)
    inspection, history, _ = read_all(path)
    path.with_suffix(".json").write_bytes(dump_plain(inspection, history))


@pytest.mark.parametrize("number", FORMATS)
def test_a_file_of_every_released_format_opens(folder: Path, number: int) -> None:
    path = folder / "old.inspection"
    shutil.copyfile(DATA / f"format-{number}.inspection", path)
    before = path.read_bytes()
    expected = (DATA / f"format-{number}.json").read_bytes()
    inspection, history, photo = read_all(path)
    assert dump_plain(inspection, history) == expected
    assert path.read_bytes() == before
    with own(path) as file:
        assert dump_plain(file.inspection, list(file.history())) == expected
        file.commit(*change_name(file.inspection, "One"))
    assert read_all(path)[2] == photo
    assert photo is not None


def test_rows_of_the_grid_are_services_back_through_the_history(folder: Path) -> None:
    """The file is of format 2, where rows were parts of their own kind: made, edited, deleted."""
    path = folder / "old.inspection"
    shutil.copyfile(DATA / "grid-rows.inspection", path)
    now = json.loads((DATA / "grid-rows.json").read_bytes())
    before = json.loads((DATA / "grid-rows-before.json").read_bytes())
    with own(path) as file:
        assert json.loads(write_content(file.inspection, None)) == now
        first = next(change.id for change in file.history())
        file.commit(*change_name(file.inspection, "One"))
    with open_for_reading(path) as reader:
        then = reader.read_state(first)
    assert_same(json.loads(write_content(then, None)), before)
    rows = [(item.name, item.row_only) for item in then.all(Service)]
    assert rows[0] == ("Surgery", True)
    assert ("Surgery", False) in rows


# -- a next format that only these tests know


def _add_table(connection: apsw.Connection) -> None:
    connection.execute("CREATE TABLE extra (id TEXT PRIMARY KEY) STRICT")
    connection.execute("INSERT INTO extra SELECT id FROM entity")


def _fail(connection: apsw.Connection) -> None:
    _add_table(connection)
    raise ZeroDivisionError


@pytest.fixture
def lift(monkeypatch: pytest.MonkeyPatch) -> Lift:
    def install(migration: Callable[[apsw.Connection], None]) -> None:
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, migration))
        for module in (schema, inspection_file, new_files, reading):
            monkeypatch.setattr(module, "FORMAT", len(schema.MIGRATIONS))

    return install


def _query(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_an_older_file_is_copied_then_migrated(clinic: Path, tmp_path: Path, lift: Lift) -> None:
    backups = tmp_path / "backups"
    change, inspection = make_inspection()
    lift(_add_table)
    with InspectionFile.open(clinic, backups) as file:
        assert file.inspection == inspection
        file.commit(*change_name(inspection, "After"))
        with pytest.raises(AssertionError), owned_elsewhere(clinic):
            pytest.fail("making the copy dropped the lock")
    assert _query(clinic, "PRAGMA user_version") == [(NEXT,)]
    assert _query(clinic, "SELECT count(*) FROM extra") == [(len(inspection),)]
    (copy,) = backups.iterdir()
    assert copy.name.startswith("clinic (before migration ")
    assert _query(copy, "PRAGMA user_version") == [(schema.FORMAT - 1,)]
    assert read_all(copy)[:2] == (inspection, [change])

    with InspectionFile.open(clinic, backups) as file:
        assert file.inspection.details.location_name == "After"
    assert len(list(backups.iterdir())) == 1, "a file of this format is not copied"


def test_a_migration_that_fails_leaves_the_file_whole(clinic: Path, tmp_path: Path) -> None:
    before = snapshot(clinic.parent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, _fail))
        for module in (schema, inspection_file, new_files, reading):
            patch.setattr(module, "FORMAT", NEXT)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                InspectionFile.open(clinic, tmp_path / "backups")
            assert snapshot(clinic.parent) == before
    assert len(list((tmp_path / "backups").iterdir())) == 2
    with own(clinic) as file:
        assert file.inspection == make_inspection()[1]


def test_without_a_copy_nothing_is_migrated(clinic: Path, tmp_path: Path, lift: Lift) -> None:
    before = snapshot(clinic.parent)
    lift(_add_table)
    (tmp_path / "backups").write_bytes(b"a file where the folder should be")
    with pytest.raises(FileProblem):
        InspectionFile.open(clinic, tmp_path / "backups")
    assert snapshot(clinic.parent) == before


def test_looking_migrates_a_private_copy_only(clinic: Path, lift: Lift) -> None:
    os.utime(clinic, ns=(10**18, 10**18))
    before = snapshot(clinic.parent)
    lift(_add_table)
    with open_for_reading(clinic) as reader:
        assert reader.inspection == make_inspection()[1]
        assert snapshot(clinic.parent) == before
    assert snapshot(clinic.parent) == before


def test_a_kill_in_the_middle_of_a_migration(clinic: Path, tmp_path: Path, lift: Lift) -> None:
    with owned_elsewhere(clinic) as owner:
        owner.tell("spill")
        owner.kill()
    # The page with the format number may be on the disk already, while the change is not done.
    data = bytearray(clinic.read_bytes())
    data[60:64] = NEXT.to_bytes(4, "big")
    clinic.write_bytes(data)
    lift(_add_table)
    assert read_all(clinic)[0] == make_inspection()[1]
    with InspectionFile.open(clinic, tmp_path / "backups") as file:
        assert file.inspection == make_inspection()[1]
    assert _query(clinic, "SELECT count(*) FROM extra") == [(len(make_inspection()[1]),)]
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_this_version_refuses_what_the_next_one_made(
    clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, _add_table))
        for module in (schema, inspection_file, new_files, reading):
            patch.setattr(module, "FORMAT", NEXT)
        with InspectionFile.open(clinic, tmp_path / "backups"):
            pass
    with pytest.raises(NewerInspection, match=f"file format {NEXT}"):
        own(clinic)
