"""A lock goes with the process, and where there are none nobody is kept out."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from inspector_app.storage.locking import try_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SYSTEM = "msvcrt.locking" if os.name == "nt" else "fcntl.flock"
NO_LOCKS = [errno.EINVAL] if os.name == "nt" else [errno.ENOLCK, errno.EINVAL, errno.ENOSYS]


@pytest.fixture
def descriptors(tmp_path: Path) -> Iterator[list[int]]:
    """The same file, opened twice."""
    path = tmp_path / "clinic.journal"
    opened = [os.open(path, os.O_RDWR | os.O_CREAT) for _ in range(2)]
    yield opened
    for descriptor in opened:
        os.close(descriptor)


def test_who_comes_second_does_not_get_it(descriptors: list[int]) -> None:
    first, second = descriptors
    assert try_lock(first)
    assert not try_lock(second)


def test_what_is_locked_can_be_read_and_written(descriptors: list[int]) -> None:
    first, second = descriptors
    os.write(first, b"before")
    assert try_lock(first)
    os.write(first, b" and after")
    assert os.read(second, 100) == b"before and after"


@pytest.mark.parametrize("number", NO_LOCKS)
def test_where_there_are_no_locks_nobody_is_kept_out(
    descriptors: list[int], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(SYSTEM, refuse)
    assert try_lock(descriptors[0])
