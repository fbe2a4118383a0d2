"""Files are replaced whole or not at all, and what stands in the way is said in words."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import threading
import tracemalloc
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.errors import FileProblem
from inspector_app.files import (
    describe_read_problem,
    exists,
    follow_links,
    make_file_name,
    read_regular,
    refuse_open_elsewhere,
    replacing,
    write_file,
)
from inspector_app.storage.flushed import write_in_one_step
from tests.typed_names import TYPED_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

posix_only = pytest.mark.skipif(os.name != "posix", reason="permissions and links of POSIX systems")
as_root = hasattr(os, "geteuid") and os.geteuid() == 0
NOBODY = 65534


def listing(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and not path.is_symlink()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "reports"
    place.mkdir()
    return place


# -- all or nothing


def test_a_new_file_is_written_and_nothing_else_stays(folder: Path) -> None:
    write_file(folder / "report.docx", b"new")
    assert listing(folder) == {"report.docx": b"new"}


def test_an_existing_file_is_replaced(folder: Path) -> None:
    (folder / "report.docx").write_bytes(b"the old one, and longer")
    write_file(folder / "report.docx", b"new")
    assert listing(folder) == {"report.docx": b"new"}


def write_half(target: Path, error: type[BaseException]) -> None:
    with replacing(target) as temporary:
        temporary.write_bytes(b"half of the n")
        raise error("stop")


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failing_block_leaves_the_old_file(folder: Path, error: type[BaseException]) -> None:
    target = folder / "report.docx"
    target.write_bytes(b"old")
    with pytest.raises(error):
        write_half(target, error)
    assert listing(folder) == {"report.docx": b"old"}


def test_a_failing_block_leaves_no_file_where_none_was(folder: Path) -> None:
    with pytest.raises(ValueError, match="stop"):
        write_half(folder / "new.docx", ValueError)
    assert listing(folder) == {}


def test_the_old_file_is_whole_while_the_new_one_is_written(folder: Path) -> None:
    target = folder / "report.docx"
    target.write_bytes(b"old")
    with replacing(target) as temporary:
        temporary.write_bytes(b"new")
        assert target.read_bytes() == b"old"
        assert temporary.parent == target.parent
    assert target.read_bytes() == b"new"


def test_a_block_may_remove_its_temporary_file(folder: Path) -> None:
    target = folder / "report.docx"
    target.write_bytes(b"old")
    with pytest.raises(FileProblem), replacing(target) as temporary:
        temporary.unlink()
    assert listing(folder) == {"report.docx": b"old"}


def test_a_path_without_folder_is_in_the_current_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    write_file(Path("report.docx"), b"new")
    assert listing(folder) == {"report.docx": b"new"}


# -- a target that another program holds for a moment

WAYS = [write_file, write_in_one_step]


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> list[PermissionError]:
    """Errors that the next replacements meet, one after the other, as on Windows."""
    left: list[PermissionError] = []
    replace = Path.replace

    def refuse(source: Path, target: Path) -> Path:
        if left:
            raise left.pop()
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr("inspector_app.files._REFUSES_WHAT_IS_OPEN", True)
    return left


@pytest.mark.parametrize("write", WAYS)
def test_it_is_replaced_as_soon_as_it_is_let_go(
    folder: Path, refusals: list[PermissionError], write: Callable[[Path, bytes], None]
) -> None:
    target = folder / "clinic.journal"
    target.write_bytes(b"old")
    refusals += [PermissionError(errno.EACCES, "held")] * 2
    write(target, b"new")
    assert refusals == []
    assert listing(folder) == {"clinic.journal": b"new"}


@pytest.mark.parametrize("write", WAYS)
def test_one_that_is_never_let_go_stays(
    folder: Path,
    refusals: list[PermissionError],
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[Path, bytes], None],
) -> None:
    monkeypatch.setattr("inspector_app.files._PATIENCE", 0.2)
    target = folder / "clinic.journal"
    target.write_bytes(b"old")
    refusals += [PermissionError(errno.EACCES, "held")] * 99
    with pytest.raises((FileProblem, PermissionError)):
        write(target, b"new")
    assert listing(folder) == {"clinic.journal": b"old"}


@pytest.mark.skipif(os.name != "nt", reason="only Windows refuses to replace what is open")
@pytest.mark.parametrize("write", WAYS)
def test_a_reader_that_goes_does_not_stop_it(
    folder: Path, write: Callable[[Path, bytes], None]
) -> None:
    target = folder / "clinic.journal"
    target.write_bytes(b"old")
    reader = target.open("rb")
    going = threading.Timer(0.5, reader.close)
    going.start()
    write(target, b"new")
    going.join()
    assert listing(folder) == {"clinic.journal": b"new"}


# -- permissions and links


@posix_only
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_permissions_are_kept(folder: Path, mode: int) -> None:
    target = folder / "report.docx"
    target.write_bytes(b"old")
    target.chmod(mode)
    write_file(target, b"new")
    assert target.stat().st_mode & 0o777 == mode


@posix_only
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_gets_what_the_umask_says(folder: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        write_file(folder / "report.docx", b"new")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert (folder / "report.docx").stat().st_mode & 0o777 == mode


@posix_only
def test_a_file_system_without_permissions_takes_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "chmod", refuse)
    write_file(folder / "report.docx", b"new")
    assert listing(folder) == {"report.docx": b"new"}


@posix_only
@pytest.mark.parametrize("chain", [1, 2])
def test_a_link_stays_and_its_file_is_replaced(folder: Path, tmp_path: Path, chain: int) -> None:
    real = tmp_path / "elsewhere" / "real.docx"
    real.parent.mkdir()
    real.write_bytes(b"old")
    link = folder / "report.docx"
    if chain == 2:
        (tmp_path / "middle").symlink_to(Path("elsewhere") / "real.docx")
        link.symlink_to(tmp_path / "middle")
    else:
        link.symlink_to(real)
    write_file(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert listing(real.parent) == {"real.docx": b"new"}
    assert listing(folder) == {}


@posix_only
def test_a_link_to_nothing_makes_the_file_it_names(folder: Path, tmp_path: Path) -> None:
    link = folder / "report.docx"
    link.symlink_to(tmp_path / "not there yet.docx")
    write_file(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "not there yet.docx").read_bytes() == b"new"


@posix_only
def test_links_in_a_circle_are_a_problem_in_words(folder: Path) -> None:
    (folder / "a").symlink_to(folder / "b")
    (folder / "b").symlink_to(folder / "a")
    with pytest.raises(FileProblem):
        write_file(folder / "a", b"new")
    assert (folder / "a").is_symlink()


@posix_only
def test_an_owner_file_beside_the_file_a_link_leads_to_counts(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "real.docx").write_bytes(b"old")
    (tmp_path / ".~lock.real.docx#").write_bytes(b"")
    (folder / "report.docx").symlink_to(tmp_path / "real.docx")
    with pytest.raises(FileProblem, match="open in another program"):
        write_file(folder / "report.docx", b"new")
    assert (tmp_path / "real.docx").read_bytes() == b"old"


# -- what stands in the way


def test_a_missing_folder_is_named(folder: Path) -> None:
    with pytest.raises(FileProblem, match="there is no folder") as caught:
        write_file(folder / "gone" / "report.docx", b"new")
    assert str(folder / "gone") in str(caught.value)
    assert "Nothing was changed" in str(caught.value)


def test_a_file_in_place_of_the_folder_is_named(folder: Path) -> None:
    (folder / "file").write_bytes(b"x")
    with pytest.raises(FileProblem, match="there is no folder"):
        write_file(folder / "file" / "report.docx", b"new")


def test_a_folder_is_not_replaced(folder: Path) -> None:
    (folder / "report.docx").mkdir()
    with pytest.raises(FileProblem, match="that is a folder"):
        write_file(folder / "report.docx", b"new")
    assert [path.name for path in folder.iterdir()] == ["report.docx"]


@posix_only
def test_a_pipe_gets_the_bytes_and_stays_a_pipe(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(pipe, b"new")
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    with pytest.raises(FileProblem, match="device or pipe"), replacing(pipe):
        pytest.fail("nothing to write to")


@posix_only
def test_the_null_device_stays_a_device() -> None:
    write_file(Path(os.devnull), b"new")
    assert Path(os.devnull).is_char_device()


def test_a_name_that_is_too_long_is_a_problem_in_words(folder: Path) -> None:
    for length in (250, 300):
        name = "n" * length + ".docx"
        if length == 300:
            with pytest.raises(FileProblem, match="could not be saved"):
                write_file(folder / name, b"new")
        assert not exists(folder / name)
    # Short enough for itself, too long for an owner file beside it.
    write_file(folder / ("n" * 250), b"new")
    assert listing(folder) == {"n" * 250: b"new"}


ERRORS = [
    (PermissionError(errno.EACCES, "denied"), "you may not write there"),
    (OSError(errno.EROFS, "read-only"), "the folder can only be read"),
    (OSError(errno.ENOSPC, "no space"), "the disk is full"),
    (OSError(errno.EDQUOT, "quota"), "the disk is full"),
    (OSError(errno.EIO, "Input/output error"), "Input/output error"),
]


@pytest.mark.parametrize(("error", "words"), ERRORS)
@pytest.mark.parametrize("step", ["mkstemp", "write_bytes", "fsync", "replace"])
def test_every_step_may_fail(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: OSError, words: str
) -> None:
    target = folder / "report.docx"
    target.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise error

    owner = {"mkstemp": tempfile, "fsync": os}.get(step, Path)
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, fail)
        with pytest.raises(FileProblem, match=words) as caught:
            write_file(target, b"new")
    assert "“report.docx” could not be saved" in str(caught.value)
    assert "Nothing was changed" in str(caught.value)
    assert listing(folder) == {"report.docx": b"old"}


@posix_only
def test_a_folder_that_cannot_be_flushed_is_no_failure(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync
    calls: list[int] = []

    def flush(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", flush)
    write_file(folder / "report.docx", b"new")
    assert len(calls) == 2
    assert listing(folder) == {"report.docx": b"new"}


@posix_only
def test_a_write_protected_file_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = folder / "report.docx"
    target.write_bytes(b"old")
    target.chmod(0o444)
    # Root may write everything; what it may not is asked for like this.
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != target)
    with pytest.raises(FileProblem, match="you may not write there"):
        write_file(target, b"new")
    assert listing(folder) == {"report.docx": b"old"}


@contextmanager
def open_to_all(mode: int) -> Iterator[Path]:
    """Give a folder that also an unprivileged process reaches (pytest's own are closed to it)."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        base = Path(name)
        base.chmod(0o755)
        place = base / "reports"
        place.mkdir()
        (place / "report.docx").write_bytes(b"old")
        (place / "report.docx").chmod(0o666)
        place.chmod(mode)
        try:
            yield place
        finally:
            place.chmod(0o700)


@contextmanager
def without_privileges() -> Iterator[None]:
    """Be somebody for whom permissions count."""
    if not as_root:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@posix_only
@pytest.mark.parametrize("mode", [0o555, 0o444, 0o000])
def test_a_folder_without_permission_is_a_problem_in_words(mode: int) -> None:
    with open_to_all(mode) as place:
        with (
            pytest.raises(FileProblem, match="you may not write there"),
            without_privileges(),
        ):
            write_file(place / "report.docx", b"new")
        place.chmod(0o700)
        assert listing(place) == {"report.docx": b"old"}


# -- open in LibreOffice or Word


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("report.docx", ".~lock.report.docx#"),
        ("Ward 7 – Łódź.docx", ".~lock.Ward 7 – Łódź.docx#"),
        # Word keeps short names whole and drops up to two letters of longer ones.
        ("a.docx", "~$a.docx"),
        ("report.docx", "~$report.docx"),
        ("reports.docx", "~$eports.docx"),
        ("clinic 1.docx", "~$inic 1.docx"),
        ("Little Meadow Clinic.docx", "~$ttle Meadow Clinic.docx"),
    ],
)
def test_a_report_that_is_open_elsewhere_stays(folder: Path, name: str, owner: str) -> None:
    (folder / name).write_bytes(b"old")
    (folder / owner).write_bytes(b"owner")
    with pytest.raises(FileProblem) as caught:
        write_file(folder / name, b"new")
    message = str(caught.value)
    assert f"“{name}” is open in another program" in message
    assert f"“{owner}”" in message
    assert listing(folder) == {name: b"old", owner: b"owner"}


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("report.docx", "~$port.docx"),
        ("reports.docx", "~$ports.docx"),
        ("clinic 1.docx", "~$clinic 1.docx"),
        ("report.docx", ".~lock.other.docx#"),
    ],
)
def test_the_owner_file_of_another_report_is_no_obstacle(
    folder: Path, name: str, owner: str
) -> None:
    (folder / owner).write_bytes(b"owner")
    refuse_open_elsewhere(folder / name)
    write_file(folder / name, b"new")
    assert (folder / name).read_bytes() == b"new"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *TYPED_NAMES.items(),
        ("  Élan – Clinic_2-3 ", "Élan Clinic_2-3"),
        ("", None),
        ('\x00/\\:*?"<>|', None),
        ("x" * 79 + " y", "x" * 79),
        ("x" * 300, "x" * 80),
    ],
)
def test_what_a_person_typed_becomes_a_name_of_a_file(
    text: str, name: str | None, folder: Path
) -> None:
    name = name or "Inspection"
    assert make_file_name(text, "Inspection") == name
    write_file(folder / f"{name}.docx", b"new")
    assert list(listing(folder)) == [f"{name}.docx"]


@pytest.mark.parametrize("error", [IsADirectoryError, PermissionError])
def test_a_folder_is_called_one_whatever_the_system_says(
    folder: Path, error: type[OSError]
) -> None:
    problem = describe_read_problem(folder, error(errno.EACCES, "refused"))
    assert str(problem).endswith("is a folder, not a file.")


def test_a_path_that_the_system_does_not_resolve_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> str:
        raise OSError(errno.EIO, "the network is gone", str(path))

    monkeypatch.chdir(folder)
    monkeypatch.setattr("os.path.realpath", refuse)
    assert follow_links(Path("clinic.inspection")) == folder / "clinic.inspection"


@given(st.text())
def test_any_name_can_be_given_an_ending_and_a_date(text: str) -> None:
    name = make_file_name(text, "Inspection")
    assert name == name.strip() != ""
    assert len(f"{name} inspection report 2024-03-05 draft.docx".encode()) <= 255
    assert set(name).isdisjoint('<>:"/\\|?*.\x00')


# -- reading


def test_what_is_too_large_is_not_read(folder: Path) -> None:
    path = folder / "large"
    path.write_bytes(b"12345")
    assert read_regular(path, most=5) == b"12345"
    with pytest.raises(OSError, match="larger than 4 bytes"):
        read_regular(path, most=4)


def test_no_memory_is_set_aside_for_more_than_there_is(folder: Path) -> None:
    path = folder / "small"
    path.write_bytes(b"12345")
    tracemalloc.start()
    try:
        assert read_regular(path, most=2_000_000_000) == b"12345"
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files of Linux' own")
def test_a_file_that_says_no_size_is_read_to_its_end() -> None:
    path = Path("/proc/self/status")
    assert b"\nVmPeak:" in read_regular(path, most=100_000)
    with pytest.raises(OSError, match="larger than 9 bytes"):
        read_regular(path, most=9)
