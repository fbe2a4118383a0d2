"""File and journal together: troubles of the file, and what opening finds afterwards."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import apsw
import pytest

from inspector_app.domain.drafting import Draft
from inspector_app.errors import FileProblem
from inspector_app.storage import database
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.journal import Journal, list_journals, read_journal
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.recovery import (
    apply_left_changes,
    find_left_changes,
    take_left_changes,
)
from inspector_app.storage.two_copies import TwoCopies
from tests.storage.helpers import change_name, make_file, own, read_all
from tests.systems import held_open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from inspector_app.domain.inspection import Inspection


class Session:
    """One opening of a file, with a person who changes the location's name."""

    def __init__(self, path: Path, journals: Path) -> None:
        self.file = own(path)
        self.journals = journals
        self.left = take_left_changes(
            journals, self.file.inspection.id, self.file.path, self.file.read_ids
        )
        self.copies = TwoCopies(self.file, journals, path.parent / "backups")
        self.inspection = self.file.inspection

    def name(self, *names: str) -> None:
        for name in names:
            change, self.inspection = change_name(self.inspection, name)
            self.copies.take([change], self.inspection)

    def crash(self) -> None:
        """End as a process does that is killed: nothing is tidied."""
        self.copies._let_go(keep_journal=True)  # noqa: SLF001


@pytest.fixture
def journals(tmp_path: Path) -> Path:
    return tmp_path / "journals"


@pytest.fixture
def start(clinic: Path, journals: Path) -> Callable[..., Session]:
    return lambda path=clinic: Session(path, journals)


def name_of(inspection: Inspection) -> str:
    return inspection.details.location_name


def left_names(session: Session) -> list[object]:
    if session.left is None:
        return []
    return [change.edits[-1].after for change in session.left.changes]


def test_every_change_is_in_both(start: Callable[..., Session], clinic: Path) -> None:
    session = start()
    assert session.copies.copies == 1
    session.name("Mill", "Lane")
    assert session.copies.write()
    assert session.copies.copies == 2
    session.crash()
    assert name_of(read_all(clinic)[0]) == "Lane"
    (journal,) = list_journals(session.journals, "root")
    assert start().left is None
    assert not journal.exists()


def test_a_clean_end_leaves_no_journal(start: Callable[..., Session], journals: Path) -> None:
    session = start()
    session.name("Mill")
    session.copies.write()
    session.copies.close()
    assert list(journals.iterdir()) == []


def test_what_only_the_journal_has_is_found_and_not_applied(
    start: Callable[..., Session], clinic: Path
) -> None:
    session = start()
    session.name("Mill")
    session.copies.write()
    session.name("Lane", "Wood")
    session.crash()
    again = start()
    assert left_names(again) == ["Lane", "Wood"]
    assert name_of(again.inspection) == "Mill"
    assert again.left is not None
    brought, refused = apply_left_changes(again.left, again.inspection)
    assert (name_of(brought), refused) == ("Wood", ())
    again.crash()
    # Not decided: offered again, also when the work went on meanwhile.
    third = start()
    assert left_names(third) == ["Lane", "Wood"]
    draft = Draft(third.inspection)
    draft.set("block1", "text", "Went on.")
    third.copies.take([draft.finish("Type")], draft.result)
    assert third.copies.write()
    third.copies.close()
    fourth = start()
    assert left_names(fourth) == ["Lane", "Wood"]
    assert fourth.left is not None
    fourth.left.remove()
    fourth.crash()
    assert start().left is None


def test_a_copied_file_with_another_chain_gets_nothing(
    start: Callable[..., Session], clinic: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.inspection"
    shutil.copyfile(clinic, copy)
    session = start()
    session.name("Mill")
    session.crash()
    # At another path, while the original is there: even with the same chain.
    assert start(copy).left is None
    # At the same path, but changed otherwise since: kept aside, not offered.
    clinic.unlink()
    shutil.copyfile(copy, clinic)
    other = own(clinic)
    change, after = change_name(other.inspection, "Other")
    other.commit(change, after)
    other.close()
    assert start().left is None
    (aside,) = session.journals.glob("*.aside")
    assert b"Mill" in aside.read_bytes()


def test_a_renamed_file_gets_what_it_left(
    start: Callable[..., Session], clinic: Path, tmp_path: Path
) -> None:
    session = start()
    session.name("Mill")
    session.crash()
    renamed = clinic.rename(tmp_path / "renamed.inspection")
    assert left_names(start(renamed)) == ["Mill"]


def test_looking_finds_it_too_and_writes_nothing(
    start: Callable[..., Session], clinic: Path
) -> None:
    session = start()
    session.name("Mill")
    before = {path: path.read_bytes() for path in session.journals.iterdir()}
    with open_for_reading_elsewhere(session, clinic) as (inspection_id, read_ids):
        left = find_left_changes(session.journals, inspection_id, clinic, read_ids)
    assert left is not None
    assert [change.label for change in left.changes] == ["Change name"]
    assert {path: path.read_bytes() for path in session.journals.iterdir()} == before


class open_for_reading_elsewhere:  # noqa: N801 - reads like the function it stands for
    """The ids in the file of a session that still runs, as another process would read them."""

    def __init__(self, session: Session, path: Path) -> None:
        self._session = session

    def __enter__(self) -> tuple[str, Callable[[], list[str]]]:
        file = self._session.file
        return file.inspection.id, lambda: list(file.read_ids())

    def __exit__(self, *_: object) -> None:
        return


# -- troubles of the file


def test_a_folder_that_is_renamed_and_comes_back_is_caught_up(
    start: Callable[..., Session], clinic: Path, tmp_path: Path
) -> None:
    session = start()
    away = clinic.parent.rename(tmp_path / "away")
    session.name("Mill")
    assert not session.copies.write()
    assert session.copies.trouble is not None
    assert session.copies.trouble.reason == "the folder is gone"
    assert session.copies.copies == 1
    assert name_of(read_elsewhere(away / clinic.name)) == "Little Meadow Clinic"
    session.name("Lane")
    away.rename(clinic.parent)
    assert session.copies.write()
    assert session.copies.copies == 2
    session.copies.close()
    inspection, history, _ = read_all(clinic)
    assert name_of(inspection) == "Lane"
    assert len(history) == 3


def read_elsewhere(path: Path) -> Inspection:
    """Read a copy: the file itself is owned by this process."""
    copy = path.with_name("look.inspection")
    shutil.copyfile(path, copy)
    with open_for_reading(copy) as reader:
        return reader.inspection


@held_open
def test_a_deleted_file_is_noticed_and_can_be_copied_whole(
    start: Callable[..., Session], clinic: Path, tmp_path: Path
) -> None:
    session = start()
    clinic.unlink()
    session.name("Mill")
    assert not session.copies.write()
    assert session.copies.trouble is not None
    assert "deleted" in session.copies.trouble.reason
    target = tmp_path / "copy.inspection"
    session.copies.write_copy(target, tmp_path / "backups")
    inspection, history, photo = read_all(target)
    assert name_of(inspection) == "Mill"
    assert len(history) == 2
    assert photo
    # Put back as a copy, at the old place: the work goes on there.
    shutil.copyfile(target, clinic)
    assert session.copies.write()
    session.name("Lane")
    assert session.copies.write()
    session.copies.close()
    assert name_of(read_all(clinic)[0]) == "Lane"


@held_open
def test_a_file_that_only_got_another_number_and_time_is_ours(
    start: Callable[..., Session], clinic: Path
) -> None:
    session = start()
    session.name("Mill")
    assert session.copies.write()
    twin = clinic.with_name("twin")
    shutil.copyfile(clinic, twin)
    twin.replace(clinic)
    session.name("Lane")
    assert session.copies.write()
    session.copies.close()
    assert name_of(read_all(clinic)[0]) == "Lane"


@pytest.mark.parametrize(
    "foreign",
    [
        pytest.param("other version", marks=held_open),
        pytest.param("rubbish", marks=held_open),
        "written into",
    ],
)
def test_a_replaced_file_is_never_overwritten_and_both_are_kept(
    start: Callable[..., Session], clinic: Path, tmp_path: Path, foreign: str
) -> None:
    other = tmp_path / "other" / "clinic.inspection"
    other.parent.mkdir()
    make_file(other)
    if foreign == "rubbish":
        other.write_bytes(b"not a database" * 100)
    else:
        file = own(other)
        file.commit(*change_name(file.inspection, "Of somebody else"))
        file.close()
    session = start()
    session.name("Mill")
    assert session.copies.write()
    if foreign == "written into":
        clinic.write_bytes(other.read_bytes())
    else:
        shutil.copyfile(other, clinic.with_name("new"))
        clinic.with_name("new").replace(clinic)
    theirs = clinic.read_bytes()
    session.name("Lane")
    assert not session.copies.write()
    assert session.copies.trouble is not None
    assert session.copies.trouble.replaced
    assert clinic.read_bytes() == theirs
    place = session.copies.go_beside(tmp_path / "rescued")
    assert place.parent == clinic.parent
    assert place.name.startswith("clinic (this computer, ")
    session.name("Wood")
    assert session.copies.write()
    session.copies.close()
    assert clinic.read_bytes() == theirs
    inspection, _, photo = read_all(place)
    assert name_of(inspection) == "Wood"
    assert photo
    assert list(session.journals.glob("*.journal")) == []


@held_open
def test_where_no_file_can_lie_beside_it_goes_to_this_computer(
    start: Callable[..., Session], clinic: Path, tmp_path: Path
) -> None:
    session = start()
    session.name("Mill")
    shutil.rmtree(clinic.parent)
    clinic.parent.write_bytes(b"a file where the folder was")
    place = session.copies.go_beside(tmp_path / "rescued")
    assert place.parent == tmp_path / "rescued"
    session.copies.close()
    assert name_of(read_all(place)[0]) == "Mill"


def test_photos_wait_beside_the_journal(
    start: Callable[..., Session], clinic: Path, tmp_path: Path
) -> None:
    session = start()
    away = clinic.parent.rename(tmp_path / "away")
    sha256 = session.copies.add_attachment(b"a new photo")
    assert sha256 == hashlib.sha256(b"a new photo").hexdigest()
    assert session.copies.read_attachment(sha256) == b"a new photo"
    assert not session.copies.write()
    session.name("Mill")
    session.crash()
    away.rename(clinic.parent)
    again = start()
    assert again.left is not None
    assert again.left.read_attachment(sha256) == b"a new photo"
    again.left.remove()
    assert list(session.journals.iterdir()) == []


def test_photos_that_waited_are_in_the_file_once_it_is_back(
    start: Callable[..., Session], clinic: Path, tmp_path: Path
) -> None:
    session = start()
    away = clinic.parent.rename(tmp_path / "away")
    sha256 = session.copies.add_attachment(b"a new photo")
    away.rename(clinic.parent)
    assert session.copies.write()
    assert not session.copies.waits
    session.copies.close()
    assert list(session.journals.iterdir()) == []
    with open_for_reading(clinic) as reader:
        assert reader.read_attachment(sha256) == b"a new photo"


def test_a_password_is_not_exchanged_while_something_waits(
    start: Callable[..., Session], clinic: Path
) -> None:
    session = start()
    assert session.copies.file is not None
    writes = session.copies.file.count_writes()
    session.name("Mill")
    with pytest.raises(FileProblem, match="changed at the same time"):
        session.copies.exchange(None, writes, clinic.unlink)
    assert session.copies.write()
    session.copies.close()
    assert name_of(read_all(clinic)[0]) == "Mill"


def test_without_a_journal_the_file_still_gets_everything(
    start: Callable[..., Session], clinic: Path, journals: Path
) -> None:
    journals.write_bytes(b"a file where the folder should be")
    session = start()
    session.name("Mill")
    assert session.copies.write()
    assert session.copies.copies == 1
    assert session.copies.journal_trouble
    journals.unlink()
    session.name("Lane")
    assert session.copies.write()
    assert session.copies.copies == 2
    assert not session.copies.journal_trouble
    session.copies.close()
    assert name_of(read_all(clinic)[0]) == "Lane"


def test_when_the_journal_comes_back_it_gets_all_that_the_file_lacks(
    start: Callable[..., Session], clinic: Path, journals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise FileProblem("The disk is full.")

    session = start()
    monkeypatch.setattr(InspectionFile, "commit_all", fail)
    session.name("Mill")
    monkeypatch.setattr(Journal, "append", _out_of_space)
    session.name("Lane")
    assert not session.copies.write()
    assert session.copies.copies == 1  # begun anew, since adding to the old one failed
    monkeypatch.undo()
    session.name("Wood")
    session.crash()
    assert left_names(start()) == ["Mill", "Lane", "Wood"]


def _out_of_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


@contextlib.contextmanager
def _reporting_a_fault(connection: apsw.Connection) -> Iterator[None]:
    """Carry a transaction out, and report a fault with it all the same, as disks do."""
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("COMMIT")
    raise apsw.IOError


def test_what_was_written_in_spite_of_a_fault_waits_no_longer(
    start: Callable[..., Session], clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise FileProblem("The disk is full.")

    session = start()
    with monkeypatch.context() as disk:
        disk.setattr(database, "transaction", _reporting_a_fault)
        session.name("Mill")
        assert not session.copies.write()
    assert name_of(read_elsewhere(clinic)) == "Mill"
    session.name("Lane")
    with monkeypatch.context() as disk:
        disk.setattr(InspectionFile, "commit_all", fail)
        assert not session.copies.write()
        session.name("Wood")
    assert names_in_journal(session) == ["Mill", "Lane", "Wood"]
    os.utime(clinic, (0, 0))
    assert session.copies.write()
    assert session.copies.copies == 2
    session.copies.close()
    inspection, history, _ = read_all(clinic)
    assert name_of(inspection) == "Wood"
    assert len(history) == 4


def names_in_journal(session: Session) -> list[object]:
    (journal,) = list_journals(session.journals, "root")
    content = read_journal(journal)
    assert content is not None
    return [change.edits[-1].after for change in content.changes]


def test_what_may_not_be_on_the_disk_yet_goes_on_waiting(
    start: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise FileProblem("Its disk reports a fault.")

    session = start()
    with monkeypatch.context() as disk:
        disk.setattr(database, "transaction", _reporting_a_fault)
        session.name("Mill")
        assert not session.copies.write()
    with monkeypatch.context() as disk:
        disk.setattr(InspectionFile, "settle", fail)
        assert not session.copies.write()
    assert session.copies.waits
    assert session.copies.copies == 1
    assert session.copies.write()
    assert session.copies.copies == 2


def test_a_large_journal_is_begun_anew(
    start: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector_app.storage.two_copies._LARGEST_JOURNAL", 2000)
    session = start()
    for number in range(50):
        session.name(f"Mill {number}")
        assert session.copies.write()
    (journal,) = list_journals(session.journals, "root")
    assert journal.stat().st_size < 4000
    session.name("Lane")
    session.crash()
    assert left_names(start()) == ["Lane"]


@pytest.mark.skipif(os.name != "posix", reason="mounts")
def test_on_a_full_disk_the_journal_takes_over_until_there_is_room(
    start: Callable[..., Session], tmp_path: Path, clinic: Path
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "none", str(small)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603
        return  # only root may mount; other tests do the same without
    try:
        path = small / "clinic.inspection"
        shutil.copyfile(clinic, path)
        (small / "something large").write_bytes(bytes(150_000))
        session = start(path)
        for number in range(40):
            session.name(f"{number}" + "x" * 9000)
            if not session.copies.write():
                break
        assert session.copies.trouble is not None
        assert session.copies.trouble.reason == "the disk is full"
        assert session.copies.copies == 1
        session.name("Mill")
        (small / "something large").unlink()
        assert session.copies.write()
        session.copies.close()
        assert name_of(read_all(path)[0]) == "Mill"
    finally:
        subprocess.run(["umount", str(small)], check=True)  # noqa: S603, S607
