"""The file with the inspector's own words."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from inspector_app.errors import FileProblem
from inspector_app.spelling.own_words import OwnWords

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "own-words.txt"


def test_words_are_kept_one_a_line(path: Path) -> None:
    words = OwnWords(path)
    assert not words.read()
    for word in ("metformin", "Oakhurst", "metformin", "  café "):
        words.add(word)
    assert path.read_bytes().decode() == "café\nmetformin\nOakhurst\n"
    other = OwnWords(path)
    assert other.read()
    assert other.words == words.words == ("café", "metformin", "Oakhurst")


def test_words_of_another_window_are_not_lost(path: Path) -> None:
    one, other = OwnWords(path), OwnWords(path)
    one.add("metformin")
    other.add("Oakhurst")
    assert one.read()
    assert not one.read()
    one.remove(["metformin", "never there"])
    assert other.read()
    assert other.words == ("Oakhurst",)


def test_a_file_written_by_hand_is_read(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"b\r\n\r\n  a  \nb\n\xff\n")
    words = OwnWords(path)
    words.read()
    assert words.words == ("a", "b", "\ufffd")
    path.unlink()
    assert words.read()
    assert words.words == ()


def test_a_change_within_one_tick_of_the_clock_is_read(path: Path) -> None:
    words = OwnWords(path)
    words.add("metformin")
    found = path.stat()
    path.write_text("metformin\nOakhurst\n")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert words.read()
    assert words.words == ("metformin", "Oakhurst")
    path.write_text("metformin\n")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert words.read()


def test_what_cannot_be_written_is_told_and_changes_nothing(path: Path) -> None:
    words = OwnWords(path)
    words.add("one")
    path.unlink()
    path.mkdir()
    with pytest.raises(FileProblem, match=r"own-words\.txt"):
        words.add("two")
    assert words.words == ("one",)
    blocked = OwnWords(path.parent / "file" / "own-words.txt")
    (path.parent / "file").write_text("in the way")
    with pytest.raises(FileProblem, match=r"own-words\.txt"):
        blocked.add("two")
    assert blocked.words == ()
