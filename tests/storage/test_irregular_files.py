"""Pipes, links, folders and devices in the place of files: no wait, and nothing is followed."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from inspector_app.errors import FileProblem, InspectorError, LeftOpenElsewhere
from inspector_app.files import choose_free, open_regular, read_regular
from inspector_app.settings import get_journals_folder
from inspector_app.storage.flushed import write_note
from inspector_app.storage.holder import find_holder, get_holder_path
from inspector_app.storage.journal import get_journal_name, list_journals, read_journal
from inspector_app.storage.journal_attachments import get_attachments_folder, read_attachment
from inspector_app.storage.opened import read_opened
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.recognising import recognise
from inspector_app.storage.schema import read_header
from inspector_app.storage.taking_over import find_owner
from tests.storage.helpers import (
    PHOTO_SHA256,
    leave_in_journal,
    leave_open_elsewhere,
    make_inspection,
    own,
    read_all,
    snapshot,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX systems")

SECRET = b"what somebody else keeps here"


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_folder(path: Path) -> None:
    path.mkdir()


def make_socket(path: Path) -> None:
    # Longer names than this take no socket.
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path.name)
    finally:
        os.chdir(before)


def make_link(path: Path) -> None:
    target = path.parent.parent / "target"
    target.write_bytes(SECRET)
    path.symlink_to(target)


def make_dangling_link(path: Path) -> None:
    path.symlink_to(path.parent.parent / "not there")


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_link_to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_link_to_the_inspection(path: Path) -> None:
    path.symlink_to(path.parent / "clinic.inspection")


LINKS = [
    make_link,
    make_dangling_link,
    make_loop,
    make_link_to_device,
    make_link_to_the_inspection,
]
MAKERS = [make_pipe, make_folder, make_socket, *LINKS]
each_maker = pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
each_link = pytest.mark.parametrize("make", LINKS, ids=lambda make: make.__name__)


@pytest.fixture(autouse=True)
def _no_wait() -> Iterator[None]:
    """Fail, and do not hang, where a pipe is waited for."""
    ended = threading.Event()

    def watch() -> None:
        if not ended.wait(60):
            os._exit(99)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    yield
    ended.set()


# -- the helper


@each_maker
def test_nothing_but_a_file_is_opened(folder: Path, make: Callable[[Path], None]) -> None:
    (folder / "clinic.inspection").write_bytes(b"whole")
    path = folder / "strange"
    make(path)
    for flags in (os.O_RDONLY, os.O_RDWR, os.O_WRONLY | os.O_APPEND):
        with pytest.raises(OSError, match=r"pipe|link|irectory") as refused:
            open_regular(path, flags)
        assert refused.value.strerror
    assert (folder / "clinic.inspection").read_bytes() == b"whole"


@pytest.mark.parametrize("make", [make_pipe, make_folder, make_socket, make_link_to_device])
def test_a_path_that_a_person_named_leads_to_a_file_too(
    folder: Path, make: Callable[[Path], None]
) -> None:
    path = folder / "strange"
    make(path)
    with pytest.raises(OSError, match=r"pipe|irectory"):
        read_regular(path, follow=True)
    link = folder / "link"
    make_link(link)
    assert read_regular(link, follow=True) == SECRET


@each_maker
def test_a_free_name_is_one_where_nothing_lies(folder: Path, make: Callable[[Path], None]) -> None:
    make(folder / "1")
    assert choose_free(lambda number: folder / str(number)) == folder / "2"


@each_link
def test_a_note_takes_the_place_of_a_link(folder: Path, make: Callable[[Path], None]) -> None:
    (folder / "clinic.inspection").write_bytes(b"whole")
    make(folder / "note")
    write_note(folder / "note", b"a note")
    assert (folder / "note").read_bytes() == b"a note"
    assert not (folder / "note").is_symlink()
    assert (folder / "clinic.inspection").read_bytes() == b"whole"
    if (folder.parent / "target").exists():
        assert (folder.parent / "target").read_bytes() == SECRET


# -- the note of who has the file


@each_maker
def test_the_note_beside_the_file(clinic: Path, make: Callable[[Path], None]) -> None:
    before = clinic.read_bytes()
    place = get_holder_path(clinic)
    make(place)
    assert find_holder(clinic) is None
    assert find_owner(clinic) == ""
    with own(clinic) as file:
        assert file.inspection == make_inspection()[1]
        if not place.is_dir():
            assert place.is_file()
            assert not place.is_symlink()
            assert find_holder(clinic) is not None
    assert place.exists() == (make is make_folder)
    assert clinic.read_bytes() == before
    target = clinic.parent.parent / "target"
    assert not target.exists() or target.read_bytes() == SECRET
    assert not (clinic.parent.parent / "not there").exists()


def test_a_link_to_a_true_note_is_not_believed(clinic: Path) -> None:
    leave_open_elsewhere(clinic)
    with pytest.raises(LeftOpenElsewhere):
        own(clinic)
    place = get_holder_path(clinic)
    place.rename(clinic.parent / "elsewhere")
    place.symlink_to(clinic.parent / "elsewhere")
    own(clinic).close()
    assert (clinic.parent / "elsewhere").exists()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_who_may_read_the_file_may_know_who_has_it(clinic: Path, mode: int) -> None:
    clinic.chmod(mode)
    with own(clinic):
        assert get_holder_path(clinic).stat().st_mode & 0o777 == mode


@pytest.mark.parametrize(
    "since",
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "yesterday"],
)
@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Pacific/Kiritimati", "UTC"])
def test_a_note_of_a_time_that_never_was(
    clinic: Path, since: str, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        holder = {"host": "there", "user": "Ann", "process": 1, "since": since}
        get_holder_path(clinic).write_bytes(msgspec.json.encode(holder))
        try:
            own(clinic).close()
        except LeftOpenElsewhere as error:
            assert "Ann" in str(error)  # noqa: PT017 - either will do
    time.tzset()


@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 50_000, b"[" * 9_000, b'{"host":' * 1_000, b"\xff\xfe", b'"\\ud800"', b"1e999"],
)
def test_a_note_that_is_none(clinic: Path, data: bytes) -> None:
    get_holder_path(clinic).write_bytes(data)
    assert find_holder(clinic) is None
    own(clinic).close()


# -- what SQLite opens by itself


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
@each_maker
def test_what_lies_in_the_place_of_a_rollback_journal(
    clinic: Path, ending: str, make: Callable[[Path], None]
) -> None:
    before = clinic.read_bytes()
    place = clinic.with_name(clinic.name + ending)
    make(place)
    for attempt in (own, read_all):
        with pytest.raises(FileProblem) as refused:
            attempt(clinic)
        assert clinic.name in str(refused.value)
    assert clinic.read_bytes() == before
    place.rmdir() if make is make_folder else place.unlink()
    assert read_all(clinic)[0] == make_inspection()[1]


@pytest.mark.parametrize("make", [make_pipe, make_folder, make_socket, make_link_to_device])
def test_what_lies_in_the_place_of_an_inspection(
    folder: Path, make: Callable[[Path], None]
) -> None:
    path = folder / "clinic.inspection"
    make(path)
    for attempt in (own, read_all, read_header):
        with pytest.raises(FileProblem):
            attempt(path)
    with pytest.raises(OSError, match=r"pipe|irectory"):
        recognise(path)


def test_a_link_to_an_inspection_that_a_person_named_is_followed(clinic: Path) -> None:
    link = clinic.with_name("link.inspection")
    link.symlink_to(clinic)
    with own(link) as file:
        assert file.path == clinic
    with open_for_reading(link) as reader:
        assert reader.inspection == make_inspection()[1]


# -- journals, and what lies beside them


@each_maker
def test_what_lies_in_the_place_of_a_journal(clinic: Path, make: Callable[[Path], None]) -> None:
    leave_in_journal(clinic, "One")
    journals = get_journals_folder()
    inspection = make_inspection()[1].id
    (whole,) = list_journals(journals, inspection)
    place = whole.with_name(f"{get_journal_name(inspection, clinic)}-2.journal")
    make(place)
    assert read_journal(whole) is not None
    assert read_journal(place) is None
    assert place.is_symlink() or place.exists()


@each_maker
def test_what_lies_in_the_place_of_kept_bytes(clinic: Path, make: Callable[[Path], None]) -> None:
    journals = get_journals_folder()
    place = get_attachments_folder(journals, "abc")
    place.mkdir(parents=True)
    make(place / PHOTO_SHA256)
    assert read_attachment(journals, "abc", PHOTO_SHA256) is None


@each_maker
def test_what_lies_in_the_place_of_a_note_of_what_was_open(
    folder: Path, make: Callable[[Path], None]
) -> None:
    make(folder / "abc.json")
    assert read_opened(folder / "abc.json") is None


def test_looking_alters_nothing(clinic: Path) -> None:
    make_link(get_holder_path(clinic))
    before = snapshot(clinic.parent)
    with pytest.raises(InspectorError):
        read_all(clinic.with_name("other.inspection"))
    read_all(clinic)
    assert snapshot(clinic.parent) == before
