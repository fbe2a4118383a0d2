"""Files with a password: nothing of them can be read without it, and each refusal says why."""

from __future__ import annotations

import pickle
import struct
import tempfile
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.errors import (
    InspectionInUse,
    NewerInspection,
    NotAnInspection,
    PasswordNeeded,
    WrongPassword,
)
from inspector_app.storage.automatic import make_backup_path
from inspector_app.storage.encryption import (
    PROTECTION_PLACE,
    PROTECTION_SIZE,
    Protection,
    derive_key,
    make_key,
    unpack_protection,
)
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.recovery import find_left_changes
from inspector_app.storage.schema import FORMAT, read_header
from inspector_app.storage.two_copies import TwoCopies
from tests.storage.helpers import (
    CHEAP,
    PHOTO,
    PHOTO_SHA256,
    WHEN,
    change_name,
    make_file,
    owned_elsewhere,
    snapshot,
)
from tests.systems import held_open

if TYPE_CHECKING:
    from pathlib import Path

KEY = make_key("meadow", CHEAP)
SECRETS = (b"Meadow", "Łódź".encode(), b"Seen on site", b"Ann Example", PHOTO[:30])


@pytest.fixture
def protected(folder: Path) -> Path:
    path = folder / "protected.inspection"
    make_file(path, folder.parent / "unused", KEY)
    return path


def find_secrets(*folders: Path, more: tuple[bytes, ...] = ()) -> list[str]:
    """Return the files below folders in which something of the content stands in the clear."""
    return [
        path.name
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and any(secret in path.read_bytes() for secret in (*SECRETS, *more))
    ]


def alter(path: Path, at: int, data: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(at)
        file.write(data)


def test_it_is_read_and_written_with_its_password_only(protected: Path, folder: Path) -> None:
    header = read_header(protected)
    assert header.format == FORMAT
    assert header.protection is not None
    key = derive_key("meadow", header.protection, protected)
    before = snapshot(folder)
    with pytest.raises(WrongPassword, match=r"not the password of “protected\.inspection”"):
        derive_key("Meadow", header.protection, protected)
    for wrong, words in ((None, "is protected with a password"), (make_key("x", CHEAP), "another")):
        with pytest.raises(PasswordNeeded, match=words), open_for_reading(protected, wrong):
            pass
        with pytest.raises(PasswordNeeded, match=words):
            InspectionFile.open(protected, folder, wrong)
    assert snapshot(folder) == before
    with InspectionFile.open(protected, folder / "backups", key) as file:
        change, after = change_name(file.inspection, "Lane")
        file.commit(change, after)
        assert file.read_attachment(PHOTO_SHA256) == PHOTO
        with pytest.raises(InspectionInUse):
            read_header(protected)
    with open_for_reading(protected, key) as reader:
        assert reader.inspection == after
    assert find_secrets(folder) == []


def test_a_key_is_not_needed_for_a_plain_file(clinic: Path) -> None:
    with open_for_reading(clinic, KEY) as reader:
        assert reader.key is None


def test_copies_are_protected_as_the_file_is(protected: Path, folder: Path) -> None:
    backups = folder / "backups"
    with InspectionFile.open(protected, backups, KEY) as file:
        backup = make_backup_path(backups, "root", file.head, WHEN)
        running = file.start_backup(backup)
        running.step()
        running.finish()
        copy = folder / "copy.inspection"
        file.write_copy(copy, backups)
        kept = file.write_copy(copy, backups)
    assert kept is not None
    for path in (backup, copy, kept):
        with open_for_reading(path, KEY) as reader:
            assert reader.read_attachment(PHOTO_SHA256) == PHOTO
    assert find_secrets(folder) == []


def test_a_protected_file_of_others_is_not_replaced(protected: Path, clinic: Path) -> None:
    before = protected.read_bytes()
    backups = clinic.parent / "backups"
    refused = pytest.raises(PasswordNeeded, match="was not replaced")
    with InspectionFile.open(clinic, backups) as file, refused:
        file.write_copy(protected, backups)
    assert protected.read_bytes() == before


def test_damaged_newer_and_foreign_files_are_told_from_a_wrong_password(protected: Path) -> None:
    whole = protected.read_bytes()

    alter(protected, 60, struct.pack(">i", FORMAT + 1))
    with pytest.raises(NewerInspection):
        read_header(protected)
    protected.write_bytes(whole)

    alter(protected, 68, b"GIS1")
    with pytest.raises(NotAnInspection, match="not an inspection file"):
        read_header(protected)
    protected.write_bytes(whole)

    for offset in range(PROTECTION_SIZE):
        place = PROTECTION_PLACE + offset
        alter(protected, place, bytes([whole[place] ^ 1]))
        with pytest.raises(NotAnInspection, match="no password opens it"):
            read_header(protected)
        protected.write_bytes(whole)

    for place in range(120, len(whole), 499):
        alter(protected, place, bytes([whole[place] ^ 1]))
        with pytest.raises(NotAnInspection, match="damaged"):
            _read_every_page(protected)
        protected.write_bytes(whole)
    _read_every_page(protected)


def _read_every_page(path: Path) -> None:
    with InspectionFile.open(path, path.parent / "backups", KEY) as file:
        file.write_copy(path.parent / "copy.inspection", path.parent / "backups")


def test_a_file_cut_short_is_damaged(protected: Path) -> None:
    whole = protected.read_bytes()
    for length in range(0, len(whole), 1024):
        protected.write_bytes(whole[:length])
        with pytest.raises(NotAnInspection):
            InspectionFile.open(protected, protected.parent, KEY)


@held_open
def test_file_and_journal_are_protected_and_recovered(protected: Path, folder: Path) -> None:
    journals = folder / "journals"
    file = InspectionFile.open(protected, folder / "backups", KEY)
    copies = TwoCopies(file, journals, folder / "backups")
    change, after = change_name(file.inspection, "Rose Cottage")
    copies.take([change], after)
    assert copies.write()
    away = protected.with_name("away")
    protected.rename(away)
    late, after = change_name(after, "Mill House")
    copies.take([late], after)
    photo = copies.add_attachment(b"another photo, not in the file")
    assert not copies.write()
    assert find_secrets(folder, more=(b"Rose", b"Mill", b"another")) == []
    copies.close()
    away.rename(protected)
    with open_for_reading(protected, KEY) as reader:
        assert find_left_changes(journals, "root", protected, reader.read_ids) is None
        left = find_left_changes(journals, "root", protected, reader.read_ids, reader.key)
    assert left is not None
    assert left.changes == (late,)
    assert left.read_attachment(photo) == b"another photo, not in the file"


def test_killed_in_the_middle_of_a_change(
    protected: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = folder.parent / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with owned_elsewhere(protected, password="meadow") as owner:  # noqa: S106
        owner.tell("name Rose Cottage")
        owner.tell("spill")
        with pytest.raises(InspectionInUse, match="is using it"):
            InspectionFile.open(protected, folder, KEY)
        owner.kill()
    journal = protected.with_name(f"{protected.name}-journal")
    assert journal.read_bytes()[:1] not in {b"", b"\0"}
    with open_for_reading(protected, KEY) as reader:
        assert reader.inspection.details.location_name == "Rose Cottage"
        assert list(temporary.rglob("*.inspection"))
        assert find_secrets(folder, temporary, more=(b"Rose", b"Spilled")) == []
    with InspectionFile.open(protected, folder / "backups", KEY) as file:
        assert file.inspection.details.location_name == "Rose Cottage"
        assert file.read_attachment(PHOTO_SHA256) == PHOTO
    assert read_header(protected).protection == KEY.protection


@held_open
def test_a_plain_file_in_the_place_of_a_protected_one_is_not_written(
    protected: Path, folder: Path
) -> None:
    plain = folder / "plain.inspection"
    make_file(plain, folder / "backups")
    file = InspectionFile.open(protected, folder / "backups", KEY)
    copies = TwoCopies(file, folder / "journals", folder / "backups")
    change, after = change_name(file.inspection, "Rose Cottage")
    plain.replace(protected)
    before = protected.read_bytes()
    copies.take([change], after)
    assert not copies.write()
    assert copies.trouble is not None
    assert copies.trouble.replaced
    assert protected.read_bytes() == before
    copies.close()


def test_a_key_shows_itself_nowhere() -> None:
    assert repr(KEY) == "Key(…)"
    assert str({"key": KEY}) == "{'key': Key(…)}"
    with pytest.raises(TypeError):
        pickle.dumps(KEY)


@settings(max_examples=30)
@given(password=st.text(min_size=1, max_size=12))
def test_any_text_is_a_password(tmp_path: Path, password: str) -> None:
    key = make_key(password, CHEAP)
    protection = unpack_protection(key.protection.pack())
    for form in ("NFC", "NFD"):
        typed = unicodedata.normalize(form, password)
        again = derive_key(typed, protection, tmp_path)
        assert again.open(key.seal(b"data", b"a"), b"a") == b"data"
    with pytest.raises(WrongPassword):
        derive_key(f"{password}x", protection, tmp_path)
    with pytest.raises(ValueError, match="not sealed"):
        key.open(key.seal(b"data", b"a"), b"b")


def test_a_file_cannot_ask_for_more_work_than_it_may() -> None:
    for cost in (3, 19, 255):
        with pytest.raises(ValueError, match="unknown"):
            unpack_protection(Protection(cost, bytes(12), bytes(4)).pack())
