"""Files of newer formats are shown as far as they are understood, and never written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector_app.errors import NewerInspection, PasswordNeeded
from inspector_app.storage.encryption import make_key
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.schema import FORMAT, read_header
from tests.storage.helpers import (
    CHEAP,
    PHOTO,
    PHOTO_SHA256,
    edit_sql,
    make_file,
    make_inspection,
    own,
    owned_elsewhere,
    snapshot,
)

if TYPE_CHECKING:
    from pathlib import Path

KEY = make_key("meadow", CHEAP)
NEWER = f"PRAGMA user_version = {FORMAT + 1}"
NEW_KIND = (
    "INSERT INTO entity SELECT 'plan1', 'plan', 'root', "
    """'{"entity":"plan","id":"plan1","parent":"root"}', 0"""
)
NEW_CHILD = (
    "INSERT INTO entity SELECT 'step1', 'block', 'plan1', "
    """'{"entity":"block","id":"step1","parent":"plan1","kind":"bullet"}', 0"""
)


def test_what_is_new_is_passed_by(clinic: Path) -> None:
    edit_sql(clinic, NEWER)
    edit_sql(clinic, "ALTER TABLE entity ADD COLUMN colour TEXT; CREATE TABLE more (x)")
    edit_sql(clinic, f"{NEW_KIND}, ''; {NEW_CHILD}, ''")
    edit_sql(clinic, "UPDATE entity SET body = json_set(body, '$.mood', 'x') WHERE id = 'note1'")
    edit_sql(clinic, "UPDATE entity SET body = json_set(body, '$.level', 7) WHERE id = 'block3'")
    before = snapshot(clinic.parent)
    with pytest.raises(NewerInspection, match=f"file format {FORMAT + 1}"):
        own(clinic)
    with pytest.raises(NewerInspection), open_for_reading(clinic):
        pass
    with open_for_reading(clinic, newer=True) as reader:
        found = reader.inspection
        expected = make_inspection()[1]
        assert {part.id for part in found} == {part.id for part in expected}
        assert found.find("note1") == expected.find("note1")
        assert "2 parts of it are not shown" in reader.note
        assert "2 parts are shown without what is new" in reader.note
        assert reader.read_attachment(PHOTO_SHA256) == PHOTO
        assert [line.label for line in reader.history_lines()] == ["New inspection"]
        copy = clinic.parent.parent / "copy.inspection"
        reader.write_copy(copy, clinic.parent.parent / "backups")
    assert snapshot(clinic.parent) == before
    with open_for_reading(copy, newer=True) as reader:
        assert "2 parts of it are not shown" in reader.note


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE entity RENAME TO part",
        "ALTER TABLE entity RENAME COLUMN body TO soul",
        "DELETE FROM entity WHERE id = 'root'",
        "UPDATE entity SET body = CAST(x'00ff' AS TEXT)",
    ],
)
def test_what_cannot_be_understood_is_told(clinic: Path, sql: str) -> None:
    edit_sql(clinic, NEWER)
    edit_sql(clinic, sql)
    before = snapshot(clinic.parent)
    with (
        pytest.raises(NewerInspection, match="Install the newer version"),
        open_for_reading(clinic, newer=True),
    ):
        pass
    assert snapshot(clinic.parent) == before


def test_one_that_is_written_just_now_is_shown_from_a_copy(clinic: Path) -> None:
    with owned_elsewhere(clinic):
        edit_sql_behind = clinic.read_bytes()
        data = bytearray(edit_sql_behind)
        data[60:64] = (FORMAT + 1).to_bytes(4, "big")
        clinic.write_bytes(data)
        with open_for_reading(clinic, newer=True) as reader:
            assert reader.inspection == make_inspection()[1]
            assert "newer version" in reader.note


def test_a_protected_one_is_shown_with_its_key(folder: Path) -> None:
    path = folder / "protected.inspection"
    make_file(path, folder.parent / "unused", KEY)
    edit_sql(path, NEWER, key=KEY)
    edit_sql(path, "CREATE TABLE more (x)", key=KEY)
    before = snapshot(folder)
    assert read_header(path, newer=True).protection == KEY.protection
    with pytest.raises(NewerInspection, match=f"file format {FORMAT + 1}"):
        own(path, KEY)
    for wrong in (None, make_key("other", CHEAP)):
        with pytest.raises(PasswordNeeded), open_for_reading(path, wrong, newer=True):
            pass
    copy = folder.parent / "copy.inspection"
    with open_for_reading(path, KEY, newer=True) as reader:
        assert reader.inspection == make_inspection()[1]
        assert "newer version" in reader.note
        assert reader.read_attachment(PHOTO_SHA256) == PHOTO
        reader.write_copy(copy, folder.parent / "backups")
    assert snapshot(folder) == before
    assert read_header(copy, newer=True).protection == KEY.protection


def test_a_protected_one_that_is_not_understood_is_told(folder: Path) -> None:
    path = folder / "protected.inspection"
    make_file(path, folder.parent / "unused", KEY)
    edit_sql(path, f"{NEWER}; ALTER TABLE entity RENAME TO part", key=KEY)
    with (
        pytest.raises(NewerInspection, match="Install the newer version"),
        open_for_reading(path, KEY, newer=True),
    ):
        pass
