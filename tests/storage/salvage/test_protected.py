"""Damaged files with a password are salvaged with it; nothing of them is ever written plain."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest

from inspector_app.document.damaged import examine, keep_aside, unlock_damaged
from inspector_app.document.salvaging import make_stand_in
from inspector_app.errors import NotAnInspection, WrongPassword
from inspector_app.settings import get_journals_folder
from inspector_app.storage.automatic import make_backup_path
from inspector_app.storage.encryption import PROTECTION_PLACE, make_key
from inspector_app.storage.journal_attachments import write_attachment
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.salvage.protections import find_protections
from inspector_app.storage.salvage.writing import SalvageFolders, salvage_inspection
from inspector_app.storage.schema import read_header
from tests.storage.helpers import (
    CHEAP,
    PHOTO,
    PHOTO_SHA256,
    WHEN,
    change_name,
    leave_in_journal,
    make_file,
    own,
    owned_elsewhere,
    read_all,
    snapshot,
)

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.domain.inspection import Inspection
    from inspector_app.storage.encryption import Key
    from inspector_app.storage.salvage.report import SalvageReport

PAGE = 4096
KEY = make_key("meadow", CHEAP)
PLAIN = (b'"entity":"', PHOTO[:30], b"Meadow")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where private copies lie."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def worked_on(folder: Path, temporary: Path) -> Path:
    """A protected file with a history, and a private place for its copies."""
    assert temporary.is_dir()
    path = folder / "clinic.inspection"
    make_file(path, folder.parent / "unused", KEY)
    with own(path, KEY) as file:
        inspection = file.inspection
        for name in ("Mill", "Lane", "Wood"):
            change, inspection = change_name(inspection, name)
            file.commit(change, inspection)
    return path


def salvage(path: Path, key: Key | None = KEY) -> tuple[SalvageReport, Inspection]:
    """Salvage a file, looking all the time for what is plain; return what is in the new one."""
    before = snapshot(path.parent)
    target = path.with_name("new.inspection")
    home = path.parent.parent

    def look(_text: str, _share: float | None) -> None:
        assert find_plain(home) == []

    report = salvage_inspection(path, target, _folders(path), make_stand_in, look, key)
    assert find_plain(home) == []
    assert read_header(target).protection == KEY.protection
    with own(target, KEY) as file:
        inspection = file.inspection
        file.commit(*change_name(inspection, "Going on"))
    target.unlink()
    assert snapshot(path.parent) == before
    return report, inspection


def find_plain(home: Path) -> list[str]:
    return [
        item.name
        for item in home.rglob("*")
        if item.is_file() and any(words in item.read_bytes() for words in PLAIN)
    ]


def _folders(path: Path) -> SalvageFolders:
    return SalvageFolders(path.parent.parent / "backups", get_journals_folder())


def _alter(path: Path, at: int, data: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(at)
        file.write(data)


def _put_backup(path: Path, key: Key = KEY) -> Path:
    with own(path, key) as file:
        target = make_backup_path(_folders(path).backups, "root", file.head, WHEN)
        backup = file.start_backup(target)
        backup.step()
        backup.finish()
    return target


def _spoil_protection(path: Path) -> None:
    _alter(path, PROTECTION_PLACE + 5, b"\x00\x01\x02")


# -- what is in the file


def test_a_whole_file_comes_out_whole_with_its_history(worked_on: Path) -> None:
    inspection, history, _ = read_all(worked_on, KEY)
    report, found = salvage(worked_on)
    assert found == inspection
    assert report.is_whole
    assert report.history == len(history) == 4


def test_any_page_may_be_lost(worked_on: Path) -> None:
    inspection = read_all(worked_on, KEY)[0]
    whole = worked_on.read_bytes()
    for page in range(len(whole) // PAGE):
        worked_on.write_bytes(whole)
        _alter(worked_on, page * PAGE, bytes(PAGE))
        report, found = salvage(worked_on)
        assert {part.id for part in found} == {part.id for part in inspection}, page
        told = {item.id for item in (*report.doubtful, *report.lost)}
        assert all(part == found.find(part.id) or part.id in told for part in inspection), page


def test_without_page_one_and_its_tag_rows_are_read_from_the_pages(worked_on: Path) -> None:
    inspection = read_all(worked_on, KEY)[0]
    _alter(worked_on, 24, b"\xff\xff")  # a counter in the header, which the tag has seen
    with pytest.raises(NotAnInspection, match="damaged"):
        own(worked_on, KEY)
    report, found = salvage(worked_on)
    assert found == inspection
    assert report.is_whole


def test_a_page_that_was_altered_loses_only_what_was_altered(worked_on: Path) -> None:
    inspection = read_all(worked_on, KEY)[0]
    whole = worked_on.read_bytes()
    for at in range(PAGE + 2000, len(whole), PAGE):
        worked_on.write_bytes(whole)
        _alter(worked_on, at, bytes([whole[at] ^ 1]))
        with pytest.raises(NotAnInspection):
            _read_whole(worked_on)
        _, found = salvage(worked_on)
        assert {part.id for part in found} == {part.id for part in inspection}, at


def _read_whole(path: Path) -> None:
    with open_for_reading(path, KEY) as reader:
        list(reader.history())
        reader.read_attachment(PHOTO_SHA256)
        reader.write_copy(path.parent.parent / "copy.inspection", path.parent.parent / "backups")


def test_what_a_crash_left_half_written_is_undone_first(worked_on: Path) -> None:
    inspection = read_all(worked_on, KEY)[0]
    with owned_elsewhere(worked_on, password="meadow") as owner:  # noqa: S106
        owner.tell("spill")
        owner.kill()
    _, found = salvage(worked_on)
    assert found == inspection


def test_another_key_reads_nothing(worked_on: Path) -> None:
    for key in (None, make_key("meadow", CHEAP)):
        with pytest.raises(NotAnInspection, match="Nothing of an inspection could be read"):
            salvage(worked_on, key)
    assert [item.name for item in worked_on.parent.iterdir()] == [worked_on.name]


# -- what lies beside it


def test_journal_and_photos_beside_it_are_read_with_the_key(worked_on: Path) -> None:
    leave_in_journal(worked_on, "In the journal", key=KEY)
    write_attachment(get_journals_folder(), "root", PHOTO_SHA256, PHOTO, KEY)
    data = worked_on.read_bytes()
    # Everything but the first pages is lost, and with them the photo.
    worked_on.write_bytes(data[: 12 * PAGE])
    report, found = salvage(worked_on)
    assert found.details.location_name == "In the journal"
    assert report.from_journal >= 1
    assert [item.kind for item in report.lost] == []


def test_a_lost_photo_comes_from_a_protected_backup(worked_on: Path) -> None:
    backup = _put_backup(worked_on)
    data = worked_on.read_bytes()
    for at in range(0, len(data), PAGE):
        if _holds_photo(data, at):
            _alter(worked_on, at, bytes(PAGE))
    report, _ = salvage(worked_on)
    assert report.is_whole
    assert report.backup == str(backup)
    backup.unlink()
    report, _ = salvage(worked_on)
    assert [item.kind for item in report.lost] == ["attachment"]


def _holds_photo(data: bytes, at: int) -> bool:
    page = KEY.make_page_reader().decrypt(at // PAGE + 1, data[at : at + PAGE])
    return b"not really a photo" in page


# -- how it is protected


def test_it_says_itself_how_it_is_protected(worked_on: Path) -> None:
    _put_backup(worked_on)
    for at, data in ((0, b"XYZ"), (20, b"\x00"), (60, b"\xff" * 8)):
        whole = worked_on.read_bytes()
        _alter(worked_on, at, data)
        examined = examine(worked_on, _folders(worked_on).backups)
        assert examined.kind == "damaged"
        assert examined.protections == (KEY.protection,)
        # The backup with the same protection is of the same inspection.
        assert examined.backup is not None
        assert salvage(worked_on)[1].details.location_name == "Wood"
        worked_on.write_bytes(whole)


def test_where_it_says_it_no_more_its_backup_does(worked_on: Path) -> None:
    _put_backup(worked_on)
    _spoil_protection(worked_on)
    with pytest.raises(NotAnInspection, match="place that shows how is damaged"):
        own(worked_on, KEY)
    folders = _folders(worked_on)
    assert examine(worked_on, folders.backups).kind == "other"
    examined = examine(worked_on, folders.backups, "root")
    assert examined.kind == "damaged"
    assert examined.backup is not None
    key = unlock_damaged(worked_on, examined.protections, "meadow")
    assert salvage(worked_on, key)[1].details.location_name == "Wood"


def test_where_it_says_it_no_more_its_journal_does(worked_on: Path) -> None:
    leave_in_journal(worked_on, "In the journal", key=KEY)
    _alter(worked_on, 0, bytes(PAGE))
    protections = find_protections(worked_on, _folders(worked_on))
    assert protections == (KEY.protection,)
    _, found = salvage(worked_on, unlock_damaged(worked_on, protections, "meadow"))
    assert found.details.location_name == "In the journal"


def test_where_nothing_says_it_that_is_told(worked_on: Path) -> None:
    _spoil_protection(worked_on)
    with pytest.raises(NotAnInspection, match="Without it nothing of the file can be read"):
        find_protections(worked_on, _folders(worked_on))


def test_a_plain_file_is_not_taken_for_a_protected_one(clinic: Path) -> None:
    _put_backup(clinic)  # without a password
    leave_in_journal(clinic, "In the journal")
    _alter(clinic, 0, bytes(PAGE))
    assert find_protections(clinic, _folders(clinic), "root") == ()
    clinic.write_bytes(b"Dear inspector, " * 500)
    assert find_protections(clinic, _folders(clinic), "root") == ()


def test_a_wrong_password_is_told(worked_on: Path) -> None:
    older = make_key("before", CHEAP)
    for protections in ((KEY.protection,), (older.protection, KEY.protection)):
        with pytest.raises(WrongPassword, match=r"not the password of “clinic\.inspection”"):
            unlock_damaged(worked_on, protections, "Meadow")
        assert unlock_damaged(worked_on, protections, "meadow") == KEY


def test_the_copy_that_is_kept_aside_is_as_the_file_is(worked_on: Path) -> None:
    aside = keep_aside(worked_on, _folders(worked_on).backups)
    assert aside.read_bytes() == worked_on.read_bytes()
    assert find_plain(worked_on.parent.parent) == []
