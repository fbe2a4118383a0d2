"""Whose a file is: what Inspector wrote last, byte for byte, or somebody's."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from inspector_app.document import written_files
from inspector_app.document.written_files import (
    choose_unclaimed,
    is_foreign,
    refuse_foreign,
    write_own_file,
)
from inspector_app.errors import FileProblem, ForeignTarget
from inspector_app.settings import get_written_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

posix_only = pytest.mark.skipif(os.name != "posix", reason="links, modes and pipes of POSIX")


def test_what_we_wrote_is_replaced_without_a_word(tmp_path: Path) -> None:
    target = tmp_path / "report.docx"
    for data in (b"first", b"second", b"third", b""):
        write_own_file(target, data)
        assert target.read_bytes() == data
        assert not is_foreign(target)
    target.unlink()
    write_own_file(target, b"again")


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(b"OURS"),
        lambda path: path.write_bytes(b"ours and a comment"),
        lambda path: path.write_bytes(b""),
        lambda path: path.rename(path.with_name("aside")) and path.write_bytes(b"another"),
        lambda path: (
            path.with_name("theirs").write_bytes(b"their")
            and path.with_name("theirs").replace(path)
        ),
    ],
    ids=["same length", "longer", "emptied", "written anew", "put in its place"],
)
def test_what_somebody_changed_is_kept(tmp_path: Path, change: Callable[[Path], object]) -> None:
    target = tmp_path / "report.docx"
    write_own_file(target, b"ours")
    change(target)
    before = target.read_bytes()
    with pytest.raises(ForeignTarget, match=r"“report\.docx” was not made by Inspector"):
        write_own_file(target, b"new")
    assert target.read_bytes() == before
    write_own_file(target, b"new", replace=True)
    assert target.read_bytes() == b"new"
    refuse_foreign(target)


def test_a_file_of_ours_elsewhere_says_nothing_of_this_one(tmp_path: Path) -> None:
    write_own_file(tmp_path / "a.docx", b"ours")
    (tmp_path / "b.docx").write_bytes(b"ours")
    assert is_foreign(tmp_path / "b.docx")
    (tmp_path / "a.docx").rename(tmp_path / "c.docx")
    assert is_foreign(tmp_path / "c.docx")


def test_only_files_are_looked_at(tmp_path: Path) -> None:
    assert not is_foreign(tmp_path)
    assert not is_foreign(tmp_path / ("n" * 300))
    assert not is_foreign(tmp_path / "gone" / "x.docx")
    with pytest.raises(FileProblem, match="that is a folder"):
        write_own_file(tmp_path, b"x")


@posix_only
def test_a_link_is_the_file_that_it_leads_to(tmp_path: Path) -> None:
    target, link = tmp_path / "report.docx", tmp_path / "link.docx"
    link.symlink_to(target)
    write_own_file(link, b"ours")
    assert link.is_symlink()
    assert not is_foreign(target)
    target.write_bytes(b"theirs")
    assert is_foreign(link)


@posix_only
def test_a_pipe_just_gets_the_data(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_own_file(pipe, b"data")
        assert os.read(reading, 10) == b"data"
    finally:
        os.close(reading)
    assert not get_written_folder().exists()


@pytest.mark.parametrize(
    "broken", [b"", b"4", b"4 abc\n", b"\xff" * 500, b"4 " + b"0" * 64 + b"\n"]
)
def test_a_broken_record_only_means_foreign(tmp_path: Path, broken: bytes) -> None:
    target = tmp_path / "report.docx"
    write_own_file(target, b"ours")
    (record,) = get_written_folder().iterdir()
    record.write_bytes(broken)
    assert is_foreign(target)
    record.unlink()
    record.mkdir()
    assert is_foreign(target)
    write_own_file(target, b"new", replace=True)
    assert target.read_bytes() == b"new"


def test_a_state_folder_that_refuses_keeps_nobody_from_a_report(tmp_path: Path) -> None:
    get_written_folder().parent.mkdir(parents=True)
    get_written_folder().write_bytes(b"in the way")
    write_own_file(tmp_path / "report.docx", b"ours")
    assert (tmp_path / "report.docx").read_bytes() == b"ours"
    assert is_foreign(tmp_path / "report.docx")


def test_records_tell_nothing_and_are_private(tmp_path: Path) -> None:
    write_own_file(tmp_path / "Secret Clinic.docx", b"Secret words")
    (record,) = get_written_folder().iterdir()
    assert b"Secret" not in record.read_bytes()
    assert "Secret" not in record.name
    if os.name == "posix":
        assert stat.S_IMODE(record.stat().st_mode) == 0o600
        assert stat.S_IMODE(record.parent.stat().st_mode) == 0o700


def test_records_are_bounded_and_the_oldest_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written_files, "_MOST_RECORDS", 3)
    targets = [tmp_path / f"{number}.docx" for number in range(5)]
    known: set[str] = set()
    for age, target in enumerate(targets):
        write_own_file(target, b"ours")
        for record in get_written_folder().iterdir():
            if record.name not in known:
                os.utime(record, (1_000_000 + age, 1_000_000 + age))
                known.add(record.name)
    assert [is_foreign(target) for target in targets] == [True, True, False, False, False]


def test_the_next_name_under_which_nothing_is_lost(tmp_path: Path) -> None:
    first = tmp_path / "Clinic draft.docx"
    assert choose_unclaimed(first) == first
    write_own_file(first, b"ours")
    assert choose_unclaimed(first) == first
    first.write_bytes(b"reviewed")
    second = tmp_path / "Clinic draft 2.docx"
    assert choose_unclaimed(first) == second
    write_own_file(second, b"ours")
    assert choose_unclaimed(first) == second
    second.write_bytes(b"reviewed, too")
    (tmp_path / "Clinic draft 3.docx").touch()
    assert choose_unclaimed(first) == tmp_path / "Clinic draft 4.docx"
