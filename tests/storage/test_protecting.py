"""Setting, changing and removing a password: the old file or the new one, whatever happens."""

from __future__ import annotations

import contextlib
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from inspector_app.errors import FileProblem, InspectionInUse, InspectorError, WrongPassword
from inspector_app.storage.automatic import make_backup_path
from inspector_app.storage.encryption import Key, derive_key, make_key
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.journal import Journal, read_journal
from inspector_app.storage.journal_attachments import read_attachment, write_attachment
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.storage.protecting import ProtectedFolders, Reprotection, protect_leftovers
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.schema import read_header
from inspector_app.storage.two_copies import TwoCopies
from tests.content.comparing import load
from tests.python_process import make_command, make_environment
from tests.storage.helpers import (
    CHEAP,
    PHOTO,
    PHOTO_SHA256,
    WHEN,
    change_name,
    make_file,
    owned_elsewhere,
)
from tests.storage.test_encryption import find_secrets
from tests.strategies import contents

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = make_key("first", CHEAP), make_key("second", CHEAP)
WAY = pytest.mark.parametrize(
    ("old", "new"),
    [(None, FIRST), (FIRST, SECOND), (FIRST, None)],
    ids=["set", "change", "remove"],
)


def do_nothing(_: int) -> None:
    """Hear how far it is."""


class Opened:
    """An open inspection with a backup, a copy that was kept and one that was rescued."""

    def __init__(self, folder: Path, key: Key | None) -> None:
        self.path = folder / "clinic.inspection"
        backups = folder / "backups"
        self.folders = ProtectedFolders(backups, folder / "rescued", folder / "journals")
        make_file(self.path, backups, key)
        file = InspectionFile.open(self.path, backups, key)
        self.copies = TwoCopies(file, self.folders.journals, backups)
        change, self.inspection = change_name(file.inspection, "Meadow Lane")
        self.copies.take([change], self.inspection)
        assert self.copies.write()
        running = file.start_backup(make_backup_path(backups, "root", change.id, WHEN))
        running.step()
        running.finish()
        self.folders.rescue.mkdir()
        for place in (backups / "kept.inspection", self.folders.rescue / "rescued.inspection"):
            self.copies.write_copy(place, backups)

    @property
    def others(self) -> list[Path]:
        """All copies but the file itself."""
        found = sorted(self.path.parent.glob("*/**/*.inspection"))
        assert len(found) == 3
        return found


def read(path: Path, key: Key | None) -> object:
    with open_for_reading(path, key) as reader:
        assert reader.key == key
        assert reader.read_attachment(PHOTO_SHA256) == PHOTO
        return reader.inspection


@WAY
def test_file_and_copies_get_the_key(tmp_path: Path, old: Key | None, new: Key | None) -> None:
    opened = Opened(tmp_path, old)
    work = Reprotection(opened.copies, opened.folders, new)
    told: list[int] = []
    work.prepare(told.append)
    assert sum(told) <= work.measure()
    assert work.commit() == ()
    assert opened.copies.copies == 2
    for path in opened.others:
        assert read(path, new) == opened.inspection
    # Work goes on under the new key, journal included.
    change, after = change_name(opened.inspection, "Meadow Hill")
    opened.copies.take([change], after)
    assert opened.copies.write()
    assert opened.copies.copies == 2
    (journal,) = opened.folders.journals.glob("*.journal")
    content = read_journal(journal, new)
    assert content is not None
    assert content.changes == (change,)
    if new is not None:
        assert find_secrets(tmp_path) == []
    opened.copies.close()
    assert read(opened.path, new) == after
    assert not list(tmp_path.rglob("*.tmp"))


@WAY
def test_stopping_leaves_everything_as_it_was(
    tmp_path: Path, old: Key | None, new: Key | None
) -> None:
    opened = Opened(tmp_path, old)

    def stop(_: int) -> None:
        raise InspectorError("Stopped.")

    with pytest.raises(InspectorError, match="Stopped"):
        Reprotection(opened.copies, opened.folders, new).prepare(stop)
    work = Reprotection(opened.copies, opened.folders, new)
    work.prepare(do_nothing)
    work.abandon()
    opened.copies.close()
    for path in (opened.path, *opened.others):
        assert read(path, old) == opened.inspection
    assert not list(tmp_path.rglob("*.tmp"))


def test_what_a_crash_left_of_removing_it_goes_with_the_next_opening(tmp_path: Path) -> None:
    opened = Opened(tmp_path, FIRST)
    work = Reprotection(opened.copies, opened.folders, None)
    work.prepare(do_nothing)
    left = {path: path.read_bytes() for path in tmp_path.rglob("*.tmp")}
    assert find_secrets(tmp_path)
    work.abandon()
    opened.copies.close()
    other = opened.path.with_name(".0123abcd-somebody.tmp")
    for path, data in [*left.items(), (other, b"")]:
        path.write_bytes(data)
    InspectionFile.open(opened.path, opened.folders.backups, FIRST).close()
    protect_leftovers(opened.folders, "root", opened.path, FIRST)
    assert find_secrets(tmp_path) == []
    assert [*tmp_path.rglob("*.tmp")] == [other]


def test_what_was_written_meanwhile_is_not_lost(tmp_path: Path) -> None:
    opened = Opened(tmp_path, None)
    work = Reprotection(opened.copies, opened.folders, FIRST)
    work.prepare(do_nothing)
    change, after = change_name(opened.inspection, "Typed meanwhile")
    opened.copies.take([change], after)
    assert opened.copies.write()
    with pytest.raises(FileProblem, match="changed at the same time"):
        work.commit()
    opened.copies.close()
    assert read(opened.path, None) == after


def test_a_file_that_cannot_be_replaced_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Opened(tmp_path, None)
    work = Reprotection(opened.copies, opened.folders, FIRST)
    work.prepare(do_nothing)
    real = os.replace

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(FileProblem):
        work.commit()
    monkeypatch.setattr(os, "replace", real)
    change, after = change_name(opened.inspection, "Goes on")
    opened.copies.take([change], after)
    assert opened.copies.write()
    opened.copies.close()
    assert read(opened.path, None) == after


def test_what_cannot_be_written_anew_is_told(tmp_path: Path) -> None:
    opened = Opened(tmp_path, FIRST)
    third = opened.folders.backups / "root" / "20260101T000000Z-x.inspection"
    make_file(third, tmp_path / "unused", make_key("third", CHEAP))
    before = third.read_bytes()
    work = Reprotection(opened.copies, opened.folders, SECOND)
    work.prepare(do_nothing)
    assert work.commit() == (third,)
    assert third.read_bytes() == before
    opened.copies.close()


def test_journals_put_aside_get_the_key(tmp_path: Path) -> None:
    opened = Opened(tmp_path, None)
    change, _ = change_name(opened.inspection, "Put aside")
    journal = Journal.start(opened.folders.journals, "root", opened.path, "h", [change])
    journal.close()
    aside = journal.path.rename(journal.path.with_suffix(".1.aside"))
    for old, new in ((None, FIRST), (FIRST, SECOND), (SECOND, None)):
        work = Reprotection(opened.copies, opened.folders, new)
        work.prepare(do_nothing)
        assert work.commit() == ()
        content = read_journal(aside, new)
        assert content is not None
        assert content.changes == (change,)
        assert (b"Put aside" in aside.read_bytes()) == (new is None)
        assert (read_journal(aside, old) is None) == (old != new and new is not None)
    opened.copies.close()


def test_the_journal_of_another_file_is_its_own(tmp_path: Path) -> None:
    opened = Opened(tmp_path, FIRST)
    change, _ = change_name(opened.inspection, "In a copy of the file")
    folder = opened.folders.journals
    journal = Journal.start(folder, "root", tmp_path / "copy.inspection", "h", [change])
    journal.close()
    write_attachment(folder, "root", PHOTO_SHA256, PHOTO)
    protect_leftovers(opened.folders, "root", opened.path, FIRST)
    work = Reprotection(opened.copies, opened.folders, SECOND)
    work.prepare(do_nothing)
    work.commit()
    assert read_journal(journal.path) is not None
    assert read_attachment(folder, "root", PHOTO_SHA256) == PHOTO
    # With that journal out of the way, the bytes can only be of this file.
    journal.path.unlink()
    protect_leftovers(opened.folders, "root", opened.path, SECOND)
    assert read_attachment(folder, "root", PHOTO_SHA256) is None
    assert read_attachment(folder, "root", PHOTO_SHA256, SECOND) == PHOTO
    opened.copies.close()


def test_what_a_crash_left_plain_is_protected_later(tmp_path: Path) -> None:
    opened = Opened(tmp_path, None)
    opened.copies.close()
    protect_leftovers(opened.folders, "root", opened.path, FIRST)
    for path in opened.others:
        assert read(path, FIRST) == opened.inspection
    assert find_secrets(opened.folders.backups, opened.folders.rescue) == []


def test_two_processes_never_both_write(tmp_path: Path) -> None:
    path = tmp_path / "clinic.inspection"
    backups = tmp_path / "backups"
    inspection = make_file(path, backups, FIRST)
    with owned_elsewhere(path, backups, "first"):
        with pytest.raises(InspectionInUse, match="is using it"):
            InspectionFile.open(path, backups, FIRST)
        assert read(path, FIRST) == inspection


@settings(max_examples=15)
@given(content=contents())
def test_any_inspection_comes_back_the_same(tmp_path: Path, content: dict[str, Any]) -> None:
    imported = load(content)
    path = tmp_path / "any.inspection"
    path.unlink(missing_ok=True)
    folders = ProtectedFolders(tmp_path / "backups", tmp_path / "rescued", tmp_path / "journals")
    create_inspection_file(
        path, imported.change, imported.inspection, imported.attachments, tmp_path, FIRST
    )
    with open_for_reading(path, FIRST) as reader:
        history = list(reader.history())
    copies = TwoCopies(InspectionFile.open(path, tmp_path, FIRST), folders.journals, tmp_path)
    for key in (SECOND, None, FIRST):
        work = Reprotection(copies, folders, key)
        work.prepare(do_nothing)
        assert work.commit() == ()
    copies.close()
    with open_for_reading(path, FIRST) as reader:
        assert reader.inspection == imported.inspection
        assert list(reader.history()) == history
        for sha256, data in imported.attachments.items():
            assert reader.read_attachment(sha256) == data


_KILLED = """
import os, shutil, signal, sys
from itertools import count
from pathlib import Path
from inspector_app.storage.encryption import derive_key, make_key
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.protecting import ProtectedFolders, Reprotection
from inspector_app.storage.schema import read_header
from inspector_app.storage.two_copies import TwoCopies

start, results, new = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def work(folder, steps):
    done = 0
    def step(*_):
        nonlocal done
        if done == steps:
            os.kill(os.getpid(), signal.SIGKILL)
        done += 1
    def watched(real):
        def call(*arguments, **more):
            step()
            found = real(*arguments, **more)
            step()
            return found
        return call
    os.replace, os.fsync, os.unlink = watched(os.replace), watched(os.fsync), watched(os.unlink)
    path = folder / "clinic.inspection"
    protection = read_header(path).protection
    key = derive_key("first", protection, path) if protection else None
    folders = ProtectedFolders(folder / "backups", folder / "rescued", folder / "journals")
    file = InspectionFile.open(path, folders.backups, key)
    copies = TwoCopies(file, folders.journals, folders.backups)
    change = Reprotection(copies, folders, make_key(new, 4) if new else None)
    change.prepare(step)
    change.commit()
    copies.close()

for steps in count():
    folder = results / str(steps)
    shutil.copytree(start, folder)
    child = os.fork()
    if not child:
        work(folder, steps)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


def run_script(script: str, *arguments: str) -> str:
    return subprocess.run(  # noqa: S603
        make_command(script, *arguments),
        env=make_environment(),
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems fork")
@WAY
def test_killed_at_any_step_leaves_the_old_or_the_new(
    tmp_path: Path, old: Key | None, new: Key | None
) -> None:
    (tmp_path / "start").mkdir()
    opened = Opened(tmp_path / "start", old)
    opened.copies.close()
    password = {None: "", FIRST: "first", SECOND: "second"}[new]
    run_script(_KILLED, str(tmp_path / "start"), str(tmp_path / "results"), password)
    results = list((tmp_path / "results").iterdir())
    protections = set()
    for folder in results:
        for path in folder.rglob("*.inspection"):
            found = read_header(path).protection
            key = derive(path, "first" if old else "", password)
            assert read(path, key) == opened.inspection
            protections.add((path.name == "clinic.inspection", found is None))
    assert len(results) > 20
    is_plain = {old is None, new is None}
    assert protections == {(is_file, plain) for is_file in (True, False) for plain in is_plain}


def derive(path: Path, *passwords: str) -> Key | None:
    """Return the key that one of the passwords makes."""
    protection = read_header(path).protection
    if protection is None:
        assert "" in passwords
        return None
    for password in passwords:
        with contextlib.suppress(WrongPassword):
            return derive_key(password, protection, path)
    raise AssertionError("neither the old password nor the new one")
