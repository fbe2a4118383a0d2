"""The journal: whatever a crash tears off, what is read is a piece of the chain from its start."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.change import Change, Edit
from inspector_app.storage.encryption import make_key
from inspector_app.storage.journal import (
    Journal,
    get_journal_name,
    is_in_use,
    list_journals,
    read_journal,
    read_journal_protection,
)
from inspector_app.storage.journal_attachments import (
    get_attachments_folder,
    read_attachment,
    remove_attachments,
    write_attachment,
)
from tests.storage.helpers import CHEAP, PHOTO, make_inspection

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.storage.encryption import Key

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PLAIN = TEXTS | st.none() | st.lists(TEXTS, max_size=2)
EDITS = st.builds(
    Edit, entity=st.sampled_from(["root", "block1"]), field=TEXTS, before=PLAIN, after=PLAIN
)
CHANGES = st.lists(
    st.builds(Change, label=TEXTS, who=TEXTS, edits=st.lists(EDITS, max_size=3).map(tuple)),
    max_size=5,
)


KEY = make_key("meadow", CHEAP)
KEYS = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "protected"])


def write(
    folder: Path, path: Path, changes: list[Change], head: str = "h", key: Key | None = None
) -> Path:
    journal = Journal.start(folder, "root", path, head, key=key)
    for change in changes:
        journal.append([change])
    journal.close()
    return journal.path


@KEYS
@settings(max_examples=40)
@given(changes=CHANGES)
def test_what_was_written_is_read(tmp_path: Path, key: Key | None, changes: list[Change]) -> None:
    place = write(tmp_path / "journals", tmp_path / "clinic.inspection", changes, key=key)
    content = read_journal(place, key)
    assert content is not None
    assert content.changes == tuple(changes)
    assert (content.header.inspection, content.header.head) == ("root", "h")
    assert content.header.path == str(tmp_path / "clinic.inspection")
    assert content.header.holder.process == os.getpid()


@KEYS
@settings(max_examples=6)
@given(changes=CHANGES)
def test_a_journal_cut_after_any_byte_gives_a_beginning(
    tmp_path: Path, key: Key | None, changes: list[Change]
) -> None:
    place = write(tmp_path / "journals", tmp_path / "clinic.inspection", changes, key=key)
    whole = place.read_bytes()
    torn = tmp_path / "torn.journal"
    lengths = set()
    for length in range(len(whole) + 1):
        torn.write_bytes(whole[:length])
        content = read_journal(torn, key)
        found = content.changes if content is not None else ()
        assert found == tuple(changes[: len(found)])
        lengths.add(len(found))
    assert lengths == set(range(len(changes) + 1))


@KEYS
@settings(max_examples=60)
@given(changes=CHANGES.filter(bool), data=st.data())
def test_altered_bytes_give_a_beginning_and_no_error(
    tmp_path: Path, key: Key | None, changes: list[Change], data: st.DataObject
) -> None:
    place = write(tmp_path / "journals", tmp_path / "clinic.inspection", changes, key=key)
    whole = bytearray(place.read_bytes())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    place.write_bytes(whole)
    content = read_journal(place, key)
    if content is not None:
        assert content.changes == tuple(changes[: len(content.changes)])
        assert len(content.changes) < len(changes)


@given(data=st.binary(max_size=200))
def test_a_strange_file_is_no_journal(tmp_path: Path, data: bytes) -> None:
    strange = tmp_path / "root-1.journal"
    for start in (b"", b"Inspector journal 1\n"):
        strange.write_bytes(start + data)
        assert read_journal(strange) is None


def test_changes_that_are_not_of_the_chain_end_the_reading(tmp_path: Path) -> None:
    change, _ = make_inspection()
    path = tmp_path / "clinic.inspection"
    with_change = write(tmp_path / "a", path, [change], head="here").read_bytes()
    frame = with_change[write(tmp_path / "b", path, [], head="here").stat().st_size :]
    other = write(tmp_path / "c", path, [], head="elsewhere")
    other.write_bytes(other.read_bytes() + frame)
    content = read_journal(other)
    assert content is not None
    assert content.changes == ()


def test_a_failed_append_leaves_no_half_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, _ = make_inspection()
    journal = Journal.start(tmp_path, "root", tmp_path / "clinic.inspection", "")
    before = journal.path.read_bytes()
    real = os.write

    def write_half(descriptor: int, data: bytes) -> int:
        if len(data) < 20:
            raise OSError(28, "No space left on device")
        return real(descriptor, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", write_half)
    with pytest.raises(OSError, match="No space"):
        journal.append([change])
    monkeypatch.setattr(os, "write", real)
    assert journal.path.read_bytes() == before
    journal.append([change])
    content = read_journal(journal.path)
    assert content is not None
    assert content.changes == (change,)
    journal.remove()


def test_it_is_in_use_as_long_as_it_is_open(tmp_path: Path) -> None:
    path = tmp_path / "clinic.inspection"
    journal = Journal.start(tmp_path, "root", path, "")
    assert is_in_use(journal.path)
    # Another process on a file of the same name: it must not write into this one.
    second = Journal.start(tmp_path, "root", path, "")
    assert second.path != journal.path
    second.remove()
    journal.close()
    assert not is_in_use(journal.path)
    assert list_journals(tmp_path, "root") == [journal.path]


def test_names_say_nothing_and_tell_files_apart(tmp_path: Path) -> None:
    names = {get_journal_name("root", tmp_path / name) for name in ("Mrs Smith", "Mr Jones")}
    assert len(names) == 2
    assert not any("Smith" in name or "Jones" in name for name in names)


def test_a_protected_journal_says_nothing_without_its_key(tmp_path: Path) -> None:
    change, _ = make_inspection()
    place = write(tmp_path, tmp_path / "Rose Cottage.inspection", [change], key=KEY)
    data = place.read_bytes()
    for text in (b"Meadow", b"Rose Cottage", change.id.encode(), b"location_name"):
        assert text not in data
    assert read_journal(place) is None
    assert read_journal(place, make_key("meadow", CHEAP)) is None
    assert read_journal_protection(place) == KEY.protection


def test_bytes_beside_a_protected_journal_are_sealed(tmp_path: Path) -> None:
    sha256 = hashlib.sha256(PHOTO).hexdigest()
    write_attachment(tmp_path, "root", sha256, PHOTO, KEY)
    (path,) = get_attachments_folder(tmp_path, "root").iterdir()
    assert PHOTO[:20] not in path.read_bytes()
    assert sha256 not in path.name
    assert read_attachment(tmp_path, "root", sha256, KEY) == PHOTO
    assert read_attachment(tmp_path, "root", sha256) is None


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have modes")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    journal = Journal.start(tmp_path / "journals", "root", tmp_path / "clinic.inspection", "")
    write_attachment(tmp_path / "journals", "root", "0" * 64, b"photo")
    journal.close()
    for path in (tmp_path / "journals").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE((tmp_path / "journals").stat().st_mode) == 0o700


def test_bytes_lie_beside_the_journal_and_go_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "journals"
    sha256 = hashlib.sha256(b"photo").hexdigest()
    write_attachment(folder, "root", sha256, b"photo")
    write_attachment(folder, "root", "0" * 64, b"not of this hash")
    assert read_attachment(folder, "root", sha256) == b"photo"
    assert read_attachment(folder, "root", "0" * 64) is None
    journal = Journal.start(folder, "root", tmp_path / "clinic.inspection", "")
    remove_attachments(folder, "root")
    assert read_attachment(folder, "root", sha256) == b"photo"
    journal.remove()
    remove_attachments(folder, "root")
    assert list(folder.iterdir()) == []


def test_what_stands_behind_and_cannot_be_read_is_known(tmp_path: Path) -> None:
    change, _ = make_inspection()
    place = write(tmp_path / "journals", tmp_path / "clinic.inspection", [change])
    whole = place.read_bytes()
    for data, damaged in ((whole, False), (whole + b"\0", True), (whole[:-1], True)):
        place.write_bytes(data)
        content = read_journal(place)
        assert content is not None
        assert content.damaged is damaged
