"""A lock, so that two starts at once do not build the same environment twice."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from setting_up.talking import SetupProblem, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def one_at_a_time(lock: Path, pause: float = 0.3) -> Iterator[None]:
    """Hold `lock` meanwhile, waiting with a message while another process has it.

    The system frees the lock when its holder ends, however it ends, so none can be stale. A
    child started with `close_fds=False` shares it on POSIX: a pip that outlives a killed parent
    keeps others away until it ends too.
    """
    try:
        lock.parent.mkdir(exist_ok=True)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise SetupProblem(
            f"Inspector cannot be set up in {lock.parent.parent}: {error.strerror}.\n"
            "Copy the folder to a place where you may write, and start it there."
        ) from error
    try:
        if not _try_lock(descriptor):
            say("Another start is setting Inspector up; this one goes on when it is done.")
            while not _try_lock(descriptor):
                time.sleep(pause)
        os.set_inheritable(descriptor, os.name == "posix")
        yield
    finally:
        os.close(descriptor)
