"""An inspection file keeps what was committed, and belongs to one process at a time."""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
from pathlib import Path

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.change import Change
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Action, Block, EvidenceNote
from inspector_app.domain.inspection import Inspection
from inspector_app.errors import FileProblem, InspectionInUse, NotAnInspection
from inspector_app.storage import database
from inspector_app.storage.holder import find_holder, get_holder_path
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.schema import FORMAT
from tests.storage.helpers import (
    PHOTO,
    PHOTO_SHA256,
    change_name,
    make_file,
    make_inspection,
    own,
    owned_elsewhere,
    read_all,
    snapshot,
)
from tests.systems import odd_names

BACKUPS = "backups"


# -- what is committed stays


def test_a_new_file_holds_the_inspection(clinic: Path) -> None:
    change, inspection = make_inspection()
    assert read_all(clinic) == (inspection, [change], PHOTO)
    with own(clinic) as file:
        assert file.inspection == inspection
        assert list(file.history()) == [change]
        assert file.read_attachment(PHOTO_SHA256) == PHOTO
        assert file.read_attachment("0" * 64) is None


def test_changes_are_there_after_closing(clinic: Path) -> None:
    changes = []
    with own(clinic) as file:
        inspection = file.inspection
        for name in ("One", "Two", "Drei – Łódź \U0001f600", "nul \0 and \x0b"):
            change, inspection = change_name(inspection, name)
            file.commit(change, inspection)
            changes.append(change)
    with own(clinic) as file:
        assert file.inspection == inspection
        assert list(file.history())[1:] == changes


def test_each_change_names_the_one_before(clinic: Path) -> None:
    for name in ("One", "Two"):
        with own(clinic) as file:
            change, after = change_name(file.inspection, name)
            file.commit(change, after)
            file.commit(*change_name(after, name + " again"))
    connection = apsw.Connection(str(clinic))
    rows = connection.execute("SELECT previous, id FROM change ORDER BY number").fetchall()
    connection.close()
    assert len(rows) == 5
    assert [previous for previous, _ in rows] == ["", *(id_ for _, id_ in rows[:-1])]


def test_parts_that_were_deleted_are_gone_from_the_file(clinic: Path) -> None:
    with own(clinic) as file:
        draft = Draft(file.inspection)
        draft.delete("kq1")
        file.commit(draft.finish("Delete"), draft.result)
    connection = apsw.Connection(str(clinic))
    ids = {id_ for (id_,) in connection.execute("SELECT id FROM entity")}
    connection.close()
    assert not ids & {"kq1", "topic1", "block2", "block3"}
    assert read_all(clinic)[0] == draft.result


def test_the_columns_repeat_the_body(clinic: Path) -> None:
    with own(clinic) as file:
        draft = Draft(file.inspection)
        draft.move("block2", "section1")
        file.commit(draft.finish("Move"), draft.result)
    connection = apsw.Connection(str(clinic))
    row = connection.execute(
        "SELECT kind, parent, body ->> 'parent', body ->> 'entity' FROM entity WHERE id = 'block2'"
    ).fetchone()
    connection.close()
    assert row == ("block", "section1", "section1", "block")


def test_a_failed_commit_changes_nothing_and_the_next_one_works(clinic: Path) -> None:
    with own(clinic) as file:
        first, inspection = change_name(file.inspection, "One")
        file.commit(first, inspection)
        again = Change(id=first.id, label="Same id", edits=change_name(inspection, "Two")[0].edits)
        with pytest.raises(FileProblem, match="Constraint"):
            file.commit(again, change_name(inspection, "Two")[1])
        second, inspection = change_name(inspection, "Three")
        file.commit(second, inspection)
    assert read_all(clinic)[:2] == (inspection, [make_inspection()[0], first, second])


# -- the file itself


def test_the_header_says_what_the_file_is(clinic: Path) -> None:
    data = clinic.read_bytes()
    assert data.startswith(b"SQLite format 3\0")
    assert struct.unpack_from(">i", data, 60) == (FORMAT,)
    assert data[68:72] == b"IrP1"
    assert data[18:20] == b"\x01\x01", "a rollback journal, not WAL"


def test_only_the_file_is_left_after_closing(clinic: Path) -> None:
    with own(clinic) as file:
        file.commit(*change_name(file.inspection, "One"))
        beside = {path.name for path in clinic.parent.iterdir()}
        assert not any(name.endswith(("-wal", "-shm")) for name in beside)
        assert beside >= {".clinic.inspection.holder"}
    assert [path.name for path in clinic.parent.iterdir()] == ["clinic.inspection"]


def test_opening_and_closing_changes_nothing(clinic: Path) -> None:
    before = snapshot(clinic.parent)
    with own(clinic):
        pass
    assert snapshot(clinic.parent) == before


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(":memory:", marks=odd_names),
        pytest.param("file:x?mode=memory", marks=odd_names),
        "ä ö %s {0}.inspection",
        "-x",
    ],
)
def test_names_have_no_meaning(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(folder)
    path = Path(name)
    inspection = make_file(path, folder.parent / "unused")
    assert [item.name for item in folder.iterdir()] == [name]
    with own(path) as file:
        change, inspection = change_name(inspection, "One")
        file.commit(change, inspection)
    assert read_all(path)[0] == inspection


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX systems")
def test_a_link_is_the_file_it_leads_to(clinic: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.inspection"
    link.symlink_to(clinic)
    with own(link) as file:
        file.commit(*change_name(file.inspection, "One"))
        assert get_holder_path(clinic).exists()
        with pytest.raises(InspectionInUse):
            own(clinic)
    assert not get_holder_path(clinic).exists()
    with owned_elsewhere(clinic) as owner:
        owner.tell("spill")
        owner.kill()
        # The journal lies beside the file, not beside the link.
        assert read_all(link)[0].details.location_name == "One"
    make_file(link, tmp_path / BACKUPS)
    assert link.is_symlink()
    assert read_all(clinic)[0] == make_inspection()[1]


# -- attachments


def test_bytes_are_stored_once(clinic: Path) -> None:
    data = b"one photo" * 1000
    with own(clinic) as file:
        sha256 = file.add_attachment(data)
        assert sha256 == hashlib.sha256(data).hexdigest()
        assert file.add_attachment(data) == sha256
        assert file.add_attachment(PHOTO) == PHOTO_SHA256
        assert file.add_attachment(b"") == hashlib.sha256(b"").hexdigest()
        assert file.read_attachment(sha256) == data
        assert file.read_attachment(hashlib.sha256(b"").hexdigest()) == b""
    connection = apsw.Connection(str(clinic))
    sizes = connection.execute("SELECT size FROM attachment ORDER BY size").fetchall()
    connection.close()
    assert sizes == [(0,), (len(data),), (len(PHOTO),)]


def test_damaged_bytes_are_noticed_when_they_are_asked_for(clinic: Path) -> None:
    data = clinic.read_bytes()
    place = data.index(PHOTO[:2000]) + 100
    clinic.write_bytes(data[:place] + b"\0\0\0" + data[place + 3 :])
    with own(clinic) as file:
        assert file.inspection == make_inspection()[1], "the text does not need the photo"
        with pytest.raises(NotAnInspection, match="is damaged"):
            file.read_attachment(PHOTO_SHA256)
    with pytest.raises(NotAnInspection, match="is damaged"):
        read_all(clinic)


# -- one owner


def test_a_second_process_is_told_who_has_it(clinic: Path) -> None:
    before = clinic.read_bytes()
    with owned_elsewhere(clinic) as owner:
        holder = find_holder(clinic)
        assert holder is not None
        assert holder.process == owner.process.pid
        with pytest.raises(InspectionInUse) as caught:
            own(clinic)
        message = str(caught.value)
        assert holder.user in message
        assert f"process {owner.process.pid}" in message
        assert "“clinic.inspection” is open" in message
        assert find_holder(clinic) == holder
    assert clinic.read_bytes() == before


def test_it_is_free_after_closing(clinic: Path) -> None:
    with owned_elsewhere(clinic) as owner:
        owner.tell("name From elsewhere")
        owner.tell("close")
        with own(clinic) as file:
            assert file.inspection.details.location_name == "From elsewhere"


def test_what_a_killed_process_left_behind_is_no_obstacle(clinic: Path) -> None:
    with owned_elsewhere(clinic) as owner:
        owner.tell("name Before the end")
        owner.kill()
    assert get_holder_path(clinic).exists()
    with own(clinic) as file:
        assert file.inspection.details.location_name == "Before the end"
        holder = find_holder(clinic)
        assert holder is not None
        assert holder.process == os.getpid()
        file.commit(*change_name(file.inspection, "After it"))
    assert [path.name for path in clinic.parent.iterdir()] == ["clinic.inspection"]


def test_a_second_window_does_not_lose_the_lock_of_the_first(clinic: Path) -> None:
    # On POSIX systems, closing any handle of a file drops the locks of the whole process on it.
    with own(clinic) as file:
        for attempt in (own, read_all, make_file):
            with pytest.raises(InspectionInUse, match="open already"):
                attempt(clinic)
        with pytest.raises(AssertionError), owned_elsewhere(clinic):
            pytest.fail("another process could open it")
        file.commit(*change_name(file.inspection, "Still ours"))
    assert read_all(clinic)[0].details.location_name == "Still ours"


def test_closing_twice_does_not_disturb_the_next_owner(clinic: Path) -> None:
    file = own(clinic)
    file.close()
    with owned_elsewhere(clinic) as owner:
        file.close()
        holder = find_holder(clinic)
        assert holder is not None
        assert holder.process == owner.process.pid


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"host":"h","user":"u","process":"x","since":1}',
        b'{"host":"h","user":"\\u001b[31m\\n","process":1,"since":"2026-11-22T10:00:00Z"}',
        b'{"host":"h","user":"u","process":1,"since":"0001-01-01T00:00:00Z"}',
    ],
)
def test_a_strange_note_of_the_holder_does_not_stop_the_message(clinic: Path, note: bytes) -> None:
    with owned_elsewhere(clinic):
        get_holder_path(clinic).write_bytes(note)
        with pytest.raises(InspectionInUse) as caught:
            own(clinic)
    assert str(caught.value).isprintable()


def test_a_folder_in_place_of_the_note_is_no_obstacle(clinic: Path) -> None:
    get_holder_path(clinic).mkdir()
    with own(clinic) as file:
        file.commit(*change_name(file.inspection, "One"))
    assert read_all(clinic)[0].details.location_name == "One"


# -- what stands in the way of writing


@pytest.mark.skipif(os.name != "posix", reason="mounts")
def test_a_full_disk(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(  # noqa: S603
        ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(small)],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        return  # only root may mount; the next test does the same without
    try:
        path = small / "clinic.inspection"
        make_file(path, tmp_path / BACKUPS)
        _fill(path)
        before = snapshot(small)
        change, inspection = make_inspection()
        with pytest.raises(FileProblem, match="the disk is full"):
            create_inspection_file(
                path, change, inspection, {"0" * 64: bytes(400_000)}, tmp_path / BACKUPS
            )
        assert snapshot(small) == before
    finally:
        subprocess.run(["umount", str(small)], check=True)  # noqa: S603, S607


def test_a_file_that_may_not_grow(clinic: Path) -> None:
    def limit(connection: apsw.Connection) -> None:
        connection.pragma("max_page_count", connection.pragma("page_count") + 2)

    _fill(clinic, limit)


def _fill(path: Path, limit: object = None) -> None:
    """Commit until the disk is full; what was committed before must be there, and no more."""
    with own(path) as file:
        if callable(limit):
            limit(file._connection)  # noqa: SLF001 - nothing else makes a small disk
        inspection = file.inspection
        for number in range(50):
            change, after = change_name(inspection, f"{number}" + "x" * 9000)
            try:
                file.commit(change, after)
            except FileProblem as error:
                message = str(error)
                break
            inspection = after
        else:
            pytest.fail("the disk is never full")
        assert "the disk is full" in message
        assert "safe" in message
        with pytest.raises(FileProblem, match="the disk is full"):
            file.add_attachment(bytes(300_000))
        assert file.read_attachment(PHOTO_SHA256) == PHOTO
    assert read_all(path)[0] == inspection


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX systems")
def test_a_file_or_folder_that_can_only_be_read(
    clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(clinic.parent)
    # Root may write everything; what it may not is asked for like this.
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        with pytest.raises(FileProblem, match="can only be read"):
            own(clinic)
        assert read_all(clinic)[0] == make_inspection()[1]
    with monkeypatch.context() as patch:
        patch.setattr(database, "READ_WRITE", database.READ_ONLY)
        with pytest.raises(FileProblem, match="can only be read"):
            own(clinic)
    assert snapshot(clinic.parent) == before


def test_a_missing_file_and_a_folder(folder: Path) -> None:
    with pytest.raises(FileProblem, match="There is no file"):
        own(folder / "gone.inspection")
    with pytest.raises(FileProblem, match="There is no file"):
        own(folder / "gone" / "gone.inspection")
    with pytest.raises(FileProblem, match="is a folder"):
        own(folder)
    with pytest.raises(FileProblem, match=r"could not be read|There is no file"):
        own(folder / ("n" * 300))


@pytest.mark.skipif(os.name == "nt", reason="Windows takes no path of so many letters")
def test_a_name_that_leaves_no_room_for_a_journal(folder: Path) -> None:
    path = folder / ("n" * 250)
    inspection = make_file(path)
    assert read_all(path)[0] == inspection


# -- any sequence of changes

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
orders = st.lists(
    st.tuples(
        st.sampled_from(["add", "text", "move", "delete", "name", "rate", "note"]),
        st.integers(0, 1000),
        st.integers(0, 1000),
        texts,
    ),
    min_size=1,
    max_size=12,
)


def _follow(draft: Draft, order: tuple[str, int, int, str]) -> None:
    """Do to an inspection what an order says, as far as it can be done."""
    word, first, second, text = order
    inspection = draft.result
    owners = [item.id for item in inspection if item.__struct_config__.tag in {"section", "topic"}]
    blocks = [item.id for item in inspection if isinstance(item, Block)]
    if word == "add" and owners:
        parent = owners[first % len(owners)]
        position = draft.position_at_end(parent, Block)
        id_ = f"new{len(inspection)}x{first}x{second}"
        if inspection.find(id_) is None:
            draft.create(
                Block(id=id_, parent=parent, position=position, kind="paragraph", text=text)
            )
    elif word == "text" and blocks:
        draft.set(blocks[first % len(blocks)], "text", text)
    elif word == "move" and blocks and owners:
        draft.move(blocks[first % len(blocks)], owners[second % len(owners)])
    elif word == "delete":
        choice = [item.id for item in inspection if item.id != inspection.id]
        if choice:
            draft.delete(choice[first % len(choice)])
    elif word == "rate":
        draft.set(inspection.id, "ratings.safe", text or None)
    elif word == "note":
        for item in list(inspection.all(EvidenceNote)) + list(inspection.all(Action)):
            draft.set(item.id, "text", text)
    else:
        draft.set(inspection.id, "location_name", text)


@settings(max_examples=25)
@given(orders=orders)
def test_any_changes_come_back_and_can_be_undone(
    orders: list[tuple[str, int, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / "x.inspection"
    start = make_file(path)
    changes: list[Change] = []
    with own(path) as file:
        inspection = start
        for order in orders:
            draft = Draft(inspection)
            _follow(draft, order)
            change = draft.finish(order[3], who=order[3])
            file.commit(change, draft.result)
            inspection = draft.result
            changes.append(change)
    assert read_all(path)[:2] == (inspection, [make_inspection()[0], *changes])
    with own(path) as file:
        undone = file.inspection
        assert undone == inspection
        for change in reversed(changes):
            inverse = change.inverse("Undo")
            undone = undone.apply(inverse)
            file.commit(inverse, undone)
    assert undone == start
    found, history, _ = read_all(path)
    assert found == start
    replayed = Inspection()
    for change in history:
        replayed = replayed.apply(change)
    assert replayed == start, "the history alone makes the inspection again"


def test_create_is_what_open_finds(folder: Path) -> None:
    path = folder / "x.inspection"
    inspection = make_file(path)
    with InspectionFile.open(path, folder / BACKUPS) as file:
        assert file.path == path
        assert file.inspection == inspection
